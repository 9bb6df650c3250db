"""The page of a workbook that is no ledger, and what a sheet works out by itself, for ledgers too."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from handbook.model.ledger import Column, Ledger
from handbook.model.sheet import Standard
from handbook.model.workbook import Workbook
from handbook.renderers.head import head, status_of
from handbook.renderers.press import Page, Press
from handbook.renderers.templating import render
from handbook.renderers.view import View

_LABELS = {"red": "红色", "amber": "黄色", "green": "绿色"}


def workbook_page(press: Press, workbook: Workbook) -> Page:
    """Give the page: files, when to use it, what to fill in, what it works out, on what its numbers rest."""
    uri = f"ledgers/{workbook.id}.md"
    view = press.view(uri)
    files = [press.shelf[f"ledgers/{workbook.id}{ending}.xlsx"] for ending in ("", "-example")]
    entered = [cell for cell in workbook.head if cell.type]
    blocks = [
        head(view, workbook, status_of(view, workbook, workbook.basis)),
        render("downloads.html", view=view, items=files),
        "## 什么时候用 {#used}",
        str(view.text(workbook.used)),
        "## 怎么填 {#guidance}",
        str(Markup("<ul>{}</ul>").format(Markup("").join(_item(view.text(text)) for text in workbook.guidance))),
        "## 要填的栏 {#columns}",
        render("sheet_entries.html", view=view, owner=workbook.id, head=entered, groups=_alike(workbook.columns)),
        *worked_out(view, workbook),
    ]
    if workbook.basis:
        blocks += ["## 依据 {#basis}", str(Markup("<p>{}</p>").format(view.clauses(workbook.basis)))]
    if workbook.related:
        blocks += ["## 相关 {#related}", render("related.html", view=view, references=workbook.related)]
    source = f"_data/workbooks/{workbook.id}.yml"
    return Page(uri, workbook.title, workbook.summary, "\n\n".join(blocks) + "\n", source)


def worked_out(view: View, sheet: Ledger | Workbook) -> list[str]:
    """Give the parts about what a sheet works out by itself: columns, shading, the numbers of the sheet 标准."""
    blocks: list[str] = []
    derived = sheet.derived
    if isinstance(sheet, Workbook):
        placed = {slot.id: place for place, slot in enumerate(sheet.slots)}
        derived = tuple(sorted(sheet.derived, key=lambda column: placed[column.id]))
    cells = [cell for cell in sheet.head if cell.formula] if isinstance(sheet, Workbook) else []
    if derived or cells:
        blocks.append("## 表里自动算的 {#derived}")
        blocks.append(
            "灰色格锁定，没有密码；导入台账时不读这些栏。" if isinstance(sheet, Ledger) else "灰色格锁定，没有密码。"
        )
        blocks.append(
            render("sheet_derived.html", view=view, owner=sheet.id, head=cells, columns=derived,
                   marks=[(_LABELS[mark.color], mark.note) for mark in sheet.marks])
        )  # fmt: skip
    if sheet.standards:
        rows = [(item, _number(item), _ground(view, item)) for item in sheet.standards]
        blocks.append("## 标准页的数 {#standards}")
        blocks.append("规定调整时只改“标准”工作表里的数，公式自动重算。")
        blocks.append(render("sheet_standards.html", view=view, owner=sheet.id, rows=rows))
    return blocks


def _alike(columns: Sequence[Column]) -> list[list[Column]]:
    """Give the columns, those that stand together and are filled alike as one: the twelve months."""
    alike = groupby(columns, key=lambda column: (column.note, column.type, column.unit, column.options))
    return [list(group) for _, group in alike]


def _item(text: Markup) -> Markup:
    return Markup("<li>{}</li>").format(text)


def _number(item: Standard) -> str:
    if item.shows == "rate":
        return f"{Decimal(item.value * 100).normalize():f}%"
    return f"{item.value.normalize():f}{item.unit or ''}"


def _ground(view: View, item: Standard) -> Markup:
    known = view.site.clauses.fact_names.get(item.fact or "")
    return view.fact_clause(known) if known else view.tier("tip")
