"""A YAML tree into a model; every refusal of pydantic becomes a Chinese diagnostic with its place."""

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from handbook.diagnostics import Diagnostic
from handbook.loading.yaml_events import KeyPath, Positions, Tree, YamlFile, key_text

M = TypeVar("M", bound=BaseModel)

_LISTED = 160
"""Characters that a list of choices may take."""
_LONGEST = 120
"""Characters of a message that quotes the input."""
_KINDS = {str: "一个值", list: "列表", dict: "映射", type(None): "空的"}


def validate(file: YamlFile, model: type[M]) -> tuple[M | None, tuple[Diagnostic, ...]]:
    """Give the model, or None with everything that is wrong with the tree."""
    if file.tree is None:
        return None, ()
    try:
        return model.model_validate(file.tree), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, tuple(_diagnostic(detail, file, model) for detail in details)


def near(word: str, choices: Iterable[str]) -> str:
    """Give ``是否想写 'x'？`` for a likely misspelling, otherwise the list of what may be written."""
    names = sorted(choices)
    close = difflib.get_close_matches(word, names, 1, 0.6)
    if close:
        return f"是否想写 {close[0]!r}？"
    fitting = [name for index, name in enumerate(names) if len("、".join(names[: index + 1])) <= _LISTED]
    shown = "、".join(fitting) + ("……" if len(names) > len(fitting) else "")
    return f"可以写：{shown}" if names else "目前没有可用的项"


def short(text: str) -> str:
    """Give a text that may hold what somebody pasted by mistake, cut so that a message stays one readable line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]}……{line[-_LONGEST // 4 :]}"


def _diagnostic(detail: ErrorDetails, file: YamlFile, model: type[BaseModel]) -> Diagnostic:
    kind = detail["type"]
    context: Mapping[str, Any] = detail.get("ctx") or {}
    at = _tree_path(file.tree, detail["loc"], keep_last=kind == "missing")
    positions: Positions = file.positions
    value = detail["input"]
    if kind == "handbook":
        return Diagnostic(positions.value(at), key_text(at), short(context["message"]), context["remedy"])
    if kind == "missing":
        return Diagnostic(positions.value(at[:-1]), key_text(at), "缺少必填的键", f"请补上“{at[-1]}: …”")
    if kind == "extra_forbidden":
        remedy = near(str(at[-1]), _fields(model, detail["loc"][:-1]))
        return Diagnostic(positions.key(at), key_text(at), "不认识的键", remedy)
    if kind == "literal_error":
        if value is None:
            return Diagnostic(positions.value(at), key_text(at), "值是空的", "请填写内容；不需要这个键就整行删去")
        choices = re.findall(r"'([^']*)'", str(context["expected"]))
        listed = "、".join(choices)
        close = difflib.get_close_matches(str(value), choices, 1, 0.6) if isinstance(value, str) else []
        remedy = f"是否想写 {close[0]!r}？" if close else "请从中选一个"
        shown = repr(short(value)) if isinstance(value, str) else _KINDS[type(value)]
        return Diagnostic(positions.value(at), key_text(at), f"取值 {shown} 不在 {listed} 之中", remedy)
    if kind == "union_tag_not_found":
        tag = str(context["discriminator"]).strip("'")
        return Diagnostic(positions.value(at), key_text((*at, tag)), "缺少必填的键", f"请补上“{tag}: …”")
    if kind == "union_tag_invalid":
        tag = str(context["discriminator"]).strip("'")
        choices = re.findall(r"'([^']*)'", str(context["expected_tags"]))
        place = positions.value((*at, tag))
        message = f"取值 {short(str(context['tag']))!r} 不在 {'、'.join(choices)} 之中"
        return Diagnostic(place, key_text((*at, tag)), message, near(str(context["tag"]), choices))
    return _wrong_shape(kind, positions, at, value)


def _wrong_shape(kind: str, positions: Positions, at: KeyPath, value: object) -> Diagnostic:
    place, key = positions.value(at), key_text(at)
    found = _KINDS[type(value)]
    if value is None:
        return Diagnostic(place, key, "值是空的", "请填写内容；不需要这个键就整行删去")
    if kind in ("tuple_type", "list_type"):
        return Diagnostic(place, key, f"此处应为列表，却是{found}", "请另起一行，每一项以“- ”开头")
    if kind in ("model_type", "model_attributes_type", "dict_type", "mapping_type"):
        return Diagnostic(place, key, f"此处应为映射，却是{found}", "请写成“键: 值”的形式")
    if kind == "string_type":
        return Diagnostic(place, key, f"此处应为单个值，却是{found}", "请把值写在冒号后面的同一行")
    return Diagnostic(place, key, "内容不合要求", "请对照同类文件改写")


def _tree_path(tree: Tree, loc: tuple[str | int, ...], *, keep_last: bool) -> KeyPath:
    """Drop the names of union members that pydantic puts into its paths."""
    path: list[str | int] = []
    here: Tree = tree
    for index, part in enumerate(loc):
        if isinstance(here, dict) and part in here:
            here = here[str(part)]
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        elif not (keep_last and index == len(loc) - 1):
            continue
        path.append(part)
    return tuple(path)


def _fields(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Names that may stand in the mapping at `loc`."""
    found: list[Any] = [model]
    for part in loc:
        found = [inner for annotation in found for inner in _inside(annotation, part)]
    return sorted({name for item in found if _is_model(item) for name in item.model_fields})


def _inside(annotation: Any, part: str | int) -> list[Any]:
    if _is_model(annotation):
        if part in annotation.model_fields:
            return _flatten(annotation.model_fields[part].annotation)
        tags = [field.annotation for field in annotation.model_fields.values()]
        return [annotation] if any(part in typing.get_args(tag) for tag in tags) else []
    arguments = [argument for argument in typing.get_args(annotation) if argument is not Ellipsis]
    return [inner for argument in arguments[-1:] for inner in _flatten(argument)]


def _flatten(annotation: Any) -> list[Any]:
    """Unions and annotations taken apart."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _flatten(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [inner for argument in typing.get_args(annotation) for inner in _flatten(argument)]
    return [annotation]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
