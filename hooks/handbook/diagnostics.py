"""What is wrong with the input, where, and what to do about it.

Every mistake an editor can make becomes a `Diagnostic`; nothing else is shown to people. The lowest layer: standard library only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

WHOLE_FILE = "(文件)"
"""The key printed where the mistake belongs to no key."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file: path relative to the project with ``/``; line and column count characters from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One mistake with its place and its remedy, in the reader's language."""

    place: Place
    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        where = self.place
        return f"{where.path}:{where.line}:{where.column}: {self.key}: {self.message} → {self.remedy}"

    def as_json(self) -> dict[str, object]:
        """Give the flat mapping that ``check.py --format json`` prints."""
        return {**asdict(self.place), "key": self.key, "message": self.message, "remedy": self.remedy}


class DataError(Exception):
    """All mistakes found in one run; carries them sorted and without repetition."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics)))
        super().__init__("\n".join(map(str, self.diagnostics)))
