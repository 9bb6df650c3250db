"""Golden cases of the import: a sheet goes in, the exact lines and record files come out.

``purpose``   what the case shows
``edits``     path → list of ``old`` and ``new`` in the base library; ``old`` stands exactly once
``name``      name of the imported file; by default ``茶会.csv`` or ``茶会.xlsx``
``csv``       text of a sheet, or ``rows``: a workbook whose cells are texts, or ``hex``: bytes
``options``   unit, ledger, year, sheet, dry_run
``lines``     what is said, ``files`` the record files that changed; ``--update-golden`` rewrites both, so they stand last
"""

import datetime as dt
import io
import shutil
import sys
from pathlib import Path

import openpyxl
import pytest
import yaml

from handbook.loading.sheet_values import PERSONAL_WORDS
from handbook.use_cases.import_ledger import ImportRefusedError, import_ledger

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from golden_case import BASE
from test_messages import HAN, templates

ON = dt.date(2026, 7, 1)
CASES = Path(__file__).parent / "imports"
HANDBOOK = Path(__file__).parents[2] / "hooks" / "handbook"
SPEAKERS = (
    "loading/sheet_values.py", "loading/read_csv.py", "loading/read_xlsx.py", "loading/xlsx_cells.py", "loading/xml_events.py",
    "use_cases/import_sheet.py", "use_cases/import_merge.py", "use_cases/import_check.py", "use_cases/import_ledger.py",
)  # fmt: skip
OTHER_TESTS = tuple(
    Path(__file__).parents[1] / "unit" / name for name in ("test_read_sheets.py", "test_import_ledger.py")
)
"""Where messages are tested that need a file made by hand, or somebody else at work."""
SILENT = (r"\[ymdhs", r"\(\\d\{4\}\)\(", r"\ 带时刻", *PERSONAL_WORDS, "填写说明", "标准", "数据")
"""Patterns, words that are looked for and marks between modules, never shown."""


def read(path):
    raw = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    unknown = set(raw) - {"purpose", "edits", "name", "csv", "rows", "hex", "options", "lines", "files"}
    assert not unknown, f"{path.name}: {unknown}"
    return raw


def lay_out(case, project):
    shutil.copytree(BASE / "docs", project / "docs")
    for name, edits in case.get("edits", {}).items():
        text = (project / name).read_text(encoding="utf-8")
        for edit in edits:
            assert text.count(edit["old"]) == 1, edit
            text = text.replace(edit["old"], edit["new"])
        (project / name).write_text(text, encoding="utf-8", newline="")
    name = case.get("name") or ("茶会.xlsx" if "rows" in case else "茶会.csv")
    (project / name).write_bytes(content(case))
    return project / name


def content(case):
    if "hex" in case:
        return bytes.fromhex(case["hex"])
    if "csv" in case:
        return case["csv"].encode()
    book = openpyxl.Workbook()
    book.active.title = "登记"
    for row in case["rows"]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def run(case, project, file):
    """What is said, and the record files that changed."""
    options = case.get("options", {})
    before = {path: path.read_bytes() for path in project.rglob("records/**/*.yml")}
    target = (options.get("unit", "tea-group"), options.get("ledger", "tea-ledger"))
    try:
        done = import_ledger(
            project,
            file,
            target,
            ON,
            year=options.get("year", ""),
            sheet=options.get("sheet", ""),
            dry_run=options.get("dry_run") == "true",
        )
    except ImportRefusedError as error:
        lines = [*map(str, error.problems), *str(error).split("\n")]
    else:
        lines = [
            f"{change.kind} {change.kept.row.number} {change.kept.id} {dict(change.before)}" for change in done.changes
        ]
        lines += [*done.notes, f"beside {done.beside}", *done.files]
    after = {path: path.read_bytes() for path in project.rglob("records/**/*.yml")}
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert not list(project.rglob("records/**/.*")), "nothing half-written stays"
    return lines, {path.relative_to(project).as_posix(): after[path].decode() for path in sorted(changed)}


def paths():
    return sorted(CASES.glob("*.yml"))


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_case_gives_exactly_these_lines_and_files(path, tmp_path, request):
    case = read(path)
    lines, files = run(case, tmp_path, lay_out(case, tmp_path))
    if request.config.getoption("--update-golden"):
        text = path.read_text(encoding="utf-8")
        kept = text[: text.index("\nlines:") + 1] if "\nlines:" in text else text
        said = yaml.safe_dump({"lines": lines, "files": files}, allow_unicode=True, width=10**6, sort_keys=False)
        path.write_text(kept + said, encoding="utf-8", newline="\n")
    else:
        assert lines == case["lines"]
        assert files == case["files"]
        if not files:
            return
    again, unchanged = run(case, tmp_path, tmp_path / (case.get("name") or "茶会.csv"))
    if "dry_run" not in case.get("options", {}) and lines and not lines[0].startswith("共"):
        assert unchanged == {}, "the second import of the same file changes nothing"
        assert not [line for line in again if line.startswith(("added", "changed"))]


def test_every_sentence_of_the_import_is_said_in_some_case():
    said = "\n".join(line for path in paths() for line in read(path)["lines"])
    said += "".join(path.read_text(encoding="utf-8") for path in OTHER_TESTS)
    unsaid = []
    for name in SPEAKERS:
        for line, pattern in templates(HANDBOOK / name):
            silent = any(pattern.pattern.startswith(word) or pattern.pattern.endswith(word) for word in SILENT)
            if HAN.search(pattern.pattern) and not silent and not pattern.search(said):
                unsaid.append(f"{name}:{line}: {pattern.pattern}")
    assert unsaid == []


def test_every_line_of_a_refusal_offers_a_remedy():
    for path in paths():
        for line in read(path)["lines"]:
            if "：" in line and not line.startswith(("共", "20", "以前")):
                assert " → " in line, (path.name, line)
