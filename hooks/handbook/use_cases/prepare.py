"""Read → complete → check: the library of one day, or everything that is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from handbook.composition.reconcile import breaks, shown
from handbook.composition.site import Site
from handbook.diagnostics import DataError, Diagnostic
from handbook.loading.read_library import Reading, read_library
from handbook.model.ledger import Record
from handbook.model.library import Library
from handbook.rules import run_rules
from handbook.rules.clauses import ClauseIndex
from handbook.rules.confirmations import confirmed
from handbook.rules.context import Context
from handbook.rules.identity import addresses_are_kept
from handbook.rules.page_links import page_uris
from handbook.rules.record_rows import row_place


@dataclass(frozen=True, slots=True)
class Prepared:
    """A library without mistakes, seen on one day."""

    site: Site
    reading: Reading

    @property
    def library(self) -> Library:
        """Give the library."""
        return self.site.library


@dataclass(frozen=True, slots=True)
class Examined:
    """A library with everything that is wrong with it."""

    context: Context
    site: Site
    found: tuple[Diagnostic, ...]


def prepare(docs: Path, project: Path, on: dt.date) -> Prepared:
    """Give the checked library of `docs`.

    Paths in diagnostics are relative to `project`. `on` is the day for which clauses hold.
    Raises `DataError` with every mistake of this run.
    """
    examined = examine(docs, project, on)
    if examined.found:
        raise DataError(examined.found)
    return Prepared(examined.site, examined.context.reading)


def examine(docs: Path, project: Path, on: dt.date) -> Examined:
    """Give the library of `docs` with every mistake of this run, as they were found."""
    reading = read_library(docs, project)
    reading = replace(reading, library=confirmed(reading.library))
    found = list(reading.diagnostics)
    clauses = ClauseIndex(reading.library.regulations, on)
    context = Context(reading, clauses, on)
    found.extend(run_rules(context))
    site = Site(reading.library, clauses, on)
    if not any(_under(problem, _COUNTED) for problem in found):
        found.extend(_figures_agree(context, site))
    if not found and "addresses" in reading.sources:
        found.extend(addresses_are_kept(context, page_addresses(site)))
    return Examined(context, site, tuple(found))


_COUNTED = ("ledgers", "metrics", "records", "units", "reports")
"""Sections that figures are worked out from: while they have mistakes, figures mean nothing."""


def _under(problem: Diagnostic, sections: tuple[str, ...]) -> bool:
    listed = problem.key in ("id", "alias")  # how a page is found, not what it counts
    return not listed and any(f"/_data/{section}/" in problem.place.path for section in sections)


def _figures_agree(context: Context, site: Site) -> Iterator[Diagnostic]:
    for found in breaks(site.figures):
        named = _named(context, found.rows)
        remedy = "请核对台账记录，或改正这个指标和各组成指标的条件"
        yield context.say(f"metrics/{found.metric}", (found.key,), f"{found.message}{named}", remedy)


def _named(context: Context, rows: tuple[Record, ...]) -> str:
    """Name the first rows by id and place; further ones of the same file by their line alone."""
    if not rows:
        return ""
    texts: list[str] = []
    before = ""
    for row in shown(rows):
        path, _, line = row_place(context, row).rpartition(":")
        texts.append(f"{row.id}（{'' if path == before else path}:{line}）")
        before = path
    more = f"等{len(rows)}行" if len(rows) > len(texts) else ""
    return f"；请看这些行：{'、'.join(texts)}{more}"


def page_addresses(site: Site) -> frozenset[str]:
    """Give the addresses of all pages of the site."""
    uris = (*site.library.pages, *page_uris(site.library))
    found = {uri.removesuffix(".md") + ".html" for uri in uris}
    if site.checkup:
        found.add("ledgers/checkup.html")
    return frozenset(found)
