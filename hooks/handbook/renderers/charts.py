"""Charts as inline SVG, drawn without any library: colours come from the style sheet, every chart has its table."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from handbook.composition.chart import ChartView, Row
from handbook.renderers.gbt9704 import width_in_characters
from handbook.renderers.templating import render

_WIDTH = 420
"""Units; wider drawings get labels too small for a phone."""
_LINE, _BAR, _VALUE = 46, 15, 96
"""A row with its label above the bar, the bar, and room for the number after it."""
_TOP, _HIGH, _FOOT = 22, 130, 24
_DIGIT = 12
_SERIES = 4


def chart_figure(view: ChartView) -> str:
    """Give the figure: title, drawing, legend and table."""
    drawn = _columns(view) if view.chart.kind == "months" else _bars(view)
    return render("chart.html", view=view, svg=drawn)


def _svg(view: ChartView, height: int, body: list[Markup]) -> Markup:
    ident = f"chart-{view.chart.id}"
    return Markup(
        '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>'
    ).format(
        _WIDTH, height, ident, ident, ident, view.chart.title, ident, view.description, Markup("").join(body)
    )  # fmt: skip


def _bars(view: ChartView) -> Markup:
    """One horizontal bar a row, its label above: labels are Chinese and long."""
    body: list[Markup] = []
    for index, row in enumerate(view.rows):
        top = index * _LINE
        long = _scaled(row.values[0], view.most, _WIDTH - _VALUE)
        body.append(_text(0, top + 15, row.label, "hb-start"))
        body.append(_rect(0, top + 21, long, _BAR, 1))
        body.append(_text(long + 6, top + 21 + _BAR - 3, _value(row, 0, view), "hb-start"))
    return _svg(view, max(len(view.rows) * _LINE, _LINE), body)


def _columns(view: ChartView) -> Markup:
    """Months side by side; several metrics stand beside each other in each month."""
    step = _WIDTH / max(len(view.rows), 1)
    wide = min(step * 0.8 / max(len(view.series), 1), 30.0)
    longest = max((width_in_characters(text) for row in view.rows for text in row.texts), default=0)
    labelled = longest * _DIGIT <= wide + 4
    base = _TOP + _HIGH
    body = [Markup('<line class="hb-axis" x1="0" y1="{}" x2="{}" y2="{}"/>').format(base, _WIDTH, base)]
    if not labelled and view.most:
        # without numbers on the bars a line says how high the highest is
        body.append(Markup('<line class="hb-grid" x1="0" y1="{}" x2="{}" y2="{}"/>').format(_TOP, _WIDTH, _TOP))
        body.append(_text(0, _TOP - 6, f"最高{_highest(view)}{view.unit}", "hb-start"))
    for index, row in enumerate(view.rows):
        middle = step * index + step / 2
        start = middle - wide * len(row.values) / 2
        for number, value in enumerate(row.values):
            high, at = _scaled(value, view.most, _HIGH), start + wide * number
            body.append(_rect(at + 1, base - high, wide - 2, high, number + 1))
            if labelled:
                body.append(_text(at + wide / 2, base - high - 5, row.texts[number] or "…", ""))
        body.append(_text(middle, base + 17, row.label.removesuffix("月"), ""))
    return _svg(view, base + _FOOT, body)


def _highest(view: ChartView) -> str:
    """The text of the largest value."""
    found = ((value, text) for row in view.rows for value, text in zip(row.values, row.texts, strict=True))
    return max(((value, text) for value, text in found if value is not None), default=(Decimal(0), ""))[1]


def _scaled(value: Decimal | None, most: Decimal, room: int) -> float:
    return round(float((value or Decimal(0)) / most) * room, 1) if most else 0.0


def _value(row: Row, number: int, view: ChartView) -> str:
    return f"{row.texts[number]}{view.unit}" if row.texts[number] else "没有数"


def _rect(x: float, y: float, width: float, height: float, series: int) -> Markup:
    kind = "hb-bar" if series == 1 else f"hb-bar hb-bar--{min(series, _SERIES)}"
    return Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
        kind, x, y, max(width, 0.0), max(height, 0.0)
    )


def _text(x: float, y: float, text: str, kind: str) -> Markup:
    named = Markup(' class="{}"').format(kind) if kind else Markup("")
    return Markup('<text{} x="{:.1f}" y="{:.1f}">{}</text>').format(named, x, y, text)
