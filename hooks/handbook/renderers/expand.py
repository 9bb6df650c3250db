"""Directives and citations of a curated page, replaced by what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handbook.loading.pages import Directive, citations_in, parse_directive, prose_lines
from handbook.model.citation import Citation, parse_citation
from handbook.model.library import CuratedPage, Library
from handbook.model.meeting import Meeting
from handbook.model.practice import Practice
from handbook.model.procedure import Procedure
from handbook.renderers import listings, registry_pages, standard, suspicion
from handbook.renderers.calendar_page import calendar_files
from handbook.renderers.head import Status, coming_dates, head, status_of
from handbook.renderers.press import Page, Press
from handbook.renderers.shared_parts import Owner
from handbook.renderers.view import View
from handbook.rules.pages import PAGE_DIRECTIVES


def expand_page(press: Press, page: CuratedPage) -> Page:
    """Give the finished Markdown of a curated page, its title first. The page has passed the checks."""
    view = press.view(page.uri)
    owner = _owner(press.site.library, page)
    basis: tuple[Citation, ...] = owner.basis if owner else ()
    status: Status = status_of(view, page.meta, basis) if owner else ()
    out = page.body.split("\n")
    boxes = suspicion.prose_boxes(view, page)
    for number, line in prose_lines(page.body):
        if "handbook:" in line and "<!--" in line:
            directive = parse_directive(line, page.uri, number)
            if isinstance(directive, Directive):
                out[number - 1] = f"\n{_fragment(press, view, directive)}\n"
        elif "〔" in line:
            out[number - 1] = _cite(view, line)
    for number, box in boxes.items():
        out[number - 1] += f"\n\n{box}\n"
    body = f"{head(view, page.meta, status)}\n" + "\n".join(out)
    source = f"_data/{page.owner}.yml" if page.owner else page.uri
    return Page(page.uri, page.meta.title, page.meta.summary, body, source, coming_dates(press.site, page.meta, basis))


def _owner(library: Library, page: CuratedPage) -> Owner | None:
    section, _, ident = page.owner.partition("/")
    owner = library.of_kind(section)[ident] if section else None
    return owner if isinstance(owner, (Procedure, Meeting, Practice)) else None


def _cite(view: View, line: str) -> str:
    parts: list[str] = []
    position = 0
    for match in citations_in(line):
        citation = parse_citation(match[1])
        if citation:
            parts += [line[position : match.start()], str(view.clauses((citation,)))]
            position = match.end()
    return "".join([*parts, line[position:]])


def _fragment(press: Press, view: View, directive: Directive) -> str:
    options: Mapping[str, object] = (directive.options.tree or {}) if directive.options else {}
    if directive.name in PAGE_DIRECTIVES:
        owner = press.site.library.of_kind(PAGE_DIRECTIVES[directive.name])[directive.id]
        assert isinstance(owner, (Procedure, Meeting, Practice))  # noqa: S101 - the checks have seen to it
        if "part" in options:
            return standard.part(press, view, owner, str(options["part"]))
        first, last = str(options.get("from", "")), str(options.get("until", ""))
        return standard.whole(press, view, owner, first=first, last=last)
    if directive.name == "calendar":
        return calendar_files(press, view)
    return _listing(view, directive.name, options)


def _listing(view: View, name: str, options: Mapping[str, object]) -> str:
    if name == "listing":
        return listings.listing(view, str(options["section"]))
    if name == "duties":
        return listings.duties(view, str(options["show"]))
    plain: Mapping[str, Callable[[View], str]] = {
        "roles": listings.role_links, "changes": listings.changes, "terms": listings.terms,
        "names": listings.names, "marks": listings.marks, "registry": registry_pages.registry,
        "unverified": registry_pages.unverified, "coverage": registry_pages.coverage,
    }  # fmt: skip
    return plain[name](view)
