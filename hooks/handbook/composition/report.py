"""A genre filled for one unit and one period: the report as blocks, its figures, gaps and withheld passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.composition.document import (
    AttachmentTitle,
    Block,
    Document,
    FigureRef,
    Grid,
    GridCell,
    Heading,
    Inlines,
    Paragraph,
    Signature,
    Todo,
)
from handbook.composition.figures import Figures, FigureValue
from handbook.composition.periods import bounds, words
from handbook.model.ledger import Record
from handbook.model.report import Genre, Metric, Passage, Report

_PLACEHOLDER = re.compile(r"【(指标|待填)：([a-z0-9-]+)】|【(单位|年度)】")


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
class ReportView:
    """Everything that the page and the file of a report show."""

    title: tuple[str, ...]
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

    def document(self, template: str, version: str) -> Document:
        """Give the file: text, signature, and the appendix that traces every figure."""
        blocks: list[Block] = [*self.body, self.signature]
        if self.figures:
            blocks.append(AttachmentTitle("附件", "数字来源表"))
            blocks.append(Paragraph((_STATEMENT.format(filled=self.filled, total=self.total),), "plain"))
            blocks.append(_sources_grid(self.figures))
        return Document(self.title, tuple(blocks), template, version)


_STATEMENT = "本表逐项列出正文数字的算法和台账记录编号。全文共需填{total}处，已填{filled}处，其余在正文里标为【待填】。"


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

    def view(self) -> ReportView:
        body = tuple(self._body())
        title = tuple(_plain(self._inlines(line)) for line in self.genre.heading)
        date = Todo("signed-on", "成文日期", "date")
        signature = Signature(self._inlines(self.genre.signature), (date,))
        filled = len(self.numbers) + len(self.given)
        undeclared = sorted({name for item in self.numbers.values() for name in item.figure.undeclared})
        return ReportView(
            title, body, signature, tuple(self.numbers.values()), tuple(self.todos.values()), tuple(self.withheld),
            filled, filled + len(self.todos), tuple(undeclared),
        )  # fmt: skip

    def _body(self) -> Iterator[Block]:
        for section in self.genre.sections:
            yield Heading(section.level, self._inlines(section.title))
            for passage in section.passages:
                reasons = tuple(self._reasons(passage))
                if reasons:
                    self.withheld.append(Withheld(passage, reasons))
                else:
                    yield Paragraph(self._inlines(passage.text))

    def _reasons(self, passage: Passage) -> Iterator[str]:
        if self.figures is None or self.report is None:
            return
        for metric in passage.withhold:
            found = self.figures.figure(metric, self.report.unit, self.report.period)
            if found.value is None:
                yield f"{found.metric.title}：{found.missing}"
            elif found.value == 0:
                yield f"{found.metric.title}为0"

    def _inlines(self, text: str) -> Inlines:
        parts: list[str | Todo | FigureRef] = []
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
        if match[1] == "待填":
            return self._field(match[2])
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
        found = self.figures.figure(ident, self.report.unit, self.report.period)
        if found.value is None:
            hint = _place_to_look(found.metric.look_up)
            rule = f"{found.missing}。{found.metric.look_up}"
            return self._todo(Todo(f"metric-{ident}", found.metric.title, hint=hint, rule=rule))
        numbered = self.numbers.setdefault(ident, NumberedFigure(len(self.numbers) + 1, found))
        return FigureRef(ident, found.text, numbered.number)

    def _todo(self, todo: Todo) -> Todo:
        return self.todos.setdefault(todo.id, todo)


def _place_to_look(rule: str) -> str:
    """Give the first words of a rule when they say where to look: 查督办单."""
    first = re.split(r"[，；。,;]", rule, maxsplit=1)[0]
    return first if first.startswith("查") and len(first) <= 14 else ""


def _plain(content: Inlines) -> str:
    return "".join(item if isinstance(item, str) else item.text for item in content)


def _sources_grid(figures: tuple[NumberedFigure, ...]) -> Grid:
    head = tuple(GridCell((text,), head=True) for text in ("序号", "指标和数值", "算法", "记录编号"))
    rows = [head]
    for item in figures:
        found = item.figure
        rows.append(
            (
                GridCell((str(item.number),), align="center"),
                GridCell((f"{found.metric.title}：{found.text}{found.metric.unit}",)),
                GridCell((found.formula,)),
                GridCell((record_runs(found.rows) or "见分子、分母",)),
            )
        )
    return Grid((7, 22, 36, 35), tuple(rows), header=1)


def record_runs(rows: tuple[Record, ...]) -> str:
    """Give the record ids, runs of consecutive numbers drawn together: ``ol-1-003至ol-1-014（12条）``."""
    runs: list[list[tuple[str, int, str]]] = []
    for entry in sorted({_taken_apart(row.id) for row in rows}):
        if runs and entry[1] >= 0 and runs[-1][-1][:2] == (entry[0], entry[1] - 1):
            runs[-1].append(entry)
        else:
            runs.append([entry])
    texts = [
        f"{run[0][2]}至{run[-1][2]}（{len(run)}条）" if len(run) > 2 else "、".join(entry[2] for entry in run)
        for run in runs
    ]
    return "、".join(texts)


def _taken_apart(ident: str) -> tuple[str, int, str]:
    """Give the text before the last number, that number (-1 without one) and the whole, so that r-9 comes before r-10."""
    match = re.fullmatch(r"(.*?)(\d+)", ident)
    return (match[1], int(match[2]), ident) if match else (ident, -1, ident)


def period_words(report: Report) -> str:
    """Give ``2025年``."""
    return words(report.period)
