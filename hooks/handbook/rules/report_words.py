"""Flaws that real reports go out with: wrong period, another unit's level, an X nobody filled in, 100 % of nothing.

What a genre or a report says in its own words is checked here, with its place; what depends on the figures is said beside
the filled report (`composition/report_notes.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from handbook.diagnostics import Diagnostic
from handbook.loading.yaml_events import KeyPath
from handbook.model.report import Genre, Report
from handbook.rules.context import Context

Said = tuple[KeyPath, str]

_YEAR_WORDS = re.compile(
    r"一年来|一年以来|今年以来|回顾一年|过去一年|年终总结|全年(?!任务|目标|计划|安排|要点|重点|预算|工作(?:任务|目标|要点|计划))"
)
_HALF_WORDS = re.compile(r"半年来|半年以来|上半年来|这半年|过去半年")
_LEVEL = re.compile(
    r"(?<![社小园景校地辖片郊城都])([省市县区州])(?:委(?![员托派任])|政府|直机关|直属机关|直单位|直部门|级机关)"
)
_UNFILLED = re.compile(r"(?<![0-9A-Za-zＸ×])(?:[XＸ]{1,6}|×{1,6}|○{2,}|_{2,}|＿{2,})(?![0-9A-Za-zＸ×])")
_WHOLE = re.compile(
    r"100[%％]|百分之百|(?:全部|所有|一律)[^，。；【]{0,8}(?:完成|整改|到位|落实|达标|参加|合格|办结|销号|满意|覆盖)"
)
_BASE = re.compile(r"【指标：|【栏：|应到|分母|总数|其中|收回|\d+(?:名|人|个|项|次|份|户|条|件)")
_PLACE = re.compile(r"【[^】]*】")
_SENTENCE = re.compile(r"[^。；]+")
_LEAST = 12
"""Characters from which a repeated sentence is no common phrase."""


def reports_say_what_they_can(context: Context) -> Iterator[Diagnostic]:
    """Check the words of genres and reports against the flaws that the five real reports showed."""
    for genre in context.library.genres.values():
        said = tuple(_of_genre(genre))
        say = partial(context.say, f"genres/{genre.id}")
        for at, text in said:
            for match in _LEVEL.finditer(text):
                remedy = "体裁给各级共用，请改成【单位】或“上级党组织”"
                yield say(at, f"写了“{match[0]}”，换一个单位就不对", remedy)
        yield from _flaws(context, f"genres/{genre.id}", said)
        yield from _periods(context, genre, said)
    for report in context.library.reports.values():
        own = tuple((("values", ident), text) for ident, text in report.values.items())
        yield from _flaws(context, f"reports/{report.id}", own)
        yield from _levels(context, report, own)
        for at, text in own:
            yield from _period_words(context, f"reports/{report.id}", at, text, report)


def _of_genre(genre: Genre) -> Iterator[Said]:
    """The texts of a genre that end up in reports."""
    for index, line in enumerate(genre.heading):
        yield ("heading", index), line
    for section_index, section in enumerate(genre.sections):
        yield ("sections", section_index, "title"), section.title
        for index, passage in enumerate(section.passages):
            at = ("sections", section_index, "passages", index)
            for key in ("text", "zero"):
                if getattr(passage, key):
                    yield (*at, key), getattr(passage, key)
            if passage.each:
                yield (*at, "each", "text"), passage.each.text
                yield (*at, "each", "none"), passage.each.none
    yield ("signature",), genre.signature


def _flaws(context: Context, name: str, said: tuple[Said, ...]) -> Iterator[Diagnostic]:
    seen: dict[str, KeyPath] = {}
    for at, text in said:
        for match in _UNFILLED.finditer(text):
            remedy = "台账里有的写【指标：…】，没有的写【待填：…】；报告里请填上真实内容"
            yield context.say(name, at, f"“{match[0]}”没有填", remedy)
        for sentence in _SENTENCE.findall(text):
            whole = _WHOLE.search(sentence)
            if whole and not _BASE.search(sentence):
                said_so = f"“{whole[0]}”没有写总数是多少"
                yield context.say(name, at, said_so, "请在同一句里写明应到多少、共有几项，或改写成实际数字")
            plain = _PLACE.sub("", sentence).strip("，、：一二三四五六七八九十是 ")
            first = seen.setdefault(plain, at) if len(plain) >= _LEAST else at
            if first != at and (first[:-1] != at[:-1] or first[0] == "values"):
                # text and zero of one passage never stand beside each other
                line = context.source(name).value(*first).line
                remedy = "请换一种说法，或删去一处"
                yield context.say(name, at, f"“{plain[:16]}……”和第 {line} 行重复", remedy)


def _periods(context: Context, genre: Genre, said: tuple[Said, ...]) -> Iterator[Diagnostic]:
    """A genre filled for half a year must not speak of a year; one report of each kind is enough to show it."""
    kinds: dict[bool, Report] = {}
    for report in context.library.reports.values():
        if report.genre == genre.id:
            kinds.setdefault("-" in report.period, report)
    for report in kinds.values():
        for at, text in said:
            yield from _period_words(context, f"genres/{genre.id}", at, text, report)


def _period_words(context: Context, name: str, at: KeyPath, text: str, report: Report) -> Iterator[Diagnostic]:
    pattern = _YEAR_WORDS if "-" in report.period else _HALF_WORDS
    for match in pattern.finditer(text):
        said = f"“{match[0]}”同报告 {report.id} 的期间 {report.period} 对不上"
        yield context.say(name, at, said, "请改成【期间】，或写成这个期间的说法")


def _levels(context: Context, report: Report, own: tuple[Said, ...]) -> Iterator[Diagnostic]:
    """The levels that a report may speak of are those in the names of its unit and of the units above it."""
    names: list[str] = []
    here = context.library.units.get(report.unit)
    while here and here.title not in names:
        names.append(here.title)
        here = context.library.units.get(here.parent) if here.parent else None
    allowed = {match[1] for name in names for match in _LEVEL.finditer(name)}
    for at, text in own if allowed else ():
        for match in _LEVEL.finditer(text):
            if match[1] not in allowed:
                said = f"“{match[0]}”同本单位的层级（{'、'.join(sorted(allowed))}）对不上"
                yield context.say(f"reports/{report.id}", at, said, "请核对主语；写上级时用“上级党组织”")
