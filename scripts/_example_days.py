"""Chance and the calendar of the invented example: the same seed gives the same draws and days on every machine.

Of `random` only `Random(text).random()` is used, the one call whose sequence Python promises to keep.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")

_OFF = {
    2023: ("0101-0102", "0121-0127", "0405-0405", "0429-0503", "0622-0624", "0929-1006"),
    2024: ("0101-0101", "0210-0217", "0404-0406", "0501-0505", "0610-0610", "0915-0917", "1001-1007"),
    2025: ("0101-0101", "0128-0204", "0404-0406", "0501-0505", "0531-0602", "1001-1008"),
}
"""Days off; the make-up days at week-ends are left alone: nobody calls a meeting on them."""
_USUAL = ("0101-0101", "0404-0406", "0501-0505", "1001-1007")


class Dice:
    """Draws that depend on the seed and a name only, so that one ledger can change without moving the others."""

    def __init__(self, seed: int, *name: object) -> None:
        self._next = random.Random("/".join(map(str, (seed, *name)))).random  # noqa: S311 - invented data, no secret

    def below(self, number: int) -> int:
        """Give 0 … number - 1."""
        return int(self._next() * number)

    def between(self, least: int, most: int) -> int:
        """Give least … most, both included."""
        return least + self.below(most - least + 1)

    def chance(self, percent: float) -> bool:
        """Tell whether something happens that happens this often."""
        return self._next() * 100 < percent

    def one(self, items: Sequence[T]) -> T:
        """Give one of them."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[tuple[T, int]]) -> T:
        """Give one of them, the heavier the more often."""
        at = self._next() * sum(weight for _, weight in items)
        for item, weight in items:
            at -= weight
            if at < 0:
                return item
        return items[-1][0]

    def mixed(self, items: Iterable[T]) -> list[T]:
        """Give them all in another order."""
        left = list(items)
        for last in range(len(left) - 1, 0, -1):
            other = self.below(last + 1)
            left[last], left[other] = left[other], left[last]
        return left

    def some(self, items: Sequence[T], number: int) -> list[T]:
        """Give so many of them (or all), in their own order."""
        chosen = set(self.mixed(range(len(items)))[:number])
        return [item for at, item in enumerate(items) if at in chosen]


class Deck(Generic[T]):
    """Texts dealt like cards: none comes again before all have been dealt."""

    def __init__(self, dice: Dice, cards: Sequence[T]) -> None:
        self._dice, self._cards = dice, tuple(cards)
        self._left: list[T] = []

    def deal(self, fits: Callable[[T], bool] = lambda _: True) -> T:
        """Give the next card that fits; one must."""
        for again in (False, True):
            if again or not self._left:
                self._left = [*self._left, *self._dice.mixed(self._cards)]
            for at, card in enumerate(self._left):
                if fits(card):
                    return self._left.pop(at)
        raise LookupError("牌里没有合适的一张")


_SEASONS = (
    ("全年工作总结|年度总结|全年工作报告|党费收支", (12,)), ("半年", (6, 7)), ("下年", (11, 12)), ("年度计划|全年工作安排|支部计划提", (1, 2)),
    ("组织生活会|民主评议", (1, 2, 3)), ("高考|考点", (6,)), ("植树", (3,)), ("扫墓|祭扫", (4,)), ("抢收", (5, 6, 9, 10)),
    ("雪", (1, 2, 12)), ("防汛|防溺水|巡河", (5, 6, 7, 8, 9)), ("国庆", (9, 10)), ("重阳", (10,)), ("春运", (1, 2)), ("暑期", (7, 8)),
    ("毕业季", (6,)), ("秸秆", (5, 6, 9, 10)), ("雷锋", (3,)), ("春耕", (3, 4)), ("两会", (3,)), ("述职", (1, 11, 12)),
    ("年度党建工作要点|年度重点工作", (1, 2, 3)), ("先进推荐|推荐先进|优秀党员人选", (5, 6)), ("节前", (1, 4, 9, 12)), ("慰问名单", (1, 6, 12)),
    ("民主测评", (1, 2, 3)), ("支部计划完成", (6, 9, 12)), ("三季度", (9, 10)), ("退休前", (3, 5, 8, 11)), ("儿童周末|护学", (3, 4, 5, 9, 10, 11)),
    ("转正前|评为先进后", (4, 7, 10)), ("春季", (3, 4)), ("秋季", (9, 10, 11)), ("培养考察", (2, 6, 8, 12)), ("水稻", (6, 7, 8)),
)  # fmt: skip
"""Words that belong to some months only."""


def in_season(text: str, month: int) -> bool:
    """Tell whether a text can stand in a month: nobody plants trees in July or sums up the year in April."""
    return all(month in months for words, months in _SEASONS if any(word in text for word in words.split("|")))


def season(month: int) -> Callable[[str], bool]:
    """Give the test of a month, for dealing cards."""
    return lambda text: in_season(text, month)


def is_workday(day: dt.date) -> bool:
    """Tell whether offices are open; week-ends never count, whatever the make-up days."""
    return day.weekday() < 5 and day not in _days_off(day.year)


def workday(day: dt.date) -> dt.date:
    """Give the day itself or the next working day."""
    while not is_workday(day):
        day += dt.timedelta(1)
    return day


def after(day: dt.date, number: int) -> dt.date:
    """Give the working day so many days later, or the next one."""
    return workday(day + dt.timedelta(number))


def in_month(dice: Dice, year: int, month: int, first: int = 1, last: int = 31) -> dt.date:
    """Give a working day of a month between two days of it."""
    end = min(last, calendar.monthrange(year, month)[1])
    open_days = [day for n in range(first, end + 1) if is_workday(day := dt.date(year, month, n))]
    return dice.one(open_days) if open_days else _last_open(dt.date(year, month, end))


def month_end(year: int, month: int) -> dt.date:
    """Give the last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def year_later(day: dt.date, months: int = 12) -> dt.date:
    """Give the same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _last_open(day: dt.date) -> dt.date:
    while not is_workday(day):
        day -= dt.timedelta(1)
    return day


def _days_off(year: int) -> frozenset[dt.date]:
    if year not in _KNOWN:
        found: set[dt.date] = set()
        for span in _OFF.get(year, _USUAL):
            first, last = (dt.date(year, int(part[:2]), int(part[2:])) for part in span.split("-"))
            found.update(first + dt.timedelta(n) for n in range((last - first).days + 1))
        _KNOWN[year] = frozenset(found)
    return _KNOWN[year]


_KNOWN: dict[int, frozenset[dt.date]] = {}
