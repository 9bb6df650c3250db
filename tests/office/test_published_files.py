"""Every file we publish: the official layout by our own checker, and Microsoft's validator over each one."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from office_checker import check

PACKAGES = Path(__file__).parents[1] / "browser" / "node_modules" / "@xarsh"
WORKERS = max(os.cpu_count() or 1, 2)


def test_every_word_file_keeps_the_official_layout(published: Mapping[str, bytes]) -> None:
    files = {address: data for address, data in published.items() if address.endswith(".docx")}
    assert len(files) > 100
    found = {address: findings for address, data in files.items() if (findings := check(data))}
    assert found == {}


def test_the_validator_passes_every_office_file(published: Mapping[str, bytes], tmp_path: Path) -> None:
    files = {address: data for address, data in published.items() if address.endswith((".docx", ".xlsx"))}
    found = validate(files, tmp_path)
    assert len(found) == len(files)
    assert {address: errors for address, errors in found.items() if errors} == {}


def test_the_validator_sees_a_broken_file(published: Mapping[str, bytes], tmp_path: Path) -> None:
    address = next(address for address in published if address.endswith(".docx"))
    # the archive is stored, so the text of a part stands in the file as it is; the length stays the same
    broken = published[address].replace(b"<w:cols ", b"<w:colz ")
    assert broken != published[address]
    found = validate({"damaged.docx": broken}, tmp_path)
    assert found["damaged.docx"]


def validate(files: Mapping[str, bytes], folder: Path) -> Mapping[str, list[str]]:
    """Give what the Open XML SDK says of each file, two at a time: it takes one file a call."""
    program = os.environ.get("OOXML_VALIDATOR") or _installed()
    if not program and (sys.platform, platform.machine()) != ("linux", "x86_64"):
        pytest.skip(
            "the lock holds the Open XML SDK validator for Linux on x86-64 only; OOXML_VALIDATOR may name another"
        )
    if not program:
        pytest.fail("the Open XML SDK validator is missing; scripts/test.py installs it")
    variables = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}

    def one(item: tuple[int, tuple[str, bytes]]) -> tuple[str, list[str]]:
        number, (address, data) = item
        path = folder / f"{number}{Path(address).suffix}"
        path.write_bytes(data)
        done = subprocess.run(
            [program, str(path)], env=variables, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120
        )
        path.unlink()
        assert done.returncode in (0, 1), done.stderr.decode(errors="replace")[-500:]
        said = json.loads(done.stdout)
        return address, [f"{error['path']} {error['xPath']}: {error['description']}" for error in said["errors"]]

    with ThreadPoolExecutor(WORKERS) as pool:
        return dict(pool.map(one, enumerate(files.items())))


def _installed() -> str:
    """Find it where a run of scripts/test.py left it."""
    name = "ooxml-validator.exe" if platform.system() == "Windows" else "ooxml-validator"
    return next((str(path) for path in sorted(PACKAGES.glob(f"ooxml-validator-*/{name}"))), "")
