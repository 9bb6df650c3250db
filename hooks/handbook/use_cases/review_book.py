"""The reviews taken apart by item and clause, so that one can be entered, replaced or dropped, and put together again."""

from __future__ import annotations

import datetime as dt

from handbook.model.review import Confirmation, FactText, Review, ReviewedClause, Reviews
from handbook.rules.suspicion import Ground


class Book:
    """All entries of ``reviews.yml``."""

    def __init__(self, reviews: Reviews) -> None:
        self._facts: dict[tuple[str, str], tuple[FactText, ...]] = {}
        self._entries: dict[tuple[str, str], tuple[str, dt.date, str]] = {}
        self._confirmations = {item.target: item for item in reviews.confirmations}
        for clause in reviews.clauses:
            self._facts[clause.clause, clause.fingerprint] = clause.facts
            for review in clause.reviews:
                for item in review.items:
                    self._entries[item, clause.clause] = clause.fingerprint, review.date, review.by

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Give item and clause of all entries."""
        return tuple(self._entries)

    def put(self, item: str, ground: Ground, date: dt.date, by: str) -> None:
        """Enter a review of an item against the clause as it is now."""
        self._facts[ground.name, ground.fingerprint] = ground.facts
        self._entries[item, ground.name] = ground.fingerprint, date, by

    def drop(self, item: str, clause: str) -> None:
        """Forget a review."""
        self._entries.pop((item, clause), None)

    def confirm(self, item: Confirmation) -> None:
        """Enter a confirmation; an older one of the same entry gives way."""
        self._confirmations[item.target] = item

    def unconfirm(self, item: Confirmation) -> None:
        """Forget a confirmation."""
        self._confirmations.pop(item.target, None)

    def reviews(self) -> Reviews:
        """Give the whole; facts that no entry needs are left out."""
        groups: dict[tuple[str, str], dict[tuple[dt.date, str], list[str]]] = {}
        for (item, clause), (fingerprint, date, by) in self._entries.items():
            groups.setdefault((clause, fingerprint), {}).setdefault((date, by), []).append(item)
        clauses = tuple(
            ReviewedClause(
                clause=clause,
                fingerprint=fingerprint,
                facts=self._facts[clause, fingerprint],
                reviews=tuple(Review(date=date, by=by, items=tuple(items)) for (date, by), items in group.items()),
            )
            for (clause, fingerprint), group in groups.items()
        )
        return Reviews(clauses=clauses, confirmations=tuple(self._confirmations.values()))
