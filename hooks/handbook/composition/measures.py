"""How a metric counts: conditions on records, what is made of the records that fulfil them, and both in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from handbook.model.ledger import Ledger, Record
from handbook.model.report import UNIT_COLUMN, Condition, Metric

TEN_THOUSAND = "万元"
_WORDS = {
    "count": "符合条件的记录数",
    "sum": "符合条件的记录里“{column}”栏相加",
    "distinct": "符合条件的记录里不同的{column}个数",
    "latest": "每个成员截至期末的最后一条记录里符合条件的人数",
    "reach": "符合条件的记录里“{total}”按{column}相加，达到{threshold}的个数",
    "closing": "每个单位截至期末最后一条符合条件的记录里“{column}”栏的数，各单位相加",
}


def fulfils(record: Record, where: Sequence[Condition]) -> bool:
    """Tell whether a record fulfils all conditions."""
    return all(_fulfils(record.values.get(condition.column), condition) for condition in where)


def _fulfils(cell: object, condition: Condition) -> bool:
    if condition.within:
        return cell in condition.within
    if condition.filled is not None:
        return (cell is not None) is condition.filled
    if not isinstance(cell, (int, Decimal)):
        return False
    if condition.at_least is not None:
        return cell >= condition.at_least
    return condition.at_most is None or cell <= condition.at_most


def measured(metric: Metric, ledger: Ledger, rows: Sequence[Record]) -> Decimal:
    """Give the value that the rows make."""
    if metric.measure == "count":
        return Decimal(len(rows))
    column = str(metric.column)
    if metric.measure in ("sum", "closing"):
        return _scaled(sum((number(row, column) for row in rows), Decimal(0)), metric, ledger)
    if metric.measure == "reach":
        totals = totals_by_member(rows, column, str(metric.total_of))
        return Decimal(sum(total >= (metric.threshold or 0) for total in totals.values()))
    codes: set[object] = set()
    for row in rows:
        codes.update(codes_of(row, column))
    return Decimal(len(codes))


def number(row: Record, column: str) -> Decimal:
    """Give the number in a cell; an empty one adds nothing."""
    cell = row.values.get(column)
    return cell if isinstance(cell, Decimal) else Decimal(cell) if isinstance(cell, int) else Decimal(0)


def codes_of(row: Record, column: str) -> tuple[object, ...]:
    """Give the member codes (or the unit) that a record names."""
    cell = row.unit if column == UNIT_COLUMN else row.values.get(column)
    return cell if isinstance(cell, tuple) else () if cell is None else (cell,)


def totals_by_member(rows: Sequence[Record], column: str, total_of: str) -> Mapping[object, Decimal]:
    """Add up a number column for each member that the rows name."""
    totals: dict[object, Decimal] = {}
    for row in rows:
        for code in dict.fromkeys(codes_of(row, column)):
            totals[code] = totals.get(code, Decimal(0)) + number(row, total_of)
    return totals


def rate_of(above: Decimal, below: Decimal) -> Decimal:
    """Give per cent, half up to 0.1."""
    return (above * 100 / below).quantize(Decimal("0.1"), ROUND_HALF_UP)


def in_words(metric: Metric, ledger: Ledger) -> tuple[str, str]:
    """Give the conditions and the way of counting in words."""
    titles = {column.id: column.title for column in ledger.columns} | {UNIT_COLUMN: "单位"}
    conditions = "，".join(_condition(titles.get(c.column, c.column), c) for c in metric.where)
    how = _WORDS[metric.measure].format(
        column=titles.get(metric.column or "", ""),
        total=titles.get(metric.total_of or "", ""),
        threshold=metric.threshold,
    )
    scaled = "，再折合成万元" if _is_scaled(metric, ledger) else ""
    return conditions, how + scaled


def _condition(title: str, condition: Condition) -> str:
    if condition.within:
        return f"{title}为{'或'.join(condition.within)}"
    if condition.filled is not None:
        return f"{title}{'已填' if condition.filled else '没有填'}"
    least = f"{title}不少于{condition.at_least}" if condition.at_least is not None else ""
    most = f"{title}不超过{condition.at_most}" if condition.at_most is not None else ""
    return least or most


def _is_scaled(metric: Metric, ledger: Ledger) -> bool:
    column = next((column for column in ledger.columns if column.id == metric.column), None)
    return metric.unit == TEN_THOUSAND and column is not None and column.unit != TEN_THOUSAND


def _scaled(value: Decimal, metric: Metric, ledger: Ledger) -> Decimal:
    """Ledgers hold 元; a figure in 万元 is rounded half up to two decimals."""
    return (value / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP) if _is_scaled(metric, ledger) else value
