"""A sheet as people see it: cells by row and column, whatever file they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

CellKind = Literal["text", "number", "date", "wrong"]

MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_BYTES = 64 * 1024 * 1024
"""What a ledger of one unit never needs; beyond it a file is broken or hostile."""


class SheetError(Exception):
    """Why a file could not be read at all; message and remedy are for the reader."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message} → {remedy}")
        self.message, self.remedy = message, remedy


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty."""

    text: str
    """What it holds: a text without space around it, a plain decimal number, or an ISO date (with a time, if any)."""
    kind: CellKind = "text"
    """``wrong``: nothing that could be taken over; `text` says what it is."""
    remedy: str = ""
    """What to do about a wrong one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; rows and columns count from 1, rows without any cell are absent."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges: first row, first column, last row, last column."""
    hidden: tuple[int, ...] = ()
    """Rows that a filter or a person hides."""
    others: tuple[str, ...] = field(default=())
    """Names of the other sheets of the file."""


def address(row: int, column: int) -> str:
    """Give ``D7``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def position(reference: str) -> tuple[int, int] | None:
    """Give row and column of ``D7`` or ``$D$7``; None for anything else."""
    letters = reference.replace("$", "").rstrip("0123456789")
    digits = reference.replace("$", "")[len(letters) :]
    if not digits or not 1 <= len(letters) <= 3 or len(digits) > 7 or not (letters.isascii() and letters.isalpha()):
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits), column
