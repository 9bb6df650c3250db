"""Which rules a form rests on, and a short code by which an old copy of it is told from the current one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from handbook.composition.grounds import grounds
from handbook.model.citation import Citation
from handbook.model.form import Form
from handbook.rules.clauses import Clause, ClauseIndex

_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Freshness:
    """What the properties of a form's files say about its state."""

    rules: tuple[str, ...]
    """``发展党员细则（2026）``, in the order of first mention."""
    code: str
    """Eight hexadecimal digits: another one wherever the form or a fact it rests on is another."""


def freshness_of(form: Form, clauses: ClauseIndex) -> Freshness:
    """Give the state of a form on the day of the clauses."""
    standing = grounds(form, clauses)
    rules = tuple(f"{item.regulation.short}（{item.year or '年份待核'}）" for item in standing)
    digest = hashlib.sha256(form.model_dump_json().encode())
    for fact in _facts(form, clauses):
        digest.update(b"\n" + fact.encode())
    return Freshness(rules, digest.hexdigest()[:_LENGTH])


def _facts(form: Form, clauses: ClauseIndex) -> list[str]:
    """Give the facts behind its citations and demands, as text with their version."""
    found: list[str] = []
    for citation in form.basis:
        clause = clauses.resolve(citation) if isinstance(citation, Citation) else None
        if isinstance(clause, Clause):
            facts = clause.article.facts if clause.article else clause.version.facts
            found.extend(f"{clause.label} {clause.number} {fact.text}" for fact in facts)
    for demand in form.demands:
        named = clauses.fact_names.get(demand.fact)
        if named:
            found.append(f"{demand.fact} {named.fact.text}")
    return found
