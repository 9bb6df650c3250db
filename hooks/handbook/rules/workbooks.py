"""Sheets that work something out hang together: what formulas name exists, none needs itself, numbers are those of the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from handbook.diagnostics import Diagnostic
from handbook.loading.validate import near
from handbook.loading.yaml_events import KeyPath
from handbook.model.formula import formula_of
from handbook.model.ledger import Column, ColumnType, Ledger
from handbook.model.sheet import AS_OF, AS_OF_TITLE, Derived, Standard
from handbook.model.workbook import Workbook
from handbook.rules.clauses import Unresolved
from handbook.rules.context import Context

_MONTHS = 12
_ENTRIES: Mapping[str, str] = {
    "date": r"\d{4}-\d\d-\d\d", "count": r"\d{1,9}", "amount": r"\d{1,12}(\.\d{1,4})?", "member": r"m-\d{3,5}",
    "members": r"m-\d{3,5}(、m-\d{3,5})*",
}  # fmt: skip
_SHEETS_BESIDE = ("填写说明", "选项", "标准")
_NO_SHEET_NAME = re.compile(r"[\\/?*:'\[\]]")
_LONGEST_SHEET_NAME = 31


class _Named(NamedTuple):
    """A formula with its place and its owner's id; marks have none."""

    at: KeyPath
    text: str
    owner: str


def sheets_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check what ledgers and workbooks work out."""
    for ledger in context.library.ledgers.values():
        yield from _sheet(context, f"ledgers/{ledger.id}", ledger)
    for workbook in context.library.workbooks.values():
        name = f"workbooks/{workbook.id}"
        yield from _sheet(context, name, workbook)
        yield from _workbook(context, name, workbook)


def _sheet(context: Context, name: str, sheet: Ledger | Workbook) -> Iterator[Diagnostic]:
    slots: Sequence[Column | Derived] = sheet.slots if isinstance(sheet, Workbook) else [*sheet.columns, *sheet.derived]
    columns = [slot.id for slot in slots]
    head = sheet.head if isinstance(sheet, Workbook) else ()
    names = [*(cell.id for cell in head), *(item.id for item in sheet.standards)]
    known_names = [*names, AS_OF] if isinstance(sheet, Ledger) else names
    yield from _once(context, name, sheet)
    formulas = [_Named(("derived", i, "formula"), d.formula, f"{{{d.id}}}") for i, d in enumerate(sheet.derived)]
    formulas += [_Named(("marks", i, "when"), mark.when, "") for i, mark in enumerate(sheet.marks)]
    formulas += [_Named(("head", i, "formula"), c.formula, f"[{c.id}]") for i, c in enumerate(head) if c.formula]
    formulas += _in_lines(sheet)
    for formula in formulas:
        for ref in formula_of(formula.text).refs():
            for ident in (ref.id, ref.last) if ref.last else (ref.id,):
                choices = known_names if ref.kind == "name" else columns
                if ident not in choices:
                    what = "单元格或标准" if ref.kind == "name" else "栏"
                    yield context.unknown(name, formula.at, what, ident, choices)
            if formula.at[0] in ("head", "sums") and ref.kind in ("cell", "span"):
                said = f"表上方的格没有“本行”，不能用 {{{ref.id}}}"
                yield context.say(name, formula.at, said, f"整栏请写 {{{ref.id}.all}}")
    yield from _circles(context, name, formulas, columns)
    for at, ident in _placed(sheet):
        if ident not in columns:
            yield context.unknown(name, at, "栏", ident, columns)
    for index, item in enumerate(sheet.standards):
        yield from _standard(context, name, ("standards", index), item)


def _in_lines(sheet: Ledger | Workbook) -> list[_Named]:
    """Give the formulas of the lines above the header; nothing else can need them."""
    lines = sheet.sums if isinstance(sheet, Workbook) else ()
    return [
        _Named(("sums", index, "cells", ident), text, "")
        for index, line in enumerate(lines)
        for ident, text in line.cells.items()
    ]


def _placed(sheet: Ledger | Workbook) -> Iterator[tuple[KeyPath, str]]:
    """Give the columns that sums and shading name."""
    for index, ident in enumerate(sheet.totals):
        yield ("totals", index), ident
    for index, line in enumerate(sheet.sums if isinstance(sheet, Workbook) else ()):
        for ident in line.cells:
            yield ("sums", index, "cells", ident), ident
    for index, mark in enumerate(sheet.marks):
        for place, ident in enumerate(mark.columns):
            yield ("marks", index, "columns", place), ident


def _once(context: Context, name: str, sheet: Ledger | Workbook) -> Iterator[Diagnostic]:
    """Titles tell columns apart when a sheet is read back; ids and names tell them apart in formulas."""
    head = sheet.head if isinstance(sheet, Workbook) else ()
    columns: list[tuple[KeyPath, str, str]] = [
        *((("columns", i), c.id, c.title) for i, c in enumerate(sheet.columns)),
        *((("derived", i), c.id, c.title) for i, c in enumerate(sheet.derived)),
    ]
    cells: list[tuple[KeyPath, str, str]] = [
        *((("head", i), c.id, c.title) for i, c in enumerate(head)),
        *((("standards", i), c.id, c.title) for i, c in enumerate(sheet.standards)),
    ]
    if isinstance(sheet, Ledger):
        cells.append((("id",), AS_OF, AS_OF_TITLE))
    for group in (columns, cells):
        for place, key in ((1, "id"), (2, "title")):
            seen: set[str] = set()
            for entry in group:
                word = str(entry[place])
                if word in seen:
                    yield context.say(name, (*entry[0], key), f"“{word}”重复", "同一张表里请用不同的编号和名称")
                seen.add(word)


def _circles(context: Context, name: str, formulas: Sequence[_Named], columns: Sequence[str]) -> Iterator[Diagnostic]:
    needs: dict[str, set[str]] = {}
    for formula in formulas:
        for ref in formula_of(formula.text).refs() if formula.owner else ():
            wanted = {f"[{ref.id}]"} if ref.kind == "name" else {f"{{{ref.id}}}"}
            if ref.kind == "span" and ref.id in columns and ref.last in columns:
                wanted = {f"{{{ident}}}" for ident in columns[columns.index(ref.id) : columns.index(ref.last) + 1]}
            needs.setdefault(formula.owner, set()).update(wanted)
    for formula in formulas:
        if formula.owner and formula.owner in _reached(formula.owner, needs):
            yield context.say(name, formula.at, f"公式绕一圈又用到自己 {formula.owner}", "请改成不循环的写法")


def _reached(start: str, needs: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    left = list(needs.get(start, ()))
    while left:
        here = left.pop()
        if here not in found:
            found.add(here)
            left.extend(needs.get(here, ()))
    return found


def _standard(context: Context, name: str, at: KeyPath, item: Standard) -> Iterator[Diagnostic]:
    """A number that a rule fixes is the one that the registered fact holds."""
    if item.fact is None:
        return
    known = context.clauses.fact(item.fact)
    if isinstance(known, Unresolved):
        if not context.unread("regulations"):
            yield context.say(name, (*at, "fact"), known.message, known.remedy)
        return
    fact = known.fact
    if item.limit:
        digits = re.match(r"\d+", item.limit)
        if item.limit not in fact.text or digits is None or Decimal(digits[0]) != item.value:
            said = f"{item.value} 同要点 {item.fact} 里的限额对不上"
            yield context.say(name, (*at, "limit"), said, f"要点写的是：{fact.text}")
        return
    if not _agrees(item, fact.number or "", fact.unit or ""):
        said = f"数值 {item.value} 同要点 {item.fact} 的 {fact.number or ''}{fact.unit or ''} 对不上"
        yield context.say(name, (*at, "value"), said, "请照登记的要点改；比例写成小数，如 0.005 表示0.5%")


def _agrees(item: Standard, number: str, unit: str) -> bool:
    if "—" in number:
        low, high = map(Decimal, number.split("—"))
        return low <= item.value <= high
    if "/" in number:
        part, whole = map(Decimal, number.split("/"))
        return item.value * whole == part
    if not number:
        return False
    value = Decimal(number)
    if unit == "%":
        return item.value * 100 == value
    return item.value == (value * _MONTHS if (unit, item.unit) == ("年", "个月") else value)


def _workbook(context: Context, name: str, workbook: Workbook) -> Iterator[Diagnostic]:
    if workbook.id in context.library.ledgers:
        said = f"编号 {workbook.id} 与台账相同，两页的地址会重合"
        yield context.say(name, ("id",), said, "请换一个编号和文件名")
    sheet = workbook.sheet
    if sheet in _SHEETS_BESIDE or _NO_SHEET_NAME.search(sheet) or len(sheet) > _LONGEST_SHEET_NAME:
        remedy = "不用\\/?*:'[]这些符号，不超过31个字，不叫填写说明、选项、标准"
        yield context.say(name, ("sheet",), f"“{sheet}”不能作工作表的名称", remedy)
    for index, cell in enumerate(workbook.head):
        at: KeyPath = ("head", index)
        if (cell.type is None) == (cell.formula is None):
            yield context.say(name, at, "type 和 formula 要写一个，也只写一个", "要填的格写 type，自动算的格写 formula")
        if (cell.type == "choice") != bool(cell.options):
            yield context.say(name, at, "选择格与选项不一致", "type 为 choice 时写 options，其他类型不写")
        if cell.value and cell.type:
            yield from _entry(context, name, (*at, "value"), cell.value, cell.type, cell.options)
    columns = {column.id: column for column in workbook.columns}
    for index, derived in enumerate(workbook.derived):
        if derived.after and derived.after not in columns:
            yield context.unknown(name, ("derived", index, "after"), "栏", derived.after, columns)
    yield from _example(context, name, workbook, columns)


def _example(context: Context, name: str, workbook: Workbook, columns: Mapping[str, Column]) -> Iterator[Diagnostic]:
    head = {cell.id: cell for cell in workbook.head if cell.type}
    for ident, text in workbook.example.head.items():
        at: KeyPath = ("example", "head", ident)
        cell = head.get(ident)
        if cell is None or cell.type is None:
            yield context.unknown(name, at, "单元格", ident, head)
        else:
            yield from _entry(context, name, at, text, cell.type, cell.options)
    if len(workbook.example.rows) > workbook.rows:
        yield context.say(name, ("example", "rows"), "示例的行数多于预备的行数", "请把 rows 写大")
    for index, row in enumerate(workbook.example.rows):
        for ident, text in row.items():
            here: KeyPath = ("example", "rows", index, ident)
            column = columns.get(ident)
            if column is None:
                yield context.unknown(name, here, "栏", ident, columns)
            else:
                yield from _entry(context, name, here, text, column.type, column.options)


def _entry(
    context: Context, name: str, at: KeyPath, text: str, kind: ColumnType, options: tuple[str, ...]
) -> Iterator[Diagnostic]:
    if kind == "choice" and options and text not in options:
        yield context.say(name, at, f"没有“{text}”这个选项", near(text, options))
    pattern = _ENTRIES.get(kind)
    if pattern and not re.fullmatch(pattern, text, re.ASCII):
        yield context.say(name, at, f"“{text}”不是这一格要的内容", f"这一格的类型是 {kind}，请照类型写")
