"""A genre filled for one unit and one period: the report as blocks, its figures, gaps and withheld passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from handbook.composition.changes import Change, change
from handbook.composition.clauses_left_out import without_empty
from handbook.composition.document import (
    AttachmentTitle,
    Block,
    Document,
    FigureRef,
    Heading,
    Inlines,
    Paragraph,
    Signature,
    Todo,
    plain_text,
)
from handbook.composition.each_record import Told, tell
from handbook.composition.figures import Figures, FigureValue
from handbook.composition.periods import bounds, words
from handbook.composition.report_sources import sources_grid
from handbook.model.report import EachRecord, Genre, Metric, Passage, Report

_PLACEHOLDER = re.compile(r"【(指标|待填|同比|环比)：([a-z0-9-]+)】|【(单位|年度|期间)】")
_EMPTY_SECTION = "这一部分的句子都因为没有数收起了：补上台账，或由起草人另写，或连标题删去"
_CHANGE = re.compile(r"【(同比|环比)：([a-z0-9-]+)】")


@dataclass(frozen=True, slots=True)
class NumberedFigure:
    """A figure with its number in the list of sources."""

    number: int
    figure: FigureValue


@dataclass(frozen=True, slots=True)
class Withheld:
    """A passage left out because it makes no sense without its figure."""

    passage: Passage
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldPassage:
    """A passage that was written from records."""

    passage: Passage
    told: Told


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything that the page and the file of a report show."""

    title: tuple[Inlines, ...]
    body: tuple[Block, ...]
    """Headings and paragraphs, without the signature."""
    signature: Signature
    figures: tuple[NumberedFigure, ...]
    todos: tuple[Todo, ...]
    """In order of the text, each once."""
    withheld: tuple[Withheld, ...]
    filled: int
    total: int
    undeclared: tuple[str, ...]
    """Units whose ledgers are not declared complete."""
    changes: tuple[Change, ...] = ()
    """Comparisons that stand in the text."""
    uncompared: tuple[str, ...] = ()
    """Comparisons left out because one figure is missing, with the reason."""
    told: tuple[ToldPassage, ...] = ()
    """Passages written from records."""

    @property
    def percent(self) -> str:
        """How much is filled in, half up to 0.1."""
        total = self.total or 1
        return f"{(self.filled * 2000 + total) // (2 * total) / 10:.1f}"

    @property
    def characters(self) -> int:
        """Characters of the text, headings included."""
        return sum(len(plain_text(block.content)) for block in self.body if isinstance(block, (Heading, Paragraph)))

    def document(self, template: str, version: str) -> Document:
        """Give the file: text, signature, and the appendix that traces every figure."""
        blocks: list[Block] = [*self.body, self.signature]
        if self.figures:
            blocks.append(AttachmentTitle("附件", "数字来源表"))
            blocks.append(Paragraph((_STATEMENT.format(filled=self.filled, total=self.total),), "plain"))
            blocks.append(sources_grid([item.figure for item in self.figures], self.changes))
        return Document(self.title, tuple(blocks), template, version)


_STATEMENT = (
    "本表逐项列出正文数字的算法和台账记录编号；记录很多的只写编号开头和条数，逐条见网页上的数字出处。"
    "全文共需填{total}处，已填{filled}处，其余的正文里留着空位。"
)


def compose_report(genre: Genre, report: Report, figures: Figures) -> ReportView:
    """Fill a genre from the ledgers; what no record gives stays 【待填】."""
    unit = figures.library.units[report.unit]
    filler = _Filler(genre, report, figures, unit.short if unit.invented else unit.title, figures.library.metrics)
    return filler.view()


def compose_scaffold(genre: Genre, metrics: Mapping[str, Metric]) -> Document:
    """Give the empty scaffold of a genre: every figure and every field still to be filled in."""
    filler = _Filler(genre, None, None, "", metrics)
    return filler.view().document(f"genre/{genre.id}", "1.0")


class _Filler:
    def __init__(
        self, genre: Genre, report: Report | None, figures: Figures | None, unit: str, metrics: Mapping[str, Metric]
    ) -> None:
        self.genre = genre
        self.report = report
        self.figures = figures
        self.unit = unit
        self.metrics = metrics
        self.fields = {field.id: field for field in genre.fields}
        self.numbers: dict[str, NumberedFigure] = {}
        self.todos: dict[str, Todo] = {}
        self.given: set[str] = set()
        self.withheld: list[Withheld] = []
        self.changes: dict[tuple[str, str], Change] = {}
        self.uncompared: dict[str, None] = {}
        self.told: list[ToldPassage] = []

    def view(self) -> ReportView:
        body = tuple(self._body())
        title = tuple(self._inlines(line) for line in self.genre.heading)
        date = Todo("signed-on", "成文日期", "date")
        signature = Signature(self._inlines(self.genre.signature), (date,))
        filled = len(self.numbers) + len(self.given) + len(self.told)
        undeclared = sorted({name for item in self.numbers.values() for name in item.figure.undeclared})
        return ReportView(
            title, body, signature, tuple(self.numbers.values()), tuple(self.todos.values()), tuple(self.withheld),
            filled, filled + len(self.todos), tuple(undeclared), tuple(self.changes.values()), tuple(self.uncompared),
            tuple(self.told),
        )  # fmt: skip

    def _body(self) -> Iterator[Block]:
        for section in self.genre.sections:
            yield Heading(section.level, self._inlines(section.title))
            written = [content for content in map(self._passage, section.passages) if content]
            if section.passages and not written:
                written = [(self._todo(Todo(f"section-{section.id}", "这一部分", "long", rule=_EMPTY_SECTION)),)]
            yield from map(Paragraph, written)

    def _passage(self, passage: Passage) -> Inlines:
        missing, zero = self._reasons(passage)
        if zero and not missing and passage.zero:
            return self._inlines(passage.zero)
        if missing or zero:
            self.withheld.append(Withheld(passage, (*missing, *zero)))
            return ()
        content = self._inlines(passage.text) if passage.text else ()
        return (*content, *self._records(passage, passage.each)) if passage.each else content

    def _reasons(self, passage: Passage) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give why the passage makes no sense: figures that are missing, and those that are 0."""
        missing: list[str] = []
        zero: list[str] = []
        for metric in passage.withhold if self.figures and self.report else ():
            found = self._figure(metric)
            if found.value is None:
                missing.append(f"{found.metric.title}：{found.missing}")
            elif found.value == 0:
                zero.append(f"{found.metric.title}为0")
        return tuple(missing), tuple(zero)

    def _figure(self, metric: str) -> FigureValue:
        figures, report = self._sources()
        return figures.figure(metric, report.unit, report.period)

    def _sources(self) -> tuple[Figures, Report]:
        """What a filled report is filled from; never asked for in an empty scaffold."""
        if self.figures is None or self.report is None:
            raise ValueError("an empty scaffold has no figures")
        return self.figures, self.report

    def _records(self, passage: Passage, each: EachRecord) -> Inlines:
        if self.figures is None or self.report is None:
            return (self._todo(Todo(f"each-{passage.id}", "逐条写明", "long", hint="查对应台账")),)
        told = tell(self.figures, each, self.report.unit, self.report.period)
        if told.missing:
            title = self.figures.library.ledgers[each.ledger].title
            rule = f"{told.missing}。查{title}，逐条写明"
            return (self._todo(Todo(f"each-{passage.id}", "逐条写明", "long", hint=f"查{title}", rule=rule)),)
        self.told.append(ToldPassage(passage, told))
        return (told.text,)

    def _inlines(self, text: str) -> Inlines:
        parts: list[str | Todo | FigureRef] = []
        text = without_empty(text, _CHANGE, self._uncompared)
        position = 0
        for match in _PLACEHOLDER.finditer(text):
            if match.start() > position:
                parts.append(text[position : match.start()])
            parts.append(self._placeholder(match))
            position = match.end()
        if position < len(text):
            parts.append(text[position:])
        return tuple(parts)

    def _placeholder(self, match: re.Match[str]) -> str | Todo | FigureRef:
        if match[3] == "单位":
            return self.unit or self._todo(Todo("unit", "单位名称"))
        if match[3] == "年度":
            if self.report:
                return str(bounds(self.report.period)[0].year)
            return self._todo(Todo("year", "年度"))
        if match[3] == "期间":
            return words(self.report.period) if self.report else self._todo(Todo("period", "期间"))
        if match[1] == "待填":
            return self._field(match[2])
        if match[1] in ("同比", "环比"):
            return self._change(match[1], match[2])
        return self._metric(match[2])

    def _field(self, ident: str) -> str | Todo:
        field = self.fields[ident]
        if self.report and ident in self.report.values:
            self.given.add(ident)
            return self.report.values[ident]
        rule = field.rule or ""
        return self._todo(Todo(ident, field.label, field.type, field.options, _place_to_look(rule), rule, field.short))

    def _metric(self, ident: str) -> Todo | FigureRef:
        if self.figures is None or self.report is None:
            metric = self.metrics[ident]
            return self._todo(Todo(f"metric-{ident}", metric.title, hint=_place_to_look(metric.look_up)))
        found = self._figure(ident)
        if found.value is None:
            hint = _place_to_look(found.metric.look_up)
            rule = f"{found.missing}。{found.metric.look_up}"
            return self._todo(Todo(f"metric-{ident}", found.metric.title, hint=hint, rule=rule))
        return FigureRef(ident, found.text, self._number(found))

    def _number(self, found: FigureValue) -> int:
        ident = found.metric.id
        return self.numbers.setdefault(ident, NumberedFigure(len(self.numbers) + 1, found)).number

    def _uncompared(self, match: re.Match[str]) -> bool:
        """Tell whether a comparison has nothing to say; what is left out is listed."""
        if self.figures is None or self.report is None:
            return False
        found = self._compared(match[1], match[2])
        if found.missing:
            self.uncompared[f"{found.current.metric.title}的{match[1]}：{found.missing}"] = None
        return bool(found.missing)

    def _compared(self, kind: str, ident: str) -> Change:
        figures, report = self._sources()
        way: Literal["同比", "环比"] = "同比" if kind == "同比" else "环比"
        return change(figures, way, ident, report.unit, report.period)

    def _change(self, kind: str, ident: str) -> str | Todo | FigureRef:
        if self.figures is None or self.report is None:
            return self._todo(Todo(f"change-{ident}", f"{self.metrics[ident].title}{kind}变化"))
        found = self.changes.setdefault((kind, ident), self._compared(kind, ident))
        return FigureRef(ident, found.text, self._number(found.current))

    def _todo(self, todo: Todo) -> Todo:
        return self.todos.setdefault(todo.id, todo)


def _place_to_look(rule: str) -> str:
    """Give the first words of a rule when they say where to look: 查督办单."""
    first = re.split(r"[，；。,;]", rule, maxsplit=1)[0]
    return first if first.startswith("查") and len(first) <= 14 else ""
