"""What a cell refuses: wrong entries are stopped with a sentence that says what to enter; an empty cell is always allowed."""

from __future__ import annotations

import datetime as dt

from handbook.model.ledger import ColumnType
from handbook.model.workbook import HeadCell

EARLIEST, LATEST = dt.date(1921, 7, 1), dt.date(2099, 12, 31)
"""Dates outside are taken for slips."""
_MOST_LISTED = 255
"""Characters of a dropdown whose options stand in the rule itself."""

Rule = dict[str, object]


def entry_rule(kind: ColumnType, first: str, source: str = "") -> Rule | None:
    """Give the rule of a column; `first` is its first cell, `source` the range with the options of a choice."""
    rule: Rule
    match kind:
        case "choice" if source:
            rule = {"validate": "list", "source": source, "error_message": "请从下拉列表中选择。"}
        case "date":
            rule = {
                "validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST,
                "error_message": "请填日期，如 2026-3-5。",
            }  # fmt: skip
        case "count":
            rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "请填不小于0的整数。"}
        case "amount":
            rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "请填不小于0的金额。"}
        case "member" | "members":
            # Keeps names out: the file travels, the key to the codes does not.
            rule = {
                "validate": "custom", "value": f'=LEFT({first},2)="m-"',
                "error_message": "请填成员代码，如 m-001；不要填姓名。",
            }  # fmt: skip
        case _:
            return None
    return stopping(rule)


def head_rule(cell: HeadCell) -> Rule | None:
    """Give the rule of a cell above the table."""
    if cell.type == "choice":
        listed = ",".join(cell.options)
        if len(listed) > _MOST_LISTED:
            raise ValueError(f"the options of {cell.id} are too long for a dropdown")
        return stopping({"validate": "list", "source": list(cell.options), "error_message": "请从下拉列表中选择。"})
    if cell.type == "count" and cell.at_most is not None:
        low = cell.at_least or 0
        return stopping(
            {"validate": "integer", "criteria": "between", "minimum": low, "maximum": cell.at_most,
             "error_message": f"请填{low}至{cell.at_most}的整数。"}
        )  # fmt: skip
    return entry_rule(cell.type, "") if cell.type in ("date", "count", "amount") else None


def number_rule() -> Rule:
    """Give the rule of a number on the sheet 标准."""
    return stopping({"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "请填不小于0的数。"})


def stopping(rule: Rule) -> Rule:
    """Give the rule as one that refuses, not one that only warns."""
    return {**rule, "error_title": "填写有误", "error_type": "stop", "ignore_blank": True}
