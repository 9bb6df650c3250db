"""Records sorted once, so that no figure walks them all again: by unit, ledger, kind and month; and who keeps what.

A hundred and fifty metrics for fifteen units and several periods ask tens of thousands of times; each record is looked at
once per metric of its ledger, whatever the number of units above it and of periods.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from operator import attrgetter

from handbook.composition.measures import fulfils
from handbook.composition.periods import in_order, months
from handbook.model.ledger import Ledger, Record, Unit
from handbook.model.library import Library
from handbook.model.report import Condition

Month = tuple[int, int]
Where = tuple[Condition, ...]

_ORDER = attrgetter("date", "path", "index")


class RecordIndex:
    """Everything that figures ask of records; made once per library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._kinds: dict[tuple[str, str], dict[object, list[Record]]] = {}
        kind_columns = {ledger.id: ledger.kind_column for ledger in library.ledgers.values()}
        for record in sorted(library.records, key=_ORDER):
            kinds = self._kinds.setdefault((record.unit, record.ledger), {})
            kinds.setdefault(record.values.get(kind_columns.get(record.ledger, "")), []).append(record)
        self._kept = {(unit, ledger) for unit, ledger, _ in library.record_files}
        self._declared: dict[tuple[str, str], set[Month]] = {}
        for (unit, ledger, _), file in library.record_files.items():
            declared = self._declared.setdefault((unit, ledger), set())
            for period in file.complete:
                declared |= months(period)
        self._below: dict[str, list[Unit]] = {}
        for item in library.units.values():
            for above in self._line(item):
                self._below.setdefault(above, []).append(item)
        self._by_month: dict[tuple[str, str, str], dict[Month, tuple[Record, ...]]] = {}
        self._keepers: dict[tuple[str, str], tuple[Unit, ...]] = {}
        self._last: dict[tuple[str, str, str, dt.date], tuple[Record, ...]] = {}

    def keepers(self, unit: str, ledger: str = "") -> tuple[Unit, ...]:
        """Give the units under a unit (itself included) that keep a ledger; without ledger those of the lowest level."""
        known = self._keepers.get((unit, ledger))
        if known is None:
            known = self._keepers[unit, ledger] = tuple(self._find_keepers(unit, self.library.ledgers.get(ledger)))
        return known

    def _find_keepers(self, unit: str, ledger: Ledger | None) -> Iterable[Unit]:
        below = self._below.get(unit, [])
        if ledger is None or ledger.level == "branch":
            return [item for item in below if item.level == "branch"] or [self.library.units[unit]]
        must = "committee" if ledger.level == "committee" else ""
        return [item for item in below if item.level == must or (item.id, ledger.id) in self._kept]

    def below(self, unit: str) -> tuple[Unit, ...]:
        """Give the units of which this one is the parent, in the order of ids."""
        return tuple(item for item in self.library.units.values() if item.parent == unit)

    def has(self, unit: str, ledger: str) -> bool:
        """Tell whether a unit has the ledger in any year."""
        return (unit, ledger) in self._kept

    def keeps(self, unit: str, ledger: str, period: str) -> bool:
        """Tell whether a unit has the ledger in a year of the period."""
        return any((unit, ledger, str(year)) in self.library.record_files for year, _ in months(period))

    def complete(self, unit: str, ledger: str, period: str) -> bool:
        """Tell whether a unit declares that nothing of the period is missing."""
        return months(period) <= self._declared.get((unit, ledger), set())

    def years(self, unit: str) -> tuple[str, ...]:
        """Give the years for which a unit or one below it has records."""
        ids = {item.id for item in self._below.get(unit, [])}
        return tuple(sorted({year for owner, _, year in self.library.record_files if owner in ids}))

    def of_period(self, unit: str, ledger: Ledger, where: Where, period: str, key: str = "") -> Iterator[Record]:
        """Give the fitting records of one keeper in a period, by date; with a key what fits is remembered."""
        found = self._fitting(unit, ledger, where, key)
        if found:
            for month in in_order(period):
                if month in found:
                    yield from found[month]

    def up_to(self, unit: str, ledger: Ledger, where: Where, last: dt.date, key: str = "") -> Iterator[Record]:
        """Give the fitting records of one keeper up to a day, by date."""
        for rows in self._fitting(unit, ledger, where, key).values():
            yield from (row for row in rows if row.date <= last)

    def last_of_each(self, unit: str, ledger: str, column: str, last: dt.date) -> tuple[Record, ...]:
        """Give the last record up to a day of each value of a column."""
        key = (unit, ledger, column, last)
        if key not in self._last:
            final: dict[object, Record] = {}
            for record in sorted(self._all(unit, ledger, None), key=_ORDER):
                if record.date <= last and column in record.values:
                    final[record.values[column]] = record
            self._last[key] = tuple(final.values())
        return self._last[key]

    @staticmethod
    def only(rows: Iterable[Record], where: Where) -> Iterator[Record]:
        """Give the rows that fulfil the conditions."""
        return (row for row in rows if fulfils(row, where))

    def _fitting(self, unit: str, ledger: Ledger, where: Where, key: str) -> dict[Month, tuple[Record, ...]]:
        """All fitting records of one keeper, by month in order; under a key they are worked out once."""
        known = self._by_month.get((unit, ledger.id, key)) if key else None
        if known is not None:
            return known
        kinds = [condition.within for condition in where if condition.column == ledger.kind_column]
        wanted = kinds[0] if kinds and kinds[0] else None
        found: dict[Month, list[Record]] = {}
        for record in self._all(unit, ledger.id, wanted):
            if fulfils(record, where):
                found.setdefault((record.date.year, record.date.month), []).append(record)
        several = wanted is None or len(wanted) > 1
        made = {month: tuple(sorted(found[month], key=_ORDER) if several else found[month]) for month in sorted(found)}
        if key:
            self._by_month[unit, ledger.id, key] = made
        return made

    def _all(self, unit: str, ledger: str, wanted: tuple[str, ...] | None) -> Iterator[Record]:
        kinds = self._kinds.get((unit, ledger), {})
        for kind in dict.fromkeys(wanted) if wanted is not None else kinds:
            yield from kinds.get(kind, ())

    def _line(self, unit: Unit) -> Iterator[str]:
        """The unit and those above it; a circle ends the walk."""
        seen: set[str] = set()
        here: Unit | None = unit
        while here is not None and here.id not in seen:
            seen.add(here.id)
            yield here.id
            here = self.library.units.get(here.parent) if here.parent else None
