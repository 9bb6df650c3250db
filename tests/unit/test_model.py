"""No model lets YAML or pydantic guess: own scalar types everywhere, each with its own pattern and its own Chinese refusal."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import pkgutil
import re
import types
import typing
from decimal import Decimal

import pytest
from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError

import handbook.model
from handbook.loading.schema import schemas
from handbook.model import scalars
from handbook.model.base import Model
from handbook.model.citation import Basis
from handbook.model.library import KIND_BY_SECTION, KINDS, SITE_SECTIONS

GUESSED = (int, bool, float, complex, bytes, Decimal, dt.date, dt.datetime, dt.time, dt.timedelta, object, typing.Any)
"""Types whose text pydantic would read in its own way."""
PLAIN_CELLS = {("RecordFile", "records")}
"""Cells stay text until their ledger is known; then each column's own scalar type reads them."""

for module in pkgutil.iter_modules(handbook.model.__path__):
    importlib.import_module(f"handbook.model.{module.name}")


def models(base: type[BaseModel] = Model) -> list[type[BaseModel]]:
    """Every model of the package, the base of all included."""
    found = {base}
    for child in base.__subclasses__():
        if child.__module__.startswith("handbook.model."):
            found.update(models(child))
    return sorted(found, key=lambda model: model.__name__)


def bare(annotation: object) -> list[object]:
    """Types inside an annotation that no scalar reader of ours stands in front of; the names of a mapping are not read."""
    origin = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    if origin is typing.Annotated:
        if any(isinstance(mark, BeforeValidator) for mark in arguments[1:]):
            return []
        return bare(arguments[0])
    if origin is typing.Literal or annotation in (None, type(None), Ellipsis):
        return []
    if origin is dict:
        return bare(arguments[1])
    if origin in (tuple, typing.Union, types.UnionType):
        return [item for argument in arguments for item in bare(argument)]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return []
    return [annotation]


def test_the_search_for_bare_types_finds_them() -> None:
    assert bare(int) == [int]
    assert bare(tuple[int, ...] | None) == [int]
    assert bare(dict[str, bool]) == [bool]
    assert bare(scalars.Count | None) == []
    assert bare(list[int]) == [list[int]]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_no_field_is_left_to_guessing(model: type[BaseModel]) -> None:
    for name, annotation in typing.get_type_hints(model, include_extras=True).items():
        if name == "model_config" or typing.get_origin(annotation) is typing.ClassVar:
            continue
        found = bare(annotation)
        assert not set(found) & set(GUESSED), f"{model.__name__}.{name}"
        assert found == [] or (model.__name__, name) in PLAIN_CELLS, f"{model.__name__}.{name}: {found}"


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_models_are_frozen_and_refuse_unknown_keys(model: type[BaseModel]) -> None:
    assert model.model_config["frozen"] is True
    assert model.model_config["extra"] == "forbid"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


READ = [
    (scalars.Text, "会议", "会议"),
    (scalars.Text, "no", "no"),
    (scalars.Text, "10:30", "10:30"),
    (scalars.Text, "0", "0"),
    (scalars.Text, "2026-02-03", "2026-02-03"),
    (scalars.Text, "null", "null"),
    (scalars.Text, "一 二", "一 二"),
    (scalars.Ident, "member-admission", "member-admission"),
    (scalars.Ident, "2025", "2025"),
    (scalars.Ident, "a1-2b", "a1-2b"),
    (scalars.Reference, "meetings/members-meeting", "meetings/members-meeting"),
    (scalars.Reference, "procedures/member-admission#oath", "procedures/member-admission#oath"),
    (scalars.FactReference, "branch-work/present-half", "branch-work/present-half"),
    (scalars.Offset, "T", "T"),
    (scalars.Offset, "T-14", "T-14"),
    (scalars.Offset, "T+7", "T+7"),
    (scalars.MemberCode, "m-001", "m-001"),
    (scalars.MemberCode, "m-12345", "m-12345"),
    (scalars.ClockTime, "09:30", "09:30"),
    (scalars.ClockTime, "23:59", "23:59"),
    (scalars.Flag, "true", True),
    (scalars.Flag, "false", False),
    (scalars.Count, "0", 0),
    (scalars.Count, "12", 12),
    (scalars.Count, "999999999", 999999999),
    (scalars.Amount, "12.50", Decimal("12.50")),
    (scalars.Amount, "-3", Decimal(-3)),
    (scalars.Amount, "0.0001", Decimal("0.0001")),
    (scalars.IsoDate, "2026-02-03", day("2026-02-03")),
    (scalars.IsoDate, "2024-02-29", day("2024-02-29")),
    (scalars.Period, "2026", "2026"),
    (scalars.Period, "2026-H1", "2026-H1"),
    (scalars.Period, "2026-Q3", "2026-Q3"),
    (scalars.Period, "2026-09", "2026-09"),
    (scalars.Figure, "5", "5"),
    (scalars.Figure, "0.5", "0.5"),
    (scalars.Figure, "4/5", "4/5"),
    (scalars.Figure, "3—5", "3—5"),
]

REFUSED = [
    (scalars.Text, ["", " ", "　", " 前面有空格", "后面有空格 ", "换行在后\n"]),
    (scalars.Ident, ["", "Member", "member_admission", "ｍember", "-a", "a-", "a--b", "中文", "a b", "a.b", "a/b", " a"]),
    (scalars.Reference, ["meetings", "meetings/", "/x", "a/b/c", "meetings/x#", "程序/发展党员", "a/B", "ａ/b"]),
    (scalars.FactReference, ["notice-days", "a/b#c", "a/", "A/b"]),
    (scalars.Offset, ["t-7", "T-0", "T-07", "T-100", "T7", "-7", "T－7", "T-1４", "D-7", ""]),
    (scalars.MemberCode, ["m001", "m-1", "m-01", "m-123456", "张三", "M-001", "ｍ-001", "m-００１"]),
    (scalars.ClockTime, ["9:30", "24:00", "23:60", "09：30", "0930", "570", "2３:00", "09:30:00"]),
    (scalars.Flag, ["y", "yes", "no", "on", "off", "True", "TRUE", "1", "0", "t", "是", "", "ｔrue"]),
    (
        scalars.Count,
        ["1_000", "1,000", "１２", "12人", "-1", "+1", "007", "1.0", "1e3", "0x10", "0o17", "nan", "inf", "yes", "", " 1", "十二", "²", "1２"],
    ),
    (scalars.Amount, ["1_000", "1,000.00", "nan", "inf", "-inf", "1e3", ".5", "5.", "００", "12元", "1.23456", "--1", "01", "0.１２"]),
    (
        scalars.IsoDate,
        ["2026-2-3", "20260203", "0", "2026-02-30", "2025-02-29", "2026/02/03", "２０２６-02-03", "2026-02-03T00:00", "1770048000",
         "2026年2月3日", "02-03", "", "0000-01-01"],
    ),
    (scalars.Period, ["26", "2026-H3", "2026-Q0", "2026-Q5", "2026-13", "2026-00", "2026-9", "2026上半年", "２０２６", "202６", "2026-h1"]),
    (scalars.Figure, ["半数", "５", "3-5", "5%", "1/", "/2", "-5", "nan", "1_000", "", "1e3"]),
    (Basis, ["", "2008", "发展党员细则（26）", "（2026）", "发展党员细则（2026 第13条", "〔发展党员细则 第13条〕"]),
]  # fmt: skip


def name_of(kind: object) -> str:
    return next((name for name, value in {**vars(scalars), "Basis": Basis}.items() if value is kind), "?")


@pytest.mark.parametrize(("kind", "text", "expected"), READ, ids=lambda value: value if isinstance(value, str) else "")
def test_a_scalar_reads_what_its_pattern_allows(kind: object, text: str, expected: object) -> None:
    value = TypeAdapter(kind).validate_python(text)
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("kind", "text"),
    [pytest.param(kind, text, id=f"{name_of(kind)}:{text}") for kind, texts in REFUSED for text in texts],
)
def test_a_scalar_refuses_everything_else_with_a_remedy(kind: object, text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(text)
    (error,) = caught.value.errors()
    assert error["type"] == "handbook"
    for word in (error["ctx"]["message"], error["ctx"]["remedy"]):
        assert re.search(r"[\u4e00-\u9fff]", word)


@pytest.mark.parametrize("kind", [*dict(REFUSED)], ids=name_of)
@pytest.mark.parametrize("value", [None, ["a"], {"a": "b"}, 1.5], ids=["nothing", "list", "mapping", "number"])
def test_a_scalar_refuses_what_is_no_scalar(kind: object, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    assert {error["type"] for error in caught.value.errors()} == {"handbook"}


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        (scalars.Count, "１２", "12"),
        (scalars.Ident, "Member_Admission", "member-admission"),
        (scalars.Ident, "ｍember－admission", "member-admission"),
        (scalars.Flag, "yes", "true 或 false"),
        (scalars.IsoDate, "2026-2-3", "YYYY-MM-DD"),
        (scalars.MemberCode, "m-００１", "m-001"),
        (scalars.ClockTime, "09：30", "09:30"),
        (scalars.Period, "2026-9", "2026-09"),
    ],
)
def test_a_refusal_says_how_to_write_it(kind: object, text: str, wanted: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(text)
    assert wanted in caught.value.errors()[0]["ctx"]["remedy"]


SCHEMAS = dict(schemas())


def test_there_is_a_schema_for_every_kind_and_every_other_file() -> None:
    others = {"terms", "records", "search-synonyms", "search-words", "addresses", "page-meta"}
    assert set(SCHEMAS) >= {kind.section for kind in KINDS} | others


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_json_that_completes_keys(name: str) -> None:
    schema = json.loads(SCHEMAS[name])
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["title"]
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    for key, value in schema["properties"].items():
        assert value.get("title") or {"$ref", "allOf", "anyOf"} & set(value), key
    pointers = re.findall(r'"\$ref": "#/\$defs/([^"]+)"', SCHEMAS[name].decode())
    assert set(pointers) <= set(schema.get("$defs", {}))
    if name in KIND_BY_SECTION:
        fields = KIND_BY_SECTION[name].model.model_fields
        assert set(schema["properties"]) == set(fields)
        assert set(schema["required"]) == {key for key, field in fields.items() if field.is_required()}
        assert schema["properties"]["id"]["pattern"] == f"^{scalars.IDENT.pattern}$"


def test_schemas_are_the_same_bytes_each_time() -> None:
    assert dict(schemas()) == SCHEMAS


def test_pages_stand_in_sections_of_the_site() -> None:
    assert {kind.folder for kind in KINDS if kind.page != "none"} <= set(SITE_SECTIONS)
    assert {kind.folder for kind in KINDS if kind.page == "none"} == {""}
    assert len(KIND_BY_SECTION) == len(KINDS)
