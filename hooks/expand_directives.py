"""Replaces directives and citations in curated pages, marks terms in all of them; the core does the work."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from handbook.use_cases.publish import Publication


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Give the finished Markdown of a curated page; generated pages pass unchanged."""
    started = time.perf_counter()
    publication: Publication = config.extra["handbook"]
    curated = publication.site.library.pages.get(page.file.src_uri)
    if curated is None:
        return markdown
    done = publication.expand(curated)
    page.meta = {
        "title": done.title,
        "description": done.description,
        "source_file": f"docs/{done.source}",
        "dates": list(done.dates),
    }
    if page.is_homepage:
        page.meta["hide"] = ["navigation", "toc", "path"]
    if curated.owner:
        page.file.edit_uri = done.source
        page._set_edit_url(config.repo_url, config.edit_uri, config.edit_uri_template)
    config.extra["handbook_seconds"]["hooks"] += time.perf_counter() - started
    return done.body


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Give the page's HTML with the first occurrence of each term leading to its explanation."""
    started = time.perf_counter()
    publication: Publication = config.extra["handbook"]
    marked = publication.with_terms(page.file.src_uri, str(page.title or ""), html)
    config.extra["handbook_seconds"]["hooks"] += time.perf_counter() - started
    return marked
