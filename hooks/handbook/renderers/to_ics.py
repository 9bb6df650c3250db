"""A calendar file that phones and desktop calendars import: all-day events with a reminder.

All-day and without repetition rules, because those are what every calendar reads the same; the same events give the
same bytes, and an event keeps its UID, so that a later import moves it instead of doubling it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from icalendar import Alarm, Calendar
from icalendar import Event as Component

from handbook.renderers.office import clean, in_utc

PRODUCER = "-//handbook//Party affairs handbook//ZH"
ALARM_HOUR = 9
"""Reminders ring at nine in the morning; without an hour they would ring at midnight."""


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


def render_calendar(events: Sequence[Event], *, name: str, stamp: dt.datetime) -> bytes:
    """Give the bytes of the ``.ics``, events by date.

    `stamp` (without a zone: +08:00) is when the events say they were made.
    """
    doubles = {event.uid for event in events if sum(other.uid == event.uid for other in events) > 1}
    if doubles:
        raise ValueError(f"events with the same UID: {sorted(doubles)}")
    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(name))
    for event in sorted(events, key=lambda event: (event.date, event.uid)):
        calendar.add_component(_component(event, in_utc(stamp)))
    data: bytes = calendar.to_ical()
    return data


def _component(event: Event, stamp: dt.datetime) -> Component:
    last = event.end or event.date
    if last < event.date:
        raise ValueError(f"{event.uid}: ends on {last}, before it begins on {event.date}")
    component = Component()
    component.add("uid", event.uid)
    component.add("dtstamp", stamp.replace(microsecond=0))
    component.add("dtstart", event.date)
    # iCalendar's end is the first day on which it is over.
    component.add("dtend", last + dt.timedelta(days=1))
    component.add("summary", clean(event.summary))
    if event.description:
        component.add("description", clean(event.description))
    if event.categories:
        component.add("categories", [clean(category) for category in event.categories])
    # A duty does not make anybody busy all day.
    component.add("transp", "TRANSPARENT")
    if event.alarm_days >= 0:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"提醒：{clean(event.summary)}")
        alarm.add("trigger", dt.timedelta(hours=ALARM_HOUR) - dt.timedelta(days=event.alarm_days))
        component.add_component(alarm)
    return component
