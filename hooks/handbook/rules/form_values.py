"""What may stand in a field of a form, and what the fields must agree in.

One set of rules for the invented examples in the data and for what readers type: ``docs/assets/fill.js`` mirrors this
module word for word, and both are held to ``tests/unit/js/fill-vectors.json``. So everything here is arithmetic on code
points and whole numbers, nothing leans on what only one of the two languages knows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from handbook.model.form import Agreement, RowCount

MOST_IN_LINE = 300
MOST_IN_TEXT = 5000
FIRST_YEAR, LAST_YEAR = 1921, 2099
"""Before 1921 there was no Party; after 2099 somebody's finger slipped."""


class Askable(Protocol):
    """What the rules need to know of a field."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def type(self) -> str:
        """Its type."""

    @property
    def options(self) -> Sequence[str]:
        """What a choice offers."""

    @property
    def unended(self) -> Sequence[str]:
        """What its value must not end in."""


class Agreeing(Protocol):
    """A form, or what is shown of it on a page."""

    @property
    def fields(self) -> Iterable[Askable]:
        """Fields outside lists."""

    @property
    def agreements(self) -> Iterable[Agreement]:
        """What must agree."""


_CONTROL = "控制字符"
_HIDDEN = "看不见的方向符或零宽字符"
_BROKEN = "残缺的字符"
_PICTURE = "表情符号"
_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x00, 0x09, _CONTROL), (0x0B, 0x1F, _CONTROL), (0x7F, 0x9F, _CONTROL), (0x2028, 0x2029, _CONTROL),
    (0xAD, 0xAD, _HIDDEN), (0x61C, 0x61C, _HIDDEN), (0x200B, 0x200F, _HIDDEN), (0x202A, 0x202E, _HIDDEN),
    (0x2060, 0x206F, _HIDDEN), (0xFEFF, 0xFEFF, _HIDDEN), (0xFFF9, 0xFFFB, _HIDDEN),
    (0xD800, 0xDFFF, _BROKEN), (0xFFFD, 0xFFFF, _BROKEN),
    (0x20E3, 0x20E3, _PICTURE), (0x231A, 0x231B, _PICTURE), (0x23E9, 0x23F3, _PICTURE), (0x2614, 0x2615, _PICTURE),
    (0x2639, 0x263B, _PICTURE), (0x2648, 0x2653, _PICTURE), (0x267F, 0x267F, _PICTURE), (0x2693, 0x2693, _PICTURE),
    (0x26A1, 0x26A1, _PICTURE), (0x26BD, 0x26BE, _PICTURE), (0x26C4, 0x26C5, _PICTURE), (0x26CE, 0x26CE, _PICTURE),
    (0x26D4, 0x26D4, _PICTURE), (0x26EA, 0x26EA, _PICTURE), (0x26F2, 0x26FD, _PICTURE), (0x2705, 0x2705, _PICTURE),
    (0x270A, 0x270D, _PICTURE), (0x2728, 0x2728, _PICTURE), (0x274C, 0x274C, _PICTURE), (0x274E, 0x274E, _PICTURE),
    (0x2753, 0x2755, _PICTURE), (0x2757, 0x2757, _PICTURE), (0x2763, 0x2764, _PICTURE), (0x2795, 0x2797, _PICTURE),
    (0x27B0, 0x27B0, _PICTURE), (0x27BF, 0x27BF, _PICTURE), (0x2B1B, 0x2B1C, _PICTURE), (0x2B50, 0x2B50, _PICTURE),
    (0x2B55, 0x2B55, _PICTURE), (0xFE00, 0xFE0F, _PICTURE), (0x1F000, 0x1FAFF, _PICTURE), (0xE0000, 0xE01EF, _PICTURE),
)  # fmt: skip
"""Code points that no value holds, and what they are called. Ticks and stars of plain type (√ ☑ ★) are no pictures."""
_FIRST_SUSPECT = 0x7F
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_COUNT = re.compile(r"0|[1-9][0-9]{0,8}")
_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,8})(?:\.([0-9]{1,2}))?")
_NUMBER_SHAPE = "如示档支〔2026〕3号"
_DOC_NUMBER = re.compile(r"[^0-9〔〕 \u00a0\u3000]+〔([0-9]{4})〕[1-9][0-9]{0,4}号")
_DOC_NUMBER_MISTAKES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\[\]()（）【】［］{}｛｝「」『』<>＜＞]"), "年份两边用六角括号〔〕"),
    (re.compile(r"〕第"), "顺序号前不加“第”"),
    (re.compile(r"[ \u00a0\u3000]"), "中间不留空格"),
    (re.compile(r"[０-９]"), "年份和顺序号用半角数字"),
    (re.compile(r"^〔"), "前面要有机关代字"),
    (re.compile(r"〔[0-9]{4}〕0"), "顺序号前面不补0"),
    (re.compile(r"〔(?![0-9]{4}〕)"), "年份在六角括号里写四位数字"),
    (re.compile(r"[^号]$"), "末尾要有“号”"),
)
"""The common mistakes in a 发文字号 (GB/T 9704 7.2.5), the first that is found is said."""
_NAMES = re.compile(r"[、，,；;\n]")
_NOT_NAME = re.compile(r"（[^）]*）|\([^)]*\)|[ \u00a0\u3000]")
_EDGES = " \n\u00a0\u3000"


def normal(value: str) -> str:
    """Give the value as it is judged and filled in: one kind of line end, tabs as spaces, no blanks around it."""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip(_EDGES)


def value_problem(field: Askable, value: str) -> str | None:
    """Give what is wrong with a value and what to do; nothing for a right one and for an empty one."""
    value = normal(value)
    if not value:
        return None
    if found := _forbidden(value):
        return found
    if field.type == "long":
        return _too_long(value, MOST_IN_TEXT) or _ending(field, value)
    if "\n" in value:
        return "只能写一行，请去掉换行"
    match field.type:
        case "date":
            return _date_problem(value)
        case "time":
            return None if _TIME.fullmatch(value) else "时刻按24小时制写，如09:00，请改正"
        case "count":
            return None if _COUNT.fullmatch(value) else "只写数字，不带单位，最多9位，如18，请改正"
        case "amount":
            return None if _AMOUNT.fullmatch(value) else "只写数字，不带单位和逗号，最多两位小数，如12.50，请改正"
        case "doc-number":
            return _doc_number_problem(value)
        case "choice" if field.options:
            listed = "、".join(f"“{option}”" for option in field.options)
            return None if value in field.options else f"不在可选的几项里，请从{listed}里选一项"
    return _too_long(value, MOST_IN_LINE) or _ending(field, value)


def disagreements(
    form: Agreeing, values: Mapping[str, str], lists: Mapping[str, Sequence[Mapping[str, str]]] | None = None
) -> tuple[Agreement, ...]:
    """Give what does not hold among the values; an agreement waits while a field of it is empty or wrong."""
    fields = {field.id: field for field in form.fields}
    return tuple(agreement for agreement in form.agreements if _broken(agreement, fields, values, lists or {}))


def written(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Give the rows that hold anything."""
    return [row for row in rows if any(map(normal, row.values()))]


def _forbidden(value: str) -> str | None:
    for place, character in enumerate(value, 1):
        code = ord(character)
        if code >= 0x20 and code < _FIRST_SUSPECT:
            continue
        for first, last, name in _RANGES:
            if first <= code <= last:
                advice = "公文里不用，请改成文字" if name == _PICTURE else "请删去后重新打"
                return f"第{place}个字是{name}，{advice}"
    return None


def _too_long(value: str, most: int) -> str | None:
    return f"有{len(value)}个字，最多{most}个，请压缩，这里不会替你截断" if len(value) > most else None


def _date_problem(value: str) -> str | None:
    match = _DATE.fullmatch(value)
    if not match:
        return "日期按年-月-日写，如2026-06-12，请改正"
    year, month, day = map(int, match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return f"年份要在{FIRST_YEAR}和{LAST_YEAR}之间，请核对"
    try:
        dt.date(year, month, day)
    except ValueError:
        return "没有这一天，请核对年、月、日"
    return None


def _doc_number_problem(value: str) -> str | None:
    if match := _DOC_NUMBER.fullmatch(value):
        if FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
            return _too_long(value, MOST_IN_LINE)
        return f"年份要在{FIRST_YEAR}和{LAST_YEAR}之间，请核对"
    for pattern, said in _DOC_NUMBER_MISTAKES:
        if pattern.search(value):
            return f"{said}，{_NUMBER_SHAPE}，请改正"
    return f"发文字号按机关代字、年份、顺序号写，{_NUMBER_SHAPE}，请改正"


def _ending(field: Askable, value: str) -> str | None:
    for ending in field.unended:
        if value.endswith(ending):
            return f"末尾不写“{ending}”，标题里已经有了，请删去"
    return None


def _broken(
    agreement: Agreement,
    fields: Mapping[str, Askable],
    values: Mapping[str, str],
    lists: Mapping[str, Sequence[Mapping[str, str]]],
) -> bool:
    if agreement.when:
        asked, *options = agreement.when
        if normal(values.get(asked, "")) not in options:
            return False
    if agreement.compare == "differs":
        return _repeated((*agreement.left, *agreement.right), fields, values)
    left = _sum(agreement.left, fields, values)
    right = _sum(agreement.right, fields, values)
    counted = _count(agreement.count, lists) if agreement.count else 0
    if left is None or right is None or counted is None:
        return False
    right += counted * 100
    if agreement.twice:
        left *= 2
    if agreement.number is not None:
        kinds = {fields[ident].type for ident in (*agreement.left, *agreement.right)}
        right += agreement.number * (1 if kinds & {"date", "time"} else 100)
    if agreement.compare == "at-least":
        return left < right
    return left <= right if agreement.compare == "more-than" else left != right


def _sum(idents: Iterable[str], fields: Mapping[str, Askable], values: Mapping[str, str]) -> int | None:
    total = 0
    for ident in idents:
        field, value = fields.get(ident), normal(values.get(ident, ""))
        if field is None or not value or value_problem(field, value):
            return None
        number = _number(field.type, value)
        if number is None:
            return None
        total += number
    return total


def _repeated(idents: Iterable[str], fields: Mapping[str, Askable], values: Mapping[str, str]) -> bool:
    """Tell whether somebody is named twice; what stands in brackets after a name, and blanks in it, do not count."""
    seen: set[str] = set()
    for ident in idents:
        field, value = fields.get(ident), normal(values.get(ident, ""))
        if field is None or value_problem(field, value):
            continue
        for name in filter(None, _NAMES.split(_NOT_NAME.sub("", value))):
            if name in seen:
                return True
            seen.add(name)
    return False


def _count(counted: RowCount, lists: Mapping[str, Sequence[Mapping[str, str]]]) -> int | None:
    """Give how many rows have one of the options; nothing where there are no rows or one of them leaves it open."""
    found = [normal(row.get(counted.field, "")) for row in written(lists.get(counted.list, ()))]
    return sum(value in counted.equals for value in found) if found and all(found) else None


def _number(kind: str, value: str) -> int | None:
    """Give a count or an amount in hundredths, a date in days, a time in minutes; a text is no number."""
    if kind == "date":
        return dt.date.fromisoformat(value).toordinal()
    if kind == "time":
        return int(value[:2]) * 60 + int(value[3:])
    match = _AMOUNT.fullmatch(value) if kind in ("count", "amount") else None
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else None
