"""Working days: what a year's notice says, else what the weekday says; and whether that notice is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from handbook.model.holidays import HolidayDay, Holidays

_FIRST_DAY_OFF = 6
"""Saturday, counted from Monday = 1."""


@dataclass(frozen=True)
class Workdays:
    """The working days of all years that are registered."""

    years: Mapping[int, Holidays] = field(default_factory=dict)

    @cached_property
    def _days(self) -> Mapping[dt.date, HolidayDay]:
        return {day.date: day for year in self.years.values() for day in year.days}

    def knows(self, day: dt.date) -> bool:
        """Tell whether the holidays of its year are registered; otherwise every answer is provisional (暂算)."""
        return day.year in self.years

    def holiday(self, day: dt.date) -> str:
        """Give the name of the public holiday, or nothing."""
        found = self._days.get(day)
        return found.name if found and found.kind == "rest" else ""

    def is_workday(self, day: dt.date) -> bool:
        """Tell whether people work on it."""
        found = self._days.get(day)
        return found.kind == "work" if found else day.isoweekday() < _FIRST_DAY_OFF

    def add(self, day: dt.date, count: int) -> dt.date:
        """Give the last of so many working days counted from the day after; 0 is the day itself."""
        while count > 0:
            day += dt.timedelta(days=1)
            count -= self.is_workday(day)
        return day

    def near(self, day: dt.date) -> dt.date:
        """Give the day, or the next working day, or the one before where the next lies in another month.

        What is to be done within a month stays in it.
        """
        after = day
        while not self.is_workday(after):
            after += dt.timedelta(days=1)
        if (after.year, after.month) == (day.year, day.month):
            return after
        before = day
        while not self.is_workday(before):
            before -= dt.timedelta(days=1)
        return before
