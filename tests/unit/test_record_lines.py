"""Reading record files line by line gives what the event stream gives, or leaves the file to it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from handbook.loading.record_lines import read_lines
from handbook.loading.validate import validate
from handbook.loading.yaml_events import read_yaml
from handbook.model.ledger import RecordFile

PROJECT = Path(__file__).resolve().parents[2]
RECORDS = sorted((PROJECT / "docs" / "_data" / "records").rglob("*.yml"))
USUAL = "complete:\n  - 2025\nrecords:\n  - id: a-1\n    date: 2025-03-05\n    note: 茶会\n  - id: a-2\n    due: 8\n"


def both(text: str) -> tuple[RecordFile | None, RecordFile | None]:
    file = read_yaml(text, "records.yml")
    value, problems = validate(file, RecordFile)
    return read_lines(text), None if file.diagnostics or problems else value


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: "-".join(path.parts[-3:]))
def test_our_own_records_are_read_alike(path: Path) -> None:
    quick, slow = both(path.read_text(encoding="utf-8"))
    assert slow is not None
    assert quick == slow


@pytest.mark.parametrize(
    "text",
    [
        USUAL,
        USUAL.replace("  - ", "- ").replace("    ", "  "),
        USUAL.replace("2025\n", "2025-H1\n  - '2025-Q3'\n", 1),
        USUAL.replace("茶会", "'茶会: 一'"),
        USUAL.replace("茶会", '"茶会 # 一"'),
        USUAL.replace("茶会", "“茶会”，10:30开始"),
        USUAL.replace("茶会", "''"),
        USUAL.replace(" 茶会", ""),
        USUAL.replace("茶会", "a:b#c d"),
        "# 说明\n\n" + USUAL,
        "complete: []\nrecords: []\n",
        "records:\n  - id: a-1\n",
    ],
)
def test_plain_files_are_read_alike(text: str) -> None:
    quick, slow = both(text)
    assert slow is not None
    assert quick == slow


@pytest.mark.parametrize(
    "text",
    [
        "",
        "complete:\nrecords: []\n",
        "records:\n",
        "complete: []\n",
        USUAL + "more: 1\n",
        USUAL + "records: []\n",
        USUAL.replace("茶会", "茶会 # 一"),
        USUAL.replace("茶会", "茶: 会"),
        USUAL.replace("茶会", "茶会:"),
        USUAL.replace("茶会", "茶会 "),
        USUAL.replace("茶会", "null"),
        USUAL.replace("茶会", "[茶, 会]"),
        USUAL.replace("茶会", "*茶会"),
        USUAL.replace("茶会", "!!str 茶会"),
        USUAL.replace("茶会", "|\n      茶会"),
        USUAL.replace("茶会", "茶会\n      二"),
        USUAL.replace("茶会", "茶\u2028会"),
        USUAL.replace("茶会", "'茶''会'"),
        USUAL.replace("    note", "    date"),
        USUAL.replace("    note", "   note"),
        USUAL.replace("    note", "\tnote"),
        USUAL.replace("  - 2025", "  - 25"),
        USUAL.replace("  - id: a-2", "- id: a-2"),
    ],
)
def test_what_is_written_otherwise_is_left_to_the_event_stream(text: str) -> None:
    assert read_lines(text) is None


def test_after_any_slip_of_the_pen_the_two_never_disagree() -> None:
    dice = random.Random(6)
    marks = " :#-'\"[]{}|>&*!%@`?,~\n\t\\茶0a。\u3000"
    agreed = 0
    for _ in range(3000):
        text = USUAL
        for _ in range(dice.randrange(1, 3)):
            at = dice.randrange(len(text))
            text = text[:at] + dice.choice(marks) + text[at + dice.randrange(2) :]
        quick, slow = both(text)
        if quick is not None:
            assert slow is None or quick == slow, text
            assert slow is not None, text
            agreed += 1
    assert agreed > 200
