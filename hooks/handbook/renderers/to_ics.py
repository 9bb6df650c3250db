"""Calendar files in two arrangements; the same input gives the same bytes.

``render_series``: events at nine in the morning, Asia/Shanghai, that repeat by their rhythm; an instance that falls on a
public holiday is moved by an override. Overrides travel better than exceptions with added dates, which some calendars drop.
``render_days``: every day by itself, all day long, without rhythm or time zone: what every phone reads the same.
Each event keeps its UID, so that a later import moves it instead of doubling it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from icalendar import Alarm, Calendar, Timezone, TimezoneStandard
from icalendar import Event as Component

from handbook.renderers.office import clean, in_utc

PRODUCER = "-//handbook//Party affairs handbook//ZH"
ZONE = "Asia/Shanghai"
HOUR = 9
"""Events begin and reminders of whole days ring at nine; without an hour they would ring at midnight."""
LENGTH = dt.timedelta(minutes=30)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_OFFSET = dt.timedelta(hours=8)
_SINCE = dt.datetime.combine(dt.date(1991, 9, 15), dt.time())
"""The last change of the clock in China."""


@dataclass(frozen=True, slots=True)
class Event:
    """A day, or the days up to and with `end`."""

    uid: str
    """Permanent; a changed event keeps it."""
    date: dt.date
    end: dt.date | None
    """The last day, included; None: one day."""
    summary: str
    description: str
    categories: tuple[str, ...]
    alarm_days: int
    """How many days before to remind; 0 is the day itself, a negative number no reminder."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One day of a series: the day its rhythm names, and the day it is on."""

    planned: dt.date
    date: dt.date
    note: str = ""
    """Why it is on another day; stands at the end of the summary."""


@dataclass(frozen=True, slots=True)
class Series:
    """What recurs on the n-th weekday of some months of one year."""

    uid: str
    months: tuple[int, ...]
    week: int
    weekday: int
    """1 = Monday … 7 = Sunday."""
    instances: tuple[Instance, ...]
    """In the order of planned days; at least one."""
    summary: str
    description: str
    categories: tuple[str, ...]
    alarm_days: tuple[int, ...]
    """Days before, one reminder each."""


def render_days(events: Sequence[Event], *, name: str, stamp: dt.datetime) -> bytes:
    """Give the bytes of the ``.ics``, events by date.

    `stamp` (without a zone: +08:00) is when the events say they were made.
    """
    _no_doubles([event.uid for event in events])
    calendar = _calendar(name)
    for event in sorted(events, key=lambda event: (event.date, event.uid)):
        calendar.add_component(_day(event, in_utc(stamp)))
    data: bytes = calendar.to_ical()
    return data


def render_series(series: Sequence[Series], *, name: str, stamp: dt.datetime) -> bytes:
    """Give the bytes of the ``.ics``: each series with its rhythm, then the instances that are moved."""
    _no_doubles([item.uid for item in series])
    calendar = _calendar(name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add_component(_zone())
    for item in sorted(series, key=lambda item: (item.instances[0].planned, item.uid)):
        for component in _series(item, in_utc(stamp)):
            calendar.add_component(component)
    data: bytes = calendar.to_ical()
    return data


def _no_doubles(uids: Sequence[str]) -> None:
    doubles = {uid for uid in uids if uids.count(uid) > 1}
    if doubles:
        raise ValueError(f"events with the same UID: {sorted(doubles)}")


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(name))
    return calendar


def _zone() -> Timezone:
    zone = Timezone()
    zone.add("tzid", ZONE)
    standard = TimezoneStandard()
    standard.add("dtstart", _SINCE)
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _series(item: Series, stamp: dt.datetime) -> Iterator[Component]:
    first, *others = item.instances
    if not others:  # nothing repeats, so there is nothing to override
        yield _timed(item, first.date, f"{item.summary}{first.note}", stamp)
        return
    main = _timed(item, first.planned, item.summary, stamp)
    # A series that begins with a zone is bounded in UTC.
    until = dt.datetime(first.planned.year, 12, 31, 15, 59, 59, tzinfo=dt.UTC)  # midnight in China
    day = f"{item.week}{_WEEKDAYS[item.weekday - 1]}"
    main.add("rrule", {"freq": "yearly", "bymonth": list(item.months), "byday": day, "until": until})
    yield main
    for instance in item.instances:
        if instance.date != instance.planned:
            override = _timed(item, instance.date, f"{item.summary}{instance.note}", stamp)
            override.add("recurrence-id", _at(instance.planned), parameters={"TZID": ZONE})
            yield override


def _timed(item: Series, day: dt.date, summary: str, stamp: dt.datetime) -> Component:
    component = Component()
    component.add("uid", item.uid)
    component.add("dtstamp", stamp.replace(microsecond=0))
    component.add("dtstart", _at(day), parameters={"TZID": ZONE})
    component.add("dtend", _at(day) + LENGTH, parameters={"TZID": ZONE})
    _words(component, summary, item.description, item.categories)
    for days in item.alarm_days:
        component.add_component(_alarm(item.summary, -dt.timedelta(days=days)))
    return component


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(HOUR))


def _day(event: Event, stamp: dt.datetime) -> Component:
    last = event.end or event.date
    if last < event.date:
        raise ValueError(f"{event.uid}: ends on {last}, before it begins on {event.date}")
    component = Component()
    component.add("uid", event.uid)
    component.add("dtstamp", stamp.replace(microsecond=0))
    component.add("dtstart", event.date)
    # iCalendar's end is the first day on which it is over.
    component.add("dtend", last + dt.timedelta(days=1))
    _words(component, event.summary, event.description, event.categories)
    if event.alarm_days >= 0:
        component.add_component(_alarm(event.summary, dt.timedelta(hours=HOUR) - dt.timedelta(days=event.alarm_days)))
    return component


def _words(component: Component, summary: str, description: str, categories: tuple[str, ...]) -> None:
    component.add("summary", clean(summary))
    if description:
        component.add("description", clean(description))
    if categories:
        component.add("categories", [clean(category) for category in categories])
    # A duty does not make anybody busy.
    component.add("transp", "TRANSPARENT")


def _alarm(summary: str, trigger: dt.timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"提醒：{clean(summary)}")
    alarm.add("trigger", trigger)
    return alarm
