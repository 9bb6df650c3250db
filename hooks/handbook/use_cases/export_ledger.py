"""A ledger's records out as a workbook with their ids: what `import_ledger` reads back without changing anything."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from handbook.composition.standards import grounds_of
from handbook.loading.read_library import read_library
from handbook.loading.validate import near
from handbook.renderers.to_xlsx import render_ledger
from handbook.rules.clauses import ClauseIndex
from handbook.use_cases.import_check import refused

SPARE_ROWS = 20


class ExportRefusedError(Exception):
    """Why there is nothing to export, in the reader's language."""


def export_ledger(project: Path, unit_id: str, ledger_id: str, year: str, on: dt.date) -> tuple[bytes, int]:
    """Give the workbook of one year and the number of its records, in the order of the file."""
    reading = read_library(project / "docs", project)
    library = reading.library
    unit, ledger = library.units.get(unit_id), library.ledgers.get(ledger_id)
    if broken := tuple(refused(reading, ledger_id, unit_id)):
        listed = "\n".join(map(str, broken))
        raise ExportRefusedError(f"{listed}\n台账文件有 {len(broken)} 处问题 → 请先改好，再导出")
    if unit is None:
        raise ExportRefusedError(f"没有编号为 {unit_id} 的单位 → {near(unit_id, library.units)}")
    if ledger is None:
        raise ExportRefusedError(f"没有编号为 {ledger_id} 的台账 → {near(ledger_id, library.ledgers)}")
    kept = [found for owner, name, found in library.record_files if (owner, name) == (unit_id, ledger_id)]
    if year not in kept:
        known = f"现有年份：{'、'.join(sorted(kept))}" if kept else "这个单位还没有这本台账；空表在网站的台账页下载"
        raise ExportRefusedError(f"{unit.short}没有 {year} 年的{ledger.title} → {known}")
    path = f"docs/_data/records/{unit_id}/{ledger_id}/{year}.yml"
    records = tuple(record for record in library.records if record.path == path)
    heading = f"{ledger.title}（{unit.short}，{year}年{'，虚构' if unit.invented else ''}）"
    stamp = dt.datetime.combine(on, dt.time(12))
    try:
        grounds = grounds_of(ledger.standards, ClauseIndex(library.regulations, on))
        content = render_ledger(
            ledger, (unit,), records, stamp=stamp, heading=heading, spare=SPARE_ROWS, grounds=grounds
        )
    except ValueError:
        said = f"{path} 里有一格文字超过 Excel 一格能放的 32767 个字符"
        raise ExportRefusedError(f"{said} → 请把这段文字改短") from None
    return content, len(records)
