"""Metrics worked out from ledger records: each figure with its formula and the rows behind it.

A figure is missing (None) where a unit has no ledger for the period; 0 is given only where every ledger that
could hold a record is declared complete for the period. Rates round half up to 0.1 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from handbook.composition.periods import bounds, covers, months, words
from handbook.model.ledger import Record, Unit
from handbook.model.library import Library
from handbook.model.report import UNIT_COLUMN, Metric

_MEASURES = {
    "count": "符合条件的记录数",
    "sum": "符合条件的记录里“{column}”栏相加",
    "distinct": "符合条件的记录里不同的{column}个数",
    "latest": "每个成员截至期末的最后一条记录里符合条件的人数",
}


@dataclass(frozen=True, slots=True)
class FigureValue:
    """A metric for one unit and one period."""

    metric: Metric
    unit: str
    period: str
    value: Decimal | None
    formula: str
    """How it was worked out, in words."""
    rows: tuple[Record, ...] = ()
    missing: str = ""
    """Why there is no value."""
    undeclared: tuple[str, ...] = ()
    """Units whose ledger is not declared complete for the period."""
    inputs: tuple[FigureValue, ...] = ()
    """Numerator and denominator of a rate."""

    @property
    def text(self) -> str:
        """The figure as printed, without its unit; rates always with one decimal."""
        if self.value is None:
            return ""
        if self.metric.measure == "rate":
            return f"{self.value:.1f}"
        return f"{self.value.normalize():f}"


class Figures:
    """Works figures out and remembers them; made once per build."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._records: dict[tuple[str, str], list[Record]] = {}
        for record in sorted(library.records, key=lambda item: (item.date, item.path, item.index)):
            self._records.setdefault((record.unit, record.ledger), []).append(record)
        self._known: dict[tuple[str, str, str], FigureValue] = {}

    def figure(self, metric_id: str, unit: str, period: str) -> FigureValue:
        """Give one figure; the ids must exist."""
        key = (metric_id, unit, period)
        if key not in self._known:
            metric = self.library.metrics[metric_id]
            work = self._rate if metric.measure == "rate" else self._counted
            self._known[key] = work(metric, unit, period)
        return self._known[key]

    def keepers(self, unit: str) -> tuple[Unit, ...]:
        """Give the units that keep ledgers under a unit: its branches, or itself."""
        below = [item for item in self.library.units.values() if unit in self._line(item)]
        branches = tuple(item for item in below if item.level == "branch")
        return branches or (self.library.units[unit],)

    def _line(self, unit: Unit) -> Iterator[str]:
        """The unit and those above it; a circle ends the walk."""
        seen: set[str] = set()
        here: Unit | None = unit
        while here is not None and here.id not in seen:
            seen.add(here.id)
            yield here.id
            here = self.library.units.get(here.parent) if here.parent else None

    def _rate(self, metric: Metric, unit: str, period: str) -> FigureValue:
        above = self.figure(str(metric.numerator), unit, period)
        below = self.figure(str(metric.denominator), unit, period)
        titles = f"{above.metric.title} ÷ {below.metric.title}"
        undeclared = tuple(sorted({*above.undeclared, *below.undeclared}))
        inputs = (above, below)
        if above.value is None or below.value is None:
            missing = above.missing or below.missing
            return FigureValue(metric, unit, period, None, titles, (), missing, undeclared, inputs)
        if below.value == 0:
            return FigureValue(metric, unit, period, None, titles, (), "分母是0，不能算比率", undeclared, inputs)
        value = (above.value * 100 / below.value).quantize(Decimal("0.1"), ROUND_HALF_UP)
        formula = f"{titles} = {above.text} ÷ {below.text}，四舍五入到0.1%"
        return FigureValue(metric, unit, period, value, formula, above.rows, "", undeclared, inputs)

    def _counted(self, metric: Metric, unit: str, period: str) -> FigureValue:
        ledger = self.library.ledgers[str(metric.ledger)]
        titles = {column.id: column.title for column in ledger.columns}
        conditions = "，".join(f"{titles[c.column]}为{'或'.join(c.within)}" for c in metric.where)
        titles[UNIT_COLUMN] = "单位"
        how = _MEASURES[metric.measure].format(column=titles.get(metric.column or "", ""))
        formula = f"{ledger.title}，{words(period)}{'，' + conditions if conditions else ''}：{how}"
        keepers = self.keepers(unit)
        years = {str(year) for year, _ in months(period)}
        absent = [
            keeper.short
            for keeper in keepers
            if not any((keeper.id, ledger.id, year) in self.library.record_files for year in years)
        ]
        if absent:
            missing = f"{'、'.join(absent)}没有{words(period)}的{ledger.title}"
            return FigureValue(metric, unit, period, None, formula, (), missing, tuple(absent))
        undeclared = tuple(keeper.short for keeper in keepers if not self._complete(keeper.id, ledger.id, period))
        rows = tuple(self._rows(metric, keepers, ledger.id, period))
        value = _measure(metric, rows)
        if value == 0 and undeclared:
            missing = f"{'、'.join(undeclared)}的{ledger.title}没有声明{words(period)}已记齐，不能写0"
            return FigureValue(metric, unit, period, None, formula, (), missing, undeclared)
        return FigureValue(metric, unit, period, value, formula, rows, "", undeclared)

    def _complete(self, unit: str, ledger: str, period: str) -> bool:
        years = {str(year) for year, _ in months(period)}
        files = [self.library.record_files.get((unit, ledger, year)) for year in years]
        return covers([declared for file in files if file for declared in file.complete], period)

    def _rows(self, metric: Metric, keepers: tuple[Unit, ...], ledger: str, period: str) -> Iterator[Record]:
        first, last = bounds(period)
        for keeper in keepers:
            records = self._records.get((keeper.id, ledger), [])
            if metric.measure == "latest":
                final: dict[object, Record] = {}
                for record in records:
                    if record.date <= last:
                        final[record.values.get(str(metric.column))] = record
                chosen = [record for code, record in final.items() if code is not None]
            else:
                chosen = [record for record in records if first <= record.date <= last]
            yield from (record for record in chosen if _fulfils(record, metric))


def _fulfils(record: Record, metric: Metric) -> bool:
    return all(record.values.get(condition.column) in condition.within for condition in metric.where)


def _measure(metric: Metric, rows: tuple[Record, ...]) -> Decimal:
    if metric.measure == "count":
        return Decimal(len(rows))
    column = str(metric.column)
    if metric.measure == "sum":
        return sum((Decimal(str(row.values[column])) for row in rows if column in row.values), Decimal(0))
    codes: set[object] = set()
    for row in rows:
        cell = row.unit if column == UNIT_COLUMN else row.values.get(column)
        codes.update(cell if isinstance(cell, tuple) else () if cell is None else (cell,))
    return Decimal(len(codes))


def parts_problem(figures: Figures, metric: Metric, unit: str, period: str) -> str:
    """Say how the parts of a metric fail to make up the whole; empty when they agree or something is missing."""
    whole = figures.figure(metric.id, unit, period)
    parts = [figures.figure(part, unit, period) for part in metric.parts]
    values = [part.value for part in parts]
    if not parts or whole.value is None or None in values:
        return ""
    total = sum((value for value in values if value is not None), Decimal(0))
    if total == whole.value:
        return ""
    counted = Counter(row.id for part in parts for row in part.rows)
    expected = Counter(row.id for row in whole.rows)
    stray = sorted(ident for ident in counted | expected if counted[ident] != expected[ident])
    rows = f"；两边不同的记录：{'、'.join(stray[:10])}" if stray else ""
    said = " + ".join(f"{part.metric.title}{part.text}" for part in parts)
    return f"{words(period)}{metric.title}{whole.text}，各部分之和却是 {said} = {total.normalize():f}{rows}"


def by_unit(rows: tuple[Record, ...], units: Mapping[str, Unit]) -> tuple[tuple[Unit, tuple[Record, ...]], ...]:
    """Group rows by unit, in the order of units."""
    groups: dict[str, list[Record]] = {}
    for row in rows:
        groups.setdefault(row.unit, []).append(row)
    return tuple((units[unit], tuple(group)) for unit, group in sorted(groups.items()))
