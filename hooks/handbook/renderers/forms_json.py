"""Forms as published data: what their files hold, with state, downloads and uses; and the JSON Schema of that."""

from __future__ import annotations

import json
from collections.abc import Mapping

from handbook.composition.form_use import Place
from handbook.composition.site import Site
from handbook.model.base import Model
from handbook.model.form import KIND_WORDS, Form
from handbook.model.scalars import Count, Ident, Text
from handbook.renderers.forms_shelf import variants

SCHEMA = "api/schemas/published-forms.json"


class PublishedFreshness(Model):
    """The state of a form: another code wherever the form or a fact it rests on is another."""

    code: Text
    rules: tuple[Text, ...]


class PublishedDownload(Model):
    """A file of a form."""

    address: Text
    variant: Text
    """``blank``, ``guide``, ``head``, ``example``."""


class PublishedUse(Model):
    """A step of a procedure or practice, or a preparation of a meeting, that names the form."""

    owner: Text
    title: Text
    place: Text
    what: Text
    address: Text
    roles: tuple[Ident, ...]


class PublishedPackage(Model):
    """A package that holds the form, and the number it has there."""

    address: Text
    title: Text
    number: Count


class PublishedForm(Form):
    """An item of ``api/forms.json``."""

    address: Text
    kind_title: Text
    freshness: PublishedFreshness
    downloads: tuple[PublishedDownload, ...]
    used_by: tuple[PublishedUse, ...]
    packages: tuple[PublishedPackage, ...]


def published_form(site: Site, form: Form) -> Mapping[str, object]:
    """Give the item of one form."""
    freshness = site.freshness[form.id]
    packages = [(package, package.entry(form.id)) for package in site.packages.values()]
    return {
        **form.model_dump(mode="json", exclude_none=True),
        "address": f"forms/{form.id}.html",
        "kind_title": KIND_WORDS[form.kind],
        "freshness": {"code": freshness.code, "rules": freshness.rules},
        "downloads": [{"address": address, "variant": variant} for variant, address in variants(form)],
        "used_by": [_use(place) for place in site.form_uses.get(form.id, ())],
        "packages": [
            {"address": package.address, "title": package.title, "number": entry.number}
            for package, entry in packages
            if entry
        ],
    }


def published_schema() -> bytes:
    """Give the JSON Schema of an item."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **PublishedForm.model_json_schema(mode="serialization"),
    }
    return (json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _use(place: Place) -> Mapping[str, object]:
    return {
        "owner": place.owner, "title": place.title, "place": place.label, "what": place.what,
        "address": place.address, "roles": place.roles,
    }  # fmt: skip
