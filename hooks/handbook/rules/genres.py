"""Genres and reports hang together: metrics, records and placeholders exist; nothing is typed that a ledger gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.loading.yaml_events import KeyPath
from handbook.model.report import UNIT_COLUMN, EachRecord, Genre, Passage, Report
from handbook.rules.context import Context
from handbook.rules.metrics import conditions_are_sound
from handbook.rules.walk import walk

CELL = re.compile(r"【栏：([^】]*)】")
CHANGE = re.compile(r"【(同比|环比)：([^】]*)】")
_OF_RECORDS = ("【栏", "【序")
_KNOWN = re.compile(r"【(?:(?:指标|待填|同比|环比|栏)：[^】]*|单位|年度|期间|序)】")
_OPEN = re.compile(r"【[^】]{0,12}】?")
_FIRST_YEAR = "1900"
"""Earlier ones are slips of the pen, and the calendar has no year 0."""


def genres_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check what passages and charts name: metrics, ledgers, columns."""
    for genre in context.library.genres.values():
        name = f"genres/{genre.id}"
        for section_index, section in enumerate(genre.sections):
            for index, passage in enumerate(section.passages):
                yield from _passage(context, name, ("sections", section_index, "passages", index), passage)
        yield from _charts(context, name, genre)
        for at, value in walk(genre):
            # what a placeholder should be, and is not, would be printed as it stands
            for match in _OPEN.finditer(_KNOWN.sub("", value)) if isinstance(value, str) else ():
                remedy = "可以写：【指标：…】【同比：…】【环比：…】【待填：…】【单位】【年度】【期间】，each 里还有【栏：…】【序】"
                yield context.say(name, at, f"不认识的占位“{match[0]}”", remedy)


def _passage(context: Context, name: str, at: KeyPath, passage: Passage) -> Iterator[Diagnostic]:
    if passage.text is None and passage.each is None:
        yield context.say(name, at, "段落是空的", "请写 text，或写 each（一条记录一句）")
    yield from _metrics(context, name, (*at, "withhold"), passage.withhold)
    if passage.zero and not passage.withhold:
        yield context.say(name, (*at, "zero"), "写了 zero，没有写看哪个指标", "请在 withhold 里写指标编号")
    for key in ("text", "zero"):
        text = getattr(passage, key) or ""
        for match in CHANGE.finditer(text):
            if not context.exists("metrics", match[2]):
                yield context.unknown(name, (*at, key), "指标", match[2], context.library.metrics)
        for word in _OF_RECORDS:
            if word in text:
                yield context.say(name, (*at, key), f"{word}…】只能写在 each 里", "请移到 each 的 text 里")
    if passage.each:
        yield from _each(context, name, (*at, "each"), passage.each)


def _each(context: Context, name: str, at: KeyPath, each: EachRecord) -> Iterator[Diagnostic]:
    if each.ledger not in context.library.ledgers:
        if not context.exists("ledgers", each.ledger):
            yield context.unknown(name, (*at, "ledger"), "台账", each.ledger, context.library.ledgers)
        return
    columns = {column.id: column for column in context.library.ledgers[each.ledger].columns}
    yield from conditions_are_sound(context, name, (*at, "where"), each.where, columns)
    cells = CELL.findall(each.text)
    for ident in cells:
        if ident not in columns and ident != UNIT_COLUMN:
            yield context.unknown(name, (*at, "text"), "栏", ident, [*columns, UNIT_COLUMN])
    if not cells:
        yield context.say(name, (*at, "text"), "每条记录的句子都会一样", "请用【栏：栏目编号】写出这条记录的内容")


def _charts(context: Context, name: str, genre: Genre) -> Iterator[Diagnostic]:
    for index, chart in enumerate(genre.charts):
        at = ("charts", index, "metrics")
        if not chart.metrics:
            yield context.say(name, at, "图没有写指标", "请至少写一个指标编号")
        if chart.kind == "units" and len(chart.metrics) > 1:
            yield context.say(name, (*at, 1), "按单位的图只画一个指标", "请另画一张")
        yield from _metrics(context, name, at, chart.metrics)
        units = {metric.unit for ident in chart.metrics if (metric := context.library.metrics.get(ident))}
        if len(units) > 1:
            said = f"同一张图里的单位不同：{'、'.join(sorted(units))}"
            yield context.say(name, at, said, "请分成几张图，一张图一个单位")


def _metrics(context: Context, name: str, at: KeyPath, idents: tuple[str, ...]) -> Iterator[Diagnostic]:
    for position, ident in enumerate(idents):
        if not context.exists("metrics", ident):
            yield context.unknown(name, (*at, position), "指标", ident, context.library.metrics)


def reports_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check genre and unit of a report, and that what it fills in by hand is no figure."""
    named: dict[tuple[str, str, str], tuple[str, object]] = {}
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
        yield from _outside(context, name, report, named)


def _outside(
    context: Context, name: str, report: Report, named: dict[tuple[str, str, str], tuple[str, object]]
) -> Iterator[Diagnostic]:
    for index, item in enumerate(report.outside):
        at = ("outside", index, "metric")
        metric = context.library.metrics.get(item.metric)
        if not context.exists("metrics", item.metric):
            yield context.unknown(name, at, "指标", item.metric, context.library.metrics)
        elif metric and metric.measure != "outside":
            said = f"“{metric.title}”由台账算出，不能另写"
            yield context.say(name, at, said, "请删去；台账不对就改台账")
        first, value = named.setdefault((item.metric, report.unit, report.period), (report.id, item.value))
        if value != item.value:
            said = f"同一单位同一期间，报告 {first} 写的是 {value}，这里是 {item.value}"
            yield context.say(name, ("outside", index, "value"), said, "请核对来源，两处写成一样")


def frozen_reports_are_sealed(context: Context) -> Iterator[Diagnostic]:
    """Check that a frozen report (定稿) is what was issued, and that its report still exists."""
    for frozen in context.library.frozen.values():
        name = f"frozen/{frozen.id}"
        if frozen.code != frozen.sealed():
            said = f"定稿的内容同校验码 {frozen.code} 对不上，发出后被改动过"
            yield context.say(name, ("code",), said, "请恢复原来的文件；要更正就改台账或报告后另存一份定稿")
        if not context.exists("reports", frozen.report):
            yield context.unknown(name, ("report",), "报告", frozen.report, context.library.reports)
