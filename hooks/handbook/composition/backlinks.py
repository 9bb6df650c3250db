"""Who rests on which clause: for each article, the steps, meetings, forms and terms that cite it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.loading.pages import citations_in
from handbook.model.citation import Citation, parse_citation
from handbook.model.library import CuratedPage, Library
from handbook.model.procedure import Procedure
from handbook.rules.clauses import Clause, ClauseIndex
from handbook.rules.walk import walk


@dataclass(frozen=True, slots=True, order=True)
class Backlink:
    """A place that rests on a clause."""

    address: str
    title: str


def backlinks(library: Library, clauses: ClauseIndex) -> Mapping[tuple[str, int, str], tuple[Backlink, ...]]:
    """Give the places by (regulation, year of the version, first anchor of the article entry)."""
    found: dict[tuple[str, int, str], dict[Backlink, None]] = {}
    for citation, link in _citations(library):
        clause = clauses.resolve(citation)
        if isinstance(clause, Clause) and clause.article is not None:
            key = (clause.regulation.id, clause.version.year, clause.article.anchors[0])
            found.setdefault(key, {})[link] = None
    return {key: tuple(links) for key, links in found.items()}


def _citations(library: Library) -> Iterator[tuple[Citation, Backlink]]:
    for kind, item in library.objects():
        if kind.section == "regulations":
            continue
        base = f"{kind.folder}/{item.id}.html"
        if kind.section == "duties":
            base = f"calendar/index.html#{item.id}"
        elif not kind.folder:
            continue
        whole = Backlink(base, item.title)
        steps = _steps(item) if isinstance(item, Procedure) else {}
        for at, value in walk(item):
            link = steps.get(at[:4], whole)
            yield from ((citation, link) for citation in _in_value(value))
    for term in library.terms.values():
        link = Backlink(f"glossary/index.html#{term.id}", f"术语：{term.title}")
        for _, value in walk(term):
            yield from ((citation, link) for citation in _in_value(value))
    for page in library.pages.values():
        yield from ((citation, _page_link(page)) for citation in _in_value(page.body))


def _steps(procedure: Procedure) -> dict[tuple[str | int, ...], Backlink]:
    links: dict[tuple[str | int, ...], Backlink] = {}
    row = 0
    for stage_index, stage in enumerate(procedure.stages):
        for step_index, step in enumerate(stage.steps):
            row += 1
            address = f"procedures/{procedure.id}.html#{step.id}"
            links["stages", stage_index, "steps", step_index] = Backlink(
                address, f"{procedure.title}第{row}步：{step.title}"
            )
    return links


def _in_value(value: object) -> Iterator[Citation]:
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, str) and "〔" in value:
        for match in citations_in(value):
            citation = parse_citation(match[1])
            if citation:
                yield citation


def _page_link(page: CuratedPage) -> Backlink:
    return Backlink(page.uri.removesuffix(".md") + ".html", page.meta.title)
