"""Metrics (指标), report genres (报告体裁) and reports."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from handbook.model.base import Model, Named, PageMeta
from handbook.model.citation import Basis
from handbook.model.form import FormField
from handbook.model.scalars import Amount, Count, Flag, Ident, IsoDate, Period, Text

UNIT_COLUMN = "unit"
"""Stands for the unit that keeps the record, where a metric counts units instead of a column's values."""


class Condition(Model):
    """Which records count; exactly one of the four forms is written."""

    column: Ident
    within: tuple[Text, ...] = ()
    """The column holds one of these values."""
    filled: Flag | None = None
    """The column is filled, or (false) empty."""
    at_least: Amount | None = None
    at_most: Amount | None = None
    """The number in the column; an empty cell fulfils neither."""


class Balance(Model):
    """What a stock must come to: `opening` and all of `plus`, less all of `minus`."""

    opening: Ident
    plus: tuple[Ident, ...] = ()
    minus: tuple[Ident, ...] = ()


class Metric(Named):
    """A figure derived from ledger records, never typed.

    ``count``: number of records. ``sum``: total of a number column. ``distinct``: distinct values of a member column, or units.
    ``latest``: members (of `column`) whose last record up to the period's end fulfils the conditions.
    ``rate``: `numerator` ÷ `denominator` in per cent, half up to 0.1.
    ``reach``: distinct members of `column` whose total of `total_of` in the period comes to `threshold` at least.
    ``closing``: `column` of each unit's last fitting record up to the period's end, added up over the units.
    ``outside``: kept in no ledger; the report names value, source and note.
    """

    unit: Text
    """量词: 次, 人次, 名, %."""
    topic: Text | None = None
    """Heading under which the dictionary of metrics lists it; without it the ledger's title."""
    definition: Text
    """What exactly is counted, for readers."""
    look_up: Text
    """Where to look when it is missing."""
    measure: Literal["count", "sum", "distinct", "latest", "rate", "reach", "closing", "outside"]
    ledger: Ident | None = None
    column: Ident | None = None
    total_of: Ident | None = None
    threshold: Amount | None = None
    where: tuple[Condition, ...] = ()
    numerator: Ident | None = None
    denominator: Ident | None = None
    parts: tuple[Ident, ...] = ()
    """Metrics that must add up to this one."""
    balance: Balance | None = None
    """What this one must come to."""


class EachRecord(Model):
    """One sentence per record: problems, causes and measures come from the ledger that keeps them."""

    ledger: Ident
    where: tuple[Condition, ...] = ()
    text: Text
    """``【栏：id】`` is a cell, ``【栏：unit】`` the unit that keeps the record, ``【序】`` 一、二、三. A clause whose cell is
    empty is left out."""
    none: Text
    """The sentence where there is no such record and the ledger is declared complete."""
    most: Count | None = None
    """At most so many, the latest ones."""
    own: Flag = False
    """Only records that the unit itself keeps, none of the units below."""
    since: Literal["period", "always"] = "period"
    """``always``: also records of earlier periods, such as what is still open."""


class Passage(Model):
    """A paragraph of a genre.

    ``【指标：id】`` is a figure, ``【同比：id】`` and ``【环比：id】`` how it changed, ``【待填：id】`` a field, ``【单位】`` the
    unit's name, ``【年度】`` the year, ``【期间】`` the period.
    """

    id: Ident
    text: Text | None = None
    withhold: tuple[Ident, ...] = ()
    """Metrics without which the paragraph makes no sense: it is then withheld and listed."""
    zero: Text | None = None
    """What is written instead where one of those is 0; without it the paragraph is withheld."""
    each: EachRecord | None = None
    """Sentences after `text`, or alone."""


class Chart(Model):
    """A drawing from metrics: by month, the parts of a whole, or unit by unit."""

    id: Ident
    title: Text
    kind: Literal["months", "parts", "units"]
    metrics: tuple[Ident, ...]


class GenreSection(Named):
    """A part of a report: what it must answer, and its passages."""

    level: Count = 1
    prompt: Text
    """What a good paragraph answers."""
    flaws: tuple[Text, ...] = ()
    """What goes wrong here."""
    passages: tuple[Passage, ...] = ()


class Genre(PageMeta):
    """A kind of report."""

    used: Text
    """Who writes it to whom and when."""
    length: Text
    length_basis: tuple[Basis, ...] = ()
    heading: tuple[Text, ...]
    """Title lines; ``【单位】``, ``【年度】`` and ``【期间】`` are filled in."""
    fields: tuple[FormField, ...] = ()
    """What no ledger holds."""
    sections: tuple[GenreSection, ...]
    charts: tuple[Chart, ...] = ()
    limit: Count | None = None
    """Characters that the text should not exceed."""
    signature: Text
    """Organ at the end; may hold ``【单位】``."""


class Outside(Model):
    """A figure that no ledger holds, with where it comes from."""

    metric: Ident
    value: Amount
    source: Text
    note: Text


class Report(PageMeta):
    """A genre filled for one unit and one period."""

    genre: Ident
    unit: Ident
    period: Period
    as_of: IsoDate
    """Ledger read on this day."""
    values: dict[str, Text] = Field(default_factory=dict)
    """Field id → text, for what no ledger holds."""
    outside: tuple[Outside, ...] = ()
