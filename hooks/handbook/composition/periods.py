"""Periods: ``2026``, ``2026-H1``, ``2026-Q3``, ``2026-09``; bounds included."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

_HALF = {"H1": (1, 6), "H2": (7, 12)}


@lru_cache(maxsize=512)
def months(period: str) -> frozenset[tuple[int, int]]:
    """Give the (year, month) pairs that a period covers."""
    year, _, part = period.partition("-")
    if not part:
        first, last = 1, 12
    elif part in _HALF:
        first, last = _HALF[part]
    elif part.startswith("Q"):
        first = 3 * int(part[1]) - 2
        last = first + 2
    else:
        first = last = int(part)
    return frozenset((int(year), month) for month in range(first, last + 1))


@lru_cache(maxsize=512)
def in_order(period: str) -> tuple[tuple[int, int], ...]:
    """Give the same in their order."""
    return tuple(sorted(months(period)))


@lru_cache(maxsize=512)
def bounds(period: str) -> tuple[dt.date, dt.date]:
    """Give the first and the last day."""
    covered = sorted(months(period))
    (first_year, first_month), (last_year, last_month) = covered[0], covered[-1]
    last_day = calendar.monthrange(last_year, last_month)[1]
    return dt.date(first_year, first_month, 1), dt.date(last_year, last_month, last_day)


def covers(declared: Iterable[str], period: str) -> bool:
    """Tell whether the declared periods together cover the whole period."""
    have: set[tuple[int, int]] = set()
    for item in declared:
        have |= months(item)
    return months(period) <= have


def words(period: str) -> str:
    """Give ``2025年``, ``2025年上半年``, ``2025年第三季度``, ``2025年9月``."""
    year, _, part = period.partition("-")
    if not part:
        return f"{year}年"
    if part in _HALF:
        return f"{year}年{'上' if part == 'H1' else '下'}半年"
    if part.startswith("Q"):
        return f"{year}年第{'一二三四'[int(part[1]) - 1]}季度"
    return f"{year}年{int(part)}月"


def same_last_year(period: str) -> str:
    """Give the period a year before (同比)."""
    year, mark, part = period.partition("-")
    return f"{int(year) - 1}{mark}{part}"


def one_before(period: str) -> str:
    """Give the period just before, of the same length (环比)."""
    year, _, part = period.partition("-")
    if not part:
        return str(int(year) - 1)
    kind, number = (part[0], int(part[1:])) if part[0] in "HQ" else ("", int(part))
    last = {"H": 2, "Q": 4, "": 12}[kind]
    year, number = (year, number - 1) if number > 1 else (str(int(year) - 1), last)
    return f"{year}-{kind}{number}" if kind else f"{year}-{number:02}"


def parts_of(period: str) -> tuple[str, ...]:
    """Give the months of a period in their order, as periods."""
    return tuple(f"{year}-{month:02}" for year, month in sorted(months(period)))


def yearly(period: str) -> bool:
    """Tell whether the period is a whole year."""
    return "-" not in period
