"""Title, first sentence and status line: how every page begins."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from handbook.composition.site import Site
from handbook.model.base import PageMeta
from handbook.model.citation import Citation
from handbook.renderers.suspicion import page_box
from handbook.renderers.templating import render
from handbook.renderers.view import View
from handbook.rules.clauses import Clause, weaker

MARKS = "start/index.html#marks"
"""Where badges and marks are explained."""
Status = tuple[tuple[str, Markup], ...]


def head(view: View, meta: PageMeta, status: Status = ()) -> str:
    """Give the H1, the lead and the status line as Markdown."""
    top = render("head.html", view=view, meta=meta, status=status)
    return f"# {escape(meta.title)}\n\n{top}\n{page_box(view)}\n"


def status_of(view: View, meta: PageMeta, basis: Sequence[Citation] = ()) -> Status:
    """Give tier, regulations with their state, verification and review of a page with a rule behind it."""
    found = [clause for clause in map(view.site.clauses.resolve, basis) if isinstance(clause, Clause)]
    lines: list[tuple[str, Markup]] = [("效力", view.tier(meta.tier))]
    if found:
        once = {(clause.regulation.id, clause.version.year): clause for clause in reversed(found)}
        links = [
            Markup("{}　{}").format(
                view.link(clause.address, clause.label), view.version_state(clause.regulation.id, clause.version.year)
            )
            for clause in reversed(once.values())
        ]
        lines.append(("依据", Markup("；").join(links)))
        mark = view.mark_full(weaker(*(clause.verification for clause in found)))
        lines.append(("核验", Markup("{}　<small>{}</small>").format(mark, view.link(MARKS, "记号是什么意思"))))
    lines.append(("复核", reviewed(meta)))
    return tuple(lines)


def reviewed(meta: PageMeta) -> Markup:
    """Give the day of the last review and who did it."""
    return Markup("{}　<small>{}</small>").format(meta.reviewed.date, meta.reviewed.by)


def coming_dates(site: Site, meta: PageMeta, basis: Sequence[Citation] = ()) -> tuple[dict[str, str], ...]:
    """Give the days after the build on which the page needs another look: review dates, versions that begin or end."""
    found: list[dict[str, str]] = []
    if meta.review_by and meta.review_by > site.on:
        found.append({"date": str(meta.review_by), "text": "本页待复核"})
    for citation in basis:
        clause = site.clauses.resolve(citation)
        if not isinstance(clause, Clause):
            continue
        for version in clause.regulation.versions:
            label = f"{clause.regulation.short}（{version.year_text}）"
            if version.begins > site.on:
                found.append({"date": str(version.begins), "text": f"{label}施行"})
            if version.ended and version.ended > site.on:
                found.append({"date": str(version.ended), "text": f"{label}停止施行"})
    return tuple(found)
