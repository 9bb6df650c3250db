"""A document shown on a page: headings, paragraphs and tables as they will stand in the file."""

from __future__ import annotations

from itertools import takewhile

from markupsafe import Markup

from handbook.composition.document import (
    AttachmentTitle,
    Block,
    Document,
    Grid,
    GridCell,
    Heading,
    Paragraph,
    Recipient,
    Signature,
)
from handbook.renderers.view import View


def preview(view: View, document: Document) -> str:
    """Give the document as one sheet; the appendix of sources is left to the file."""
    lines = ((line,) if isinstance(line, str) else line for line in document.title)
    title = Markup("\n").join(Markup('<p class="hb-sheet__title">{}</p>').format(view.inlines(line)) for line in lines)
    text = takewhile(lambda block: not isinstance(block, AttachmentTitle), document.blocks)
    return str(Markup('<div class="hb-sheet">\n{}\n{}\n</div>').format(title, sheet_blocks(view, tuple(text))))


def sheet_blocks(view: View, blocks: tuple[Block, ...]) -> Markup:
    """Give the blocks of a document's text; tables are numbered, so that each region has a name of its own."""
    lines: list[Markup] = []
    grids = 0
    for block in blocks:
        if isinstance(block, Grid):
            grids += 1
            lines.append(_grid(view, block, f"表格{grids}"))
        else:
            lines.extend(_block(view, block))
    return Markup("\n").join(lines)


def _block(view: View, block: Block) -> list[Markup]:
    if isinstance(block, Heading):
        level = min(block.level + 2, 6)
        return [Markup("<h{0}>{1}</h{0}>").format(level, view.inlines(block.content))]
    if isinstance(block, Paragraph):
        return [Markup('<p class="hb-sheet__{}">{}</p>').format(block.align, view.inlines(block.content))]
    if isinstance(block, Recipient):
        return [Markup('<p class="hb-sheet__plain">{}：</p>').format(view.inlines(block.content))]
    if isinstance(block, Signature):
        return [
            Markup('<p class="hb-sheet__right">{}</p>').format(view.inlines(block.organ)),
            Markup('<p class="hb-sheet__right">{}</p>').format(view.inlines(block.date)),
        ]
    return []


def _grid(view: View, grid: Grid, name: str) -> Markup:
    total = sum(grid.widths)
    columns = Markup("").join(
        Markup('<col style="width:{:.1f}%">').format(100 * width / total) for width in grid.widths
    )
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(_cell(view, cell) for cell in row)) for row in grid.rows
    )
    table = Markup('<table class="hb-grid"><colgroup>{}</colgroup><tbody>{}</tbody></table>').format(columns, rows)
    return Markup('<div class="hb-scroll" tabindex="0" role="region" aria-label="{}">{}</div>').format(name, table)


def _cell(view: View, cell: GridCell) -> Markup:
    span = Markup(' colspan="{}"').format(cell.span) if cell.span > 1 else Markup("")
    kind = Markup(' class="is-head"') if cell.head else Markup("")
    return Markup("<td{}{}>{}</td>").format(span, kind, view.inlines(cell.content))
