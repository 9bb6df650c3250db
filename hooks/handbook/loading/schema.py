"""JSON Schemas of all data files, so that an editor with a YAML language server completes keys and explains them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic import BaseModel

from handbook.model.base import PageMeta
from handbook.model.form import SharedValues
from handbook.model.frozen import Frozen
from handbook.model.glossary import Addresses, Groups, SearchWords, Synonyms, TermFile, Topics
from handbook.model.holidays import Holidays
from handbook.model.ledger import RecordFile
from handbook.model.library import KINDS
from handbook.model.review import Reviews
from handbook.model.wording import Wordings

_OTHERS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("terms", TermFile),
    ("records", RecordFile),
    ("frozen", Frozen),
    ("holidays", Holidays),
    ("search-synonyms", Synonyms),
    ("search-words", SearchWords),
    ("addresses", Addresses),
    ("groups", Groups),
    ("values", SharedValues),
    ("topics", Topics),
    ("reviews", Reviews),
    ("wording", Wordings),
    ("page-meta", PageMeta),
)


def schemas() -> Iterator[tuple[str, bytes]]:
    """Give name and bytes of each schema, ``regulations`` → JSON."""
    for name, model in (*((kind.section, kind.model) for kind in KINDS), *_OTHERS):
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **model.model_json_schema(mode="validation"),
        }
        yield name, (json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
