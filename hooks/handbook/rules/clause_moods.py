"""Words of strength that were exchanged before the same act, held against the clause's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.rules.clause_words import Finding
from handbook.rules.fact_index import FactIndex
from handbook.rules.known_facts import Known, pairs
from handbook.rules.moods import SAID, Kind, Mood, moods_of, told_of
from handbook.rules.parts import Part
from handbook.rules.wording import canonical

_LEAST = 4
"""Pairs of characters a part must have to state a fact whatever words it uses for the act."""
_LIKELY = 0.36
"""From this likeness on a fact with the same act is what a part is about."""
_SURELY = 0.5
"""From this likeness on a part states a fact whatever words it uses for the act."""
_NEAR = 0.1
"""Facts this close may be meant as well."""
_ELSEWHERE = 0.2
"""From this likeness on the act of another article is taken to be meant."""
_FEW = 5
"""An act that stands in no more facts than these names its article."""
_EXCHANGED: dict[Kind, tuple[Kind, ...]] = {
    "only then": (),
    "may": ("must", "forbid", "usually not", "in principle not"),
    "may not": ("must",),
    "must": ("may", "may not", "usually"),
    "usually": ("must",),
    "forbid": ("usually not", "in principle not"),
    "usually not": ("forbid", "in principle not"),
    "in principle not": ("forbid", "usually not"),
}
"""Per mood of a sentence the moods of a clause that it contradicts; 不得 and 可以 often state two sides of one rule."""


def mood_findings(part: Part, cited: Sequence[Known]) -> Iterator[Finding]:
    """Hold the moods of a part against those of the facts that speak of the same act."""
    moods = moods_of(part.claims.text)
    for said in moods:
        if not said.act or (said.kind == "usually" and part.claims.stated):
            continue  # 一般 serves the number
        scored = [(part.score(item), item) for item in cited]
        likely = [(score, item, told) for score, item in scored if score and (told := told_of(item, said.act))]
        top = max((score for score, _, _ in likely), default=0.0)
        if not likely and len(moods) == 1:
            yield from _sole(said, part, sorted(scored, key=lambda pair: -pair[0])[:2])
        if top < _LIKELY or any(said.kind in told and score >= top / 2 for score, _, told in likely):
            continue
        near = [(item, told) for score, item, told in likely if score >= top - _NEAR]
        kinds = frozenset(kind for _, told in near for kind in told)
        if kinds and kinds <= frozenset(_EXCHANGED[said.kind]):
            item, told = near[0]
            yield Finding(_exchange(min(told), said.kind), f"条款是：{item.named}")


def _sole(said: Mood, part: Part, tops: Sequence[tuple[float, Known]]) -> Iterator[Finding]:
    """A fact that is alone in being meant, and has one mood: the act may be told in other words."""
    if (
        not tops
        or len(pairs(part.claims.text)) < _LEAST
        or tops[0][0] < _SURELY
        or (len(tops) > 1 and tops[1][0] > tops[0][0] / 2)
    ):
        return
    told = moods_of(tops[0][1].text)
    if len(told) == 1 and (said.kind, told[0].kind) in (("may", "must"), ("must", "may")):
        yield Finding(_exchange(told[0].kind, said.kind), f"条款是：{tops[0][1].named}")


def _exchange(told: Kind, said: Kind) -> str:
    return f"条款是“{SAID[told]}”，这里写成了“{SAID[said]}”"


def moods_elsewhere(facts: FactIndex, part: Part, cited: Sequence[Known]) -> Iterator[Finding]:
    """Name the article that forbids an act of which no cited one speaks."""
    regulations = {item.known.clause.regulation.id for item in cited}
    for said in moods_of(part.claims.text):
        verb = said.act[:2]
        if said.kind not in ("forbid", "usually not") or len(verb) < 2 or any(verb in item.text for item in cited):
            continue
        speaking = [item for item in facts.all if verb in canonical(item.text)]
        own = [
            item
            for item in speaking
            if item.known.clause.regulation.id in regulations and told_of(item, verb) & {"forbid", "usually not"}
        ]
        if own and len(speaking) <= _FEW:
            item = max(own, key=part.score)
            if part.score(item) >= _ELSEWHERE:
                yield Finding(f"所引条款没有说“{SAID[said.kind]}{said.act}”", f"这句话像是{item.named}")
