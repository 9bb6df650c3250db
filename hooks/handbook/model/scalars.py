"""Scalar types that read the *text* of a YAML value by their own pattern.

The loader hands every scalar over as text, because YAML and pydantic both guess (``10:30`` → 630, ``no`` → False,
``'0'`` → 1970-01-01, ``1_000`` → 1000). A model uses these types and never a bare ``int``, ``bool``, ``date`` or ``float``.
Each refusal is a `PydanticCustomError` of type ``handbook`` whose context holds the Chinese ``message`` and ``remedy``.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

IDENT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PERIOD = re.compile(r"(\d{4})(?:-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?", re.ASCII)
FIGURE = re.compile(r"\d+(?:\.\d+)?(?:/\d+|—\d+(?:\.\d+)?)?", re.ASCII)


def refuse(message: str, remedy: str) -> PydanticCustomError:
    """Give the error that the loader turns into a diagnostic with this message and remedy."""
    return PydanticCustomError("handbook", "{message}", {"message": message, "remedy": remedy})


def scalar(value: object) -> str:
    """Give the text of a scalar; a list, a mapping or nothing is refused."""
    if value is None:
        raise refuse("值是空的", "请填写内容；不需要这个键就整行删去")
    if not isinstance(value, str):
        found = "列表" if isinstance(value, list) else "映射"
        raise refuse(f"此处应为单个值，却是{found}", "请把值写在冒号后面的同一行")
    return value


def _text(value: object) -> str:
    text = scalar(value)
    if not text.strip():
        raise refuse("值是空的", "请填写内容；不需要这个键就整行删去")
    if text != text.strip():
        raise refuse("文字首尾有多余的空格", "请删去首尾空格")
    return text


def _ident(value: object) -> str:
    text = scalar(value)
    if IDENT.fullmatch(text):
        return text
    folded = unicodedata.normalize("NFKC", text).strip().lower().replace("_", "-").replace(" ", "-").replace("—", "-")
    if folded != text and IDENT.fullmatch(folded):
        raise refuse(f"编号 {text!r} 含有全角字符、大写、空格或下划线", f"请改成 {folded}")
    raise refuse(f"编号 {text!r} 不合规则", "编号只用半角小写字母、数字和连字符，如 member-admission")


def _pattern(pattern: str, name: str, example: str) -> BeforeValidator:
    compiled = re.compile(pattern, re.ASCII)

    def read(value: object) -> str:
        text = scalar(value)
        if compiled.fullmatch(text):
            return text
        folded = unicodedata.normalize("NFKC", text).strip()
        hint = (
            f"请用半角写成 {folded}" if folded != text and compiled.fullmatch(folded) else f"请写成{name}，如 {example}"
        )
        raise refuse(f"无法读懂 {text!r}", hint)

    return BeforeValidator(read)


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = scalar(value)
    if text in ("true", "false"):
        return text == "true"
    raise refuse(f"无法读懂 {text!r}", "请写成 true 或 false")


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = scalar(value)
    if re.fullmatch(r"0|[1-9][0-9]{0,8}", text):
        return int(text)
    folded = unicodedata.normalize("NFKC", text).strip()
    hint = f"请用半角写成 {folded}" if folded != text and folded.isdecimal() else "请写成不带单位、不补零的整数，如 12"
    raise refuse(f"无法读懂 {text!r}", hint)


def _decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    text = scalar(value)
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{1,4})?", text, re.ASCII):
        return Decimal(text)
    raise refuse(f"无法读懂 {text!r}", "请写成小数，如 12.50（不带单位和千分号）")


def _date(value: object) -> dt.date:
    if isinstance(value, dt.date):
        return value
    text = scalar(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise refuse(f"没有 {text} 这一天", "请核对年月日") from None
    raise refuse(f"无法读懂 {text!r}", "请写成 YYYY-MM-DD，如 2026-05-11")


def _period(value: object) -> str:
    text = scalar(value)
    if PERIOD.fullmatch(text):
        return text
    raise refuse(f"无法读懂期间 {text!r}", "请写成 2026、2026-H1、2026-Q3 或 2026-09")


def _figure(value: object) -> str:
    text = scalar(value)
    if FIGURE.fullmatch(text):
        return text
    raise refuse(f"无法读懂数字 {text!r}", "请写成 5、0.5、4/5（几分之几）或 3—5（范围）")


def _schema(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema(schema)


Text = Annotated[str, BeforeValidator(_text), _schema(type="string", minLength=1)]
"""Non-empty text without space around it."""
Ident = Annotated[str, BeforeValidator(_ident), _schema(type="string", pattern=f"^{IDENT.pattern}$")]
"""A permanent id: ASCII kebab-case."""
Reference = Annotated[
    str,
    _pattern(r"[a-z0-9-]+/[a-z0-9-]+(?:#[a-z0-9-]+)?", "“类别/编号”", "meetings/members-meeting"),
    _schema(type="string", pattern="^[a-z0-9-]+/[a-z0-9-]+(#[a-z0-9-]+)?$"),
]
"""``section/id`` or ``section/id#anchor``: another object of the library."""
Topic = Annotated[
    str,
    _pattern(r"(?:程序|会议规程|模板|台账|术语|单位做法|工具|入门|报告|依据)/[^\s/].*", "“类别/名称”", "程序/发展党员"),
    _schema(type="string", pattern="^[^/]+/.+$"),
]
"""A name that the handbook means to cover."""
FactReference = Annotated[
    str,
    _pattern(r"[a-z0-9-]+/[a-z0-9-]+", "“依据编号/要点编号”", "member-admission/notice-days"),
    _schema(type="string", pattern="^[a-z0-9-]+/[a-z0-9-]+$"),
]
"""``regulation/fact``: a fact of the version in force."""
ClauseNumber = Annotated[
    str,
    _pattern(r"\d{1,2}(?:\.\d{1,2})*", "7.3.1 这样的条款编号", "7.3.1"),
    _schema(type="string", pattern=r"^\d{1,2}(\.\d{1,2})*$"),
]
"""The number of a clause in a standard."""
Pinyin = Annotated[
    str,
    _pattern(r"[a-z]+(?: [a-z]+)*", "不带声调、空格隔开的拼音", "chong xin ru dang"),
    _schema(type="string", pattern=r"^[a-z]+( [a-z]+)*$"),
]
"""A reading, one syllable per character, ``v`` for ü."""
Offset = Annotated[
    str,
    _pattern(r"T(?:[+-][1-9]\d?)?", "T-14、T、T+7 这样的相对日期", "T-7"),
    _schema(type="string", pattern=r"^T([+-][1-9]\d?)?$"),
]
"""Days relative to the day of a meeting."""
MemberCode = Annotated[str, _pattern(r"m-\d{3,5}", "成员代码", "m-001"), _schema(type="string", pattern=r"^m-\d{3,5}$")]
"""A member's code; the clerk keeps the key outside."""
ClockTime = Annotated[
    str, _pattern(r"(?:[01]\d|2[0-3]):[0-5]\d", "HH:MM", "09:30"), _schema(type="string", pattern=r"^\d\d:\d\d$")
]
Flag = Annotated[bool, BeforeValidator(_flag), _schema(type="boolean")]
Count = Annotated[int, BeforeValidator(_count), _schema(type="integer", minimum=0)]
Amount = Annotated[Decimal, BeforeValidator(_decimal), PlainSerializer(str), _schema(type="number")]
IsoDate = Annotated[dt.date, BeforeValidator(_date), _schema(type="string", format="date")]
Period = Annotated[str, BeforeValidator(_period), _schema(type="string", pattern=f"^{PERIOD.pattern}$")]
Figure = Annotated[str, BeforeValidator(_figure), _schema(type=["string", "number"])]
"""The number of a fact as written: ``5``, ``0.5``, ``4/5``, ``3—5``."""
