"""The red head (7.2, 10.1, 10.3) and 版记 (7.4) of a document that a unit issues, as lines and tables.

The standard fixes places and colours; sizes of the mark and weights of the red lines are practice (see `gbt9704.Head`).
A letter's mark stands above the type area, which only a frame can do; its two double lines are paragraph borders, the
lower one in the footer of the first page, which bears no number (10.1). Not provided, since a unit of this handbook has
no use for them: 份号、密级、紧急程度, several signers in columns, joint marks.
"""

from __future__ import annotations

from dataclasses import replace

from handbook.composition.document import Imprint, Inlines, Letterhead, Todo
from handbook.renderers.docx_controls import Controls, shown
from handbook.renderers.docx_shapes import Control, Item, Line, Styled, Table, TableCell, TableKind, TableRow
from handbook.renderers.gbt9704 import PROFILE, Page, mark_size, width_in_characters

_SIGNER = "签发人："
_COPIES = "抄送："
_ATTENDANCE = ("出席：", "请假：", "列席：")
_INDENT = 1
"""Characters that 文号, 签发人 and the two sides of 版记 stand in from the edge (7.2.5, 7.4.3)."""
_GAPS = 1.5
"""Characters for the gaps that some programs set beside the figures of a date."""
_STOPS = "，、；。"


def head_lines(head: Letterhead, page: Page, controls: Controls) -> tuple[Item, ...]:
    """Give everything above the title."""
    organ = head.organ
    if head.form == "minutes" and not shown(organ).endswith("纪要"):
        organ = (*organ, "纪要")
    content = controls.parts(organ)
    size, half_points = mark_size(shown(organ), to_fill=any(isinstance(part, Control) for part in content))
    blanks = (Line("GWBlank"),) * PROFILE.head.title_blanks
    if head.form == "letter":
        # Its number stands below the line, at the right edge.
        number = (Line("GWLetterNumber", controls.parts(head.number)),) if head.number else ()
        mark = Line(f"GWLetter{size}", content, frame=PROFILE.head.letter_top)
        return (mark, Line("GWLetterLine", frame=PROFILE.head.letter_line(half_points)), *number, *blanks)
    return (Line(f"GWMark{size}", content), *_number(head, page, controls), Line("GWRedLine"), *blanks)


def _number(head: Letterhead, page: Page, controls: Controls) -> tuple[Item, ...]:
    """Give 文号 two lines below the mark: centred, or at the left with 签发人 at the right where there is one."""
    between = (Line("GWBlank"),) * PROFILE.head.number_blanks
    if head.signer:
        number, names = controls.parts(head.number), _brief(_without(head.signer, _SIGNER))
        left, right = _sides(
            page.text_width // PROFILE.lattice.character,
            _INDENT + _room(head.number, PROFILE.head.number),
            _INDENT + width_in_characters(_SIGNER) + _room(names, PROFILE.head.signer),
            page.text_width,
        )
        row = (
            TableCell(Line("GWNumber", number), left),
            TableCell(Line("GWSigner", (Styled(_SIGNER, "GWSignerLabel"), *controls.parts(names))), right),
        )
        return (*between, Table((left, right), (TableRow(row, 1, whole=True),), kind="head"))
    return (*between, Line("GWPlain", controls.parts(head.number), "center")) if head.number else ()


def imprint_table(
    imprint: Imprint, page: Page, controls: Controls, *, letter: bool = False, above: int = 0
) -> Table | None:
    """Give 版记: whom copies go to, below it who printed it and when, 印发 at the end; a letter's has copies only (10.1).

    The date takes the width of its words, the printer the rest: organs have long names.
    """
    width = page.text_width - PROFILE.closing.narrower
    ending = () if shown(imprint.date).endswith("印发") else ("印发",)
    date = (*_brief(imprint.date), *ending)
    character = PROFILE.closing.size * 10
    needed = min(round((_room(date, PROFILE.closing.date) + _INDENT + _GAPS) * character), width // 2)
    widths = (width - needed, needed)
    rows = []
    if imprint.copies:
        copies = _without(imprint.copies, _COPIES)
        if isinstance(last := copies[-1], str):
            copies = (*copies[:-1], last.rstrip(_STOPS))
        line = Line("GWCopies", controls.parts((_COPIES, *copies, "。")))
        rows.append(TableRow((TableCell(line, width, 2, middle=True),), 1, whole=True))
    if not letter:
        cells = (Line("GWImprint", controls.parts(imprint.printer)), Line("GWImprintDate", controls.parts(date)))
        row = tuple(TableCell(line, own, middle=True) for line, own in zip(cells, widths, strict=True))
        rows.append(TableRow(row, 1, whole=True))
    kind: TableKind = "letter-imprint" if letter else "imprint"
    return Table(widths, tuple(rows), kind=kind, left=page.left, above=above) if rows else None


def attendance(content: Inlines, controls: Controls) -> Line | None:
    """Give 出席、请假、列席 of minutes, the word itself in 黑体 (10.3); nothing where the paragraph says something else."""
    first = content[0] if content else ""
    label = next((word for word in _ATTENDANCE if isinstance(first, str) and first.startswith(word)), "")
    if not label:
        return None
    return Line("GWAttendance", (Styled(label, "GWAttendanceLabel"), *controls.parts(_without(content, label))))


def _room(content: Inlines, usual: int) -> float:
    """Give the characters that a text needs; one with places to fill in at least what usually stands there."""
    wide = width_in_characters(shown(content))
    return max(wide, usual) if any(isinstance(part, Todo) for part in content) else wide


def _brief(content: Inlines) -> Inlines:
    """Give the inlines with 【待填】 alone, where a label would need more room than what replaces it."""
    return tuple(replace(part, short=True) if isinstance(part, Todo) else part for part in content)


def _sides(room: int, left: float, right: float, width: int) -> tuple[int, int]:
    """Give the widths of two cells that need so many of `room` characters: 文号 never wraps, what is left over is shared."""
    least = _INDENT + width_in_characters(_SIGNER) + PROFILE.head.signer
    share = left + (room - left - right) / 2 if left + right <= room else min(left, room - least)
    own = round(share * PROFILE.lattice.character)
    return own, width - own


def _without(content: Inlines, opening: str) -> Inlines:
    """Give the inlines without these opening words, which the layout writes itself."""
    first = content[0] if content else ""
    if isinstance(first, str) and first.startswith(opening):
        rest = first[len(opening) :]
        return (rest, *content[1:]) if rest else content[1:]
    return content
