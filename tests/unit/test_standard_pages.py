"""The standard pages: their parts in one order, stretches of them, no heading without content."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from handbook.renderers import standard
from handbook.renderers.press import Press
from handbook.rules.pages import PARTS
from handbook.use_cases.prepare import prepare
from handbook.use_cases.publish import Publication

BASE = Path(__file__).resolve().parents[1] / "golden" / "base"


@pytest.fixture(scope="module")
def press() -> Press:
    return Publication(prepare(BASE / "docs", BASE, dt.date(2026, 7, 1))).press


@pytest.mark.parametrize(
    ("name", "layout"),
    [("procedure", standard.PROCEDURE), ("meeting", standard.MEETING), ("practice", standard.PRACTICE)],
)
def test_the_check_knows_the_parts_in_their_order(name: str, layout: tuple[standard.Part, ...]) -> None:
    assert tuple(part.name for part in layout) == PARTS[name]


def headings(text: str) -> list[str]:
    return re.findall(r"^## .*\{#([a-z0-9-]+)\}$", text, re.MULTILINE)


def test_a_page_has_the_headings_of_what_it_holds(press: Press) -> None:
    procedure = press.site.library.procedures["open-room"]
    text = standard.whole(press, press.view("procedures/open-room.md"), procedure)
    found = headings(text)
    assert found[:5] == ["keys", "occasion", "stages", "checklist", "variants"]
    assert "asof" not in found  # nothing is known of an older text
    assert found[-1] == "related"


def test_stretches_together_make_the_whole(press: Press) -> None:
    procedure = press.site.library.procedures["open-room"]
    view = press.view("procedures/open-room.md")
    whole = standard.whole(press, view, procedure)
    first = standard.whole(press, view, procedure, last="occasion")
    rest = standard.whole(press, view, procedure, first="flow")
    assert headings(first) + headings(rest) == headings(whole)
    assert first in whole
    assert rest in whole


def test_a_part_comes_without_its_heading(press: Press) -> None:
    meeting = press.site.library.meetings["tea-meeting"]
    text = standard.part(press, press.view("meetings/tea-meeting.md"), meeting, "convener")
    assert "由会长召集" in text
    assert "##" not in text


def test_a_meeting_in_which_nobody_votes_does_not_speak_of_votes(press: Press) -> None:
    meeting = press.site.library.meetings["tea-meeting"]
    silent = meeting.model_copy(
        update={
            "participants": tuple(p.model_copy(update={"votes": False}) for p in meeting.participants),
            "votes": (),
        }
    )
    view = press.view("meetings/tea-meeting.md")
    assert "谁参加，谁表决" in standard.whole(press, view, meeting)
    text = standard.whole(press, view, silent)
    assert "谁参加，谁表决" not in text
    assert "几票通过" not in text
    assert "不参加表决" not in text
