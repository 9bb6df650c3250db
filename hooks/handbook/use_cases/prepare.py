"""Read → complete → check: the library of one day, or everything that is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from handbook.composition.figures import parts_problem
from handbook.composition.site import Site
from handbook.diagnostics import DataError, Diagnostic
from handbook.loading.read_library import Reading, read_library
from handbook.model.library import KINDS, Library
from handbook.rules import run_rules
from handbook.rules.clauses import ClauseIndex
from handbook.rules.confirmations import confirmed
from handbook.rules.context import Context
from handbook.rules.identity import addresses_are_kept


@dataclass(frozen=True, slots=True)
class Prepared:
    """A library without mistakes, seen on one day."""

    site: Site
    reading: Reading

    @property
    def library(self) -> Library:
        """Give the library."""
        return self.site.library


def prepare(docs: Path, project: Path, on: dt.date) -> Prepared:
    """Give the checked library of `docs`.

    Paths in diagnostics are relative to `project`. `on` is the day for which clauses hold.
    Raises `DataError` with every mistake of this run.
    """
    reading = read_library(docs, project)
    reading = replace(reading, library=confirmed(reading.library))
    found = list(reading.diagnostics)
    clauses = ClauseIndex(reading.library.regulations, on)
    context = Context(reading, clauses, on)
    found.extend(run_rules(context))
    site = Site(reading.library, clauses, on)
    if not found:
        found.extend(_completed(context, site))
    if found:
        raise DataError(found)
    return Prepared(site, reading)


def _completed(context: Context, site: Site) -> Iterator[Diagnostic]:
    """Rules over derived values; they need a library that is otherwise sound."""
    yield from _parts_add_up(context, site)
    if "addresses" in context.reading.sources:
        yield from addresses_are_kept(context, page_addresses(site))


def _parts_add_up(context: Context, site: Site) -> Iterator[Diagnostic]:
    scopes = {(report.unit, report.period) for report in site.library.reports.values()}
    for metric in site.library.metrics.values():
        for unit, period in sorted(scopes):
            problem = parts_problem(site.figures, metric, unit, period) if metric.parts else ""
            if problem:
                yield context.say(
                    f"metrics/{metric.id}", ("parts",), problem, "请核对台账记录，或改正 parts 和各指标的条件"
                )


def page_addresses(site: Site) -> frozenset[str]:
    """Give the addresses of all pages of the site."""
    found = {page.removesuffix(".md") + ".html" for page in site.library.pages}
    for kind in KINDS:
        if kind.page != "none":
            found.update(f"{kind.folder}/{ident}.html" for ident in site.library.of_kind(kind.section))
    found.update(f"checklists/{ident}.html" for ident in site.checklists)
    found.add("start/roles.html")
    return frozenset(found)
