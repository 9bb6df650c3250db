"""Reports as issued: made from a filled report, shown as they were, held against today's ledgers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
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
    plain_text,
)
from handbook.composition.report import ReportView
from handbook.composition.report_sources import rows_of
from handbook.model.frozen import Frozen, FrozenBlock, FrozenFigure
from handbook.model.report import Report

_FIGURE = re.compile(r"【指标：([a-z0-9-]+)】")


@dataclass(frozen=True, slots=True)
class Difference:
    """What today's ledgers would say otherwise."""

    what: str
    issued: str
    today: str


def freeze(report: Report, view: ReportView, unit: str, issued: dt.date) -> Frozen:
    """Give a filled report as issued on a day."""
    shown = {item.figure.metric.id: item.figure.text for item in view.figures}
    blocks = tuple(
        FrozenBlock(
            kind="heading" if isinstance(block, Heading) else "paragraph",
            level=block.level if isinstance(block, Heading) else 1,
            text=_marked(block.content, shown),
        )
        for block in view.body
        if isinstance(block, (Heading, Paragraph))
    )
    figures = tuple(
        FrozenFigure(
            metric=item.figure.metric.id,
            title=item.figure.metric.title,
            text=item.figure.text,
            unit=item.figure.metric.unit,
            formula=item.figure.formula,
            rows=rows_of(item.figure),
        )
        for item in view.figures
    )
    made = Frozen(
        id=f"{report.id}-{issued}",
        title=f"{report.title}（{issued}定稿）",
        report=report.id,
        unit=unit,
        period=report.period,
        as_of=report.as_of,
        issued=issued,
        heading=tuple(plain_text(line) for line in view.title),
        blocks=blocks,
        organ=plain_text(view.signature.organ),
        figures=figures,
        gaps=tuple(todo.label for todo in view.todos),
        code="00000000",
    )
    return made.model_copy(update={"code": made.sealed()})


def latest(issued: Iterable[Frozen]) -> Mapping[str, Frozen]:
    """Give the last issue of each report, by report."""
    return {item.report: item for item in sorted(issued, key=lambda item: (item.issued, item.id))}


def frozen_body(frozen: Frozen) -> tuple[tuple[Block, ...], Signature]:
    """Give text and signature as issued."""
    numbers = {figure.metric: index for index, figure in enumerate(frozen.figures, 1)}
    texts = {figure.metric: figure.text for figure in frozen.figures}
    body: list[Block] = []
    for block in frozen.blocks:
        content = _unmarked(block.text, texts, numbers)
        body.append(Heading(block.level, content) if block.kind == "heading" else Paragraph(content))
    day = frozen.issued
    return tuple(body), Signature((frozen.organ,), (f"{day.year}年{day.month}月{day.day}日",))


def frozen_document(frozen: Frozen) -> Document:
    """Give the file as issued, with its code and its sources."""
    body, signature = frozen_body(frozen)
    seal = f"本件{frozen.issued}定稿，台账截至{frozen.as_of}，校验码{frozen.code}。此后台账的改动不影响本件。"
    blocks: list[Block] = [*body, signature]
    blocks += [AttachmentTitle("附件", "数字来源表"), Paragraph((seal,), "plain"), _grid(frozen)]
    return Document(frozen.heading, tuple(blocks), f"report/{frozen.report}", frozen.code)


def differences(frozen: Frozen, today: ReportView) -> tuple[Difference, ...]:
    """Give what the ledgers of today would change: figures first, then sentences."""
    now = {item.figure.metric.id: f"{item.figure.text}{item.figure.metric.unit}" for item in today.figures}
    found = [
        Difference(figure.title, f"{figure.text}{figure.unit}", now.get(figure.metric, "算不出来"))
        for figure in frozen.figures
        if now.get(figure.metric) != f"{figure.text}{figure.unit}"
    ]
    shown = {item.figure.metric.id: item.figure.text for item in today.figures}
    texts = [_marked(block.content, shown) for block in today.body if isinstance(block, (Heading, Paragraph))]
    issued = [block.text for block in frozen.blocks]
    gone = [text for text in issued if text not in texts]
    new = [text for text in texts if text not in issued]
    for index in range(max(len(gone), len(new))):
        before, after = gone[index : index + 1], new[index : index + 1]
        found.append(
            Difference(
                "文字", _short(before[0]) if before else "没有这一段", _short(after[0]) if after else "没有这一段"
            )
        )
    return tuple(found)


def _marked(content: Inlines, shown: Mapping[str, str]) -> str:
    """The text with a placeholder for each figure; a comparison or a gap stays as it reads."""
    return "".join(
        f"【指标：{part.metric}】" if isinstance(part, FigureRef) and shown.get(part.metric) == part.text
        else part if isinstance(part, str) else part.text
        for part in content
    )  # fmt: skip


def _unmarked(text: str, texts: Mapping[str, str], numbers: Mapping[str, int]) -> Inlines:
    parts: list[str | FigureRef] = []
    position = 0
    for match in _FIGURE.finditer(text):
        parts.append(text[position : match.start()])
        parts.append(FigureRef(match[1], texts.get(match[1], ""), numbers.get(match[1], 0)))
        position = match.end()
    parts.append(text[position:])
    return tuple(part for part in parts if part)


def _grid(frozen: Frozen) -> Grid:
    rows = [tuple(GridCell((text,), head=True) for text in ("序号", "指标和数值", "算法", "记录编号"))]
    rows.extend(
        (
            GridCell((str(number),), align="center"),
            GridCell((f"{figure.title}：{figure.text}{figure.unit}",)),
            GridCell((figure.formula,)),
            GridCell((figure.rows or "",)),
        )
        for number, figure in enumerate(frozen.figures, 1)
    )
    return Grid((7, 22, 36, 35), tuple(rows), header=1)


def _short(text: str) -> str:
    plain = _FIGURE.sub("…", text)
    return plain if len(plain) <= 60 else f"{plain[:60]}……"
