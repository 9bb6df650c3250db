"""A form as a document: its placeholders become places to fill in, its lists a row to copy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from handbook.composition import document as doc
from handbook.composition.document import Document, GridCell, Guide, Inlines, Todo
from handbook.composition.freshness import Freshness
from handbook.model import form as model
from handbook.model.form import Form, FormField

_PLACEHOLDER = re.compile(r"【待填：([a-z0-9-]+)】")
GUIDE_TITLE = "填写说明"
_NUMBER_WIDTH = 700
"""Twips of a column 序号, where the others are given in twips too."""


def compose_form(form: Form, freshness: Freshness | None = None) -> Document:
    """Give the empty form; `freshness` goes into the properties of the files people download."""
    fields = {field.id: field for field in form.fields}
    imprint = form.imprint
    return Document(
        title=tuple(inlines(line, fields) for line in form.heading),
        blocks=tuple(_block(block, fields) for block in form.body),
        template=f"form/{form.id}",
        version=form.version,
        subject=form.title,
        paper=form.paper,
        imprint=doc.Imprint(
            inlines(imprint.printer, fields), inlines(imprint.date, fields), inlines(imprint.copies or "", fields)
        )
        if imprint
        else None,
        rules="；".join(freshness.rules) if freshness else "",
        freshness=freshness.code if freshness else "",
    )


def with_letterhead(form: Form, document: Document) -> Document:
    """Give the same document below the red head; the form must have one."""
    if form.letterhead is None:
        raise ValueError(f"{form.id} has no letterhead")
    fields = {field.id: field for field in form.fields}
    head = form.letterhead
    made = doc.Letterhead(
        inlines(head.organ, fields), inlines(head.number or "", fields), inlines(head.signer or "", fields), head.form
    )
    return replace(document, letterhead=made)


def with_guide(form: Form, document: Document) -> Document:
    """Give the same document behind its 填写说明: when, how, field by field, on which clauses."""
    blocks: list[doc.Block] = [
        doc.Paragraph(("这一页是填写说明，上报、存档前整页删去。",)),
        doc.Heading(1, ("一、什么时候用",)),
        doc.Paragraph((form.used,)),
    ]
    sections: list[tuple[str, tuple[str, ...]]] = [
        ("怎么填", form.guidance),
        ("各栏目", tuple(f"{field.label}：{field.rule}" for field in form.fields if field.rule)),
        ("依据", tuple(f"{citation}。" for citation in map(str, form.basis))),
    ]
    for number, (title, texts) in zip("二三四", (entry for entry in sections if entry[1]), strict=False):
        blocks.append(doc.Heading(1, (f"{number}、{title}",)))
        blocks.extend(doc.Paragraph((f"{index}.{_ended(text)}",)) for index, text in enumerate(texts, 1))
    return replace(document, guide=Guide(GUIDE_TITLE, tuple(blocks)))


def inlines(text: str, fields: Mapping[str, FormField]) -> Inlines:
    """Take a text with placeholders apart."""
    parts: list[str | Todo] = []
    position = 0
    for match in _PLACEHOLDER.finditer(text):
        if match.start() > position:
            parts.append(text[position : match.start()])
        parts.append(_todo(fields[match[1]]))
        position = match.end()
    if position < len(text):
        parts.append(text[position:])
    return tuple(parts)


def _todo(field: FormField) -> Todo:
    return Todo(field.id, field.label, field.type, field.options, "", field.rule or "", field.short)


def _ended(text: str) -> str:
    return text if text.endswith(("。", "？", "！")) else f"{text}。"


def _block(block: model.Block, fields: Mapping[str, FormField]) -> doc.Block:
    match block:
        case model.HeadingBlock():
            return doc.Heading(block.level, inlines(block.text, fields))
        case model.ParagraphBlock():
            return doc.Paragraph(inlines(block.text, fields), block.align)
        case model.BlankBlock():
            return doc.Blank()
        case model.RecipientBlock():
            return doc.Recipient(inlines(block.text, fields))
        case model.SignatureBlock():
            return doc.Signature(inlines(block.organ, fields), inlines(block.date, fields), block.seal)
        case model.AttachmentNoteBlock():
            return doc.AttachmentNote(block.names)
        case model.AttachmentBlock():
            return doc.AttachmentTitle(block.label, block.title)
        case model.SheetBlock():
            return doc.Sheet(block.paper)
        case model.ListBlock():
            return _list(block, fields)
        case model.GridBlock():
            rows = tuple(tuple(_cell(cell, fields) for cell in row) for row in block.rows)
            return doc.Grid(tuple(block.widths), rows, block.header)


def _cell(cell: model.Cell, fields: Mapping[str, FormField]) -> GridCell:
    return GridCell(inlines(cell.text, fields) if cell.text else (), cell.head, cell.span, cell.align, cell.lines)


def _list(block: model.ListBlock, fields: Mapping[str, FormField]) -> doc.Grid:
    """Give the table: header, one row with the fields, empty rows to write on."""
    numbers = (_NUMBER_WIDTH,) if block.numbered else ()
    header = [GridCell((column.title,), head=True, align="center") for column in block.columns]
    first = [
        GridCell((_todo(_in_column(fields[column.field])),) if column.field else (), align=column.align)
        for column in block.columns
    ]
    blank = [GridCell(align=column.align) for column in block.columns]
    rows = [header, first, *(blank for _ in range(block.rows - 1))]
    if block.numbered:
        texts = ("序号", *map(str, range(1, block.rows + 1)))
        rows = [
            [GridCell((text,), head=not index, align="center"), *row]
            for index, (text, row) in enumerate(zip(texts, rows, strict=True))
        ]
    widths = (*numbers, *(column.width for column in block.columns))
    return doc.Grid(widths, tuple(map(tuple, rows)), 1, rows_of=block.id, spare=block.rows - 1)


def _in_column(field: FormField) -> FormField:
    """Give the field as it stands in a narrow column: 【待填】."""
    return field.model_copy(update={"short": True})
