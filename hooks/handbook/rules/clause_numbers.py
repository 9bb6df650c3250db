"""Numbers of a sentence held against those of a fact: comparators, bases, tables of rates, numbers spelt out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from handbook.rules.claims import MONEY, RATE, REACHED, SHARES, Quantity
from handbook.rules.clause_words import Finding
from handbook.rules.known_facts import Known, matches, rival_units
from handbook.rules.parts import Part, best
from handbook.rules.shares import BASE_WORDS, dropped_qualifier

_SIDE_WORDS = {
    "min": "以上（含本数）",
    "over": "超过（不含本数）",
    "max": "不超过",
    "under": "不足",
    "exact": "正好这个数",
}
Answered = dict[Known, list[Quantity]]
_SURELY = 0.8
"""From this likeness on a number without words of its own is that of the fact which the sentence states."""
CLEARLY = 0.2
"""By how much another fact must be likelier before we say that it is meant."""


def answered(parts: Sequence[Part], cited: Sequence[Known]) -> Answered:
    """Give per fact the numbers for which it is the likeliest: those it answers for, and no others."""
    taken: Answered = {}
    for part in parts:
        for quantity in part.claims.stated:
            top = best(part, [item for item in cited if item.holds(quantity)])
            if top:
                taken.setdefault(top[1], []).append(quantity)
    return taken


def rivals(item: Known, quantity: Quantity, taken: Answered) -> bool:
    """Tell whether a fact holds another number of the same sort, one that no other number of the sentence repeats."""
    if not item.rivals(quantity) or item.holds(quantity):
        return False
    same_sort = [own for own in item.quantities if rival_units(own.unit, quantity.unit)]
    return not all(any(matches(own, other) for other in taken.get(item, ())) for own in same_sort)


def overtakes(rival: tuple[float, Known], top: tuple[float, Known], part: Part) -> bool:
    """Tell whether a fact with another number is meant rather than the one in which the number happens to stand."""
    if part.apart(top[1]) > part.apart(rival[1]):
        return rival[0] > 0.3 and rival[0] > top[0] + 0.05
    speaks = part.speaks or (part.share == 0 and rival[0] > _SURELY)  # 设3名书记: the sentence says of whom
    return speaks and rival[0] > 0.5 and rival[0] > top[0] + (CLEARLY if rival[0] < 0.7 else CLEARLY / 2)


def held(part: Part, item: Known) -> int:
    """How many of the numbers of a part a fact holds."""
    return sum(item.holds(quantity) for quantity in part.claims.stated)


def compare(quantity: Quantity, part: Part, item: Known) -> Iterator[Finding]:
    """Hold the comparator and the base of a number against those of a fact in which the number stands."""
    own = item.own(quantity)
    if own is None:
        return
    if _opposed(quantity, own, part):
        said = f"“{quantity.text}”是{_SIDE_WORDS[quantity.side]}，条款是{_SIDE_WORDS[own.side]}"
        yield Finding(said, f"条款是：{item.named}")
    base = quantity.base or (part.base if quantity.unit in SHARES else "")
    if not base and quantity.unit == RATE:  # 在…里的占比，一般为…: named in the piece before
        base = next((other.base for other in part.sentence.stated if matches(other, quantity) and other.base), "")
    lenient = base == "members" and own.base in ("due", "present", "all")
    if own.base == base and (right := dropped_qualifier(item.fact.base, part.sentence.text)):
        yield Finding(f"比例的基数漏了“有{right}”", f"条款是：{item.named}")
    elif own.base and base and own.base != base and not lenient:
        said = f"比例的基数写成“{BASE_WORDS[base]}”，条款是“{BASE_WORDS[own.base]}”"
        yield Finding(said, f"条款是：{item.named}")
    elif quantity.counted == "due" != own.counted:
        said = f"把“{BASE_WORDS[own.counted or 'votes']}”的人数写成了“{BASE_WORDS[quantity.counted]}”"
        yield Finding(said, f"条款是：{item.named}")


def tiers(quantity: Quantity, part: Part, cited: Sequence[Known]) -> list[Known] | None:
    """Of a table of bounds and rates (3000元以下按0.5%): the rows whose bounds the sentence names just before the rate.

    None where the clause has no such rows; then each number is compared by itself.
    """
    rows = [item for item in cited if {MONEY, RATE} <= {own.unit for own in item.quantities}]
    if not rows or quantity.unit not in (MONEY, RATE):
        return None
    if quantity.unit == MONEY:
        return rows
    said = part.sentence.stated
    at = said.index(quantity) if quantity in said else 0
    bounds = list(takewhile(lambda other: other.unit == MONEY, reversed(said[:at])))
    return [row for row in rows if all(_agrees(bound, row) for bound in bounds)] if bounds else None


def misbounded(quantity: Quantity, part: Part, rows: Sequence[Known]) -> bool:
    """Tell whether a bound stands in the rows only with other comparators: 不少于3000元 where they have 以下 and 超过."""
    if quantity.side == "none" or quantity.low < quantity.high or part.denies:
        return False
    sides = {own.side for row in rows for own in row.quantities if matches(quantity, own)} - {"none"}
    return bool(sides) and quantity.side not in sides


def _bounds(quantity: Quantity, row: Known) -> bool:
    """超过3000元到5000元, 3001元到5000元: both bounds of a row said as one range."""
    ends = {own.low for own in row.quantities}
    return quantity.high in ends and (quantity.low in ends or quantity.low - 1 in ends)


def _agrees(bound: Quantity, row: Known) -> bool:
    if bound.low < bound.high:
        return _bounds(bound, row)
    sides = {own.side for own in row.quantities if matches(bound, own)}
    # 10000元以下（含10000元）: said again in brackets, the bound has no comparing word and keeps that of before
    return bool(sides) and (bound.side == "none" or bound.side in sides or sides == {"none"})


def _opposed(quantity: Quantity, own: Quantity, part: Part) -> bool:
    """Tell whether two comparators contradict each other: 不满1年的不能 is 1年以上, both ways of saying it."""
    if "none" in (quantity.side, own.side) or quantity.side == own.side or own.low < own.high:
        return False
    if {quantity.side, own.side} in ({"min", "under"}, {"over", "max"}):
        # the two sides of one bound: 不满1年的不能, 超过50人就偏大了：一般不超过50人
        return not part.denies and not any(
            matches(other, own) and other.side == own.side for other in part.sentence.stated
        )
    return not (own.side == "exact" and quantity.side == "min" and quantity.text.startswith(REACHED))


def spelt_out(quantity: Quantity, part: Part, cited: Sequence[Known]) -> bool:
    """一名, 两名都可以: numbers inside a range that the sentence gives in full elsewhere; 含3000元 repeats a bound."""
    said = part.sentence.stated
    for item in cited:
        if part.apart(item):
            continue
        if quantity.unit == MONEY and quantity.low < quantity.high and _bounds(quantity, item):
            return True
        for own in item.quantities:
            if (
                own.unit == quantity.unit
                and own.low < own.high
                and own.low <= quantity.low
                and quantity.high <= own.high
            ):
                ends = {other.low for other in said if other.unit == own.unit}
                whole = any((other.low, other.high) == (own.low, own.high) for other in said)
                if quantity.side == "none" and quantity.low == quantity.high and (whole or {own.low, own.high} <= ends):
                    return True
    return False
