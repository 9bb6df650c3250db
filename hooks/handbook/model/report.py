"""Metrics (指标), report genres (报告体裁) and reports."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from handbook.model.base import Model, Named, PageMeta
from handbook.model.citation import Basis
from handbook.model.form import FormField
from handbook.model.scalars import Count, Ident, IsoDate, Period, Text

UNIT_COLUMN = "unit"
"""Stands for the unit that keeps the record, where a metric counts units instead of a column's values."""


class Condition(Model):
    """Which records count: the column holds one of these values."""

    column: Ident
    within: tuple[Text, ...]


class Metric(Named):
    """A figure derived from ledger records, never typed.

    ``count``: number of records. ``sum``: total of a number column. ``distinct``: distinct values of a member column, or units.
    ``latest``: members (of `column`) whose last record up to the period's end fulfils the conditions.
    ``rate``: `numerator` ÷ `denominator` in per cent, half up to 0.1.
    """

    unit: Text
    """量词: 次, 人次, 名, %."""
    definition: Text
    """What exactly is counted, for readers."""
    look_up: Text
    """Where to look when it is missing."""
    measure: Literal["count", "sum", "distinct", "latest", "rate"]
    ledger: Ident | None = None
    column: Ident | None = None
    where: tuple[Condition, ...] = ()
    numerator: Ident | None = None
    denominator: Ident | None = None
    parts: tuple[Ident, ...] = ()
    """Metrics that must add up to this one."""


class Passage(Model):
    """A paragraph of a genre. ``【指标：id】`` is a figure, ``【待填：id】`` a field, ``【单位】`` the unit's name, ``【年度】`` the year."""

    id: Ident
    text: Text
    withhold: tuple[Ident, ...] = ()
    """Metrics without which the paragraph makes no sense: it is then withheld and listed."""


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
    """Title lines; ``【单位】`` and ``【年度】`` are filled in."""
    fields: tuple[FormField, ...] = ()
    """What no ledger holds."""
    sections: tuple[GenreSection, ...]
    signature: Text
    """Organ at the end; may hold ``【单位】``."""


class Report(PageMeta):
    """A genre filled for one unit and one period."""

    genre: Ident
    unit: Ident
    period: Period
    as_of: IsoDate
    """Ledger read on this day."""
    values: dict[str, Text] = Field(default_factory=dict)
    """Field id → text, for what no ledger holds."""
