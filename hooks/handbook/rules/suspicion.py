"""Who rests on which clause, and where the clause has changed since somebody looked (待复核).

An item is what a reader sees as one thing: a step, a vote, a situation, a duty, a form, a term, a curated page. It rests on
an article as a whole; a citation without article rests on the facts whose article is not known, and on the version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from handbook.loading.pages import citations_in
from handbook.loading.yaml_events import KeyPath
from handbook.model.citation import Citation, parse_citation
from handbook.model.library import Library
from handbook.model.meeting import Meeting, Vote
from handbook.model.practice import Practice
from handbook.model.procedure import Key, Procedure
from handbook.model.regulation import Article, Regulation, Version
from handbook.model.review import FactText, Review, ReviewedClause, anchor_of, clause_fingerprint, fact_text
from handbook.rules.clauses import Clause, ClauseIndex
from handbook.rules.walk import walk


@dataclass(frozen=True)
class Ground:
    """A clause that something rests on, with its facts of today."""

    regulation: Regulation
    version: Version
    article: Article | None

    @cached_property
    def name(self) -> str:
        """``member-admission/2026/article-13``."""
        base = f"{self.regulation.id}/{self.version.year}"
        return f"{base}/{anchor_of(self.article)}" if self.article else base

    @cached_property
    def facts(self) -> tuple[FactText, ...]:
        """Its facts as they count for a review."""
        return tuple(map(fact_text, self.article.facts if self.article else self.version.facts))

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of its facts."""
        return clause_fingerprint(self.name, self.facts)

    @property
    def label(self) -> str:
        """``发展党员细则（2026）第13条``."""
        return f"{self.regulation.short}（{self.version.year_text}）{self.article.label if self.article else ''}"


@dataclass(frozen=True, slots=True)
class Rest:
    """An item rests on a clause; `at` is the first place where its file says so."""

    item: str
    ground: Ground
    at: KeyPath


@dataclass(frozen=True, slots=True)
class Finding:
    """A rest and its last review; no review: nobody ever looked."""

    rest: Rest
    stored: ReviewedClause | None = None
    review: Review | None = None

    @property
    def suspect(self) -> bool:
        """Tell whether the facts have changed since the review."""
        return self.stored is not None and self.stored.fingerprint != self.rest.ground.fingerprint

    @property
    def open(self) -> bool:
        """Tell whether somebody has to look."""
        return self.stored is None or self.suspect


class Grounds:
    """Citations and names of facts into the clauses they rest on; every clause is worked out once."""

    def __init__(self, clauses: ClauseIndex) -> None:
        self.clauses = clauses
        self._made: dict[tuple[str, int, str], Ground] = {}
        self._cited: dict[Citation, tuple[Ground, ...]] = {}

    def of(self, citation: Citation) -> tuple[Ground, ...]:
        """Give the clauses of a citation: several for a range of articles that were told apart."""
        if citation not in self._cited:
            found = self.clauses.resolve(citation)
            self._cited[citation] = tuple(self._resolved(found)) if isinstance(found, Clause) else ()
        return self._cited[citation]

    def of_value(self, value: object) -> Iterator[Ground]:
        """Give the clauses that a value of the data names: a citation, a text with 〔…〕, a fact by its name."""
        if isinstance(value, Citation):
            yield from self.of(value)
        elif isinstance(value, str) and "〔" in value:
            for match in citations_in(value):
                citation = parse_citation(match[1])
                if citation:
                    yield from self.of(citation)
        elif isinstance(value, (Key, Vote)):
            for name in (value.fact,) if isinstance(value, Key) else value.facts:
                known = self.clauses.fact_names.get(name)
                if known:
                    yield self._ground(known.clause.regulation, known.clause.version, known.clause.article)

    def _resolved(self, clause: Clause) -> Iterator[Ground]:
        citation, article = clause.citation, clause.article
        if article is None or article.to is not None or citation.first is None or citation.last is None:
            yield self._ground(clause.regulation, clause.version, article)
            return
        numbers = range(citation.first, citation.last + 1)
        for item in clause.version.articles:
            if item.to is None and item.number in numbers:
                yield self._ground(clause.regulation, clause.version, item)

    def _ground(self, regulation: Regulation, version: Version, article: Article | None) -> Ground:
        anchor = anchor_of(article)  # an article without number is said by its own rule
        key = (regulation.id, version.year, anchor)
        if key not in self._made:
            self._made[key] = Ground(regulation, version, article if anchor else None)
        return self._made[key]


def rests(library: Library, grounds: Grounds) -> tuple[Rest, ...]:
    """Give who rests on what, each pair once, in the order of the library."""
    found: dict[tuple[str, str], Rest] = {}
    for item, at, value in _values(library):
        for ground in grounds.of_value(value):
            found.setdefault((item, ground.name), Rest(item, ground, at))
    return tuple(found.values())


def findings(library: Library, clauses: ClauseIndex) -> tuple[Finding, ...]:
    """Hold every rest against its last review.

    A review of the same article in another version counts where this version's has none: if the facts are the same
    there is nothing to look at, if they differ the reader sees both.
    """
    exact: dict[tuple[str, str], tuple[ReviewedClause, Review]] = {}
    older: dict[tuple[str, str], tuple[ReviewedClause, Review]] = {}
    for clause in library.reviews.clauses:
        for review in clause.reviews:
            for item in review.items:
                exact[item, clause.clause] = clause, review
                key = item, _any_year(clause.clause)
                if key not in older or older[key][0].clause < clause.clause:
                    older[key] = clause, review
    listed = rests(library, Grounds(clauses))
    named = {(rest.item, rest.ground.name) for rest in listed}
    found = []
    for rest in listed:
        last = exact.get((rest.item, rest.ground.name))
        if last is None:
            before = older.get((rest.item, _any_year(rest.ground.name)))
            last = before if before and (rest.item, before[0].clause) not in named else None
        found.append(Finding(rest, *last) if last else Finding(rest))
    return tuple(found)


def anchors(owner: object) -> frozenset[str]:
    """Give the parts of an object that are items of their own."""
    if isinstance(owner, (Procedure, Practice)):
        parts = [stage.id for stage in owner.stages] + [step.id for step in owner.steps]
        return frozenset((*parts, *(_PROCEDURE_PARTS if isinstance(owner, Procedure) else _PRACTICE_PARTS)))
    if isinstance(owner, Meeting):
        parts = [f"vote-{vote.id}" for vote in owner.votes] + [f"agenda-{agenda.id}" for agenda in owner.agendas]
        parts += [item.id for item in (*owner.preparation, *owner.situations)]
        return frozenset((*parts, *_MEETING_PARTS))
    return frozenset()


_PROCEDURE_PARTS = frozenset({"keys", "notices", "occasion", "variants", "downloads"})
_PRACTICE_PARTS = frozenset({"cautions", "notices", "what", "decisions", "mistakes"})
_MEETING_PARTS = frozenset(
    {"keys", "notices", "occasion", "convener", "matters", "participants", "words", "minutes", "script", "mistakes"}
)


def _any_year(clause: str) -> str:
    regulation, _, article = (*clause.split("/"), "")[:3]
    return f"{regulation}/{article}"


def _values(library: Library) -> Iterator[tuple[str, KeyPath, object]]:
    """Item, key path and value of everything that can rest on a clause."""
    for kind, owner in library.objects():
        if kind.section in ("regulations", "roles", "units"):
            continue  # what a regulation says is no citation of itself
        name = f"{kind.section}/{owner.id}"
        for at, value in walk(owner):
            anchor = _anchor(owner, at)
            yield f"{name}#{anchor}" if anchor else name, at, value
    for term in library.terms.values():
        for at, value in walk(term):
            yield f"terms/{term.id}", at, value
    for page in library.pages.values():
        yield f"pages/{page.uri}", (), page.body


def _anchor(owner: object, at: KeyPath) -> str:
    if not at:
        return ""
    part, index = str(at[0]), at[1] if len(at) > 1 else None
    if isinstance(owner, (Procedure, Practice)):
        if part == "stages" and isinstance(index, int):
            stage = owner.stages[index]
            inside = len(at) > 3 and at[2] == "steps" and isinstance(at[3], int)
            return stage.steps[int(at[3])].id if inside else stage.id
        return part if part in (_PROCEDURE_PARTS if isinstance(owner, Procedure) else _PRACTICE_PARTS) else ""
    if isinstance(owner, Meeting):
        if isinstance(index, int) and part in ("votes", "agendas", "preparation", "situations"):
            ident = str(getattr(owner, part)[index].id)
            return {"votes": f"vote-{ident}", "agendas": f"agenda-{ident}"}.get(part, ident)
        return part if part in _MEETING_PARTS else ""
    return ""
