"""Walking a model: every value with its key path, as the YAML has it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from handbook.loading.yaml_events import KeyPath


def walk(value: object, at: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Yield path and value of everything inside a model, the model itself included."""
    yield at, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name in value.model_fields_set:
                yield from walk(getattr(value, name), (*at, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*at, index))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from walk(item, (*at, str(name)))
