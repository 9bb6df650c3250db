"""What the first sheet of a workbook holds: all that a ledger or another table has to say, before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handbook.model.ledger import Column
from handbook.model.sheet import Derived, Mark, Standard
from handbook.model.workbook import HeadCell, SumLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the first sheet holds."""

    sheet: str
    title: str
    heading: str
    lead: tuple[tuple[str, str, int], ...] = ()
    """Columns before those of the data: (id, title, width)."""
    slots: tuple[Column | Derived, ...]
    rows: Sequence[Mapping[str, object]]
    spare: int
    head: tuple[HeadCell, ...] = ()
    head_values: Mapping[str, object] = field(default_factory=dict)
    dated: bool = False
    """Whether a ledger measures deadlines, so that its sheet has the cell 统计日期."""
    as_of: dt.date | None = None
    """The day that stands there; none in an empty ledger."""
    count_by: str = ""
    """Column by which rows are counted above the header."""
    lines: tuple[SumLine, ...] = ()
    totals: tuple[str, ...] = ()
    total_title: str = "合计"
    marks: tuple[Mark, ...] = ()
    standards: tuple[Standard, ...] = ()
    sign: str = ""
    filters: bool = True
    portrait: bool = False

    @property
    def derived(self) -> tuple[Derived, ...]:
        """Columns that the sheet works out."""
        return tuple(slot for slot in self.slots if isinstance(slot, Derived))

    @property
    def sums(self) -> bool:
        """Tell whether a row above the header sums, counts or holds 统计日期."""
        return bool(self.totals or self.dated)

    @property
    def locked(self) -> bool:
        """Tell whether some cells are worked out, so that the sheet is protected."""
        return bool(self.sums or self.derived or any(cell.formula for cell in self.head))
