"""The sheets that filling in on the page works on: the red head waits, rows that the file repeats are a table's head."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from handbook.composition.form import compose_form, with_letterhead
from handbook.composition.site import Site
from handbook.model.form import Form
from handbook.renderers.to_preview import preview
from handbook.renderers.view import View
from handbook.use_cases.prepare import examine

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site() -> Site:
    return examine(PROJECT / "docs", PROJECT, dt.date(2026, 11, 21)).site


def shown(site: Site, form: Form, *, head_waits: bool) -> str:
    plain = compose_form(form)
    document = with_letterhead(form, plain) if form.letterhead else plain
    return preview(View(site, f"forms/{form.id}.md"), document, head_waits=head_waits)


def test_the_red_head_is_there_and_hidden_until_its_file_is_chosen(site: Site) -> None:
    form = site.library.forms["general-request"]
    waiting = shown(site, form, head_waits=True)
    box = re.search(r'<div class="hb-sheet__head" data-head hidden>(.*?)</div>', waiting, re.DOTALL)
    assert box
    assert {"issuer", "doc-number", "signer"} <= set(re.findall(r'data-field="([^"]+)"', box[1]))
    assert waiting.index("data-head") < waiting.index("hb-sheet__title")
    assert "data-head" not in shown(site, form, head_waits=False)


def test_rows_repeated_in_the_file_are_the_head_of_the_table(site: Site) -> None:
    made = shown(site, site.library.forms["sign-in"], head_waits=True)
    table = next(part for part in made.split("<table")[1:] if "data-list" in part)
    head, _, body = table.partition("</thead>")
    assert "序号" in head
    assert body.startswith('<tbody><tr data-list="attendees">')
