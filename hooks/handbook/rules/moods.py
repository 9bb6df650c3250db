"""What a text allows, demands or forbids somebody to do: 可以书面通知 and 书面通知, 不得越级 and 一般不得越级.

A mood is one word of strength with the act behind it. Two texts are only compared where the act is the same; then the words
before it may not be exchanged. This catches what has no number and what the clause says without any 应当.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from handbook.rules.known_facts import Known
from handbook.rules.wording import canonical

Kind = Literal["may", "may not", "only then", "must", "usually", "forbid", "usually not", "in principle not"]
"""``may not``: it may be left undone; ``only then``: 才能, 方可."""

_WORD = re.compile(
    "(?=[一通原才方就都也均还仍暂可应必务须不])(?P<soft>一般|通常|原则上)?(?P<then>[才方就])?(?:都|也|均|还|仍|暂)?"
    "(?:(?P<may>可以?(?=不)|可以|(?<=[才方])[可能])|(?P<must>应当|应该|必须|务必|须(?!知)|一定要)|(?P<never>不得|不能|不准|不许|不可以|不可))?"
    "(?P<no>不(?!超过|少于|低于|多于|足|满|到|设|是|变|再|同|宜|适|合|高|大|影响|含|包括|必|需|用|要))?"
)
_ANY = re.compile("[一可应必务须不才方]")
_ACT = re.compile("[\u4e00-\u9fff]{1,8}")
_BOUNDS = re.compile("(?:超过|少于|低于|多于|早于|晚于|小于|大于|短于|长于)")
_TIME = re.compile(r"在?[\d.]+[^，；：、]{1,4}内")
_LIGHT = re.compile("^(?:在|再|先|跟着|一并|一起|同时|并|继续|随时|当场|直接|及时|统一)")
_PREPOSITIONS = "向对给从以按为把将由在用"
_RIGHTS = re.compile("(?:表决|选举|被选举)权")
_HEAD = 5
"""Characters of an act in which its verb stands."""
SAID: dict[Kind, str] = {
    "may": "可以", "may not": "可以不", "only then": "才可以", "must": "应当",
    "usually": "一般", "forbid": "不得", "usually not": "一般不", "in principle not": "原则上不",
}  # fmt: skip


class Mood(NamedTuple):
    """One word of strength and what it is said of."""

    kind: Kind
    act: str


@lru_cache(maxsize=8192)
def moods_of(text: str) -> tuple[Mood, ...]:
    """Give the moods of a folded text."""
    return tuple(_moods(canonical(text))) if _ANY.search(text) else ()


def _moods(text: str) -> Iterator[Mood]:
    for match in _WORD.finditer(text):
        kind = _kind(match)
        if kind is None or _BOUNDS.match(text, match.end()):
            continue
        within = _TIME.match(text, match.end())
        act = _ACT.match(text, within.end() if within else match.end())
        if act and act[0] not in _PREPOSITIONS:
            yield Mood(kind, _LIGHT.sub("", act[0]))


def _kind(match: re.Match[str]) -> Kind | None:
    if match["may"] and match["then"]:
        return "only then"
    if match["may"]:
        return "may not" if match["no"] else "may"
    if match["never"] or (match["no"] and match["soft"]):
        soft = match["soft"]
        return "forbid" if not soft else "in principle not" if soft == "原则上" else "usually not"
    if match["soft"] == "一般" and not match["must"]:
        return "usually"
    return "must" if match["must"] and not match["soft"] and not match["no"] else None


def _verbs(act: str) -> frozenset[str]:
    head = act[:_HEAD]
    return frozenset(head[at : at + 2] for at in range(len(head) - 1)) or frozenset((head,))


def told_of(item: Known, act: str) -> frozenset[Kind]:
    """Give the moods in which a fact speaks of an act; said without any word it is demanded."""
    verbs = _verbs(act)
    named = frozenset(mood.kind for mood in moods_of(item.text) if any(verb in mood.act for verb in verbs))
    if named or not item.fact.binds or item.fact.strength != "must" or len(act) < 2 or act[0] in _PREPOSITIONS:
        return named
    return frozenset(("must",)) if act[:2] in _RIGHTS.sub("", canonical(item.text)) else named
