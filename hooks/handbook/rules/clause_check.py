"""Does the cited clause contain the claim? Compares what a sentence claims with the facts of the clauses it cites.

A sentence often holds two facts, so it is taken apart at its commas: each part is compared by what the part is about and,
less so, by what the whole sentence is about. Each finding names the clause's own words and, where another clause fits,
that clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbook.model.base import Strength
from handbook.rules.claims import (
    DUE,
    PRESENT,
    VERB_GROUPS,
    Claims,
    Quantity,
    Side,
    fold,
    is_contrast,
    read_claims,
    strengths_of,
    topic,
)
from handbook.rules.clauses import Clause, ClauseIndex
from handbook.rules.known_facts import FactIndex, Known, Likenesses, best, frequency, matches

_SIDE_WORDS: dict[Side, str] = {
    "min": "以上（含本数）",
    "over": "超过（不含本数）",
    "max": "不超过",
    "under": "不足",
    "none": "",
}
_BASES = {"机关总数": "机关", "应选人数": "应选", "投票人数": "投票", "全体委员": "委员", "全体党员": "党员"}
_COUNTED_BY = {
    "应到": re.compile("|".join(DUE)),
    "实到": re.compile("|".join(PRESENT)),
    "投票人数": re.compile("投票(?:的)?人数|参加投票"),
    "应选人数": re.compile("应选"),
    "候选人数": re.compile("候选人(?:总)?数"),
    "机关总数": re.compile("机关(?:人员)?总(?:人)?数"),
    "党员总数": re.compile("党员(?:总|人)数|全体党员"),
}
_TOTAL = re.compile(r"([\u4e00-\u9fff]{2})(?:总数|人数|总额)(?!达|超|不|须)")
_ONCE = re.compile("1(?:年|个月|个?季度|周|天)")
_LOOSE = ("名", "项", "个", "步", "份", "届", "级", "票", "行", "字", "次", "章", "号", "人次")
"""Measure words of everyday counting: checked only where the clause counts the same sort of thing."""
_SOFT: dict[Strength, str] = {"usual": "一般", "principle": "原则上"}
_CLEARLY = 0.2
"""By how much another fact must be likelier before we say that it is meant."""
_SURE = 0.6
"""From this likeness on a fact is what the sentence is about."""
_LIKELY = 0.45
"""From this likeness on a part of a sentence is about a fact."""
_ENOUGH = 5
"""Pairs of characters a text must have before its topic is compared at all."""
_SHORT = 3
"""A part with fewer pairs takes its topic from the sentence."""
_OWN_SHARE = 0.7
"""How much the part itself counts against the whole sentence."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a statement, and what to do."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a sentence between two commas."""

    claims: Claims
    about: Likenesses
    reach: frozenset[Strength]
    """Strengths said up to its end: 一般 at the head of a sentence reaches over its parts."""
    whole: str
    """The whole sentence, folded."""


class ClauseCheck:
    """Holds sentences against clauses."""

    def __init__(self, index: ClauseIndex) -> None:
        self.index = index
        self.facts = FactIndex(index)

    def check(self, sentence: str, clauses: Sequence[Clause], *, phrase: bool = False) -> Iterator[Finding]:
        """Hold one sentence against the clauses that cover it; of a `phrase` only numbers and verbs are compared."""
        ended = [clause for clause in clauses if not clause.in_force]
        for clause in ended:
            current = self.index.current(clause.regulation)
            remedy = f"请改引 {clause.regulation.short}（{current.year}）" if current else "请改引现行的依据"
            yield Finding(f"{clause.label}已停止施行", remedy)
        if ended or not clauses:
            return
        text = fold(re.sub(r"〔[^〕]*〕", "", sentence))
        about = self.facts.likenesses(text)
        cited = self.facts.under(clauses)
        found: list[Finding] = []
        parts = tuple(self._parts(text, about))
        for part in parts:
            if is_contrast(part.claims.text):
                continue
            for quantity in part.claims.quantities:
                check = self._implied if quantity.implied else self._quantity
                found.extend(check(quantity, part, cited))
            found.extend(self._verbs(part, cited))
            if not phrase and not any(not quantity.implied for quantity in part.claims.quantities):
                found.extend(self._words(part, cited))
        found.extend(self._dropped(parts, cited, phrase=phrase))
        if not found and not phrase:
            found.extend(self._whole(text, about, cited))
        yield from dict.fromkeys(found)

    def fitting(self, sentence: str) -> str:
        """Name the clause that fits a statement without citation; empty when none does."""
        claims = read_claims(sentence)
        stated = [quantity for quantity in claims.quantities if not quantity.implied]
        same = [item for item in self.facts.all if all(item.holds(quantity) for quantity in stated)]
        found = best(self.facts.likenesses(claims.text), same)
        return found[1].named if found and found[0] > 0.3 else ""

    def _parts(self, text: str, about: Likenesses) -> Iterator[_Part]:
        end = 0
        for match in re.finditer("[^，；：。]+", text):
            end = match.end()
            own = self.facts.likenesses(match[0])
            share = _OWN_SHARE if len(topic(match[0])) >= _SHORT else 0.0  # 最长一年: too short to be about anything
            mixed = [share * mine + (1 - share) * all_ for mine, all_ in zip(own, about, strict=True)]
            yield _Part(read_claims(match[0]), mixed, strengths_of(text[:end]), text)

    # -- quantities -------------------------------------------------------------------------------------------

    def _quantity(self, quantity: Quantity, part: _Part, cited: Sequence[Known]) -> Iterator[Finding]:
        inside = frozenset(cited)
        same = [item for item in self.facts.holding(quantity) if item in inside]
        others = [item for item in self.facts.holding(quantity) if item not in inside]
        elsewhere = best(part.about, others)
        rival = best(part.about, [item for item in cited if item.rivals(quantity) and not item.holds(quantity)])
        top = best(part.about, same)
        if top is None:
            yield from self._absent(quantity, part, cited, elsewhere, rival)
            return
        if elsewhere and elsewhere[0] > top[0] + _CLEARLY and top[0] < _SURE:
            yield Finding("所引条款说的是另一件事", f"这句话像是{elsewhere[1].named}")
            return
        speaks = len(topic(part.claims.text)) >= _ENOUGH
        if speaks and rival and rival[0] > 0.5 and rival[0] > top[0] + (_CLEARLY if rival[0] < 0.7 else _CLEARLY / 2):
            yield Finding(f"“{quantity.text}”与所引条款不符", f"条款是：{rival[1].named}")
            return
        # a share stands twice in one article with opposite comparators: only the likeliest fact may answer for it
        margin = 0.06 if quantity.unit == "比例" else max(0.15, top[0] / 2)
        likely = [item for item in same if part.about[item.number] >= top[0] - margin]
        yield from min((list(self._compare(quantity, part, item, cited)) for item in likely), key=len)

    def _absent(
        self,
        quantity: Quantity,
        part: _Part,
        cited: Sequence[Known],
        elsewhere: tuple[float, Known] | None,
        rival: tuple[float, Known] | None,
    ) -> Iterator[Finding]:
        """The number stands in no cited fact: say what stands there, or where it stands."""
        near = rival[0] if rival else 0.0
        if _ONCE.fullmatch(quantity.text) and any(frequency(own.unit) for item in cited for own in item.quantities):
            return  # 一年到头最少开一次: the period of a frequency, not a length
        answered = any(
            other is not quantity and other.unit == quantity.unit and any(item.holds(other) for item in cited)
            for other in part.claims.quantities
        )
        if (answered and quantity.unit in _LOOSE) or any(_inside(quantity, item) for item in cited):
            return
        if quantity.unit in _LOOSE and near < (_LIKELY if quantity.low == quantity.high == 1 else 0.3):
            return  # 一名, 一份, 两种: counting things, not a rule
        if rival and (elsewhere is None or near + 0.1 >= elsewhere[0]):
            yield Finding(f"“{quantity.text}”与所引条款不符", f"条款是：{rival[1].named}")
        elif elsewhere and elsewhere[0] > 0.2:
            yield Finding(f"所引条款里没有“{quantity.text}”", f"这句话像是{elsewhere[1].named}")
        else:
            close = best(part.about, cited)
            remedy = f"条款是：{close[1].named}" if close else "请改引写有这个要求的条款，或改为经验并贴标签"
            yield Finding(f"所引条款里没有“{quantity.text}”", remedy)

    def _implied(self, quantity: Quantity, part: _Part, cited: Sequence[Known]) -> Iterator[Finding]:
        """每年 without a number is held against a frequency only where the clause has one for the same matter."""
        regular = [item for item in cited if any(frequency(own.unit) for own in item.quantities)]
        top = best(part.about, regular)
        if top is None or top[0] < 0.35:
            return
        period = frequency(quantity.unit)
        near = [item for item in regular if part.about[item.number] >= top[0] - 0.1]
        if not any(frequency(own.unit) == period for item in near for own in item.quantities):
            yield Finding(f"“{quantity.text}”与所引条款不符", f"条款是：{top[1].named}")

    def _compare(self, quantity: Quantity, part: _Part, item: Known, cited: Sequence[Known]) -> Iterator[Finding]:
        own = next(known for known in item.quantities if matches(quantity, known))
        if "none" not in (quantity.side, own.side) and quantity.side != own.side:
            said = f"“{quantity.text}”是{_SIDE_WORDS[quantity.side]}，条款是{_SIDE_WORDS[own.side]}"
            yield Finding(said, f"条款是：{item.named}")
        if own.base and quantity.base and own.base != quantity.base:
            words = {"due": "应到", "present": "实到", "other": "别的人数"}
            said = f"比例的基数写成{words[quantity.base]}，条款是{words[own.base]}"
            yield Finding(said, f"条款是：{item.named}")
        wanted = _BASES.get(item.fact.base or "")
        stated = _TOTAL.search(part.claims.text)
        if wanted and stated and wanted not in stated[1]:
            yield Finding(f"比例的基数写成“{stated[0]}”，条款是“{item.fact.base}”", f"条款是：{item.named}")
        yield from self._strength(part, item, cited, quantity)

    # -- strength and verbs -----------------------------------------------------------------------------------

    def _words(self, part: _Part, cited: Sequence[Known]) -> Iterator[Finding]:
        """A part without numbers may still drop 一般 or turn 可以 into 应当."""
        top = best(part.about, cited)
        if top and top[0] >= _LIKELY and len(topic(part.claims.text)) >= _ENOUGH:
            yield from self._strength(part, top[1], cited)

    def _strength(
        self, part: _Part, item: Known, cited: Sequence[Known], quantity: Quantity | None = None
    ) -> Iterator[Finding]:
        own = item.fact.strength
        here = part.claims.strengths
        near = [known for known in cited if part.about[known.number] >= part.about[item.number] - 0.05]
        if quantity:
            near = [known for known in near if known.holds(quantity)]
        allowed = frozenset(word for known in near for word in (known.fact.strength, *known.claims.strengths))
        if own == "may" and "may" not in part.reach and "must" in here and "must" not in allowed:
            yield Finding("条款是“可以”，这里写成了必须", f"条款是：{item.named}")
        elif own == "must" and "usual" in here and "usual" not in allowed:
            yield Finding("多了“一般”，条款没有这样放宽", f"条款是：{item.named}")
        elif own == "must" and "principle" in here and "principle" not in allowed:
            yield Finding("多了“原则上”，条款没有这样放宽", f"条款是：{item.named}")
        elif own == "must" and "may" in here and "must" not in here and "may" not in allowed:
            yield Finding("条款是“应当”，这里写成了可以", f"条款是：{item.named}")

    def _dropped(self, parts: Sequence[_Part], cited: Sequence[Known], *, phrase: bool) -> Iterator[Finding]:
        """一般 and 原则上 must stand where the clause has them.

        Said in an earlier part, the word reaches over the later ones; said in a later part, it serves an earlier one
        only if that later part does not need it for a fact of its own.
        """
        meant = [self._meant(part, cited, phrase=phrase) for part in parts]
        for index, part in enumerate(parts):
            for item in meant[index]:
                strength = item.fact.strength
                if strength not in _SOFT or strength not in item.claims.strengths or strength in part.reach:
                    continue
                later = next((i for i in range(index + 1, len(parts)) if strength in parts[i].claims.strengths), None)
                if later is None or any(o.fact.strength == strength and o is not item for o in meant[later]):
                    yield Finding(f"漏了“{_SOFT[strength]}”，意思变了", f"条款是：{item.named}")

    def _meant(self, part: _Part, cited: Sequence[Known], *, phrase: bool) -> tuple[Known, ...]:
        """The facts that a part states: by its numbers, or by its topic when it has none."""
        stated = [quantity for quantity in part.claims.quantities if not quantity.implied]
        tops = [best(part.about, _agreeing(quantity, cited)) for quantity in stated]
        if not stated and not phrase and len(topic(part.claims.text)) >= _ENOUGH:
            tops = [top for top in [best(part.about, cited)] if top and top[0] >= _LIKELY]
        return tuple(dict.fromkeys(top[1] for top in tops if top))

    def _verbs(self, part: _Part, cited: Sequence[Known]) -> Iterator[Finding]:
        said = part.claims.verbs
        speaking = sorted((item for item in cited if item.verbs), key=lambda item: -part.about[item.number])
        key = VERB_GROUPS.get(speaking[0].fact.verb or "") if speaking and said else None
        if key and key not in read_claims(part.whole).verbs and part.about[speaking[0].number] >= _LIKELY:
            yield Finding(f"“{'、'.join(sorted(said))}”与所引条款不符", f"条款是：{speaking[0].named}")
            return
        for verb in sorted(said):
            same = next((item for item in speaking if verb in item.verbs), None)
            rival = next((item for item in speaking if not item.verbs & said), None)
            if same and (rival is None or part.about[rival.number] < part.about[same.number] + 0.05):
                continue
            if rival and part.about[rival.number] > 0.15:
                yield Finding(f"“{verb}”与所引条款不符", f"条款是：{rival.named}")
                continue
            elsewhere = best(part.about, [item for item in self.facts.all if verb in item.verbs])
            if not same and elsewhere and elsewhere[0] > 0.35:
                yield Finding(f"所引条款里没有“{verb}”", f"这句话像是{elsewhere[1].named}")

    # -- the whole sentence -----------------------------------------------------------------------------------

    def _whole(self, text: str, about: Likenesses, cited: Sequence[Known]) -> Iterator[Finding]:
        """A statement whose numbers and verbs agree, or that has none: is it about what the clause is about?"""
        if len(topic(text)) < _ENOUGH:
            return
        top = best(about, cited)
        inside = frozenset(cited)
        elsewhere = best(about, [item for item in self.facts.all if item not in inside])
        own = top[0] if top else 0.0
        stated = [quantity for quantity in read_claims(text).quantities if not quantity.implied]
        answered = any(item.holds(quantity) for quantity in stated for item in cited)
        if not answered and elsewhere and elsewhere[0] > 0.42 and elsewhere[0] > own + _CLEARLY and own < _SURE:
            yield Finding("所引条款说的是另一件事", f"这句话像是{elsewhere[1].named}")
        elif top and own >= _LIKELY:
            said, meant = _bases(text), _bases(top[1].claims.text)
            if said - meant and meant - said:
                words = f"以“{'、'.join(sorted(said - meant))}”为基数，条款是“{'、'.join(sorted(meant - said))}”"
                yield Finding(words, f"条款是：{top[1].named}")


def _bases(text: str) -> frozenset[str]:
    """Whose number a text counts by."""
    return frozenset(name for name, words in _COUNTED_BY.items() if words.search(text))


def _inside(quantity: Quantity, item: Known) -> bool:
    """一名或者两名 spells out a range of 1—2."""
    return quantity.side == "none" and any(
        own.unit == quantity.unit and own.low < own.high and own.low <= quantity.low <= quantity.high <= own.high
        for own in item.quantities
    )


def _agreeing(quantity: Quantity, cited: Sequence[Known]) -> list[Known]:
    """The facts that hold a number, those first whose comparator does not contradict it."""
    same = [item for item in cited if item.holds(quantity)]
    agreeing = [
        item
        for item in same
        if any(
            matches(quantity, own) and ("none" in (own.side, quantity.side) or own.side == quantity.side)
            for own in item.quantities
        )
    ]
    return agreeing or same
