"""All clauses that one page rests on, regulation by regulation."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from handbook.model.citation import Citation
from handbook.model.form import Demand
from handbook.model.meeting import Vote
from handbook.model.procedure import Key
from handbook.model.regulation import Regulation
from handbook.rules.clauses import Clause, ClauseIndex
from handbook.rules.walk import walk


@dataclass(frozen=True, slots=True)
class Standing:
    """One version of a regulation with the numbers of the articles that are cited."""

    regulation: Regulation
    year: int
    numbers: tuple[tuple[str, str], ...]
    """Number and address, in ascending order: ``第13条``, ``regulations/member-admission.html#article-13``."""


def grounds(owner: BaseModel, clauses: ClauseIndex) -> tuple[Standing, ...]:
    """Give every clause that an object cites or takes a figure from; regulations in the order of first mention."""
    found: dict[tuple[str, int], dict[str, Clause]] = {}
    for _, value in walk(owner):
        for clause in _clauses(value, clauses):
            numbers = found.setdefault((clause.regulation.id, clause.version.year), {})
            if clause.number:
                numbers.setdefault(clause.number, clause)
    library = {clause.regulation.id: clause.regulation for clause in _all(owner, clauses)}
    return tuple(
        Standing(
            library[ident], year, tuple((number, numbers[number].address) for number in sorted(numbers, key=_order))
        )
        for (ident, year), numbers in found.items()
    )


def _all(owner: BaseModel, clauses: ClauseIndex) -> list[Clause]:
    return [clause for _, value in walk(owner) for clause in _clauses(value, clauses)]


def _clauses(value: object, clauses: ClauseIndex) -> list[Clause]:
    if isinstance(value, Citation):
        clause = clauses.resolve(value)
        return [clause] if isinstance(clause, Clause) else []
    names: tuple[str, ...] = ()
    if isinstance(value, (Key, Demand)):
        names = (value.fact,)
    elif isinstance(value, Vote):
        names = value.facts
    return [clauses.fact_names[name].clause for name in names if name in clauses.fact_names]


def _order(number: str) -> tuple[int, ...]:
    digits = "".join(c if c.isdecimal() else " " for c in number).split()
    return tuple(map(int, digits))
