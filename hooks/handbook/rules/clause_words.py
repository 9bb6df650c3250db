"""Words that change a statement: 一般 and 应当, 备案 and 审批, 宣誓之日 and 通过之日; held against the clause's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbook.model.base import Strength
from handbook.rules.claims import PASSED, VERB_GROUPS, Quantity, verbs_done
from handbook.rules.known_facts import Known, matches, pairs
from handbook.rules.parts import ENOUGH, LIKELY, Part, best
from handbook.rules.wording import NEEDS, START, SURE, VALUES, words_of

_SOFT: dict[Strength, str] = {"usual": "一般", "principle": "原则上"}
_SURELY = 0.55
"""From this likeness on a whole sentence states a fact that has no number."""
_ALONE = 0.1
"""The same for a number without words of its own that stands in one cited fact only."""
_PASSED = 0.4
"""From this likeness on a part is about what a meeting passes."""
_OUTDONE = 0.2
_CLEARLY = 0.15
_SHORT = 60
"""A sentence up to this length speaks of one thing that starts."""
_NEAR = 0.08
"""Facts this close to the likeliest one may be meant as well."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a statement, and what to do."""

    message: str
    remedy: str


def verb_findings(part: Part, cited: Sequence[Known], every: Sequence[Known]) -> Iterator[Finding]:
    """Hold 同意, 备案, 审批 against the verb of the fact that the part is about."""
    said = part.claims.verbs
    if not said:
        return
    speaking = [item for item in cited if item.verbs or item.claims.named]
    passed = best(part, [item for item in cited if item.passed and not item.claims.named])
    if passed and passed[0] > _PASSED and "must" in part.claims.strengths and not PASSED.search(part.claims.text):
        rivals = best(part, speaking)
        if rivals is None or rivals[0] < passed[0]:
            yield Finding(f"写成了“{'、'.join(sorted(said))}”，条款是“通过”", f"条款是：{passed[1].named}")
            return
    holding = [item for item in speaking if any(item.holds(quantity) for quantity in part.claims.stated)]
    speaking = holding or speaking
    whole = _of_whole(part, speaking)
    top = whole or best(part, speaking)
    if top and top[0] > 0.2:
        near = [top[1]] if whole else [item for item in speaking if part.score(item) >= top[0] - 0.05]
        earlier = verbs_done(part.claims.text)
        told = frozenset[str]().union(*(item.claims.named for item in cited))
        wrong = sorted(
            verb
            for verb in said
            if not any(verb in (item.verbs or item.claims.named) for item in near)
            and not (verb in earlier and verb in told)
        )
        key = VERB_GROUPS.get(top[1].fact.verb or "")
        if wrong and (not said & (top[1].verbs or top[1].claims.named) or (key and key not in said)):
            yield Finding(f"“{'、'.join(wrong)}”与所引条款不符", f"条款是：{top[1].named}")
        return
    for verb in sorted(said):
        elsewhere = best(part, [item for item in every if verb in item.verbs])
        if elsewhere and elsewhere[0] > 0.35 and not any(verb in item.verbs for item in cited):
            likeliest = best(part, every)
            meant = likeliest if likeliest and likeliest[0] > elsewhere[0] + _CLEARLY else elsewhere
            yield Finding(f"所引条款里没有“{verb}”", f"这句话像是{meant[1].named}")


def _of_whole(part: Part, speaking: Sequence[Known]) -> tuple[float, Known] | None:
    """任期内要换书记的，须报上级审批: the piece before says of what; the fact that the whole sentence surely states."""
    if part.sentence.verbs != part.claims.verbs:
        return None
    whole = part.as_sentence()
    top = best(whole, speaking)
    if top is None or top[0] < _SURELY:
        return None
    second = best(whole, [item for item in speaking if item is not top[1]])
    return top if second is None or top[0] > second[0] + _OUTDONE else None


def value_findings(part: Part, cited: Sequence[Known]) -> Iterator[Finding]:
    """Hold words that exclude each other against those of the fact: 支部大会通过之日 or 宣誓之日, 上季度 or 上年度."""
    for place, contrast in enumerate(VALUES):
        said = part.values[place]
        if not said:
            continue
        needs = NEEDS[place]
        speaking = [item for item in cited if item.values[place]]
        if needs is not None:
            speaking = [item for item in speaking if item.topics[needs] & part.topics[needs]]
        sole = contrast.name == START and not any(item.values[place] & said for item in speaking)
        top = best(part.as_sentence() if sole and len(part.sentence.text) < _SHORT else part, speaking)
        least = LIKELY if contrast.needs == SURE else _ALONE if sole else 0.25
        if top is None or top[0] < least or top[1].values[place] & said or (contrast.needs == SURE and not part.speaks):
            continue
        if any(item.values[place] & said and part.score(item) >= top[0] - _NEAR for item in speaking):
            continue
        own = words_of(contrast, top[1].values[place])
        yield Finding(f"写成了“{words_of(contrast, said)}”，条款是“{own}”", f"条款是：{top[1].named}")


def strength_findings(parts: Sequence[Part], cited: Sequence[Known], *, phrase: bool, own: bool) -> Iterator[Finding]:
    """Hold 应当, 一般, 原则上 and 可以 against the clause's."""
    meant = [() if part.set_aside else _meant(part, cited, phrase=phrase) for part in parts]
    for part, items in zip(parts, meant, strict=True):
        for item in items:
            yield from _raised(part, item, cited)
        if not part.set_aside:
            yield from _exchanged(part, cited)
    yield from _dropped(parts, meant)
    if any(part.example for part in parts):
        return
    if own and parts and not phrase and not parts[0].sentence.stated and len(pairs(parts[0].sentence.text)) > ENOUGH:
        top = best(parts[0].as_sentence(), cited)
        strength = top[1].fact.strength if top and top[0] >= _SURELY and top[1].plain else "must"
        worded = top is not None and strength in top[1].claims.strengths  # 推荐用小标宋体 has no 一般 to lose
        if top and worded and strength in _SOFT and strength not in parts[0].sentence.strengths:
            yield Finding(f"漏了“{_SOFT[strength]}”，意思变了", f"条款是：{top[1].named}")


def _raised(part: Part, item: Known, cited: Sequence[Known]) -> Iterator[Finding]:
    own = item.fact.strength
    here = part.claims.strengths
    stated = part.claims.stated
    least = part.score(item) * (0.6 if stated else 1) - 0.05
    near = [known for known in cited if part.score(known) >= least]
    near = [known for known in near if not stated or any(known.holds(quantity) for quantity in stated)] or [item]
    allowed = frozenset(word for known in near for word in (known.fact.strength, *known.claims.strengths))
    if own == "may" and "may" not in part.reach and "must" in here and "must" not in allowed:
        yield Finding("条款是“可以”，这里写成了“应当”", f"条款是：{item.named}")
    elif own == "must" and "usual" in here and "usual" not in allowed:
        yield Finding("多了“一般”，条款没有这样放宽", f"条款是：{item.named}")
    elif own == "must" and "principle" in here and "principle" not in allowed:
        yield Finding("多了“原则上”，条款没有这样放宽", f"条款是：{item.named}")
    elif (
        own == "must"
        and ("must" in item.claims.strengths or stated)
        and "may" in here
        and "must" not in here
        and "may" not in allowed
    ):
        yield Finding("条款是“应当”，这里写成了“可以”", f"条款是：{item.named}")


def _exchanged(part: Part, cited: Sequence[Known]) -> Iterator[Finding]:
    """可以委托 has become 应当委托: the same word under another strength."""
    near = [item for item in cited if part.score(item) >= 0.2] if part.claims.modals else ()
    for strength, word in sorted(part.claims.modals):
        own = {(said, item) for item in near for said, under in item.claims.modals if under == word}
        if not own or any(said == strength for said, _ in own):
            continue
        item = min((item for _, item in own), key=lambda item: item.number)
        if strength == "must" and all(said == "may" for said, _ in own):
            yield Finding("条款是“可以”，这里写成了“应当”", f"条款是：{item.named}")
        elif strength == "may" and all(said == "must" for said, _ in own):
            yield Finding("条款是“应当”，这里写成了“可以”", f"条款是：{item.named}")


def _dropped(parts: Sequence[Part], meant: Sequence[tuple[Known, ...]]) -> Iterator[Finding]:
    """一般 and 原则上 must stand where the clause has them.

    The word serves its own part; said in a part that does not need it for a fact of its own, it serves the others too.
    """
    for index, part in enumerate(parts):
        for item in meant[index]:
            strength = item.fact.strength
            if strength not in _SOFT or strength not in item.claims.strengths or strength in part.claims.strengths:
                continue
            lending = [
                other
                for other, facts in zip(parts, meant, strict=True)
                if strength in other.claims.strengths
                and not (
                    part.claims.stated and any(known.fact.strength == strength and known is not item for known in facts)
                )
            ]
            if not lending:
                yield Finding(f"漏了“{_SOFT[strength]}”，意思变了", f"条款是：{item.named}")


def _meant(part: Part, cited: Sequence[Known], *, phrase: bool) -> tuple[Known, ...]:
    """The facts that a part states: by its numbers, or by its topic when it has none."""
    stated = part.claims.stated
    tops = []
    for quantity in stated:
        agreeing = _agreeing(quantity, cited)
        top = _clear(part, agreeing)
        if top and top[0] >= (_ALONE if len(agreeing) == 1 and part.share == 0 else 0.2):
            tops.append(top)
    if not stated and not phrase and len(pairs(part.claims.text)) >= ENOUGH:
        top = best(part, cited)
        tops = (
            [top]
            if top
            and top[0] >= LIKELY
            and not _outdone(part, top[1], cited)
            and (top[1].plain or (part.claims.strengths and top[1].repeats(part.sentence)))
            else []
        )
    return tuple(dict.fromkeys(top[1] for top in tops))


def _outdone(part: Part, item: Known, cited: Sequence[Known]) -> bool:
    """Tell whether the sentence as a whole states another fact, one that holds its numbers."""
    holding = [known for known in cited if any(known.holds(quantity) for quantity in part.sentence.stated)]
    whole = part.as_sentence()
    top = best(whole, holding) if item not in holding else None
    return top is not None and top[0] > whole.score(item) + _OUTDONE


def _clear(part: Part, items: Sequence[Known]) -> tuple[float, Known] | None:
    """The likeliest fact, of two that are nearly as likely the one that demands less of the sentence."""
    top = best(part, items)
    strict = top and [item for item in items if item.fact.strength not in _SOFT and part.score(item) > top[0] - 0.15]
    return best(part, strict) if strict else top


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
