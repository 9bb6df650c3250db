"""What a Word file is made of, between the blocks of a document and the XML: lines, tables, controls, sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handbook.renderers.gbt9704 import Page

Footers = Literal["numbers", "turned", "empty", "letter", "none"]
"""The footers of a section; ``letter``: none on the first page but the red line, numbers after it."""
TableKind = Literal["grid", "head", "imprint", "letter-imprint"]
"""Ruled; without rules, for the red head; at the foot of the last page; there without rules."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What controls show while they are empty; the glossary holds it, so that an emptied control shows it again."""

    name: str
    guid: str
    text: str


@dataclass(frozen=True, slots=True)
class Control:
    """A content control."""

    number: int
    tag: str
    alias: str
    kind: str
    options: tuple[str, ...]
    placeholder: Placeholder


@dataclass(frozen=True, slots=True)
class Styled:
    """A text in a character style of its own."""

    text: str
    style: str


Part = str | Control | Styled


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one kind."""

    page: Page
    footers: Footers
    restart: bool = False
    """Its first page is page 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its style and what differs from it."""

    style: str
    content: tuple[Part, ...] = ()
    justify: str = ""
    right: float | None = None
    """Right indent in characters."""
    hang: tuple[float, float] | None = None
    """Left and hanging indent in characters."""
    keep: bool = False
    """On one page with what follows."""
    new_page: bool = False
    frame: int = 0
    """Stands in a frame of its own, so far from the upper edge of the sheet (the head of a letter)."""
    section: Section | None = None
    """The section that ends with this paragraph."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with its width in twips."""

    line: Line
    width: int
    span: int = 1
    middle: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; `whole`: never split between pages."""

    cells: tuple[TableCell, ...]
    lines: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first `header` rows repeat on each page."""

    widths: tuple[int, ...]
    rows: tuple[TableRow, ...]
    header: int = 0
    kind: TableKind = "grid"
    left: int = 0
    """Of a table at the foot: from the left edge of the page."""
    above: int = 0
    """Of a table at the foot: free height between the text and it."""


Item = Line | Table


@dataclass(frozen=True, slots=True)
class Body:
    """The whole text, its last section, and what its controls show."""

    items: tuple[Item, ...]
    last: Section
    placeholders: tuple[Placeholder, ...]

    def footers(self) -> frozenset[Footers]:
        """Give the kinds of footers its sections use."""
        inner = (item.section.footers for item in self.items if isinstance(item, Line) and item.section)
        return frozenset((*inner, self.last.footers))
