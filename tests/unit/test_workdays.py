"""Working days: the registered years against an independent package, counting, and moving a reminder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import chinese_calendar
import pytest

from handbook.composition.duties import occurrences
from handbook.composition.workdays import Workdays
from handbook.loading.read_library import read_library
from handbook.model.duty import Duty
from handbook.model.holidays import Holidays

PROJECT = Path(__file__).parents[2]
YEARS = read_library(PROJECT / "docs", PROJECT).library.holidays
REAL = Workdays(YEARS)
SMALL = Workdays(
    {
        2026: Holidays.model_validate(
            {
                "source": "虚构的通知",
                "verification": "unverified",
                "days": [
                    {"date": "2026-04-30", "kind": "rest", "name": "茶节"},
                    {"date": "2026-05-01", "kind": "rest", "name": "茶节"},
                    {"date": "2026-05-09", "kind": "work", "name": "茶节"},
                ],
            }
        )
    }
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_every_day_of_the_registered_years_is_what_the_package_says() -> None:
    assert set(YEARS) == {2024, 2025, 2026}
    for year in YEARS:
        at = dt.date(year, 1, 1)
        while at.year == year:
            assert REAL.is_workday(at) == chinese_calendar.is_workday(at), at
            at += dt.timedelta(days=1)


def test_what_is_registered_is_worked_or_free_as_it_says() -> None:
    for holidays in YEARS.values():
        for item in holidays.days:
            assert chinese_calendar.is_holiday(item.date) == (item.kind == "rest"), item.date


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-04-28", 0, "2026-04-28"),
        ("2026-04-28", 1, "2026-04-29"),
        ("2026-04-28", 2, "2026-05-04"),
        ("2026-05-07", 2, "2026-05-09"),
        ("2026-05-07", 3, "2026-05-11"),
        ("2026-05-02", 1, "2026-05-04"),
    ],
)
def test_working_days_count_from_the_day_after(start: str, count: int, end: str) -> None:
    assert SMALL.add(day(start), count) == day(end)


@pytest.mark.parametrize(
    ("planned", "kept"),
    [
        ("2026-05-06", "2026-05-06"),
        ("2026-05-01", "2026-05-04"),
        ("2026-04-30", "2026-04-29"),
        ("2026-05-09", "2026-05-09"),
        ("2026-05-31", "2026-05-29"),
    ],
)
def test_a_day_off_moves_within_its_month(planned: str, kept: str) -> None:
    assert SMALL.near(day(planned)) == day(kept)


def test_an_unknown_year_is_provisional_and_keeps_its_weekends() -> None:
    assert not SMALL.knows(day("2027-05-01"))
    assert not SMALL.is_workday(day("2027-05-01"))
    assert SMALL.is_workday(day("2027-05-03"))
    assert SMALL.knows(day("2026-01-01"))


def test_an_occurrence_says_why_it_moved() -> None:
    duty = Duty.model_validate(
        {
            "id": "tea", "title": "茶会", "who": "支部", "roles": ["secretary"], "strength": "usual", "times": "1",
            "per": "month", "text": "为试验而造。", "basis": ["试验条例 第1条"],
            "reminder": {"months": ["4", "5"], "week": "5", "weekday": "4"},
        }
    )  # fmt: skip
    (moved,) = occurrences([duty], 2026, SMALL)
    assert (moved.planned, moved.date, moved.holiday, moved.known) == (
        day("2026-04-30"),
        day("2026-04-29"),
        "茶节",
        True,
    )
