"""Charts of a genre filled for one unit and period: labels and values, ready to be drawn and to be put in a table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from handbook.composition.figures import Figures, FigureValue
from handbook.composition.order import natural
from handbook.composition.periods import parts_of, words
from handbook.model.report import Chart


@dataclass(frozen=True, slots=True)
class Row:
    """One label with a value for each series; None where the figure is missing."""

    label: str
    values: tuple[Decimal | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartView:
    """What a chart shows."""

    chart: Chart
    series: tuple[str, ...]
    unit: str
    """量词 of all values."""
    rows: tuple[Row, ...]
    whole: str
    """The unit and period in words."""

    @property
    def most(self) -> Decimal:
        """The largest value; 0 where there is none."""
        return max((value for row in self.rows for value in row.values if value is not None), default=Decimal(0))

    @property
    def description(self) -> str:
        """The chart in one sentence, for those who do not see it."""
        parts = (f"{row.label}{'、'.join(_said(text, self.unit) for text in row.texts)}" for row in self.rows)
        return f"{self.whole}。{'；'.join(parts)}。"


def compose_chart(figures: Figures, chart: Chart, unit: str, period: str) -> ChartView:
    """Give a chart for one unit and period."""
    library = figures.library
    metrics = [library.metrics[ident] for ident in chart.metrics]
    series = tuple(metric.title for metric in metrics)
    if chart.kind == "months":
        rows = tuple(
            _row(words(month).partition("年")[2], [figures.figure(ident, unit, month) for ident in chart.metrics])
            for month in parts_of(period)
        )
    elif chart.kind == "parts":
        found = [figures.figure(ident, unit, period) for ident in chart.metrics]
        rows, series = tuple(_row(item.metric.title, [item]) for item in found), (chart.title,)
    else:
        below = sorted(figures.keepers(unit), key=lambda item: natural(item.id))
        rows = tuple(_row(item.short, [figures.figure(chart.metrics[0], item.id, period)]) for item in below)
    whole = f"{library.units[unit].short}{words(period)}"
    return ChartView(chart, series, metrics[0].unit if metrics else "", rows, whole)


def _row(label: str, found: list[FigureValue]) -> Row:
    return Row(label, tuple(item.value for item in found), tuple(item.text for item in found))


def _said(text: str, unit: str) -> str:
    return f"{text}{unit}" if text else "没有数"
