"""Duties over a year: reminders fall on the suggested weekday, never in a neighbouring month, and frequency is worded exactly."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from handbook.composition.duties import due_in_month, frequency, occurrences
from handbook.composition.workdays import Workdays
from handbook.model.duty import Duty


def duty(ident: str, months: list[int], week: int, weekday: int, **rest: object) -> Duty:
    return Duty.model_validate(
        {
            "id": ident,
            "title": f"例行工作{ident}",
            "who": "支部",
            "roles": ["secretary"],
            "strength": "usual",
            "times": "1",
            "per": "month",
            "text": "为试验而造。",
            "basis": ["试验条例 第1条"],
            "reminder": {"months": list(map(str, months)), "week": str(week), "weekday": str(weekday)},
            **rest,
        }
    )


def days(item: Duty, year: int) -> list[str]:
    return [str(found.planned) for found in occurrences([item], year, Workdays())]


@pytest.mark.parametrize(
    ("months", "week", "weekday", "year", "expected"),
    [
        ([1], 1, 4, 2026, ["2026-01-01"]),
        ([1], 1, 3, 2026, ["2026-01-07"]),
        ([2], 4, 7, 2026, ["2026-02-22"]),
        ([2], 4, 6, 2026, ["2026-02-28"]),
        ([3, 6, 9, 12], 2, 5, 2026, ["2026-03-13", "2026-06-12", "2026-09-11", "2026-12-11"]),
        ([2], 4, 4, 2024, ["2024-02-22"]),
        ([2], 5, 4, 2024, ["2024-02-29"]),
        ([12], 5, 4, 2026, ["2026-12-31"]),
        ([12], 1, 1, 2025, ["2025-12-01"]),
    ],
)
def test_the_nth_weekday(months: list[int], week: int, weekday: int, year: int, expected: list[str]) -> None:
    assert days(duty("a", months, week, weekday), year) == expected


def test_a_fifth_weekday_that_a_month_does_not_have_is_left_out() -> None:
    found = days(duty("a", list(range(1, 13)), 5, 5), 2026)
    assert found == ["2026-01-30", "2026-05-29", "2026-07-31", "2026-10-30"]
    assert days(duty("a", [2], 5, 7), 2026) == []
    assert days(duty("a", [12], 5, 5), 2026) == []


@pytest.mark.parametrize("year", range(2024, 2032))
def test_a_reminder_stays_in_its_month_and_week(year: int) -> None:
    for week, weekday in product(range(1, 6), range(1, 8)):
        for found in occurrences([duty("a", list(range(1, 13)), week, weekday)], year, Workdays()):
            assert found.planned.isoweekday() == weekday
            assert (found.planned.day - 1) // 7 + 1 == week
            assert (found.date.year, found.date.month) == (found.planned.year, found.planned.month)


def test_they_come_in_order_of_day_and_id() -> None:
    items = [duty("b", [3], 1, 1), duty("a", [3], 1, 1), duty("c", [1, 12], 1, 1)]
    assert [(found.duty.id, str(found.date)) for found in occurrences(items, 2026, Workdays())] == [
        ("c", "2026-01-05"),
        ("a", "2026-03-02"),
        ("b", "2026-03-02"),
        ("c", "2026-12-07"),
    ]
    assert occurrences([], 2026, Workdays()) == ()


@pytest.mark.parametrize(
    ("per", "times", "at_least", "expected"),
    [
        ("month", "1", "false", "每月1次"),
        ("quarter", "1", "false", "每季度1次"),
        ("year", "1", "true", "每年至少1次"),
        ("year", "2", "false", "每年2次"),
        ("quarter", "2", "true", "每季度至少2次"),
    ],
)
def test_frequency_words(per: str, times: str, at_least: str, expected: str) -> None:
    assert frequency(duty("a", [1], 1, 1, per=per, times=times, at_least=at_least)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-15", {"本月内": ["m"], "3月底前": ["q"], "12月底前": ["y-march", "y-november"]}),
        ("2026-03-31", {"本月内": ["m"], "3月底前": ["q"], "12月底前": ["y-march", "y-november"]}),
        ("2026-04-01", {"本月内": ["m"], "6月底前": ["q"], "12月底前": ["y-november"]}),
        ("2026-11-30", {"本月内": ["m"], "12月底前": ["q", "y-november"]}),
        ("2026-12-01", {"本月内": ["m"], "12月底前": ["q"]}),
    ],
)
def test_what_is_due_around_a_day(day: str, expected: dict[str, list[str]]) -> None:
    items = [
        duty("m", list(range(1, 13)), 1, 1),
        duty("q", [3, 6, 9, 12], 1, 1, per="quarter"),
        duty("y-march", [3], 1, 1, per="year"),
        duty("y-november", [11], 1, 1, per="year"),
    ]
    found: dict[str, list[str]] = {}
    for label, due in due_in_month(items, dt.date.fromisoformat(day)):
        found.setdefault(label, []).extend(item.id for item in due)
    assert found == expected


def test_nothing_due_makes_no_empty_group() -> None:
    assert due_in_month([duty("y", [3], 1, 1, per="year")], dt.date(2026, 4, 1)) == ()
