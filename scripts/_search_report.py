"""What measuring the search has to say: a table by class, the misses, or everything as JSON."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import _search_mechanical
import _search_queries
from _search_figures import FIRST, Answer, Figures, by_kind, figures, misses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from _search_queries import Trial

WORDS = {**_search_queries.CLASSES, **_search_mechanical.CLASSES}
SHOWN = 5
"""Hits printed for a miss."""
COLUMN = 26


def table(answers: Sequence[Answer]) -> Iterator[str]:
    """Give the lines of the table: classes, then all."""
    yield f"{_wide('类别')}  题数  第1条  前3条   MRR"
    for kind, found in by_kind(answers).items():
        yield _line(f"{WORDS.get(kind, kind)} {kind}", found)
    yield _line("合计", figures(answers))
    clauses = [answer for answer in answers if answer.question.article]
    if clauses:
        opened = sum(answer.opened for answer in clauses)
        yield f"条款题里，前{FIRST}条直接打开那一条的：{opened} / {len(clauses)}"
    times = sorted(answer.milliseconds for answer in answers)
    if times:
        at = [times[min(len(times) - 1, len(times) * share // 100)] for share in (50, 95)]
        yield f"从输入到列出结果：中位 {at[0]} 毫秒，95% 在 {at[1]} 毫秒以内（含等候停止输入的 80 毫秒）"


def missed(answers: Sequence[Answer]) -> Iterator[str]:
    """Give the lines that name every miss."""
    found = misses(answers)
    yield f"不在前{FIRST}条的：{len(found)} 道" if found else f"每一道都在前{FIRST}条。"
    for answer in found:
        question = answer.question
        place = f"排在第{answer.rank}" if answer.rank else "没有列出"
        yield f"  {question.ident}　{question.text}　应为：{'；'.join(question.topics)}（{place}）"
        got = [f"{number}. {hit.title} {hit.address}" for number, hit in enumerate(answer.hits[:SHOWN], 1)]
        yield f"      得到：{'；'.join(got) or '（没有结果）'}"


def below(answers: Sequence[Answer], aim: float) -> list[str]:
    """Give the classes whose success@3 is below the aim, in words."""
    return [
        f"{WORDS.get(kind, kind)} {found.at_3:.1f}%" for kind, found in by_kind(answers).items() if found.at_3 < aim
    ]


def as_json(trial: Trial, runs: Mapping[str, Sequence[Answer]]) -> dict[str, object]:
    """Give everything for a program."""
    return {
        "schema_version": 1,
        "unbuilt": list(trial.unbuilt),
        "left_out": list(trial.left_out),
        "runs": {
            where: {
                "all": _figures(figures(answers)),
                "classes": {kind: _figures(found) for kind, found in by_kind(answers).items()},
                "misses": [
                    {
                        "id": answer.question.ident,
                        "class": answer.question.kind,
                        "q": answer.question.text,
                        "expect": list(answer.question.topics),
                        "rank": answer.rank,
                        "got": [[hit.title, hit.address] for hit in answer.hits[:SHOWN]],
                    }
                    for answer in misses(answers)
                ],
            }
            for where, answers in runs.items()
        },
    }


def _figures(found: Figures) -> dict[str, float]:
    return {
        "count": found.count, "success_1": round(found.at_1, 1), "success_3": round(found.at_3, 1),
        "mrr": round(found.mrr, 3),
    }  # fmt: skip


def _line(name: str, found: Figures) -> str:
    return f"{_wide(name)} {found.count:>5} {found.at_1:>5.0f}% {found.at_3:>6.0f}%  {found.mrr:.2f}"


def _wide(text: str) -> str:
    """Pad to a column: Chinese characters take two places."""
    width = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(0, COLUMN - width)
