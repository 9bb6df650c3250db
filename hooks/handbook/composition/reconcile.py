"""What must agree: parts and their whole, opening and changes and closing; for every unit and year that has data.

Only the lowest unit at which figures part is told: what is wrong in a branch is wrong in everything above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from handbook.composition.figures import Figures, FigureValue, plain
from handbook.composition.measures import codes_of
from handbook.composition.periods import words, yearly
from handbook.model.ledger import Record
from handbook.model.report import Metric

_LEVELS = {"branch": 0, "general-branch": 1, "committee": 2}
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Break:
    """Figures that do not agree."""

    metric: str
    key: str
    """``parts`` or ``balance``: where the rule stands."""
    message: str
    rows: tuple[Record, ...]
    """The rows to look at first."""


def breaks(figures: Figures) -> Iterator[Break]:
    """Give every break of the library, metric by metric."""
    library = figures.library
    units = sorted(library.units.values(), key=lambda unit: (_LEVELS[unit.level], unit.id))
    periods = {unit.id: {*figures.index.years(unit.id)} for unit in units}
    for report in library.reports.values():
        periods[report.unit].add(report.period)
    for metric in library.metrics.values():
        if not metric.parts and metric.balance is None:
            continue
        broken: set[tuple[str, str]] = set()
        for unit in units:
            for period in sorted(periods[unit.id]):
                below = {(keeper.id, period) for keeper in figures.keepers(unit.id, metric.ledger or "")}
                told = below & broken or (unit.id, period[:4]) in broken
                found = [] if told else list(_of_metric(figures, metric, unit.id, period))
                if found:
                    broken.add((unit.id, period))
                    yield from found


def parts_problem(figures: Figures, metric: Metric, unit: str, period: str) -> Break | None:
    """Say how the parts of a metric fail to make up the whole; None when they agree or something is missing."""
    whole = figures.figure(metric.id, unit, period)
    parts = [figures.figure(part, unit, period) for part in metric.parts]
    values = [part.value for part in parts if part.value is not None]
    if not parts or whole.value is None or len(values) < len(parts):
        return None
    total = sum(values, Decimal(0))
    if total == whole.value:
        return None
    counted = Counter(row.id for part in parts for row in part.rows)
    expected = Counter(row.id for row in whole.rows)
    rows = {row.id: row for figure in (whole, *parts) for row in figure.rows}
    stray = [rows[ident] for ident in sorted(counted | expected) if counted[ident] != expected[ident]]
    said = " + ".join(f"{part.metric.title}{part.text}" for part in parts)
    message = f"{_where(figures, unit, period)}{metric.title}{whole.text}，各部分之和却是 {said} = {plain(total)}"
    return Break(metric.id, "parts", message, tuple(stray))


def balance_problem(figures: Figures, metric: Metric, unit: str, period: str) -> Break | None:
    """Say how opening and changes fail to make the closing figure; a stock is opened once a year, so only for whole years."""
    if metric.balance is None or not yearly(period):
        return None
    closing = figures.figure(metric.id, unit, period)
    opening = figures.figure(metric.balance.opening, unit, period)
    plus = [figures.figure(ident, unit, period) for ident in metric.balance.plus]
    minus = [figures.figure(ident, unit, period) for ident in metric.balance.minus]
    if closing.value is None or opening.value is None or any(item.value is None for item in (*plus, *minus)):
        return None
    total = opening.value + sum((item.value or Decimal(0) for item in plus), Decimal(0))
    total -= sum((item.value or Decimal(0) for item in minus), Decimal(0))
    if total == closing.value:
        return None
    said = f"{opening.metric.title}{opening.text}"
    said += "".join(f" + {item.metric.title}{item.text}" for item in plus)
    said += "".join(f" - {item.metric.title}{item.text}" for item in minus)
    message = f"{_where(figures, unit, period)}{metric.title}{closing.text}，按增减算却是 {said} = {plain(total)}"
    return Break(metric.id, "balance", message, _unbalanced((opening, *plus), (closing, *minus)))


def _of_metric(figures: Figures, metric: Metric, unit: str, period: str) -> Iterator[Break]:
    for problem in (parts_problem(figures, metric, unit, period), balance_problem(figures, metric, unit, period)):
        if problem:
            yield problem


def _where(figures: Figures, unit: str, period: str) -> str:
    return f"{figures.library.units[unit].short}{words(period)}的"


def _unbalanced(gained: tuple[FigureValue, ...], spent: tuple[FigureValue, ...]) -> tuple[Record, ...]:
    """The rows of the members that came and did not stay, or are there and never came; all rows where none is counted."""
    weights: Counter[object] = Counter()
    rows: dict[object, list[Record]] = {}
    for sign, figures in ((1, gained), (-1, spent)):
        for figure in figures:
            column = _members(figure, spent[0])
            if not column:
                continue
            codes: list[object] = []
            for row in figure.rows:
                for code in codes_of(row, column):
                    codes.append(code)
                    rows.setdefault(code, []).append(row)
            # a count takes every row, the others each member once
            for code in codes if figure.metric.measure == "count" else dict.fromkeys(codes):
                weights[code] += sign
    odd = [code for code in sorted(weights, key=str) if weights[code]]
    found = [row for code in odd for row in rows[code]] or [row for figure in (*gained, *spent) for row in figure.rows]
    return tuple({row.id: row for row in found}.values())


def _members(figure: FigureValue, closing: FigureValue) -> str | None:
    """Give the column that names the members of a figure; counted rows of the same ledger name theirs as the stock does."""
    if figure.metric.measure in ("distinct", "latest"):
        return figure.metric.column
    same = figure.metric.measure == "count" and figure.metric.ledger == closing.metric.ledger
    return closing.metric.column if same and closing.metric.measure in ("distinct", "latest") else None


def shown(rows: tuple[Record, ...]) -> tuple[Record, ...]:
    """Give the rows that a message names: more than a few help nobody."""
    return rows[:_SHOWN]
