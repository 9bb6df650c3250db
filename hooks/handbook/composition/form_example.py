"""The invented example of a form as a document, for the page: what is filled in stays recognisable as invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handbook.composition import document as doc
from handbook.composition.document import Block, Document, Grid, GridCell, Inline, Inlines, Todo
from handbook.composition.filling import Values, example_values, shown
from handbook.composition.form import compose_form
from handbook.model.form import Form, FormField


class Invented(str):
    """A value of the example: a text, which pages mark."""

    __slots__ = ()


def example_document(form: Form) -> Document:
    """Give the form with its example filled in; places that may stay empty and have no value are empty."""
    values, lists = example_values(form)
    fields = {field.id: field for field in form.fields}
    document = compose_form(form)
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Grid) and block.rows_of:
            blocks.append(_rows(block, fields, lists.get(block.rows_of, [])))
        else:
            blocks.append(_block(block, fields, values))
    title = tuple(line if isinstance(line, str) else _filled(line, fields, values) for line in document.title)
    imprint = document.imprint
    if imprint:
        printer, date, copies = (
            _filled(part, fields, values) for part in (imprint.printer, imprint.date, imprint.copies)
        )
        imprint = replace(imprint, printer=printer, date=date, copies=copies)
    return replace(document, title=title, blocks=tuple(blocks), imprint=imprint)


def _block(block: Block, fields: Mapping[str, FormField], values: Values) -> Block:
    match block:
        case doc.Heading() | doc.Paragraph() | doc.Recipient():
            return replace(block, content=_filled(block.content, fields, values))
        case doc.Signature():
            organ, date = (_filled(part, fields, values) for part in (block.organ, block.date))
            return replace(block, organ=organ, date=date)
        case doc.Grid():
            return replace(block, rows=tuple(_row(row, fields, values) for row in block.rows))
        case _:
            return block


def _rows(grid: Grid, fields: Mapping[str, FormField], entries: list[dict[str, str]]) -> Grid:
    """Give a list with one row for each entry in place of the row with fields and the empty ones below it."""
    pattern = grid.rows[grid.header]
    numbered = pattern[0].content == ("1",)
    rows = [_row(pattern, fields, entry) for entry in entries] or [_row(pattern, fields, {})]
    if numbered:
        rows = [(replace(row[0], content=(str(number),)), *row[1:]) for number, row in enumerate(rows, 1)]
    return replace(grid, rows=(*grid.rows[: grid.header], *rows), rows_of="", spare=0)


def _row(row: tuple[GridCell, ...], fields: Mapping[str, FormField], values: Values) -> tuple[GridCell, ...]:
    return tuple(replace(cell, content=_filled(cell.content, fields, values)) for cell in row)


def _filled(content: Inlines, fields: Mapping[str, FormField], values: Values) -> Inlines:
    return tuple(_value(part, fields, values) for part in content)


def _value(part: Inline, fields: Mapping[str, FormField], values: Values) -> Inline:
    if not isinstance(part, Todo):
        return part
    value = values.get(part.id)
    return Invented(shown(fields[part.id], value)) if value else ""
