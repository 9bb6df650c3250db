"""How many must be present and how many must agree, from the facts of the clauses."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from handbook.model.meeting import Vote
from handbook.rules.clauses import ClauseIndex, KnownFact

EXAMPLE_DUE = 20
"""Seats are drawn ten to a row for 20 people, so that half is one full row."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A fact with a share, and the least number of people that fulfils it."""

    known: KnownFact
    least: int
    """Of `EXAMPLE_DUE`."""
    words: str
    """半数以上, 超过半数."""


@dataclass(frozen=True, slots=True)
class VoteView:
    """A kind of vote with both thresholds."""

    vote: Vote
    attendance: Threshold
    passing: Threshold


def compose_vote(vote: Vote, clauses: ClauseIndex) -> VoteView:
    """Give both thresholds of a vote; its facts must exist and hold a share."""
    facts = clauses.fact_names
    return VoteView(vote, _threshold(facts[vote.attendance]), _threshold(facts[vote.passing]))


def least(comparator: str | None, share: Fraction, total: int) -> int:
    """Give the smallest whole number that is 以上/不少于 (the share itself counts) or 超过 (it does not)."""
    exact = share * total
    if comparator == "超过":
        return int(exact) + 1
    return -int(-exact // 1)


def _threshold(known: KnownFact) -> Threshold:
    fact = known.fact
    share = Fraction(fact.number or "1/2")
    word = {Fraction(1, 2): "半数", Fraction(2, 3): "三分之二", Fraction(4, 5): "五分之四"}.get(share, str(share))
    words = f"{fact.comparator}{word}" if fact.comparator in ("超过", "不少于") else f"{word}{fact.comparator or ''}"
    return Threshold(known, least(fact.comparator, share, EXAMPLE_DUE), words)
