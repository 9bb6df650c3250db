"""Calendar files: the format's rules by hand, the dates by plain arithmetic, and a reader's view."""

from __future__ import annotations

import dataclasses
import datetime as dt

import icalendar
import pytest
from office_samples import EVENTS, MOMENT

from handbook.renderers.to_ics import Event, Instance, Series, render_days, render_series

DATA = render_days(EVENTS, name="2026年例行工作", stamp=MOMENT)
LINES = DATA.replace(b"\r\n ", b"").decode().split("\r\n")


def test_the_bytes_follow_the_format() -> None:
    assert DATA.endswith(b"END:VCALENDAR\r\n")
    assert DATA.count(b"\n") == DATA.count(b"\r\n")
    assert max(len(line) for line in DATA.split(b"\r\n")) <= 75
    for line in DATA.split(b"\r\n"):
        line.decode()  # a fold never cuts a character
    for line in ("VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:2026年例行工作"):
        assert line in LINES
    assert any(line.startswith("PRODID:-//") for line in LINES)
    assert not [line for line in LINES if line.startswith("RRULE")]
    assert "\x07" not in DATA.decode()


def test_dates_are_days_in_order_and_end_the_day_after() -> None:
    assert [line for line in LINES if line.startswith(("DTSTART", "DTEND"))] == [
        "DTSTART;VALUE=DATE:20260310",
        "DTEND;VALUE=DATE:20260311",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "DTSTART;VALUE=DATE:20280228",
        "DTEND;VALUE=DATE:20280301",
    ]
    assert [line for line in LINES if line.startswith("DTSTAMP")] == ["DTSTAMP:20261121T040000Z"] * 3


def test_a_reader_finds_what_was_written() -> None:
    read = icalendar.Calendar.from_ical(DATA)
    by_uid = {str(event["uid"]): event for event in read.walk("VEVENT")}
    assert set(by_uid) == {event.uid for event in EVENTS}
    for event in EVENTS:
        found = by_uid[event.uid]
        assert found["dtstart"].dt == event.date
        assert found["dtend"].dt - found["dtstart"].dt == (event.end or event.date) - event.date + dt.timedelta(days=1)
        assert str(found["summary"]) == event.summary.replace("\x07", "")
        assert str(found.get("description", "")) == event.description
        categories = found.get("categories")
        assert tuple(map(str, categories.cats) if categories else ()) == event.categories
        assert str(found["transp"]) == "TRANSPARENT"


def test_reminders_ring_at_nine_so_many_days_before() -> None:
    read = icalendar.Calendar.from_ical(DATA)
    rings = {}
    for event in read.walk("VEVENT"):
        for alarm in event.walk("VALARM"):
            assert str(alarm["action"]) == "DISPLAY"
            midnight = dt.datetime.combine(event["dtstart"].dt, dt.time())
            rings[str(event["uid"])] = (midnight + alarm["trigger"].dt).isoformat()
    assert rings == {"b@handbook": "2026-12-28T09:00:00", "a@handbook": "2028-02-28T09:00:00"}


def test_the_order_given_does_not_matter() -> None:
    assert render_days(EVENTS[::-1], name="2026年例行工作", stamp=MOMENT) == DATA
    assert render_days(EVENTS, name="2026年例行工作", stamp=MOMENT.replace(tzinfo=None)) == DATA


def test_mistakes_of_the_caller_are_errors() -> None:
    with pytest.raises(ValueError, match="same UID"):
        render_days([EVENTS[0], EVENTS[0]], name="", stamp=MOMENT)
    backwards = dataclasses.replace(EVENTS[0], end=dt.date(2026, 1, 1))
    with pytest.raises(ValueError, match="before it begins"):
        render_days([backwards], name="", stamp=MOMENT)


def test_a_calendar_without_events_is_still_one() -> None:
    assert icalendar.Calendar.from_ical(render_days([], name="空", stamp=MOMENT)).walk("VEVENT") == []


def test_escapes_keep_separators() -> None:
    event = Event("x@handbook", dt.date(2026, 1, 1), None, "甲,乙;丙\\丁", "一\n二", ("甲,乙", "丙"), -1)
    data = render_days([event], name="a,b;c", stamp=MOMENT).replace(b"\r\n ", b"").decode()
    for line in ("SUMMARY:甲\\,乙\\;丙\\\\丁", "DESCRIPTION:一\\n二", "CATEGORIES:甲\\,乙,丙"):
        assert line in data.split("\r\n")


SERIES = (
    Series(
        "monthly@handbook", tuple(range(1, 13)), 1, 4,
        tuple(
            Instance(planned, dt.date(2026, 1, 5) if planned.month == 1 else planned, "（避开元旦）" if planned.month == 1 else "")
            for month in range(1, 13)
            for planned in [dt.date(2026, month, 1) + dt.timedelta(days=(4 - dt.date(2026, month, 1).isoweekday()) % 7)]
        ),
        "主题党日", "每月一次", ("党务",), (7, 1),
    ),
    Series(
        "yearly@handbook", (10,), 1, 4, (Instance(dt.date(2026, 10, 1), dt.date(2026, 10, 8), "（避开国庆节）"),),
        "民主评议", "", (), (),
    ),
)  # fmt: skip
SERIES_DATA = render_series(SERIES, name="组织委员", stamp=MOMENT)
SERIES_LINES = SERIES_DATA.replace(b"\r\n ", b"").decode().split("\r\n")


def test_a_series_repeats_in_the_time_of_china() -> None:
    assert max(len(line) for line in SERIES_DATA.split(b"\r\n")) <= 75
    for line in (
        "TZID:Asia/Shanghai",
        "TZOFFSETTO:+0800",
        "DTSTART;TZID=Asia/Shanghai:20260101T090000",
        "DTEND;TZID=Asia/Shanghai:20260101T093000",
        "RRULE:FREQ=YEARLY;UNTIL=20261231T155959Z;BYDAY=1TH;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12",
        "TRIGGER:-P7D",
        "TRIGGER:-P1D",
    ):
        assert line in SERIES_LINES, line


def test_a_moved_instance_overrides_its_planned_one() -> None:
    events = icalendar.Calendar.from_ical(SERIES_DATA).walk("VEVENT")
    moved = [event for event in events if "recurrence-id" in event]
    assert [(str(event["uid"]), event["dtstart"].dt.day, str(event["summary"])) for event in moved] == [
        ("monthly@handbook", 5, "主题党日（避开元旦）")
    ]
    assert "RECURRENCE-ID;TZID=Asia/Shanghai:20260101T090000" in SERIES_LINES


def test_what_happens_once_is_moved_without_a_rhythm() -> None:
    (once,) = [
        event for event in icalendar.Calendar.from_ical(SERIES_DATA).walk("VEVENT") if event["uid"] == "yearly@handbook"
    ]
    assert "rrule" not in once
    assert once["dtstart"].dt.date() == dt.date(2026, 10, 8)
    assert str(once["summary"]) == "民主评议（避开国庆节）"


def test_a_series_gives_the_same_bytes_in_any_order_and_refuses_doubles() -> None:
    assert render_series(SERIES[::-1], name="组织委员", stamp=MOMENT) == SERIES_DATA
    with pytest.raises(ValueError, match="same UID"):
        render_series([SERIES[0], SERIES[0]], name="", stamp=MOMENT)
