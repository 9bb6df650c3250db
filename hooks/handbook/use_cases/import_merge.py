"""Rows of a sheet into the record files of a unit: what is new, what differs, what stays as it is.

A row is recognised by its id, otherwise by what tells the ledger's records apart. A new one gets an id from its date and a
digest of that key, so that the same row gets the same id wherever and in whatever order it is imported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handbook.loading.read_library import Reading
from handbook.loading.record_lines import read_lines
from handbook.loading.record_writing import NEW_FILE, RecordFileText, block, comments_above, take_apart
from handbook.loading.sheet_values import same_text
from handbook.loading.yaml_events import read_yaml
from handbook.model.ledger import Ledger
from handbook.use_cases.import_sheet import Row, Rows, key_columns, told_apart

_DIGITS = 8
"""Of the digest in an id."""


@dataclass(slots=True)
class Kept:
    """A record as it stands in a file, or will."""

    id: str
    year: str
    cells: dict[str, str]
    text: str
    """Its lines in the file; empty where they have to be written."""
    above: str = ""
    """Comments that stand above it."""
    row: Row | None = None
    """The row of the sheet that says the same or something new."""


@dataclass(slots=True)
class File:
    """A record file of the unit and ledger."""

    path: str
    text: str
    parts: RecordFileText
    records: list[Kept] = field(default_factory=list)

    @property
    def touched(self) -> bool:
        """Tell whether any record is new, moved away or written differently."""
        return len(self.records) != len(self.parts.blocks) or any(not kept.text for kept in self.records)

    def written(self) -> str:
        """Give the text of the file with its records of now."""
        return self.parts.joined(
            [kept.text or kept.above + block({"id": kept.id, **kept.cells}, self.parts.indent) for kept in self.records]
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What the import does with one row."""

    kind: str
    """``added``, ``changed`` or ``same``."""
    kept: Kept
    before: Mapping[str, str] = field(default_factory=dict)
    """What a changed record held in the columns that differ."""


@dataclass(slots=True)
class Merge:
    """All files of the unit and ledger, and what happens to them."""

    files: dict[str, File]
    """By year."""
    changes: list[Change] = field(default_factory=list)

    def changed_files(self) -> Iterator[tuple[str, File]]:
        """Give the files that get another text."""
        for year, file in sorted(self.files.items()):
            if file.touched:
                yield year, file


class Unwritable(Exception):  # noqa: N818 - a state of a file, told to the reader
    """A record file in a layout that cannot be edited record by record; the text is its path."""


def merge(reading: Reading, ledger: Ledger, unit: str, found: Rows) -> Merge:
    """Give the files with the rows in them; problems are noted in `found`."""
    state = _Merger(reading, ledger, unit, found)
    for row in found.sound():
        state.take(row)
    state.place()
    return Merge(state.files, state.changes)


def new_id(ledger: Ledger, unit: str, cells: Mapping[str, str]) -> str:
    """Give the id of a row that has none: initials of the ledger, date, digest of unit, ledger and key."""
    key = [unit, ledger.id, *(f"{column}={cells.get(column, '')}" for column in key_columns(ledger))]
    digest = hashlib.sha256("\n".join(key).encode()).hexdigest()[:_DIGITS]
    initials = "".join(word[0] for word in ledger.id.split("-"))
    return f"{initials}-{cells[ledger.date_column].replace('-', '')}-{digest}"


class _Merger:
    def __init__(self, reading: Reading, ledger: Ledger, unit: str, found: Rows) -> None:
        self.ledger, self.unit, self.found = ledger, unit, found
        self.columns = {column.id: column for column in ledger.columns}
        self.key = key_columns(ledger)
        self.elsewhere = {
            record.id: record for record in reading.library.records if (record.unit, record.ledger) != (unit, ledger.id)
        }
        self.files: dict[str, File] = {}
        self.by_id: dict[str, Kept] = {}
        for owner, name, year in sorted(reading.library.record_files):
            if (owner, name) == (unit, ledger.id):
                self.files[year] = file = _file(reading, f"records/{unit}/{name}/{year}", year)
                self.by_id |= {kept.id: kept for kept in file.records}
        self.by_key = {self._content(kept.cells): kept for kept in self.by_id.values()}
        self.new: list[Kept] = []
        self.changes: list[Change] = []

    def take(self, row: Row) -> None:
        """Find the record of a row, or make one."""
        if row.id in self.elsewhere:
            other = self.elsewhere[row.id]
            said = f"编号 {row.id} 已用在 {other.path}"
            self.found.say(row.number, 0, "", said, "请清空这一行的编号，或改 --unit、--ledger")
            return
        kept = self.by_id.get(row.id) if row.id else self.by_key.get(self._content(row.cells))
        if kept is None:
            self._add(row)
        elif kept.row is not None:
            said = f"和第{kept.row.number}行指的是台账里同一条记录 {kept.id}"
            self.found.say(row.number, 0, "", said, "请只留一行；确有两次，请在原来那一行改好编号或内容")
        else:
            self._compare(kept, row)

    def _add(self, row: Row) -> None:
        ident = row.id or new_id(self.ledger, self.unit, row.cells)
        if not row.id and (ident in self.by_id or ident in self.elsewhere):
            said = f"这一行以前导入过（{ident}），后来在台账里改了内容"
            remedy = (
                "请用 scripts/export.py ledger 导出带编号的表，在那份上改；确是另一次，请在“"
                + told_apart(self.ledger)
                + "”栏写出区别"
            )
            self.found.say(row.number, 0, "", said, remedy)
            return
        kept = Kept(ident, row.cells[self.ledger.date_column][:4], self._ordered(row.cells), "", row=row)
        same = self.by_key.get(self._content(row.cells))
        if same is not None and row.id:
            said = f"内容和台账里的 {same.id} 一样，编号却是 {row.id}"
            self.found.say(row.number, 0, "", said, "请清空这一行的编号，或改成台账里的编号")
            return
        self.by_id[ident] = kept
        self.new.append(kept)
        self.changes.append(Change("added", kept))

    def _compare(self, kept: Kept, row: Row) -> None:
        """Take over what differs; a column that the sheet does not have stays as it was."""
        kept.row = row
        cells = {column: text for column, text in kept.cells.items() if column not in self.found.columns}
        for column in self.found.columns:
            text, before = row.cells.get(column, ""), kept.cells.get(column, "")
            if text or before:
                cells[column] = before if before and self._same(column, before, text) else text
        cells = {column: text for column, text in cells.items() if text}
        differing = tuple(column for column in self.columns if cells.get(column, "") != kept.cells.get(column, ""))
        if not differing:
            self.changes.append(Change("same", kept))
            return
        self._stays_apart(kept, cells, row)
        earlier = {column: kept.cells.get(column, "") for column in differing}
        kept.cells, kept.text = self._ordered(cells), ""
        self.changes.append(Change("changed", kept, earlier))

    def _stays_apart(self, kept: Kept, cells: Mapping[str, str], row: Row) -> None:
        other = self.by_key.get(self._content(cells))
        if other is not None and other is not kept and other.row is None:
            remedy = f"重复登记就删去一行；确有两次，请在“{told_apart(self.ledger)}”栏写出区别"
            self.found.say(row.number, 0, "", f"改后和台账里的 {other.id} 重复", remedy)

    def place(self) -> None:
        """Move records whose year has changed, and put new ones among the others of their year."""
        for file in self.files.values():
            moved = [kept for kept in file.records if self._year(kept) != kept.year]
            file.records = [kept for kept in file.records if kept not in moved]
            for kept in moved:
                kept.year, kept.text = self._year(kept), ""
            self.new.extend(moved)
        for kept in self.new:
            if kept.year not in self.files:
                path = f"docs/_data/records/{self.unit}/{self.ledger.id}/{kept.year}.yml"
                self.files[kept.year] = File(path, "", NEW_FILE)
        for year, file in self.files.items():
            self._enter(file, [kept for kept in self.new if kept.year == year])

    def _enter(self, file: File, new: Sequence[Kept]) -> None:
        """Keep the order that there is: by date where the file is so, at the end otherwise; an empty file takes the sheet's."""
        dates = [self._date(kept) for kept in file.records]
        by_date = bool(dates) and dates == sorted(dates)
        for kept in new:
            at = len(file.records)
            while by_date and at and self._date(file.records[at - 1]) > self._date(kept):
                at -= 1
            file.records.insert(at, kept)

    def _year(self, kept: Kept) -> str:
        return self._date(kept)[:4]

    def _date(self, kept: Kept) -> str:
        return kept.cells.get(self.ledger.date_column, "")

    def _content(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(same_text(cells.get(column, ""), self.columns[column]) for column in self.key)

    def _same(self, column: str, one: str, other: str) -> bool:
        return same_text(one, self.columns[column]) == same_text(other, self.columns[column])

    def _ordered(self, cells: Mapping[str, str]) -> dict[str, str]:
        return {column: cells[column] for column in self.columns if column in cells}


def _file(reading: Reading, name: str, year: str) -> File:
    source = reading.sources[name]
    text = source.positions.text
    plain = read_lines(text)
    raw: Sequence[Mapping[str, str | None]]
    if plain is not None:
        raw = plain.records
    else:
        tree = read_yaml(text, source.path).tree or {}
        raw = tree.get("records") or ()  # type: ignore[assignment]
    parts = take_apart(text, source.positions, len(raw))
    if parts is None:
        raise Unwritable(source.path)
    kept = [
        Kept(str(cells.get("id") or ""), year, _filled(cells), lines, comments_above(lines))
        for cells, lines in zip(raw, parts.blocks, strict=True)
    ]
    return File(source.path, text, parts, kept)


def _filled(cells: Mapping[str, str | None]) -> dict[str, str]:
    return {key: text for key, text in cells.items() if text and key != "id"}
