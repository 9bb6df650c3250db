"""The neutral middle form between what we know and what a file holds: a report or a form as blocks.

Four outputs times many genres would otherwise need as many writers; with these few blocks each renderer stays small.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Paper = Literal["portrait", "landscape", "ballot"]
"""A4 upright, A4 on its side, and the small sheet of a ballot."""


@dataclass(frozen=True, slots=True)
class Todo:
    """A place still to be filled in: a content control in Word, a visible mark on the page."""

    id: str
    """The control's tag; unique in the document except where the same field stands twice."""
    label: str
    kind: Literal["text", "long", "date", "time", "choice", "count", "amount", "doc-number"] = "text"
    options: tuple[str, ...] = ()
    hint: str = ""
    """Where to look it up, in a few words: stands in the mark."""
    rule: str = ""
    """How to fill it in, a whole sentence: stands beside the document, never in it."""
    short: bool = False
    """Narrow cell: shows 【待填】, the label stays in the control's title."""

    @property
    def text(self) -> str:
        """``【待填：标签（去哪里查）】``."""
        if self.short:
            return "【待填】"
        return f"【待填：{self.label}{f'（{self.hint}）' if self.hint else ''}】"


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A figure derived from records, as text, with the number of its entry in the list of sources."""

    metric: str
    text: str
    number: int


Inline = str | Todo | FigureRef
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4 (一、 （一） 1. （1）); its number is part of the text."""

    level: int
    content: Inlines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``body`` is indented by two characters."""

    content: Inlines
    align: Literal["body", "plain", "center", "right"] = "body"


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """主送机关; the colon is added."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Signature:
    """Organ and date, set by GB/T 9704 7.3.5; `seal` chooses the arrangement with a seal."""

    organ: Inlines
    date: Inlines
    seal: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell; `span` columns wide, at least `lines` lines high."""

    content: Inlines = ()
    head: bool = False
    span: int = 1
    align: Literal["left", "center", "right"] = "left"
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `widths` are shares of the text width; the first `header` rows repeat on each page."""

    widths: tuple[int, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    header: int = 0
    caption: str = ""
    rows_of: str = ""
    """Id of the list whose entries are its rows: the row below the header holds the fields, `spare` empty ones follow."""
    spare: int = 0
    dense: bool = False
    """Set in small type, as a list one reads and does not fill in."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page (附件另面)."""


@dataclass(frozen=True, slots=True)
class AttachmentNote:
    """附件说明 below the text (7.3.4): names in order, numbered where there are several."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What follows stands on sheets of this kind."""

    paper: Paper


@dataclass(frozen=True, slots=True)
class AttachmentTitle:
    """``附件`` on the first line of a new page, its title centred below."""

    label: str
    title: str


Block = (
    Heading | Paragraph | Blank | Recipient | Signature | Grid | PageBreak | AttachmentNote | AttachmentTitle | Sheet
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The red head (7.2): mark, 文号, 签发人, red line; ``minutes`` and ``letter`` have their own arrangement (10)."""

    organ: Inlines
    number: Inlines = ()
    signer: Inlines = ()
    form: Literal["file", "minutes", "letter"] = "file"


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 (7.4) at the foot of the last page."""

    printer: Inlines
    date: Inlines
    copies: Inlines = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """填写说明: a first page that is taken out before the document is handed in."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `template` and `version` go into the file's properties and trace it to its page."""

    title: tuple[str | Inlines, ...]
    """Title lines; empty for a document without title."""
    blocks: tuple[Block, ...]
    template: str
    version: str
    subject: str = ""
    """One line for the file's properties."""
    keywords: tuple[str, ...] = field(default=())
    paper: Paper = "portrait"
    letterhead: Letterhead | None = None
    imprint: Imprint | None = None
    guide: Guide | None = None
    rules: str = ""
    """The versions of the rules it rests on, for the file's properties: 发展党员细则（2026）."""
    freshness: str = ""
    """A short code that changes whenever the form or a fact it rests on changes."""


def title_text(document: Document) -> str:
    """Give the title as one line of text, as the reader sees it."""
    return "".join(plain_text((line,) if isinstance(line, str) else line) for line in document.title)


def plain_text(content: Inlines) -> str:
    """Give what the reader sees of these inlines."""
    return "".join(part if isinstance(part, str) else part.text for part in content)
