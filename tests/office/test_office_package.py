"""The packing of office files: stored, the same bytes in every environment."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from office_samples import all_files

from handbook.renderers.office import clean, repack, stored_zip

HERE = Path(__file__).parent


def test_a_stored_zip_has_no_clock_no_system_and_the_given_order() -> None:
    data = stored_zip([("b.xml", b"1"), ("a.xml", "文".encode())])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["b.xml", "a.xml"]
        assert archive.read("a.xml").decode() == "文"
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert (info.compress_type, info.create_system, info.external_attr) == (zipfile.ZIP_STORED, 0, 0x20)


def test_a_name_that_stands_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"a\.xml"):
        stored_zip([("a.xml", b""), ("a.xml", b"")])


def test_repacking_gives_the_same_parts_content_types_first() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("xl/a.xml", "_rels/.rels", "[Content_Types].xml"):
            archive.writestr(name, name * 50)
    data = repack(buffer.getvalue())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "_rels/.rels", "xl/a.xml"]
        assert archive.read("xl/a.xml") == b"xl/a.xml" * 50
    assert repack(data) == data


def test_what_xml_forbids_is_gone() -> None:
    assert clean("甲\x00\x0b\x1f\ud800\ufffe\uffff乙\r\n丙\r丁\t戊😀") == "甲乙\n丙\n丁 戊😀"


@pytest.mark.parametrize("name", [name for name in all_files() if name.endswith("x")])
def test_every_part_is_well_formed_and_stored(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(all_files()[name])) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        for info in archive.infolist():
            assert (info.date_time, info.compress_type) == ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)
            ET.fromstring(archive.read(info))


def test_time_zone_hash_seed_folder_and_language_change_nothing(tmp_path: Path) -> None:
    here = {name: hashlib.sha256(data).hexdigest() for name, data in all_files().items()}
    changes = {
        "TZ": "America/New_York",
        "PYTHONHASHSEED": "7",
        "LC_ALL": "C",
        "PYTHONPATH": str(HERE.parents[1] / "hooks"),
    }
    there = subprocess.run(
        [sys.executable, str(HERE / "office_samples.py")],
        cwd=tmp_path, env={**os.environ, **changes}, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert json.loads(there.stdout) == here
