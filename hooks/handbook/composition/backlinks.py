"""Who rests on which clause: for each article, the steps, meetings, forms and terms that cite it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.loading.pages import citations_in
from handbook.model.citation import Citation, parse_citation
from handbook.model.library import CuratedPage, Library
from handbook.model.meeting import Vote
from handbook.model.practice import Practice
from handbook.model.procedure import Key, Procedure
from handbook.rules.clauses import Clause, ClauseIndex
from handbook.rules.walk import walk


@dataclass(frozen=True, slots=True, order=True)
class Backlink:
    """A place that rests on a clause."""

    address: str
    title: str


def backlinks(library: Library, clauses: ClauseIndex) -> Mapping[tuple[str, int, str], tuple[Backlink, ...]]:
    """Give the places by (regulation, year of the version, first anchor of the article entry).

    The anchor is empty for those that cite the regulation without an article; a range of articles counts for each of them.
    """
    found: dict[tuple[str, int, str], dict[Backlink, None]] = {}
    for citation, link in _citations(library, clauses):
        clause = clauses.resolve(citation)
        if isinstance(clause, Clause):
            for anchor in _anchors(clause):
                found.setdefault((clause.regulation.id, clause.version.year, anchor), {})[link] = None
    return {key: tuple(links) for key, links in found.items()}


def _anchors(clause: Clause) -> tuple[str, ...]:
    if clause.article is None:
        return ("",)
    first, last = clause.citation.first, clause.citation.last
    if first is None or last is None or clause.article.to is not None:
        return (clause.article.anchors[0],)
    return tuple(a.anchors[0] for a in clause.version.articles if a.number in range(first, last + 1) and a.to is None)


def _citations(library: Library, clauses: ClauseIndex) -> Iterator[tuple[Citation, Backlink]]:
    for kind, item in library.objects():
        if kind.section == "regulations":
            continue
        base = f"{kind.folder}/{item.id}.html"
        if kind.section == "duties":
            base = f"calendar/index.html#{item.id}"
        elif not kind.folder:
            continue
        whole = Backlink(base, item.title)
        steps = _steps(item, base) if isinstance(item, (Procedure, Practice)) else {}
        for at, value in walk(item):
            link = steps.get(at[:4], whole)
            yield from ((citation, link) for citation in _in_value(value))
            yield from ((citation, link) for citation in _behind_facts(value, clauses))
    for term in library.terms.values():
        link = Backlink(f"glossary/index.html#{term.id}", f"术语：{term.title}")
        for _, value in walk(term):
            yield from ((citation, link) for citation in _in_value(value))
    for page in library.pages.values():
        yield from ((citation, _page_link(page)) for citation in _in_value(page.body))


def _steps(owner: Procedure | Practice, page: str) -> dict[tuple[str | int, ...], Backlink]:
    links: dict[tuple[str | int, ...], Backlink] = {}
    row = 0
    for stage_index, stage in enumerate(owner.stages):
        for step_index, step in enumerate(stage.steps):
            row += 1
            links["stages", stage_index, "steps", step_index] = Backlink(
                f"{page}#{step.id}", f"{owner.title}第{row}步：{step.title}"
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


def _behind_facts(value: object, clauses: ClauseIndex) -> Iterator[Citation]:
    """Key numbers and votes name a fact instead of its clause."""
    names: tuple[str, ...] = ()
    if isinstance(value, Key):
        names = (value.fact,)
    elif isinstance(value, Vote):
        names = value.facts
    for name in names:
        known = clauses.fact_names.get(name)
        if known:
            yield known.clause.citation


def _page_link(page: CuratedPage) -> Backlink:
    return Backlink(page.uri.removesuffix(".md") + ".html", page.meta.title)
