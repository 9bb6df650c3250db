"""What a sheet works out by itself: columns with a formula, cells above the table, numbers that a rule may change, shading."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema

from handbook.model.base import Model
from handbook.model.formula import FormulaText
from handbook.model.scalars import Amount, Count, FactReference, Ident, Text, refuse, scalar

AS_OF = "as-of"
"""Id of the cell 统计日期, against which deadlines are measured; a ledger whose formulas name it gets one."""
AS_OF_TITLE = "统计日期"
AS_OF_NOTE = "先改成今天的日期，再看逾期"
"""Stands beside it."""
_NAME_LENGTH = 30

Shows = Literal["count", "amount", "rate", "date", "text"]
"""How a worked-out value is shown."""


def _cell_name(value: object) -> str:
    text = scalar(value)
    if (
        0 < len(text) <= _NAME_LENGTH
        and "\u4e00" <= text[0] <= "\u9fff"
        and all(c == "_" or ("\u4e00" <= c <= "\u9fff") or (c.isascii() and c.isalnum()) for c in text)
    ):
        return text
    remedy = "以汉字开头，只用汉字、半角字母、数字和下划线，不超过30个字，如 在职第一档上限"
    raise refuse(f"“{text}”不能作单元格的名称", remedy)


CellName = Annotated[
    str,
    BeforeValidator(_cell_name),
    WithJsonSchema({"type": "string", "pattern": "^[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9_]*$"}),
]
"""A title that is also the name by which formulas call the cell."""


class Derived(Model):
    """A column that the sheet works out: its cells are locked, and it never comes back as data."""

    id: Ident
    title: Text
    formula: FormulaText
    shows: Shows
    note: Text
    width: Count = 10


class Mark(Model):
    """Shading of cells for which a formula is true."""

    when: FormulaText
    columns: tuple[Ident, ...] = ()
    """Without any the whole row."""
    color: Literal["red", "amber", "green"]
    note: Text
    """What the colour says to the reader."""


class Standard(Model):
    """A number of the sheet 标准: what a rule fixes and may change stands there and in no formula."""

    id: Ident
    title: CellName
    value: Amount
    """A share as a decimal: 0.005 for 0.5%."""
    shows: Literal["count", "amount", "rate"]
    unit: Text | None = None
    fact: FactReference | None = None
    """The registered fact that holds the number."""
    limit: Text | None = None
    """How the fact's text writes the number where it is not the fact's own: 3000元以下."""
    note: Text | None = None
