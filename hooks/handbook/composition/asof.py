"""A procedure as of an older day: what is known to have been different, and at which steps; the rest is not known and says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.composition.text_diff import overlap
from handbook.model.citation import Citation
from handbook.model.procedure import Procedure, Step
from handbook.model.regulation import Difference, Regulation, Version
from handbook.rules.clauses import Clause, ClauseIndex, KnownFact
from handbook.rules.walk import walk


@dataclass(frozen=True, slots=True)
class AsOf:
    """The text before the one in force, as far as it is known."""

    regulation: Regulation
    current: Version
    older: Version
    at_steps: Mapping[str, tuple[Difference, ...]]
    """Differences by the id of the step that does what is new."""


def compose_asof(procedure: Procedure, clauses: ClauseIndex) -> AsOf | None:
    """Give the older text of the first regulation that the procedure rests on and whose differences are registered."""
    for citation in procedure.basis:
        clause = clauses.resolve(citation)
        if not isinstance(clause, Clause) or not clause.in_force or not clause.version.differences:
            continue
        older = [version for version in clause.regulation.versions if version.begins < clause.version.begins]
        if older:
            at_steps = _at_steps(procedure, clause.regulation, clause.version, clauses)
            if not at_steps:  # the procedure only borrows a clause: nothing on it was done differently
                continue
            return AsOf(clause.regulation, clause.version, older[0], at_steps)
    return None


def _at_steps(
    procedure: Procedure, regulation: Regulation, version: Version, clauses: ClauseIndex
) -> dict[str, tuple[Difference, ...]]:
    found: dict[str, dict[Difference, None]] = {}
    for difference in version.differences:
        for ident in difference.facts:
            known = clauses.fact_names.get(f"{regulation.id}/{ident}")
            step = _step_of(procedure, known, clauses) if known else None
            if step:
                found.setdefault(step.id, {})[difference] = None
    return {step: tuple(differences) for step, differences in found.items()}


def _step_of(procedure: Procedure, known: KnownFact, clauses: ClauseIndex) -> Step | None:
    """Give the step that does what the fact says: of those that cite its article, the one whose words are nearest."""
    if known.clause.article is None:
        return None
    citing = [step for step in procedure.steps if _cites(step, known, clauses)]
    return max(citing, key=lambda step: overlap(known.fact.text, "".join(_words(step))), default=None)


def _cites(step: Step, known: KnownFact, clauses: ClauseIndex) -> bool:
    numbers = known.clause.article.numbers if known.clause.article else range(0)
    for _, value in walk(step):
        clause = clauses.resolve(value) if isinstance(value, Citation) else None
        if isinstance(clause, Clause) and clause.version is known.clause.version and clause.citation.first is not None:
            first, last = clause.citation.first, clause.citation.last or clause.citation.first
            if any(first <= number <= last for number in numbers):
                return True
    return False


def _words(step: Step) -> Iterator[str]:
    yield step.title
    yield from step.action
    yield from step.output
    yield from (when.text for when in step.when)
    yield from (variation.action for variation in step.variants)
