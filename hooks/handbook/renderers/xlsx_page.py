"""What every sheet of a workbook shares: how it prints, what stays allowed under protection, how high a row must be."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from handbook.renderers.office import clean
from handbook.renderers.xlsx_rows import fits
from handbook.renderers.xlsx_styles import FONT

PROTECTION = {
    "format_cells": True, "format_columns": True, "format_rows": True, "sort": True, "autofilter": True,
    "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip
"""What stays allowed where formulas are locked; there is no password."""
STANDARDS = "标准"
_LINE_HEIGHT = 15
"""Points of a line of 11-point text."""
_PAGE_WIDTH = 218
"""Units of column width that one page across can take before the print gets too small to read: 11 points at six tenths."""
_TALLEST = 409
"""Excel knows no taller row."""


def height_of(lines: int) -> float:
    """Give the height of a row of so many lines."""
    return float(min(_LINE_HEIGHT * lines + 7, _TALLEST))


def lines_of(text: str, room: int) -> int:
    """Give how many lines a text takes; a Han character takes two units of a column's width, a Latin letter one."""
    # Its length in UTF-8 tells how many of either there are, without looking at each character.
    return sum(
        max(1, math.ceil((len(part) + (len(part.encode()) - len(part)) / 2) / max(room, 2)))
        for part in text.split("\n")
    )


def row_height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Give the height that shows every wrapped text: not every program lets rows grow by themselves."""
    # The indent and the borders take three units.
    lines = max((lines_of(clean(text), width - 3) for text, width in zip(texts, widths, strict=True)), default=1)
    return height_of(lines)


def pages_across(widths: Sequence[int], repeated: int) -> tuple[int, int]:
    """Give how many pages a table takes across, and the last column of the first; the first columns come on each.

    Programs shrink a table until its columns, page after page, fit on so many pages; this does the same beforehand.
    """
    for pages in range(1, len(widths) + 1):
        least = max(math.ceil(sum(widths) / pages), *widths)
        for room in range(least, max(least, _PAGE_WIDTH) + 1):
            ends = _page_ends(widths, repeated, room)
            if len(ends) <= pages and room <= _PAGE_WIDTH:
                return pages, ends[0]
    return len(widths), 0


def _page_ends(widths: Sequence[int], repeated: int, room: int) -> list[int]:
    """Give the last column of each page of that room."""
    ends: list[int] = []
    used = 0
    for place, width in enumerate(widths):
        if used + width > room and used:
            ends.append(place - 1)
            used = sum(widths[:repeated])
        used += width
    return [*ends, len(widths) - 1]


def print_setup(
    sheet: Worksheet,
    title: str,
    repeated: tuple[int, int],
    last: tuple[int, int],
    *,
    pages: int = 1,
    portrait: bool = False,
) -> None:
    """Print on A4, so many pages across, title and header on each page."""
    if not portrait:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(pages, 0)
    sheet.repeat_rows(*repeated)
    sheet.print_area(0, 0, *last)
    sheet.center_horizontally()
    name = clean(title)[:60].replace("&", "&&")
    sheet.set_footer(f'&L&"{FONT},Regular"&9{name}&R&"{FONT},Regular"&9第&P页，共&N页')


def string(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write text as text, whatever it begins with: never a formula, never a link."""
    text = clean(text)
    if not text:
        sheet.write_blank(row, column, None, style)
    elif not fits(text) or sheet.write_string(row, column, text, style):
        raise ValueError(f"cell {xl_rowcol_to_cell(row, column)} cannot hold {text[:20]!r}…")


def merged(sheet: Worksheet, row: int, left: int, right: int, text: str, style: Format) -> None:
    """Write a text over a row's cells from left to right."""
    # A range of one cell cannot be merged.
    if right > left:
        sheet.merge_range(row, left, row, right, "", style)
    string(sheet, row, left, text, style)
