"""How a clause is cited, in data (``basis``) and in prose (``〔…〕``): one grammar, one parser.

``SHORT[（YEAR）][ 第N条[第M款] | 第N—M条 | N.N.N | 第N章]``: parentheses of either width, the space optional, 第十三条 = 第13条.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from handbook.model.scalars import refuse, scalar

_NUMBER = r"\d{1,3}|[零一二三四五六七八九十百]{1,7}"
_CITATION = re.compile(
    rf"(?P<short>[^（(）)〔〕](?:[^（(）)〔〕]|[（(](?!\d+[）)])[^（(）)〔〕]+[）)])*?)\s*(?:[（(](?P<year>\d{{4}})[）)])?\s*"
    rf"(?:第\s*(?P<first>{_NUMBER})\s*(?:[—–\-~～至]+\s*(?:第\s*)?(?P<last>{_NUMBER})\s*)?条\s*(?:第\s*(?P<paragraph>{_NUMBER})\s*款)?"
    rf"|(?P<clause>\d{{1,2}}(?:\.\d{{1,2}})+)|第\s*(?P<chapter>\d{{1,2}})\s*章)?"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Citation:
    """A regulation by its short name, perhaps a year, perhaps an article, a range of articles or a numbered clause."""

    short: str
    year: int | None = None
    first: int | None = None
    last: int | None = None
    """Last article of a range; None for a single article."""
    paragraph: int | None = None
    clause: str | None = None
    """Number of a standard's clause, ``7.3.5.1``; of a chapter that is not divided, ``6``."""

    def __str__(self) -> str:
        year = f"（{self.year}）" if self.year else ""
        return f"{self.short}{year}{' ' if self.clause else ''}{self.article_text}"

    @property
    def article_text(self) -> str:
        """``第13条``, ``第18—22条``, ``7.3.1`` or nothing."""
        if self.clause:
            return self.clause if "." in self.clause else f"第{self.clause}章"
        if self.first is None:
            return ""
        last = f"—{self.last}" if self.last else ""
        paragraph = f"第{self.paragraph}款" if self.paragraph else ""
        return f"第{self.first}{last}条{paragraph}"


def chinese_number(text: str) -> int:
    """Read 13 or 十三 or 一百二十."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for character in text:
        if character == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif character == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            digit = _DIGITS[character]
    return total + digit


def parse_citation(text: str) -> Citation | None:
    """Read one citation without its brackets; None when it does not follow the grammar."""
    match = _CITATION.fullmatch(text.strip())
    if not match or match["short"].strip().isdecimal():
        return None

    def number(name: str) -> int | None:
        return chinese_number(match[name]) if match[name] else None

    year = int(match["year"]) if match["year"] else None
    clause = match["clause"] or match["chapter"]
    return Citation(match["short"].strip(), year, number("first"), number("last"), number("paragraph"), clause)


def _read(value: object) -> Citation:
    if isinstance(value, Citation):
        return value
    text = scalar(value)
    citation = parse_citation(text)
    if citation is None:
        raise refuse(f"无法读懂依据 {text!r}", "请写成“简称 第N条”，如 发展党员细则 第13条；没有核到条号就只写简称")
    return citation


Basis = Annotated[Citation, BeforeValidator(_read), PlainSerializer(str), WithJsonSchema({"type": "string"})]
"""A citation as a field of a model."""
