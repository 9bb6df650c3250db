"""``reviews.yml`` as text, and how it gets onto the disk: whole or not at all."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from handbook.loading.validate import validate
from handbook.loading.yaml_events import read_yaml
from handbook.model.review import Confirmation, Review, ReviewedClause, Reviews

PLACE = Path("docs") / "_data" / "reviews.yml"
_HEAD = """\
# 复核记录：每一处依据哪一条、复核时这一条的要点是什么、谁在哪天复核过。
# 由 scripts/review.py 写，请不要手工修改。
"""
_PLAIN = re.compile(r"[\u4e00-\u9fff《][^:#\s]*")
"""What YAML reads as text without quotes and nobody could take for anything else."""


def write(project: Path, reviews: Reviews) -> None:
    """Replace the file in one step; raises `OSError` and leaves the old one where that cannot be done."""
    text = render(reviews)
    path = project / PLACE
    fresh = path.with_name(f".{path.name}.new")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def render(reviews: Reviews) -> str:
    """Give the text of the file, always in the same order; it reads back as what was given."""
    settled = _settled(reviews)
    text = _HEAD + "\n".join(_lines(settled)) + "\n"
    back, _ = validate(read_yaml(text, PLACE.as_posix()), Reviews)
    if back != settled:
        raise AssertionError("reviews.yml would not read back as what was meant")
    return text


def _settled(reviews: Reviews) -> Reviews:
    clauses = [
        clause.model_copy(
            update={
                "facts": tuple(sorted(clause.facts, key=lambda fact: (fact.text, fact.sense or ""))),
                "reviews": tuple(
                    review.model_copy(update={"items": tuple(sorted(review.items))})
                    for review in sorted(clause.reviews, key=lambda review: (review.date, review.by))
                ),
            }
        )
        for clause in reviews.clauses
    ]
    return Reviews(
        clauses=tuple(sorted(clauses, key=lambda clause: (_natural(clause.clause), clause.fingerprint))),
        confirmations=tuple(sorted(reviews.confirmations, key=lambda item: item.target)),
    )


def _natural(name: str) -> tuple[tuple[int, str], ...]:
    """Article 9 before article 13."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name))


def _lines(reviews: Reviews) -> Iterator[str]:
    yield "clauses:" if reviews.clauses else "clauses: []"
    for clause in reviews.clauses:
        yield from _clause(clause)
    yield "confirmations:" if reviews.confirmations else "confirmations: []"
    for item in reviews.confirmations:
        yield from _confirmation(item)


def _clause(clause: ReviewedClause) -> Iterator[str]:
    yield f"  - clause: {clause.clause}"
    yield f"    fingerprint: '{clause.fingerprint}'"
    yield "    facts:" if clause.facts else "    facts: []"
    for fact in clause.facts:
        yield f"      - text: {_value(fact.text)}"
        if fact.sense:
            yield f"        sense: {_value(fact.sense)}"
    yield "    reviews:"
    for review in clause.reviews:
        yield from _review(review)


def _review(review: Review) -> Iterator[str]:
    yield f"      - date: {review.date}"
    yield f"        by: {_value(review.by)}"
    yield "        items:"
    for item in review.items:
        yield f"          - {item}"


def _confirmation(item: Confirmation) -> Iterator[str]:
    yield f"  - regulation: {item.regulation}"
    yield f"    year: {item.year}"
    yield f"    article: {item.article}" if item.article else f"    fact: {item.fact}"
    yield f"    by: {_value(item.by)}"
    yield f"    source: {_value(item.source)}"
    yield f"    date: {item.date}"
    yield f"    fingerprint: '{item.fingerprint}'"


def _value(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
