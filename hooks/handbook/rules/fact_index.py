"""All facts in force prepared for comparison, and how much a text is about what each of them is about.

Likeness is a weighted overlap of character pairs. It only chooses *which* fact a claim is held against; it never decides
that a number is right.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from handbook.rules.claims import Quantity
from handbook.rules.clauses import Clause, ClauseIndex
from handbook.rules.known_facts import Known, pairs, prepare

_HEAVY = 2.5
"""How much heavier the pairs that two texts share may be than their others."""
_REMEMBERED = 20_000
"""Texts whose likenesses are kept; parts of sentences come back, above all in tests and while serving."""


class FactIndex:
    """All facts in force, prepared once per run."""

    def __init__(self, index: ClauseIndex) -> None:
        self.all = tuple(prepare(number, known) for number, known in enumerate(index.fact_names.values()))
        counts = Counter(pair for item in self.all for pair in item.topic)
        total = max(1, len(self.all))
        self._weight = {pair: math.log((total + 1) / (count + 0.5)) for pair, count in counts.items()}
        self._unknown = math.log(total + 1)
        self._where: dict[str, list[int]] = {}
        for item in self.all:
            for pair in item.topic:
                self._where.setdefault(pair, []).append(item.number)
        self.weights = [self.weight_of(item.topic) for item in self.all]
        self._of: dict[str, list[Known]] = {}
        for item in self.all:
            self._of.setdefault(item.known.clause.regulation.id, []).append(item)
        self._known_under: dict[tuple[str, int, str], tuple[Known, ...]] = {}
        self._numbers: dict[tuple[int, int, int, int, str], list[Known]] = {}
        for item in self.all:
            for key in dict.fromkeys(quantity.key for quantity in item.quantities if not quantity.implied):
                self._numbers.setdefault(key, []).append(item)
        self._memory: dict[str, Likenesses] = {}

    def holding(self, quantity: Quantity) -> Sequence[Known]:
        """Give the facts in which the same number of the same thing stands."""
        return self._numbers.get(quantity.key, ())

    def under(self, clauses: Sequence[Clause]) -> tuple[Known, ...]:
        """Give the facts of some clauses."""
        return tuple(dict.fromkeys(item for clause in clauses for item in self._under(clause)))

    def _under(self, clause: Clause) -> tuple[Known, ...]:
        key = (clause.regulation.id, clause.version.year, clause.citation.article_text)
        if key not in self._known_under:
            self._known_under[key] = tuple(
                item for item in self._of.get(clause.regulation.id, ()) if _covers(clause, item.known.clause)
            )
        return self._known_under[key]

    def likenesses(self, text: str) -> Likenesses:
        """Give how much a text is about each fact."""
        if text not in self._memory:
            if len(self._memory) > _REMEMBERED:
                self._memory.clear()
            self._memory[text] = Likenesses(self, pairs(text))
        return self._memory[text]

    def sharing(self, about: frozenset[str], least: float) -> list[int]:
        """Give the facts that have so much in common with a text that they may be likelier than `least`."""
        counts = Counter(chain.from_iterable([self._where[pair] for pair in about if pair in self._where]))
        share = least / _HEAVY
        return sorted(
            number
            for number, count in counts.items()
            if count > 1 and count >= share * min(len(about), len(self.all[number].topic))
        )

    def weight_of(self, pairs: Iterable[str]) -> float:
        """Give the weight of some pairs; summed exactly, so that their order does not matter."""
        known, unknown = self._weight, self._unknown
        return math.fsum([known.get(pair, unknown) for pair in pairs])


class Likenesses:
    """How much one text is about each fact, from 0 to 1, by the fact's number; worked out where it is asked for."""

    __slots__ = ("_about", "_facts", "_known", "_whole")

    def __init__(self, facts: FactIndex, about: frozenset[str]) -> None:
        self._facts = facts
        self._about = about
        self._whole = facts.weight_of(about)
        self._known: dict[int, float] = {}

    def get(self, number: int) -> float:
        """Give shared pairs by weight: half as share of the smaller text, half of both together."""
        found = self._known.get(number)
        if found is None:
            item = self._facts.all[number]
            shared = self._about & item.topic
            found = 0.0
            if shared:
                own = self._facts.weights[number]
                weight = self._facts.weight_of(shared)
                found = 0.5 * weight / min(self._whole, own) + weight / (self._whole + own)
            self._known[number] = found
        return found

    def above(self, least: float) -> list[int]:
        """Give the facts that are likelier than this."""
        return [number for number in self._facts.sharing(self._about, least) if self.get(number) > least]


def _covers(clause: Clause, place: Clause) -> bool:
    """A citation without article means any fact of the regulation; a range means each of its articles."""
    if clause.regulation.id != place.regulation.id or clause.version.year != place.version.year:
        return False
    if clause.article is None:
        return True
    if place.article is None:
        return False
    if clause.citation.clause:
        return place.article.clause == clause.citation.clause
    first = clause.citation.first or 0
    return any(number in place.article.numbers for number in range(first, (clause.citation.last or first) + 1))
