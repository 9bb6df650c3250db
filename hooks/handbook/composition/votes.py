"""How many must be present and how many must agree, from the facts of the clauses."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from handbook.model.meeting import Vote
from handbook.rules.clauses import ClauseIndex, KnownFact

EXAMPLE_DUE = 20
"""Seats are drawn ten to a row for 20 people, so that half is one full row."""
EXAMPLE_COMMITTEE = 5
"""A branch committee has three to five members as a rule."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A fact with a share, and the least number of people that fulfils it."""

    known: KnownFact
    least: int
    """Of `total`."""
    words: str
    """半数以上, 超过半数."""
    total: int
    """The number of people it is a share of."""
    of: str
    """应到, 实到 or 委员."""


@dataclass(frozen=True, slots=True)
class VoteView:
    """A kind of vote with both thresholds."""

    vote: Vote
    due: int
    """People in the example: `EXAMPLE_DUE`, or `EXAMPLE_COMMITTEE` for a committee."""
    attendance: Threshold
    passing: Threshold | None
    """None where no clause says how many must agree."""


def compose_vote(vote: Vote, clauses: ClauseIndex) -> VoteView:
    """Give both thresholds of a vote; its facts must exist and hold a share."""
    facts = clauses.fact_names
    due = EXAMPLE_COMMITTEE if _people(facts[vote.attendance]) == "委员" else EXAMPLE_DUE
    attendance = _threshold(facts[vote.attendance], due=due)
    if vote.passing is None:
        return VoteView(vote, due, attendance, None)
    return VoteView(vote, due, attendance, _threshold(facts[vote.passing], due=due, present=attendance.least))


def least(comparator: str | None, share: Fraction, total: int) -> int:
    """Give the smallest whole number that is 以上/不少于 (the share itself counts) or 超过 (it does not)."""
    exact = share * total
    if comparator == "超过":
        return int(exact) + 1
    return -int(-exact // 1)


def _threshold(known: KnownFact, *, due: int, present: int = 0) -> Threshold:
    """Work out one threshold of `due` people; where the base is 实到, of `present`, the least that may be there."""
    fact = known.fact
    share = Fraction(fact.number or "1/2")
    word = {Fraction(1, 2): "半数", Fraction(2, 3): "三分之二", Fraction(4, 5): "五分之四"}.get(share, str(share))
    words = f"{fact.comparator}{word}" if fact.comparator in ("超过", "不少于") else f"{word}{fact.comparator or ''}"
    of_present = bool(present) and "实到" in (fact.base or "")
    total = present if of_present else due
    of = "实到" if of_present else _people(known)
    return Threshold(known, least(fact.comparator, share, total), words, total, of)


def _people(known: KnownFact) -> str:
    """Give whose number it is a share of: a committee counts its members, every other meeting those who are due."""
    return "委员" if "委员" in (known.fact.base or "") else "应到"
