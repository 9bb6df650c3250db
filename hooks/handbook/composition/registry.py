"""What the registry of regulations holds, what of it nobody has confirmed, and which of its articles no page teaches."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from handbook.composition.backlinks import Backlink
from handbook.composition.currency import shown_version
from handbook.model.base import Verification
from handbook.model.regulation import Article, Fact, Regulation, Version
from handbook.rules.clauses import is_in_force, number_verification


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact that nobody has compared with the official text."""

    fact: Fact
    mark: Verification


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """An article with what of it is still open; without an article the facts whose number is not known."""

    article: Article | None
    anchor: str
    number: Verification | None
    """Mark of the article number; None where there is no number, or where it is confirmed."""
    facts: tuple[OpenFact, ...]

    @property
    def only_mark(self) -> Verification | None:
        """The mark that the number and all facts share; None where they differ."""
        marks = {item.mark for item in self.facts} | ({self.number} if self.number else set())
        return marks.pop() if len(marks) == 1 else None


@dataclass(frozen=True)
class OpenVersion:
    """One version with everything that is still to be confirmed."""

    regulation: Regulation
    version: Version
    entries: tuple[OpenEntry, ...]

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What of the version itself is not known, in the words of the page."""
        version = self.version
        known = (
            (version.issued, "发布日期待核"),
            (version.effective, "施行日期待核"),
            (version.address, "官方地址待补"),
        )
        return tuple(words for value, words in known if value is None)

    @property
    def open_facts(self) -> int:
        """How many facts are open."""
        return sum(len(entry.facts) for entry in self.entries)

    @property
    def open_numbers(self) -> int:
        """How many article numbers are open."""
        return sum(entry.number is not None for entry in self.entries)


@dataclass(frozen=True)
class Taught:
    """One regulation's articles in force, with the pages that cite each."""

    regulation: Regulation
    articles: tuple[tuple[Article, tuple[Backlink, ...]], ...]
    whole: tuple[Backlink, ...]
    """Who cites the regulation without an article."""
    prefix: str = ""
    """Before the anchors of a version that is not in force."""

    @cached_property
    def used(self) -> tuple[tuple[Article, tuple[Backlink, ...]], ...]:
        """Articles that some page cites."""
        return tuple(pair for pair in self.articles if pair[1])

    @cached_property
    def unused(self) -> tuple[Article, ...]:
        """Articles that no page cites."""
        return tuple(article for article, links in self.articles if not links)


def facts_of(version: Version) -> Iterator[tuple[Article | None, Fact, Verification]]:
    """Walk all facts of a version with their article and their own mark."""
    for article in version.articles:
        for fact in article.facts:
            yield article, fact, fact.verification or article.verification or version.verification
    for fact in version.facts:
        yield None, fact, fact.verification or version.verification


def fact_marks(versions: Iterable[Version]) -> Counter[Verification]:
    """Count facts by mark."""
    return Counter(mark for version in versions for _, _, mark in facts_of(version))


def number_marks(versions: Iterable[Version]) -> Counter[Verification]:
    """Count article entries by the mark of their number."""
    return Counter(number_verification(a, version) for version in versions for a in version.articles)


def open_version(regulation: Regulation, version: Version, on: dt.date) -> OpenVersion:
    """Give what of one version is not confirmed against the official text."""
    prefix = "" if is_in_force(version, on) else f"v{version.year}-"
    grouped: dict[str, list[OpenFact]] = {}
    for article, fact, mark in facts_of(version):
        if mark != "original":
            grouped.setdefault(article.anchors[0] if article else "no-article", []).append(OpenFact(fact, mark))
    entries: list[OpenEntry] = []
    for article in version.articles:
        number = number_verification(article, version)
        facts = tuple(grouped.get(article.anchors[0], ()))
        if facts or number != "original":
            shown = None if number == "original" else number
            entries.append(OpenEntry(article, prefix + article.anchors[0], shown, facts))
    if "no-article" in grouped:
        entries.append(OpenEntry(None, f"{prefix}no-article", None, tuple(grouped["no-article"])))
    return OpenVersion(regulation, version, tuple(entries))


def taught(regulation: Regulation, links: Mapping[tuple[str, int, str], tuple[Backlink, ...]], on: dt.date) -> Taught:
    """Give which articles of the version that counts are cited, and where."""
    version = shown_version(regulation, on)
    articles = tuple((a, links.get((regulation.id, version.year, a.anchors[0]), ())) for a in version.articles)
    prefix = "" if is_in_force(version, on) else f"v{version.year}-"
    return Taught(regulation, articles, links.get((regulation.id, version.year, ""), ()), prefix)


def cited(links: Mapping[tuple[str, int, str], tuple[Backlink, ...]]) -> frozenset[str]:
    """Give the ids of the regulations that at least one page cites."""
    return frozenset(regulation for regulation, _, _ in links)
