"""Ledgers (台账), their records and the units that keep them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from handbook.model.base import Grouped, Model, Named
from handbook.model.scalars import Count, Flag, Ident, Period, Text
from handbook.model.sheet import Derived, Mark, Standard

ColumnType = Literal["date", "choice", "count", "amount", "text", "member", "members"]


class Column(Model):
    """A column of a ledger; the type decides what a cell may hold."""

    id: Ident
    title: Text
    type: ColumnType
    options: tuple[Text, ...] = ()
    """Allowed values of a choice."""
    unit: Text | None = None
    required: Flag = False
    required_for: tuple[Text, ...] = ()
    """Required where the ledger's `kind_column` has one of these values."""
    note: Text
    """How to fill it in."""
    at_most: Ident | None = None
    """Another column of numbers that this one never exceeds: 实到 and 应到."""
    width: Count = 12
    """Characters, in the workbook."""


class Ledger(Grouped):
    """A ledger: what is recorded, column by column."""

    level: Literal["branch", "committee", "any"] = "branch"
    """Who keeps it: every branch; every committee (a 总支 where it has one); whoever has one."""

    kind_column: Ident
    """The choice column that tells what a record is."""
    date_column: Ident
    """The date by which a record belongs to a period."""
    keeper: Ident
    """Role that keeps it."""
    rhythm: Text
    """When to enter (a tip)."""
    columns: tuple[Column, ...]
    unique: tuple[Ident, ...] = ()
    """Columns in which no two records of a unit are alike; without them all but `note`."""
    derived: tuple[Derived, ...] = ()
    """Columns that the workbook works out, right of the others: what is sorted holds no locked cell.

    Their COUNTIFS counts within the row's unit where a workbook holds several.
    """
    totals: tuple[Ident, ...] = ()
    """Columns that are summed above the header: of the rows a filter leaves."""
    marks: tuple[Mark, ...] = ()
    standards: tuple[Standard, ...] = ()
    guidance: tuple[Text, ...] = ()


class RecordFile(Model):
    """``records/<unit>/<ledger>/<year>.yml``: cells are text here, read by column type when the ledger is known."""

    complete: tuple[Period, ...] = ()
    """Periods for which the clerk declares that nothing is missing."""
    records: tuple[dict[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a ledger with typed cells."""

    id: str
    unit: str
    ledger: str
    date: dt.date
    values: dict[str, object]
    """By column id: date, int, Decimal, str, or a tuple of member codes. Empty cells are absent."""
    path: str
    index: int
    """Position in its file."""


class Unit(Named):
    """An organisation that keeps ledgers; committees stand above branches."""

    short: Text
    level: Literal["committee", "general-branch", "branch"]
    parent: Ident | None = None
    has_committee: Flag = False
    """设支委会."""
    has_groups: Flag = False
    """划分党小组."""
    invented: Flag
    """Example units are invented and say so."""
    note: Text
