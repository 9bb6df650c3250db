"""Everything a site consists of beside its curated Markdown: generated pages, downloads, data, search."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from handbook.composition.registry import cited as cited_regulations
from handbook.composition.site import Site
from handbook.model.library import SITE_SECTIONS, CuratedPage
from handbook.renderers.expand import expand_page
from handbook.renderers.listings import entries
from handbook.renderers.press import Page, Press
from handbook.renderers.search_pages import search_pages
from handbook.renderers.shelf import make_shelf
from handbook.renderers.to_json import api_files
from handbook.renderers.to_pages import generated_pages
from handbook.renderers.to_search import render_search
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
        return (*generated_pages(self.press), *self._redirects())

    @cached_property
    def search(self) -> Mapping[str, FileOutput]:
        """The two data files of search, by ``core`` and ``body``; their names carry a hash of the content."""
        library = self.site.library
        core, body = render_search(search_pages(self.site), library.words, library.synonyms)
        return {
            name: FileOutput(f"assets/search-{name}.{hashlib.sha256(content).hexdigest()[:10]}.js", content)
            for name, content in (("core", core), ("body", body))
        }

    def files(self) -> Iterator[FileOutput]:
        """Give downloads, published data and search data."""
        for download in self.press.shelf.values():
            yield FileOutput(download.address, download.content)
        for address, content in api_files(self.site):
            yield FileOutput(address, content)
        yield from self.search.values()

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
            uris = [f"{folder}/index.md"]
            view = self.press.view("index.md")
            uris.extend(entry.address.removesuffix(".html") + ".md" for entry in entries(view, folder))
            curated = sorted(
                (page.meta.order, uri) for uri, page in self.site.library.pages.items() if uri.startswith(f"{folder}/")
            )
            uris.extend(uri for _, uri in curated)
            uris.extend(page.uri for page in self.pages if page.uri.startswith(f"{folder}/") and not page.is_redirect)
            shown = [uri for uri in dict.fromkeys(uris) if uri.removesuffix(".md") + ".html" not in hidden]
            nav.append({title: shown})
        return nav

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
