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

    @property
    def text_width(self) -> int:
        """156 mm."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """225 mm."""
        return self.height - self.top - self.bottom


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

    @property
    def short_cell(self) -> int:
        """Width at which 【待填】 still stands on one line in the cell's ordinary type."""
        return 4 * 240 + 2 * self.padding

    @property
    def dense_column(self) -> int:
        """Mean width of the columns below which a table is set in the dense type: three characters."""
        return 3 * 240 + 2 * self.padding


@dataclass(frozen=True, slots=True)
class Profile:
    """All of it; the parts in ``docx_parts`` and the tests read the same numbers."""

    page: Page = field(default_factory=Page)
    lattice: Lattice = field(default_factory=Lattice)
    fonts: Fonts = field(default_factory=Fonts)
    sizes: Sizes = field(default_factory=Sizes)
    tables: Tables = field(default_factory=Tables)
    seal_right: float = 4
    """Characters right of the date where a seal is set (7.3.5.1)."""
    plain_right: float = 2
    """Characters right of the organ without a seal, and from its first character to the date's (7.3.5.2)."""
    seal_blanks: int = 3
    """Practice: empty lines for the seal to stand on."""
    plain_blanks: int = 1
    """7.3.5.2."""


PROFILE = Profile()


def width_in_characters(text: str) -> float:
    """Give the width of a text in characters of the body: a Han character is 1, a figure or letter a half."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def signature_indents(organ: str, date: str, *, seal: bool, profile: Profile = PROFILE) -> tuple[float, float]:
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
    room = profile.lattice.characters
    # A line that hardly fits gives up its indent rather than break.
    return max(0.0, min(organ_right, room - organ_width)), max(0.0, min(date_right, room - date_width))


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
