"""A document as a Word file laid out by GB/T 9704-2012.

The file is made of readable XML parts (``docx_parts``) filled by Jinja; this module turns blocks into the lines and
tables those parts print, and packs them. The numbers are in `gbt9704`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook.composition.document import (
    AttachmentTitle,
    Blank,
    Block,
    Document,
    FigureRef,
    Grid,
    GridCell,
    Heading,
    Inlines,
    PageBreak,
    Paragraph,
    Recipient,
    Signature,
    Todo,
    title_text,
)
from handbook.renderers.gbt9704 import PROFILE, column_widths, signature_indents
from handbook.renderers.office import clean, in_utc, stored_zip

LONGEST_NAME = 64
"""Word refuses a file whose control has a longer title or tag."""

_PARTS = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "docx_parts", encoding="utf-8"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ORDER = (
    ("[Content_Types].xml", "content_types.xml"),
    ("_rels/.rels", "package_rels.xml"),
    ("word/document.xml", "document.xml"),
    ("word/_rels/document.xml.rels", "document_rels.xml"),
    ("word/styles.xml", "styles.xml"),
    ("word/settings.xml", "settings.xml"),
    ("word/fontTable.xml", "font_table.xml"),
    ("word/footer1.xml", "footer.xml"),
    ("word/footer2.xml", "footer.xml"),
    ("word/glossary/document.xml", "glossary.xml"),
    ("word/glossary/_rels/document.xml.rels", "glossary_rels.xml"),
    ("word/glossary/styles.xml", "styles.xml"),
    ("docProps/core.xml", "core.xml"),
    ("docProps/app.xml", "app.xml"),
    ("docProps/custom.xml", "custom.xml"),
)
_FOOTERS = {"word/footer1.xml": {"side": "right", "sample": "1"}, "word/footer2.xml": {"side": "left", "sample": "2"}}
_FIXED = frozenset(
    {"package_rels.xml", "glossary_rels.xml", "styles.xml", "settings.xml", "font_table.xml", "footer.xml", "app.xml"}
)


def render_docx(document: Document, *, stamp: str) -> bytes:
    """Give the bytes of the ``.docx``. `stamp` (ISO; without a zone it is +08:00) is when it says it was made."""
    layout = _Layout()
    body = layout.body(document)
    moment = in_utc(dt.datetime.fromisoformat(stamp))
    context = {
        "body": body,
        "placeholders": tuple(layout.placeholders.values()),
        "properties": {
            "title": clean(title_text(document)),
            "subject": clean(document.subject),
            "keywords": clean("；".join(document.keywords)),
            "stamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "template": clean(document.template),
            "version": clean(document.version),
        },
    }
    parts = []
    for name, source in _ORDER:
        if "/glossary/" in name and not layout.placeholders:
            continue
        parts.append((name, _fixed(name, source) if source in _FIXED else _render(source, **context)))
    return stored_zip(parts)


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
class Line:
    """A paragraph: its style and what differs from it."""

    style: str
    content: tuple[str | Control, ...] = ()
    justify: str = ""
    right: float | None = None
    """Right indent in characters."""
    keep: bool = False
    """On one page with what follows."""
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with its width in twips."""

    line: Line
    width: int
    span: int
    middle: bool


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
    header: int


class _Layout:
    """Turns the blocks of one document into lines and tables, and remembers the controls it made."""

    def __init__(self) -> None:
        self.placeholders: dict[str, Placeholder] = {}
        self._numbers: set[int] = set()
        self._seen: dict[str, int] = {}
        self._out: list[Line | Table] = []
        self._new_page = False

    def body(self, document: Document) -> tuple[Line | Table, ...]:
        """Give all lines and tables in order."""
        for title in document.title:
            self._add(Line("Title", self._inlines((title,) if isinstance(title, str) else title)))
        if document.title and not (document.blocks and isinstance(document.blocks[0], Blank | AttachmentTitle)):
            self._add(Line("GWBlank"))
        for block in document.blocks:
            self._block(block)
        if not self._out or isinstance(self._out[-1], Table):
            self._add(Line("GWTail"))
        return tuple(self._out)

    def _add(self, line: Line) -> None:
        self._out.append(replace(line, new_page=True) if self._new_page else line)
        self._new_page = False

    def _block(self, block: Block) -> None:
        match block:
            case Heading(level, content):
                # The standard knows four levels; a deeper one is set like the fourth.
                self._add(Line(str(min(max(level, 1), 4)), self._inlines(content)))
            case Paragraph(content, align):
                style, justify = ("GWBody", "") if align == "body" else ("GWPlain", "" if align == "plain" else align)
                self._add(Line(style, self._inlines(content), justify))
            case Blank():
                self._add(Line("GWBlank"))
            case Recipient(content):
                written = bool(content) and isinstance(content[-1], str) and content[-1].endswith(("：", ":"))
                self._add(Line("GWRecipient", self._inlines(content if written else (*content, "："))))
            case Signature():
                self._signature(block)
            case Grid():
                self._grid(block)
            case PageBreak():
                self._new_page = True
            case AttachmentTitle(label, title):
                self._new_page = True
                self._add(Line("GWAttachmentLabel", (clean(label),)))
                self._add(Line("GWBlank", keep=True))
                self._add(Line("GWAttachmentTitle", (clean(title),)))
                self._add(Line("GWBlank", keep=True))

    def _signature(self, block: Signature) -> None:
        """Keep it on one page with the text before it: 7.3.5.5 wants no signature alone on a page."""
        wanted = PROFILE.seal_blanks if block.seal else PROFILE.plain_blanks
        position = len(self._out)
        while position and isinstance(line := self._out[position - 1], Line) and line.style == "GWBlank":
            position -= 1
        for _ in range(wanted - (len(self._out) - position)):
            self._add(Line("GWBlank"))
        for index in range(max(position - 1, 0), len(self._out)):
            before = self._out[index]
            if isinstance(before, Line):
                self._out[index] = replace(before, keep=True)
        organ_right, date_right = signature_indents(_text(block.organ), _text(block.date), seal=block.seal)
        self._add(Line("GWSign", self._inlines(block.organ), right=organ_right))
        self._add(Line("GWDate", self._inlines(block.date), right=date_right))

    def _grid(self, block: Grid) -> None:
        if block.caption:
            self._add(Line("GWCaption", (clean(block.caption),)))
        elif self._new_page:
            self._add(Line("GWTail"))
        elif self._out and isinstance(self._out[-1], Table):
            # Word would run two adjoining tables together.
            self._add(Line("GWBlank"))
        widths = column_widths(block.widths)
        style = "GWDense" if _crowded(block, widths) else "GWCell" if block.header else "GWForm"
        rows = tuple(self._row(row, widths, style) for row in block.rows)
        self._out.append(Table(widths, rows, block.header))

    def _row(self, row: tuple[GridCell, ...], widths: tuple[int, ...], style: str) -> TableRow:
        if sum(cell.span for cell in row) != len(widths) or any(cell.span < 1 for cell in row):
            raise ValueError(f"the cells {[cell.span for cell in row]} do not fill {len(widths)} columns")
        lines = max(1, *(cell.lines for cell in row))
        cells, column = [], 0
        for cell in row:
            justify = "" if cell.head or cell.align == "left" else cell.align
            line = Line(style + "Head" if cell.head else style, self._inlines(cell.content), justify)
            width = sum(widths[column : column + cell.span])
            cells.append(TableCell(line, width, cell.span, middle=cell.head or lines == 1))
            column += cell.span
        long = any(isinstance(part, Todo) and part.kind == "long" for cell in row for part in cell.content)
        return TableRow(tuple(cells), lines, whole=lines == 1 and not long)

    def _inlines(self, content: Inlines) -> tuple[str | Control, ...]:
        """Join neighbouring texts; a figure is text here."""
        out: list[str | Control] = []
        for part in content:
            if isinstance(part, Todo):
                out.append(self._control(part))
                continue
            text = clean(part.text if isinstance(part, FigureRef) else part)
            if out and isinstance(out[-1], str):
                out[-1] += text
            elif text:
                out.append(text)
        return tuple(out)

    def _control(self, todo: Todo) -> Control:
        """Give the control its number from its tag and how often that occurred: rewording a label changes no number."""
        if not 0 < len(todo.id) <= LONGEST_NAME:
            raise ValueError(f"the tag of a control has 1 to {LONGEST_NAME} characters: {todo.id!r}")
        self._seen[todo.id] = self._seen.get(todo.id, 0) + 1
        digest = hashlib.sha256(f"{todo.id}#{self._seen[todo.id]}".encode()).digest()
        number = int.from_bytes(digest[:4], "big") & 0x7FFFFFFF or 1
        while number in self._numbers:
            number = number % 0x7FFFFFFF + 1
        self._numbers.add(number)
        options = tuple(dict.fromkeys(option for option in map(clean, todo.options) if option))
        kind = "text" if todo.kind == "choice" and not options else todo.kind
        alias = clean(todo.label).replace("\n", " ")[:LONGEST_NAME]
        return Control(number, clean(todo.id), alias, kind, options, self._placeholder(clean(todo.text)))

    def _placeholder(self, text: str) -> Placeholder:
        if text not in self.placeholders:
            name = hashlib.sha256(text.encode()).hexdigest().upper()[:32]
            guid = "{" + "-".join((name[:8], name[8:12], name[12:16], name[16:20], name[20:])) + "}"
            self.placeholders[text] = Placeholder(name, guid, text)
        return self.placeholders[text]


def _crowded(block: Grid, widths: tuple[int, ...]) -> bool:
    """Tell whether a table needs the dense type: narrow columns throughout, or a 【待填】 that would break."""
    if sum(widths) / len(widths) < PROFILE.tables.dense_column:
        return True
    for row in block.rows:
        column = 0
        for cell in row:
            short = any(isinstance(part, Todo) and part.short for part in cell.content)
            if short and sum(widths[column : column + cell.span]) < PROFILE.tables.short_cell:
                return True
            column += cell.span
    return False


def _text(content: Inlines) -> str:
    """Give what the reader sees, to measure it."""
    return "".join(clean(part if isinstance(part, str) else part.text) for part in content)


@cache
def _fixed(name: str, source: str) -> bytes:
    """Render a part that is the same in every file."""
    return _render(source, **_FOOTERS.get(name, {}))


def _render(source: str, **context: object) -> bytes:
    """Render a part and make sure here, not in Word, that it is well formed."""
    xml = _PARTS.get_template(source).render(p=PROFILE, **context).encode()
    ET.fromstring(xml)  # noqa: S314  (our own text)
    return xml
