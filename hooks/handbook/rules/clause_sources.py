"""Facts that do not stand in the text they are registered under: who rests on one names its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.rules.clause_words import Finding
from handbook.rules.known_facts import Known
from handbook.rules.numerals import fold
from handbook.rules.parts import LIKELY, Part
from handbook.rules.sources import is_named

_NUMBER = 0.25
"""From this likeness on a sentence that repeats a fact's number rests on it."""
_NEAR = 0.08


def source_findings(parts: Sequence[Part], cited: Sequence[Known], text: str) -> Iterator[Finding]:
    """Ask for the source where a part rests on nothing that stands in the text itself."""
    if not any(item.source for item in cited):
        return
    text = fold(text)
    for part in parts:
        label = "" if part.set_aside else _rests_on(part, cited)
        if label and not is_named(label, text):
            yield Finding(f"这是“{label}”的说法，不是规定的条文", "请在句子里写明出处")


def _rests_on(part: Part, cited: Sequence[Known]) -> str:
    """Give the source of what a part states; nothing where the text itself may be meant."""
    stated = part.claims.stated
    holding = [item for item in cited if any(item.holds(quantity) for quantity in stated)]
    scored = [(part.score(item), item) for item in holding or cited]
    top = max((score for score, _ in scored), default=0.0)
    if top < (_NUMBER if holding else LIKELY):
        return ""
    near = [item.source for score, item in scored if score >= top - _NEAR]
    return near[0] if all(near) else ""
