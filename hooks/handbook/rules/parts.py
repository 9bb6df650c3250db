"""A sentence taken apart at its commas, and how much each part is about which fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from handbook.model.base import Strength
from handbook.rules.claims import Claims, claims_of, is_contrast, strengths_of
from handbook.rules.examples import examples_in, states_rule
from handbook.rules.fact_index import FactIndex, Likenesses
from handbook.rules.known_facts import Known, pairs
from handbook.rules.shares import Base, denominator
from handbook.rules.wording import Kinds, apart, mask, special, topics_named, values_named

LIKELY = 0.45
"""From this likeness on a part of a sentence is about a fact."""
ENOUGH = 5
"""Pairs of characters a text must have before its topic is compared at all."""
_SHORT = 3
"""A part with fewer pairs takes its topic from the sentence."""
_FULL = 6
_OWN_SHARE = 0.7
"""How much a part of `_FULL` pairs and more counts against the whole sentence."""
_APART = 0.5
"""What is left of a likeness for each contrast in which part and fact name different words."""
_PIECES = re.compile("[^，；：。？！]+")
_WITH_STOPS = re.compile("[^，；：。？！]+[，；：。？！]*")
_STRETCHES = re.compile("[^；]+")
_DENIAL = re.compile(
    "不能|不得|不行|不可|不算|无效|不宜|不作|不再|才[能可算行有是]|方[可能]|不予|不许|不准|还不|没有|(?<!离)退(?!休)|再[交提办来说]|不收|不办|别|否则|不成立|不通过"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence between two commas."""

    claims: Claims
    sentence: Claims
    """The whole sentence."""
    about: Likenesses
    around: Likenesses
    """Of the stretch between two semicolons, or of the whole sentence where that is short."""
    whole_about: Likenesses
    share: float
    """How much its own likenesses count against those of the whole sentence."""
    topics: Kinds
    """Which of the words that rule each other out it names; where it names none, those named last."""
    mask: int
    """In which contrasts it names something."""
    whole_topics: Kinds
    values: Kinds
    reach: frozenset[Strength]
    """Strengths said up to its end: 一般 at the head of a sentence reaches over its parts."""
    special: bool
    """Is about villages."""
    base: Base
    """What the sentence says shares are counted by."""
    example: bool
    """Its numbers and what follows from them are invented."""
    scores: dict[int, float] = field(default_factory=dict, compare=False, repr=False)
    """What was worked out already."""
    kept: list[Part] = field(default_factory=list, compare=False, repr=False)
    """The whole sentence as one part, once somebody asked for it."""

    @property
    def set_aside(self) -> bool:
        """Tell whether it is advice, an example, or names the wrong thing in order to rule it out."""
        return self.claims.advice or self.example or is_contrast(self.claims.text)

    @property
    def speaks(self) -> bool:
        """Tell whether it says enough to be about something by itself."""
        return len(pairs(self.claims.text)) >= ENOUGH

    @property
    def denies(self) -> bool:
        """Tell whether the sentence says what does not hold, as 不满1年的不能 does."""
        return _DENIAL.search(self.sentence.text) is not None

    def apart(self, item: Known) -> int:
        """Count the contrasts in which it and a fact name different things."""
        both = self.mask & item.mask
        named = apart(self.topics, item.topics, both) if both else 0
        return named + (self.special != item.special)

    def score(self, item: Known) -> float:
        """Give from 0 to 1 how much it is about a fact."""
        number = item.number
        known = self.scores.get(number)
        if known is None:
            known = self.scores[number] = self._score(item)
        return known

    def _score(self, item: Known) -> float:
        number = item.number
        likeness = (1 - self.share) * self.around.get(number)
        if self.share:
            likeness += self.share * self.about.get(number)
        if not likeness:
            return 0.0
        return likeness * _APART ** self.apart(item)

    def as_sentence(self) -> Part:
        """Give the whole sentence as one part."""
        if not self.kept:
            self.kept.append(self._as_sentence())
        return self.kept[0]

    def _as_sentence(self) -> Part:
        return replace(
            self,
            scores={},
            kept=[],
            claims=self.sentence,
            about=self.whole_about,
            around=self.whole_about,
            share=0.0,
            topics=self.whole_topics,
            mask=mask(self.whole_topics),
        )


def parts_of(facts: FactIndex, text: str, context: str) -> Iterator[Part]:
    """Take a folded sentence apart."""
    around = _stated(f"{context}，{text}" if context else text)
    whole_about = facts.likenesses(around)
    whole_topics = topics_named(around)
    villages = special(around)
    named = mask(whole_topics)
    values = values_named(text)
    valued = any(values)
    topics = whole_topics
    sentence = claims_of(text)
    pieces = list(_PIECES.finditer(text))
    bases = (denominator(piece[0]) for piece in pieces if not is_contrast(piece[0]))
    base: Base = next((found for found in bases if found), "")
    stretches = list(_STRETCHES.finditer(text))
    kept: list[Part] = []
    examples = examples_in(text)
    for piece in pieces:
        stretch = next(found for found in stretches if found.end() >= piece.end())[0]
        near = facts.likenesses(stretch) if len(pairs(stretch)) > _FULL else whole_about
        many = len(pairs(piece[0]))
        share = _OWN_SHARE * min(1.0, many / _FULL) if many >= _SHORT else 0.0  # 最长一年: about nothing by itself
        own = facts.likenesses(piece[0]) if share else near
        own_topics = topics_named(piece[0], -1 if is_contrast(piece[0]) else named)
        topics = tuple(mine or all_ for mine, all_ in zip(own_topics, topics, strict=True))
        yield Part(
            claims=claims_of(piece[0]),
            sentence=sentence,
            about=own,
            around=near,
            whole_about=whole_about,
            share=share,
            topics=topics,
            mask=mask(topics),
            whole_topics=whole_topics,
            values=values_named(piece[0]) if valued else values,
            reach=strengths_of(text[: piece.end()]) if sentence.strengths else frozenset(),
            special=villages,
            base=base,
            example=any(start <= piece.start() < end for start, end in examples) and not states_rule(piece[0]),
            kept=kept,
        )


def _stated(text: str) -> str:
    """Give a text without the pieces that rule something out, where enough is left to say what it is about."""
    pieces = _WITH_STOPS.findall(text)
    kept = [piece for piece in pieces if not is_contrast(piece)]
    rest = "".join(kept)
    return text if len(kept) == len(pieces) or not pairs(rest) else rest


def best(part: Part, items: Iterable[Known]) -> tuple[float, Known] | None:
    """Give the likeliest fact with its likeness."""
    return max(((part.score(item), item) for item in items), key=lambda pair: pair[0], default=None)
