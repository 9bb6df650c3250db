"""The books that the invented rows go into, and their text: the plain layout in which ledger files are read fastest."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _example_units import Scale

HEAD = "# 虚构的示例，由 scripts/make_example.py 编出；要改请改脚本再运行，不在这里改。\n"
_SHORT = {
    "assets": "as", "care": "ca", "commendation": "co", "committee-work": "cw", "discipline": "di", "dues": "du",
    "honours": "ho", "mass-groups": "mg", "membership": "ms", "organisation": "or", "organization-life": "ol",
    "publicity": "pu", "rectification": "re", "responsibilities": "rs", "supervision": "su", "training": "tr",
    "volunteering": "vo",
}  # fmt: skip
_QUOTED = re.compile(r"[\[\]{},*&!|>%@`\"'#?-]|.*(?:: | #)")


class Books:
    """All rows by unit, ledger and year; a ledger that is kept at all has a file for every year, empty where nothing was."""

    def __init__(self, scale: Scale) -> None:
        self._years = scale.years
        self._rows: dict[tuple[str, str, int], list[dict[str, object]]] = {}
        self._lost: set[tuple[str, str, int]] = set()
        self._complete: dict[tuple[str, str, int], tuple[str, ...]] = {}

    def add(self, unit: str, ledger: str, day: dt.date, **cells: object) -> None:
        """Enter a row; cells that are None stay empty, days outside the years are left out."""
        if day.year in self._years:
            row = {"date": day} | {key.replace("_", "-"): value for key, value in cells.items() if value is not None}
            self._rows.setdefault((unit, ledger, day.year), []).append(row)

    def rows(self, unit: str, ledger: str, year: int) -> list[dict[str, object]]:
        """Give the rows of one file, in the order of their days."""
        return sorted(self._rows.get((unit, ledger, year), ()), key=lambda row: str(row["date"]))

    def declare(self, unit: str, ledger: str, year: int, periods: tuple[str, ...]) -> None:
        """Say which periods the clerk calls complete instead of the whole year."""
        self._complete[unit, ledger, year] = periods

    def lose(self, unit: str, ledger: str, year: int) -> None:
        """Take a whole file away: a ledger that nobody kept."""
        self._lost.add((unit, ledger, year))

    def files(self) -> dict[str, str]:
        """Give the text of every record file by its path below ``_data``."""
        kept = sorted({(unit, ledger) for unit, ledger, _ in self._rows})
        return {
            f"records/{unit}/{ledger}/{year}.yml": self._text(unit, ledger, year)
            for unit, ledger in kept
            for year in self._years
            if (unit, ledger, year) not in self._lost
        }

    def _text(self, unit: str, ledger: str, year: int) -> str:
        periods = self._complete.get((unit, ledger, year), (str(year),))
        lines = [HEAD, "complete:\n", *(f"  - {period}\n" for period in periods)] if periods else [HEAD]
        rows = self.rows(unit, ledger, year)
        lines.append("records:\n" if rows else "records: []\n")
        owner = _owner(unit)
        for number, row in enumerate(rows, 1):
            lines.append(f"  - id: {_SHORT[ledger]}-{owner}-{year % 100:02}-{number:03}\n")
            lines.extend(f"    {key}: {_scalar(value)}\n" for key, value in row.items())
        return "".join(lines)


def codes(found: Iterable[str]) -> str:
    """Give member codes as a cell."""
    return "、".join(found)


def money(fen: int) -> str:
    """Give an amount in 元 from 分, without needless zeros."""
    yuan, rest = divmod(fen, 100)
    return f"{yuan}.{rest:02}".rstrip("0") if rest else str(yuan)


def _owner(unit: str) -> str:
    """A short name of the unit inside its records' ids."""
    kind, _, number = unit.removeprefix("example-").rpartition("-")
    return {"branch": number, "general-branch": f"g{number}"}.get(kind, "c")


def _scalar(value: object) -> str:
    text = str(value)
    return f"'{text}'" if _QUOTED.match(text) else text
