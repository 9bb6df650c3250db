"""A ledger or another table as an Excel workbook: empty and prepared for entering, or filled as an example.

The first sheet holds the table: title, 统计日期 and sums where there are any, one header row, one record a row. Beside it
stand 填写说明 (what each column wants), 选项 (the ranges behind the dropdowns) and, where a rule fixes numbers, 标准. No
macros, no links, no function that changes by itself. Only cells that the sheet works out are locked, without a password,
and in a ledger they stand right of the others, since Excel sorts no protected range with a locked cell in it.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal

import xlsxwriter

from handbook.model.formula import formula_of
from handbook.model.ledger import ColumnType, Ledger, Record, Unit
from handbook.model.sheet import AS_OF, Derived
from handbook.model.workbook import Workbook
from handbook.renderers.office import clean, in_utc, read_parts, repacked
from handbook.renderers.xlsx_beside import NOTES, OPTIONS, explain, list_standards, validate
from handbook.renderers.xlsx_page import STANDARDS
from handbook.renderers.xlsx_plan import Plan
from handbook.renderers.xlsx_rows import with_rows
from handbook.renderers.xlsx_styles import FONT, Styles
from handbook.renderers.xlsx_table import Table

EMPTY_ROWS = 60
LEDGER_SHEET = "台账"
_ROOM = "\u3000" * 12
"""Where somebody signs."""
_WHOLE = (("id", "编号", 15), ("unit", "单位", 17))
"""Columns that only a workbook with records has: (key, title, width)."""

Grounds = Mapping[str, tuple[str, str]]
"""Clause and verification in words, by the id of a number on the sheet 标准."""


def render_ledger(
    ledger: Ledger,
    units: Sequence[Unit],
    records: Sequence[Record],
    *,
    stamp: dt.datetime,
    heading: str = "",
    spare: int = 0,
    grounds: Grounds | None = None,
) -> bytes:
    """Give the workbook: with records the filled example, in their order; without, sixty prepared rows.

    `stamp` (without a zone: +08:00) is when the file says it was made. 统计日期 is empty where there are no records, so that
    nothing is ever judged against an old day; else it is that day, and for records of past years the end of the last one,
    since a finished year is judged as it ended. `heading` stands above the table where it is no example; `spare` prepared
    rows follow the records.
    """
    known = {unit.id: unit for unit in units}
    rows = [
        {**record.values, "id": record.id, "unit": known[record.unit].short if record.unit in known else record.unit}
        for record in records
    ]
    formulas = [column.formula for column in ledger.derived] + [mark.when for mark in ledger.marks]
    derived = ledger.derived if len({record.unit for record in records}) < 2 else _by_unit(ledger.derived)
    plan = Plan(
        sheet=LEDGER_SHEET,
        title=ledger.title,
        heading=heading or _heading(ledger, [known.get(record.unit) for record in records]),
        lead=_WHOLE if records else (),
        slots=(*ledger.columns, *derived),
        rows=rows,
        spare=spare if records else EMPTY_ROWS,
        dated=_reads(formulas, AS_OF),
        as_of=_judged(_china(stamp).date(), records),
        count_by=ledger.date_column,
        totals=ledger.totals,
        marks=ledger.marks,
        standards=ledger.standards,
    )
    kind = next((column.title for column in ledger.columns if column.id == ledger.kind_column), "类型")
    required = {column.id: "必填" if column.required else "可不填" for column in ledger.columns} | {
        column.id: f"{kind}为{'、'.join(column.required_for)}时必填" for column in ledger.columns if column.required_for
    }
    guidance = (ledger.rhythm, *ledger.guidance)
    return _render(plan, f"ledgers/{ledger.id}", stamp, guidance, required, grounds or {})


def render_workbook(
    workbook: Workbook, *, stamp: dt.datetime, grounds: Grounds | None = None, example: bool = False
) -> bytes:
    """Give a workbook that is no ledger: empty, or filled with its invented example."""
    shown = workbook.example
    columns = {column.id: column.type for column in workbook.columns}
    head = {cell.id: cell.type for cell in workbook.head if cell.type}
    entered: dict[str, object] = {
        cell.id: typed(cell.value, cell.type) for cell in workbook.head if cell.value and cell.type
    }
    if AS_OF in head and AS_OF not in entered:
        entered[AS_OF] = _china(stamp).date()
    if example:
        entered |= {ident: typed(text, head[ident]) for ident, text in shown.head.items()}
    rows = (
        [{ident: typed(text, columns[ident]) for ident, text in row.items()} for row in shown.rows] if example else []
    )
    plan = Plan(
        sheet=workbook.sheet,
        title=workbook.title,
        heading=f"{workbook.title}（填好的示例，单位、人员和数字均为虚构）" if example else workbook.title,
        slots=workbook.slots,
        rows=rows,
        spare=0 if example else workbook.rows,
        head=workbook.head,
        head_values=entered,
        count_by=workbook.columns[0].id,
        lines=workbook.sums,
        totals=workbook.totals,
        total_title=workbook.total_title,
        marks=workbook.marks,
        standards=workbook.standards,
        sign="".join(f"{who}：{_ROOM}" for who in workbook.sign),
        filters=False,
        portrait=workbook.portrait,
    )
    required = {column.id: "必填" if column.required else "可不填" for column in workbook.columns}
    guidance = (workbook.used, *((shown.note,) if example else ()), *workbook.guidance)
    return _render(plan, f"workbooks/{workbook.id}", stamp, guidance, required, grounds or {})


def typed(text: str, kind: ColumnType) -> object:
    """Give the value of a text from data, by the type of its cell."""
    match kind:
        case "date":
            return dt.date.fromisoformat(text)
        case "count":
            return int(text)
        case "amount":
            return Decimal(text)
        case _:
            return text


def _render(
    plan: Plan, ident: str, stamp: dt.datetime, guidance: Sequence[str], required: Mapping[str, str], grounds: Grounds
) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "default_format_properties": {"font_name": FONT, "font_size": 11}}
    )
    moment = in_utc(stamp).replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": clean(plan.title), "author": "", "created": moment})
    book.set_custom_property("TemplateId", ident, "text")
    book.set_calc_mode("auto")
    sheet, notes, choices = (book.add_worksheet(name) for name in (plan.sheet, NOTES, OPTIONS))
    styles = Styles(book)
    table = Table(book, plan, styles)
    table.write(sheet)
    validate(sheet, choices, table, styles)
    explain(notes, styles, plan, guidance, required)
    if plan.standards:
        list_standards(book, book.add_worksheet(STANDARDS), styles, plan, grounds)
    rows = table.rows()
    book.close()
    name = "xl/worksheets/sheet1.xml"
    return repacked(with_rows(read_parts(buffer.getvalue()), {name: rows}, {name: table.used}))


def _heading(ledger: Ledger, units: Sequence[Unit | None]) -> str:
    if not units:
        return ledger.title
    invented = any(unit is not None and unit.invented for unit in units)
    return f"{ledger.title}（填好的示例{'，单位、人员和数字均为虚构' if invented else ''}）"


def _by_unit(columns: Sequence[Derived]) -> tuple[Derived, ...]:
    """Give the columns so that they count within the row's unit: units have problems and member codes alike."""
    counted = "COUNTIFS({unit.all},{unit},"
    return tuple(
        column.model_copy(update={"formula": column.formula.replace("COUNTIFS(", counted)}) for column in columns
    )


def _judged(day: dt.date, records: Sequence[Record]) -> dt.date | None:
    if not records:
        return None
    return min(day, dt.date(max(record.date for record in records).year, 12, 31))


def _reads(formulas: Sequence[str], name: str) -> bool:
    return any(ref.kind == "name" and ref.id == name for text in formulas for ref in formula_of(text).refs())


def _china(stamp: dt.datetime) -> dt.datetime:
    return in_utc(stamp) + dt.timedelta(hours=8)
