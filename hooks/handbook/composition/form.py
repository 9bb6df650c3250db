"""A form as a document: its placeholders become places to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handbook.composition.document import (
    Blank,
    Block,
    Document,
    Grid,
    GridCell,
    Heading,
    Inlines,
    Paragraph,
    Recipient,
    Signature,
    Todo,
)
from handbook.model import form as model
from handbook.model.form import Form, FormField

_PLACEHOLDER = re.compile(r"【待填：([a-z0-9-]+)】")


def compose_form(form: Form) -> Document:
    """Give the empty form."""
    fields = {field.id: field for field in form.fields}
    blocks = tuple(_block(block, fields) for block in form.body)
    title = tuple(form.heading)
    return Document(title, blocks, f"form/{form.id}", form.version, subject=form.title)


def inlines(text: str, fields: Mapping[str, FormField]) -> Inlines:
    """Take a text with placeholders apart."""
    parts: list[str | Todo] = []
    position = 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > position:
            parts.append(text[position : match.start()])
        field = fields[match[1]]
        parts.append(Todo(field.id, field.label, field.type, field.options, "", field.rule or "", field.short))
        position = match.end()
    if position < len(text):
        parts.append(text[position:])
    return tuple(parts)


def _block(block: model.Block, fields: Mapping[str, FormField]) -> Block:
    if isinstance(block, model.HeadingBlock):
        return Heading(block.level, inlines(block.text, fields))
    if isinstance(block, model.ParagraphBlock):
        return Paragraph(inlines(block.text, fields), block.align)
    if isinstance(block, model.BlankBlock):
        return Blank()
    if isinstance(block, model.RecipientBlock):
        return Recipient(inlines(block.text, fields))
    if isinstance(block, model.SignatureBlock):
        return Signature(inlines(block.organ, fields), inlines(block.date, fields), block.seal)
    rows = tuple(
        tuple(
            GridCell(inlines(cell.text, fields) if cell.text else (), cell.head, cell.span, cell.align, cell.lines)
            for cell in row
        )
        for row in block.rows
    )
    return Grid(tuple(block.widths), rows, block.header)
