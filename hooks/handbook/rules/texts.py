"""All texts that readers see, as the editorial rules take them: data values and lines of prose, each with its place.

A rule first looks at the whole of a block (one object, one page); only where something shows up are the single texts with
their key paths made. Citations, code, addresses, tags and attributes are blanked: same length, nothing to find in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from pydantic import BaseModel

from handbook.diagnostics import Diagnostic, Place
from handbook.loading.pages import MarkdownPage, prose_lines
from handbook.loading.yaml_events import KeyPath, key_text
from handbook.model.formula import FormulaSource
from handbook.rules.context import Context
from handbook.rules.walk import walk

BLANK = "\0"
"""Stands for every character that is no text."""
PROSE = "(正文)"
_CITATION = re.compile(r"〔[^〔〕\n]*〕")
_NO_PROSE = re.compile(
    r"〔[^〔〕\n]*〕|<!--.*?-->|</?[A-Za-z][^>]*>|`[^`]*`|\]\([^)\s]*\)|\{[#.:][^}]*\}|https?://[^\s\u3000-\uffef]+"
)
_WRONG_COLUMN = re.compile("不要|别这样|错|不对|不当")
"""Head of a column of a table that shows how not to write."""


@dataclass(frozen=True, slots=True)
class Text:
    """One value of the data, or one line of prose, or a cell of a table in it."""

    value: str
    """With blanks for what is no text."""
    name: str
    """The object's, as sources are named; empty for prose."""
    at: KeyPath
    """Key path; in prose only ``wrong`` for a cell that shows how not to write."""
    written: str
    start: Place | None = None
    """Of a piece of prose."""

    def say(self, context: Context, offset: int, message: str, remedy: str) -> Diagnostic:
        """Give a diagnostic at a character of the text; at its beginning where YAML writes it in another way."""
        if self.start:
            place = Place(self.start.path, self.start.line, self.start.column + offset)
            return Diagnostic(place, PROSE, message, remedy)
        source = context.source(self.name)
        place = source.value(*self.at)
        positions = source.positions
        line = positions.text.split("\n")[place.line - positions.first_line][place.column - 1 :]
        quote = 1 if line[:1] in ("'", '"') else 0
        if line[quote:].startswith(self.written):
            place = Place(place.path, place.line, place.column + quote + offset)
        return Diagnostic(place, key_text((*source.base, *self.at)), message, remedy)


@dataclass(frozen=True, slots=True)
class Block:
    """The texts of one object or page."""

    whole: str
    """All of them, one per line."""
    texts: Callable[[], Iterator[Text]]
    names: frozenset[str] = frozenset()
    """What the object or page is called: title and aliases."""


def models(context: Context) -> Iterator[tuple[str, BaseModel]]:
    """Give everything with texts, each with the name of its source; ledger records are not ours to word."""
    library = context.library
    yield from ((f"{kind.section}/{item.id}", item) for kind, item in library.objects())
    yield from ((f"terms/{term.id}", term) for term in library.terms.values())
    yield from ((f"pages/{page.uri}", page.meta) for page in library.pages.values() if not page.owner)
    if "groups" in context.reading.sources:
        yield "groups", library.groups


def blocks(context: Context) -> Iterator[Block]:
    """Give the texts of the library and its pages."""
    for name, model in models(context):
        found: list[str] = []
        _collect(model, found)
        whole = _CITATION.sub(_blank, "\n".join(found))
        yield Block(whole, partial(_values, name, model), _called(model))
    for uri, page in context.reading.markdown.items():
        lines = [(number, line, _NO_PROSE.sub(_blank, line)) for number, line in prose_lines(page.body, page.body_line)]
        curated = context.library.pages.get(uri)
        names = _called(curated.meta) if curated else frozenset()
        yield Block("\n".join(masked for _, _, masked in lines), partial(_lines, page, lines), names)


def _collect(value: object, found: list[str]) -> None:
    """Gather the texts of a model without their paths, which few need."""
    if isinstance(value, str):
        if not value.isascii() and not isinstance(value, FormulaSource):  # nor are ids, references and numbers text
            found.append(value)
    elif isinstance(value, BaseModel):
        for item in value.__dict__.values():
            if item:
                _collect(item, found)
    elif isinstance(value, tuple):
        for item in value:
            _collect(item, found)
    elif isinstance(value, dict):
        for item in value.values():
            _collect(item, found)


def _values(name: str, model: BaseModel) -> Iterator[Text]:
    for at, value in walk(model):
        if isinstance(value, str) and not value.isascii() and not isinstance(value, FormulaSource):
            yield Text(_CITATION.sub(_blank, value), name, at, value)


def _lines(page: MarkdownPage, lines: list[tuple[int, str, str]]) -> Iterator[Text]:
    heads: list[bool] | None = None
    for number, line, masked in lines:
        if not line.lstrip(" >").startswith("|"):
            heads = None
            yield Text(masked, "", (), line, Place(page.path, number, 1))
            continue
        cells = masked.split("|")
        if heads is None:
            heads = [_WRONG_COLUMN.search(cell) is not None for cell in cells]
        column = 1
        for index, cell in enumerate(cells):
            at: KeyPath = ("wrong",) if index < len(heads) and heads[index] else ()
            yield Text(cell, "", at, line[column - 1 : column - 1 + len(cell)], Place(page.path, number, column))
            column += len(cell) + 1


def _called(model: BaseModel) -> frozenset[str]:
    return frozenset((str(getattr(model, "title", "")), *getattr(model, "alias", ())))


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])
