"""Published data: one JSON file per kind, an index of them, and the JSON Schemas beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from handbook.composition.checklist import Checklist
from handbook.composition.site import Site
from handbook.loading.schema import schemas
from handbook.model.library import KINDS

SCHEMA_VERSION = 1


def api_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Give address and bytes of ``api/index.json``, ``api/<kind>.json`` and ``api/schemas/<name>.json``."""
    names: list[Mapping[str, object]] = []
    for kind in KINDS:
        items = [_with_address(item, kind.folder) for item in site.library.of_kind(kind.section).values()]
        yield f"api/{kind.section}.json", _envelope(kind.section, items)
        names.append(
            {"kind": kind.section, "title": kind.title, "address": f"api/{kind.section}.json", "count": len(items)}
        )
    terms = [term.model_dump(mode="json", exclude_none=True) for term in site.library.terms.values()]
    checklists = [_checklist(item) for item in site.checklists.values()]
    for section, title, values in (("terms", "术语", terms), ("checklists", "清单", checklists)):
        yield f"api/{section}.json", _envelope(section, values)
        names.append({"kind": section, "title": title, "address": f"api/{section}.json", "count": len(values)})
    index = {
        "schema_version": SCHEMA_VERSION,
        "built_on": str(site.on),
        "kinds": sorted(names, key=lambda n: str(n["kind"])),
    }
    yield "api/index.json", _bytes(index)
    for name, content in schemas():
        yield f"api/schemas/{name}.json", content


def _with_address(item: BaseModel, folder: str) -> Mapping[str, object]:
    values = item.model_dump(mode="json", exclude_none=True)
    return {**values, "address": f"{folder}/{values['id']}.html"} if folder else values


def _checklist(checklist: Checklist) -> Mapping[str, object]:
    return {
        "id": checklist.id,
        "title": checklist.title,
        "owner": checklist.owner,
        "address": f"checklists/{checklist.id}.html",
        "items": [
            {
                "id": item.id,
                "title": item.title,
                "roles": item.roles,
                "basis": [str(c) for c in item.basis],
                "address": item.address,
            }
            for item in checklist.items
        ],
    }


def _envelope(kind: str, items: object) -> bytes:
    return _bytes({"schema_version": SCHEMA_VERSION, "kind": kind, "items": items})


def _bytes(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n").encode()
