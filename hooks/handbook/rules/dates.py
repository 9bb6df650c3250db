"""Dates of pages and reports: what was reviewed lies behind us, what is due lies after it, a report is drawn up afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.loading.yaml_events import KeyPath
from handbook.model.base import PageMeta, Reviewed
from handbook.rules.context import Context
from handbook.rules.walk import walk

_QUARTER_ENDS = {"H1": 6, "H2": 12, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12}


def dates_are_in_order(context: Context) -> Iterator[Diagnostic]:
    """Check dates against each other."""
    for name, meta in _metas(context):
        if meta.review_by and meta.review_by <= meta.reviewed.date:
            said = f"下次复核 {meta.review_by} 不在本次复核 {meta.reviewed.date} 之后"
            yield context.say(name, ("review_by",), said, "请改成以后的日期，或删去这个键")
    for report in context.library.reports.values():
        end = last_day(report.period)
        if report.as_of < end:
            said = f"取数日 {report.as_of} 早于期间 {report.period} 的最后一天 {end}"
            yield context.say(
                f"reports/{report.id}", ("as_of",), said, "请改成期间结束以后的日期，或改用已经结束的期间"
            )
    for (unit, ledger, year), file in context.library.record_files.items():
        for index, period in enumerate(file.complete):
            if not period.startswith(year):
                said = f"期间 {period} 不在 {year} 年，这份文件只记 {year} 年"
                name = f"records/{unit}/{ledger}/{year}"
                yield context.say(name, ("complete", index), said, f"请写进 {period[:4]}.yml，或改正年份")


def nothing_is_ahead(context: Context, today: dt.date) -> Iterator[Diagnostic]:
    """Check that no review is dated after today; asked by the check alone, since a site may be built as of an older day."""
    for kind, item in context.library.objects():
        for at, value in walk(item):
            if isinstance(value, Reviewed):
                yield from _ahead(context, f"{kind.section}/{item.id}", (*at, "date"), value.date, today)
    for page in context.library.pages.values():
        if not page.owner:
            yield from _ahead(context, f"pages/{page.uri}", ("reviewed", "date"), page.meta.reviewed.date, today)


def last_day(period: str) -> dt.date:
    """Give the last day of ``2026``, ``2026-H1``, ``2026-Q3`` or ``2026-09``."""
    year, part = max(int(period[:4]), 1), period[5:]
    month = _QUARTER_ENDS.get(part) or (int(part) if part else 12)
    return dt.date(year, 12, 31) if month == 12 else dt.date(year, month + 1, 1) - dt.timedelta(days=1)


def _metas(context: Context) -> Iterator[tuple[str, PageMeta]]:
    for kind, item in context.library.objects():
        if isinstance(item, PageMeta):
            yield f"{kind.section}/{item.id}", item
    for page in context.library.pages.values():
        if not page.owner:
            yield f"pages/{page.uri}", page.meta


def _ahead(context: Context, name: str, at: KeyPath, date: dt.date, today: dt.date) -> Iterator[Diagnostic]:
    if date > today:
        yield context.say(name, at, f"复核日期 {date} 还没有到（今天是 {today}）", "请写实际复核的那一天")
