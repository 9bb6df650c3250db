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
_PLACES = ("heading", "body", "letterhead", "imprint")
"""Keys of a form whose texts stand in the file and so may hold places to fill in."""
_MOST_IN_A_CELL = 40
"""Columns a cell may span and lines it may hold: more fits on no page."""
FIGURE = re.compile(r"【指标：([^】]*)】")


def placeholders_match(context: Context) -> Iterator[Diagnostic]:
    """Check that each placeholder has its field or metric and each field its placeholder."""
    for section in ("forms", "genres"):
        for item in context.library.of_kind(section).values():
            if isinstance(item, (Form, Genre)):
                yield from _fields(context, f"{section}/{item.id}", item)


def grids_add_up(context: Context) -> Iterator[Diagnostic]:
    """Check that a grid can be drawn: widths, header rows, and spans that make up the number of columns."""
    for form in context.library.forms.values():
        for index, block in enumerate(form.body):
            if not isinstance(block, GridBlock):
                continue
            name, here = f"forms/{form.id}", ("body", index)
            if not block.widths or 0 in block.widths:
                yield context.say(
                    name, (*here, "widths"), "列宽缺少或为0", "请每列写一个大于0的整数，按比例分配版心宽度"
                )
            if block.header > len(block.rows):
                said = f"表头{block.header}行，表格只有{len(block.rows)}行"
                yield context.say(name, (*here, "header"), said, "请改正 header，没有表头就删去这个键")
            for row_index, row in enumerate(block.rows):
                for cell_index, cell in enumerate(row):
                    for key, number in (("span", cell.span), ("lines", cell.lines)):
                        if not 1 <= number <= _MOST_IN_A_CELL:
                            at_cell = (*here, "rows", row_index, cell_index, key)
                            yield context.say(name, at_cell, f"{key} 不能是 {number}", f"请写1到{_MOST_IN_A_CELL}")
                columns = sum(cell.span for cell in row)
                if columns != len(block.widths):
                    at = ("body", index, "rows", row_index)
                    said = f"这一行共占 {columns} 列，表格有 {len(block.widths)} 列"
                    yield context.say(name, at, said, "请核对 span，使每行之和等于 widths 的个数")


def _fields(context: Context, name: str, item: Form | Genre) -> Iterator[Diagnostic]:
    known = {field.id: field for field in item.fields}
    used: set[str] = {field for _, field in item.list_fields()} if isinstance(item, Form) else set()
    for at, value in walk(item):
        if not isinstance(value, str) or (at and at[0] == "fields"):
            continue
        if isinstance(item, Form) and at and at[0] not in _PLACES and TODO.search(value):
            remedy = "请移到正文里，或把这里的占位改成文字"
            yield context.say(name, at, "占位只能写在标题、正文、红头和版记里", remedy)
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
