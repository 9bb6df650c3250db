"""Ledgers, metrics, genres and reports hang together."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.loading.validate import near
from handbook.model.report import UNIT_COLUMN, Metric
from handbook.rules.context import Context

_FIRST_YEAR = "1900"
"""Earlier ones are slips of the pen, and the calendar has no year 0."""


def ledgers_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check the columns a ledger names, and the options of its choices."""
    for ledger in context.library.ledgers.values():
        name = f"ledgers/{ledger.id}"
        columns = {column.id: column for column in ledger.columns}
        for key, wanted in (("kind_column", "choice"), ("date_column", "date")):
            ident = getattr(ledger, key)
            if ident not in columns:
                yield context.unknown(name, (key,), "栏", ident, columns)
            elif columns[ident].type != wanted:
                yield context.say(name, (key,), f"{ident} 不是 {wanted} 类型的栏", f"请把这一栏的 type 写成 {wanted}")
        for index, column in enumerate(ledger.columns):
            if column.at_most and (column.at_most not in columns or columns[column.at_most].type != column.type):
                yield context.say(
                    name,
                    ("columns", index, "at_most"),
                    f"没有同类型的栏 {column.at_most}",
                    near(column.at_most, columns),
                )
        kinds = columns[ledger.kind_column].options if ledger.kind_column in columns else ()
        for index, column in enumerate(ledger.columns):
            if (column.type == "choice") != bool(column.options):
                yield context.say(
                    name, ("columns", index, "type"), "选择栏与选项不一致", "type 为 choice 时写 options，其他类型不写"
                )
            for position, kind in enumerate(column.required_for):
                if kinds and kind not in kinds:
                    at = ("columns", index, "required_for", position)
                    yield context.say(name, at, f"没有“{kind}”这一类", near(kind, kinds))


def metrics_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check the ledger, columns and values a metric counts by, and that its parts exist."""
    for metric in context.library.metrics.values():
        name = f"metrics/{metric.id}"
        others = [key for key in ("numerator", "denominator") if getattr(metric, key)]
        if metric.measure == "rate":
            for key in ("numerator", "denominator"):
                other = getattr(metric, key)
                if other is None:
                    yield context.say(name, ("measure",), f"比率缺少 {key}", f"请补上“{key}: 指标编号”")
                elif not context.exists("metrics", other):
                    yield context.unknown(name, (key,), "指标", other, context.library.metrics)
                elif other in context.library.metrics and context.library.metrics[other].measure == "rate":
                    yield context.say(name, (key,), f"指标 {other} 本身是比率", "分子、分母请写直接数出来的指标")
        elif others:
            yield context.say(name, (others[0],), "只有比率才写分子分母", "请删去，或把 measure 写成 rate")
        else:
            yield from _counted(context, name, metric)
        for index, part in enumerate(metric.parts):
            if not context.exists("metrics", part):
                yield context.unknown(name, ("parts", index), "指标", part, context.library.metrics)


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
    wanted = {"sum": ("count", "amount"), "distinct": ("member", "members"), "latest": ("member",)}.get(metric.measure)
    if wanted and metric.column is None:
        yield context.say(name, ("measure",), f"{metric.measure} 缺少要数的栏", "请补上“column: 栏目编号”")
    elif metric.column is not None and metric.column not in columns and not counts_units:
        yield context.unknown(name, ("column",), "栏", metric.column, columns)
    elif wanted and metric.column in columns and columns[metric.column].type not in wanted:
        said = f"{metric.column} 栏的类型是 {columns[metric.column].type}，不能这样数"
        yield context.say(name, ("column",), said, f"{metric.measure} 要用 {'、'.join(wanted)} 类型的栏")
    for index, condition in enumerate(metric.where):
        column = columns.get(condition.column)
        if column is None:
            yield context.unknown(name, ("where", index, "column"), "栏", condition.column, columns)
            continue
        for position, value in enumerate(condition.within):
            if column.options and value not in column.options:
                at = ("where", index, "within", position)
                yield context.say(name, at, f"“{column.title}”栏没有 {value!r} 这个选项", near(value, column.options))


def genres_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check that the metrics without which a passage is withheld exist."""
    for genre in context.library.genres.values():
        for section_index, section in enumerate(genre.sections):
            for index, passage in enumerate(section.passages):
                for position, metric in enumerate(passage.withhold):
                    if not context.exists("metrics", metric):
                        at = ("sections", section_index, "passages", index, "withhold", position)
                        yield context.unknown(f"genres/{genre.id}", at, "指标", metric, context.library.metrics)


def reports_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check genre and unit of a report, and that what it fills in by hand is no figure."""
    for report in context.library.reports.values():
        name = f"reports/{report.id}"
        if report.id in context.library.genres:
            said = f"编号 {report.id} 与报告体裁相同，两页的地址会重合"
            yield context.say(name, ("id",), said, "请给报告换一个编号和文件名")
        if report.period < _FIRST_YEAR:
            yield context.say(name, ("period",), f"没有 {report.period} 这样的年份", "请核对期间，如 2026 或 2026-H1")
        if not context.exists("genres", report.genre):
            yield context.unknown(name, ("genre",), "报告体裁", report.genre, context.library.genres)
        if not context.exists("units", report.unit):
            yield context.unknown(name, ("unit",), "单位", report.unit, context.library.units)
        genre = context.library.genres.get(report.genre)
        fields = {field.id: field for field in genre.fields} if genre else {}
        for ident in report.values if genre else ():
            if ident not in fields:
                yield context.unknown(name, ("values", ident), "栏目", ident, fields)
            elif fields[ident].type == "count":
                remedy = "请删去，留作待填；或建台账、写指标，由记录算出"
                yield context.say(name, ("values", ident), f"“{fields[ident].label}”是数字，不能手工填写", remedy)


def checklists_do_not_collide(context: Context) -> Iterator[Diagnostic]:
    """A procedure and a meeting of the same id would get the same checklist page."""
    for ident in context.library.meetings:
        if ident in context.library.procedures:
            yield context.say(
                f"meetings/{ident}", ("id",), f"编号 {ident} 与程序相同，两份清单的地址会重合", "请换一个编号和文件名"
            )
