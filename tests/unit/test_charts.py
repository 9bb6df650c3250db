"""Charts: the figures of the ledger as bars with their table; nothing for the eye alone."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from decimal import Decimal
from pathlib import Path

import pytest

from handbook.composition.chart import ChartView, compose_chart
from handbook.composition.figures import Figures
from handbook.model.report import Chart
from handbook.renderers.charts import chart_figure

sys.path.insert(0, str(Path(__file__).parent))
from figure_samples import library, metric, record

METRICS = (
    metric("held", "count", where=[{"column": "kind", "within": ["大会"]}]),
    metric("lectures", "count", where=[{"column": "kind", "within": ["党课"]}]),
)
RECORDS = (
    record("r-1", "2025-02-01", kind="大会"),
    record("r-2", "2025-02-02", "two", kind="大会"),
    record("r-3", "2025-05-01", "two", kind="党课"),
)


def chart(kind: str, *metrics: str, period: str = "2025-H1", **rest) -> ChartView:
    made = Chart.model_validate({"id": "one", "title": "图&一", "kind": kind, "metrics": list(metrics)})
    return compose_chart(Figures(library(METRICS, RECORDS, **rest)), made, "committee", period)


def test_months():
    view = chart("months", "held", "lectures")
    assert [(row.label, row.texts) for row in view.rows][1] == ("2月", ("2", "0"))
    assert len(view.rows) == 6
    assert view.series == ("指标held", "指标lectures")


def test_parts_and_units():
    assert [(row.label, row.texts) for row in chart("parts", "held", "lectures").rows] == [
        ("指标held", ("2",)),
        ("指标lectures", ("1",)),
    ]
    assert [(row.label, row.texts) for row in chart("units", "held").rows] == [
        ("one", ("1",)),
        ("three", ("0",)),
        ("two", ("1",)),
    ]


@pytest.mark.parametrize("kind", ["months", "parts", "units"])
def test_the_drawing_is_sound_and_said_in_words(kind):
    html = chart_figure(chart(kind, "held"))
    (svg,) = re.findall(r"<svg viewBox.*?</svg>", html, re.DOTALL)
    drawn = ET.fromstring(svg)
    assert drawn.get("role") == "img"
    title, description = drawn[0], drawn[1]
    assert (title.tag, title.text) == ("title", "图&一")
    assert drawn.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert "committee2025年上半年" in description.text
    assert "<table" in html
    assert "style=" not in html
    assert "fill=" not in html, "colours come from the style sheet"
    assert "\n\n" not in html, "Markdown would end the figure at a blank line"


def test_bars_stand_in_proportion():
    view = chart("months", "held", "lectures")
    heights = [
        float(item)
        for item in re.findall(r'<rect class="hb-bar"[^>]*height="([\d.]+)"', chart_figure(view))
        if item != "10"
    ]
    assert max(heights) == 130.0
    assert heights[1] == 130.0
    assert heights[0] == 0.0


def test_what_is_missing_is_no_bar_and_no_zero():
    view = chart("parts", "held", complete={})
    assert view.rows[0].texts == ("",)
    assert "没有数" in view.description
    assert "没有数" in chart_figure(view)


def test_where_numbers_find_no_room_the_highest_is_named():
    crowded = chart_figure(chart("months", "held", "lectures", "held", "lectures", period="2025"))
    assert "最高" not in crowded, "one digit fits"
    amounts = Chart.model_validate({"id": "dues", "title": "党费", "kind": "months", "metrics": ["dues"]})
    dues = metric("dues", "sum", column="money", unit="元")
    rows = (record("r-1", "2025-02-01", money=Decimal("12345.60")),)
    view = compose_chart(Figures(library([dues], rows)), amounts, "committee", "2025")
    assert "最高12345.60元" in chart_figure(view)
