"""Links in prose lead somewhere, and every page is led to from another: MkDocs would say the first only at the build."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from pydantic import BaseModel

from handbook.diagnostics import WHOLE_FILE, Diagnostic, Place
from handbook.loading.pages import MarkdownPage, prose_lines
from handbook.loading.validate import near
from handbook.model.base import Notice, PageMeta
from handbook.model.duty import Duty
from handbook.model.guide import Guide
from handbook.model.library import KINDS, Library
from handbook.model.meeting import Meeting
from handbook.model.practice import Practice
from handbook.model.procedure import Material, Procedure, Step
from handbook.model.regulation import Regulation
from handbook.model.report import Metric, Report
from handbook.rules.context import Context
from handbook.rules.page_anchors import data_ids, heading_ids, shown_on, written_ids

_LINK = re.compile(r"\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)|\bhref=[\"']([^\"']+)[\"']")
_CODE = re.compile(r"`[^`]*`|<!--.*?-->")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|/")
_HIGHER = frozenset({"regulations", "units", "reports"})
"""Kinds whose own lists are the way to them: the registry, a genre's examples."""

_PERHAPS = ("ledgers/checkup.md",)
"""Pages that come and go with the records."""


def links_lead_somewhere(context: Context) -> Iterator[Diagnostic]:
    """Check page and place of every link between pages."""
    pages = frozenset({*page_uris(context.library), *context.reading.markdown, *_PERHAPS})
    known: dict[str, frozenset[str] | None] = {}
    for uri, page in context.reading.markdown.items():
        for address, place in _links(page):
            target, anchor = _target(uri, address)
            if not target:
                continue
            if target not in pages:
                here, folder = posixpath.dirname(uri), posixpath.dirname(target)
                beside = (posixpath.relpath(other, here) for other in pages if posixpath.dirname(other) == folder)
                written = address.partition("#")[0]
                yield Diagnostic(place, "(链接)", f"链接的页面 {written} 不存在", near(written, beside))
                continue
            if anchor:
                if target not in known:
                    known[target] = _anchors(context, target)
                anchors = known[target]
                if anchors is not None and anchor not in anchors:
                    yield Diagnostic(place, "(链接)", f"{target} 没有 #{anchor} 这一处", near(anchor, anchors))


def no_page_is_alone(context: Context) -> Iterator[Diagnostic]:
    """Check that some other page, term or duty leads to each published page, beside the list of its section.

    Silent while some file cannot be read or a reference to its section leads nowhere: the page may be meant there.
    """
    if context.reading.diagnostics:
        return
    led = _led_to(context)
    pages = frozenset(page_uris(context.library)) | frozenset(context.reading.markdown)
    unsure = {target.partition("/")[0] for target in led if f"{target}.md" not in pages}
    for kind, item in context.library.objects():
        if kind.page == "none" or kind.section in _HIGHER or not isinstance(item, PageMeta):
            continue
        own = f"{kind.folder}/{item.id}"
        if item.status == "published" and kind.folder not in unsure and not led.get(own, set()) - {own}:
            said = f"没有别的页面提到 {kind.section}/{item.id}"
            yield context.say(f"{kind.section}/{item.id}", ("id",), said, "请在前后相接的页面的 related 里列上它")
    for uri, page in context.library.pages.items():
        own = uri.removesuffix(".md")
        listed = page.owner or own.endswith("index") or page.meta.status != "published"
        if not listed and not led.get(own, set()) - {own}:
            path = context.source(f"pages/{uri}").path
            yield Diagnostic(Place(path), WHOLE_FILE, "没有别的页面链接到这一页", "请在相关的页面里加一个链接")


def page_uris(library: Library) -> Iterator[str]:
    """Give the pages that are made from data, as Markdown addresses."""
    for kind in KINDS:
        if kind.page != "none":
            yield from (f"{kind.folder}/{ident}.md" for ident in library.of_kind(kind.section))
    yield from (f"checklists/{ident}.md" for ident in (*library.procedures, *library.meetings))
    yield from (f"start/role-{role.id}.md" for role in library.roles.values() if role.page)
    yield from ("start/roles.md", "start/year.md", "start/updates.md")
    if library.metrics:
        yield "ledgers/metrics.md"
    if library.forms:
        yield "forms/catalogue.md"


def _links(page: MarkdownPage) -> Iterator[tuple[str, Place]]:
    for number, line in prose_lines(page.body, page.body_line):
        if "](" not in line and "href=" not in line:
            continue
        for match in _LINK.finditer(_CODE.sub(lambda found: " " * len(found[0]), line)):
            group = 1 if match[1] else 2
            yield match[group], Place(page.path, number, match.start(group) + 1)


def _target(uri: str, address: str) -> tuple[str, str]:
    """Give page and anchor of a link; no page where it leads out of the handbook, or to a file that is no page."""
    path, _, anchor = address.partition("#")
    if _ELSEWHERE.match(address):
        return "", ""
    if not path:
        return uri, anchor
    if not path.endswith((".md", ".html")):
        return "", ""
    made = posixpath.normpath(posixpath.join(posixpath.dirname(uri), path))
    if made.startswith("glossary/letter-"):
        return "", ""  # made by the reading of each term
    return re.sub(r"\.html$", ".md", made), anchor


def _anchors(context: Context, uri: str) -> frozenset[str] | None:
    """Give the ids of a page, or None where they are not known before the build."""
    section, _, ident = uri.removesuffix(".md").partition("/")
    page = context.reading.markdown.get(uri)
    item = context.library.of_kind(section).get(ident) if section in ("procedures", "meetings", "practices") else None
    if page is not None:
        written = {written for written, _ in written_ids(page)}
        if isinstance(item, (Procedure, Meeting, Practice)):
            shown = shown_on(page, section, ident)
            return frozenset({*written, *heading_ids(shown), *data_ids(item, shown.parts)})
        plain = len(page.headings) == len(written) and not page.directives
        return frozenset(written) if plain else None
    guide = context.library.guides.get(ident) if section == "start" else None
    if isinstance(guide, Guide):
        return frozenset({"related", *(part.id for part in guide.parts), *(i.id for p in guide.parts for i in p.items)})
    return None


def _led_to(context: Context) -> dict[str, set[str]]:
    """Give for each page, as ``section/id``, from where it is named."""
    library = context.library
    led: dict[str, set[str]] = {}
    for kind, item in library.objects():
        origin = f"{kind.folder or kind.section}/{item.id}"
        for target in _named(item):
            led.setdefault(_page(target), set()).add(origin)
    for term in library.terms.values():
        for target in term.related:
            led.setdefault(_page(target), set()).add(f"terms/{term.id}")
    for uri, page in context.reading.markdown.items():
        for address, _ in _links(page):
            target, _ = _target(uri, address)
            led.setdefault(target.removesuffix(".md"), set()).add(uri.removesuffix(".md"))
    return led


def _named(value: object) -> Iterator[str]:
    """Give the references inside a model, of whatever kind."""
    if isinstance(value, tuple):
        for item in value:
            if not isinstance(item, str):
                yield from _named(item)
        return
    if not isinstance(value, BaseModel) or isinstance(value, Regulation):
        return
    for field, found in value.__dict__.items():
        if field in ("related", "links"):
            yield from found
        elif found and not isinstance(found, str):
            yield from _named(found)
    target = _pointed_to(value)
    if target:
        yield target


def _pointed_to(value: BaseModel) -> str:
    if isinstance(value, Material) and value.form:
        return f"forms/{value.form}"
    if isinstance(value, (Step, Duty)) and value.meeting:
        return f"meetings/{value.meeting}"
    if isinstance(value, Notice) and value.link:
        return re.sub(r"\.html", "", value.link)
    if isinstance(value, Report):
        return f"genres/{value.genre}"
    if isinstance(value, Metric) and value.ledger:
        return f"ledgers/{value.ledger}"
    return ""


def _page(reference: str) -> str:
    """Give the page of a reference: ``genres/x`` stands at ``reports/x``."""
    section, _, rest = reference.partition("#")[0].partition("/")
    folder = next((kind.folder for kind in KINDS if kind.section == section and kind.folder), section)
    return f"{folder}/{rest}"
