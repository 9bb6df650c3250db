"""Published forms: everything a reader's program needs stands in the item, and the schema beside it describes it."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path

from handbook.composition.site import Site
from handbook.renderers.forms_json import SCHEMA, PublishedForm, published_schema
from handbook.renderers.to_json import api_files
from handbook.use_cases.prepare import prepare

PROJECT = Path(__file__).resolve().parents[2]


@cache
def site() -> Site:
    return prepare(PROJECT / "docs", PROJECT, dt.date(2026, 11, 21)).site


@cache
def api() -> dict[str, bytes]:
    return dict(api_files(site()))


def test_every_item_speaks_the_schema() -> None:
    """The schema is that of the model, so an item that the model takes is an item of the schema."""
    items = json.loads(api()["api/forms.json"])["items"]
    assert {item["id"] for item in items} == set(site().library.forms)
    assert api()[SCHEMA] == published_schema()
    schema = json.loads(published_schema())
    assert schema["additionalProperties"] is False
    for item in items:
        PublishedForm.model_validate(item)
        assert set(schema["required"]) <= set(item) <= set(schema["properties"]), item["id"]


def test_an_item_tells_state_downloads_and_uses() -> None:
    for item in json.loads(api()["api/forms.json"])["items"]:
        assert item["address"] == f"forms/{item['id']}.html"
        assert item["freshness"]["code"] == site().freshness[item["id"]].code
        variants = {file["variant"]: file["address"] for file in item["downloads"]}
        assert variants["blank"] == f"forms/{item['id']}.docx"
        assert ("head" in variants) == ("letterhead" in item)
        assert all(use["address"].startswith(f"{use['owner']}.html#") for use in item["used_by"])
        owners = {use["owner"].partition("/")[2] for use in item["used_by"]}
        for package in item["packages"]:
            assert package["address"].removeprefix("forms/packages/").removesuffix(".zip").partition("--")[0] in owners
            assert package["number"] >= 1
        assert all(field["label"] for field in item.get("fields", [])), "shared values have lent their label"
