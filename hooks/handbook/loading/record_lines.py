"""Record files in their usual layout, read line by line: a tenth of the time of the event stream.

Ledgers hold most of the data, and scripts and spreadsheets write them all alike. Only a subset of YAML is understood here in
which a line cannot mean anything but what it says; whatever else stands in a file (comments at the end of a line, folded
text, tags, a repeated key …) makes `read_lines` give None, and the file goes through the event stream and its messages.
"""

from __future__ import annotations

import re

from handbook.model.ledger import RecordFile
from handbook.model.scalars import PERIOD

_ODD = re.compile(r"[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML refuses or takes for the end of a line."""
_PLAIN = (
    # begins as no indicator of YAML does, holds no ": " and, as is asked below, no " #"
    r"[0-9A-Za-z\u00b7\u2014-\u2027\u2030-\u206f\u2460-\u24ff\u3001-\ufefe\uff01-\uffee][^#:]*(?:[#:][^ #:][^#:]*)*"
)
_LINE = re.compile(
    r"((?:  )?- |(?:  ){1,2})"  # the first key of a record, or another one
    r"([a-z][a-z0-9-]*):"
    r"(?: (?:'([^']*)'|\"([^\"\\]*)\"|(" + _PLAIN + r")))?"
)
_HEADS = {f"{name}:{rest}": (name, bool(rest)) for name in ("complete", "records") for rest in ("", " []")}
_NULL = frozenset(("null", "Null", "NULL"))
_PERIOD = re.compile(r"(?:  )?- (['\"]?)([0-9HQ-]+)\1")


class _OtherwiseWrittenError(Exception):
    """The file holds something that is not understood here."""


def read_lines(text: str) -> RecordFile | None:
    """Give the file where every line of it is plain, otherwise None; cells are not checked here."""
    if _ODD.search(text):
        return None
    try:
        return _Lines().read(text)
    except _OtherwiseWrittenError:
        return None


class _Lines:
    def __init__(self) -> None:
        self.complete: list[str] = []
        self.records: list[dict[str, str | None]] = []
        self.seen: set[str] = set()
        self.here = ""
        self.indent = ""

    def read(self, text: str) -> RecordFile:
        for line in text.split("\n"):
            if not line or line[0] == "#":
                continue
            if line in _HEADS:
                self._head(*_HEADS[line])
            elif self.here == "records":
                self._cell(line)
            elif self.here == "complete":
                self._period(line)
            else:
                raise _OtherwiseWrittenError
        self._filled()
        if "records" not in self.seen:
            raise _OtherwiseWrittenError
        return RecordFile.model_construct(complete=tuple(self.complete), records=tuple(self.records))

    def _head(self, name: str, empty: bool) -> None:  # noqa: FBT001 - from the table of heads
        self._filled()
        if name in self.seen:
            raise _OtherwiseWrittenError
        self.seen.add(name)
        self.here = "" if empty else name

    def _filled(self) -> None:
        """A head without anything below it is no list."""
        if (self.here == "complete" and not self.complete) or (self.here == "records" and not self.records):
            raise _OtherwiseWrittenError

    def _period(self, line: str) -> None:
        match = _PERIOD.fullmatch(line)
        if match is None or not PERIOD.fullmatch(match[2]):
            raise _OtherwiseWrittenError
        self.complete.append(match[2])

    def _cell(self, line: str) -> None:
        match = _LINE.fullmatch(line)
        if match is None:
            raise _OtherwiseWrittenError
        lead, key, single, double, plain = match.groups()
        if lead[-2] == "-":
            self.indent = self.indent or " " * len(lead)
            if len(lead) != len(self.indent):
                raise _OtherwiseWrittenError
            self.records.append({})
        elif not self.records or lead != self.indent:
            raise _OtherwiseWrittenError
        record = self.records[-1]
        if key in record:
            raise _OtherwiseWrittenError
        if plain is None:
            record[key] = single if single is not None else double
        elif plain in _NULL or plain[-1] in " :" or " #" in plain:
            raise _OtherwiseWrittenError
        else:
            record[key] = plain
