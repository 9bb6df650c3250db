"""Values and agreements: the same cases that the browser's rules are held to (tests/unit/js/fill.test.js)."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from handbook.composition.filling import Place, shown
from handbook.model.form import Agreement
from handbook.renderers.gbt9704 import width_in_characters
from handbook.rules.form_values import disagreements, value_problem

JS = Path(__file__).parent / "js"
VECTORS = json.loads((JS / "fill-vectors.json").read_text(encoding="utf-8"))
FIELDS = {
    name: Place(
        item["id"], item["label"], item["type"], tuple(item.get("options", ())), unended=tuple(item.get("unended", ()))
    )
    for name, item in VECTORS["fields"].items()
}
FORM = SimpleNamespace(
    fields=[
        Place(item["id"], item["label"], item["type"], tuple(item.get("options", ())))
        for item in VECTORS["form"]["fields"]
    ],
    agreements=[
        Agreement.model_validate(
            {
                **item,
                **({"number": str(item["number"])} if "number" in item else {}),
                "twice": "true" if item.get("twice") else "false",
            }
        )
        for item in VECTORS["form"]["agreements"]
    ],
)


@pytest.mark.parametrize("item", VECTORS["problems"], ids=lambda item: f"{item['field']}-{item.get('value', '…')!a}")
def test_a_value_is_judged(item: dict) -> None:
    value = item["repeat"][0] * item["repeat"][1] if "repeat" in item else item["value"]
    assert (value_problem(FIELDS[item["field"]], value) or "") == item["problem"]


@pytest.mark.parametrize("item", VECTORS["disagreements"], ids=lambda item: f"{item['values']!a}")
def test_values_agree_or_not(item: dict) -> None:
    found = disagreements(FORM, item["values"], item.get("lists"))
    assert [one.message for one in found] == item["messages"]


def test_values_are_shown_as_they_stand_in_the_file() -> None:
    for item in VECTORS["shown"]:
        assert shown(FIELDS[item["field"]], item["value"]) == item["shown"]


def test_the_widths_are_those_of_the_writer() -> None:
    for item in VECTORS["widths"]:
        assert width_in_characters(item["text"]) == item["width"]


def test_every_message_says_what_to_do() -> None:
    said = {item["problem"] for item in VECTORS["problems"]} - {""}
    assert all("请" in text or text.endswith("去掉换行") for text in said)
