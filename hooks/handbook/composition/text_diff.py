"""Two versions of a text, article against article: same, reworded, renumbered, split, merged, new, removed.

Blind to what copying changes and no reader notices: punctuation, spaces, full and half width, look-alike and variant
characters. Knows nothing of regulations: an article is a label and a text.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from handbook.loading.text_checks import RADICALS

ChangeKind = Literal["same", "reworded", "renumbered", "split", "merged", "new", "removed"]

_ALIKE = 0.5
"""Share of common character pairs from which two articles are the same one, reworded."""
_SAME_PLACE = 0.3
"""Enough where both also carry the same number."""
_PART = 0.75
"""Share of an article's pairs that must stand in a larger one for it to be a part of it."""
_SMALLEST = 6
"""Pairs below which a text is too short to be called a part of another."""

_VARIANTS = str.maketrans(
    {
        **RADICALS,
        **dict(
            zip(
                "內戶戸爲為產産歲冊録錄黃靑淸淨徵説說衞衛強敎卽旣査眞鎭顔",
                "内户户为为产产岁册录录黄青清净征说说卫卫强教即既查真镇颜",
                strict=True,
            )
        ),
    }
)
"""Radicals that stand for the character they look like, and variants of one character that fonts and PDF files swap."""


@dataclass(frozen=True, slots=True)
class Part:
    """An article as the comparison sees it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an article. `likeness` is 1 where the texts are the same."""

    kind: ChangeKind
    old: tuple[Part, ...]
    """Several where articles were merged; none where the article is new."""
    new: tuple[Part, ...]
    """Several where the article was split; none where it was removed."""
    likeness: float = 1.0

    @property
    def moved(self) -> bool:
        """Tell whether the number changed."""
        return bool(self.old and self.new) and [p.label for p in self.old] != [p.label for p in self.new]


def fold(text: str) -> str:
    """Give the text without what copying changes: the form in which two texts are the same or not."""
    plain = unicodedata.normalize("NFKC", text.translate(_VARIANTS)).translate(_VARIANTS).casefold()
    return "".join(character for character in plain if unicodedata.category(character)[0] in "LN" or character in "%/")


def align(old: Sequence[Part], new: Sequence[Part]) -> tuple[Change, ...]:
    """Give what became of each article, in the order of the new text; removed ones stand after what preceded them."""
    pairs = _pairs(old, new)
    changes = [_paired(old[i], new[j], likeness) for (i, j), likeness in pairs.items()]
    used_old, used_new = {i for i, _ in pairs}, {j for _, j in pairs}
    rest_new = [j for j in range(len(new)) if j not in used_new]
    rest_old = [i for i in range(len(old)) if i not in used_old]
    changes = _join_parts(changes, [new[j] for j in rest_new], split=True)
    changes = _join_parts(changes, [old[i] for i in rest_old], split=False)
    changes = [
        replace(change, old=tuple(sorted(change.old, key=old.index)), new=tuple(sorted(change.new, key=new.index)))
        for change in changes
    ]
    taken_new = {part for change in changes for part in change.new}
    taken_old = {part for change in changes for part in change.old}
    changes += [Change("new", (), (part,), 0.0) for part in new if part not in taken_new]
    changes += [Change("removed", (part,), (), 0.0) for part in old if part not in taken_old]
    places_new = {part: (index, 0) for index, part in enumerate(new)}
    after = {old[i]: (j, 1) for i, j in pairs}
    return tuple(sorted(changes, key=lambda change: _place(change, old, places_new, after)))


def _place(
    change: Change, old: Sequence[Part], places: Mapping[Part, tuple[int, int]], after: Mapping[Part, tuple[int, int]]
) -> tuple[int, int, int]:
    if change.new:
        return (*places[change.new[0]], 0)
    index = old.index(change.old[0])
    before = next((after[part] for part in reversed(old[:index]) if part in after), (-1, 1))
    return (*before, index)


def overlap(first: str, second: str) -> float:
    """Give the share of the shorter text that stands in the longer one, by pairs of characters."""
    return _inside(_grams(first), _grams(second))


def _pairs(old: Sequence[Part], new: Sequence[Part]) -> dict[tuple[int, int], float]:
    """Give the articles that belong together, best likeness first; the same number decides between equals."""
    old_grams, new_grams = [_grams(part.text) for part in old], [_grams(part.text) for part in new]
    candidates: list[tuple[float, bool, int, int]] = []
    for i, first in enumerate(old_grams):
        for j, second in enumerate(new_grams):
            likeness = 1.0 if fold(old[i].text) == fold(new[j].text) else _likeness(first, second)
            same_number = old[i].label == new[j].label
            if likeness >= _ALIKE or (same_number and likeness >= _SAME_PLACE) or _inside(first, second) >= _PART:
                candidates.append((likeness, same_number, i, j))
    found: dict[tuple[int, int], float] = {}
    for likeness, _, i, j in sorted(candidates, key=lambda c: (-c[0], not c[1], abs(c[2] - c[3]), c[2], c[3])):
        if all(i != a and j != b for a, b in found):
            found[i, j] = likeness
    return found


def _paired(old: Part, new: Part, likeness: float) -> Change:
    if fold(old.text) != fold(new.text):
        return Change("reworded", (old,), (new,), min(likeness, 0.99))
    return Change("same" if old.label == new.label else "renumbered", (old,), (new,))


def _join_parts(changes: list[Change], rest: Sequence[Part], *, split: bool) -> list[Change]:
    """Take what is left over into the change it is a part of: a new article out of an old one, an old one into a new one."""
    result = list(changes)
    for part in rest:
        grams = _grams(part.text)
        best, share = -1, _PART
        for index, change in enumerate(result):
            # a text that stayed as it was gave nothing away and took nothing in
            if change.kind in ("same", "renumbered"):
                continue
            whole = _grams("".join(p.text for p in (change.old if split else change.new)))
            if (inside := _inside(grams, whole)) >= share:
                best, share = index, inside
        if best >= 0:
            change = result[best]
            news = (*change.new, part) if split else change.new
            olds = change.old if split else (*change.old, part)
            result[best] = Change("split" if split else "merged", olds, news, change.likeness)
    return result


def _grams(text: str) -> Counter[str]:
    plain = fold(text)
    return Counter(plain[index : index + 2] for index in range(max(len(plain) - 1, 1))) if plain else Counter()


def _inside(first: Counter[str], second: Counter[str]) -> float:
    """Give the share of the smaller text that stands in the larger one; 0 for one that is too short to tell."""
    size = min(sum(first.values()), sum(second.values()))
    return sum((first & second).values()) / size if size >= _SMALLEST else 0.0


def _likeness(first: Counter[str], second: Counter[str]) -> float:
    """Give Dice's share of common pairs of characters."""
    size = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / size if size else 0.0
