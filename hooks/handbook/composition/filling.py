"""What can be filled in: the fields of a form or a report in groups, its lists, what must agree, and the example.

The page gets this as data, the build fills the same thing: both start from one `Fillable`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from handbook.composition.document import (
    AttachmentTitle,
    Block,
    Document,
    Grid,
    Heading,
    Inlines,
    Paper,
    Paragraph,
    Recipient,
    Sheet,
    Signature,
    Todo,
    plain_text,
    title_text,
)
from handbook.composition.form import compose_form
from handbook.model.form import Agreement, Form, FormField
from handbook.rules.form_values import Askable, normal

BEGINNING = "开头"
"""The group of what stands before the first heading."""
Values = Mapping[str, str]
Lists = Mapping[str, Sequence[Values]]


@dataclass(frozen=True, slots=True)
class Place:
    """A field to fill in, and the title of the group it stands in."""

    id: str
    label: str
    type: str = "text"
    options: tuple[str, ...] = ()
    rule: str = ""
    shared: str = ""
    """The shared value it stands for."""
    optional: bool = False
    group: str = ""
    head: bool = False
    """It stands in the red head alone, which the plain file has not."""
    unended: tuple[str, ...] = ()
    """What its value must not end in."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list: as many rows as there are entries."""

    id: str
    title: str
    numbered: bool
    fields: tuple[Place, ...]
    after: str = ""
    """The last field before it in the document; empty where it stands before all."""
    columns: tuple[tuple[str, str], ...] = ()
    """Title and field of each column, the field empty where people write by hand."""

    @property
    def optional(self) -> bool:
        """It may stay empty where each of its fields may."""
        return all(field.optional for field in self.fields)


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: whether it is set for a seal, and on which paper."""

    seal: bool
    paper: Paper


@dataclass(frozen=True, slots=True)
class Fillable:
    """Everything that filling in a document needs to know of it."""

    owner: str
    """``forms/public-notice``, ``reports/annual-work``."""
    title: str
    version: str
    fields: tuple[Place, ...]
    lists: tuple[Rows, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    signatures: tuple[Signed, ...] = ()
    """The signatures of the document in order."""
    paper: Paper = "portrait"

    @property
    def groups(self) -> tuple[tuple[str, tuple[Place, ...]], ...]:
        """The fields in groups of one title, in order."""
        return tuple((title, tuple(found)) for title, found in groupby(self.fields, lambda field: field.group))


def fillable_form(form: Form) -> Fillable:
    """Give what can be filled in a form; groups are those its fields open, else the headings they stand under."""
    document = compose_form(form)
    listed = {field for _, field in form.list_fields()}
    own = any(field.opens for field in form.fields)
    under = _headings(document)
    standing = {todo.id for todo in _todos(document)}
    title = BEGINNING
    places: dict[str, Place] = {}
    for field in form.fields:
        if field.id in listed:
            places[field.id] = _place(field, "")
            continue
        title = field.opens or title
        place = _place(field, title if own else under.get(field.id, title))
        places[field.id] = replace(place, head=form.letterhead is not None and field.id not in standing)
    lists = tuple(
        Rows(
            block.id, block.title, block.numbered,
            tuple(places[column.field] for column in block.columns if column.field in places),
            before,
            tuple((column.title, column.field or "") for column in block.columns),
        )
        for block, before in zip(form.lists, _before_lists(document), strict=True)
    )  # fmt: skip
    fields = tuple(place for place in places.values() if place.id not in listed)
    return Fillable(
        f"forms/{form.id}", form.title, form.version, fields, lists, form.agreements, _signatures(document), form.paper
    )


def fillable_document(document: Document, owner: str, title: str = "") -> Fillable:
    """Give what can be filled in a report or scaffold: its gaps, each once, under the heading where it first stands."""
    under = _headings(document)
    fields: dict[str, Place] = {}
    for todo in _todos(document):
        rule = todo.rule or todo.hint
        place = Place(todo.id, todo.label, todo.kind, todo.options, rule, group=under[todo.id])
        fields.setdefault(todo.id, place)
    return Fillable(
        owner,
        title or title_text(document),
        document.version,
        tuple(fields.values()),
        signatures=_signatures(document),
        paper=document.paper,
    )


def shown(field: Askable, value: str) -> str:
    """Give a value as it stands in the document: a date in words, everything else as it was typed."""
    value = normal(value)
    if field.type != "date" or not value:
        return value
    year, month, day = value.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def example_values(form: Form) -> tuple[dict[str, str], dict[str, list[dict[str, str]]]]:
    """Give the values and the list rows of the invented example."""
    listed = {field for _, field in form.list_fields()}
    values = {field.id: field.example for field in form.fields if field.example and field.id not in listed}
    rows = {block.id: [dict(row) for row in block.examples] for block in form.lists if block.examples}
    return values, rows


def entries(fillable: Fillable, values: Values, lists: Lists) -> dict[str, object]:
    """Give the values in the form in which a page saves and opens them.

    What was asked goes along, so that a form that asks the same can take the answer.
    """
    rows_of = {rows.id: rows for rows in fillable.lists}
    return {
        "handbook": "entries",
        "form": fillable.owner,
        "version": fillable.version,
        "values": dict(values),
        "lists": {ident: [dict(row) for row in rows] for ident, rows in lists.items()},
        "shared": {field.shared: values[field.id] for field in fillable.fields if field.shared and field.id in values},
        "asked": _asked(fillable.fields, values),
        "columns": {
            ident: _asked(rows_of[ident].fields, {name for row in rows for name in row})
            for ident, rows in lists.items()
        },
    }


def data_for_page(fillable: Fillable, example: tuple[Values, Lists] | None = None) -> dict[str, object]:
    """Give the fillable as plain data; what is empty or usual is left out."""
    made: dict[str, object] = {
        "form": fillable.owner,
        "title": fillable.title,
        "version": fillable.version,
        "paper": fillable.paper,
        "fields": [_plain(field) for field in fillable.fields],
        "lists": [
            {
                "id": rows.id, "title": rows.title, "numbered": rows.numbered, "after": rows.after,
                "fields": [_plain(field) for field in rows.fields],
                "columns": [list(column) for column in rows.columns],
            }
            for rows in fillable.lists
        ],
        "agreements": [item.model_dump(mode="json", exclude_defaults=True) for item in fillable.agreements],
        "signatures": [{"seal": item.seal, "paper": item.paper} for item in fillable.signatures],
    }  # fmt: skip
    if example and (example[0] or example[1]):
        made["example"] = {"values": dict(example[0]), "lists": {name: list(rows) for name, rows in example[1].items()}}
    return made


def _plain(field: Place) -> dict[str, object]:
    made: dict[str, object] = {"id": field.id, "label": field.label, "type": field.type}
    made |= {name: list(value) for name, value in (("options", field.options), ("unended", field.unended)) if value}
    made |= {name: True for name, value in (("optional", field.optional), ("head", field.head)) if value}
    made |= {
        name: value for name, value in (("rule", field.rule), ("shared", field.shared), ("group", field.group)) if value
    }
    return made


def _place(field: FormField, group: str) -> Place:
    return Place(
        field.id, field.label, field.type, field.options, field.rule or "", field.shared or "", field.optional, group,
        unended=field.unended,
    )  # fmt: skip


def _asked(fields: Sequence[Place], given: Container[str]) -> dict[str, dict[str, str]]:
    asked: dict[str, dict[str, str]] = {}
    for field in fields:
        if field.id in given:
            shared = {"shared": field.shared} if field.shared else {}
            asked[field.id] = {"label": field.label, "type": field.type, **shared}
    return asked


def _contents(block: Block) -> Iterator[Inlines]:
    match block:
        case Heading(content=content) | Paragraph(content=content) | Recipient(content=content):
            yield content
        case Signature(organ=organ, date=date):
            yield organ
            yield date
        case Grid(rows=rows):
            for row in rows:
                for cell in row:
                    yield cell.content


def _todos(document: Document) -> Iterator[Todo]:
    for todo, _ in _walk(document):
        yield todo


def _walk(document: Document) -> Iterator[tuple[Todo, str]]:
    """Walk the gaps with the heading above each; a gap in a heading belongs to that heading, the red head is left out."""
    for content, title in _titled(document):
        for part in content:
            if isinstance(part, Todo):
                yield part, title


def _titled(document: Document) -> Iterator[tuple[Inlines, str]]:
    title = BEGINNING
    for line in document.title:
        yield (line,) if isinstance(line, str) else line, title
    for block in document.blocks:
        if isinstance(block, Heading):
            title = "".join(part.label if isinstance(part, Todo) else plain_text((part,)) for part in block.content)
        elif isinstance(block, AttachmentTitle):
            title = block.title
        elif isinstance(block, Signature):
            title = "落款"
        for content in _contents(block):
            yield content, title
    if imprint := document.imprint:
        yield (*imprint.copies, *imprint.printer, *imprint.date), "版记"


def _headings(document: Document) -> dict[str, str]:
    found: dict[str, str] = {}
    for todo, title in _walk(document):
        found.setdefault(todo.id, title)
    return found


def _before_lists(document: Document) -> Iterator[str]:
    """Give for each list the last field that stands before it for the first time."""
    last = ""
    seen: set[str] = set()
    for block in document.blocks:
        if isinstance(block, Grid) and block.rows_of:
            yield last
            continue
        for content in _contents(block):
            for part in content:
                if isinstance(part, Todo) and part.id not in seen:
                    seen.add(part.id)
                    last = part.id


def _signatures(document: Document) -> tuple[Signed, ...]:
    paper = document.paper
    found = []
    for block in document.blocks:
        if isinstance(block, Sheet):
            paper = block.paper
        elif isinstance(block, Signature):
            found.append(Signed(block.seal, paper))
    return tuple(found)
