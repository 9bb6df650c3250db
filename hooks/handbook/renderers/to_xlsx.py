"""A ledger as an Excel workbook: empty and prepared for entering, or filled with records as an example.

Three sheets: 台账 (one title row, one header row, then one record a row), 填写说明 (what each column wants) and 选项
(the ranges behind the dropdowns). No formulas, no macros, no protection: people sort, filter and copy it as they like,
and it can be read back by its header row.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from handbook.model.ledger import Column, Ledger, Record, Unit
from handbook.renderers.gbt9704 import width_in_characters
from handbook.renderers.office import clean, in_utc, repack

EMPTY_ROWS = 60
TITLE_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2
EARLIEST, LATEST = dt.date(1921, 7, 1), dt.date(2099, 12, 31)
"""Dates outside are taken for slips."""

_FIRST_SAFE_DAY = dt.date(1900, 3, 1)
"""Earlier days Excel counts wrongly or not at all, so they are written as text; as are numbers of more digits than it keeps."""
_SAFE_DIGITS = 15
_FONT = "宋体"
_DATE_WIDTH, _LEAST_WIDTH = 12, 6
_LINE_HEIGHT = 15
"""Points for a line of 11-point text."""
_WHOLE = (("id", "编号", 16), ("unit", "单位", 20))
"""Columns that only the filled example has: (key, title, width)."""
_KINDS = {
    "date": "日期，如2026-3-5", "choice": "从下拉列表中选", "count": "整数，不小于0", "amount": "金额，单位元",
    "text": "文字", "member": "成员代码，如m-001", "members": "成员代码，多人用顿号隔开",
}  # fmt: skip
_PRIVACY = "人员一律填成员代码，不填姓名、身份证号和电话；代码与姓名的对照表由支部另外保管。"


def render_ledger(
    ledger: Ledger,
    units: Sequence[Unit],
    records: Sequence[Record],
    *,
    stamp: dt.datetime,
    heading: str = "",
    spare: int = 0,
) -> bytes:
    """Give the workbook: with records the filled example, in their order; without, sixty prepared rows.

    `stamp` (without a zone: +08:00) is when the file says it was made. `heading` stands above the table where it is no
    example; `spare` prepared rows follow the records.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "default_format_properties": {"font_name": _FONT, "font_size": 11}},
    )
    moment = in_utc(stamp).replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": clean(ledger.title), "author": "", "created": moment})
    book.set_custom_property("TemplateId", f"ledgers/{ledger.id}", "text")
    sheet, notes, choices = (book.add_worksheet(name) for name in ("台账", "填写说明", "选项"))
    _Ledger(book, ledger, units, records, heading=heading, spare=spare).write(sheet, choices)
    _explain(book, notes, ledger)
    book.close()
    return repack(buffer.getvalue())


class _Ledger:
    """Writes the sheets 台账 and 选项; holds what every cell needs to know."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        ledger: Ledger,
        units: Sequence[Unit],
        records: Sequence[Record],
        *,
        heading: str,
        spare: int,
    ) -> None:
        self.ledger, self.heading = ledger, heading
        self.records = records
        self.units = {unit.id: unit for unit in units}
        self.lead = _WHOLE if records else ()
        self.last_column = len(self.lead) + len(ledger.columns) - 1
        self.last_row = FIRST_ROW + (len(records) + spare if records else EMPTY_ROWS) - 1
        self.widths = [width for _, _, width in self.lead] + [
            max(column.width, _DATE_WIDTH if column.type == "date" else _LEAST_WIDTH) for column in ledger.columns
        ]
        base = {"valign": "vcenter", "border": 1}
        text, middle = {**base, "text_wrap": True, "indent": 1}, {**base, "align": "center"}
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.header = book.add_format(
            {**base, "text_wrap": True, "bold": True, "align": "center", "bg_color": "#E7EDF3"}
        )
        self.text = book.add_format({**text, "num_format": "@"})
        self.formats: dict[str, Format] = {
            "date": book.add_format({**middle, "num_format": "yyyy-mm-dd"}),
            "choice": book.add_format({**middle, "text_wrap": True}),
            "count": book.add_format({**middle, "num_format": "0"}),
            "amount": book.add_format({**base, "num_format": "#,##0.00"}),
        }

    def write(self, sheet: Worksheet, choices: Worksheet) -> None:
        """Fill both sheets."""
        titles = [title for _, title, _ in self.lead] + [column.title for column in self.ledger.columns]
        # A range of one cell cannot be merged.
        if self.last_column:
            sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, self.last_column, "", self.title)
        _string(sheet, TITLE_ROW, 0, self._heading(), self.title)
        sheet.set_row(TITLE_ROW, 30)
        sheet.set_row(HEADER_ROW, 32)
        for position, title in enumerate(titles):
            _string(sheet, HEADER_ROW, position, title, self.header)
        for position, width in enumerate(self.widths):
            sheet.set_column(position, position, width)
        self._rows(sheet)
        self._validate(sheet, choices)
        sheet.freeze_panes(FIRST_ROW, len(self.lead) or 1)
        sheet.autofilter(HEADER_ROW, 0, self.last_row, self.last_column)
        _print_setup(sheet, self.ledger.title, self.last_row, self.last_column)

    def _heading(self) -> str:
        if self.heading:
            return self.heading
        if not self.records:
            return self.ledger.title
        used = (self.units.get(record.unit) for record in self.records)
        invented = any(unit is not None and unit.invented for unit in used)
        return f"{self.ledger.title}（填好的示例{'，单位、人员和数字均为虚构' if invented else ''}）"

    def _rows(self, sheet: Worksheet) -> None:
        for row, record in enumerate(self.records, FIRST_ROW):
            unit = self.units.get(record.unit)
            texts = [record.id, unit.short if unit else record.unit]
            for position, text in enumerate(texts):
                _string(sheet, row, position, text, self.text)
            for position, column in enumerate(self.ledger.columns, len(self.lead)):
                value = record.values.get(column.id)
                self._cell(sheet, row, position, column, value)
                texts.append(_text(value) if isinstance(value, str | tuple) else "")
            sheet.set_row(row, _row_height(texts, self.widths))
        for row in range(FIRST_ROW + len(self.records), self.last_row + 1):
            sheet.set_row(row, 24)
            for position in range(len(self.lead)):
                sheet.write_blank(row, position, None, self.text)
            for position, column in enumerate(self.ledger.columns, len(self.lead)):
                self._cell(sheet, row, position, column, None)

    def _cell(self, sheet: Worksheet, row: int, position: int, column: Column, value: object) -> None:
        style = self.formats.get(column.type, self.text)
        match value:
            case None | ():
                sheet.write_blank(row, position, None, style)
            case dt.date() if value >= _FIRST_SAFE_DAY:
                sheet.write_datetime(row, position, value, style)
            case int() | Decimal() if len(Decimal(value).normalize().as_tuple().digits) <= _SAFE_DIGITS:
                sheet.write_number(row, position, float(value), style)
            case _:
                _string(sheet, row, position, _text(value), style)

    def _validate(self, sheet: Worksheet, choices: Worksheet) -> None:
        """Refuse wrong entries with a sentence that says what to enter; an empty cell is always allowed."""
        listed = 0
        for position, column in enumerate(self.ledger.columns, len(self.lead)):
            first = xl_rowcol_to_cell(FIRST_ROW, position)
            rule: dict[str, object]
            match column.type:
                case "choice" if column.options:
                    _string(choices, 0, listed, column.title, self.header)
                    for row, option in enumerate(column.options, 1):
                        _string(choices, row, listed, option, self.text)
                    choices.set_column(listed, listed, max(column.width, 16))
                    source = f"='选项'!{xl_range_abs(1, listed, len(column.options), listed)}"
                    rule = {"validate": "list", "source": source, "error_message": "请从下拉列表中选择。"}
                    listed += 1
                case "date":
                    rule = {
                        "validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST,
                        "error_message": "请填日期，如 2026-3-5。",
                    }  # fmt: skip
                case "count":
                    rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "请填不小于0的整数。"}
                case "amount":
                    rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "请填不小于0的金额。"}
                case "member" | "members":
                    # Keeps names out: the ledger travels, the key to the codes does not.
                    rule = {
                        "validate": "custom", "value": f'=LEFT({first},2)="m-"',
                        "error_message": "请填成员代码，如 m-001；不要填姓名。",
                    }  # fmt: skip
                case _:
                    continue
            rule |= {"error_title": "填写有误", "error_type": "stop", "ignore_blank": True}
            sheet.data_validation(FIRST_ROW, position, self.last_row, position, rule)
        choices.freeze_panes(1, 0)
        if not listed:
            _string(choices, 0, 0, "本台账没有下拉选项。", self.text)


def _explain(book: xlsxwriter.Workbook, sheet: Worksheet, ledger: Ledger) -> None:
    """Write the sheet 填写说明: what each column wants, then the guidance."""
    plain = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1, "indent": 1})
    loose = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "font_size": 14, "valign": "vcenter"})
    header = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": "#E7EDF3"})
    kind = next((column.title for column in ledger.columns if column.id == ledger.kind_column), "类型")
    _string(sheet, 0, 0, f"{ledger.title}填写说明", bold)
    sheet.set_row(0, 28)
    widths = (18, 28, 28, 66)
    for position, (title, width) in enumerate(zip(("栏目", "填什么", "是否必填", "说明"), widths, strict=True)):
        _string(sheet, 1, position, title, header)
        sheet.set_column(position, position, width)
    sheet.set_row(1, 24)
    row = 2
    for column in ledger.columns:
        entry = _KINDS[column.type] + (f"，单位{column.unit}" if column.unit and column.type == "count" else "")
        required = "必填" if column.required else "可不填"
        if column.required_for:
            required = f"{kind}为{'、'.join(column.required_for)}时必填"
        note = f"{column.note}\n可选：{'、'.join(column.options)}" if column.options else column.note
        texts = (column.title, entry, required, note)
        for position, text in enumerate(texts):
            _string(sheet, row, position, text, plain)
        sheet.set_row(row, _row_height(texts, widths))
        row += 1
    members = any(column.type in ("member", "members") for column in ledger.columns)
    for text in (ledger.rhythm, *ledger.guidance, *((_PRIVACY,) if members else ())):
        row += 1
        sheet.merge_range(row, 0, row, 3, "", loose)
        _string(sheet, row, 0, text, loose)
        sheet.set_row(row, _row_height((text,), (sum(widths),)))
    sheet.freeze_panes(2, 0)
    _print_setup(sheet, ledger.title, row, 3)


def _text(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _row_height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Give the height that shows every wrapped text: not every program lets rows grow by themselves."""
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        # A Han character takes two units of a column's width; the indent and the borders take three.
        room = max(width - 3, 2)
        lines = max(lines, sum(max(1, math.ceil(width_in_characters(part) * 2 / room)) for part in text.split("\n")))
    # Excel knows no taller row than 409 points.
    return float(min(_LINE_HEIGHT * lines + 7, 409))


def _print_setup(sheet: Worksheet, title: str, last_row: int, last_column: int) -> None:
    """Print on A4 landscape, one page wide, title and header on each page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TITLE_ROW, HEADER_ROW)
    sheet.print_area(0, 0, last_row, last_column)
    sheet.center_horizontally()
    name = clean(title)[:60].replace("&", "&&")
    sheet.set_footer(f'&L&"{_FONT},Regular"&9{name}&R&"{_FONT},Regular"&9第&P页，共&N页')


def _string(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write text as text, whatever it begins with: never a formula, never a link."""
    if sheet.write_string(row, column, clean(text), style):
        raise ValueError(f"cell {xl_rowcol_to_cell(row, column)} cannot hold {text[:20]!r}…")
