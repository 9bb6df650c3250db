"""A document shown on a page: its sheets, with headings, paragraphs and tables as they will stand in the file.

What is to be filled in carries its field's id, the row of a list the list's, so that filling in on the page
(``docs/assets/fill-sheet.js``) shows its result here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from markupsafe import Markup

from handbook.composition.document import (
    AttachmentNote,
    AttachmentTitle,
    Blank,
    Block,
    Document,
    Grid,
    GridCell,
    Heading,
    Imprint,
    Letterhead,
    PageBreak,
    Paper,
    Paragraph,
    Recipient,
    Sheet,
    Signature,
    plain_text,
)
from handbook.renderers.gbt9704 import PROFILE, signature_indents
from handbook.renderers.view import View

_MARKS = {"file": "", "minutes": " hb-sheet__mark--minutes", "letter": " hb-sheet__mark--letter"}


def preview(view: View, document: Document, *, table: str = "表格", head_waits: bool = False) -> str:
    """Give the document sheet by sheet: a new one where the file begins a new page of its own accord.

    `table` names its tables; a page that shows two documents gives each a name of its own. With `head_waits` the red head
    is there but hidden, until somebody who fills in on the page chooses the file that has it.
    """
    tables = _names(table)
    pages = list(_pages(document))
    lines = [list(_lines(view, page.blocks, page.paper, tables)) for page in pages]
    lines[0][:0] = [
        *(_head(view, document.letterhead, waits=head_waits) if document.letterhead else ()),
        *(_line("title", view.inlines((line,) if isinstance(line, str) else line)) for line in document.title),
    ]
    if document.imprint:
        lines[-1].append(_imprint(view, document.imprint))
    return sheets(_sheet(page.paper, made) for page, made in zip(pages, lines, strict=True))


def sheets(made: Iterable[Markup]) -> str:
    """Give the frame around the sheets of one document."""
    return str(Markup('<div class="hb-sheets">\n{}\n</div>').format(Markup("\n").join(made)))


def sheet_blocks(view: View, blocks: tuple[Block, ...]) -> Markup:
    """Give the blocks of a document's text; tables are numbered, so that each region has a name of its own."""
    return Markup("\n").join(_lines(view, blocks, "portrait", _names("表格")))


@dataclass(slots=True)
class _Page:
    """What stands on sheets of one kind."""

    paper: Paper
    blocks: list[Block] = field(default_factory=list)


def _pages(document: Document) -> Iterator[_Page]:
    page = _Page(document.paper)
    for block in document.blocks:
        begins = isinstance(block, AttachmentTitle | PageBreak)
        if begins and page.blocks:
            yield page
            page = _Page(page.paper)
        if isinstance(block, Sheet):
            if block.paper != page.paper and page.blocks:
                yield page
                page = _Page(block.paper)
            page.paper = block.paper
        else:
            page.blocks.append(block)
    yield page


def _sheet(paper: Paper, lines: Sequence[Markup]) -> Markup:
    kind = Markup("") if paper == "portrait" else Markup(" hb-sheet--{}").format(paper)
    return Markup('<div class="hb-sheet{}">\n{}\n</div>').format(kind, Markup("\n").join(lines))


def _lines(view: View, blocks: Iterable[Block], paper: Paper, tables: Iterator[str]) -> Iterator[Markup]:
    for block in blocks:
        match block:
            case Heading(level, content):
                yield Markup("<h{0}>{1}</h{0}>").format(min(level + 2, 6), view.inlines(content))
            case Paragraph(content, align):
                yield _line(align, view.inlines(content))
            case Blank():
                yield _line("blank", Markup(""))
            case Recipient(content):
                yield _line("plain", view.inlines(content) + "：")
            case Signature():
                yield from _signature(view, block, paper)
            case Grid():
                yield _grid(view, block, next(tables))
            case AttachmentNote(names):
                yield from _note(names)
            case AttachmentTitle(label, title):
                yield _line("label", Markup("{}").format(label))
                yield _line("title", Markup("{}").format(title))
            case _:
                continue


def _names(table: str) -> Iterator[str]:
    return (f"{table}{number}" for number in count(1))


def _line(kind: str, content: Markup) -> Markup:
    return Markup('<p class="hb-sheet__{}">{}</p>').format(kind, content)


def _signature(view: View, block: Signature, paper: Paper) -> Iterator[Markup]:
    """Give organ and date where 7.3.5 wants them."""
    room = PROFILE.characters(PROFILE.sheet(paper))
    texts = (plain_text(block.organ), plain_text(block.date))
    indents = signature_indents(*texts, seal=block.seal, room=room)
    for name, content, right in zip(("organ", "date"), (block.organ, block.date), indents, strict=True):
        yield Markup('<p class="hb-sheet__right" data-sign="{}" style="padding-right:{:g}em">{}</p>').format(
            name, right, view.inlines(content)
        )


def _note(names: tuple[str, ...]) -> Iterator[Markup]:
    for number, name in enumerate(names, 1):
        figure = f"{number}." if len(names) > 1 else ""
        opening = Markup("附件：") if number == 1 else Markup("")
        yield Markup('<p class="hb-sheet__note">{}{}{}</p>').format(
            opening or Markup('<span class="hb-sheet__gap"></span>'), figure, name
        )


def _head(view: View, head: Letterhead, *, waits: bool) -> Iterator[Markup]:
    if waits:
        lines = Markup("\n").join(_letterhead(view, head))
        yield Markup('<div class="hb-sheet__head" data-head hidden>\n{}\n</div>').format(lines)
    else:
        yield from _letterhead(view, head)


def _letterhead(view: View, head: Letterhead) -> Iterator[Markup]:
    yield Markup('<p class="hb-sheet__mark{}">{}</p>').format(_MARKS[head.form], view.inlines(head.organ))
    signer = Markup("　签发人：{}").format(view.inlines(head.signer)) if head.signer else Markup("")
    if head.number or signer:
        yield _line("number", view.inlines(head.number) + signer)
    yield Markup('<hr class="hb-sheet__rule">')


def _imprint(view: View, imprint: Imprint) -> Markup:
    """Give 版记; 抄送 and 印发 are added where the text does not say them itself, as in the file."""
    copies, date = imprint.copies, imprint.date
    opening = "" if plain_text(copies).startswith("抄送") else "抄送："
    ending = "" if plain_text(date).endswith("印发") else "印发"
    first = Markup("<p>{}{}</p>").format(opening, view.inlines(copies)) if copies else Markup("")
    return Markup('<div class="hb-sheet__imprint">{}<p><span>{}</span><span>{}{}</span></p></div>').format(
        first, view.inlines(imprint.printer), view.inlines(date), ending
    )


def _grid(view: View, grid: Grid, name: str) -> Markup:
    total = sum(grid.widths)
    columns = Markup("").join(
        Markup('<col style="width:{:.1f}%">').format(100 * width / total) for width in grid.widths
    )
    rows = [
        Markup("<tr{}>{}</tr>").format(_row_of(grid, index), Markup("").join(_cell(view, cell) for cell in row))
        for index, row in enumerate(grid.rows)
    ]
    # Rows that the file repeats on each page are repeated where the page is printed, too.
    header = Markup("<thead>{}</thead>").format(Markup("").join(rows[: grid.header])) if grid.header else Markup("")
    body = Markup("").join(rows[grid.header :])
    table = Markup('<table class="hb-grid"><colgroup>{}</colgroup>{}<tbody>{}</tbody></table>').format(
        columns, header, body
    )
    return Markup('<div class="hb-scroll" tabindex="0" role="region" aria-label="{}">{}</div>').format(name, table)


def _row_of(grid: Grid, index: int) -> Markup:
    """Mark the row that is copied for each entry; the empty ones follow it."""
    return Markup(' data-list="{}"').format(grid.rows_of) if grid.rows_of and index == grid.header else Markup("")


def _cell(view: View, cell: GridCell) -> Markup:
    span = Markup(' colspan="{}"').format(cell.span) if cell.span > 1 else Markup("")
    classes = " ".join(
        name for name, wanted in (("is-head", cell.head), (f"is-{cell.align}", cell.align != "left")) if wanted
    )
    kind = Markup(' class="{}"').format(classes) if classes else Markup("")
    high = Markup(' style="height:{:g}em"').format(2.2 * cell.lines) if cell.lines > 1 else Markup("")
    return Markup("<td{}{}{}>{}</td>").format(span, kind, high, view.inlines(cell.content))
