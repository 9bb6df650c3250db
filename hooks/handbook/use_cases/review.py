"""Reviews by people: what waits for one, the first entries, clearing an item, confirming an entry against the official text.

Only these functions write ``reviews.yml``. Each reads and checks the whole library first; where anything is wrong nothing is
written, and building or checking never clears anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from handbook.composition.site import Site
from handbook.composition.suspicion import Spot, Suspect, spot_of
from handbook.diagnostics import DataError, Place
from handbook.loading.read_library import read_library
from handbook.loading.validate import near
from handbook.model.base import EDITORS_UNCONFIRMED
from handbook.model.citation import parse_citation
from handbook.model.library import Library
from handbook.model.regulation import Article, Fact, Regulation, Version
from handbook.model.review import Confirmation, anchor_of, confirmation_fingerprint
from handbook.rules.clauses import Clause, ClauseIndex
from handbook.rules.confirmations import find, lost
from handbook.rules.reviews import clause_exists, item_exists, unnamed
from handbook.rules.suspicion import Finding, Grounds, findings
from handbook.use_cases.prepare import Prepared, prepare
from handbook.use_cases.review_book import Book
from handbook.use_cases.review_file import PLACE, write

_NAME_TAKES, _SOURCE_TAKES = 80, 200


class ReviewError(Exception):
    """Why nothing was written, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place that somebody has to look at; no suspect: nobody ever looked."""

    item: str
    clause: str
    label: str
    spot: Spot
    place: Place
    """In the file that an editor changes."""
    suspect: Suspect | None


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything that waits for a person."""

    waiting: tuple[Waiting, ...]
    lost: tuple[Confirmation, ...]
    """Confirmations whose text has changed."""
    problems: int
    """Mistakes in the data: they do not hide what waits, but nothing can be entered until they are gone."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was confirmed."""

    label: str
    facts: tuple[str, ...]


def suspects(prepared: Prepared) -> tuple[Suspect, ...]:
    """Give every item that rests on facts which have changed since its review."""
    return prepared.site.suspects


def survey(project: Path, on: dt.date) -> Survey:
    """Give what waits for a review, and the confirmations that were lost."""
    problems = 0
    try:
        prepared = _prepared(project, on)
    except DataError as error:
        # a changed fact is often at odds with what rests on it: just then people need to see the list
        problems = len(error.diagnostics)
        prepared = _unchecked(project, on)
    known = {(suspect.item, suspect.clause): suspect for suspect in suspects(prepared)}
    grounds = Grounds(prepared.site.clauses)
    waiting = tuple(
        Waiting(
            finding.rest.item,
            finding.rest.ground.name,
            finding.rest.ground.label,
            spot_of(prepared.library, finding.rest.item),
            _place(prepared, grounds, finding),
            known.get((finding.rest.item, finding.rest.ground.name)),
        )
        for finding in _findings(prepared)
        if finding.open
    )
    return Survey(waiting, tuple(lost(prepared.library)), problems)


def start(project: Path, on: dt.date) -> int:
    """Write a first entry, by the editors, for everything that has none; give their number."""
    prepared = _prepared(project, on)
    book = Book(prepared.library.reviews)
    new = [finding.rest for finding in _findings(prepared) if finding.stored is None]
    for rest in new:
        book.put(rest.item, rest.ground, on, EDITORS_UNCONFIRMED)
    if new:
        write(project, book.reviews())
    return len(new)


def clear(project: Path, on: dt.date, item: str, clause: str, by: str) -> tuple[str, ...]:
    """Enter that somebody has looked at an item; give the clauses by their labels.

    Without a clause: all clauses of the item that wait, or, where none waits, all it rests on.
    """
    name = _person(by, "复核人")
    prepared = _prepared(project, on)
    everything = _findings(prepared)
    own = [finding for finding in everything if finding.rest.item == item]
    if not own:
        raise ReviewError(f"没有引用条款的 {item} → {near(item, {finding.rest.item for finding in everything})}")
    waiting = [finding for finding in own if finding.open] or own
    chosen = _chosen(prepared, own, clause) if clause else waiting
    book = Book(prepared.library.reviews)
    for finding in chosen:
        if finding.stored is not None:
            book.drop(item, finding.stored.clause)
        book.put(item, finding.rest.ground, on, name)
    write(project, book.reviews())
    return tuple(finding.rest.ground.label for finding in chosen)


def confirm(project: Path, on: dt.date, regulation: str, what: str, by: str, source: str) -> Confirmed:
    """Enter that somebody compared an article, or one fact, with the official text."""
    name = _person(by, "确认人")
    stands = _line(source, "出处", "请用 --source 写明原文的出处，如“《××》2026年第×期”", _SOURCE_TAKES)
    prepared = _prepared(project, on)
    found, version = _version(prepared, regulation)
    article, facts, key = _entry(found, version, what)
    item = Confirmation(
        regulation=found.id,
        year=version.year,
        article=None if key else anchor_of(article),
        fact=key or None,
        by=name,
        source=stands,
        date=on,
        fingerprint=confirmation_fingerprint(article, facts),
    )
    book = Book(prepared.library.reviews)
    book.confirm(item)
    write(project, book.reviews())
    label = f"{found.short}（{version.year_text}）{article.label if article else ''}"
    return Confirmed(label, tuple(fact.text for fact in facts))


def tidy(project: Path, on: dt.date) -> tuple[str, ...]:
    """Drop entries whose item or clause is gone, and reviews that nothing needs any more; give what was dropped."""
    try:
        library = _prepared(project, on).library
    except DataError as error:
        if any(problem.place.path != PLACE.as_posix() for problem in error.diagnostics):
            raise
        library = read_library(project / "docs", project).library
        book = Book(library.reviews)
        dropped = _drop_unknown(book, library)
        if not dropped:
            raise
        write(project, book.reviews())
        return dropped
    return _drop_idle(project, library, on)


def _drop_unknown(book: Book, library: Library) -> tuple[str, ...]:
    gone = [
        (item, clause)
        for item, clause in book.pairs()
        if not item_exists(library, item) or not clause_exists(library, clause)
    ]
    for item, clause in gone:
        book.drop(item, clause)
    lost_ones = [item for item in library.reviews.confirmations if find(library.regulations, item) is None]
    for confirmation in lost_ones:
        book.unconfirm(confirmation)
    names = [f"{item} 对 {clause} 的复核" for item, clause in gone]
    names += [f"{c.by}对 {c.regulation}/{c.year}/{c.article or c.fact} 的确认" for c in lost_ones]
    return tuple(names)


def _drop_idle(project: Path, library: Library, on: dt.date) -> tuple[str, ...]:
    prepared = _prepared(project, on)
    needed = {(f.rest.item, f.stored.clause) for f in _findings(prepared) if f.stored is not None}
    book = Book(library.reviews)
    idle = [pair for pair in book.pairs() if pair not in needed]
    for item, clause in idle:
        book.drop(item, clause)
    if idle:
        write(project, book.reviews())
    return tuple(f"{item} 对 {clause} 的复核" for item, clause in idle)


def _prepared(project: Path, on: dt.date) -> Prepared:
    return prepare(project / "docs", project, on)


def _unchecked(project: Path, on: dt.date) -> Prepared:
    reading = read_library(project / "docs", project)
    return Prepared(Site(reading.library, ClauseIndex(reading.library.regulations, on), on), reading)


def _findings(prepared: Prepared) -> tuple[Finding, ...]:
    return findings(prepared.library, prepared.site.clauses)


def _place(prepared: Prepared, grounds: Grounds, finding: Finding) -> Place:
    section, _, rest = finding.rest.item.partition("/")
    if section != "pages":
        return prepared.reading.sources[f"{section}/{rest.partition('#')[0]}"].value(*finding.rest.at)
    for cited in prepared.reading.markdown[rest].citations:
        citation = parse_citation(cited.text)
        if citation and finding.rest.ground.name in {ground.name for ground in grounds.of(citation)}:
            return cited.place
    return Place(prepared.reading.markdown[rest].path)


def _chosen(prepared: Prepared, own: list[Finding], clause: str) -> list[Finding]:
    names = {clause}
    citation = parse_citation(clause)
    if citation:
        names |= {ground.name for ground in Grounds(prepared.site.clauses).of(citation)}
    chosen = [finding for finding in own if finding.rest.ground.name in names]
    if not chosen:
        known = "、".join(finding.rest.ground.name for finding in own)
        raise ReviewError(f"{own[0].rest.item} 没有引用 {clause} → 它引用的是：{known}")
    return chosen


def _version(prepared: Prepared, regulation: str) -> tuple[Regulation, Version]:
    """Give the regulation by id or by a name it is cited under, and the version of the year or of the day."""
    index = prepared.site.clauses
    known = prepared.library.regulations
    citation = parse_citation(known[regulation].short if regulation in known else regulation)
    found = index.resolve(citation) if citation else None
    if isinstance(found, Clause):
        return found.regulation, found.version
    remedy = found.remedy if found else near(regulation, known)
    raise ReviewError(f"{found.message if found else f'没有依据 {regulation}'} → {remedy}")


def _entry(regulation: Regulation, version: Version, what: str) -> tuple[Article | None, tuple[Fact, ...], str]:
    """Give article and facts that are meant, and the fact's id where one fact is."""
    citation = parse_citation(f"{regulation.short} {f'第{what}条' if what.isdecimal() else what}")
    label = citation.article_text if citation else ""
    for article in version.articles:
        if what == anchor_of(article) or (label and label == article.label):
            return article, article.facts, ""
    places: Iterable[tuple[Article | None, tuple[Fact, ...]]] = (
        *((article, article.facts) for article in version.articles),
        (None, version.facts),
    )
    for place, facts in places:
        for fact in facts:
            if fact.id == what:
                return place, (fact,), fact.id
    known = [article.label for article in version.articles] if label else [f.id for _, facts in places for f in facts]
    raise ReviewError(f"{regulation.short}（{version.year_text}）没有登记 {what} → {near(what, known)}")


def _person(by: str, what: str) -> str:
    name = _line(by, what, f"请用 --by 写明{what}的姓名", _NAME_TAKES)
    if unnamed(name):
        raise ReviewError(f"“{name}”不是{what}的姓名 → 复核和确认由具名的人作出，请写姓名")
    return name


def _line(text: str, what: str, remedy: str, longest: int) -> str:
    line = text.strip()
    if not line:
        raise ReviewError(f"{what}是空的 → {remedy}")
    if len(line) > longest or not line.isprintable():
        raise ReviewError(f"{what}太长，或含有换行等看不见的字符 → 请写成一行，不超过{longest}个字")
    return line
