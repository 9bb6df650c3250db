"""What a formula comes to: the value that lies beside it in the workbook, so that a phone or a mail shows it too.

Values are those of a sheet: numbers (dates are their day numbers), texts, truth, nothing. Numbers are decimal, so that a
half cent is rounded as people round it. Excel's own mistakes (a text where a number must be) come out as its error values.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from functools import cache
from typing import Protocol

from handbook.model.formula import Call, Constant, Formula, Node, Ref

Value = Decimal | int | str | bool | None
EPOCH = dt.date(1899, 12, 30)
"""Day 0; day numbers of sheets are right from 1 March 1900."""


class SheetError(ArithmeticError):
    """An error value of a sheet: ``#VALUE!``, ``#DIV/0!``, ``#NUM!``."""


class Cells(Protocol):
    """Where a formula looks things up: a row of a table in its sheet."""

    def cell(self, ident: str) -> Value:
        """Give this row's cell of a column."""

    def column(self, ident: str) -> Sequence[Value]:
        """Give a whole column."""

    def span(self, first: str, last: str) -> Sequence[Value]:
        """Give this row's cells from one column to another."""

    def name(self, ident: str) -> Value:
        """Give a cell above the table, or a number of the sheet 标准."""


Compute = Callable[[Cells], Value]
_Many = Callable[[Cells], Sequence[Value]]


@cache
def computed(formula: Formula) -> Compute:
    """Give the formula as a function of where it stands; it raises `SheetError` where a sheet shows an error."""
    return _node(formula.root)


def serial(day: dt.date) -> int:
    """Give the day number of a date."""
    return (day - EPOCH).days


def _node(node: Node) -> Compute:
    if isinstance(node, Constant):
        value = node.value
        return lambda _: value
    if isinstance(node, Ref):
        ident = node.id
        if node.kind == "cell":
            return lambda cells: cells.cell(ident)
        if node.kind == "name":
            return lambda cells: cells.name(ident)
        raise SheetError("#VALUE!")
    return _call(node)


def _many(nodes: Sequence[Node]) -> _Many:
    """Give all values of some arguments; ranges give each of their cells."""
    parts = [_one_or_more(node) for node in nodes]
    return lambda cells: [value for part in parts for value in part(cells)]


def _one_or_more(node: Node) -> _Many:
    if isinstance(node, Ref) and node.kind == "all":
        return lambda cells: cells.column(node.id)
    if isinstance(node, Ref) and node.kind == "span":
        return lambda cells: cells.span(node.id, node.last)
    one = _node(node)
    return lambda cells: (one(cells),)


def _call(node: Call) -> Compute:
    name, args = node.name, node.args
    if name == "IF":
        test, then, other = map(_node, args)
        return lambda cells: then(cells) if _truth(test(cells)) else other(cells)
    if name in _OVER_MANY:
        many, over = _many(args), _OVER_MANY[name]
        return lambda cells: over(many(cells))
    if name in ("COUNTIF", "COUNTIFS"):
        pairs = [(_one_or_more(args[i]), _node(args[i + 1])) for i in range(0, len(args), 2)]
        return lambda cells: _counted(pairs, cells)
    if name == "SUMIF":
        pairs, summed = [(_one_or_more(args[0]), _node(args[1]))], _one_or_more(args[2])
        return lambda cells: _sum([v for hit, v in zip(_matches(pairs, cells), summed(cells), strict=True) if all(hit)])
    if name in ("=", "<>") and isinstance(args[1], Constant) and isinstance(args[1].value, str):
        return _compared_to_text(_node(args[0]), args[1].value, equal=name == "=")
    values = [_node(arg) for arg in args]
    over_values = _ON_VALUES[name]
    if len(values) == 1:
        only = values[0]
        return lambda cells: over_values(only(cells))
    if len(values) == 2:
        left, right = values
        return lambda cells: over_values(left(cells), right(cells))
    return lambda cells: over_values(*(value(cells) for value in values))


def _compared_to_text(left: Compute, text: str, *, equal: bool) -> Compute:
    """Give the comparison that formulas make most: is a cell empty, is it this option."""
    folded = text.casefold()

    def compare(cells: Cells) -> Value:
        value = left(cells)
        if isinstance(value, str):
            return (value == text or value.casefold() == folded) == equal
        return (value is None and not text) == equal

    return compare


# -- values ---------------------------------------------------------------------------------------------------------


def _number(value: Value) -> Decimal | int:
    if isinstance(value, (Decimal, int)):
        return value
    if value is None:
        return 0
    raise SheetError("#VALUE!")


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else f"{Decimal(value).normalize():f}"


def _truth(value: Value) -> bool:
    if isinstance(value, str):
        raise SheetError("#VALUE!")
    return bool(value)


def _order(left: Value, right: Value) -> int:
    """Compare as a sheet does: numbers before texts before truth; nothing is 0 beside a number and empty beside a text."""
    left = _like(right) if left is None else left
    right = _like(left) if right is None else right
    ranks = (_rank(left), _rank(right))
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    if isinstance(left, str):
        left, right = left.casefold(), str(right).casefold()
    return (left > right) - (left < right)  # type: ignore[operator]


def _like(other: Value) -> Value:
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0


def _rank(value: Value) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def _numbers(values: Sequence[Value]) -> list[Decimal | int]:
    """What SUM and its like take from a range: texts and empty cells are passed over."""
    return [value for value in values if isinstance(value, (Decimal, int)) and not isinstance(value, bool)]


def _sum(values: Sequence[Value]) -> Value:
    return sum(_numbers(values))


def _counted(pairs: Sequence[tuple[_Many, Compute]], cells: Cells) -> int:
    """Count the rows that meet every criterion, looking further only at those that met the ones before."""
    left: Sequence[int] | None = None
    for column, wanted in _read(pairs, cells):
        places = range(len(column)) if left is None else left
        left = [place for place in places if column[place] is not None and _meets(column[place], wanted)]
    return len(left or ())


def _matches(pairs: Sequence[tuple[_Many, Compute]], cells: Cells) -> list[list[bool]]:
    tested = [[_meets(value, wanted) for value in column] for column, wanted in _read(pairs, cells)]
    return [list(row) for row in zip(*tested, strict=True)]


def _read(pairs: Sequence[tuple[_Many, Compute]], cells: Cells) -> list[tuple[Sequence[Value], Value]]:
    return [(column(cells), wanted(cells)) for column, wanted in pairs]


def _meets(value: Value, wanted: Value) -> bool:
    """Tell whether a cell meets a criterion: a value, or an operator and a number in a text."""
    if isinstance(wanted, str):
        mark = wanted[:2] if wanted[:2] in ("<>", "<=", ">=") else wanted[:1] if wanted[:1] in ("<", ">", "=") else ""
        rest = wanted[len(mark) :]
        if mark and rest.replace(".", "", 1).replace("-", "", 1).isdecimal():
            is_number = isinstance(value, (Decimal, int)) and not isinstance(value, bool)
            return is_number and bool(_COMPARED[mark](value, Decimal(rest)))
        return isinstance(value, str) and value.casefold() == wanted.casefold()
    return isinstance(value, (Decimal, int)) and not isinstance(value, bool) and value == (wanted or 0)


# -- functions ------------------------------------------------------------------------------------------------------


def _divided(left: Value, right: Value) -> Value:
    below = _number(right)
    if not below:
        raise SheetError("#DIV/0!")
    return Decimal(_number(left)) / Decimal(below)


def _rounded(how: str) -> Callable[..., Value]:
    def work(value: Value, digits: Value) -> Value:
        with localcontext() as context:
            context.prec = 40
            return Decimal(_number(value)).quantize(Decimal(1).scaleb(-int(_number(digits))), how)

    return work


def _day(value: Value) -> dt.date:
    try:
        return EPOCH + dt.timedelta(int(_number(value)))
    except OverflowError:
        raise SheetError("#NUM!") from None


def _date(year: Value, month: Value, day: Value) -> Value:
    try:
        first = _months_on(dt.date(int(_number(year)), 1, 1), int(_number(month)) - 1)
    except ValueError:
        raise SheetError("#NUM!") from None
    return serial(first) + int(_number(day)) - 1


def _months_on(day: dt.date, months: int) -> dt.date:
    """The same day some months on, else the month's last: how the handbook counts months, and EDATE too."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _edate(value: Value, months: Value) -> Value:
    try:
        return serial(_months_on(_day(value), int(_number(months))))
    except ValueError:
        raise SheetError("#NUM!") from None


_COMPARED: Mapping[str, Callable[[Value, Value], Value]] = {
    "=": lambda a, b: _order(a, b) == 0,
    "<>": lambda a, b: _order(a, b) != 0,
    "<": lambda a, b: _order(a, b) < 0,
    "<=": lambda a, b: _order(a, b) <= 0,
    ">": lambda a, b: _order(a, b) > 0,
    ">=": lambda a, b: _order(a, b) >= 0,
}
_ON_VALUES: Mapping[str, Callable[..., Value]] = {
    **_COMPARED,
    "&": lambda a, b: _text(a) + _text(b),
    "+": lambda a, b: _number(a) + _number(b),
    "-": lambda a, b: _number(a) - _number(b),
    "*": lambda a, b: _number(a) * _number(b),
    "/": _divided,
    "neg": lambda a: -_number(a),
    "ABS": lambda a: abs(Decimal(_number(a))),
    "INT": lambda a: math.floor(_number(a)),
    "ISNUMBER": lambda a: isinstance(a, (Decimal, int)) and not isinstance(a, bool),
    "LEN": lambda a: len(_text(a)),
    "NOT": lambda a: not _truth(a),
    "ROUND": _rounded(ROUND_HALF_UP),
    "ROUNDUP": _rounded(ROUND_UP),
    "SUBSTITUTE": lambda a, b, c: _text(a).replace(_text(b), _text(c)),
    "EDATE": _edate,
    "DATE": _date,
    "YEAR": lambda a: _day(a).year,
    "MONTH": lambda a: _day(a).month,
}
_OVER_MANY: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "AND": lambda values: all(map(_truth, values)),
    "OR": lambda values: any(map(_truth, values)),
    "SUM": _sum,
    "MAX": lambda values: max(_numbers(values), default=0),
    "MIN": lambda values: min(_numbers(values), default=0),
    "COUNT": lambda values: len(_numbers(values)),
    "COUNTA": lambda values: sum(value is not None for value in values),
}
