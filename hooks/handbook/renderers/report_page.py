"""The page of a filled report: text with figures that open to their rows, gaps, what was held back, what was issued."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

from handbook.composition.chart import compose_chart
from handbook.composition.document import Block, Inlines
from handbook.composition.filling import fillable_document
from handbook.composition.frozen import differences, frozen_body
from handbook.composition.periods import bounds
from handbook.composition.report import ReportView, Withheld
from handbook.composition.report_notes import report_notes
from handbook.model.frozen import Frozen
from handbook.model.report import Genre, Report
from handbook.renderers.charts import chart_figure
from handbook.renderers.figure_sources import figure_sources
from handbook.renderers.fill_page import fill_panel, to_fill
from handbook.renderers.head import Status, head
from handbook.renderers.press import Page, Press
from handbook.renderers.templating import render
from handbook.renderers.to_preview import sheet_blocks, sheets
from handbook.renderers.view import View

_LONGEST_GIST = 80
_PLACE = re.compile(r"【([^：】]+)(?:：([a-z0-9-]+))?】")


def report_page(press: Press, report: Report) -> Page:
    """Give the page; a report that was issued shows what was issued, and what today's ledgers would change."""
    uri = f"reports/{report.id}.md"
    view = press.view(uri)
    library = press.site.library
    composed = press.site.reports[report.id]
    genre = library.genres[report.genre]
    frozen = press.site.issued.get(report.id)
    blocks = [
        head(view, report, _status(press, view, report, genre, frozen)),
        *(_issued(frozen, composed) if frozen else _completeness(report, genre, composed)),
        render("downloads.html", view=view, items=[press.shelf[f"reports/{report.id}.docx"]]),
        *(() if frozen else _panel(press, view, report, composed)),
        *(_frozen_text(view, frozen) if frozen else _filled_text(view, genre, composed)),
        *_charts(press, report, genre, frozen),
    ]
    if frozen is None:
        blocks += [
            "## 数字出处 {#sources}",
            "点开任何一个数字，都能看到它的算法和背后的台账记录。成员只有代码，没有姓名。",
        ]
        blocks += figure_sources(view, press, composed)
    body = "\n\n".join(blocks) + "\n"
    return Page(uri, report.title, report.summary, body, f"_data/reports/{report.id}.yml")


def _status(press: Press, view: View, report: Report, genre: Genre, frozen: Frozen | None) -> Status:
    first, last = bounds(report.period)
    lines = [
        ("体裁", view.link(f"reports/{genre.id}.html", genre.title)),
        ("单位", escape(frozen.unit if frozen else press.site.library.units[report.unit].title)),
        ("期间", escape(f"{first}至{last}")),
        ("台账截至", escape(str(frozen.as_of if frozen else report.as_of))),
    ]
    if frozen:
        lines.append(("定稿", escape(f"{frozen.issued}，校验码{frozen.code}")))
    return tuple(lines)


def _completeness(report: Report, genre: Genre, composed: ReportView) -> Iterator[str]:
    yield render("complete.html", report=report, composed=composed)
    notes = report_notes(genre, composed)
    if notes:
        yield render("report_notes.html", notes=notes)


def _filled_text(view: View, genre: Genre, composed: ReportView) -> Iterator[str]:
    yield "## 底稿正文 {#text}"
    yield _sheet(view, composed.title, (*composed.body, composed.signature))
    if composed.todos:
        yield "## 还要填什么 {#missing}"
        yield _todos(composed)
    if composed.withheld or composed.uncompared:
        yield "## 没有数字不成句、暂时收起的内容 {#withheld}"
        yield _withheld(view, genre, composed)


def _panel(press: Press, view: View, report: Report, composed: ReportView) -> Iterator[str]:
    """What the ledgers leave open can be filled in here; an issued report is as it was issued."""
    owner = f"reports/{report.id}"
    fillable = fillable_document(composed.document(owner, "1.0"), owner, report.title)
    panel = fill_panel(view, fillable, to_fill([press.shelf[f"{owner}.docx"]]))
    if panel:
        yield panel


def _todos(composed: ReportView) -> str:
    lines = [
        Markup('<li><a href="#todo-{}">{}</a><br><small>{}</small></li>').format(
            todo.id, todo.label, todo.rule or todo.hint or "由起草人填写"
        )
        for todo in composed.todos
    ]
    return str(Markup('<ul class="hb hb-missing">\n{}\n</ul>').format(Markup("\n").join(lines)))


def _withheld(view: View, genre: Genre, composed: ReportView) -> str:
    words = {ident: metric.title for ident, metric in view.site.library.metrics.items()}
    words |= {field.id: field.label for field in genre.fields}
    lines = [
        Markup("<li>{}<br><small>{}</small></li>").format(_gist(held, words), "；".join(held.reasons))
        for held in composed.withheld
    ]
    lines += [
        Markup("<li>同以前的比较没有写<br><small>{}</small></li>").format(reason) for reason in composed.uncompared
    ]
    return str(Markup('<ul class="hb hb-missing">\n{}\n</ul>').format(Markup("\n").join(lines)))


def _issued(frozen: Frozen, today: ReportView) -> Iterator[str]:
    yield render("issued.html", frozen=frozen, differences=differences(frozen, today))


def _frozen_text(view: View, frozen: Frozen) -> Iterator[str]:
    body, signature = frozen_body(frozen)
    yield "## 定稿正文 {#text}"
    yield _sheet(view, frozen.heading, (*body, signature))
    yield "## 数字出处 {#sources}"
    yield "定稿当天的算法和记录编号。以后台账有改动，这里不变。"
    yield render("frozen_sources.html", frozen=frozen)


def _charts(press: Press, report: Report, genre: Genre, frozen: Frozen | None) -> Iterator[str]:
    if genre.charts:
        yield "## 图 {#charts}"
        yield "按今天的台账画，同定稿可能有出入。" if frozen else "数同正文出自同一本台账，点开有数字表。"
    for chart in genre.charts:
        yield chart_figure(compose_chart(press.site.figures, chart, report.unit, report.period))


def _sheet(view: View, title: tuple[str | Inlines, ...], blocks: tuple[Block, ...]) -> str:
    given = ((line,) if isinstance(line, str) else line for line in title)
    lines = Markup("\n").join(Markup('<p class="hb-sheet__title">{}</p>').format(view.inlines(line)) for line in given)
    text = sheet_blocks(view, blocks)
    sheet = Markup('<div class="hb-sheet" data-handbook="report/text">\n{}\n{}\n</div>').format(lines, text)
    return sheets([sheet])


def _gist(held: Withheld, words: Mapping[str, str]) -> str:
    """Give the beginning of a withheld passage, its places named as readers know them."""
    text = held.passage.text or (held.passage.each.text if held.passage.each else "")
    named = _PLACE.sub(lambda match: f"〔{words.get(match[2] or '', match[1])}〕", text)
    return f"{named[:_LONGEST_GIST]}……" if len(named) > _LONGEST_GIST else named
