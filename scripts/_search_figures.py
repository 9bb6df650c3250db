"""From what the search box listed to success@1, success@3 and mean reciprocal rank: arithmetic only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from _search_queries import Question

FIRST = 3
"""How many hits a reader sees at a glance."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A line of the result list."""

    address: str
    """Below the root of the site, with the anchor that it opens."""
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what was listed for it."""

    question: Question
    hits: tuple[Hit, ...]
    milliseconds: int = 0

    @property
    def rank(self) -> int:
        """Rank of the first page that answers, from 1; 0 where none does."""
        return rank(self.hits, self.question.addresses)

    @property
    def opened(self) -> bool:
        """Tell whether one of the first hits opens the article that was asked for."""
        mark = f"#article-{self.question.article}"
        pages = {address.partition("#")[0] for address in self.question.addresses}
        return any(hit.address.endswith(mark) and hit.address.removesuffix(mark) in pages for hit in self.hits[:FIRST])


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one class, or of all."""

    count: int
    first: int
    """Questions answered by the first page."""
    among: int
    """Questions answered by one of the first three."""
    reciprocal: float
    """Sum of 1/rank."""

    @property
    def at_1(self) -> float:
        """Share answered by the first page, in per cent."""
        return 100 * self.first / self.count if self.count else 0.0

    @property
    def at_3(self) -> float:
        """Share answered by one of the first three, in per cent."""
        return 100 * self.among / self.count if self.count else 0.0

    @property
    def mrr(self) -> float:
        """Mean reciprocal rank."""
        return self.reciprocal / self.count if self.count else 0.0


def rank(hits: Sequence[Hit], addresses: Iterable[str]) -> int:
    """Give the rank among *pages*: hits of one page count once, entries of the glossary are pages of their own."""
    wanted = frozenset(addresses)
    apart = {address.partition("#")[0] for address in wanted if "#" in address}
    seen: dict[str, None] = {}
    for hit in hits:
        page = hit.address.partition("#")[0]
        own = hit.address if page in apart else page
        seen.setdefault(own)
        if own in wanted:
            return len(seen)
    return 0


def figures(answers: Iterable[Answer]) -> Figures:
    """Give the figures of some answers."""
    ranks = [answer.rank for answer in answers]
    return Figures(
        len(ranks),
        sum(number == 1 for number in ranks),
        sum(1 <= number <= FIRST for number in ranks),
        sum(1 / number for number in ranks if number),
    )


def by_kind(answers: Sequence[Answer]) -> dict[str, Figures]:
    """Give the figures per class, in the order in which the classes were first asked."""
    kinds = dict.fromkeys(answer.question.kind for answer in answers)
    return {kind: figures(answer for answer in answers if answer.question.kind == kind) for kind in kinds}


def misses(answers: Iterable[Answer]) -> list[Answer]:
    """Give what was not among the first three."""
    return [answer for answer in answers if not 1 <= answer.rank <= FIRST]
