"""Confirmed entries: what a committee compared with the official text counts as such in every mark.

The marks are put into the regulations themselves, before anybody asks for one, so that no page, list or published file can
forget about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from handbook.model.library import Library
from handbook.model.regulation import Article, Fact, Regulation, Version
from handbook.model.review import Confirmation, anchor_of, confirmation_fingerprint

Found = tuple[Article | None, tuple[Fact, ...]]
"""The article (None: not known) and the facts that a confirmation is about."""


def confirmed(library: Library) -> Library:
    """Give the library with every confirmation that still fits applied."""
    wanted: dict[str, dict[int, list[Confirmation]]] = {}
    for item in library.reviews.confirmations:
        wanted.setdefault(item.regulation, {}).setdefault(item.year, []).append(item)
    if not wanted:
        return library
    regulations = {
        ident: _regulation(regulation, wanted[ident]) if ident in wanted else regulation
        for ident, regulation in library.regulations.items()
    }
    return replace(library, regulations=regulations)


def lost(library: Library) -> Iterator[Confirmation]:
    """Give the confirmations whose text has changed since."""
    for item in library.reviews.confirmations:
        found = find(library.regulations, item)
        if found is None or not _fits(item, found):
            yield item


def find(regulations: Mapping[str, Regulation], item: Confirmation) -> Found | None:
    """Give what a confirmation is about; None when there is no such thing."""
    regulation = regulations.get(item.regulation)
    version = next((v for v in regulation.versions if v.year == item.year), None) if regulation else None
    return _find(version, item) if version else None


def _find(version: Version, item: Confirmation) -> Found | None:
    if item.article:
        article = next((a for a in version.articles if anchor_of(a) == item.article), None)
        return (article, article.facts) if article else None
    places: list[tuple[Article | None, tuple[Fact, ...]]] = [(article, article.facts) for article in version.articles]
    for place, facts in (*places, (None, version.facts)):
        fact = next((fact for fact in facts if fact.id == item.fact), None)
        if fact:
            return place, (fact,)
    return None


def _fits(item: Confirmation, found: Found) -> bool:
    return item.fingerprint == confirmation_fingerprint(*found)


def _regulation(regulation: Regulation, wanted: Mapping[int, list[Confirmation]]) -> Regulation:
    versions = tuple(
        _version(version, wanted[version.year]) if version.year in wanted else version
        for version in regulation.versions
    )
    return regulation.model_copy(update={"versions": versions})


def _version(version: Version, wanted: list[Confirmation]) -> Version:
    valid = [item for item in wanted if (found := _find(version, item)) and _fits(item, found)]
    articles = {item.article for item in valid if item.article}
    facts = {item.fact for item in valid if item.fact}
    update = {
        "articles": tuple(
            _article(article, facts, whole=anchor_of(article) in articles) for article in version.articles
        ),
        "facts": tuple(_fact(fact) if fact.id in facts else fact for fact in version.facts),
    }
    return version.model_copy(update=update)


def _article(article: Article, confirmed_facts: set[str], *, whole: bool) -> Article:
    known = [fact.id in confirmed_facts for fact in article.facts]
    if whole or (known and all(known)):
        plain = tuple(fact.model_copy(update={"verification": None}) for fact in article.facts)
        return article.model_copy(
            update={"facts": plain, "verification": "original", "number_verification": "original"}
        )
    if any(known):
        facts = tuple(_fact(fact) if sure else fact for fact, sure in zip(article.facts, known, strict=True))
        return article.model_copy(update={"facts": facts, "number_verification": "original"})
    return article


def _fact(fact: Fact) -> Fact:
    return fact.model_copy(update={"verification": "original"})
