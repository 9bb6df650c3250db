"""Published data: one JSON file per kind, an index of them, and the JSON Schemas beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from handbook.composition.checklist import Checklist
from handbook.composition.site import Site
from handbook.loading.schema import schemas
from handbook.model.base import PageMeta
from handbook.model.form import Form
from handbook.model.library import KIND_BY_SECTION, KINDS
from handbook.model.regulation import Regulation
from handbook.renderers import catalogue
from handbook.renderers.form_page import CATALOGUE
from handbook.renderers.forms_json import SCHEMA, published_form, published_schema
from handbook.renderers.ledger_doors import ledger_doors

SCHEMA_VERSION = 1


def api_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Give address and bytes of ``api/index.json``, ``api/<kind>.json`` and ``api/schemas/<name>.json``."""
    names: list[Mapping[str, object]] = []
    for kind in KINDS:
        items = [_item(site, item, kind.folder) for item in site.library.of_kind(kind.section).values()]
        yield f"api/{kind.section}.json", _envelope(kind.section, items)
        names.append(
            {"kind": kind.section, "title": kind.title, "address": f"api/{kind.section}.json", "count": len(items)}
        )
    terms = [term.model_dump(mode="json", exclude_none=True) for term in site.library.terms.values()]
    checklists = [_checklist(item) for item in site.checklists.values()]
    for section, title, values in (("terms", "术语", terms), ("checklists", "清单", checklists)):
        yield f"api/{section}.json", _envelope(section, values)
        names.append({"kind": section, "title": title, "address": f"api/{section}.json", "count": len(values)})
    covered = coverage(site)
    yield "api/coverage.json", _envelope("coverage", covered)
    names.append({"kind": "coverage", "title": "覆盖", "address": "api/coverage.json", "count": len(covered)})
    index = {
        "schema_version": SCHEMA_VERSION,
        "built_on": str(site.on),
        "kinds": sorted(names, key=lambda n: str(n["kind"])),
    }
    yield "api/index.json", _bytes(index)
    for name, content in schemas():
        yield f"api/schemas/{name}.json", content
    yield SCHEMA, published_schema()


def coverage(site: Site) -> list[Mapping[str, object]]:
    """Give every name the handbook answers to with its address, and the topics not built yet with None (未建)."""
    built = dict(_built(site))
    wanted = dict.fromkeys((*site.library.topics.topics, *sorted(built)))
    plain = {name.replace(" ", ""): address for name, address in built.items()}
    found = {name: built.get(name) or plain.get(name.replace(" ", "")) for name in wanted}
    besides = {shared.topic: shared.pages for shared in site.library.topics.shared}
    return [
        {
            "name": name,
            "address": address,
            "addresses": [*([address] if address else []), *map(_page_of, besides.get(name, ()))],
            "state": "已建" if address else "未建",
        }
        for name, address in found.items()
    ]


def _page_of(reference: str) -> str:
    section, _, rest = reference.partition("/")
    ident, mark, anchor = rest.partition("#")
    return f"{KIND_BY_SECTION[section].folder}/{ident}.html{mark}{anchor}"


def _built(site: Site) -> Iterator[tuple[str, str]]:
    """Names under which a page answers; a title wins over an alias, so it comes last."""
    named = _named(site)
    for word, _, aliases, address in named:
        yield from ((f"{word}/{alias}", address) for alias in aliases)
    for word, title, _, address in named:
        yield f"{word}/{title}", address


def _named(site: Site) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Kind, title, aliases and address of everything that has a name."""
    named: list[tuple[str, str, tuple[str, ...], str]] = []
    for kind in KINDS:
        for item in site.library.of_kind(kind.section).values():
            if isinstance(item, PageMeta) and kind.folder:
                word = {"genres": "报告", "workbooks": "台账"}.get(kind.section, kind.title)
                others = (*item.alias, item.short) if isinstance(item, Regulation) else item.alias
                named.append((word, item.title, others, f"{kind.folder}/{item.id}.html"))
    named.extend(
        ("入门", role.page.title, role.page.alias, f"start/role-{role.id}.html")
        for role in site.library.roles.values()
        if role.page
    )
    named.append(("入门", "一年工作一张图", (), "start/year.html"))
    named.append(("入门", "最近更新", (), "start/updates.html"))
    if site.library.forms:
        named.append(("模板", catalogue.TITLE, catalogue.ALIAS, CATALOGUE))
    named.extend(("台账", door.title, door.alias, door.address) for door in ledger_doors(site))
    named.extend(
        ("术语", term.title, term.alias, f"glossary/index.html#{term.id}") for term in site.library.terms.values()
    )
    return named


def _item(site: Site, item: BaseModel, folder: str) -> Mapping[str, object]:
    if isinstance(item, Form):
        return published_form(site, item)
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
