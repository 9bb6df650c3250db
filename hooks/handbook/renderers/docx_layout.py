"""From the blocks of a document to the lines, tables and sections of its Word file."""

from __future__ import annotations

from dataclasses import replace

from handbook.composition.document import (
    AttachmentNote,
    AttachmentTitle,
    Blank,
    Block,
    Document,
    Grid,
    GridCell,
    Guide,
    Heading,
    Imprint,
    Inlines,
    PageBreak,
    Paper,
    Paragraph,
    Recipient,
    Sheet,
    Signature,
    Todo,
)
from handbook.renderers.docx_controls import Controls, shown
from handbook.renderers.docx_head import attendance, head_lines, imprint_table
from handbook.renderers.docx_shapes import Body, Control, Footers, Item, Line, Part, Section, Table, TableCell, TableRow
from handbook.renderers.gbt9704 import (
    PROFILE,
    Page,
    column_widths,
    note_indents,
    signature_indents,
    width_in_characters,
)
from handbook.renderers.office import clean

_LONGEST_KEPT = 8
"""Lines of a paragraph that is kept with the 附件说明 below it. A longer one fills the page itself: kept too, the whole
chain would no longer fit, and LibreOffice then parts organ and date."""
_LOW_ROW = 3
"""Lines up to which a row of a table is kept with the next."""
_ENDS = "。；;，,、"
"""What no name of an attachment ends with (7.3.4)."""


def lay_out(document: Document) -> Body:
    """Give the whole text of the file."""
    controls = Controls()
    layout = _Layout(document.paper, controls)
    layout.text(document)
    items, last = layout.finish()
    if document.guide:
        # Laid out last, so that the numbers of the controls are those of the file without it.
        items = (*_guide(document.guide, controls), *items)
    return Body(items, last, tuple(controls.placeholders.values()))


def _guide(guide: Guide, controls: Controls) -> tuple[Item, ...]:
    """Give 填写说明 as a section of its own without page numbers: taken out, it leaves the document as it is without."""
    layout = _Layout("portrait", controls)
    layout.text(Document((guide.title,), guide.blocks, "", ""))
    return layout.closed()


class _Layout:
    """Turns blocks into lines and tables, one after the other."""

    def __init__(self, paper: Paper, controls: Controls) -> None:
        self._controls = controls
        self._paper = paper
        self._next_paper = paper
        self._page: Page = PROFILE.sheet(paper)
        self._sections = 0
        self._letter = self._minutes = False
        self._out: list[Item] = []
        self._new_page = False

    def text(self, document: Document) -> None:
        """Lay out head, title, blocks and 版记."""
        if document.letterhead:
            self._letter = document.letterhead.form == "letter"
            self._minutes = document.letterhead.form == "minutes"
            self._out.extend(head_lines(document.letterhead, self._page, self._controls))
        for title in document.title:
            self._add(Line("Title", self._parts((title,) if isinstance(title, str) else title)))
        if document.title and not (document.blocks and isinstance(document.blocks[0], Blank | AttachmentTitle)):
            self._add(Line("GWBlank"))
        for block in document.blocks:
            self._block(block)
        if document.imprint:
            self._imprint(document.imprint)

    def _imprint(self, imprint: Imprint) -> None:
        """End with 版记, never on a page of its own: what stands last goes over with it, of a table the last row."""
        below = isinstance(self._out[-1], Table) if self._out else False
        above = PROFILE.closing.above if below else 0
        closing = imprint_table(imprint, self._page, self._controls, letter=self._letter, above=above)
        if not closing:
            return
        if below:
            self._out[-1] = _with_last_row_kept(self._out[-1])
        last = self._end_with_line()
        if not last.section and self._fits(last):
            self._out[-1] = replace(last, keep=True)
        self._out.append(closing)

    def finish(self) -> tuple[tuple[Item, ...], Section]:
        """Give everything in order and the last section; the last item is a paragraph, as Word wants it."""
        self._end_with_line()
        return tuple(self._out), self._section()

    def closed(self) -> tuple[Item, ...]:
        """Give everything as pages before the document: their section ends here and has no page numbers."""
        closing = self._end_with_line()
        section = replace(self._section(), footers="none", restart=False)
        return (*self._out[:-1], replace(closing, section=section))

    def _end_with_line(self) -> Line:
        last = self._out[-1] if self._out else None
        if not isinstance(last, Line):
            last = Line("GWTail")
            self._out.append(last)
        return last

    def _add(self, item: Item) -> None:
        self._turn()
        if self._new_page and isinstance(item, Line):
            item = replace(item, new_page=True)
        self._new_page = False
        self._out.append(item)

    def _turn(self) -> None:
        """Begin a section where the paper changes: the section's properties stand in the last paragraph before it."""
        if self._next_paper == self._paper:
            return
        if self._out:
            closing = self._end_with_line()
            self._out[-1] = replace(closing, section=self._section())
            self._sections += 1
            self._new_page = False
        self._paper = self._next_paper
        self._page = PROFILE.sheet(self._paper)

    def _section(self) -> Section:
        first = self._sections == 0
        footers: Footers = "numbers" if self._page.numbers == "foot" else "turned"
        if self._page.numbers == "none":
            # A section without footers of its own would go on with those of the section before.
            footers = "none" if first else "empty"
        elif first and self._letter:
            footers = "letter"
        return Section(self._page, footers, restart=first)

    def _parts(self, content: Inlines) -> tuple[Part, ...]:
        return self._controls.parts(content)

    def _block(self, block: Block) -> None:
        match block:
            case Heading(level, content):
                # The standard knows four levels; a deeper one is set like the fourth.
                self._add(Line(str(min(max(level, 1), 4)), self._parts(content)))
            case Paragraph():
                self._paragraph(block)
            case Blank():
                self._add(Line("GWBlank"))
            case Recipient(content):
                written = bool(content) and isinstance(content[-1], str) and content[-1].endswith(("：", ":"))
                self._add(Line("GWRecipient", self._parts(content if written else (*content, "："))))
            case Signature():
                self._signature(block)
            case AttachmentNote(names):
                self._note(names)
            case Grid():
                self._grid(block)
            case PageBreak():
                self._new_page = True
            case Sheet(paper):
                self._next_paper = paper
            case AttachmentTitle(label, title):
                self._new_page = bool(self._out)
                self._add(Line("GWAttachmentLabel", (clean(label),)))
                self._add(Line("GWBlank", keep=True))
                self._add(Line("GWAttachmentTitle", (clean(title),)))
                self._add(Line("GWBlank", keep=True))

    def _paragraph(self, block: Paragraph) -> None:
        if self._minutes and (line := attendance(block.content, self._controls)):
            if not _is(self._out[-1], line.style):
                self._blanks(1)
            self._add(line)
            return
        if _is(self._out[-1] if self._out else None, "GWDate") and shown(block.content).startswith("（"):
            # 附注 stands below the date (7.3.6): neither may open a page without the other.
            self._out[-1] = replace(self._end_with_line(), keep=True)
        style = "GWBody" if block.align == "body" else "GWPlain"
        justify = block.align if block.align in ("center", "right") else ""
        self._add(Line(style, self._parts(block.content), justify))

    def _blanks(self, wanted: int) -> int:
        """See to it that so many empty lines stand before what follows; give where the first of them is."""
        self._turn()
        position = len(self._out)
        while position and _is(self._out[position - 1], "GWBlank"):
            position -= 1
        if position:
            for _ in range(wanted - (len(self._out) - position)):
                self._add(Line("GWBlank"))
        return position

    def _note(self, names: tuple[str, ...]) -> None:
        """附件说明 (7.3.4): a blank line below the text, a number only where there are several, no stop at the end."""
        self._blanks(1)
        for number, name in enumerate(names, 1):
            figure = f"{number}." if len(names) > 1 else ""
            text = clean(name).strip().rstrip(_ENDS)
            hang = note_indents(number if figure else 0)
            self._add(Line("GWNote", (f"{'附件：' if number == 1 else ''}{figure}{text}",), hang=hang))

    def _signature(self, block: Signature) -> None:
        """Keep it on one page with the text before it: 7.3.5.5 wants no signature alone on a page."""
        position = self._blanks(PROFILE.seal_blanks if block.seal else PROFILE.plain_blanks)
        text = position
        while text and (_is(self._out[text - 1], "GWNote") or _is(self._out[text - 1], "GWBlank")):
            text -= 1
        if text and (text == position or self._fits(self._out[text - 1])):
            text -= 1
        for index in range(text, len(self._out)):
            before = self._out[index]
            if isinstance(before, Line) and not before.section:
                self._out[index] = replace(before, keep=True)
        organ, date = signature_indents(
            shown(block.organ), shown(block.date), seal=block.seal, room=PROFILE.characters(self._page)
        )
        self._add(Line("GWSign", self._parts(block.organ), right=organ))
        self._add(Line("GWDate", self._parts(block.date), right=date))

    def _fits(self, item: Item) -> bool:
        """Tell whether a paragraph is short enough to go to the next page whole with note and signature."""
        if not isinstance(item, Line):
            return False
        texts = (part.placeholder.text if isinstance(part, Control) else str(part) for part in item.content)
        return width_in_characters("".join(texts)) <= _LONGEST_KEPT * PROFILE.characters(self._page)

    def _grid(self, block: Grid) -> None:
        self._turn()
        if block.caption:
            self._add(Line("GWCaption", (clean(block.caption),)))
        elif self._new_page:
            self._add(Line("GWTail"))
        elif self._out and isinstance(self._out[-1], Table):
            # Word would run two adjoining tables together.
            self._add(Line("GWBlank"))
        widths = column_widths(block.widths, self._page.text_width)
        dense = block.dense or _crowded(block, widths)
        style = "GWDense" if dense else "GWCell" if block.header else "GWForm"
        kept = _kept_rows(block)
        rows = (self._row(row, widths, style, keep=index < kept) for index, row in enumerate(block.rows))
        self._add(Table(widths, tuple(rows), block.header))

    def _row(self, row: tuple[GridCell, ...], widths: tuple[int, ...], style: str, *, keep: bool) -> TableRow:
        if sum(cell.span for cell in row) != len(widths) or any(cell.span < 1 for cell in row):
            raise ValueError(f"the cells {[cell.span for cell in row]} do not fill {len(widths)} columns")
        lines = max(1, *(cell.lines for cell in row))
        cells, column = [], 0
        for cell in row:
            justify = "" if cell.head or cell.align == "left" else cell.align
            line = Line(style + "Head" if cell.head else style, self._parts(cell.content), justify, keep=keep)
            width = sum(widths[column : column + cell.span])
            cells.append(TableCell(line, width, cell.span, middle=cell.head or lines == 1 or _brief(cell, width)))
            column += cell.span
        return TableRow(tuple(cells), lines, whole=lines == 1 and not _long(row))


def _is(item: Item | None, style: str) -> bool:
    return isinstance(item, Line) and item.style == style and not item.section


def _long(row: tuple[GridCell, ...]) -> bool:
    return any(isinstance(part, Todo) and part.kind == "long" for cell in row for part in cell.content)


def _brief(cell: GridCell, width: int) -> bool:
    """Tell whether a cell of a tall row holds one line, which stands in the middle; what may grow stands at the top."""
    room = (width - 2 * PROFILE.tables.padding) / (PROFILE.sizes.cell * 10)
    used = 0.0
    for part in cell.content:
        if isinstance(part, Todo):
            if part.kind == "long" or (part.kind == "text" and cell.lines > 1 and cell.align != "center"):
                return False
        else:
            text = shown((part,))
            used += room + 1 if "\n" in text else width_in_characters(text)
    return used <= room


def _kept_rows(block: Grid) -> int:
    """Give how many first rows stay with the next: no page ends with a header and one row. Rows that may split do not."""
    least = block.header + (1 if block.rows_of else 2)
    begin = block.rows[: block.header + 1]
    if not block.header or len(block.rows) < least or any(_long(row) for row in begin):
        return 0
    return 0 if any(cell.lines > _LOW_ROW for row in begin for cell in row) else len(begin)


def _with_last_row_kept(item: Item) -> Item:
    """Give a table whose last row stays with what follows, if the row is low and not the one that lists copy."""
    if not isinstance(item, Table) or len(item.rows) < item.header + 2:
        return item
    last = item.rows[-1]
    parts = (part for cell in last.cells for part in cell.line.content)
    if last.lines > _LOW_ROW or any(isinstance(part, Control) and part.kind == "long" for part in parts):
        return item
    cells = tuple(replace(cell, line=replace(cell.line, keep=True)) for cell in last.cells)
    return replace(item, rows=(*item.rows[:-1], replace(last, cells=cells, whole=True)))


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
