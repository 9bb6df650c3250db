"""A ledger's rows in from a sheet: everything that is wrong in one run, and nothing written unless all of it is right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handbook.loading.read_csv import read_csv
from handbook.loading.read_library import Reading, read_library
from handbook.loading.read_xlsx import read_xlsx
from handbook.loading.sheet import MOST_BYTES, Sheet, SheetError
from handbook.loading.validate import near
from handbook.model.ledger import Ledger, Unit
from handbook.use_cases.import_check import check_merged, refused, verified
from handbook.use_cases.import_merge import Change, Merge, Unwritable, merge
from handbook.use_cases.import_sheet import Problem, Rows, read_rows

_OTHER_KINDS: Mapping[str, str] = {
    ".xls": "这是旧版 Excel 文件", ".et": "这是 WPS 表格自己的格式", ".xlsm": "这是带宏的工作簿", ".xlsb": "这是二进制工作簿",
    ".ods": "这是 OpenDocument 表格", ".numbers": "这是 Numbers 表格", ".docx": "这是 Word 文档", ".doc": "这是 Word 文档",
    ".pdf": "这是 PDF 文件", ".txt": "这是文本文件",
}  # fmt: skip


class ImportRefusedError(Exception):
    """Why nothing was imported, before any row was looked at; or every problem of the sheet."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do."""

    sheet: str
    changes: tuple[Change, ...]
    files: tuple[str, ...]
    """Record files that got another text, relative to the project."""
    beside: int
    """Records of the same years that the sheet does not name; they stay."""
    titles: Mapping[str, str]
    """Title of each column."""
    notes: tuple[str, ...]

    def count(self, kind: str) -> int:
        """Give how many rows were ``added``, ``changed`` or ``same``."""
        return sum(change.kind == kind for change in self.changes)


def import_ledger(
    project: Path,
    file: Path,
    target: tuple[str, str],
    on: dt.date,
    *,
    year: str = "",
    sheet: str = "",
    dry_run: bool = False,
) -> Imported:
    """Take the rows of `file` over into unit and ledger of `target`; raises `ImportRefusedError`."""
    reading = read_library(project / "docs", project)
    unit, ledger = _known(reading, *target)
    try:
        found = read_rows(_sheet(file, sheet), ledger, unit)
    except SheetError as error:
        raise ImportRefusedError(f"{file.name}：{error}") from None
    _in_year(found, ledger, year)
    if not found.rows and not found.problems:
        raise ImportRefusedError(
            f"{found.sheet}：表头下面没有记录 → 请填好再导入；台账若在别的工作表，请用 --sheet 写明"
        )
    try:
        merged = merge(reading, ledger, unit.id, found)
    except Unwritable as error:
        remedy = "请改成一项一行（- id: … 另起一行）的写法再导入"
        raise ImportRefusedError(f"{error} 里的记录不是一项一行，没法逐条改写 → {remedy}") from None
    _stop(found.problems)
    checked = check_merged(reading, ledger, unit.id, merged, found.sheet, on)
    _stop(checked.problems)
    changed = list(merged.changed_files())
    if not all(verified(item) for _, item in changed):
        raise AssertionError("a record file does not read back as it was written")
    if not dry_run:
        _write(project, merged)
    files = tuple(item.path for _, item in changed)
    years = {change.kept.year for change in merged.changes}
    beside = sum(kept.row is None for year in years for kept in merged.files[year].records)
    titles = {column.id: column.title for column in ledger.columns}
    notes = (
        *_notes(reading, found, merged, unit.id, ledger),
        *(f"以前就对不上，现在还是：{said}" for said in checked.standing),
    )
    return Imported(found.sheet, tuple(merged.changes), files, beside, titles, notes)


def _known(reading: Reading, unit_id: str, ledger_id: str) -> tuple[Unit, Ledger]:
    broken = tuple(refused(reading, ledger_id, unit_id))
    if broken:
        listed = "\n".join(map(str, broken))
        raise ImportRefusedError(f"{listed}\n台账原有的文件有 {len(broken)} 处问题 → 请先改好，再导入")
    library = reading.library
    unit, ledger = library.units.get(unit_id), library.ledgers.get(ledger_id)
    if unit is None:
        raise ImportRefusedError(f"没有编号为 {unit_id} 的单位 → {near(unit_id, library.units)}")
    if ledger is None:
        raise ImportRefusedError(f"没有编号为 {ledger_id} 的台账 → {near(ledger_id, library.ledgers)}")
    if ledger.level == "branch" and unit.level != "branch":
        said = f"{ledger.title}由支部登记，{unit.short}不是支部，登在这里的行不会计入任何数字"
        raise ImportRefusedError(f"{said} → 请按支部分开导入")
    return unit, ledger


def _sheet(file: Path, wanted: str) -> Sheet:
    kind = file.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        known = _OTHER_KINDS.get(kind, f"不认识的文件类型 {kind or '（没有扩展名）'}")
        raise SheetError(known, "请用 Excel 或 WPS 打开，另存为 .xlsx 或 .csv 后再导入")
    try:
        if file.stat().st_size > MOST_BYTES:
            raise SheetError(f"文件超过 {MOST_BYTES // 2**20} MB", "请按年份拆成几个文件再导入")
        data = file.read_bytes()
    except FileNotFoundError:
        raise SheetError("没有这个文件", "请检查路径和文件名") from None
    except IsADirectoryError:
        raise SheetError("这是文件夹", "请写出里面那个 .xlsx 或 .csv 文件的路径") from None
    if not data.strip():
        raise SheetError("文件是空的", "请填好再导入")
    if kind == ".xlsx":
        return read_xlsx(data, wanted)
    if wanted:
        raise SheetError("CSV 文件没有工作表", "请去掉 --sheet")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise SheetError("扩展名是 .csv，内容却是 Excel 表格", "请把扩展名改回 .xlsx，旧版 .xls 请另存为 .xlsx")
    return read_csv(data, file.stem)


def _in_year(found: Rows, ledger: Ledger, year: str) -> None:
    column = next(column for column in ledger.columns if column.id == ledger.date_column)
    for row in found.rows if year else ():
        day = row.cells.get(column.id, year)
        if not day.startswith(year):
            said = f"日期 {day} 不在 {year} 年"
            found.say(
                row.number, found.columns[column.id], column.title, said, "请改日期，或去掉 --year 让各年的行各归各年"
            )


def _stop(problems: list[Problem] | tuple[Problem, ...]) -> None:
    if problems:
        raise ImportRefusedError(f"共 {len(problems)} 处问题", tuple(sorted(problems)))


def _perhaps_known(merged: Merge, ledger: Ledger) -> Iterator[str]:
    """Name new rows beside which a record of the same day and kind stands that the sheet does not have: perhaps reworded."""
    key = (ledger.date_column, ledger.kind_column)
    for change in merged.changes:
        kept = change.kept
        if change.kind != "added" or kept.row is None or kept.row.id:
            continue
        same = [
            other.id
            for other in merged.files[kept.year].records
            if other.row is None and all(other.cells.get(column) == kept.cells.get(column) for column in key)
        ]
        if same:
            listed = "、".join(same[:3])
            yield f"第{kept.row.number}行按新的一行登记，台账里同一天同一类的 {listed} 不在表中；若是同一次改了写法，请删去其中一行"


def _notes(reading: Reading, found: Rows, merged: Merge, unit: str, ledger: Ledger) -> list[str]:
    notes = []
    if found.hidden:
        notes.append(f"表里有 {found.hidden} 行被隐藏或筛掉，也一并读入了")
    notes.extend(_perhaps_known(merged, ledger))
    for year, _ in merged.changed_files():
        known = reading.library.record_files.get((unit, ledger.id, year))
        if known is None or not known.complete:
            notes.append(
                f"{year} 年还没有声明记到哪里为止：核对齐全后请在台账文件里写 complete，没写的期间报告里缺的数显示为待填"
            )
    return notes


def _write(project: Path, merged: Merge) -> None:
    """Put all files in place by renaming; none where one of them was edited meanwhile."""
    ready: list[tuple[Path, Path]] = []
    try:
        for _, file in merged.changed_files():
            path = project / file.path
            before = path.read_bytes() if path.exists() else b""
            if before.decode("utf-8", "replace").replace("\r\n", "\n").removeprefix("\ufeff") != file.text:
                raise ImportRefusedError(f"{file.path} 刚刚被别人改过 → 请再运行一次")
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.new")
            ready.append((fresh, path))
            fresh.write_text(file.written(), encoding="utf-8", newline="\n")
        for fresh, path in ready:
            fresh.replace(path)
    finally:
        for fresh, _ in ready:
            fresh.unlink(missing_ok=True)
