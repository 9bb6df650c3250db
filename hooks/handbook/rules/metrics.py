"""Metrics hang together: ledger, columns, conditions, numerator and denominator, parts and balance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handbook.diagnostics import Diagnostic
from handbook.loading.validate import near
from handbook.loading.yaml_events import KeyPath
from handbook.model.ledger import Column
from handbook.model.report import UNIT_COLUMN, Condition, Metric
from handbook.rules.context import Context

_TYPES: Mapping[str, tuple[str, ...]] = {
    "sum": ("count", "amount"),
    "distinct": ("member", "members"),
    "latest": ("member",),
    "reach": ("member", "members"),
    "closing": ("count", "amount"),
}
"""Types of the column that a measure counts."""
_NUMBERS = ("count", "amount")
_PERSONS = ("名", "人")
"""量词 that mean the same."""
_FORMS = ("within", "filled", "at_least", "at_most")
_ONE_FORM = "请在 within、filled、at_least、at_most 里只写一种"


def metrics_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check what each metric counts by, and that the metrics it names exist and are of its kind."""
    for metric in context.library.metrics.values():
        name = f"metrics/{metric.id}"
        others = [key for key in ("numerator", "denominator") if getattr(metric, key)]
        if metric.measure == "rate":
            yield from _rate(context, name, metric)
        elif others:
            yield context.say(name, (others[0],), "只有比率才写分子分母", "请删去，或把 measure 写成 rate")
        elif metric.measure == "outside":
            if metric.ledger is not None:
                remedy = "请删去 ledger，或换一种 measure"
                yield context.say(name, ("ledger",), "台账外的数不写从哪本台账数", remedy)
        else:
            yield from _counted(context, name, metric)
        for index, part in enumerate(metric.parts):
            yield from _like(context, name, ("parts", index), metric, part)
        if metric.balance:
            yield from _like(context, name, ("balance", "opening"), metric, metric.balance.opening)
            for key in ("plus", "minus"):
                for index, ident in enumerate(getattr(metric.balance, key)):
                    yield from _like(context, name, ("balance", key, index), metric, ident)


def conditions_are_sound(
    context: Context, name: str, at: KeyPath, where: Sequence[Condition], columns: Mapping[str, Column]
) -> Iterator[Diagnostic]:
    """Check the columns, values and forms of conditions; `at` is the place of their list."""
    for index, condition in enumerate(where):
        here = (*at, index)
        forms = [form for form in _FORMS if form in condition.model_fields_set]
        if len(forms) != 1:
            said = f"一个条件写了{len(forms)}种：{'、'.join(forms)}" if forms else "条件没有写怎样才算"
            yield context.say(name, (*here, forms[1]) if forms else here, said, _ONE_FORM)
        column = columns.get(condition.column)
        if column is None:
            yield context.unknown(name, (*here, "column"), "栏", condition.column, columns)
            continue
        for form in ("at_least", "at_most"):
            if form in forms and column.type not in _NUMBERS:
                said = f"“{column.title}”栏不是数，不能比大小"
                yield context.say(name, (*here, form), said, "请换一个整数或金额栏，或改用 within")
        for position, value in enumerate(condition.within):
            if column.options and value not in column.options:
                said = f"“{column.title}”栏没有 {value!r} 这个选项"
                yield context.say(name, (*here, "within", position), said, near(value, column.options))


def _rate(context: Context, name: str, metric: Metric) -> Iterator[Diagnostic]:
    for key in ("numerator", "denominator"):
        other = getattr(metric, key)
        if other is None:
            yield context.say(name, ("measure",), f"比率缺少 {key}", f"请补上“{key}: 指标编号”")
        elif not context.exists("metrics", other):
            yield context.unknown(name, (key,), "指标", other, context.library.metrics)
        elif other in context.library.metrics and context.library.metrics[other].measure == "rate":
            yield context.say(name, (key,), f"指标 {other} 本身是比率", "分子、分母请写直接数出来的指标")


def _counted(context: Context, name: str, metric: Metric) -> Iterator[Diagnostic]:
    if metric.ledger is None:
        yield context.say(name, ("measure",), "没有写从哪本台账数", "请补上“ledger: 台账编号”")
        return
    ledger = context.library.ledgers.get(metric.ledger)
    if ledger is None:
        if not context.exists("ledgers", metric.ledger):
            yield context.unknown(name, ("ledger",), "台账", metric.ledger, context.library.ledgers)
        return
    columns = {column.id: column for column in ledger.columns}
    counts_units = metric.measure == "distinct" and metric.column == UNIT_COLUMN
    wanted = _TYPES.get(metric.measure)
    if wanted and metric.column is None:
        yield context.say(name, ("measure",), f"{metric.measure} 缺少要数的栏", "请补上“column: 栏目编号”")
    elif metric.column is not None and metric.column not in columns and not counts_units:
        yield context.unknown(name, ("column",), "栏", metric.column, columns)
    elif wanted and metric.column in columns and columns[metric.column].type not in wanted:
        said = f"{metric.column} 栏的类型是 {columns[metric.column].type}，不能这样数"
        yield context.say(name, ("column",), said, f"{metric.measure} 要用 {'、'.join(wanted)} 类型的栏")
    yield from _reach(context, name, metric, columns)
    yield from conditions_are_sound(context, name, ("where",), metric.where, columns)


def _reach(context: Context, name: str, metric: Metric, columns: Mapping[str, Column]) -> Iterator[Diagnostic]:
    if metric.measure != "reach":
        for key in ("total_of", "threshold"):
            if getattr(metric, key) is not None:
                yield context.say(name, (key,), f"只有 reach 才写 {key}", "请删去，或把 measure 写成 reach")
        return
    if metric.total_of is None or metric.threshold is None:
        said = "reach 要同时写 total_of 和 threshold"
        yield context.say(name, ("measure",), said, "请补上“total_of: 相加的栏”和“threshold: 达到多少”")
    elif metric.total_of not in columns:
        yield context.unknown(name, ("total_of",), "栏", metric.total_of, columns)
    elif columns[metric.total_of].type not in _NUMBERS:
        yield context.say(
            name, ("total_of",), f"“{columns[metric.total_of].title}”栏不是数，不能相加", "请换一个整数或金额栏"
        )


def _like(context: Context, name: str, at: KeyPath, metric: Metric, ident: str) -> Iterator[Diagnostic]:
    """A figure that is added to another one exists and has its 量词."""
    if not context.exists("metrics", ident):
        yield context.unknown(name, at, "指标", ident, context.library.metrics)
        return
    other = context.library.metrics.get(ident)
    if other and _unit(other) != _unit(metric):
        said = f"“{other.title}”的单位是{other.unit}，“{metric.title}”的单位是{metric.unit}，不能相加减"
        yield context.say(name, at, said, "请换成同一单位的指标，人次和名不能混用")


def _unit(metric: Metric) -> str:
    return _PERSONS[0] if metric.unit in _PERSONS else metric.unit
