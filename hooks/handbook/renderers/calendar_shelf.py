"""The calendar files: all duties of a branch, and each role's own, for the build's year and the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from handbook.composition.duties import Occurrence, how_often, occurrences
from handbook.composition.site import Site
from handbook.model.base import TIER_WORDS
from handbook.model.duty import Duty, Role
from handbook.renderers.download import Download
from handbook.renderers.to_ics import Event, Instance, Series, render_days, render_series

OWNER = "calendar/index"
_ALARMS = (7, 1)
_CATEGORY = "党务"
_UNKNOWN = "（暂算）"


def calendar_years(site: Site) -> tuple[int, int]:
    """Give the years that have calendars: towards its end people plan the next."""
    return site.on.year, site.on.year + 1


def calendar_roles(site: Site) -> tuple[Role, ...]:
    """Give the roles that have duties, in their order."""
    busy = {role for duty in site.library.duties.values() for role in duty.roles}
    return tuple(
        sorted(
            (role for role in site.library.roles.values() if role.id in busy), key=lambda role: (role.order, role.id)
        )
    )


def all_duties_address(year: int) -> str:
    """Give the address of the calendar with all duties."""
    return f"calendar/duties-{year}.ics"


def role_address(role: str, year: int, *, plain: bool = False) -> str:
    """Give the address of a role's calendar."""
    return f"calendar/{role}-{year}{'-plain' if plain else ''}.ics"


def calendar_downloads(site: Site) -> Iterator[Download]:
    """Give every calendar file."""
    for year in calendar_years(site):
        found = occurrences(site.library.duties.values(), year, site.workdays)
        yield Download(
            all_duties_address(year), f"{year}年例行工作日历（全部）", _days(site, f"{year}年例行工作", found), OWNER
        )
        for role in calendar_roles(site):
            mine = [item for item in found if role.id in item.duty.roles]
            name = f"{year}年{role.title}例行工作"
            yield Download(role_address(role.id, year), f"{name}日历", _series(site, name, year, mine), OWNER)
            plain = role_address(role.id, year, plain=True)
            yield Download(plain, f"{name}日历（逐日）", _days(site, name, mine), OWNER)


def _days(site: Site, name: str, found: Sequence[Occurrence]) -> bytes:
    events = [
        Event(
            uid=f"{item.duty.id}-{item.planned:%Y%m%d}@handbook",
            date=item.date,
            end=None,
            summary=f"{_summary(item)}{_note(item)}",
            description=_description(item.duty, known=item.known),
            categories=(_CATEGORY,),
            alarm_days=_ALARMS[0],
        )
        for item in found
    ]
    return render_days(events, name=_titled(name, found), stamp=site.stamp)


def _series(site: Site, name: str, year: int, found: Sequence[Occurrence]) -> bytes:
    series = []
    for ident, group in groupby(
        sorted(found, key=lambda item: (item.duty.id, item.planned)), lambda item: item.duty.id
    ):
        items = tuple(group)
        duty = items[0].duty
        series.append(
            Series(
                uid=f"{ident}-{year}@handbook",
                months=duty.reminder.months,
                week=duty.reminder.week,
                weekday=duty.reminder.weekday,
                instances=tuple(Instance(item.planned, item.date, _note(item)) for item in items),
                summary=_summary(items[0]),
                description=_description(duty, known=items[0].known),
                categories=(_CATEGORY,),
                alarm_days=_ALARMS,
            )
        )
    return render_series(series, name=_titled(name, found), stamp=site.stamp)


def _titled(name: str, found: Sequence[Occurrence]) -> str:
    """Give the name that a calendar program shows for the whole file."""
    return f"{name}（建议日期{'' if all(item.known for item in found) else '，暂算'}）"


def _summary(item: Occurrence) -> str:
    return f"{item.duty.title}（{how_often(item.duty)}）{'' if item.known else _UNKNOWN}"


def _note(item: Occurrence) -> str:
    if item.date == item.planned:
        return ""
    return f"（避开{item.holiday or '休息日'}）"


def _description(duty: Duty, *, known: bool) -> str:
    basis = "、".join(str(citation) for citation in duty.basis)
    ground = f"依据：{basis}" if basis and duty.tier == "national" else f"{TIER_WORDS[duty.tier]}"
    if basis and duty.tier != "national":
        ground += f"；相关条款：{basis}"
    condition = f"（{duty.condition}）" if duty.condition else ""
    days = "已避开放假的日子" if known else "这一年的放假安排还没有登记，日子是暂算的，放假通知出来以后请重新下载"
    return (
        f"{duty.text}{condition}\n{ground}\n这一天是本手册建议的提醒日，没有条款规定；{days}，同工作冲突的请自行调整。"
    )
