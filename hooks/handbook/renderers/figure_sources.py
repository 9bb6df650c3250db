"""Where the figures and sentences of a report come from: formula, comparison and the rows of the ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handbook.composition.changes import Change
from handbook.composition.figures import FigureValue
from handbook.composition.report import ReportView, ToldPassage
from handbook.model.ledger import Column, Ledger, Record
from handbook.renderers.press import Press
from handbook.renderers.templating import render
from handbook.renderers.view import View

_MOST_ROWS = 400
"""Rows shown on the page; the ledger's workbook has them all."""
_SHOWN_COLUMNS = 5


def figure_sources(view: View, press: Press, composed: ReportView) -> Iterator[str]:
    """Give the box of each figure in the order of the text, then those of numerators and denominators."""
    for item in composed.figures:
        compared = [change for change in composed.changes if change.current.metric.id == item.figure.metric.id]
        yield _source(view, press, _ring(item.number), item.figure, compared)
    shown = {item.figure.metric.id for item in composed.figures}
    for item in composed.figures:
        for figure in item.figure.inputs:
            if figure.metric.id not in shown:
                shown.add(figure.metric.id)
                yield _source(view, press, "分项", figure, ())
    for passage in composed.told:
        if passage.told.rows:
            yield _told(view, press, passage)


def _source(view: View, press: Press, number: str, figure: FigureValue, compared: Sequence[Change]) -> str:
    columns = _columns(figure, press.site.library.ledgers)
    rows = figure.rows[:_MOST_ROWS]
    return render(
        "figure_source.html",
        view=view,
        figure=figure,
        number=number,
        compared=compared,
        columns=columns,
        rows=[_row(press, row, columns) for row in rows],
        left=len(figure.rows) - len(rows),
    )


def _columns(figure: FigureValue, ledgers: Mapping[str, Ledger]) -> list[Column]:
    metric = figure.metric
    if not metric.ledger:
        return []
    ledger = ledgers[metric.ledger]
    counted = [column for column in (metric.column, metric.total_of) if column]
    wanted = [ledger.kind_column, *(condition.column for condition in metric.where), *counted]
    return [column for column in ledger.columns if column.id in wanted]


def _told(view: View, press: Press, passage: ToldPassage) -> str:
    ledger = press.site.library.ledgers[passage.told.ledger]
    named = passage.passage.each.text if passage.passage.each else ""
    columns = [column for column in ledger.columns if f"【栏：{column.id}】" in named][:_SHOWN_COLUMNS]
    rows = [_row(press, row, columns) for row in passage.told.rows]
    return render("told_source.html", view=view, passage=passage.passage, ledger=ledger, columns=columns, rows=rows)


def _row(press: Press, row: Record, columns: Sequence[Column]) -> Mapping[str, object]:
    cells = [_cell(row.values.get(column.id)) for column in columns]
    return {"unit": press.site.library.units[row.unit].short, "id": row.id, "date": row.date, "cells": cells}


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def _ring(number: int) -> str:
    """Give ① … ⑳, then (21)."""
    return chr(0x2460 + number - 1) if number <= 20 else f"({number})"
