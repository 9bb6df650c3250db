"""The sheets beside the table: 填写说明 (what each column wants), 选项 (the ranges behind the dropdowns), 标准 (numbers of rules)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from handbook.model.ledger import Column
from handbook.model.sheet import AS_OF, Derived
from handbook.renderers.xlsx_page import PROTECTION, STANDARDS, print_setup, row_height, string
from handbook.renderers.xlsx_plan import Plan
from handbook.renderers.xlsx_rules import entry_rule, number_rule
from handbook.renderers.xlsx_styles import Styles
from handbook.renderers.xlsx_table import Table

NOTES, OPTIONS = "填写说明", "选项"
_KINDS = {
    "date": "日期，如2026-3-5", "choice": "从下拉列表中选", "count": "整数，不小于0", "amount": "金额，单位元",
    "text": "文字", "member": "成员代码，如m-001", "members": "成员代码，多人用顿号隔开",
}  # fmt: skip
_COLORS = {"red": "红色", "amber": "黄色", "green": "绿色"}
_PRIVACY = "人员一律填成员代码，不填姓名、身份证号和电话；代码与姓名的对照表由支部另外保管。"
_LOCKED = "灰色格由表自动计算，已锁定，没有密码；需要增加行时先撤销工作表保护，把最后一行整行向下复制。筛选后，合计只算筛出的行。"
_AS_OF = "逾期和剩余天数按“统计日期”一格计算，不跟电脑日期走：空表里这一格空着，什么都不判断；用表时先把它改成当天。"
_PRINT = "打印前在第一栏的筛选里去掉“空白”，没有填的行就不印出来。"
_FROM_STANDARDS = "带比例、限额和期限的公式只引用“标准”工作表：规定调整时改那一页的数，表内自动重算。"


def validate(sheet: Worksheet, choices: Worksheet, table: Table, styles: Styles) -> None:
    """Refuse wrong entries in the table; the options of its choices stand on a sheet of their own."""
    listed = 0
    for slot in table.plan.slots:
        if isinstance(slot, Derived):
            continue
        place = table.idents.index(slot.id)
        source = ""
        if slot.type == "choice" and slot.options:
            string(choices, 0, listed, slot.title, styles.header)
            for row, option in enumerate(slot.options, 1):
                string(choices, row, listed, option, styles.plain)
            choices.set_column(listed, listed, max(slot.width, 16))
            source = f"='{OPTIONS}'!{xl_range_abs(1, listed, len(slot.options), listed)}"
            listed += 1
        rule = entry_rule(slot.type, xl_rowcol_to_cell(table.first, place), source)
        if rule:
            sheet.data_validation(table.first, place, table.last, place, rule)
    choices.freeze_panes(1, 0)
    choices.set_landscape()
    choices.set_paper(9)
    choices.fit_to_pages(1, 0)
    if not listed:
        string(choices, 0, 0, "本表没有下拉选项。", styles.plain)


def explain(sheet: Worksheet, styles: Styles, plan: Plan, guidance: Sequence[str], required: Mapping[str, str]) -> None:
    """Write 填写说明: what each column wants, what is worked out, what colours mean, then the guidance."""
    string(sheet, 0, 0, f"{plan.title}填写说明", styles.bold)
    sheet.set_row(0, 28)
    widths = (20, 28, 28, 66)
    for place, (title, width) in enumerate(zip(("栏目", "填什么", "是否必填", "说明"), widths, strict=True)):
        string(sheet, 1, place, title, styles.header)
        sheet.set_column(place, place, width)
    sheet.set_row(1, 24)
    row = 1
    for slot in plan.slots:
        row += 1
        texts = _line(slot, required)
        for place, text in enumerate(texts):
            string(sheet, row, place, text, styles.plain)
        sheet.set_row(row, row_height(texts, widths))
    row += 1
    for text in (*guidance, *_remarks(plan)):
        row += 1
        sheet.merge_range(row, 0, row, 3, "", styles.loose)
        string(sheet, row, 0, text, styles.loose)
        sheet.set_row(row, row_height((text,), (sum(widths),)))
    sheet.freeze_panes(2, 0)
    print_setup(sheet, plan.title, (0, 1), (row, 3))


def _line(slot: Column | Derived, required: Mapping[str, str]) -> tuple[str, str, str, str]:
    if isinstance(slot, Derived):
        return slot.title, "自动计算，不用填", "不填", slot.note
    entry = _KINDS[slot.type] + (f"，单位{slot.unit}" if slot.unit and slot.type == "count" else "")
    if slot.type == "amount" and slot.unit not in (None, "元"):
        entry = f"数，不小于0，单位{slot.unit}"
    note = f"{slot.note}\n可选：{'、'.join(slot.options)}" if slot.options else slot.note
    return slot.title, entry, required[slot.id], note


def _remarks(plan: Plan) -> list[str]:
    found = [f"{line.title}：{line.note}" for line in plan.lines]
    found += [f"{_COLORS[mark.color]}底色：{mark.note}" for mark in plan.marks]
    if plan.dated or any(cell.id == AS_OF for cell in plan.head):
        found.append(_AS_OF)
    if plan.standards:
        found.append(_FROM_STANDARDS)
    if plan.locked:
        found.append(_LOCKED)
    if plan.filters and plan.spare:
        found.append(_PRINT)
    if any(isinstance(slot, Column) and slot.type in ("member", "members") for slot in plan.slots):
        found.append(_PRIVACY)
    return found


def list_standards(
    book: Workbook, sheet: Worksheet, styles: Styles, plan: Plan, grounds: Mapping[str, tuple[str, str]]
) -> None:
    """Write 标准: each number with its name, its clause and how far that has been verified; formulas call it by name."""
    heads, widths = ("名称", "数值", "单位", "依据", "核验状态", "说明"), (30, 14, 10, 34, 20, 56)
    string(sheet, 0, 0, f"{plan.title}的标准", styles.bold)
    sheet.set_row(0, 28)
    for place, (title, width) in enumerate(zip(heads, widths, strict=True)):
        string(sheet, 1, place, title, styles.header)
        sheet.set_column(place, place, width)
    sheet.set_row(1, 24)
    row = 1
    for row, item in enumerate(plan.standards, 2):
        clause, state = grounds.get(item.id, ("", ""))
        texts = (item.title, "", item.unit or "", clause or "本表约定", state or "经验", item.note or "")
        for place, text in enumerate(texts):
            string(sheet, row, place, text, styles.plain)
        sheet.write_number(row, 1, float(item.value), styles.of(f"standard-{item.shows}"))
        sheet.set_row(row, row_height(texts, widths))
        book.define_name(item.title, f"='{STANDARDS}'!{xl_rowcol_to_cell(row, 1, row_abs=True, col_abs=True)}")
        sheet.data_validation(row, 1, row, 1, number_rule())
    sheet.merge_range(row + 2, 0, row + 2, 5, "", styles.loose)
    text = "数值可以改：规定有调整，或者上级党组织另有明确标准的，只改这一页，表里的公式自动重算。使用前请对照现行规定原文核对一遍。"
    string(sheet, row + 2, 0, text, styles.loose)
    sheet.set_row(row + 2, row_height((text,), (sum(widths),)))
    sheet.freeze_panes(2, 0)
    print_setup(sheet, plan.title, (0, 1), (row + 2, 5))
    sheet.protect("", PROTECTION)
