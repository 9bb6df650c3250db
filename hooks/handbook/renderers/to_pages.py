"""The pages that are made from data alone: checklists, forms, ledgers, reports, regulations, roles."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from handbook.composition.checklist import Checklist
from handbook.composition.filling import fillable_document
from handbook.composition.report import compose_scaffold
from handbook.model.base import PageMeta
from handbook.model.ledger import Ledger
from handbook.model.report import Genre
from handbook.renderers import listings
from handbook.renderers.catalogue import catalogue_page
from handbook.renderers.checkup_page import checkup_pages
from handbook.renderers.fill_page import fill_panel, to_fill
from handbook.renderers.form_page import form_page
from handbook.renderers.head import head, reviewed
from handbook.renderers.metrics_page import metrics_pages
from handbook.renderers.press import Page, Press
from handbook.renderers.regulation_page import regulation_page
from handbook.renderers.report_page import report_page
from handbook.renderers.start_pages import start_pages
from handbook.renderers.templating import render
from handbook.renderers.to_preview import preview
from handbook.renderers.view import View
from handbook.renderers.workbook_page import workbook_page, worked_out


def generated_pages(press: Press) -> Iterator[Page]:
    """Give every page that has no Markdown file of its own."""
    library = press.site.library
    for checklist in press.site.checklists.values():
        yield _checklist(press, checklist)
    for form in library.forms.values():
        yield form_page(press, form)
    if library.forms:
        yield catalogue_page(press)
    for ledger in library.ledgers.values():
        yield _ledger(press, ledger)
    for workbook in library.workbooks.values():
        yield workbook_page(press, workbook)
    yield from checkup_pages(press)
    yield from metrics_pages(press)
    for genre in library.genres.values():
        yield _genre(press, genre)
    for report in library.reports.values():
        yield report_page(press, report)
    for regulation in library.regulations.values():
        yield regulation_page(press, regulation)
    yield _roles(press)
    yield from start_pages(press)


def _checklist(press: Press, checklist: Checklist) -> Page:
    uri = f"checklists/{checklist.id}.md"
    view = press.view(uri)
    owner = checklist.owner
    title = checklist.title
    blocks = [
        f"# {title}",
        render("checklist_top.html", view=view, checklist=checklist),
        "## 按阶段 {#stages}",
    ]
    for group in checklist.stages:
        blocks.append(f"### {group.title} {{#stage-{group.id}}}")
        blocks.append(_tasks(view, checklist, group.items, "s", own_ids=True))
    blocks.append("## 按角色 {#roles}")
    blocks.append("和上面是同一份清单，勾一处，两处都变。第一个角色牵头，其他角色配合。")
    for group in checklist.roles:
        blocks.append(f"### {group.title} {{#role-{group.id}}}")
        blocks.append(_tasks(view, checklist, group.items, f"r-{group.id}"))
    if checklist.materials:
        blocks.append("## 材料 {#materials}")
    for group in checklist.materials:
        blocks.append(f"### {group.title} {{#{group.id}}}")
        blocks.append(_tasks(view, checklist, group.items, "m", own_ids=True))
    kind, _, ident = owner.partition("/")
    return Page(
        uri,
        title,
        f"{title}：{len(checklist.items)}项，按阶段、按角色、按材料查看",
        _join(blocks),
        f"_data/{kind}/{ident}.yml",
    )


def _tasks(view: View, checklist: Checklist, items: object, prefix: str, *, own_ids: bool = False) -> str:
    return render("tasks.html", view=view, checklist=checklist, items=items, prefix=prefix, own_ids=own_ids)


def _ledger(press: Press, ledger: Ledger) -> Page:
    uri = f"ledgers/{ledger.id}.md"
    view = press.view(uri)
    keeper = press.site.library.roles[ledger.keeper].title
    status = (("效力", view.tier(ledger.tier)), ("谁记", escape(keeper)), ("复核", reviewed(ledger)))
    files = [
        press.shelf[name]
        for name in (f"ledgers/{ledger.id}.xlsx", f"ledgers/{ledger.id}-example.xlsx")
        if name in press.shelf
    ]
    metrics = [metric for metric in press.site.library.metrics.values() if metric.ledger == ledger.id]
    blocks = [
        head(view, ledger, status),
        render("downloads.html", view=view, items=files),
        "## 什么时候记",
        str(view.text(ledger.rhythm)),
        "## 栏目",
        render("columns.html", view=view, ledger=ledger),
        *worked_out(view, ledger),
    ]
    if ledger.guidance:
        blocks += ["## 怎么记", _bullets(view, ledger.guidance)]
    if metrics:
        blocks += ["## 能算出哪些数", render("metrics.html", view=view, metrics=metrics)]
    return _page(uri, ledger, blocks, f"_data/ledgers/{ledger.id}.yml")


def _genre(press: Press, genre: Genre) -> Page:
    uri = f"reports/{genre.id}.md"
    view = press.view(uri)
    filled = [report for report in press.site.library.reports.values() if report.genre == genre.id]
    length = view.text(genre.length) + (Markup(" ") + view.clauses(genre.length_basis) if genre.length_basis else "")
    status = (("效力", view.tier(genre.tier)), ("篇幅", length), ("复核", reviewed(genre)))
    links = "".join(f"<li>{view.link(f'reports/{report.id}.html', report.title)}</li>" for report in filled)
    scaffold = compose_scaffold(genre, press.site.library.metrics)
    file = press.shelf[f"reports/{genre.id}.docx"]
    blocks = [
        head(view, genre, status),
        render("downloads.html", view=view, items=[file]),
        fill_panel(view, fillable_document(scaffold, f"genres/{genre.id}", genre.title), to_fill([file])),
        "## 谁写给谁",
        str(view.text(genre.used)),
    ]
    if links:
        blocks += ["## 填好的例子", f'<ul class="hb hb-line">{links}</ul>']
    blocks.append("## 各部分写什么")
    blocks.append(render("genre_sections.html", view=view, genre=genre))
    blocks += ["## 空白底稿的样子", preview(view, scaffold)]
    return _page(uri, genre, blocks, f"_data/genres/{genre.id}.yml")


def _roles(press: Press) -> Page:
    uri = "start/roles.md"
    view = press.view(uri)
    title = "按角色看：谁要做什么"
    summary = "每个角色的例行工作，以及在各份清单里的事项。"
    body = f'# {title}\n\n<p class="hb-lead">{summary}</p>\n\n{listings.roles(view)}'
    return Page(uri, title, summary, body, "_data/roles")


def _page(uri: str, meta: PageMeta, blocks: list[str], source: str) -> Page:
    return Page(uri, meta.title, meta.summary, _join(blocks), source)


def _bullets(view: View, texts: tuple[str, ...]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{view.text(text)}</li>" for text in texts) + "\n</ul>"


def _join(blocks: list[str]) -> str:
    return "\n\n".join(blocks) + "\n"
