"""Public holidays of a year (``holidays/<year>.yml``): days off, and weekends that are worked instead."""

from __future__ import annotations

from typing import Literal

from handbook.model.base import Model, Verification
from handbook.model.scalars import IsoDate, Text


class HolidayDay(Model):
    """A day that is not what its weekday says, or a day off by name."""

    date: IsoDate
    kind: Literal["rest", "work"]
    """放假 · 上班."""
    name: Text
    """春节."""


class Holidays(Model):
    """One year, whole: a year of which nothing is known has no file."""

    source: Text
    """The notice that fixed it."""
    verification: Verification
    days: tuple[HolidayDay, ...]
