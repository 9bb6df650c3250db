"""A sentence without what cannot be said: the clause around an empty place goes, the sentence stays whole."""

from __future__ import annotations

import re
from collections.abc import Callable

_BRACKETS = re.compile(r"（[^（）]*）")
_CLAUSE = re.compile(r"(?:【[^】]*】|[^，；。：【])*[，；。：]?")


def without_empty(text: str, place: re.Pattern[str], is_empty: Callable[[re.Match[str]], bool]) -> str:
    """Give the text without the clauses in which an empty place stands.

    A clause that holds another placeholder too only loses the empty one: what can be said is said.
    """
    text = _BRACKETS.sub(lambda match: "" if _emptied(match[0], place, is_empty) else match[0], text)
    kept: list[str] = []
    for clause in _CLAUSE.findall(text):
        if not _emptied(clause, place, is_empty):
            kept.append(clause)
            continue
        rest = place.sub(lambda match: "" if is_empty(match) else match[0], clause)
        if "【" in rest:
            kept.append(re.sub(r"、(?=[，；。：]|$)", "", rest))
        elif kept and clause[-1:] in ("；", "。") and kept[-1][-1:] in ("，", "；", "："):
            kept[-1] = kept[-1][:-1] + clause[-1:]
    return "".join(kept)


def _emptied(text: str, place: re.Pattern[str], is_empty: Callable[[re.Match[str]], bool]) -> bool:
    return any(is_empty(match) for match in place.finditer(text))
