"""All facts in force prepared for comparison, and how much a text is about what each of them is about.

Likeness is a weighted overlap of character pairs. It only chooses *which* fact a claim is held against; it never decides
that a number is right.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from handbook.model.regulation import Fact
from handbook.rules.claims import SAME_UNITS, VERB_GROUPS, BaseWord, Claims, Quantity, Side, read_claims, topic
from handbook.rules.clauses import Clause, ClauseIndex, KnownFact

_SIDES: dict[str, Side] = {
    "不少于": "min", "以上": "min", "超过": "over", "不超过": "max", "以内": "max", "以下": "max", "不足": "under",
}  # fmt: skip
TIMES = ("次", "天", "场")
"""What is counted in a frequency."""
_TIME = ("个月", "天", "个工作日", "学时", "小时", "周")
_LENGTH = ("毫米", "厘米")

Likenesses = Sequence[float]
"""From 0 to 1, by the fact's number."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A fact prepared for comparison; equal only to itself, which keeps comparisons cheap."""

    number: int
    """Place in the list of all facts."""
    known: KnownFact
    claims: Claims
    quantities: tuple[Quantity, ...]
    topic: frozenset[str]
    verbs: frozenset[str]

    @property
    def fact(self) -> Fact:
        """The fact itself."""
        return self.known.fact

    @property
    def named(self) -> str:
        """``发展党员细则（2026）第13条：公示时间不少于5个工作日。``."""
        clause = self.known.clause
        number = clause.article.label if clause.article else ""
        return f"{clause.label}{number}：{self.fact.text}"

    def holds(self, quantity: Quantity) -> bool:
        """Tell whether the same number of the same thing stands in it."""
        return any(matches(quantity, own) for own in self.quantities)

    def rivals(self, quantity: Quantity) -> bool:
        """Tell whether another number of the same sort stands there: the same unit, another time, another frequency."""
        return any(_same_sort(own.unit, quantity.unit) for own in self.quantities)


class FactIndex:
    """All facts in force, prepared once per run."""

    def __init__(self, index: ClauseIndex) -> None:
        self.all = tuple(_prepare(number, known) for number, known in enumerate(index.fact_names.values()))
        counts = Counter(pair for item in self.all for pair in item.topic)
        total = max(1, len(self.all))
        self._weight = {pair: math.log((total + 1) / (count + 0.5)) for pair, count in counts.items()}
        self._unknown = math.log(total + 1)
        self._where: dict[str, list[int]] = {}
        for item in self.all:
            for pair in item.topic:
                self._where.setdefault(pair, []).append(item.number)
        self._sums = [self._sum(item.topic) for item in self.all]
        self._known_under: dict[tuple[str, int, str], tuple[Known, ...]] = {}
        self._numbers: dict[tuple[Fraction, Fraction, str], list[Known]] = {}
        for item in self.all:
            for key in dict.fromkeys(_key(quantity) for quantity in item.quantities):
                self._numbers.setdefault(key, []).append(item)

    def holding(self, quantity: Quantity) -> Sequence[Known]:
        """Give the facts in which the same number of the same thing stands."""
        return self._numbers.get(_key(quantity), ())

    def under(self, clauses: Sequence[Clause]) -> tuple[Known, ...]:
        """Give the facts of some clauses."""
        return tuple(dict.fromkeys(item for clause in clauses for item in self._under(clause)))

    def _under(self, clause: Clause) -> tuple[Known, ...]:
        key = (clause.regulation.id, clause.version.year, clause.citation.article_text)
        if key not in self._known_under:
            self._known_under[key] = tuple(item for item in self.all if _covers(clause, item.known.clause))
        return self._known_under[key]

    def likenesses(self, text: str) -> list[float]:
        """Give per fact: shared pairs by weight, half as share of the smaller text, half of both together."""
        about = topic(text)
        shared: dict[int, float] = {}
        for pair in about:
            for number in self._where.get(pair, ()):
                shared[number] = shared.get(number, 0.0) + self._weight[pair]
        whole = self._sum(about)
        found = [0.0] * len(self.all)
        for number, weight in shared.items():
            own = self._sums[number]
            found[number] = 0.5 * weight / min(whole, own) + weight / (whole + own)
        return found

    def _sum(self, pairs: Iterable[str]) -> float:
        return sum(self._weight.get(pair, self._unknown) for pair in pairs)


def best(about: Likenesses, items: Iterable[Known]) -> tuple[float, Known] | None:
    """Give the likeliest fact with its likeness."""
    return max(((about[item.number], item) for item in items), key=lambda pair: pair[0], default=None)


def matches(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities are the same number of the same thing, comparators aside."""
    return _key(one) == _key(other)


def frequency(unit: str) -> str:
    """Give the period of 次/月 or 天/月: they are one frequency; nothing for other units."""
    _, slash, per = unit.partition("/")
    return per if slash else ""


def _key(quantity: Quantity) -> tuple[Fraction, Fraction, str]:
    """What two equal quantities share; 次/月 and 天/月 are one frequency."""
    period = frequency(quantity.unit)
    return quantity.low, quantity.high, f"/{period}" if period else quantity.unit


def _same_sort(one: str, other: str) -> bool:
    if one == other or (one in _TIME and other in _TIME) or (one in _LENGTH and other in _LENGTH):
        return True
    return bool(frequency(one) and frequency(other))


def _prepare(number: int, known: KnownFact) -> Known:
    fact = known.fact
    claims = read_claims(fact.text)
    quantities = list(claims.quantities)
    own = _own_quantity(fact)
    if own:
        quantities = [own, *(q for q in quantities if not matches(q, own))]
    verbs = set(claims.verbs)
    if fact.verb in VERB_GROUPS:
        verbs.add(VERB_GROUPS[fact.verb])
    return Known(number, known, claims, tuple(quantities), topic(claims.text) | topic(fact.subject), frozenset(verbs))


def _own_quantity(fact: Fact) -> Quantity | None:
    if fact.number is None:
        return None
    low, _, high = fact.number.partition("—")
    start, end = Fraction(low), Fraction(high or low)
    unit = fact.unit or ""
    if unit == "年":
        start, end, unit = start * 12, end * 12, "个月"
    unit = SAME_UNITS.get(unit, unit)
    head, slash, _ = unit.partition("/")
    if slash and head not in TIMES:
        unit = head  # 学时/年: so many hours, whatever the period
    named = fact.base or ""
    base: BaseWord = "due" if named.startswith("应到") else "present" if named.startswith("实到") else ""
    return Quantity(start, end, unit, _SIDES.get(fact.comparator or "", "none"), base, fact.number)


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
