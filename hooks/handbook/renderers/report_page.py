"""The page of a filled report: text with figures that open to their rows, gaps, and what was held back."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from handbook.composition.figures import FigureValue
from handbook.composition.periods import bounds
from handbook.composition.report import ReportView
from handbook.model.ledger import Record
from handbook.model.report import Report
from handbook.renderers.head import Status, head
from handbook.renderers.press import Page, Press
from handbook.renderers.templating import render
from handbook.renderers.to_preview import sheet_blocks
from handbook.renderers.view import View


def report_page(press: Press, report: Report) -> Page:
    """Give the page."""
    uri = f"reports/{report.id}.md"
    view = press.view(uri)
    library = press.site.library
    composed = press.site.reports[report.id]
    first, last = bounds(report.period)
    genre = library.genres[report.genre]
    status: Status = (
        ("体裁", view.link(f"reports/{genre.id}.html", genre.title)),
        ("单位", escape(library.units[report.unit].title)),
        ("期间", escape(f"{first}至{last}")),
        ("台账截至", escape(str(report.as_of))),
    )
    blocks = [
        head(view, report, status),
        _completeness(report, composed),
        render("downloads.html", view=view, items=[press.shelf[f"reports/{report.id}.docx"]]),
    ]
    blocks += ["## 底稿正文 {#text}", _sheet(view, composed)]
    if composed.todos:
        blocks += ["## 还要填什么 {#missing}", _todos(composed)]
    if composed.withheld:
        items = "\n".join(
            f"<li>{escape(_gist(held.passage.text))}<br><small>{escape('；'.join(held.reasons))}</small></li>"
            for held in composed.withheld
        )
        blocks += ["## 没有数字不成句、暂时收起的内容 {#withheld}", f'<ul class="hb hb-missing">\n{items}\n</ul>']
    blocks.append("## 数字出处 {#sources}")
    blocks.append("点开任何一个数字，都能看到它的算法和背后的台账记录。成员只有代码，没有姓名。")
    blocks.extend(_source(view, press, item.number, item.figure) for item in composed.figures)
    blocks.extend(_inputs(view, press, composed))
    body = "\n\n".join(blocks) + "\n"
    return Page(uri, report.title, report.summary, body, f"_data/reports/{report.id}.yml")


def _completeness(report: Report, composed: ReportView) -> str:
    total = composed.total or 1
    percent = f"{(composed.filled * 1000 + total // 2) // total / 10:.1f}"
    return render(
        "complete.html", report=report, filled=composed.filled, total=composed.total, percent=percent,
        todos=composed.todos, undeclared=composed.undeclared,
    )  # fmt: skip


def _todos(composed: ReportView) -> str:
    lines = [
        Markup('<li><a href="#todo-{}">{}</a><br><small>{}</small></li>').format(
            todo.id, todo.label, todo.rule or todo.hint or "由起草人填写"
        )
        for todo in composed.todos
    ]
    return str(Markup('<ul class="hb hb-missing">\n{}\n</ul>').format(Markup("\n").join(lines)))


def _sheet(view: View, composed: ReportView) -> str:
    title = Markup("\n").join(Markup('<p class="hb-sheet__title">{}</p>').format(line) for line in composed.title)
    text = sheet_blocks(view, (*composed.body, composed.signature))
    return str(Markup('<div class="hb-sheet" data-handbook="report/text">\n{}\n{}\n</div>').format(title, text))


def _inputs(view: View, press: Press, composed: ReportView) -> list[str]:
    """Sources of numerators and denominators that do not stand in the text themselves."""
    shown = {item.figure.metric.id for item in composed.figures}
    extra: dict[str, FigureValue] = {}
    for item in composed.figures:
        for figure in item.figure.inputs:
            if figure.metric.id not in shown:
                extra[figure.metric.id] = figure
    return [_source(view, press, 0, figure) for figure in extra.values()]


def _source(view: View, press: Press, number: int, figure: FigureValue) -> str:
    metric = figure.metric
    columns = []
    if metric.ledger:
        ledger = press.site.library.ledgers[metric.ledger]
        wanted = [ledger.kind_column, *(c.column for c in metric.where), *([metric.column] if metric.column else [])]
        columns = [column for column in ledger.columns if column.id in wanted]
    rows = [_row(press, row, [column.id for column in columns]) for row in figure.rows]
    return render(
        "figure_source.html", view=view, figure=figure, number=_ring(number), columns=columns, rows=rows
    )  # fmt: skip


def _row(press: Press, row: Record, columns: list[str]) -> Mapping[str, object]:
    cells = [_cell(row.values.get(column)) for column in columns]
    return {"unit": press.site.library.units[row.unit].short, "id": row.id, "date": row.date, "cells": cells}


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def _ring(number: int) -> str:
    """Give ① … ⑳, then (21)."""
    if number == 0:
        return "分项"
    return chr(0x2460 + number - 1) if number <= 20 else f"({number})"


def _gist(text: str) -> str:
    return (
        text.replace("【指标：", "〔").replace("【待填：", "〔").replace("】", "〕")
        if len(text) < 80
        else text[:60] + "……"
    )
