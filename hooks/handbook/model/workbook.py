"""Workbooks that are no ledgers: a table for one piece of work, filled once and kept outside the records."""

from __future__ import annotations

from pydantic import Field

from handbook.model.base import Grouped, Model
from handbook.model.citation import Basis
from handbook.model.formula import FormulaText
from handbook.model.ledger import Column, ColumnType
from handbook.model.scalars import Count, Flag, Ident, Reference, Text
from handbook.model.sheet import CellName, Derived, Mark, Shows, Standard


class HeadCell(Model):
    """A cell above the table: entered, or worked out."""

    id: Ident
    title: CellName
    type: ColumnType | None = None
    """What is entered; absent where a formula stands."""
    options: tuple[Text, ...] = ()
    value: Text | None = None
    """What stands there in the empty workbook."""
    formula: FormulaText | None = None
    shows: Shows = "text"
    """How the formula's value is shown."""
    at_least: Count | None = None
    at_most: Count | None = None
    note: Text | None = None
    good: Text | None = None
    """The value that is shaded green; any other one is shaded red."""


class SumLine(Model):
    """A line above the header that works out something for single columns."""

    title: Text
    note: Text
    shows: Shows
    cells: dict[Ident, FormulaText]
    """By column; none reads a row, since there is none."""


class Placed(Derived):
    """A worked-out column of a workbook: it may stand among the others."""

    after: Ident | None = None
    """Without it behind all others."""


class Example(Model):
    """An invented filled workbook."""

    note: Text
    head: dict[Ident, Text] = Field(default_factory=dict)
    rows: tuple[dict[Ident, Text], ...]


class Workbook(Grouped):
    """A workbook: cells above the table, columns, what it works out, its numbers with their clauses."""

    sheet: Text
    """Name of the first sheet."""
    used: Text
    basis: tuple[Basis, ...] = ()
    head: tuple[HeadCell, ...] = ()
    columns: tuple[Column, ...]
    derived: tuple[Placed, ...] = ()
    sums: tuple[SumLine, ...] = ()
    totals: tuple[Ident, ...] = ()
    total_title: Text = "合计"
    """What the line of the totals is called."""
    marks: tuple[Mark, ...] = ()
    standards: tuple[Standard, ...] = ()
    rows: Count = 60
    """Prepared rows."""
    sign: tuple[Text, ...] = ()
    """Who signs below the table; room for the names is left."""
    guidance: tuple[Text, ...]
    related: tuple[Reference, ...] = ()
    example: Example
    portrait: Flag = False

    @property
    def slots(self) -> tuple[Column | Placed, ...]:
        """The columns as they stand: worked-out ones behind the one they name, or at the end."""
        found: list[Column | Placed] = []
        for column in self.columns:
            found.append(column)
            found.extend(derived for derived in self.derived if derived.after == column.id)
        return (*found, *(derived for derived in self.derived if derived not in found))
