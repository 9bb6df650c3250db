"""Does the cited clause contain the claim? Compares what a sentence claims with the facts of the clauses it cites.

Each finding names the clause's own words and, where another clause fits, that clause. Similarity of topic is a weighted
overlap of character pairs: it only chooses *which* fact a claim is held against, it never decides alone that a number is right.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from handbook.model.regulation import Fact
from handbook.rules.claims import (
    DUE,
    PRESENT,
    SAME_UNITS,
    VERB_GROUPS,
    BaseWord,
    Claims,
    Quantity,
    Side,
    read_claims,
    segment,
    strengths_of,
    topic,
)
from handbook.rules.clauses import Clause, ClauseIndex, KnownFact

_SIDES: dict[str, Side] = {
    "不少于": "min", "以上": "min", "超过": "over", "不超过": "max", "以内": "max", "以下": "max", "不足": "under",
}  # fmt: skip
_CLEARLY = 0.2
"""By how much another fact must be likelier before we say that it is meant."""
_SURE = 0.6
"""From this likeness on a fact is what the sentence is about."""
_ENOUGH = 7
"""Pairs of characters a sentence must have before its topic is compared at all."""
_LOOSE = ("名", "项", "个", "步", "份", "级", "票", "行", "字", "次", "章", "号", "人次")
"""Measure words of everyday counting: checked only where the clause counts the same sort of thing."""
_TIME = ("个月", "天", "个工作日", "学时", "小时", "周")
_SIDE_WORDS: dict[Side, str] = {
    "min": "以上（含本数）",
    "over": "超过（不含本数）",
    "max": "不超过",
    "under": "不足",
    "none": "",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a statement, and what to do."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A fact prepared for comparison."""

    number: int
    """Place in the list of all facts: likenesses are kept by it."""
    known: KnownFact
    claims: Claims
    quantities: tuple[Quantity, ...]
    topic: frozenset[str]
    verbs: frozenset[str]

    @property
    def fact(self) -> Fact:
        return self.known.fact

    @property
    def named(self) -> str:
        """``发展党员细则（2026）第13条：公示时间不少于5个工作日。``."""
        clause = self.known.clause
        number = clause.article.label if clause.article else ""
        return f"{clause.label}{number}：{self.fact.text}"


Likenesses = Sequence[float]
"""How much a sentence is about what each fact is about, by the fact's number."""


class ClauseCheck:
    """All facts in force, prepared once per run."""

    def __init__(self, index: ClauseIndex) -> None:
        self.index = index
        self._all = tuple(_prepare(number, known) for number, known in enumerate(index.fact_names.values()))
        counts = Counter(pair for item in self._all for pair in item.topic)
        total = max(1, len(self._all))
        self._weight = {pair: math.log((total + 1) / (count + 0.5)) for pair, count in counts.items()}
        self._unknown = math.log(total + 1)
        self._where: dict[str, list[int]] = {}
        for item in self._all:
            for pair in item.topic:
                self._where.setdefault(pair, []).append(item.number)
        self._sums = [self._sum(item.topic) for item in self._all]

    def check(self, sentence: str, clauses: Sequence[Clause], *, phrase: bool = False) -> Iterator[Finding]:
        """Hold one sentence against the clauses that cover it; of a `phrase` only numbers and verbs are compared."""
        ended = [clause for clause in clauses if not clause.in_force]
        for clause in ended:
            current = self.index.current(clause.regulation)
            remedy = f"请改引 {clause.regulation.short}（{current.year}）" if current else "请改引现行的依据"
            yield Finding(f"{clause.label}已停止施行", remedy)
        if ended or not clauses:
            return
        claims = read_claims(sentence)
        about = self._likenesses(topic(claims.text))
        cited = [item for item in self._all if any(_covers(clause, item.known.clause) for clause in clauses)]
        stated = [quantity for quantity in claims.quantities if not quantity.implied]
        found = [finding for quantity in stated for finding in self._quantity(quantity, claims, about, cited)]
        found.extend(self._verbs(claims, about, cited))
        if not found and not phrase:
            found.extend(self._whole(claims, about, cited))
        yield from dict.fromkeys(found)

    def fitting(self, sentence: str) -> str:
        """Name the clause that fits a statement without citation; empty when none does."""
        claims = read_claims(sentence)
        about = self._likenesses(topic(claims.text))
        best = self._best(about, [item for item in self._all if _same_numbers(claims, item)])
        return best[1].named if best and best[0] > 0.3 else ""

    # -- one quantity -----------------------------------------------------------------------------------------

    def _quantity(
        self, quantity: Quantity, claims: Claims, about: Likenesses, cited: Sequence[_Known]
    ) -> Iterator[Finding]:
        same = [(about[item.number], item) for item in cited if _equal(quantity, item)]
        elsewhere = self._best(about, [item for item in self._all if item not in cited and _equal(quantity, item)])
        if not same:
            finding = self._absent(quantity, about, cited, elsewhere)
            if finding:
                yield finding
            return
        top = max(likeness for likeness, _ in same)
        if elsewhere and elsewhere[0] > top + _CLEARLY and top < _SURE:
            yield Finding("所引条款说的是另一件事", f"这句话像是{elsewhere[1].named}")
            return
        # a share stands twice in one article with opposite comparators: only the likeliest fact may answer for it
        margin = 0.08 if quantity.unit == "比例" else max(0.2, top / 2)
        likely = [item for likeness, item in same if likeness >= top - margin]
        yield from min((list(self._compare(quantity, claims, item, cited, about)) for item in likely), key=len)

    def _absent(
        self, quantity: Quantity, about: Likenesses, cited: Sequence[_Known], elsewhere: tuple[float, _Known] | None
    ) -> Finding | None:
        """The number stands in no cited fact: say what stands there, or where it stands."""
        rivals = self._best(about, [item for item in cited if _comparable(quantity, item)])
        if quantity.unit in _LOOSE and (quantity.low == quantity.high == 1 or rivals is None or rivals[0] < 0.3):
            return None  # 一名, 一份, 两种: counting things, not a rule
        if rivals and (elsewhere is None or rivals[0] + 0.1 >= elsewhere[0]):
            return Finding(f"“{quantity.text}”与所引条款不符", f"条款是：{rivals[1].named}")
        if elsewhere and elsewhere[0] > 0.2:
            return Finding(f"所引条款里没有“{quantity.text}”", f"这句话像是{elsewhere[1].named}")
        close = self._best(about, cited)
        remedy = f"条款是：{close[1].named}" if close else "请改引写有这个要求的条款，或改为经验并贴标签"
        return Finding(f"所引条款里没有“{quantity.text}”", remedy)

    def _compare(
        self, quantity: Quantity, claims: Claims, item: _Known, cited: Sequence[_Known], about: Likenesses
    ) -> Iterator[Finding]:
        own = next(known for known in item.quantities if _matches(quantity, known))
        if "none" not in (quantity.side, own.side) and quantity.side != own.side:
            said = f"“{quantity.text}”是{_SIDE_WORDS[quantity.side]}，条款是{_SIDE_WORDS[own.side]}"
            yield Finding(said, f"条款是：{item.named}")
        if own.base and quantity.base and own.base != quantity.base:
            words = {"due": "应到", "present": "实到"}
            said = f"比例的基数写成{words[quantity.base]}，条款是{words[own.base]}"
            yield Finding(said, f"条款是：{item.named}")
        yield from self._strength(claims, item, cited, about, quantity.text)

    def _strength(
        self, claims: Claims, item: _Known, cited: Sequence[_Known], about: Likenesses, part: str = ""
    ) -> Iterator[Finding]:
        said = claims.strengths
        here = strengths_of(segment(claims.text, part)) if part else said
        own = item.fact.strength
        near = [known for known in cited if about[known.number] > 0.2]
        allowed = frozenset(word for known in near for word in (known.fact.strength, *known.claims.strengths))
        if own == "usual" and "usual" in item.claims.strengths and "usual" not in said:
            yield Finding("漏了“一般”，意思变了", f"条款是：{item.named}")
        elif own == "principle" and "principle" not in said:
            yield Finding("漏了“原则上”，意思变了", f"条款是：{item.named}")
        elif own == "may" and "may" not in said and "must" in said and "must" not in allowed:
            yield Finding("条款是“可以”，这里写成了必须", f"条款是：{item.named}")
        elif own == "must" and "usual" in here and "usual" not in allowed:
            yield Finding("多了“一般”，条款没有这样放宽", f"条款是：{item.named}")
        elif own == "must" and "may" in said and "must" not in said and "may" not in allowed:
            yield Finding("条款是“应当”，这里写成了可以", f"条款是：{item.named}")

    # -- verbs, and statements without numbers ----------------------------------------------------------------

    def _verbs(self, claims: Claims, about: Likenesses, cited: Sequence[_Known]) -> Iterator[Finding]:
        speaking = sorted((item for item in cited if item.verbs), key=lambda item: -about[item.number])
        for verb in sorted(claims.verbs):
            same = next((item for item in speaking if verb in item.verbs), None)
            rival = next((item for item in speaking if not item.verbs & claims.verbs), None)
            if same and (rival is None or about[rival.number] < about[same.number] + 0.12):
                continue
            if rival and about[rival.number] > 0.15:
                yield Finding(f"“{verb}”与所引条款不符", f"条款是：{rival.named}")
                continue
            elsewhere = self._best(about, [item for item in self._all if verb in item.verbs])
            if not same and elsewhere and elsewhere[0] > 0.35:
                yield Finding(f"所引条款里没有“{verb}”", f"这句话像是{elsewhere[1].named}")

    def _whole(self, claims: Claims, about: Likenesses, cited: Sequence[_Known]) -> Iterator[Finding]:
        """A statement whose numbers and verbs agree, or that has none: is it about what the clause is about?"""
        if len(topic(claims.text)) < _ENOUGH:
            return
        best = self._best(about, cited)
        elsewhere = self._best(about, [item for item in self._all if item not in cited])
        own = best[0] if best else 0.0
        if elsewhere and elsewhere[0] > 0.42 and elsewhere[0] > own + _CLEARLY and own < _SURE:
            yield Finding("所引条款说的是另一件事", f"这句话像是{elsewhere[1].named}")
            return
        if best is None or own < _SURE:
            return
        lost = any(w in best[1].claims.text for w in DUE) and not any(w in claims.text for w in DUE)
        if lost and any(w in claims.text for w in PRESENT):
            yield Finding("写成了“实到”，条款是“应到”", f"条款是：{best[1].named}")
        if not [q for q in claims.quantities if not q.implied]:
            yield from self._strength(claims, best[1], cited, about)

    # -- likeness ---------------------------------------------------------------------------------------------

    def _best(self, about: Likenesses, items: Iterable[_Known]) -> tuple[float, _Known] | None:
        ranked = [(about[item.number], item) for item in items]
        return max(ranked, key=lambda pair: pair[0]) if ranked else None

    def _likenesses(self, about: frozenset[str]) -> Likenesses:
        """From 0 to 1 per fact: shared pairs by weight, half as share of the smaller text, half of both together."""
        shared: dict[int, float] = {}
        for pair in about:
            for number in self._where.get(pair, ()):
                shared[number] = shared.get(number, 0.0) + self._weight[pair]
        whole = self._sum(about)
        found = [0.0] * len(self._all)
        for number, weight in shared.items():
            own = self._sums[number]
            found[number] = 0.5 * weight / min(whole, own) + weight / (whole + own)
        return found

    def _sum(self, pairs: Iterable[str]) -> float:
        return sum(self._weight.get(pair, self._unknown) for pair in pairs)


def _prepare(number: int, known: KnownFact) -> _Known:
    fact = known.fact
    claims = read_claims(fact.text)
    quantities = list(claims.quantities)
    own = _own_quantity(fact)
    if own:
        quantities = [own, *(q for q in quantities if not _matches(q, own))]
    verbs = set(claims.verbs)
    if fact.verb in VERB_GROUPS:
        verbs.add(VERB_GROUPS[fact.verb])
    return _Known(number, known, claims, tuple(quantities), topic(claims.text) | topic(fact.subject), frozenset(verbs))


def _own_quantity(fact: Fact) -> Quantity | None:
    if fact.number is None:
        return None
    low, _, high = fact.number.partition("—")
    start, end = Fraction(low), Fraction(high or low)
    unit = fact.unit or ""
    if unit == "年":
        start, end, unit = start * 12, end * 12, "个月"
    unit = SAME_UNITS.get(unit, unit)
    base: BaseWord = (
        "due" if (fact.base or "").startswith("应到") else "present" if (fact.base or "").startswith("实到") else ""
    )
    return Quantity(start, end, unit, _SIDES.get(fact.comparator or "", "none"), base, fact.number)


def _matches(one: Quantity, other: Quantity) -> bool:
    if (one.low, one.high) != (other.low, other.high):
        return False
    return one.unit == other.unit or _frequency(one.unit) == _frequency(other.unit) != ""


def _frequency(unit: str) -> str:
    """次/月 and 天/月 are one frequency."""
    _, slash, per = unit.partition("/")
    return per if slash else ""


def _equal(quantity: Quantity, item: _Known) -> bool:
    return any(_matches(quantity, own) for own in item.quantities)


def _comparable(quantity: Quantity, item: _Known) -> bool:
    """Another number of the same sort stands there: the same unit, another time, another frequency."""
    for own in item.quantities:
        if own.unit == quantity.unit or (own.unit in _TIME and quantity.unit in _TIME):
            return True
        if _frequency(own.unit) and _frequency(quantity.unit):
            return True
    return False


def _same_numbers(claims: Claims, item: _Known) -> bool:
    return all(_equal(quantity, item) for quantity in claims.quantities if not quantity.implied)


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
