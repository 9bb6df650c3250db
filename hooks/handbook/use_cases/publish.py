"""Everything a site consists of beside its curated Markdown: generated pages, downloads, data, search."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from handbook.composition.registry import cited as cited_regulations
from handbook.composition.site import Site
from handbook.model.base import PageMeta
from handbook.model.library import SITE_SECTIONS, CuratedPage
from handbook.renderers.expand import expand_page
from handbook.renderers.fill_page import docx_scripts
from handbook.renderers.glossary_page import letter_pages
from handbook.renderers.listings import by_group
from handbook.renderers.press import Page, Press, address
from handbook.renderers.search_pages import search_pages
from handbook.renderers.shelf import make_shelf
from handbook.renderers.term_marks import TermMarks
from handbook.renderers.to_json import api_files
from handbook.renderers.to_pages import generated_pages
from handbook.renderers.to_search import render_search
from handbook.renderers.to_terms import render_terms
from handbook.use_cases.prepare import Prepared


@dataclass(frozen=True, slots=True)
class FileOutput:
    """A file beside the pages."""

    address: str
    content: bytes


@dataclass(frozen=True)
class Publication:
    """All outputs of one prepared library, made on first use."""

    prepared: Prepared

    @property
    def site(self) -> Site:
        """Give the site."""
        return self.prepared.site

    @cached_property
    def press(self) -> Press:
        """The site with its finished downloads."""
        return Press(self.site, make_shelf(self.site))

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Pages made from data alone."""
        return (*generated_pages(self.press), *letter_pages(self.press), *self._redirects())

    @cached_property
    def search(self) -> Mapping[str, FileOutput]:
        """The two data files of search, by ``core`` and ``body``; their names carry a hash of the content."""
        library = self.site.library
        core, body = render_search(search_pages(self.site), library.words, library.synonyms)
        return {
            name: FileOutput(f"assets/search-{name}.{hashlib.sha256(content).hexdigest()[:10]}.js", content)
            for name, content in (("core", core), ("body", body))
        }

    @cached_property
    def explanations(self) -> FileOutput:
        """The explanations of the terms, loaded when a reader first asks about one."""
        content = render_terms(self.site)
        return FileOutput(f"assets/terms-data.{hashlib.sha256(content).hexdigest()[:10]}.js", content)

    @cached_property
    def term_marks(self) -> TermMarks:
        """What marks the terms on a page."""
        return TermMarks(self.site.library)

    def with_terms(self, uri: str, title: str, html: str) -> str:
        """Give the content of a page with the first occurrence of each term marked."""
        page = address(uri)
        return self.term_marks.mark(html, page, title, self._aliases.get(page, ()))

    @cached_property
    def _aliases(self) -> Mapping[str, tuple[str, ...]]:
        """Other names of the pages that have some, by address."""
        found = {address(uri): page.meta.alias for uri, page in self.site.library.pages.items()}
        for kind, item in self.site.library.objects():
            if kind.folder and isinstance(item, PageMeta):
                found[f"{kind.folder}/{item.id}.html"] = item.alias
        return found

    def files(self) -> Iterator[FileOutput]:
        """Give downloads, the scripts for filling them in, published data, search data and the explanations of terms."""
        for download in self.press.shelf.values():
            yield FileOutput(download.address, download.content)
        for name, content in docx_scripts({item.address: item.content for item in self.press.shelf.values()}):
            yield FileOutput(name, content)
        for name, content in api_files(self.site):
            yield FileOutput(name, content)
        yield from self.search.values()
        yield self.explanations

    def expand(self, page: CuratedPage) -> Page:
        """Give a curated page with its directives and citations replaced."""
        return expand_page(self.press, page)

    def navigation(self) -> list[dict[str, object]]:
        """Give the navigation: sections in their order, each with its index page first.

        Of the regulations only those that some page cites: forty titles would bury the few that people look for.
        """
        cited = {f"regulations/{ident}.html" for ident in cited_regulations(self.site.backlinks)}
        uncited = {f"regulations/{ident}.html" for ident in self.site.library.regulations} - cited
        hidden = self.site.library.withdrawn() | uncited
        nav: list[dict[str, object]] = [{"首页": "index.md"}]
        for folder, title in SITE_SECTIONS.items():
            nav.append({title: [item for item in self._section(folder) if _kept(item, hidden)]})
        return nav

    def _section(self, folder: str) -> Iterator[str | dict[str, list[str]]]:
        """The index page, then what the data list, group by group, then other curated and generated pages."""
        view = self.press.view("index.md")
        seen = {f"{folder}/index.md"}
        yield f"{folder}/index.md"
        for group, items in by_group(view, folder):
            uris = [entry.address.removesuffix(".html") + ".md" for entry in items]
            seen.update(uris)
            if group:
                yield {group.title: uris}
            else:
                yield from uris
        curated = sorted(
            (page.meta.order, uri) for uri, page in self.site.library.pages.items() if uri.startswith(f"{folder}/")
        )
        rest = [uri for _, uri in curated]
        rest.extend(page.uri for page in self.pages if page.uri.startswith(f"{folder}/") and not page.is_redirect)
        yield from (uri for uri in dict.fromkeys(rest) if uri not in seen)

    def _redirects(self) -> Iterator[Page]:
        for redirect in self.site.library.addresses.redirects:
            uri = redirect.old.removesuffix(".html") + ".md"
            view = self.press.view(uri)
            target = view.href(redirect.new)
            body = (
                f'# 这一页搬走了\n\n<meta http-equiv="refresh" content="0; url={target}">\n\n'
                f'<p>新地址：<a href="{target}">{redirect.new}</a></p>\n'
            )
            yield Page(uri, "这一页搬走了", "这一页搬走了", body, "_data/addresses.yml", is_redirect=True)


def uris_of(nav: object) -> Iterator[str]:
    """Give the pages that a navigation names, at whatever depth."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, (list, dict)):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from uris_of(item)


def _kept(item: str | dict[str, list[str]], hidden: frozenset[str]) -> bool:
    """Leave out what readers shall not come upon; groups hold listed pages only."""
    return isinstance(item, dict) or item.removesuffix(".md") + ".html" not in hidden
