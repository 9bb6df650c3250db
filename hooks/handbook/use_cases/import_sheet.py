"""A sheet held against a ledger: its rows as records would hold them, and every cell that cannot be taken over."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from handbook.loading.sheet import Cell, Sheet, address
from handbook.loading.sheet_values import (
    PERSONAL_REMEDY,
    PERSONAL_WORDS,
    CellError,
    cell_value,
    refuse_personal_numbers,
)
from handbook.loading.validate import near, short
from handbook.model.ledger import Column, Ledger, Unit
from handbook.model.scalars import IDENT

ID_TITLE, UNIT_TITLE = "编号", "单位"
"""Heads of the two columns that a workbook with records has before those of the ledger."""
_HEADER_WITHIN = 10
"""Rows among which the header is looked for: titles and notes stand above it."""
_REMOVE_MERGE = "请取消合并，每格各填各的内容"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with a cell, a row or a sheet."""

    row: int
    column: int
    """0 for a whole row; both 0 for the whole sheet."""
    sheet: str = field(compare=False)
    title: str = field(compare=False)
    """Title of the column, if it has one."""
    message: str
    remedy: str

    def __str__(self) -> str:
        place = self.sheet
        if self.row:
            place += f"!{address(self.row, self.column)}" if self.column else f"!第{self.row}行"
        return f"{place}{f'（{self.title}）' if self.title else ''}：{self.message} → {self.remedy}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet, typed: texts by column id, empty cells absent."""

    number: int
    id: str
    cells: Mapping[str, str]


@dataclass(slots=True)
class Rows:
    """What a sheet holds for a ledger."""

    sheet: str
    header: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    """Column id → number of the sheet's column."""
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    worked_out: set[int] = field(default_factory=set)
    """Numbers of the columns that the workbook works out: nothing in them is data."""
    hidden: int = 0
    """Rows taken over although nobody sees them at first."""

    def sound(self) -> list[Row]:
        """Give the rows without a problem of their own: what else is wrong with the others is seen once that is mended."""
        bad = {problem.row for problem in self.problems}
        return [row for row in self.rows if row.number not in bad]

    def say(self, row: int, column: int, title: str, message: str, remedy: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(row, column, self.sheet, title, message, remedy))


def read_rows(sheet: Sheet, ledger: Ledger, unit: Unit) -> Rows:
    """Give the rows of a sheet, with every problem of its cells."""
    found = Rows(sheet.name)
    columns = {column.id: column for column in ledger.columns}
    found.header = _header_row(sheet, ledger)
    if not found.header:
        wanted = "、".join(column.title for column in ledger.columns[:4])
        remedy = (
            f"前{_HEADER_WITHIN}行里要有一行写着各栏的名称：{wanted}……；可以先用 scripts/export.py ledger 导出一份样子"
        )
        if sheet.others:
            remedy += f"；台账若在别的工作表，请用 --sheet 写明：{'、'.join(sheet.others)}"
        found.say(0, 0, "", f"没有找到{ledger.title}的表头", remedy)
        return found
    id_column, unit_column = _heads(sheet, ledger, found)
    _merged(sheet, found)
    for number, cells in sorted(sheet.rows.items()):
        if number > found.header:
            _row(found, number, cells, columns, ledger, (id_column, unit_column), unit)
    alike(found, ledger)
    found.hidden = sum(1 for number in sheet.hidden if number > found.header and number in sheet.rows)
    return found


# -- the header -----------------------------------------------------------------------------------------------------


def _names(ledger: Ledger) -> dict[str, str]:
    """Column id by every head that means it; a title beats the id of another column."""
    ids = {column.id: column.id for column in ledger.columns}
    return ids | {_head(column.title): column.id for column in ledger.columns}


def _head(text: str) -> str:
    return "".join(text.split())


def _header_row(sheet: Sheet, ledger: Ledger) -> int:
    """Give the row with most known heads; 0 where no early row has any two (one, in a ledger of one column)."""
    names = _names(ledger)
    early = sorted(sheet.rows)[:_HEADER_WITHIN]
    known = {
        number: len({names[_head(c.text)] for c in sheet.rows[number].values() if _head(c.text) in names})
        for number in early
    }
    best = max(early, key=lambda number: (known[number], -number), default=0)
    return best if best and known[best] >= min(2, len(ledger.columns)) else 0


def _heads(sheet: Sheet, ledger: Ledger, found: Rows) -> tuple[int, int]:
    """Fill in which column is which, and give the numbers of the columns with ids and units (0: none)."""
    names = _names(ledger)
    titles = {column.id: column.title for column in ledger.columns}
    derived = {_head(column.title) for column in ledger.derived}
    lead = {ID_TITLE: 0, "id": 0, UNIT_TITLE: 0}
    for number, cell in sorted(sheet.rows[found.header].items()):
        head = _head(cell.text)
        if head in lead and not lead[head] and (head not in names or not found.columns):
            lead[head] = number
        elif head in derived:
            found.worked_out.add(number)
        elif head not in names:
            found.say(found.header, number, "", *_unknown(head, titles))
        elif names[head] in found.columns:
            said = f"“{short(head)}”栏出现两次，{address(found.header, found.columns[names[head]])} 已有一栏"
            found.say(found.header, number, "", said, "请删去多余的一栏，或改成该有的栏名")
        else:
            found.columns[names[head]] = number
    for column in ledger.columns:
        if column.id not in found.columns and (column.required or column.id == ledger.date_column):
            said = f"表头里没有必填的“{column.title}”栏"
            found.say(found.header, 0, "", said, "请补上这一栏；栏名照台账写，不要改动")
    _headless(sheet, found)
    return lead[ID_TITLE] or lead["id"], lead[UNIT_TITLE]


def _headless(sheet: Sheet, found: Rows) -> None:
    """Note the columns that hold something below a header without a word."""
    first: dict[int, int] = {}
    for row, cells in sorted(sheet.rows.items()):
        for number in cells if row >= found.header else ():
            first.setdefault(number, row)
    for number, row in sorted(first.items()):
        if row > found.header:
            said = f"这一栏没有栏名，{address(row, number)} 却有内容"
            found.say(found.header, number, "", said, "请补上栏名，或删去这一栏的内容")


def _unknown(head: str, titles: Mapping[str, str]) -> tuple[str, str]:
    if any(word in head.lower() for word in PERSONAL_WORDS) and not difflib.get_close_matches(
        head, titles.values(), 1, 0.8
    ):
        return f"“{short(head)}”是个人信息，台账不收", PERSONAL_REMEDY
    return f"台账里没有“{short(head)}”这一栏", near(head, titles.values())


def _merged(sheet: Sheet, found: Rows) -> None:
    for first, left, last, right in sheet.merged:
        if last >= found.header:
            what = "表头" if first <= found.header else "数据"
            found.say(
                first, left, "", f"{what}里有合并的单元格 {address(first, left)}:{address(last, right)}", _REMOVE_MERGE
            )


# -- the rows -------------------------------------------------------------------------------------------------------


def _row(
    found: Rows,
    number: int,
    cells: Mapping[int, Cell],
    columns: Mapping[str, Column],
    ledger: Ledger,
    lead: tuple[int, int],
    unit: Unit,
) -> None:
    ident = _id(found, number, cells.get(lead[0]), lead[0])
    _unit(found, number, cells.get(lead[1]), lead[1], unit)
    told = {*lead, *found.worked_out, *found.columns.values()}
    for at, cell in cells.items():
        if at not in told:
            # a column that nobody knows is told once, by its head; what must not be in a file is told wherever it stands
            _nothing_personal(found, number, at, cell)
    values: dict[str, str] = {}
    wrong: set[str] = set()
    for ident_of, at in found.columns.items():
        cell_here = cells.get(at)
        if cell_here is None:
            continue
        try:
            values[ident_of] = cell_value(cell_here, columns[ident_of], event=ident_of == ledger.date_column)
        except CellError as error:
            wrong.add(ident_of)
            found.say(number, at, columns[ident_of].title, error.message, error.remedy)
    if not values and not wrong:
        if ident:
            found.say(
                number, 0, "", f"只有编号 {ident}，各栏都空着", "要留就填好各栏；要删记录请在台账文件里删，导入不删记录"
            )
        return
    _complete(found, number, values, wrong, ledger)
    found.rows.append(Row(number, ident, values))


def _nothing_personal(found: Rows, number: int, at: int, cell: Cell) -> None:
    try:
        refuse_personal_numbers(cell.text)
    except CellError as error:
        found.say(number, at, "", error.message, error.remedy)


def _id(found: Rows, number: int, cell: Cell | None, at: int) -> str:
    if cell is None:
        return ""
    if not IDENT.fullmatch(cell.text) or cell.kind == "wrong":
        remedy = "编号照导出的表保留；新的一行请空着，导入时自动编号"
        found.say(number, at, ID_TITLE, f"编号“{short(cell.text)}”不合规则", remedy)
        return ""
    return cell.text


def _unit(found: Rows, number: int, cell: Cell | None, at: int, unit: Unit) -> None:
    if cell is not None and cell.text not in (unit.id, unit.short, unit.title):
        said = f"这一行是“{short(cell.text)}”的，这次导入的是“{unit.short}”"
        found.say(number, at, UNIT_TITLE, said, "一次只导入一个单位：请把别的单位的行移到另一个文件，或改 --unit")


def _complete(found: Rows, number: int, values: Mapping[str, str], wrong: set[str], ledger: Ledger) -> None:
    """Ask for what a row of its kind must fill, and that a part never exceeds its whole."""
    kind = values.get(ledger.kind_column)
    titles = {column.id: column.title for column in ledger.columns}
    for column in ledger.columns:
        needed = column.required or kind in column.required_for or column.id == ledger.date_column
        if needed and column.id not in values and column.id not in wrong:
            why = (
                ""
                if column.required or kind not in column.required_for
                else f"{titles[ledger.kind_column]}为“{kind}”时"
            )
            at = found.columns.get(column.id, 0)
            if at or not column.required:
                found.say(number, at, column.title, f"{why}必填，却空着", f"请填写：{column.note}")
        most = values.get(column.at_most or "")
        value = values.get(column.id)
        if value is not None and most is not None and Decimal(value) > Decimal(most):
            said = f"{value}多于“{titles[str(column.at_most)]}”{most}"
            found.say(number, found.columns[column.id], column.title, said, "请核对签到表")


def key_columns(ledger: Ledger) -> tuple[str, ...]:
    """Give the columns by which two rows are the same: those the ledger names, or all but the note."""
    return ledger.unique or tuple(column.id for column in ledger.columns if column.id != "note")


def told_apart(ledger: Ledger) -> str:
    """Give the title of the column in which two real events of the same key can be told apart."""
    key = key_columns(ledger)
    texts = [column.title for column in ledger.columns if column.id in key and column.type == "text"]
    return (texts or [column.title for column in ledger.columns if column.id in key])[0]


def alike(found: Rows, ledger: Ledger) -> None:
    """Note the rows that stand twice in the sheet, by id or by what tells records apart."""
    key = key_columns(ledger)
    titles = "、".join(column.title for column in ledger.columns if column.id in key and column.id in found.columns)
    ids: dict[str, int] = {}
    contents: dict[tuple[str, ...], int] = {}
    for row in found.sound():
        if row.id and (first := ids.setdefault(row.id, row.number)) != row.number:
            remedy = "复制出来的行请清空编号；重复的行请删去"
            found.say(row.number, 0, "", f"编号 {row.id} 和第{first}行相同", remedy)
            continue
        content = tuple(row.cells.get(column, "") for column in key)
        if (first := contents.setdefault(content, row.number)) != row.number:
            remedy = f"重复登记就删去一行；确有两次，请在“{told_apart(ledger)}”栏写出区别"
            found.say(row.number, 0, "", f"和第{first}行重复（{titles}都一样）", remedy)
