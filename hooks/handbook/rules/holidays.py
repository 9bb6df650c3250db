"""Holidays: each day once, in its year, in order, and saying something that its weekday does not."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.rules.context import Context

_FIRST_DAY_OFF = 6


def holidays_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check the days of every registered year."""
    for year, holidays in context.library.holidays.items():
        name = f"holidays/{year}"
        before = None
        for index, day in enumerate(holidays.days):
            at = ("days", index, "date")
            if day.date.year != year:
                yield context.say(name, at, f"{day.date} 不在{year}年", f"请移到 {day.date.year}.yml，或改正日期")
            elif before is not None and day.date <= before:
                said = "这一天写了两次" if day.date == before else f"{day.date} 排在 {before} 之后"
                yield context.say(name, at, said, "请按日期先后排列，一天一行")
            if day.kind == "work" and day.date.isoweekday() < _FIRST_DAY_OFF:
                remedy = "调休上班的写周六、周日；平常的工作日不用写"
                yield context.say(name, at, f"{day.date} 本来就是工作日", remedy)
            before = day.date
