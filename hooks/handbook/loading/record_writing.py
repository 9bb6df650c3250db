"""Record files written in their plain layout; records that did not change keep their lines, and so do comments."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handbook.loading.record_lines import read_lines
from handbook.loading.yaml_events import Positions

_HEAD = "records:\n"
_AFTER = re.compile(r"^[a-z\"']", re.MULTILINE)
_RECORDS = re.compile(r"^([\"']?)records\1:[ ]*(?:#.*)?$", re.MULTILINE)
_INDENT = re.compile(r" *- ")


@dataclass(frozen=True, slots=True)
class RecordFileText:
    """The text of a record file taken apart: what stands before the records, each record, and what follows them."""

    head: str
    blocks: tuple[str, ...]
    tail: str
    indent: str = "  - "

    def joined(self, blocks: Sequence[str]) -> str:
        """Give the file with these records instead."""
        head = self.head if blocks else _RECORDS.sub("records: []", self.head)
        return head + "".join(blocks) + self.tail


NEW_FILE = RecordFileText(_HEAD, (), "")


def take_apart(text: str, positions: Positions, count: int) -> RecordFileText | None:
    """Give the parts of a file with so many records; None where a record does not begin on a line of its own."""
    text = text if text.endswith("\n") or not text else text + "\n"
    if not count:
        head, found, tail = text.partition("records: []\n")
        return RecordFileText(head + _HEAD, (), tail) if found and not tail.startswith(" ") else None
    lines = [line + "\n" for line in text.removesuffix("\n").split("\n")]
    starts = [positions.value(("records", index)).line - 1 for index in range(count)]
    firsts = [_with_comments(lines, start) for start in starts]
    indents = {match[0] if (match := _INDENT.match(lines[start])) else "" for start in starts}
    head = "".join(lines[: firsts[0]])
    if len(indents) != 1 or "" in indents or len(set(starts)) != count or not _RECORDS.search(head):
        return None
    blocks = ["".join(lines[start:end]) for start, end in zip(firsts, [*firsts[1:], len(lines)], strict=True)]
    after = _AFTER.search(blocks[-1])
    tail = blocks[-1][after.start() :] if after else ""
    blocks[-1] = blocks[-1][: after.start()] if after else blocks[-1]
    return RecordFileText(head, tuple(blocks), tail, indents.pop())


def _with_comments(lines: Sequence[str], start: int) -> int:
    """Give the first line of a record: comments right above it are about it."""
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def comments_above(lines: str) -> str:
    """Give the comments that stand above a record, as they are written."""
    return "".join(re.findall(r"\A(?: *#[^\n]*\n)+", lines))


def block(cells: Mapping[str, str], indent: str = "  - ") -> str:
    """Give the lines of one record: the first cell after the dash, the others below it."""
    further = " " * len(indent)
    lines = [f"{key}: {scalar(text)}\n" for key, text in cells.items()]
    return "".join((indent if at == 0 else further) + line for at, line in enumerate(lines))


def scalar(text: str) -> str:
    """Give a text as YAML in the form that is read fastest and means nothing else."""
    for written in (text, f"'{text}'", f'"{text}"'):
        if _reads_back(written, text):
            return written
    # JSON's way of writing a text is YAML's, apart from characters that no cell may hold
    return json.dumps(text, ensure_ascii=False)


def _reads_back(written: str, text: str) -> bool:
    file = read_lines(f"records:\n  - id: {written}\n")
    return file is not None and len(file.records) == 1 and file.records[0] == {"id": text}
