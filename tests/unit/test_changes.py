"""Comparisons in words, the period before, and sentences from which an empty clause goes."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from handbook.composition.changes import change
from handbook.composition.clauses_left_out import without_empty
from handbook.composition.figures import Figures
from handbook.composition.periods import one_before, parts_of, same_last_year

sys.path.insert(0, str(Path(__file__).parent))
from figure_samples import library, metric, record


def figures(before: int, after: int, *, half: bool = False) -> Figures:
    months = ("2024-02", "2025-02") if not half else ("2024-08", "2025-02")
    rows = [
        record(f"r-{index}-{number}", f"{month}-{number + 1:02}", kind="大会", hours=1)
        for index, (month, count) in enumerate(zip(months, (before, after), strict=True))
        for number in range(count)
    ]
    due = metric("due", "count")
    held = metric("held", "count", where=[{"column": "hours", "filled": "true"}])
    rate = metric("rate", "rate", numerator="held", denominator="due", unit="%")
    return Figures(library([due, held, rate], rows))


@pytest.mark.parametrize(
    ("before", "after", "period", "kind", "said"),
    [
        (2, 5, "2025", "同比", "比上年增加3次"),
        (5, 2, "2025-H1", "同比", "比上年同期减少3次"),
        (3, 3, "2025-02", "同比", "与上年同期持平"),
        (3, 3, "2025", "环比", "与上年持平"),
        (0, 4, "2025-H1", "同比", "比上年同期增加4次"),
        (2, 2, "2025-H1", "环比", "比上年下半年增加2次"),
        (2, 2, "2025-H2", "环比", "比上半年减少2次"),
        (2, 2, "2025-Q2", "环比", "比第一季度减少2次"),
        (2, 2, "2025-03", "环比", "比2月减少2次"),
        (2, 2, "2025-01", "环比", "与上年12月持平"),
    ],
)
def test_a_change_in_words(before, after, period, kind, said):
    assert change(figures(before, after), kind, "held", "one", period).text == said


def test_rates_change_by_percentage_points():
    rows = [record(f"r-{n}", f"2024-02-{n + 1:02}", **({"hours": 1} if n else {})) for n in range(4)]
    rows += [record(f"s-{n}", f"2025-02-{n + 1:02}", hours=1) for n in range(2)]
    due, held = metric("due", "count"), metric("held", "count", where=[{"column": "hours", "filled": "true"}])
    rate = metric("rate", "rate", numerator="held", denominator="due", unit="%")
    found = change(Figures(library([due, held, rate], rows)), "同比", "rate", "one", "2025")
    assert found.text == "比上年提高25.0个百分点"


def test_without_one_of_the_figures_there_is_nothing_to_say():
    found = change(figures(2, 2), "同比", "held", "one", "2024")
    assert (found.text, found.missing) == ("", "one没有2023年的life台账")


@pytest.mark.parametrize(
    ("period", "before", "year_before"),
    [
        ("2025", "2024", "2024"), ("2025-H1", "2024-H2", "2024-H1"), ("2025-H2", "2025-H1", "2024-H2"),
        ("2025-Q1", "2024-Q4", "2024-Q1"), ("2025-Q3", "2025-Q2", "2024-Q3"), ("2025-01", "2024-12", "2024-01"),
        ("2025-11", "2025-10", "2024-11"),
    ],
)  # fmt: skip
def test_the_period_before(period, before, year_before):
    assert (one_before(period), same_last_year(period)) == (before, year_before)


def test_a_period_in_months():
    assert parts_of("2025-Q4") == ("2025-10", "2025-11", "2025-12")


PLACE = re.compile(r"【空】")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("开会【指标：a】次，【空】。", "开会【指标：a】次。"),
        ("开会【指标：a】次，【空】；讲课【指标：b】次。", "开会【指标：a】次；讲课【指标：b】次。"),
        ("开会【指标：a】次（【空】），讲课。", "开会【指标：a】次，讲课。"),
        ("开会【指标：a】次、【空】，讲课。", "开会【指标：a】次，讲课。"),
        ("原因是【空】，措施是【栏：b】。", "措施是【栏：b】。"),
        ("【空】。讲课。", "讲课。"),
        ("没有空的，一字不动（真的）。", "没有空的，一字不动（真的）。"),
    ],
)
def test_the_clause_around_an_empty_place_goes(text, left):
    assert without_empty(text, PLACE, lambda match: True) == left
