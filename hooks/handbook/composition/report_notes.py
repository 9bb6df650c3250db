"""What an experienced reader would say of a filled report before it goes out; nothing here stops the build."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.composition.document import FigureRef, Paragraph, plain_text
from handbook.composition.figures import FigureValue
from handbook.composition.report import ReportView
from handbook.model.report import Genre

_SENTENCE = re.compile(r"[^。；]+")
_UNFILLED = re.compile(r"(?<![0-9A-Za-z])(?:[XＸ]{1,6}|×{1,6})(?![0-9A-Za-z])")
_LEAST = 12
_FULL = 100


def report_notes(genre: Genre, view: ReportView) -> tuple[str, ...]:
    """Give the remarks, in the order of the text."""
    return tuple(dict.fromkeys((*_length(genre, view), *_rates(view), *_zeros(view), *_sentences(view))))


def _length(genre: Genre, view: ReportView) -> Iterator[str]:
    if genre.limit and view.characters > genre.limit:
        yield f"正文{view.characters}字，超过{genre.limit}字：先删过程，再删同数字重复的话。"


def _rates(view: ReportView) -> Iterator[str]:
    known = {item.figure.metric.id: item.figure for item in view.figures}
    for block in view.body:
        if not isinstance(block, Paragraph):
            continue
        named = {part.metric for part in block.content if isinstance(part, FigureRef)}
        for ident in sorted(named):
            found = known[ident]
            if _is_whole(found) and found.inputs[1].metric.id not in named:
                base = found.inputs[1]
                yield (
                    f"“{found.metric.title}”是100%，同一段里没有写分母：{base.metric.title}{base.text}{base.metric.unit}。"
                    "写明分母，读的人才知道是几个人的100%。"
                )


def _is_whole(found: FigureValue) -> bool:
    return found.metric.measure == "rate" and found.value == _FULL and len(found.inputs) == 2


def _zeros(view: ReportView) -> Iterator[str]:
    none = [item.figure.metric.title for item in view.figures if item.figure.value == 0]
    if none:
        yield f"这些数是0：{'、'.join(none)}。看看句子还通不通顺，没有开展就直说没有开展。"


def _sentences(view: ReportView) -> Iterator[str]:
    seen: dict[str, None] = {}
    for block in view.body:
        if not isinstance(block, Paragraph):
            continue
        for sentence in _SENTENCE.findall(plain_text(block.content)):
            if _UNFILLED.search(sentence):
                yield f"“{sentence[:20]}……”里还有没填的X。"
            if len(sentence) >= _LEAST and sentence in seen:
                yield f"“{sentence[:20]}……”说了两遍，删去一处或换个说法。"
            seen[sentence] = None
