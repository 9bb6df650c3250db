"""Quorum and majority: 以上 includes the share itself, 超过 does not, and the base is what the fact says."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from handbook.composition.votes import EXAMPLE_DUE, compose_vote, least
from handbook.model.meeting import Vote
from handbook.model.regulation import Regulation
from handbook.rules.clauses import ClauseIndex

HALF, THIRDS, FIFTHS = Fraction(1, 2), Fraction(2, 3), Fraction(4, 5)


@pytest.mark.parametrize(
    ("comparator", "share", "total", "expected"),
    [
        ("以上", HALF, 20, 10),
        ("超过", HALF, 20, 11),
        ("以上", HALF, 21, 11),
        ("超过", HALF, 21, 11),
        ("以上", HALF, 3, 2),
        ("超过", HALF, 3, 2),
        ("以上", HALF, 4, 2),
        ("超过", HALF, 4, 3),
        ("以上", HALF, 1, 1),
        ("超过", HALF, 1, 1),
        ("以上", HALF, 2, 1),
        ("超过", HALF, 2, 2),
        ("不少于", HALF, 20, 10),
        ("以上", THIRDS, 20, 14),
        ("超过", THIRDS, 20, 14),
        ("以上", THIRDS, 21, 14),
        ("超过", THIRDS, 21, 15),
        ("不少于", FIFTHS, 20, 16),
        ("超过", FIFTHS, 20, 17),
        ("不少于", FIFTHS, 21, 17),
        ("以上", HALF, 0, 0),
    ],
)
def test_the_least_number(comparator: str, share: Fraction, total: int, expected: int) -> None:
    assert least(comparator, share, total) == expected


@pytest.mark.parametrize("share", [HALF, THIRDS, FIFTHS], ids=str)
def test_it_fulfils_the_rule_and_one_less_does_not(share: Fraction) -> None:
    for total in range(1, 301):
        enough, more = least("以上", share, total), least("超过", share, total)
        assert Fraction(enough, total) >= share > Fraction(enough - 1, total)
        assert Fraction(more, total) > share >= Fraction(more - 1, total)
        assert more - enough == (1 if (share * total).denominator == 1 else 0)


def index(**facts: tuple[str, str]) -> ClauseIndex:
    """A regulation whose facts hold a comparator and a share."""
    made = [
        {
            "id": ident,
            "subject": "大会",
            "text": "为试验而造。",
            "comparator": comparator,
            "number": number,
            "unit": "比例",
        }
        for ident, (comparator, number) in facts.items()
    ]
    day = "2018-10-28"
    version = {
        "year": "2018", "label": "试行", "issuer": "某机关", "issued": day, "effective": day, "verification": "transcript",
        "checked_on": "2026-11-20", "articles": [{"number": "11", "title": "党员大会", "facts": made}],
    }  # fmt: skip
    regulation = Regulation.model_validate(
        {"id": "work", "title": "试验条例", "short": "试验条例", "summary": "为试验而造。", "kind": "条例",
         "reviewed": {"date": "2026-11-20"}, "versions": [version]}
    )  # fmt: skip
    return ClauseIndex({"work": regulation}, dt.date(2026, 11, 21))


@pytest.mark.parametrize(
    ("comparator", "number", "words", "people"),
    [
        ("以上", "1/2", "半数以上", 10),
        ("超过", "1/2", "超过半数", 11),
        ("以上", "2/3", "三分之二以上", 14),
        ("超过", "2/3", "超过三分之二", 14),
        ("不少于", "4/5", "不少于五分之四", 16),
        ("超过", "0.5", "超过半数", 11),
    ],
)
def test_both_thresholds_come_from_facts(comparator: str, number: str, words: str, people: int) -> None:
    vote = Vote.model_validate({"id": "v", "title": "表决", "attendance": "work/present", "passing": "work/passing"})
    view = compose_vote(vote, index(present=("以上", "1/2"), passing=(comparator, number)))
    assert (view.attendance.words, view.attendance.least) == ("半数以上", 10)
    assert (view.passing.words, view.passing.least) == (words, people)
    assert view.passing.known.fact.id == "passing"


def test_the_picture_shows_half_as_one_full_row() -> None:
    assert EXAMPLE_DUE == 20
