"""Every form and scaffold of the handbook can be filled in: its example, and by the browser's script to the same bytes."""

from __future__ import annotations

import base64
import datetime as dt
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.composition.filling import data_for_page, example_values, fillable_document, fillable_form
from handbook.composition.form import compose_form, with_letterhead
from handbook.composition.report import compose_scaffold
from handbook.renderers.fill_docx import fill, open_places
from handbook.renderers.to_docx import render_docx
from handbook.use_cases.prepare import examine

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT / "tests" / "office"))
from office_checker import check  # noqa: E402

STAMP = "2026-11-21T12:00:00+08:00"
NODE = shutil.which("node")
USUAL = {"date": "2026-06-12", "time": "09:00", "count": "18", "amount": "12.50", "long": "第一行<&>\n第二行"}


@pytest.fixture(scope="module")
def library():
    return examine(PROJECT / "docs", PROJECT, dt.date(2026, 11, 21)).site.library


def cases(library):
    """Every file to fill in with its values: the example of a form, made-up words in a scaffold."""
    for form in library.forms.values():
        fillable = fillable_form(form)
        if not fillable.fields and not fillable.lists:
            continue
        document = compose_form(form)
        values, lists = example_values(form)
        yield form.id, document, fillable, values, lists
        yield f"{form.id} half", document, fillable, dict(list(values.items())[::2]), lists
        if form.letterhead:
            yield f"{form.id} head", with_letterhead(form, document), fillable, values, lists
    for genre in library.genres.values():
        document = compose_scaffold(genre, library.metrics)
        fillable = fillable_document(document, f"genres/{genre.id}")
        values = {
            field.id: field.options[0] if field.options else USUAL.get(field.type, "示例") for field in fillable.fields
        }
        yield genre.id, document, fillable, values, {}


def test_every_example_leaves_nothing_to_fill_in_and_keeps_the_standard(library) -> None:
    wrong = {}
    for form in library.forms.values():
        fillable = fillable_form(form)
        values, lists = example_values(form)
        if not values and not lists:
            continue
        data = fill(render_docx(compose_form(form), stamp=STAMP), fillable, values, lists)
        left = open_places(fillable, values, lists)
        if found := [*check(data), *([f"{left} places open"] if left else [])]:
            wrong[form.id] = found
    assert wrong == {}


@pytest.mark.skipif(NODE is None, reason="node is missing")
def test_the_browser_fills_every_file_as_the_build_does(library) -> None:
    jobs, want = {}, {}
    for name, document, fillable, values, lists in cases(library):
        blank = render_docx(document, stamp=STAMP)
        want[name] = {"bytes": base64.b64encode(fill(blank, fillable, values, lists)).decode()}
        jobs[name] = {
            "docx": base64.b64encode(blank).decode(), "fillable": data_for_page(fillable), "values": values, "lists": lists,
        }  # fmt: skip
    done = subprocess.run(
        [NODE, str(PROJECT / "tests" / "unit" / "js" / "fill-run.js")], input=json.dumps(list(jobs.values())),
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    got = dict(zip(jobs, json.loads(done.stdout), strict=True))
    assert [name for name in want if want[name] != got[name]] == []
    assert len(want) > 20
