"""How a figure changed: 比上年同期增加3次, 比上一季度减少2次, 与上年持平, 提高1.2个百分点."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from handbook.composition.figures import Figures, FigureValue, printed
from handbook.composition.periods import one_before, same_last_year, words, yearly

_BEFORE = {"H1": "上年下半年", "H2": "上半年", "Q1": "上年第四季度", "01": "上年12月"}


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside the one it is held against."""

    current: FigureValue
    before: FigureValue
    against: str
    """上年同期, 上一季度 …"""

    @property
    def missing(self) -> str:
        """Why there is nothing to compare; empty when both figures are there."""
        return self.current.missing or self.before.missing

    @property
    def text(self) -> str:
        """The change in words, with the metric's 量词; empty where one figure is missing."""
        if self.current.value is None or self.before.value is None:
            return ""
        return f"{self.difference}" if self.difference.startswith("与") else f"比{self.against}{self.difference}"

    @property
    def difference(self) -> str:
        """增加3次 · 减少2次 · 与上年同期持平 · 提高1.2个百分点."""
        change = (self.current.value or Decimal(0)) - (self.before.value or Decimal(0))
        if change == 0:
            return f"与{self.against}持平"
        if self.current.metric.measure == "rate":
            return f"{'提高' if change > 0 else '下降'}{abs(change):.1f}个百分点"
        return (
            f"{'增加' if change > 0 else '减少'}{printed(abs(change), self.current.metric)}{self.current.metric.unit}"
        )


def change(figures: Figures, kind: Literal["同比", "环比"], metric: str, unit: str, period: str) -> Change:
    """Give how a figure changed against the same period a year before (同比) or the period just before (环比)."""
    other = same_last_year(period) if kind == "同比" else one_before(period)
    now, before = figures.figure(metric, unit, period), figures.figure(metric, unit, other)
    return Change(now, before, _against(kind, period))


def _against(kind: Literal["同比", "环比"], period: str) -> str:
    if yearly(period):
        return "上年"
    if kind == "同比":
        return "上年同期"
    part = period.partition("-")[2]
    if part in _BEFORE:
        return _BEFORE[part]
    return words(one_before(period)).partition("年")[2]
