"""On what the numbers of a sheet 标准 rest, in words: the clause of each, and how far it has been verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handbook.model.base import VERIFICATION_WORDS
from handbook.model.sheet import Standard
from handbook.rules.clauses import ClauseIndex, KnownFact

Grounds = Mapping[str, tuple[str, str]]
"""Clause and verification by the id of the number; what is only agreed for the sheet is absent."""


def grounds_of(standards: Iterable[Standard], clauses: ClauseIndex) -> Grounds:
    """Give clause and verification of the numbers that a registered fact holds."""
    found: dict[str, tuple[str, str]] = {}
    for item in standards:
        known = clauses.fact_names.get(item.fact or "")
        if known:
            found[item.id] = (clause_words(known), VERIFICATION_WORDS[known.verification])
    return found


def clause_words(known: KnownFact) -> str:
    """Give ``党费规定（2008）第2条``."""
    return f"{known.clause.label}{known.clause.number}"
