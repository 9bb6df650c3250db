"""Workbooks as LibreOffice works them out afresh: every stored result is poisoned first, so that none can pass for a new one."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

POISON_NUMBER, POISON_TEXT = "987654321", "毒"
_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)>(<f>.*?</f>)<v>[^<]*</v></c>', re.DOTALL)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""0 is 'always': LibreOffice believes the results in files of other programs otherwise."""


def poisoned(data: bytes) -> tuple[bytes, int]:
    """Give the workbook with wrong results beside its formulas, and the number of formulas."""
    buffer, count = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename.startswith("xl/worksheets/sheet"):
                text, found = _FORMULA.subn(_poison, content.decode())
                assert found == text.count("<f>"), f"{info.filename}: a formula without a result beside it"
                content, count = text.encode(), count + found
            target.writestr(info.filename, content)
    return buffer.getvalue(), count


def _poison(match: re.Match[str]) -> str:
    style = re.search(r's="\d+"', match[2])
    kind, value = (' t="str"', POISON_TEXT) if 't="str"' in match[2] else ("", POISON_NUMBER)
    return f'<c r="{match[1]}" {style[0] if style else ""}{kind}>{match[3]}<v>{value}</v></c>'


def recalculated(files: Mapping[str, bytes], folder: Path, *, always: bool = True) -> Mapping[str, Workbook]:
    """Give the workbooks by name with the results of LibreOffice; all go through one call."""
    program = os.environ.get("SOFFICE") or shutil.which("soffice")
    assert program, "LibreOffice is missing; scripts/test.py installs it"
    sources, made, profile = folder / "in", folder / "out", folder / "profile"
    sources.mkdir()
    (profile / "user").mkdir(parents=True)
    if always:
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    for name, data in files.items():
        (sources / f"{name}.xlsx").write_bytes(data)
    done = subprocess.run(
        [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(made), *(str(sources / f"{name}.xlsx") for name in files)],
        env={**os.environ, "HOME": str(folder)}, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-500:]
    return {name: openpyxl.load_workbook(made / f"{name}.xlsx", data_only=True) for name in files}
