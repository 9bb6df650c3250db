"""GB/T 9704-2012 as numbers and arithmetic: every measure a Word file of ours uses stands here, with its clause.

The standard fixes results (22 lines of 28 characters on 156 × 225 mm) and kinds of type, not line pitch or font files.
What is marked *derived* follows from those results by arithmetic; what is marked *practice* is our choice.
Lengths are twips (1/20 pt, 56.69 to the millimetre), type sizes half-points, as Word writes them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal


@dataclass(frozen=True, slots=True)
class Page:
    """A4 (5.1); top 37 mm and binding edge 28 mm (5.2.1); the other two margins are derived from the type area."""

    width: int = 11906
    height: int = 16838
    top: int = 2098
    left: int = 1588
    bottom: int = 1984
    right: int = 1474
    header: int = 851
    footer: int = 1443
    """Practice: measured so that the dashes stand 7 mm below the type area (7.5)."""
    numbers: Literal["foot", "turned", "none"] = "foot"
    """Where the page number stands: at the foot, at the foot of the sheet held upright, nowhere."""

    @property
    def text_width(self) -> int:
        """156 mm upright."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """225 mm upright."""
        return self.height - self.top - self.bottom


TURNED = Page(
    width=16838, height=11906, top=1588, left=1984, bottom=1474, right=2098, header=851, footer=851, numbers="turned"
)
"""The upright page turned (GB/T 9704 8: a table across the sheet, its head at the 订口 on odd and at the 切口 on even
pages). Printed on both sides, the 订口 of an odd page is the left edge of the sheet held upright, and so is the 切口 of
an even page: on every page the table's head lies at that left edge. So the upright page is turned clockwise to be read:
its left margin (28 mm) becomes the top, its top (37 mm) the right, its right (26 mm) the bottom, its foot (35 mm) the
left; the type area is 225 × 156 mm. The page number stays at the foot of the upright sheet, as on other pages: on the
screen it stands left of the text, turned, low on odd and high on even pages."""

SLIP = Page(
    width=8391, height=11906, top=1134, left=1020, bottom=1020, right=1020, header=567, footer=567, numbers="none"
)
"""Practice: a ballot is A5 (148 × 210 mm) with margins of 18 and 20 mm and no page number; the standard knows no such
sheet, its type area is not claimed. Two ballots come out of one A4 sheet."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """22 lines of 28 characters (5.2.3, 一般)."""

    lines: int = 22
    characters: int = 28
    pitch: int = 579
    """Derived: 225 mm / 22, rounded down. 580 (固定值29磅) is a line too much for 22 and gives 21."""
    tracking: int = -5
    """Derived: 28 × 16 pt is wider than 156 mm, so each character gives 0.25 pt; -4 still gives 27."""

    @property
    def character(self) -> int:
        """Width of a character of the body, tracking included."""
        return 320 + self.tracking


@dataclass(frozen=True, slots=True)
class Fonts:
    """Kinds of type named by the standard (5.2.2, 7.3.1, 7.3.3, 7.5) as the font names that offices have."""

    body: str = "仿宋_GB2312"
    first: str = "黑体"
    """一、"""
    second: str = "楷体_GB2312"
    """（一）"""
    title: str = "方正小标宋简体"
    number: str = "宋体"
    """Page number."""
    latin: str = "Times New Roman"
    """Practice; read literally, 5.2.2 means 仿宋 for figures too."""
    substitutes: tuple[tuple[str, str, str], ...] = (
        ("仿宋_GB2312", "仿宋,FangSong,方正仿宋_GBK,STFangsong", "modern"),
        ("楷体_GB2312", "楷体,KaiTi,方正楷体_GBK,STKaiti", "modern"),
        ("方正小标宋简体", "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong", "script"),
        ("黑体", "SimHei,方正黑体_GBK", "modern"),
        ("宋体", "SimSun,方正书宋_GBK", "auto"),
    )
    """Font, what to take where it is missing, and its family for the font table."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """2号 title (7.3.1), 3号 text (5.2.2), 4号 page number (7.5); tables are practice."""

    title: int = 44
    body: int = 32
    number: int = 28
    caption: int = 28
    cell: int = 24
    dense: int = 21
    """Cells of a table with many narrow columns (see `Tables`)."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Practice: the standard says nothing about the type of a table."""

    cell_line: int = 400
    dense_line: int = 320
    form_line: int = 480
    """Lines of a form are further apart: people write on the printed page."""
    padding: int = 57
    """Left and right inside a cell."""
    gap: int = 40
    """Above and below inside a cell: text of several lines does not touch the rule."""
    rule: int = 10
    """A row's upper rule, half a point thick, is part of its height. Rows that with it are whole lines stay on the grid;
    LibreOffice 7.4 leaves out rows of a repeated-header table that stand off it by less than that at the foot of a page."""

    @property
    def short_cell(self) -> int:
        """Width at which 【待填】 still stands on one line in the cell's ordinary type."""
        return 4 * 240 + 2 * self.padding

    @property
    def dense_column(self) -> int:
        """Mean width of the columns below which a table is set in the dense type: three characters."""
        return 3 * 240 + 2 * self.padding


@dataclass(frozen=True, slots=True)
class Head:
    """The red head (7.2) and those of minutes and letters (10)."""

    top: int = 1984
    """35 mm from the top of the type area to the mark (7.2.4; 10.3 for minutes)."""
    letter_top: int = 1701
    """30 mm from the edge of the sheet to a letter's mark (10.1)."""
    marks: tuple[tuple[str, int, int], ...] = (("Large", 90, 9), ("Middle", 66, 13), ("Small", 48, 18))
    """Practice: the standard leaves the size of the mark to the office, so it is the largest that keeps it on one line:
    name, half-points, and how many characters of it fill the line."""
    to_fill: int = 16
    """Practice: characters kept for a mark that holds a field, so that the name fits once it is filled in."""
    number_blanks: int = 2
    """Lines between mark and 文号 (7.2.5)."""
    number: int = 14
    """Practice: characters kept for a 文号 still to be written: eight for the organ, year, number."""
    signer: int = 4
    """Practice: characters kept for the name of a signer still to be written."""
    gap: int = 227
    """4 mm from the 文号 to the red line (7.2.7), from a letter's mark to its line (10.1)."""
    number_foot: int = 120
    """Practice: measured; so much of the gap already lies below the figures of the 文号 in their line."""
    mark_foot: int = 60
    """The same below a letter's mark in its line."""
    rule: int = 12
    """Practice: the red line is 1.5 pt thick (eighths of a point)."""
    thick: int = 18
    thin: int = 6
    """Practice: weights of a letter's double lines (eighths of a point), the thick ones outside (10.1)."""
    double_width: int = 9638
    """170 mm (10.1)."""
    letter_gap: int = 119
    """Practice: measured; with it 7/8 of a character stands between a letter's line and its 文号 (10.1)."""
    double_foot: int = 1134
    """20 mm from the lower edge to a letter's lower line (10.1)."""
    title_blanks: int = 2
    """Lines between the red line and the title (7.3.1)."""
    color: str = "FF0000"

    def mark_line(self, half_points: int) -> int:
        """Give the height of the mark's line: a tenth more than the type, so that nothing is clipped."""
        return half_points * 11

    def letter_line(self, half_points: int) -> int:
        """Give how far from the edge of the sheet the line below a letter's mark stands."""
        return self.letter_top + self.mark_line(half_points) - self.mark_foot + self.gap


@dataclass(frozen=True, slots=True)
class Closing:
    """版记 (7.4): 4号, one character in at both sides, first and last line 0.35 mm, the others 0.25 mm (推荐)."""

    size: int = 28
    line: int = 520
    """Practice: height of a line of 版记."""
    outer: int = 8
    """0.35 mm in eighths of a point."""
    inner: int = 6
    """0.25 mm in eighths of a point."""
    narrower: int = 16
    """0.3 mm less than the type area: LibreOffice puts a table at the foot only where it is narrower than the text."""
    date: int = 9
    """Practice: characters kept for a date still to be written: 2026年11月30日印发."""
    above: int = 227
    """Practice: 4 mm between a table that reaches the foot and 版记, which would otherwise look like its last rows."""


@dataclass(frozen=True, slots=True)
class Note:
    """附件说明 (7.3.4): two characters in; what wraps stands below the first character of the name.

    A figure of the Latin font is half as wide as a character, its full stop a quarter.
    """

    left: float = 2
    word: float = 3
    """附件：."""
    figure: float = 0.5
    stop: float = 0.25


@dataclass(frozen=True, slots=True)
class Profile:
    """All of it; the parts in ``docx_parts`` and the tests read the same numbers."""

    page: Page = field(default_factory=Page)
    turned: Page = TURNED
    slip: Page = SLIP
    lattice: Lattice = field(default_factory=Lattice)
    fonts: Fonts = field(default_factory=Fonts)
    sizes: Sizes = field(default_factory=Sizes)
    tables: Tables = field(default_factory=Tables)
    head: Head = field(default_factory=Head)
    closing: Closing = field(default_factory=Closing)
    note: Note = field(default_factory=Note)
    seal_right: float = 4
    """Characters right of the date where a seal is set (7.3.5.1)."""
    plain_right: float = 2
    """Characters right of the organ without a seal, and from its first character to the date's (7.3.5.2)."""
    seal_blanks: int = 3
    """Practice: empty lines for the seal to stand on."""
    plain_blanks: int = 1
    """7.3.5.2."""

    def sheet(self, paper: Literal["portrait", "landscape", "ballot"]) -> Page:
        """Give the page of this paper."""
        return {"portrait": self.page, "landscape": self.turned, "ballot": self.slip}[paper]

    def characters(self, page: Page) -> int:
        """Give how many characters of the body a line of this page holds."""
        return page.text_width // self.lattice.character


PROFILE = Profile()


def width_in_characters(text: str) -> float:
    """Give the width of a text in characters of the body: a Han character is 1, a figure or letter a half."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def signature_indents(
    organ: str, date: str, *, seal: bool, room: int = PROFILE.lattice.characters, profile: Profile = PROFILE
) -> tuple[float, float]:
    """Give the right indents of organ and date in characters (7.3.5.1, 7.3.5.2).

    With a seal the date stands four characters from the right and the organ is centred above it. Without, the organ
    stands two from the right and the date begins two right of the organ; a longer date takes the two itself.
    """
    organ_width, date_width = width_in_characters(organ), width_in_characters(date)
    if seal:
        date_right = profile.seal_right
        organ_right = date_right + (date_width - organ_width) / 2
        if organ_right < 0:
            organ_right, date_right = 0.0, date_right - organ_right
    else:
        organ_right = profile.plain_right
        date_right = organ_right + organ_width - profile.plain_right - date_width
        if date_right < profile.plain_right:
            organ_right, date_right = organ_right + profile.plain_right - date_right, profile.plain_right
    # A line that hardly fits gives up its indent rather than break.
    return max(0.0, min(organ_right, room - organ_width)), max(0.0, min(date_right, room - date_width))


def note_indents(number: int, profile: Profile = PROFILE) -> tuple[float, float]:
    """Give left and hanging indent, in characters, of a line of 附件说明: the `number`-th, 0 for the only one."""
    note = profile.note
    figures = len(str(number)) * note.figure + note.stop if number else 0.0
    left = note.left + note.word + figures
    return left, figures if number > 1 else left - note.left


def mark_size(text: str, *, to_fill: bool, profile: Profile = PROFILE) -> tuple[str, int]:
    """Give name and half-points of the largest size in which a mark stands on one line; the smallest where none does."""
    wide = max(width_in_characters(text), profile.head.to_fill if to_fill else 0)
    return next((mark[:2] for mark in profile.head.marks if wide <= mark[2]), profile.head.marks[-1][:2])


def column_widths(shares: Sequence[int], total: int = PROFILE.page.text_width) -> tuple[int, ...]:
    """Give the columns' widths in twips: exactly `total` together, in the proportion of the shares.

    The edges are rounded, not the widths, so that Word (which trusts the cells) and WPS (which trusts the grid) agree.
    """
    whole = sum(shares)
    if not shares or min(shares) <= 0:
        raise ValueError(f"column shares must be positive numbers, not {list(shares)}")
    edges = [0]
    for share in shares:
        edges.append(edges[-1] + share)
    places = [round(edge * total / whole) for edge in edges]
    return tuple(right - left for left, right in pairwise(places))
