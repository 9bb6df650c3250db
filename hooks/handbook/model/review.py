"""Reviews (复核): which facts an item rested on when somebody last looked at it, and which entries a committee confirmed.

A fingerprint sees what a fact says and nothing else: not its id, not its verification, not its place among the others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from handbook.model.base import STRENGTH_WORDS, Model
from handbook.model.regulation import Article, Fact
from handbook.model.scalars import Count, Ident, IsoDate, Text, refuse, scalar

_REMEDY = "这个文件只由 scripts/review.py 改写，请恢复原来的内容"


def _shaped(pattern: str, what: str) -> tuple[BeforeValidator, WithJsonSchema]:
    compiled = re.compile(pattern, re.ASCII)

    def read(value: object) -> str:
        text = scalar(value)
        if compiled.fullmatch(text):
            return text
        raise refuse(f"{what} {text!r} 写法不对", _REMEDY)

    return BeforeValidator(read), WithJsonSchema({"type": "string", "pattern": f"^(?:{pattern})$"})


Fingerprint = Annotated[str, *_shaped(r"[0-9a-f]{64}", "指纹")]
"""SHA-256 of facts, as hexadecimal digits."""
ItemName = Annotated[
    str, *_shaped(r"[a-z]+/[a-z0-9-]+(?:#[a-z0-9-]+)?|pages/(?:[a-z0-9-]+/)*[a-z0-9-]+\.md", "复核对象")
]
"""``section/id``, ``section/id#anchor`` or ``pages/about/index.md``: a place that rests on clauses."""
ClauseName = Annotated[str, *_shaped(r"[a-z0-9-]+/\d{4}(?:/(?:article|clause)-\d+(?:-\d+)*)?", "条款")]
"""``regulation/year/article-13``; without an article: the facts whose article is not known."""


class FactText(Model):
    """A fact as it stood at the review."""

    text: Text
    sense: Text | None = None
    """Strength, comparator, number, unit, base and verb, where they say more than a plain 应当."""


class Review(Model):
    """Who looked at these items, and when."""

    date: IsoDate
    by: Text
    items: tuple[ItemName, ...]


class ReviewedClause(Model):
    """A clause with the facts that it held, and the items that were reviewed against them."""

    clause: ClauseName
    fingerprint: Fingerprint
    facts: tuple[FactText, ...] = ()
    reviews: tuple[Review, ...]


class Confirmation(Model):
    """A committee that holds the official text confirms an article, or one fact; it holds while the fingerprint fits."""

    regulation: Ident
    year: Count
    article: Ident | None = None
    """``article-13``, ``clause-7-3-1``; this or `fact`."""
    fact: Ident | None = None
    by: Text
    source: Text
    """Where the official text stands."""
    date: IsoDate
    fingerprint: Fingerprint

    @property
    def target(self) -> tuple[str, int, str]:
        """Regulation, year, and the article or fact."""
        return self.regulation, self.year, self.article or self.fact or ""


class Reviews(Model):
    """``reviews.yml``."""

    clauses: tuple[ReviewedClause, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()


def anchor_of(article: Article | None) -> str:
    """Give the first anchor, by which an article is named here; empty without article or number.

    Never all of them: a mistyped range may be huge, and reviews are read before anybody has checked it.
    """
    if article is None or (article.clause is None and article.number is None):
        return ""
    return article.model_copy(update={"to": None}).anchors[0]


def fact_text(fact: Fact) -> FactText:
    """Give what counts of a fact, readable and whole."""
    rest = (fact.comparator, fact.number, fact.unit, fact.base, fact.verb)
    if fact.strength == "must" and not any(rest):
        return FactText(text=fact.text)
    sense = "；".join(word for word in (STRENGTH_WORDS[fact.strength], *rest) if word)
    return FactText(text=fact.text, sense=sense)


def fingerprint(facts: Iterable[FactText], head: str = "") -> str:
    """Give the fingerprint of facts in any order; `head` is what else must not change."""
    lines = sorted(f"{fact.text}\t{fact.sense or ''}" for fact in facts)
    return hashlib.sha256("\n".join([head, *lines]).encode()).hexdigest()


def clause_fingerprint(clause: str, facts: Iterable[FactText]) -> str:
    """Give the fingerprint of a clause.

    An article that says the same in a newer version is the same; a citation without article rests on the version too.
    """
    _, year, *article = clause.split("/")
    return fingerprint(facts, "" if article else year)


def confirmation_fingerprint(article: Article | None, facts: Iterable[Fact]) -> str:
    """Give the fingerprint of confirmed facts: the article's number is confirmed with them."""
    return fingerprint(map(fact_text, facts), article.label if article else "")
