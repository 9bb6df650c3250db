"""A cell of a sheet into the text that a record holds, by the type of its column; what cannot be one is told in full.

People write dates, numbers and codes in several ways that can mean one thing only: those are taken. Whatever could mean two
things is not.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from handbook.loading.sheet import Cell
from handbook.loading.text_checks import decode
from handbook.loading.validate import near, short
from handbook.model.ledger import Column

PERSONAL_WORDS = (
    "姓名", "名字", "身份证", "证件号", "公民号码", "手机", "电话", "联系方式", "住址", "家庭", "出生", "生日", "籍贯",
    "民族", "性别", "年龄", "银行卡", "微信", "邮箱", "name", "phone", "mobile", "id-number", "birthday", "address",
)  # fmt: skip
"""Words in the head of a column that no ledger has and that asks for what a ledger must not hold."""
PERSONAL_REMEDY = "请删去这一栏，人员一律填成员代码（如 m-001），姓名与代码的对照表由支部另外保管"
_EVENTS = (dt.date(1921, 7, 1), dt.date(2099, 12, 31))
_OTHERS = (dt.date(1800, 1, 1), dt.date(2199, 12, 31))
"""Dates outside are taken for slips: of the event that a row records, and of what else it names."""

_NUMBERS_OF_PERSONS = re.compile(
    r"(?<!\d)(?:\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]|\d{15,19}|1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)"
)
_PERSONAL_NUMBER = "像是身份证号、手机号或银行卡号"
_NO_NUMBERS = "台账不记个人信息，请删去；要指明是谁，用成员代码，如 m-001"
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))",
    re.ASCII,
)
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(?::00(?:\.0+)?)?$")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_COUNT = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
_AMOUNT = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{1,4})?", re.ASCII)
_CODE = re.compile(r"m-[0-9]{3,5}")
_LISTED = re.compile(r"[、，,;；\s]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―－−", "-"))


class CellError(Exception):
    """What is wrong with a cell, and what to do about it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


def cell_value(cell: Cell, column: Column, *, event: bool = False) -> str:
    """Give the text that the record holds; raises `CellError`. `event`: the column tells when the event was."""
    if cell.kind == "wrong":
        raise CellError(cell.text, cell.remedy)
    text = cell.text.replace("\t", " ")
    if column.type != "date":
        refuse_personal_numbers(text)
    match column.type:
        case "date":
            return _date(cell, *(_EVENTS if event else _OTHERS))
        case "count":
            return _count(text, column)
        case "amount":
            return _amount(text, column)
        case "member":
            return _member(text)
        case "members":
            return "、".join(_member(part) for part in _LISTED.split(text) if part)
        case "choice":
            if text not in column.options:
                raise CellError(f"没有“{short(text)}”这个选项", near(text, column.options))
            return text
        case _:
            return _text(cell, text)


def refuse_personal_numbers(text: str) -> None:
    """Raise `CellError` where a text holds what looks like the number of a person."""
    if any(mark.isdecimal() for mark in text) and _NUMBERS_OF_PERSONS.search(_folded(text)):
        raise CellError(_PERSONAL_NUMBER, _NO_NUMBERS)


def _text(cell: Cell, text: str) -> str:
    if cell.kind == "date":
        raise CellError("这一栏是文字，单元格却是日期", "请把单元格格式改成“文本”，再照原样输入文字")
    for problem in decode(text.encode("utf-8", "replace"), "").diagnostics:
        raise CellError(problem.message, problem.remedy)
    return text


def _date(cell: Cell, earliest: dt.date, latest: dt.date) -> str:
    text = _MIDNIGHT.sub("", _folded(cell.text))
    if text.endswith(" 带时刻"):
        raise CellError("日期里带着时刻", "只填日期，如 2026-03-05")
    match = _DATE.fullmatch(text)
    if match is None:
        refuse_personal_numbers(text)
        raise CellError(f"“{short(cell.text)}”不是完整的日期", "请填年、月、日，如 2026-03-05 或 2026年3月5日")
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise CellError(f"没有“{short(cell.text)}”这一天", "请核对年月日") from None
    if not earliest <= found <= latest:
        raise CellError(f"日期 {found} 不在 {earliest} 至 {latest} 之间", "请核对年份")
    return found.isoformat()


def _count(text: str, column: Column) -> str:
    plain = _number(text)
    if _COUNT.fullmatch(plain):
        return plain
    raise CellError(f"“{short(text)}”不是整数", _without_unit(plain, column) or "请填不小于 0、不带单位的整数，如 12")


def _amount(text: str, column: Column) -> str:
    plain = _number(text)
    if _AMOUNT.fullmatch(plain):
        return plain
    raise CellError(
        f"“{short(text)}”不是金额或小数", _without_unit(plain, column) or "请填不带单位的数，最多四位小数，如 12.50"
    )


def _number(text: str) -> str:
    plain = _folded(text)
    return plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain


def _without_unit(plain: str, column: Column) -> str:
    unit = column.unit or ""
    bare = plain.removesuffix(unit).strip() if unit else plain
    return f"只填数字 {bare}，不写“{unit}”" if bare != plain and _AMOUNT.fullmatch(bare) else ""


def _member(text: str) -> str:
    code = _folded(text).lower()
    if _CODE.fullmatch(code):
        return code
    remedy = "请填成员代码，如 m-001；不填姓名，姓名与代码的对照表由支部另外保管"
    raise CellError(f"“{short(text)}”不是成员代码", remedy)


def _folded(text: str) -> str:
    """Give the text with full-width letters and digits made half-width, and one kind of dash."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip()


def same_text(text: str, column: Column) -> str:
    """Give the text by which two cells of a column are the same: 12.50 and 12.5, codes however they are parted."""
    match column.type:
        case "amount":
            return f"{Decimal(text).normalize():f}" if _AMOUNT.fullmatch(text) else text
        case "members":
            return "、".join(part for part in _LISTED.split(text) if part)
        case _:
            return text.replace("\t", " ")
