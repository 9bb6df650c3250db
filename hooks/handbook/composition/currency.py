"""How current the registered texts are on one day: in force or not, what comes, what is due for another look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from handbook.model.regulation import Regulation, Version
from handbook.rules.clauses import is_in_force

Standing = Literal["live", "unsure", "coming", "revised", "repealed"]


@dataclass(frozen=True, slots=True)
class State:
    """What a version is on one day, with the words that readers see."""

    standing: Standing
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """A version that somebody has to look at again."""

    regulation: Regulation
    version: Version


def state_of(regulation: Regulation, version: Version, on: dt.date) -> State:
    """Give 现行, 现行（待核）, 是否现行待核, 将于…施行, 已修订 or 已废止."""
    if version.begins > on:
        return State("coming", f"将于{version.begins}施行")
    if version.ended is not None and version.ended <= on:
        newer = any(other.begins > version.begins for other in regulation.versions)
        return State("revised" if newer else "repealed", f"{'已修订' if newer else '已废止'}（{version.ended}起）")
    if version.verification != "unverified":
        return State("live", "现行")
    # nobody compared the text with anything: that it still holds rests on general knowledge, or is not known at all
    return State("unsure", "现行（待核）" if version.articles or version.facts else "是否现行待核")


def shown_version(regulation: Regulation, on: dt.date) -> Version:
    """Give the version a page is about: the one in force, else the next to come, else the newest."""
    current = next((version for version in regulation.versions if is_in_force(version, on)), None)
    coming = [version for version in regulation.versions if version.begins > on]
    return current or (coming[-1] if coming else regulation.versions[0])


def due_for_check(regulations: Iterable[Regulation], on: dt.date) -> tuple[Look, ...]:
    """Give the versions that still count and were last checked more than a year ago, longest ago first."""
    last = a_year_before(on)
    found = [
        Look(item, version) for item in regulations for version in _counting(item, on) if version.checked_on < last
    ]
    return tuple(sorted(found, key=lambda look: (look.version.checked_on, look.regulation.id)))


def coming(regulations: Iterable[Regulation], on: dt.date) -> tuple[Look, ...]:
    """Give the versions that are registered and not yet in force, the nearest first."""
    found = [Look(item, version) for item in regulations for version in item.versions if version.begins > on]
    return tuple(sorted(found, key=lambda look: (look.version.begins, look.regulation.id)))


def check_due(version: Version) -> dt.date:
    """Give the day from which a version is due for another look: more than a year after the last one."""
    try:
        anniversary = version.checked_on.replace(year=version.checked_on.year + 1)
    except ValueError:  # 29 February
        anniversary = version.checked_on.replace(year=version.checked_on.year + 1, day=28)
    return anniversary + dt.timedelta(days=1)


def a_year_before(on: dt.date) -> dt.date:
    """Give the same day a year earlier; for 29 February the 28th."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return on.replace(year=on.year - 1, day=28)


def _counting(regulation: Regulation, on: dt.date) -> Iterator[Version]:
    return (version for version in regulation.versions if version.ended is None or version.ended > on)
