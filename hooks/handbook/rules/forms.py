"""Forms and genres: placeholders and fields match, grids add up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.loading.validate import near
from handbook.loading.yaml_events import KeyPath
from handbook.model.form import Form, FormField, GridBlock
from handbook.model.report import Genre
from handbook.rules.context import Context
from handbook.rules.walk import walk

TODO = re.compile(r"【待填：([^】]*)】")
FIGURE = re.compile(r"【指标：([^】]*)】")


def placeholders_match(context: Context) -> Iterator[Diagnostic]:
    """Check that each placeholder has its field or metric and each field its placeholder."""
    for section in ("forms", "genres"):
        for item in context.library.of_kind(section).values():
            if isinstance(item, (Form, Genre)):
                yield from _fields(context, f"{section}/{item.id}", item)


def grids_add_up(context: Context) -> Iterator[Diagnostic]:
    """Check that the spans of each row make up the number of columns."""
    for form in context.library.forms.values():
        for index, block in enumerate(form.body):
            if not isinstance(block, GridBlock):
                continue
            for row_index, row in enumerate(block.rows):
                columns = sum(cell.span for cell in row)
                if columns != len(block.widths):
                    at = ("body", index, "rows", row_index)
                    said = f"这一行共占 {columns} 列，表格有 {len(block.widths)} 列"
                    yield context.say(f"forms/{form.id}", at, said, "请核对 span，使每行之和等于 widths 的个数")


def _fields(context: Context, name: str, item: Form | Genre) -> Iterator[Diagnostic]:
    known = {field.id: field for field in item.fields}
    used: set[str] = set()
    for at, value in walk(item):
        if not isinstance(value, str) or (at and at[0] == "fields"):
            continue
        for match in TODO.finditer(value):
            used.add(match[1])
            if match[1] not in known:
                said = f"【待填：{match[1]}】没有对应的栏目"
                yield context.say(name, at, said, near(match[1], known))
        for match in FIGURE.finditer(value):
            if not context.exists("metrics", match[1]):
                yield context.unknown(name, at, "指标", match[1], context.library.metrics)
        yield from _half_written(context, name, at, value)
    for index, field in enumerate(item.fields):
        if field.id not in used:
            yield context.say(
                name,
                ("fields", index, "id"),
                f"栏目 {field.id} 没有用到",
                f"请在正文里写【待填：{field.id}】，或删去它",
            )
        yield from _options(context, name, index, field)


def _options(context: Context, name: str, index: int, field: FormField) -> Iterator[Diagnostic]:
    if (field.type == "choice") != bool(field.options):
        said = "选择栏没有选项" if field.type == "choice" else "不是选择栏，却写了选项"
        remedy = "请补上 options 列表" if field.type == "choice" else "请把 type 写成 choice，或删去 options"
        yield context.say(name, ("fields", index, "type"), said, remedy)


def _half_written(context: Context, name: str, at: KeyPath, value: str) -> Iterator[Diagnostic]:
    rest = FIGURE.sub("", TODO.sub("", value))
    for word in ("【待填", "【指标", "[待填", "[指标"):
        if word in rest:
            yield context.say(
                name, at, f"占位“{word}…”写法不对", "请写成【待填：栏目编号】或【指标：指标编号】，用全角方头括号和冒号"
            )
