"""The record files as they would be, checked as `check.py` checks them before anything is written; told by rows of the sheet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from handbook.composition.figures import Figures
from handbook.composition.reconcile import Break, breaks, shown
from handbook.diagnostics import Diagnostic
from handbook.loading.read_library import Reading, Source
from handbook.loading.record_lines import read_lines
from handbook.loading.records import read_records
from handbook.loading.text_checks import decode
from handbook.loading.validate import validate
from handbook.loading.yaml_events import Positions, read_yaml
from handbook.model.ledger import Ledger, Record, RecordFile
from handbook.model.library import Library
from handbook.rules.clauses import ClauseIndex
from handbook.rules.context import Context
from handbook.rules.dates import dates_are_in_order
from handbook.rules.identity import record_ids_are_unique
from handbook.rules.record_rows import no_row_stands_twice
from handbook.use_cases.import_merge import File, Merge
from handbook.use_cases.import_sheet import Problem

_RULES = (record_ids_are_unique, no_row_stands_twice, dates_are_in_order)
_CELL = re.compile(r"records\[(\d+)\](?:\.(.+))?")


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with the files as they would be."""

    problems: tuple[Problem, ...]
    standing: tuple[str, ...] = ()
    """What did not agree before and does not afterwards: no reason to refuse rows that may be on the way to mend it."""


def check_merged(reading: Reading, ledger: Ledger, unit: str, merged: Merge, sheet: str, on: dt.date) -> Checked:
    """Check the library with the files of `merged` in the place of those that were read."""
    paths = {file.path: file for _, file in merged.changed_files()}
    teller = _Teller(ledger, sheet, paths)
    found: list[Diagnostic] = []
    after = _with(reading, ledger, unit, merged, found)
    if not found:
        context = Context(after, ClauseIndex(reading.library.regulations, on), on)
        found.extend(problem for rule in _RULES for problem in rule(context) if problem.place.path in paths)
    if found:
        return Checked(tuple(teller.problem(diagnostic) for diagnostic in found))
    before = {_which(item, reading.library) for item in breaks(Figures(reading.library))}
    problems, standing = [], []
    for item in breaks(Figures(after.library)):
        if _which(item, after.library) in before:
            standing.append(item.message)
        else:
            problems.append(teller.disagreement(item))
    return Checked(tuple(problems), tuple(standing))


def _with(reading: Reading, ledger: Ledger, unit: str, merged: Merge, found: list[Diagnostic]) -> Reading:
    changed = dict(merged.changed_files())
    sources, files = dict(reading.sources), dict(reading.library.record_files)
    gone = {file.path for file in changed.values()}
    records = [record for record in reading.library.records if record.path not in gone]
    for year, file in changed.items():
        text = file.written()
        found.extend(decode(text.encode(), file.path).diagnostics)
        positions = Positions(file.path, text)
        content = read_lines(text)
        if content is None:
            read = read_yaml(text, file.path)
            content, problems = validate(read, RecordFile)
            found.extend((*read.diagnostics, *problems))
            positions = read.positions
        if content is None:
            continue
        sources[f"records/{unit}/{ledger.id}/{year}"] = Source(file.path, positions)
        files[unit, ledger.id, year] = content.model_copy(update={"records": ()})
        records.extend(read_records(content, ledger, unit, year, positions, found.append))
    library = replace(reading.library, records=tuple(records), record_files=files)
    return replace(reading, library=library, sources=sources)


def _which(item: Break, library: Library) -> tuple[str, str, str]:
    """Tell breaks apart by metric, rule, unit and period: the figures in their messages change."""
    return item.metric, item.key, item.message.partition(library.metrics[item.metric].title)[0]


class _Teller:
    """Says what is wrong by rows of the sheet, where the record comes from there."""

    def __init__(self, ledger: Ledger, sheet: str, files: Mapping[str, File]) -> None:
        self.sheet = sheet
        self.titles = {column.id: column.title for column in ledger.columns}
        self.files = files
        self.rows = {kept.id: kept.row.number for file in files.values() for kept in file.records if kept.row}

    def problem(self, diagnostic: Diagnostic) -> Problem:
        match = _CELL.match(diagnostic.key)
        file = self.files.get(diagnostic.place.path)
        kept = file.records[int(match[1])] if match and file and int(match[1]) < len(file.records) else None
        if match and kept and kept.row:
            title = self.titles.get(match[2] or "", "")
            return Problem(kept.row.number, 0, self.sheet, title, diagnostic.message, diagnostic.remedy)
        said = f"{diagnostic.place.path} 里的 {diagnostic.key}：{diagnostic.message}"
        return Problem(0, 0, self.sheet, "", said, diagnostic.remedy)

    def disagreement(self, item: Break) -> Problem:
        rows = "、".join(self._row(row) for row in shown(item.rows))
        more = f"等{len(item.rows)}行" if len(item.rows) > len(shown(item.rows)) else ""
        named = f"；请看这些行：{rows}{more}" if rows else ""
        remedy = "请核对这些行；先要改别的台账的，改好那边再导入"
        return Problem(0, 0, self.sheet, "", f"导入后数字对不上：{item.message}{named}", remedy)

    def _row(self, row: Record) -> str:
        number = self.rows.get(row.id)
        return f"{row.id}（第{number}行）" if number else f"{row.id}（{row.path}）"


def verified(file: File) -> bool:
    """Tell whether the text of a file, read again, holds exactly the records that it was made from."""
    text = file.written()
    plain = read_lines(text)
    raw = plain.records if plain else (read_yaml(text, file.path).tree or {}).get("records")
    wanted = [{"id": kept.id, **kept.cells} for kept in file.records]
    return [_filled(cells) for cells in raw] == wanted if isinstance(raw, (list, tuple)) else False


def _filled(cells: object) -> dict[str, str]:
    return {key: text for key, text in cells.items() if text} if isinstance(cells, dict) else {}


def refused(reading: Reading, ledger: str, unit: str) -> Iterator[Diagnostic]:
    """Give what is wrong already with the files that an import into this ledger rests on."""
    begin = f"docs/_data/records/{unit}/{ledger}/"
    exact = (f"docs/_data/ledgers/{ledger}.yml", f"docs/_data/units/{unit}.yml")
    for problem in reading.diagnostics:
        if problem.place.path.startswith(begin) or problem.place.path in exact:
            yield problem
