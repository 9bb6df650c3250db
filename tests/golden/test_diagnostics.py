"""Golden cases of the check: what is wrong goes in, the exact lines come out."""

import datetime as dt
import sys
from pathlib import Path

import pytest
import yaml

from handbook.loading import yaml_events
from handbook.use_cases.check import check, check_today

sys.path.insert(0, str(Path(__file__).parent))
from golden_case import CASES, case_paths, read_case

ON = dt.date(2026, 7, 1)


@pytest.mark.parametrize("path", case_paths(), ids=lambda path: path.relative_to(CASES).with_suffix("").as_posix())
def test_case_gives_exactly_these_lines(path, tmp_path, monkeypatch, request):
    case = read_case(path)
    case.write(tmp_path)
    if case.parser == "python":
        monkeypatch.setattr(yaml_events, "_LOADER", yaml.SafeLoader)
    refused = {tmp_path / name for name in case.unreadable}
    read_bytes = Path.read_bytes

    def read(self: Path) -> bytes:
        if self in refused:
            raise PermissionError(13, "refused", str(self))
        return read_bytes(self)

    monkeypatch.setattr(Path, "read_bytes", read)
    lines = tuple(str(diagnostic) for diagnostic in check_today(tmp_path, ON).diagnostics)
    if request.config.getoption("--update-golden"):
        case.update(lines)
    else:
        assert lines == case.diagnostics


def test_base_library_is_sound():
    assert check(Path(__file__).parent / "base", ON) == ()


def test_every_diagnostic_stands_on_one_line_and_offers_a_remedy():
    for path in case_paths():
        for line in read_case(path).diagnostics:
            assert line.count(" → ") >= 1, path
            assert "\n" not in line, path
            assert len(line) <= 600, path


def test_json_form_holds_the_same_as_the_line(tmp_path):
    case = read_case(CASES / "ids" / "id-differs-from-file-name.yml")
    case.write(tmp_path)
    (found,) = check(tmp_path, ON)
    assert found.as_json() == {
        "path": "docs/_data/roles/chair.yml",
        "line": 1,
        "column": 5,
        "key": "id",
        "message": "编号 chairman 与文件名 chair 不一致",
        "remedy": "请写成 chair，或把文件改名",
    }
