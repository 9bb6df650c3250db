"""The appendix that traces every figure of a report: formula, comparison, ids of the records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from handbook.composition.changes import Change
from handbook.composition.document import Grid, GridCell
from handbook.composition.figures import FigureValue
from handbook.composition.periods import words
from handbook.model.ledger import Record

_MOST_RUNS = 8
"""More runs of ids than this fill pages of the file that nobody reads; the page of the report lists every row."""


def sources_grid(figures: Sequence[FigureValue], changes: Sequence[Change]) -> Grid:
    """Give the table of sources, one row a figure in the order of the text."""
    rows = [tuple(GridCell((text,), head=True) for text in ("序号", "指标和数值", "算法", "记录编号"))]
    for number, found in enumerate(figures, 1):
        compared = [item for item in changes if item.current.metric.id == found.metric.id]
        rows.append(
            (
                GridCell((str(number),), align="center"),
                GridCell((f"{found.metric.title}：{found.text}{found.metric.unit}",)),
                GridCell((found.formula + "".join(compared_with(item) for item in compared),)),
                GridCell((_briefly(found),)),
            )
        )
    return Grid((7, 22, 36, 35), tuple(rows), header=1)


def compared_with(item: Change) -> str:
    """Give the figure that another one is held against, as a clause."""
    return f"；{words(item.before.period)}{item.before.text}{item.before.metric.unit}"


def rows_of(found: FigureValue) -> str:
    """Give the ids of the records behind a figure, or where they stand."""
    if found.inputs:
        return record_runs(found.rows) or "见分子、分母"
    if found.outside:
        return "不在台账里"
    return record_runs(found.rows) or "没有符合条件的记录"


def _briefly(found: FigureValue) -> str:
    """Give the ids of the records, or of very many only how their ids begin and how many there are."""
    said = rows_of(found)
    if said.count("、") < _MOST_RUNS:
        return said
    counts = Counter(_taken_apart(row.id)[0].rstrip("-") for row in found.rows)
    return "、".join(f"{start}（{counts[start]}条）" for start in sorted(counts))


def record_runs(rows: tuple[Record, ...]) -> str:
    """Give the record ids, runs of consecutive numbers drawn together: ``ol-1-003至ol-1-014（12条）``."""
    runs: list[list[tuple[str, int, str]]] = []
    for entry in sorted({_taken_apart(row.id) for row in rows}):
        if runs and entry[1] >= 0 and runs[-1][-1][:2] == (entry[0], entry[1] - 1):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    texts = [
        f"{run[0][2]}至{run[-1][2]}（{len(run)}条）" if len(run) > 2 else "、".join(entry[2] for entry in run)
        for run in runs
    ]
    return "、".join(texts)


def _taken_apart(ident: str) -> tuple[str, int, str]:
    """Give the text before the last number, that number (-1 without one) and the whole, so that r-9 comes before r-10."""
    match = re.fullmatch(r"(.*?)(\d+)", ident)
    return (match[1], int(match[2]), ident) if match else (ident, -1, ident)
