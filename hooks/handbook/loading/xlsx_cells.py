"""The cells of one sheet of an ``.xlsx`` file: shared and inline text, numbers, dates by their format, worked-out formulas."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from handbook.loading.sheet import MOST_COLUMNS, MOST_ROWS, Cell, Sheet, SheetError, position
from handbook.loading.xml_events import BROKEN, events

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of the built-in formats that show a date or a time, those of Chinese Excel included."""
_ASIDE = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.|\*.")
_DATE_LETTERS = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
_ROW = re.compile(r"[0-9]{1,7}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_SERIAL = 2_958_465
"""9999-12-31."""
_LEAP_DAY = 60
"""29 February 1900, which Excel knows and no calendar does."""
_SHOWN_DIGITS = 15
_LARGEST = 20
"""Digits; no quantity has more, and a number in exponents would fill the memory."""
_SMALLEST = Decimal("1e-9")
_RETYPE = "请把单元格格式改成“文本”，再重新输入"


@dataclass(slots=True)
class Formats:
    """Which cell styles show dates, and the day from which the workbook counts."""

    dates: frozenset[int] = frozenset()
    old_epoch: bool = False
    """Days count from 1904, as in workbooks of old Macs."""

    @classmethod
    def read(cls, content: bytes | None, *, old_epoch: bool) -> Formats:
        """Read the part with the styles."""
        own: dict[str, bool] = {}
        dates: set[int] = set()
        inside, count = False, 0
        for kind, name, attributes in events(content or b"<none/>", "styles.xml"):
            if name == "cellXfs":
                inside = kind == "start"
            elif kind == "start" and name == "numFmt":
                own[attributes.get("numFmtId", "")] = _shows_date(attributes.get("formatCode", ""))
            elif kind == "start" and name == "xf" and inside:
                number = attributes.get("numFmtId", "0")
                if own.get(number, bool(_ROW.fullmatch(number)) and int(number) in _DATES):
                    dates.add(count)
                count += 1
        return cls(frozenset(dates), old_epoch)

    def number(self, raw: str, style: str) -> Cell:
        """Give the cell of a number: a date where its style shows one."""
        try:
            value = Decimal(raw)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or value.adjusted() > _LARGEST:
            return Cell(f"读不成数的内容“{raw[:20]}”", "wrong", "请重新输入这一格")
        if _ROW.fullmatch(style) and int(style) in self.dates:
            return self._date(value)
        return Cell(_plain(value), "number")

    def _date(self, value: Decimal) -> Cell:
        serial, rest = int(value), value % 1
        if not 0 < serial <= _LAST_SERIAL or (serial == _LEAP_DAY and not self.old_epoch):
            return Cell("日历上没有的日期", "wrong", "请重新输入这一格的日期，如 2026-03-05")
        if self.old_epoch:
            first = dt.date(1904, 1, 1)
        else:
            # Excel takes 1900 for a leap year: days before its 29 February are one less far from the start
            first = dt.date(1899, 12, 31) if serial < _LEAP_DAY else dt.date(1899, 12, 30)
        try:
            day = first + dt.timedelta(serial)
        except OverflowError:
            return Cell("日历上没有的日期", "wrong", "请重新输入这一格的日期，如 2026-03-05")
        return Cell(f"{day}{' 带时刻' if rest else ''}", "date")


def _plain(value: Decimal) -> str:
    """Give a number as Excel shows it: fifteen digits, no exponent, no needless zeros."""
    shown = Decimal(f"{value:.{_SHOWN_DIGITS}g}")
    return f"{shown.normalize():f}" if abs(shown) >= _SMALLEST else "0"


def _shows_date(code: str) -> bool:
    return code.lower() != "general" and _DATE_LETTERS.search(_ASIDE.sub("", code.partition(";")[0])) is not None


def read_cells(content: bytes, name: str, strings: bytes | None, formats: Formats) -> Sheet:
    """Give the sheet of a part with cells; raises `SheetError`."""
    reader = _Reader(_shared(strings), formats)
    for event in events(content, f"工作表“{name}”"):
        reader.take(*event)
    return Sheet(name, reader.rows, tuple(reader.merged), tuple(reader.hidden))


def _shared(content: bytes | None) -> Sequence[str]:
    found: list[str] = []
    text: list[str] = []
    inside = aside = False
    for kind, name, _ in events(content or b"<none/>", "sharedStrings.xml"):
        if kind == "text":
            if inside and not aside:
                text.append(name)
        elif name == "rPh":
            # the reading printed above characters is no part of the text
            aside = kind == "start"
        elif name == "t":
            inside = kind == "start"
        elif name == "si" and kind == "end":
            found.append("".join(text))
            text.clear()
    return found


class _Reader:
    """Takes events one by one; a row of a sheet may leave out empty cells, and their references too."""

    def __init__(self, strings: Sequence[str], formats: Formats) -> None:
        self.strings, self.formats = strings, formats
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden: list[int] = []
        self.row = self.column = 0
        self.cell: Mapping[str, str] = {}
        self.text: list[str] = []
        self.formula = self.inside = self.aside = False

    def take(self, kind: str, name: str, attributes: Mapping[str, str]) -> None:
        if kind == "text":
            if self.inside and not self.aside:
                self.text.append(name)
        elif kind == "start":
            self._start(name, attributes)
        elif name in ("v", "t"):
            self.inside = False
        elif name == "rPh":
            self.aside = False
        elif name == "c":
            self._cell()

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            number = attributes.get("r", "")
            self.row = int(number) if _ROW.fullmatch(number) else self.row + 1
            self.column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.hidden.append(self.row)
        elif name == "c":
            self.cell = attributes
            at = position(attributes.get("r", ""))
            self.row, self.column = at or (self.row, self.column + 1)
            self.text, self.formula = [], False
        elif name in ("v", "t"):
            self.inside = True
        elif name == "rPh":
            self.aside = True
        elif name == "f":
            self.formula = True
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            one, other = position(first), position(last or first)
            if one and other:
                self.merged.append((*one, *other))

    def _cell(self) -> None:
        cell = self._value("".join(self.text))
        if cell is None or not cell.text:
            return
        cells = self.rows.setdefault(self.row, {})
        cells[self.column] = cell
        if len(self.rows) > MOST_ROWS or self.column > MOST_COLUMNS:
            raise SheetError(f"表超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列", "请只留台账的行和栏，按年份拆开再导入")

    def _value(self, raw: str) -> Cell | None:
        kind = self.cell.get("t", "n")
        match kind:
            case "s":
                if not _ROW.fullmatch(raw.strip()) or int(raw) >= len(self.strings):
                    raise SheetError("表格里的文字编号对不上，文件已损坏", BROKEN)
                return Cell(_readable(self.strings[int(raw)]))
            case "inlineStr" | "str":
                if not raw and self.formula:
                    return None
                return Cell(_readable(raw))
            case "b":
                return Cell("逻辑值 TRUE 或 FALSE", "wrong", _RETYPE)
            case "e":
                return Cell(f"公式错误 {raw[:20]}", "wrong", "请改正公式，或直接填值")
            case "d":
                day, _, time = raw.partition("T")
                return Cell(f"{day}{' 带时刻' if time.strip('0:.Z') else ''}", "date") if raw else None
        if raw.strip():
            return self.formats.number(raw.strip(), self.cell.get("s", "0"))
        return (
            Cell("没有保存结果的公式", "wrong", "请用 Excel 或 WPS 打开后保存一次，或直接填值")
            if self.formula
            else None
        )


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _readable(text: str) -> str:
    """Give a text as people see it: escapes undone, one kind of line end, no space around it."""
    plain = _ESCAPED.sub(_character, text) if "_x" in text else text
    return plain.replace("\r\n", "\n").replace("\r", "\n").strip()
