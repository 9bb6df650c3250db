"""The looks of cells: made once per workbook, entered cells unlocked, worked-out ones grey and locked."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from handbook.model.workbook import HeadCell

FONT = "宋体"
_NUMBERS = {"date": "yyyy-mm-dd", "count": "0", "amount": "#,##0.00", "rate": "0.0%"}
_TINT, _GREY, _PALE = "#E7EDF3", "#F2F2F2", "#E2E2E2"


class Styles:
    """All formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._kept: dict[str, Format] = {}
        base: dict[str, object] = {"valign": "vcenter", "border": 1}
        self._base = base
        head = {**base, "text_wrap": True, "bold": True, "align": "center"}
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.header = book.add_format({**head, "bg_color": _TINT})
        self.derived_header = book.add_format({**head, "bg_color": _PALE})
        self.label = book.add_format({**base, "text_wrap": True, "align": "center", "bg_color": _GREY})
        self.note = book.add_format({**base, "text_wrap": True, "indent": 1, "font_size": 10, "bg_color": _GREY})
        self.hint = book.add_format(
            {**base, "text_wrap": True, "bold": True, "indent": 1, "bg_color": _GREY, "font_color": "#9C0006"}
        )
        self.plain = book.add_format({**base, "text_wrap": True, "indent": 1})
        self.loose = book.add_format({"text_wrap": True, "valign": "top"})
        self.sign = book.add_format({"valign": "vcenter", "locked": False})
        self.bold = book.add_format({"bold": True, "font_size": 14, "valign": "vcenter"})
        self.marks = {
            "red": book.add_format({"bg_color": "#F8CBAD", "font_color": "#9C0006"}),
            "amber": book.add_format({"bg_color": "#FFEB9C"}),
            "green": book.add_format({"bg_color": "#E2EFDA"}),
        }

    @property
    def head_date(self) -> Format:
        """A date that is entered above the table."""
        return self.of("date")

    def of(self, name: str) -> Format:
        """Give the format of entered cells of a type, or of worked-out ones: ``locked-rate``."""
        found = self._kept.get(name)
        if found is None:
            found = self._kept[name] = self._book.add_format(self._properties(name))
        return found

    def index(self, name: str) -> int:
        """Give the number by which cells name a format."""
        return int(self.of(name)._get_xf_index())

    def total(self, shows: str) -> Format:
        """Give the format of a sum."""
        return self.of(f"total-{shows}")

    def head(self, cell: HeadCell) -> Format:
        """Give the format of a cell above the table: all are centred."""
        return self.of(f"head-{cell.type}" if cell.type else f"headlocked-{cell.shows}")

    def _properties(self, name: str) -> dict[str, object]:
        where, _, shows = name.rpartition("-")
        # A share on the sheet 标准 needs its second decimal: 0.25%.
        found = {**self._base, "locked": where in ("locked", "headlocked", "total")}
        if where == "total":
            found["shrink"] = True  # a sum is longer than what it sums, and #### says nothing
        if found["locked"]:
            found["bg_color"] = _GREY
        if shows in _NUMBERS:
            found["num_format"] = "0.0##%" if name == "standard-rate" else _NUMBERS[shows]
        if shows in ("text", "member", "members"):
            found |= {"text_wrap": True}
            found |= {} if found["locked"] else {"num_format": "@"}
            found |= {"align": "center"} if where in ("head", "headlocked") else {"indent": 1}
        elif shows != "amount" or where in ("head", "headlocked", "standard"):
            found["align"] = "center"
        if shows == "choice":
            found["text_wrap"] = True
        return found
