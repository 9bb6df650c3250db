"""All files for download, made once per build: address → bytes, with the words that pages show beside the link."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.composition.frozen import frozen_document
from handbook.composition.report import compose_scaffold
from handbook.composition.site import Site
from handbook.renderers.calendar_shelf import calendar_downloads
from handbook.renderers.download import Download, Shelf
from handbook.renderers.forms_shelf import form_downloads, made_docx, package_downloads
from handbook.renderers.tables_shelf import table_downloads


def make_shelf(site: Site) -> Shelf:
    """Make all files for download, by address."""
    shelf = {item.address: item for form in site.library.forms.values() for item in form_downloads(site, form)}
    shelf.update({item.address: item for item in package_downloads(site, shelf)})
    shelf.update({item.address: item for item in _downloads(site)})
    return shelf


def _downloads(site: Site) -> Iterator[Download]:
    stamp = site.stamp.isoformat()
    library = site.library
    for genre in library.genres.values():
        content = made_docx(compose_scaffold(genre, library.metrics), stamp)
        yield Download(f"reports/{genre.id}.docx", f"{genre.title}（空白底稿）", content, f"genres/{genre.id}")
    for report in library.reports.values():
        frozen = site.issued.get(report.id)
        filled_in = site.reports[report.id].document(f"report/{report.id}", "1.0")
        document = frozen_document(frozen) if frozen else filled_in
        yield Download(f"reports/{report.id}.docx", report.title, made_docx(document, stamp), f"reports/{report.id}")
    yield from table_downloads(site)
    yield from calendar_downloads(site)
