"""Queries made from the names of built pages by a program that knows nothing of the search.

They need no upkeep and show at once when a table (pinyin, homophones, traditional characters) is broken. What is
replaced is chosen by counting, never by chance: the same site gives the same queries.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from _search_queries import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST = 60
"""Queries of one class: names are taken at even distances."""
CLASSES = {
    "title": "原题", "spelled": "全拼", "spaced": "全拼带空格", "half": "末两个字母未打", "letters": "首字母",
    "old": "繁体", "sound": "一字同音", "other": "一字打错", "swap": "两字颠倒", "short": "漏一字", "twice": "多一字",
}  # fmt: skip
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LEAST = {"title": 2, "spelled": 2, "spaced": 2, "old": 2, "half": 3, "letters": 4}
"""Characters that a name needs: fewer say too little when one of them is wrong (otherwise four)."""
_LONGEST = 10
"""Nobody types more of a name by pinyin or makes an issue of one wrong character in it."""


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    addresses: frozenset[str]


def mechanical(coverage: Mapping[str, tuple[str, ...]]) -> tuple[Question, ...]:
    """Give the queries of all classes."""
    named: dict[str, set[str]] = defaultdict(set)
    for topic, addresses in coverage.items():
        named[topic.partition("/")[2]].update(addresses)
    found = ((text, named[text]) for text in sorted(named) if named[text] and _HAN.fullmatch(text))
    names = [_Name(text, frozenset(addresses)) for text, addresses in found]
    questions = []
    for kind in CLASSES:
        fitting = [name for name in names if _LEAST.get(kind, 4) <= len(name.text) <= _LONGEST]
        step = max(1, -(-len(fitting) // MOST))
        for number, name in enumerate(fitting[::step]):
            text = _MAKERS[kind](name.text, number)
            if text and (kind == "title" or text != name.text):
                topics = (name.text,)
                questions.append(Question(f"{kind}-{number + 1:02}", kind, text, topics, name.addresses))
    return tuple(questions)


def _replaced(text: str, at: int, character: str) -> str:
    return text[:at] + character + text[at + 1 :]


def _sound(text: str, number: int) -> str:
    """One character replaced by a common one of the same sound."""
    for offset in range(len(text)):
        at = (number + offset) % len(text)
        others = [other for other in _homophones()[_syllable(text[at])] if other not in text]
        if others:
            return _replaced(text, at, others[number % len(others)])
    return ""


def _other(text: str, number: int) -> str:
    """One character replaced by any other."""
    common = _common()
    return _replaced(text, number % len(text), common[(number * 379 + 11) % len(common)])


def _swap(text: str, number: int) -> str:
    at = number % (len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _short(text: str, number: int) -> str:
    return _replaced(text, number % len(text), "")


def _twice(text: str, number: int) -> str:
    at = number % len(text)
    return text[:at] + text[at] + text[at:]


@cache
def _common() -> tuple[str, ...]:
    """The 3755 commonest characters, GB 2312's first level."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return tuple(character for code in codes if (character := code.decode("gb2312", "ignore")))


def _spelled(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - slow to load

    return [syllable.replace("ü", "v") for syllable in lazy_pinyin(text)]


@cache
def _syllable(character: str) -> str:
    return _spelled(character)[0]


@cache
def _homophones() -> Mapping[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for character in _common():
        table[_syllable(character)].append(character)
    return table


@cache
def _traditional(text: str) -> str:
    from opencc import OpenCC  # noqa: PLC0415 - slow to load

    return str(OpenCC("s2t").convert(text))


_MAKERS: Mapping[str, Callable[[str, int], str]] = {
    "title": lambda text, _: text,
    "spelled": lambda text, _: "".join(_spelled(text)),
    "spaced": lambda text, _: " ".join(_spelled(text)),
    "half": lambda text, _: "".join(_spelled(text))[:-2],
    "letters": lambda text, _: "".join(syllable[0] for syllable in _spelled(text)),
    "old": lambda text, _: _traditional(text),
    "sound": _sound,
    "other": _other,
    "swap": _swap,
    "short": _short,
    "twice": _twice,
}
