"""One measurement in a process of its own: load, check and derive a folder of data, and print the CPU seconds by stage."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hooks"))
from handbook.composition.checkup import check_years
from handbook.composition.figures import Figures
from handbook.composition.reconcile import breaks
from handbook.composition.report import compose_report
from handbook.loading.read_library import read_library
from handbook.rules.clauses import ClauseIndex
from handbook.rules.context import Context
from handbook.rules.dates import dates_are_in_order
from handbook.rules.identity import record_ids_are_unique
from handbook.rules.ledgers import ledgers_are_sound
from handbook.rules.metrics import metrics_are_sound
from handbook.rules.record_rows import no_row_stands_twice

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

UNITS = 15
"""Units for which every genre is filled, whatever the size."""


def measure(project: Path) -> dict[str, Any]:
    """Give the counts and the CPU seconds of each stage."""
    clock = _Clock()
    # what the modules cost that were imported above
    clock.lap("start")
    reading = read_library(project / "docs", project)
    library = reading.library
    clock.lap("load")
    on = dt.date(2026, 3, 1)
    context = Context(reading, ClauseIndex(library.regulations, on), on)
    rules = (record_ids_are_unique, no_row_stands_twice, dates_are_in_order, ledgers_are_sound, metrics_are_sound)
    found = [*reading.diagnostics, *(problem for rule in rules for problem in rule(context))]
    clock.lap("check")
    figures = Figures(library)
    years = sorted({year for _, _, year in library.record_files})
    worked_out = sum(
        figures.figure(metric, unit, year).value is not None
        for metric in library.metrics
        for unit in library.units
        for year in years
    )
    parted = sum(1 for _ in breaks(figures))
    clock.lap("derive")
    checked = len(check_years(figures, on))
    clock.lap("duties")
    made = 0
    pattern = {report.genre: report for report in library.reports.values()}
    for unit in sorted(library.units)[:UNITS]:
        for genre, report in sorted(pattern.items()):
            compose_report(library.genres[genre], report.model_copy(update={"unit": unit}), figures)
            made += 1
    clock.lap("reports")
    return {
        "records": len(library.records), "units": len(library.units), "files": len(library.record_files),
        "metrics": len(library.metrics), "figures": worked_out, "reports": made, "years_checked": checked,
        "peak_kib": _peak(), "mistakes": [*map(str, found[:3])], "breaks": parted, "seconds": clock.laps,
    }  # fmt: skip


def _peak() -> int:
    """Give the most memory that this program has held, in KiB; 0 where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    match = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return int(match[1]) if match else 0


class _Clock:
    """CPU seconds of this process, lap by lap."""

    def __init__(self, now: Callable[[], float] = time.process_time) -> None:
        self.now = now
        self.last = 0.0
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = self.now()
        self.laps[name] = round(now - self.last, 4)
        self.last = now


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1])), ensure_ascii=False))  # noqa: T201 - read by the bench
