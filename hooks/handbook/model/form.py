"""Forms (模板): fields and the blocks of the document they stand in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from handbook.model.base import Grouped, Model
from handbook.model.citation import Basis
from handbook.model.scalars import Count, Flag, Ident, Reference, Text


class FormField(Model):
    """A place to fill in. ``【待填：id】`` in a text of the form stands for it; its label is what people see."""

    id: Ident
    label: Text
    type: Literal["text", "long", "date", "choice", "count"] = "text"
    options: tuple[Text, ...] = ()
    rule: Text | None = None
    """How to fill it in right."""
    short: Flag = False
    """In a narrow cell: shown as 【待填】, the label stays in the control's title."""


class HeadingBlock(Model):
    """A heading; the number (一、（一）) is typed, because automatic numbers get lost in copying."""

    block: Literal["heading"]
    level: Count = 1
    text: Text


class ParagraphBlock(Model):
    """A paragraph of the body; ``align: plain`` leaves out the first-line indent."""

    block: Literal["paragraph"]
    text: Text
    align: Literal["body", "plain", "center", "right"] = "body"


class BlankBlock(Model):
    """An empty line."""

    block: Literal["blank"]


class RecipientBlock(Model):
    """主送机关, without the colon."""

    block: Literal["recipient"]
    text: Text


class SignatureBlock(Model):
    """Organ and date at the end, set by GB/T 9704."""

    block: Literal["signature"]
    organ: Text
    date: Text
    seal: Flag = False


class Cell(Model):
    """A cell of a grid; texts may hold fields."""

    text: Text | None = None
    head: Flag = False
    span: Count = 1
    align: Literal["left", "center", "right"] = "left"
    lines: Count = 1


class GridBlock(Model):
    """A table to fill in. ``widths``: shares of the text width; each row's spans add up to their number."""

    block: Literal["grid"]
    widths: tuple[Count, ...]
    header: Count = 0
    """Rows repeated on each page."""
    rows: tuple[tuple[Cell, ...], ...]


Block = Annotated[
    HeadingBlock | ParagraphBlock | BlankBlock | RecipientBlock | SignatureBlock | GridBlock,
    Field(discriminator="block"),
]


class Form(Grouped):
    """A downloadable document to fill in."""

    version: Text
    """Printed nowhere, kept in the file's properties, so that a file can be traced to its page."""
    heading: tuple[Text, ...]
    """The document's title, line by line."""
    used: Text
    """When it is used."""
    basis: tuple[Basis, ...] = ()
    guidance: tuple[Text, ...] = ()
    """How to fill it in; on the page, never in the clean file."""
    fields: tuple[FormField, ...]
    body: tuple[Block, ...]
    related: tuple[Reference, ...] = ()
