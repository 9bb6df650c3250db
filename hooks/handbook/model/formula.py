"""Formulas of sheets as data: the part of Excel's language that every program works out alike, with names for places.

``{due}`` is the cell of a column in the same row, ``{votes.all}`` the whole column, ``{m01:m12}`` the cells from one column
to another, ``[as-of]`` a cell above the table or a number of the sheet 标准. One text serves twice: it is written into the
workbook, and the build works out the same value to lie beside it. So only functions stand here that do not change by
themselves (no TODAY, no OFFSET) and that old programs know (no XLOOKUP, LET, IFS).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from handbook.model.scalars import refuse, scalar

FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "ABS": (1, 1), "AND": (1, 30), "COUNT": (1, 30), "COUNTA": (1, 30), "COUNTIF": (2, 2), "COUNTIFS": (2, 12), "DATE": (3, 3),
    "EDATE": (2, 2), "IF": (3, 3), "INT": (1, 1), "ISNUMBER": (1, 1), "LEN": (1, 1), "MAX": (1, 30), "MIN": (1, 30),
    "MONTH": (1, 1), "NOT": (1, 1), "OR": (1, 30), "ROUND": (2, 2), "ROUNDUP": (2, 2), "SUBSTITUTE": (3, 3), "SUM": (1, 30),
    "SUMIF": (3, 3), "YEAR": (1, 1),
}  # fmt: skip
"""Name → fewest and most arguments."""

RefKind = Literal["cell", "all", "span", "name"]
_IDENT = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<number>\d+(?:\.\d+)?)|(?P<text>\"(?:[^\"]|\"\")*\")|(?P<call>[A-Z]+(?=\())"
    rf"|\{{(?P<all>{_IDENT})\.all\}}|\{{(?P<first>{_IDENT}):(?P<last>{_IDENT})\}}|\{{(?P<cell>{_IDENT})\}}"
    rf"|\[(?P<name>{_IDENT})\]|(?P<mark><>|<=|>=|[-+*/&=<>(),])"
)
_LEVELS: tuple[tuple[str, ...], ...] = (("=", "<>", "<", "<=", ">", ">="), ("&",), ("+", "-"), ("*", "/"))
_REMEDY = "写法照 Excel，本行的栏写 {栏编号}，整栏写 {栏编号.all}，表上方的格和标准写 [编号]"


class FormulaError(ValueError):
    """Why a formula cannot be read; for the editor."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A place that a formula reads."""

    kind: RefKind
    id: str
    last: str = ""
    """Last column of a span."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number or a text."""

    value: Decimal | str


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator with what it works on; ``neg`` is the sign before a value."""

    name: str
    args: tuple[Node, ...]


Node = Ref | Constant | Call


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula read: its tree for working out, its pieces for writing."""

    root: Node
    pieces: tuple[str | Ref, ...]

    def refs(self) -> Iterator[Ref]:
        """Give every place it reads."""
        return (piece for piece in self.pieces if isinstance(piece, Ref))

    def written(self, place: Callable[[Ref], str]) -> str:
        """Give it as a workbook has it, each place by its address."""
        return "".join(piece if isinstance(piece, str) else place(piece) for piece in self.pieces)


@cache
def formula_of(text: str) -> Formula:
    """Read a formula; raises `FormulaError`."""
    return _Parser(text).read()


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str | Ref]] = []
        position = 0
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise FormulaError(f"读不懂“{text[position : position + 12]}”")
            position = match.end()
            kind = str(match.lastgroup)
            if kind == "last":
                self.tokens.append(("ref", Ref("span", match["first"], match["last"])))
            elif kind in ("all", "cell", "name"):
                self.tokens.append(("ref", Ref(kind, match[kind])))  # type: ignore[arg-type]
            elif kind != "space":
                self.tokens.append((kind, match[0]))
        self.at = 0

    def read(self) -> Formula:
        root = self.level(0)
        if self.at < len(self.tokens):
            raise FormulaError(f"“{self.tokens[self.at][1]}”多余")
        return Formula(root, tuple(token for _, token in self.tokens))

    def peek(self) -> str | Ref:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def level(self, depth: int) -> Node:
        if depth == len(_LEVELS):
            return self.signed()
        left = self.level(depth + 1)
        while (mark := self.peek()) in _LEVELS[depth] and self.tokens[self.at][0] == "mark":
            self.at += 1
            left = Call(str(mark), (left, self.level(depth + 1)))
        return left

    def signed(self) -> Node:
        if self.peek() == "-":
            self.at += 1
            return Call("neg", (self.signed(),))
        return self.atom()

    def atom(self) -> Node:
        if self.at >= len(self.tokens):
            raise FormulaError("公式没有写完")
        kind, token = self.tokens[self.at]
        self.at += 1
        if isinstance(token, Ref):
            return token
        if kind == "number":
            return Constant(Decimal(token))
        if kind == "text":
            return Constant(token[1:-1].replace('""', '"'))
        if kind == "call":
            return self.call(token)
        if token == "(":  # noqa: S105 - a bracket is no secret
            inner = self.level(0)
            self.expect(")")
            return inner
        raise FormulaError(f"“{token}”的位置不对")

    def call(self, name: str) -> Node:
        if name not in FUNCTIONS:
            raise FormulaError(f"不能用函数 {name}")
        self.expect("(")
        args = [self.level(0)]
        while self.peek() == ",":
            self.at += 1
            args.append(self.level(0))
        self.expect(")")
        fewest, most = FUNCTIONS[name]
        if not fewest <= len(args) <= most:
            raise FormulaError(f"函数 {name} 的参数是 {len(args)} 个，应为 {fewest} 至 {most} 个")
        return Call(name, tuple(args))

    def expect(self, mark: str) -> None:
        if self.peek() != mark:
            raise FormulaError(f"缺少“{mark}”")
        self.at += 1


class FormulaSource(str):
    """The text of a formula, told apart from texts that people read: nobody checks its punctuation."""

    __slots__ = ()


def _formula(value: object) -> str:
    text = " ".join(scalar(value).split())
    try:
        formula_of(text)
    except FormulaError as error:
        raise refuse(f"公式有误：{error}", _REMEDY) from None
    return text


FormulaText = Annotated[
    str, BeforeValidator(_formula), AfterValidator(FormulaSource), WithJsonSchema({"type": "string", "minLength": 1})
]
"""A formula as text, known to be readable."""
