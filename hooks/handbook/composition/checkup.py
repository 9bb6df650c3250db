"""台账体检: the ledgers held against the recurring duties, unit by unit and period by period.

What is counted are records, and only where the clerk declared a period complete can something be short. The words are
those of the clause: less than 一般 is 少于一般频次, never more than that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from handbook.composition.figures import Figures
from handbook.composition.order import natural
from handbook.composition.periods import bounds, parts_of, words
from handbook.model.base import Strength
from handbook.model.duty import Duty
from handbook.model.ledger import Ledger, Unit
from handbook.model.report import Condition

State = Literal["held", "short", "open", "absent", "future"]

SHORT_WORDS: Mapping[Strength, str] = {
    "must": "少于要求次数", "usual": "少于一般频次", "principle": "少于原则上的次数", "may": "少于建议次数",
}  # fmt: skip
STATE_WORDS: Mapping[State, str] = {
    "held": "已做到", "short": "次数不够", "open": "没有记录（待填）", "absent": "不适用", "future": "还没到",
}  # fmt: skip
_BODIES = {"支委会": "has_committee", "党小组会": "has_groups"}
"""Meetings of bodies that not every branch has."""
_ABOVE = ("党委", "工委", "党组", "上级", "机关基层党组织")
_BRANCH = ("支部", "党小组", "党员")
_QUARTERS = ("Q1", "Q2", "Q3", "Q4")
_HALVES = ("H1", "H2")


@dataclass(frozen=True, slots=True)
class Cell:
    """A duty of a unit in one period."""

    period: str
    state: State
    count: int
    said: str
    """The state in words, with the strength where something is short."""


@dataclass(frozen=True, slots=True)
class Line:
    """A duty of a unit over the year."""

    unit: Unit
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class DutyCheck:
    """A duty with the units that have it."""

    duty: Duty
    ledger: Ledger
    theirs: bool
    """The duty of the committee, not of the branches."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class YearCheck:
    """All duties of a year that leave a record."""

    year: str
    checks: tuple[DutyCheck, ...]

    def count(self, state: State) -> int:
        """Give the number of cells in a state."""
        return sum(cell.state == state for check in self.checks for line in check.lines for cell in line.cells)


def check_years(figures: Figures, on: dt.date) -> tuple[YearCheck, ...]:
    """Give the check of each year that has records, the latest first."""
    library = figures.library
    duties = [duty for duty in library.duties.values() if duty.ledger in library.ledgers]
    ledgers = {duty.ledger for duty in duties}
    years = sorted({year for _, ledger, year in library.record_files if ledger in ledgers}, reverse=True)
    found = (YearCheck(year, tuple(_checks(figures, duties, year, on))) for year in years)
    return tuple(item for item in found if item.checks)


def shortfalls(year: YearCheck) -> tuple[tuple[Unit, tuple[tuple[Duty, tuple[Cell, ...]], ...]], ...]:
    """Give, unit by unit, the duties with periods in which something is short or not recorded."""
    found: dict[str, tuple[Unit, list[tuple[Duty, tuple[Cell, ...]]]]] = {}
    for check in year.checks:
        for line in check.lines:
            cells = tuple(cell for cell in line.cells if cell.state in ("short", "open"))
            if cells:
                found.setdefault(line.unit.id, (line.unit, []))[1].append((check.duty, cells))
    return tuple((unit, tuple(items)) for unit, items in (found[ident] for ident in sorted(found, key=natural)))


def _checks(figures: Figures, duties: Iterable[Duty], year: str, on: dt.date) -> Iterator[DutyCheck]:
    for duty in duties:
        ledger = figures.library.ledgers[str(duty.ledger)]
        for theirs in (False, True):
            units = [unit for unit in _units(figures, duty, ledger) if (unit.level != "branch") is theirs]
            lines = tuple(Line(unit, tuple(_cells(figures, duty, ledger, unit, year, on))) for unit in units)
            if lines:
                yield DutyCheck(duty, ledger, theirs, lines)


def _units(figures: Figures, duty: Duty, ledger: Ledger) -> Iterator[Unit]:
    """The units that have the duty and would record it in this ledger."""
    for unit in sorted(figures.library.units.values(), key=lambda item: natural(item.id)):
        branch = unit.level == "branch"
        named = any(word in duty.who for word in (_BRANCH if branch else _ABOVE))
        kept = ledger.level == "any" or (ledger.level == "branch") is branch
        if named and kept and (unit.level != "general-branch" or _has_file(figures, unit, ledger)):
            yield unit


def _has_file(figures: Figures, unit: Unit, ledger: Ledger) -> bool:
    return figures.index.has(unit.id, ledger.id)


def _cells(figures: Figures, duty: Duty, ledger: Ledger, unit: Unit, year: str, on: dt.date) -> Iterator[Cell]:
    where = (Condition(column=ledger.kind_column, within=duty.kinds),) if duty.kinds else ()
    for period in _periods(duty, year):
        if not _applies(duty, unit):
            yield Cell(period, "absent", 0, "不适用：没有设这个组织")
            continue
        if duty.metric and duty.of:
            yield _reached(figures, duty, unit, period, ended=bounds(period)[1] < on)
            continue
        rows = figures.index.of_period(unit.id, ledger, where, period, f"duty/{duty.id}")
        count = sum(1 for _ in rows)
        if count >= duty.times:
            yield Cell(period, "held", count, f"{count}次")
        elif bounds(period)[1] >= on:
            yield Cell(period, "future", count, f"还没到期末，已有{count}次" if count else "还没到期末")
        elif figures.index.complete(unit.id, ledger.id, period):
            yield Cell(period, "short", count, f"{count}次，{_short(duty, count)}")
        else:
            yield Cell(period, "open", count, f"记了{count}次，没有记齐（待填）" if count else STATE_WORDS["open"])


def _reached(figures: Figures, duty: Duty, unit: Unit, period: str, *, ended: bool) -> Cell:
    """What each member has to reach: held when all have, else how many have."""
    reached = figures.figure(str(duty.metric), unit.id, period).value
    whole = figures.figure(str(duty.of), unit.id, period).value
    if reached is None or whole is None:
        return Cell(period, "open" if ended else "future", 0, STATE_WORDS["open"] if ended else "还没到期末")
    count, total = int(reached), int(whole)
    if count >= total:
        return Cell(period, "held", count, f"{total}名党员都达到")
    said = f"{total}名党员中有{count}名达到"
    want = SHORT_WORDS[duty.strength].replace("频次", "要求")
    return Cell(period, "short", count, f"{said}，其余{want}") if ended else Cell(period, "future", count, said)


def _short(duty: Duty, count: int) -> str:
    """Say in the words of the clause that something is short; what only may be done is not short where nothing was done."""
    return "没有开展" if duty.strength == "may" and not count else SHORT_WORDS[duty.strength]


def _periods(duty: Duty, year: str) -> tuple[str, ...]:
    if duty.per == "year":
        return (year,)
    if duty.per == "month":
        return parts_of(year)
    return tuple(f"{year}-{part}" for part in (_HALVES if duty.per == "half" else _QUARTERS))


def _applies(duty: Duty, unit: Unit) -> bool:
    """A branch without 支委会 has no meetings of one."""
    wanted = {_BODIES[kind] for kind in duty.kinds if kind in _BODIES}
    return len(wanted) < len(duty.kinds) or not wanted or all(getattr(unit, flag) for flag in wanted)


def period_label(period: str) -> str:
    """Give 3月, 第二季度, 全年: without the year."""
    return words(period).partition("年")[2] or "全年"
