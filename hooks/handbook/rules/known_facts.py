"""A fact prepared for comparison: its numbers, verbs and topics, and the pairs of characters that say what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from handbook.model.regulation import Fact
from handbook.rules.claims import PASSED, SAME_UNITS, VERB_GROUPS, Claims, Quantity, Side, read_claims
from handbook.rules.clauses import KnownFact
from handbook.rules.numerals import fold
from handbook.rules.shares import base_of_fact
from handbook.rules.wording import Kinds, canonical, mask, special, topics_named, values_named

_SIDES: dict[str, Side] = {
    "不少于": "min", "以上": "min", "超过": "over", "不超过": "max", "以内": "max", "以下": "max", "不足": "under", "等于": "exact",
}  # fmt: skip
_SAYS_HOW = re.compile(
    "(?:不[得能可应要准许]?)?(?:超过|少于|低于|多于|高于)|至少|最少|起码|至多|最多|最长|最短|及?以[上下内]|之内|应当|应该|必须|一般|通常|原则上|可以|不[得能准许]"
    "|才[能可行算]|方[可能]|须|左右|同意|备案|审批|批准"
)
"""Words that say how much and how strictly, not about what."""
_HAN = re.compile("[\u4e00-\u9fff]+")
TIMES = ("次", "天", "场")
"""What is counted in a frequency."""
_TIME = ("个月", "天", "个工作日", "学时", "小时", "周")
_PARTS = ("%", "‰", "比例")
_LENGTH = ("字", "页")


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
    topics: Kinds
    """Which of the words that rule each other out it is about."""
    values: Kinds
    """Which of the words that may not be exchanged it says."""
    mask: int
    """In which contrasts of topics it names something."""
    plain: bool
    """States no number."""
    special: bool
    """Rules something for villages only."""
    keys: frozenset[tuple[int, int, int, int, str]]
    """Those of its quantities."""
    ranged: bool
    """Has a number with two ends."""
    passed: bool
    """A meeting decides it."""
    source: str
    """Where it stands if not in the text itself."""

    @property
    def fact(self) -> Fact:
        """The fact itself."""
        return self.known.fact

    @property
    def text(self) -> str:
        """Its sentence, folded."""
        return self.claims.text

    @property
    def named(self) -> str:
        """``发展党员细则（2026）第13条：公示时间不少于5个工作日。``."""
        clause = self.known.clause
        number = clause.article.label if clause.article else ""
        return f"{clause.label}{number}：{self.fact.text}"

    def repeats(self, sentence: Claims) -> bool:
        """Tell whether a sentence says its numbers, or it has none: else the sentence is hardly this fact."""
        periods = {frequency(quantity.unit) for quantity in sentence.quantities}
        return self.plain or any(
            own.implied or frequency(own.unit) in periods - {""} or any(matches(own, said) for said in sentence.stated)
            for own in self.quantities
        )

    def holds(self, quantity: Quantity) -> bool:
        """Tell whether the same number of the same thing stands in it; 最少1名 and 最多2名 are the ends of 1—2名."""
        return quantity.key in self.keys or (self.ranged and any(_end(quantity, own) for own in self.quantities))

    def own(self, quantity: Quantity) -> Quantity | None:
        """Give the number in it that a quantity repeats."""
        return next((own for own in self.quantities if matches(quantity, own)), None)

    def rivals(self, quantity: Quantity) -> bool:
        """Tell whether another number of the same sort stands there: the same unit, another time, another frequency."""
        return any(rival_units(own.unit, quantity.unit) for own in self.quantities if own.implied <= quantity.implied)


@lru_cache(maxsize=8192)
def pairs(text: str) -> frozenset[str]:
    """Give the pairs of Han characters of a text without its numbers: what it is about."""
    runs = _HAN.findall(_SAYS_HOW.sub(" ", canonical(text)))
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


def matches(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities are the same number of the same thing, comparators aside."""
    return one.key == other.key


def frequency(unit: str) -> str:
    """Give the period of 次/月 or 天/月: they are one frequency; nothing for other units."""
    _, slash, per = unit.partition("/")
    return per if slash else ""


def _end(quantity: Quantity, own: Quantity) -> bool:
    if own.low == own.high or quantity.low != quantity.high or own.unit != quantity.unit:
        return False
    return (quantity.side == "min" and quantity.low == own.low) or (quantity.side == "max" and quantity.low == own.high)


def rival_units(one: str, other: str) -> bool:
    """Tell whether numbers of two units may stand for each other: lengths of time, frequencies."""
    if one == other or any(one in sort and other in sort for sort in (_TIME, _PARTS, _LENGTH)):
        return True
    return bool(frequency(one) and frequency(other))


def prepare(number: int, known: KnownFact) -> Known:
    """Give a fact ready for comparison; `number` is its place in the list of all."""
    fact = known.fact
    claims = read_claims(fact.text)
    quantities = list(claims.quantities)
    own = _own_quantity(fact)
    if own:
        told = next((q for q in quantities if matches(q, own) and (q.counted or q.base)), None)
        own = replace(own, counted=told.counted, base=own.base or told.base) if told else own
        quantities = [own, *(q for q in quantities if not matches(q, own))]
    per = (fact.unit or "").partition("/")[2]
    if per and not any(frequency(quantity.unit) for quantity in quantities):
        period = read_claims(f"每{per}1次").quantities
        quantities += [replace(quantity, implied=True, text=f"每{per}") for quantity in period]
    verbs = set(claims.verbs)
    if fact.verb in VERB_GROUPS:
        verbs.add(VERB_GROUPS[fact.verb])
    whole = fold(f"{fact.subject}：{fact.text}")
    topics, values = topics_named(whole), values_named(fold(fact.text))
    plain = all(own.implied for own in quantities)
    return Known(
        number,
        known,
        claims,
        tuple(quantities),
        pairs(whole),
        frozenset(verbs),
        topics,
        values,
        mask(topics),
        plain,
        special(whole),
        frozenset(own.key for own in quantities),
        any(own.low < own.high for own in quantities),
        PASSED.fullmatch(fact.verb or "") is not None,
        fact.source or "",
    )


def _own_quantity(fact: Fact) -> Quantity | None:
    if fact.number is None:
        return None
    low, _, high = fact.number.partition("—")
    start, end = Fraction(low), Fraction(high or low)
    unit = fact.unit or ""
    if unit == "年":
        start, end, unit = start * 12, end * 12, "个月"
    unit = SAME_UNITS.get(unit, unit)
    head, slash, per = unit.partition("/")
    if slash and head in TIMES:
        unit = f"次/{_period(per)}"
    elif slash:
        unit = SAME_UNITS.get(head, head)  # 学时/年: so many hours, whatever the period
    side = _SIDES.get(fact.comparator or "", "none")
    return Quantity(start, end, unit, side, base_of_fact(fact.base), fact.number)


def _period(word: str) -> str:
    """Write 半年 and 季度 as claims do."""
    found = read_claims(f"每{word}1次").quantities
    return frequency(found[0].unit) if found else word
