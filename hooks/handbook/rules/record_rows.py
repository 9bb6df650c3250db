"""Rows of ledgers: none stands twice, and every one can be named by file and line."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.model.ledger import Ledger, Record
from handbook.rules.context import Context

_FREE = "note"
"""The column in which two rows may differ and still be the same row."""


def no_row_stands_twice(context: Context) -> Iterator[Diagnostic]:
    """Check that no two records of a unit are alike in the ledger's `unique` columns, or in all but the note."""
    columns = {ledger.id: _columns(ledger) for ledger in context.library.ledgers.values()}
    seen: dict[tuple[object, ...], Record] = {}
    for record in context.library.records:
        compared = columns.get(record.ledger)
        if not compared:
            continue
        values = record.values
        key = (record.unit, record.ledger, *[values.get(column) for column in compared])
        first = seen.setdefault(key, record)
        # one that was copied with its id is told as a repeated id
        if first is not record and first.id != record.id:
            alike = _alike(context.library.ledgers[record.ledger])
            said = f"这一行和 {row_place(context, first)} 的记录 {first.id} 重复（{alike}）"
            remedy = f"确是重复登记就删去一行；确有两次，请在“{_told_apart(context.library.ledgers[record.ledger])}”栏里写出区别"
            yield context.say(row_file(record), ("records", record.index), said, remedy)


def row_place(context: Context, record: Record) -> str:
    """Give ``path:line`` of a record."""
    place = context.source(row_file(record)).value("records", record.index)
    return f"{place.path}:{place.line}"


def row_file(record: Record) -> str:
    """Give the name under which the file of a record is known as a source."""
    year = record.path.rpartition("/")[2].removesuffix(".yml")
    return f"records/{record.unit}/{record.ledger}/{year}"


def _columns(ledger: Ledger) -> tuple[str, ...]:
    return ledger.unique or tuple(column.id for column in ledger.columns if column.id != _FREE)


def _alike(ledger: Ledger) -> str:
    if not ledger.unique:
        return "除备注外各栏都一样"
    titles = {column.id: column.title for column in ledger.columns}
    return f"{'、'.join(titles.get(column, column) for column in ledger.unique)}都一样"


def _told_apart(ledger: Ledger) -> str:
    """The title of a text column that the comparison looks at, in which two real events can be told apart."""
    compared = _columns(ledger)
    texts = [column.title for column in ledger.columns if column.id in compared and column.type == "text"]
    titles = [column.title for column in ledger.columns if column.id in compared]
    return (texts or titles)[0]
