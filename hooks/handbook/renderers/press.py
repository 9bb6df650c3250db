"""What page renderers work with, and the form in which they hand over a page."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from handbook.composition.site import Site
from handbook.renderers.download import Shelf
from handbook.renderers.view import View


@dataclass(frozen=True, slots=True)
class Press:
    """The site and its finished files."""

    site: Site
    shelf: Shelf
    base: str = "docs"
    """Folder of the sources relative to the project, for the line 内容来源."""

    def view(self, uri: str) -> View:
        """Give the small pieces for the page of a source ``section/id.md``."""
        return View(self.site, address(uri))


@dataclass(frozen=True, slots=True)
class Page:
    """A page made from data: Markdown with its title, and the file an editor changes."""

    uri: str
    title: str
    description: str
    body: str
    """Markdown with the H1."""
    source: str
    """``_data/forms/public-notice.yml`` relative to ``docs/``; empty where a page draws on many."""
    dates: tuple[dict[str, str], ...] = field(default=())
    """Days on which what the page says may stop being true."""
    is_wide: bool = False
    """Holds a wide table and needs no list of its contents beside it."""
    is_redirect: bool = False
    """Leads elsewhere and stays out of the navigation."""

    def markdown(self) -> str:
        """Give the page with its front matter: JSON is YAML, and quotes every value."""
        meta: dict[str, object] = {
            "title": self.title,
            "description": self.description,
            "source_file": f"docs/{self.source}",
            "dates": list(self.dates),
        }
        if self.is_wide:
            meta["hide"] = ["toc"]
        lines = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in meta.items())
        return f"---\n{lines}\n---\n\n{self.body}"


def address(uri: str) -> str:
    """Give ``section/id.html`` for ``section/id.md``."""
    return uri.removesuffix(".md") + ".html"
