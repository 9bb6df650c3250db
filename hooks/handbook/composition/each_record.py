"""One sentence per record: what the ledger says of problems, causes and measures, in the words of the clerk."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from handbook.composition.clauses_left_out import without_empty
from handbook.composition.figures import Figures, plain
from handbook.composition.periods import bounds, words
from handbook.model.ledger import Record
from handbook.model.report import UNIT_COLUMN, EachRecord

_CELL = re.compile(r"【栏：([a-z0-9-]+)】")
_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences of one passage with the records behind them."""

    ledger: str
    rows: tuple[Record, ...]
    text: str
    missing: str = ""
    """Why there are no sentences."""


def tell(figures: Figures, each: EachRecord, unit: str, period: str) -> Told:
    """Give the sentences for one unit and period."""
    ledger = figures.library.ledgers[each.ledger]
    index = figures.index
    keepers = [unit] if each.own else [keeper.id for keeper in index.keepers(unit, ledger.id)]
    if not any(index.keeps(keeper, ledger.id, period) for keeper in keepers):
        name = figures.library.units[unit].short
        return Told(ledger.id, (), "", f"{name}没有{words(period)}的{ledger.title}")
    last = bounds(period)[1]
    found = [
        row
        for keeper in keepers
        for row in (
            index.up_to(keeper, ledger, each.where, last)
            if each.since == "always"
            else index.of_period(keeper, ledger, each.where, period)
        )
    ]
    rows = sorted(found, key=lambda row: (row.date, row.path, row.index))
    if each.most:
        rows = rows[-each.most :]
    if not rows:
        silent = [keeper for keeper in keepers if not index.complete(keeper, ledger.id, period)]
        if silent:
            names = "、".join(figures.library.units[keeper].short for keeper in silent)
            return Told(ledger.id, (), "", f"{names}的{ledger.title}没有声明{words(period)}已记齐")
        return Told(ledger.id, (), each.none)
    year = bounds(period)[1].year
    # one thing alone is not counted: 一是 without 二是 reads as if something were missing
    text = each.text.replace("【序】是", "") if len(rows) == 1 else each.text
    sentences = []
    for number, row in enumerate(rows, 1):
        cells = {column.id: cell_text(row.values.get(column.id), year) for column in ledger.columns}
        cells[UNIT_COLUMN] = figures.library.units[row.unit].short
        sentences.append(_sentence(text, cells, numeral(number)))
    return Told(ledger.id, tuple(rows), "".join(sentences))


def _sentence(text: str, cells: dict[str, str], number: str) -> str:
    said = without_empty(text.replace("【序】", number), _CELL, lambda match: not cells.get(match[1]))
    return _CELL.sub(lambda match: cells[match[1]], said)


def cell_text(value: object, year: int) -> str:
    """Give a cell as it stands in a sentence: dates of the report's own year without it, no full stop at the end."""
    if isinstance(value, dt.date):
        return f"{'' if value.year == year else f'{value.year}年'}{value.month}月{value.day}日"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value).rstrip("。；，")


def numeral(number: int) -> str:
    """Give 一 … 十, 十一 … 九十九."""
    if number <= 10:
        return _NUMERALS[number]
    tens, ones = divmod(number, 10)
    return f"{_NUMERALS[tens] if tens > 1 else ''}十{_NUMERALS[ones] if ones else ''}"
