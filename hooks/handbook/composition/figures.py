"""Metrics worked out from ledger records: each figure with its formula and the rows behind it.

A figure is missing (None) where a unit has no ledger for the period; 0 is given only where every ledger that
could hold a record is declared complete for the period. Rates round half up to 0.1 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from handbook.composition.measures import in_words, measured, rate_of
from handbook.composition.periods import bounds, months, words
from handbook.composition.record_index import RecordIndex
from handbook.model.ledger import Ledger, Record, Unit
from handbook.model.library import Library
from handbook.model.report import Metric, Outside

MONEY = "元"


@dataclass(frozen=True, slots=True)
class FigureValue:
    """A metric for one unit and one period."""

    metric: Metric
    unit: str
    period: str
    value: Decimal | None
    rows: tuple[Record, ...] = ()
    missing: str = ""
    """Why there is no value."""
    undeclared: tuple[str, ...] = ()
    """Units whose ledger is not declared complete for the period."""
    inputs: tuple[FigureValue, ...] = ()
    """Numerator and denominator of a rate."""
    ledger: Ledger | None = None
    outside: Outside | None = None

    @property
    def text(self) -> str:
        """The figure as printed, without its unit; rates always with one decimal."""
        if self.value is None:
            return ""
        if self.metric.measure == "rate":
            return f"{self.value:.1f}"
        return printed(self.value, self.metric)

    @property
    def formula(self) -> str:
        """How it was worked out, in words; put together only where somebody reads it."""
        if self.inputs:
            above, below = self.inputs
            titles = f"{above.metric.title} ÷ {below.metric.title}"
            return titles if self.value is None else f"{titles} = {above.text} ÷ {below.text}，四舍五入到0.1%"
        if self.outside:
            return f"不在台账里，来源：{self.outside.source}（{self.outside.note}）"
        if self.ledger is None:
            return "不在台账里，由报告写明数值和来源"
        conditions, how = in_words(self.metric, self.ledger)
        return f"{self.ledger.title}，{words(self.period)}{'，' + conditions if conditions else ''}：{how}"


class Figures:
    """Works figures out and remembers them; made once per build."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.index = RecordIndex(library)
        self._known: dict[tuple[str, str, str], FigureValue] = {}
        self._lacks: dict[tuple[str, str, str], tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._outside = {
            (item.metric, report.unit, report.period): item
            for report in library.reports.values()
            for item in report.outside
        }

    def figure(self, metric_id: str, unit: str, period: str) -> FigureValue:
        """Give one figure; the ids must exist."""
        key = (metric_id, unit, period)
        known = self._known.get(key)
        if known is None:
            metric = self.library.metrics[metric_id]
            work = {"rate": self._rate, "outside": self._named}.get(metric.measure, self._counted)
            known = self._known[key] = work(metric, unit, period)
        return known

    def keepers(self, unit: str, ledger: str = "") -> tuple[Unit, ...]:
        """Give the units under a unit that keep a ledger; without ledger its branches, or itself."""
        return self.index.keepers(unit, ledger)

    def _rate(self, metric: Metric, unit: str, period: str) -> FigureValue:
        above = self.figure(str(metric.numerator), unit, period)
        below = self.figure(str(metric.denominator), unit, period)
        undeclared = tuple(sorted({*above.undeclared, *below.undeclared}))
        inputs = (above, below)
        if above.value is None or below.value is None:
            missing = above.missing or below.missing
            return FigureValue(metric, unit, period, None, (), missing, undeclared, inputs)
        if below.value == 0:
            return FigureValue(metric, unit, period, None, (), "分母是0，不能算比率", undeclared, inputs)
        value = rate_of(above.value, below.value)
        return FigureValue(metric, unit, period, value, above.rows, "", undeclared, inputs)

    def _named(self, metric: Metric, unit: str, period: str) -> FigureValue:
        found = self._outside.get((metric.id, unit, period))
        if found is None:
            return FigureValue(metric, unit, period, None, (), "这个数不在台账里，报告还没有写明数值和来源")
        return FigureValue(metric, unit, period, found.value, outside=found)

    def _counted(self, metric: Metric, unit: str, period: str) -> FigureValue:
        ledger = self.library.ledgers[str(metric.ledger)]
        keepers = self.index.keepers(unit, ledger.id)
        if not keepers:
            missing = f"{self.library.units[unit].short}没有{ledger.title}"
            return FigureValue(metric, unit, period, None, (), missing, ledger=ledger)
        absent, undeclared = self._lacking(unit, ledger.id, period)
        # nobody is bound to keep a ledger of any level: those who kept it in another year only make the figure uncertain
        lacking = len(absent) == len(keepers) if ledger.level == "any" else bool(absent)
        if lacking:
            missing = f"{'、'.join(absent)}没有{words(period)}的{ledger.title}"
            return FigureValue(metric, unit, period, None, (), missing, absent, ledger=ledger)
        rows = tuple(row for keeper in keepers for row in self._rows(metric, ledger, keeper.id, period))
        value = measured(metric, ledger, rows)
        if value == 0 and undeclared:
            missing = f"{'、'.join(undeclared)}的{ledger.title}没有声明{words(period)}已记齐，不能写0"
            return FigureValue(metric, unit, period, None, (), missing, undeclared, ledger=ledger)
        return FigureValue(metric, unit, period, value, rows, "", undeclared, ledger=ledger)

    def _lacking(self, unit: str, ledger: str, period: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give who has no file for the period, and who does not declare it complete; every metric of the ledger asks."""
        key = (unit, ledger, period)
        known = self._lacks.get(key)
        if known is None:
            keepers, files = self.index.keepers(unit, ledger), self.library.record_files
            years = {str(year) for year, _ in months(period)}
            known = self._lacks[key] = (
                tuple(k.short for k in keepers if not any((k.id, ledger, year) in files for year in years)),
                tuple(k.short for k in keepers if not self.index.complete(k.id, ledger, period)),
            )
        return known

    def _rows(self, metric: Metric, ledger: Ledger, keeper: str, period: str) -> Iterator[Record]:
        if metric.measure == "latest":
            last = self.index.last_of_each(keeper, ledger.id, str(metric.column), bounds(period)[1])
            yield from self.index.only(last, metric.where)
        elif metric.measure == "closing":
            found = [
                row
                for row in self.index.up_to(keeper, ledger, metric.where, bounds(period)[1], metric.id)
                if metric.column in row.values
            ]
            yield from found[-1:]
        else:
            yield from self.index.of_period(keeper, ledger, metric.where, period, metric.id)


def printed(value: Decimal, metric: Metric) -> str:
    """Give a value as printed: money to the 分 where it is no whole number of 元."""
    if metric.unit == MONEY and value != value.to_integral_value():
        return f"{value:.2f}"
    return plain(value)


def plain(value: Decimal) -> str:
    """Give a number without needless zeros and without an exponent."""
    return f"{value.normalize():f}"
