"""Everything that pages and files are made from, worked out once per build."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from handbook.composition.backlinks import Backlink, backlinks
from handbook.composition.checklist import Checklist, compose_checklists
from handbook.composition.checkup import YearCheck, check_years
from handbook.composition.figures import Figures
from handbook.composition.form_use import Place, form_uses
from handbook.composition.freshness import Freshness, freshness_of
from handbook.composition.frozen import latest
from handbook.composition.packages import Package, compose_packages
from handbook.composition.report import ReportView, compose_report
from handbook.composition.suspicion import Suspect, grouped, suspects
from handbook.composition.workdays import Workdays
from handbook.model.frozen import Frozen
from handbook.model.library import Library
from handbook.rules.clauses import ClauseIndex

BEIJING = dt.timezone(dt.timedelta(hours=8))


@dataclass(frozen=True)
class Site:
    """The library seen on one day. Derived parts are made on first use."""

    library: Library
    clauses: ClauseIndex
    on: dt.date
    """The build's date, +08:00."""

    @property
    def stamp(self) -> dt.datetime:
        """The clock of all published files: noon of the build's date, +08:00."""
        return dt.datetime.combine(self.on, dt.time(12), BEIJING)

    @cached_property
    def workdays(self) -> Workdays:
        """The working days of the registered years."""
        return Workdays(self.library.holidays)

    @cached_property
    def figures(self) -> Figures:
        """Metrics of this library."""
        return Figures(self.library)

    @cached_property
    def checklists(self) -> Mapping[str, Checklist]:
        """Checklists by id."""
        composed = compose_checklists(self.library.procedures, self.library.meetings, self.library.roles)
        return {item.id: item for item in composed}

    @cached_property
    def form_uses(self) -> Mapping[str, tuple[Place, ...]]:
        """Steps and meetings that name a form, by form."""
        return form_uses(self.library)

    @cached_property
    def packages(self) -> Mapping[str, Package]:
        """Forms that go together, by id."""
        return compose_packages(self.library)

    @cached_property
    def freshness(self) -> Mapping[str, Freshness]:
        """Rules and code of each form."""
        return {form.id: freshness_of(form, self.clauses) for form in self.library.forms.values()}

    @cached_property
    def backlinks(self) -> Mapping[tuple[str, int, str], tuple[Backlink, ...]]:
        """Who rests on which article."""
        return backlinks(self.library, self.clauses)

    @cached_property
    def suspects(self) -> tuple[Suspect, ...]:
        """What rests on facts that have changed since its review."""
        return suspects(self.library, self.clauses)

    @cached_property
    def suspects_by_item(self) -> Mapping[str, tuple[Suspect, ...]]:
        """The same by ``section/id#anchor``."""
        return grouped(self.suspects, lambda suspect: suspect.item)

    @cached_property
    def suspects_by_address(self) -> Mapping[str, tuple[Suspect, ...]]:
        """The same by the address of the place."""
        return grouped(self.suspects, lambda suspect: suspect.spot.address)

    @cached_property
    def reports(self) -> Mapping[str, ReportView]:
        """Filled reports by id."""
        genres = self.library.genres
        return {
            report.id: compose_report(genres[report.genre], report, self.figures)
            for report in self.library.reports.values()
        }

    @cached_property
    def checkup(self) -> tuple[YearCheck, ...]:
        """Duties held against the ledgers, year by year."""
        return check_years(self.figures, self.on)

    @cached_property
    def issued(self) -> Mapping[str, Frozen]:
        """The last issue of each report that was frozen, by report."""
        return latest(self.library.frozen.values())
