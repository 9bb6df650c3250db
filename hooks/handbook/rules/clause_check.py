"""Does the cited clause contain the claim? Compares what a sentence claims with the facts of the clauses it cites.

A sentence often holds two facts, so it is taken apart at its commas: each part is compared by what the part is about and,
less so, by what the whole sentence is about. Each finding names the clause's own words and, where another clause fits,
that clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handbook.model.regulation import Regulation
from handbook.rules.claims import HOURS, LOOSE, MONEY, RATE, SHARES, Quantity, claims_of, read_claims
from handbook.rules.clause_moods import mood_findings, moods_elsewhere
from handbook.rules.clause_numbers import (
    CLEARLY,
    Answered,
    answered,
    compare,
    held,
    misbounded,
    overtakes,
    rivals,
    spelt_out,
    tiers,
)
from handbook.rules.clause_sources import source_findings
from handbook.rules.clause_words import Finding, strength_findings, value_findings, verb_findings
from handbook.rules.clauses import Clause, ClauseIndex
from handbook.rules.fact_index import FactIndex
from handbook.rules.known_facts import Known, frequency, matches, pairs
from handbook.rules.numerals import fold
from handbook.rules.parts import ENOUGH, Part, best, parts_of
from handbook.rules.sentences import told
from handbook.rules.wording import values_named

_ONE = re.compile(r"1(?!\d|\.)")
"""一年, 一天 without a comparing word: hardly a rule where no clause speaks of it."""
_SURE = 0.62
"""From this likeness on a fact is what the sentence is about."""
_STANDS_BY = 0.3
"""From this likeness on a number is held against a clause that the step names, but not the sentence."""
_SUCCEEDS = 0.35
"""From this likeness on a fact of the version in force is named as what to cite instead."""
_LEAST = 3
"""Pairs of characters a part needs to be told from others in so many words."""
_STRANGE = 0.32
"""Up to this likeness a clause has nothing to do with a part."""
_IN_WORDS = 0.75
"""From this likeness on a part says a fact nearly in its words."""
_MANY = 10
"""From here on a number hardly only counts things."""
_MANY_LIKELY = 0.25
"""From this likeness on such a number is that of another article."""
_ALIKE = 0.2
"""Facts this close are about alike."""
_SAME_MATTER = 0.35
"""From this likeness on two facts of different regulations say the same."""


def says_anything(text: str) -> bool:
    """Tell whether a folded sentence has anything that can be held against a clause; most of a step's sentences have not."""
    claims = claims_of(text)
    return bool(claims.quantities or claims.verbs or claims.strengths) or any(values_named(text))


class ClauseCheck:
    """Holds sentences against clauses."""

    def __init__(self, index: ClauseIndex) -> None:
        self.index = index
        self.facts = FactIndex(index)

    def check(
        self, sentence: str, clauses: Sequence[Clause], *, phrase: bool = False, own: bool = True, context: str = ""
    ) -> Iterator[Finding]:
        """Hold one sentence against the clauses that cover it; of a `phrase` only numbers and verbs are compared.

        The clauses are its `own` where its own brackets name them; the basis of a step covers several sentences together.
        `context` is what stands around it and says what it is about: the row of a table cell, the question before.
        """
        ended = [clause for clause in clauses if not clause.in_force]
        for clause in ended:
            yield Finding(f"{clause.label}已停止施行", self._successor(clause, sentence, context))
        if ended or not clauses:
            return
        text = fold(told(sentence))
        cited = self.facts.under(clauses)
        if not own and not says_anything(text) and not any(item.source for item in cited):
            return
        parts = tuple(parts_of(self.facts, text, fold(told(context))))
        taken = answered(parts, cited)
        found: list[Finding] = []
        for part in parts:
            if part.set_aside:
                continue
            for quantity in part.claims.quantities:
                if quantity.implied:
                    found.extend(self._implied(quantity, part, cited))
                else:
                    found.extend(self._quantity(quantity, self._speaking(part, cited), cited, taken, own=own))
            found.extend(verb_findings(part, cited, self.facts.all))
            found.extend(value_findings(part, cited))
        found.extend(source_findings(parts, cited, f"{context}，{sentence}"))
        moods = [finding for part in parts if not part.set_aside for finding in mood_findings(part, cited)]
        found.extend(moods or strength_findings(parts, cited, phrase=phrase, own=own))
        example = any(part.example for part in parts)
        if not found and not phrase and not example:
            found.extend(self._whole(parts, cited, own=own))
        if not found and own and len(clauses) > 1 and not example:
            found.extend(self._unused(parts, clauses))
        if not found and own:
            found.extend(
                finding for part in parts if not part.set_aside for finding in moods_elsewhere(self.facts, part, cited)
            )
        yield from dict.fromkeys(found)

    def _successor(self, clause: Clause, sentence: str, context: str) -> str:
        """Say what to cite instead of a version that has ended: the clause in force that says the same, where there is one."""
        current = self.index.current(clause.regulation)
        if current is None:
            return "请改引现行的依据"
        found = self.fitting_in(clause.regulation, sentence, context)
        same = f"，这句话像是{found}" if found else ""
        return f"请改引 {clause.regulation.short}（{current.year_text}）{same}"

    def fitting_in(self, regulation: Regulation, sentence: str, context: str = "") -> str:
        """Name the clause of a regulation that fits a sentence; empty when none does."""
        facts = [item for item in self.facts.all if item.known.clause.regulation is regulation]
        parts = list(parts_of(self.facts, fold(told(sentence)), fold(told(context))))
        sides = [*parts, parts[0].as_sentence()] if parts else []
        tops = [top for part in sides if (top := best(part, facts))]
        found = max(tops, key=lambda pair: pair[0], default=None)
        return found[1].named if found and found[0] > _SUCCEEDS else ""

    def _elsewhere(self, part: Part, quantity: Quantity, cited: Sequence[Known]) -> tuple[float, Known] | None:
        """The likeliest fact of another clause that holds a number; of two about alike, the one in the same regulation."""
        inside = frozenset(cited)
        others = [item for item in self.facts.holding(quantity) if item not in inside]
        regulations = {item.known.clause.regulation.id for item in cited}
        top = best(part, others)
        near = best(part, [item for item in others if item.known.clause.regulation.id in regulations])
        return near if top and near and near[0] > top[0] - _ALIKE else top

    def fitting(self, sentence: str) -> str:
        """Name the clause that fits a statement without citation; empty when none does."""
        stated = read_claims(sentence).stated
        same = [item for item in self.facts.all if all(item.holds(quantity) for quantity in stated)]
        parts = list(parts_of(self.facts, fold(told(sentence)), ""))
        found = max((top for part in parts if (top := best(part, same))), key=lambda pair: pair[0], default=None)
        return found[1].named if found and found[0] > 0.3 else ""

    # -- quantities -------------------------------------------------------------------------------------------

    def _quantity(
        self, quantity: Quantity, part: Part, cited: Sequence[Known], taken: Answered, *, own: bool
    ) -> Iterator[Finding]:
        same = [item for item in cited if item.holds(quantity)]
        elsewhere = self._elsewhere(part, quantity, cited)
        rival = best(part, [item for item in cited if rivals(item, quantity, taken)])
        top = best(part, same)
        if top is None:
            sure = own or max((found[0] for found in (elsewhere, rival) if found), default=0.0) > _STANDS_BY
            yield from self._absent(quantity, part, cited, elsewhere, rival) if sure else ()
            return
        aside = elsewhere is not None and part.apart(top[1]) > part.apart(elsewhere[1])
        joint = elsewhere is not None and held(part, top[1]) > held(part, elsewhere[1])
        if elsewhere and not joint and self._meant_instead(elsewhere, top, same, aside=aside):
            yield Finding("所引条款说的是另一件事", f"这句话像是{elsewhere[1].named}")
            return
        if rival and overtakes(rival, top, part):
            yield Finding(f"“{quantity.text}”与所引条款不符", f"条款是：{rival[1].named}")
            return
        rows = tiers(quantity, part, cited)
        if rows:
            if quantity.unit == RATE and not any(item.holds(quantity) for item in rows):
                yield Finding(f"“{quantity.text}”与所引条款不符", f"条款是：{rows[0].named}")
            elif quantity.unit == MONEY and misbounded(quantity, part, rows):
                yield Finding(f"“{quantity.text}”与条款的分档不符", f"条款是：{top[1].named}")
            return
        if len(sides := {said.side for item in same if (said := item.own(quantity))}) > 1:
            told = {other.side for other in part.sentence.stated if matches(other, quantity)}
            twice = sum(matches(other, quantity) for other in part.sentence.stated) > 1
            if twice and len(told) == 1 and not sides <= told and "none" not in told:
                yield Finding(f"“{quantity.text}”与所引条款不符", f"条款是：{same[-1].named}")
                return
        # a number may stand twice in one article with opposite comparators: only the likeliest facts may answer for it
        margin = (
            0.06 if quantity.unit == SHARES[0] else 0.25 if len(sides) > 1 and part.speaks else max(0.15, top[0] / 2)
        )
        likely = [item for item in same if part.score(item) >= top[0] - margin]
        yield from min((list(compare(quantity, part, item)) for item in likely), key=len)

    @staticmethod
    def _speaking(part: Part, cited: Sequence[Known]) -> Part:
        """A sentence with one number is about that number as a whole, where that says more than the part."""
        if len(part.sentence.stated) > 1:
            return part
        whole = part.as_sentence()
        tops = [best(side, cited) for side in (part, whole)]
        return whole if tops[0] and tops[1] and tops[1][0] > tops[0][0] else part

    def _meant_instead(
        self, elsewhere: tuple[float, Known], top: tuple[float, Known], same: Sequence[Known], *, aside: bool = False
    ) -> bool:
        """Tell whether a fact of another clause is clearly what is meant, and not the same rule in another regulation."""
        one = elsewhere[1]
        within = one.known.clause.regulation is top[1].known.clause.regulation
        if elsewhere[0] <= top[0] + (0.05 if aside and within else CLEARLY) or top[0] >= _SURE:
            return False
        if within:
            return True
        return all(self.facts.likenesses(one.text).get(other.number) < _SAME_MATTER for other in same)

    def _absent(
        self,
        quantity: Quantity,
        part: Part,
        cited: Sequence[Known],
        elsewhere: tuple[float, Known] | None,
        rival: tuple[float, Known] | None,
    ) -> Iterator[Finding]:
        """The number stands in no cited fact: say what stands there, or where it stands."""
        near = rival[0] if rival else 0.0
        if spelt_out(quantity, part, cited):
            return
        single = quantity.low == quantity.high == 1 and quantity.side == "none" and quantity.unit in HOURS
        if quantity.unit in LOOSE or single:
            regulations = {item.known.clause.regulation.id for item in cited}
            least_elsewhere = 0.35
            plain = quantity.low == quantity.high and quantity.side == "none"
            strict = quantity.side != "none" or bool(part.claims.strengths)
            if plain and quantity.low >= _MANY and elsewhere and elsewhere[1].known.clause.regulation.id in regulations:
                strict, least_elsewhere = True, _MANY_LIKELY
            if elsewhere and elsewhere[0] > max(least_elsewhere if strict else 0.5, near):
                yield Finding(f"所引条款里没有“{quantity.text}”", f"这句话像是{elsewhere[1].named}")
                return
            once = quantity.low == quantity.high == 1 and quantity.side in ("none", "over", "under")
            least = 0.3 if single or (once and strict) else 0.45 if once else 0.25 if plain else 0.2
            if near < least:
                return  # 一名, 一份, 两种: counting things, not a rule
        if rival and (elsewhere is None or near + 0.1 >= elsewhere[0]):
            also = f"；这个数写在{elsewhere[1].named}" if elsewhere and elsewhere[0] > max(0.3, near - 0.1) else ""
            yield Finding(
                f"“{quantity.text}”与所引条款不符",
                f"条款是：{rival[1].named.rstrip('。')}{also}" if also else f"条款是：{rival[1].named}",
            )
        elif elsewhere and elsewhere[0] > 0.2:
            yield Finding(f"所引条款里没有“{quantity.text}”", f"这句话像是{elsewhere[1].named}")
        elif not _ONE.match(quantity.text) or part.claims.strengths:
            close = best(part, cited)
            remedy = f"条款是：{close[1].named}" if close else "请改引写有这个要求的条款，或改为经验并贴标签"
            yield Finding(f"所引条款里没有“{quantity.text}”", remedy)

    def _implied(self, quantity: Quantity, part: Part, cited: Sequence[Known]) -> Iterator[Finding]:
        """每年 without a number is held against a frequency only where the clause has one for the same matter."""
        regular = [item for item in cited if any(frequency(own.unit) for own in item.quantities)]
        stated = [other for other in part.sentence.stated if not frequency(other.unit)]
        holding = [item for item in regular if any(item.holds(other) for other in stated)]
        part = self._speaking(part, regular) if len(part.sentence.quantities) == 1 else part
        top = best(part, holding or regular)
        if top is None or top[0] < (0.2 if holding else 0.35):
            return
        period = frequency(quantity.unit)
        near = [item for item in holding or regular if part.score(item) >= top[0] - 0.1]
        if not any(frequency(own.unit) == period for item in near for own in item.quantities):
            yield Finding(f"“{quantity.text}”与所引条款不符", f"条款是：{top[1].named}")

    # -- the whole sentence -----------------------------------------------------------------------------------

    def _whole(self, parts: Sequence[Part], cited: Sequence[Known], *, own: bool) -> Iterator[Finding]:
        """A statement whose numbers and verbs agree, or that has none: is it about what the clause is about?"""
        if not parts:
            return
        whole = parts[0].as_sentence()
        if all(part.set_aside for part in parts):
            return
        if len(pairs(whole.claims.text)) < ENOUGH:
            if own and (told := self._told_elsewhere(parts, cited, strange=0.1, least=0.7)):
                yield Finding("所引条款说的是另一件事", f"这句话像是{told.named}")
            return
        tops = [top for part in (whole, *parts) if (top := best(part, cited))]
        top = max(tops, key=lambda pair: pair[0], default=None)
        inside = frozenset(cited)
        least = 0.42 if own else 0.6
        if any(item.holds(quantity) for quantity in whole.sentence.stated for item in cited):
            return
        if not own and top and top[0] > 0.3:
            return
        aside = any(part.set_aside for part in parts)
        likely = [self.facts.all[number] for number in whole.about.above(least)]
        elsewhere = best(whole, [item for item in likely if item not in inside and item.repeats(whole.sentence)])
        if own and (told := self._told_elsewhere(parts, cited)):
            yield Finding("所引条款说的是另一件事", f"这句话像是{told.named}")
            return
        if aside or not elsewhere or elsewhere[0] <= least:
            return
        if top is None or self._meant_instead(elsewhere, top, cited):
            yield Finding("所引条款说的是另一件事", f"这句话像是{elsewhere[1].named}")

    def _told_elsewhere(
        self, parts: Sequence[Part], cited: Sequence[Known], *, strange: float = _STRANGE, least: float = _IN_WORDS
    ) -> Known | None:
        """Give the fact that a part says nearly in its words, where no part has to do with what is cited."""
        if max((part.score(item) for part in parts for item in cited), default=0.0) > strange:
            return None
        inside = frozenset(cited)
        for part in parts:
            if part.set_aside or part.claims.stated or len(pairs(part.claims.text)) < _LEAST:
                continue
            likely = [self.facts.all[number] for number in part.about.above(least)]
            top = best(part, [item for item in likely if item not in inside])
            if top and top[0] > least:
                return top[1]
        return None

    def _unused(self, parts: Sequence[Part], clauses: Sequence[Clause]) -> Iterator[Finding]:
        """Of several citations each must have to do with the sentence; a slip of the number leaves one that has not."""
        for clause in clauses:
            facts = self.facts.under([clause])
            if clause.article is None or not parts or not facts:
                continue
            sides = (*parts, parts[0].as_sentence())
            if any(item.holds(quantity) for quantity in parts[0].sentence.stated for item in facts):
                continue
            own = max(part.score(item) for part in sides for item in facts)
            others = [item for item in self.facts.all if item.known.clause.regulation is clause.regulation]
            cited = frozenset(self.facts.under(clauses))
            tops = [top for part in sides if (top := best(part, [item for item in others if item not in cited]))]
            top = max(tops, key=lambda pair: pair[0], default=None)
            if top and top[0] > max(0.45, own + 0.25):
                yield Finding(f"{clause.label}{clause.number}与这句话对不上", f"这句话像是{top[1].named}")
