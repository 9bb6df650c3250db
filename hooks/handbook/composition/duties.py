"""Duties laid out over a year: when we suggest to be reminded of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handbook.composition.workdays import Workdays
from handbook.model.base import STRENGTH_WORDS
from handbook.model.duty import Duty

PER: Mapping[str, str] = {"month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年"}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One reminder of a duty on one day."""

    duty: Duty
    date: dt.date
    planned: dt.date
    """The day its rhythm names; another than `date` where nobody works on that day."""
    holiday: str
    """The public holiday that moved it."""
    known: bool
    """The holidays of that year are registered; otherwise the day is provisional (暂算)."""


def occurrences(duties: Iterable[Duty], year: int, workdays: Workdays) -> tuple[Occurrence, ...]:
    """Give all reminders of a year in order of day and id, moved off the days on which nobody works."""
    found = [
        Occurrence(duty, workdays.near(day), day, workdays.holiday(day), workdays.knows(day))
        for duty in duties
        for day in _days(duty, year)
    ]
    return tuple(sorted(found, key=lambda item: (item.date, item.duty.id)))


def frequency(duty: Duty) -> str:
    """Give ``每季度1次`` or ``每年至少1次``."""
    least = "至少" if duty.at_least else ""
    return f"{PER[duty.per]}{least}{duty.times}次"


def how_often(duty: Duty) -> str:
    """Give the frequency with the word of its force: ``一般每月1次``, ``建议每季度1次``."""
    if duty.tier in ("practice", "tip"):
        return f"建议{frequency(duty)}"
    return ("" if duty.strength == "must" else STRENGTH_WORDS[duty.strength]) + frequency(duty)


def due_in_month(duties: Iterable[Duty], on: dt.date) -> tuple[tuple[str, tuple[Duty, ...]], ...]:
    """Give what is due around a day: this month, by the quarter's end, by the year's end."""
    listed = tuple(duties)
    quarter_end = (on.month + 2) // 3 * 3
    groups = [("本月内", tuple(duty for duty in listed if duty.per == "month"))]
    groups.append((f"{quarter_end}月底前", tuple(duty for duty in listed if duty.per == "quarter")))
    half_end = 6 if on.month <= 6 else 12
    groups.append((f"{half_end}月底前", tuple(duty for duty in listed if duty.per == "half")))
    soon = tuple(
        duty for duty in listed if duty.per == "year" and any(month >= on.month for month in duty.reminder.months)
    )
    groups.append(("12月底前", soon))
    merged: dict[str, tuple[Duty, ...]] = {}
    for label, items in groups:
        merged[label] = merged.get(label, ()) + items
    return tuple((label, items) for label, items in merged.items() if items)


def _days(duty: Duty, year: int) -> Iterator[dt.date]:
    for month in duty.reminder.months:
        first = dt.date(year, month, 1)
        to_weekday = (duty.reminder.weekday - first.isoweekday()) % 7
        day = first + dt.timedelta(days=to_weekday + 7 * (duty.reminder.week - 1))
        if day.month == month:
            yield day
