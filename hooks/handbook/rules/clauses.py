"""Which article of which version a citation means on a given day."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.loading.validate import near
from handbook.model.base import VERIFICATION_ORDER, Verification
from handbook.model.citation import Citation
from handbook.model.regulation import Article, Fact, Regulation, Version
from handbook.rules.wording import TITLE_END

_CLOSE = 0.86
"""How alike an unknown title must be to a registered one before that is taken to be meant."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A citation resolved: regulation, version and, where one is named, its article."""

    citation: Citation
    regulation: Regulation
    version: Version
    article: Article | None
    in_force: bool

    @property
    def label(self) -> str:
        """``发展党员细则（2026）``: the year always stands."""
        return f"{self.regulation.short}（{self.version.year_text}）"

    @property
    def number(self) -> str:
        """``第13条``, ``第18—22条（未逐条核对）``, ``第4条（条号待核）`` or nothing."""
        text = self.citation.article_text
        if self.article is None:
            return text
        if self.article.to is not None and self.citation.last is not None:
            return f"{text}（未逐条核对）"
        verified = number_verification(self.article, self.version)
        if verified == "unverified" and weaker(verified, facts_verification(self.article, self.version)) == verified:
            return f"{text}（条号待核）"
        return text

    @property
    def verification(self) -> Verification:
        """The weaker of the text's and the article number's."""
        if self.article is None:  # it means any fact whose article is not known: the weakest of them
            own = (fact.verification for fact in self.version.facts if fact.verification)
            return weaker(self.version.verification, *own)
        return weaker(facts_verification(self.article, self.version), number_verification(self.article, self.version))

    @property
    def address(self) -> str:
        """``regulations/member-admission.html#article-13``."""
        page = f"regulations/{self.regulation.id}.html"
        if self.article is None:
            return page
        old = "" if self.in_force else f"v{self.version.year}-"
        anchor = f"article-{self.citation.first}" if self.citation.first else self.article.anchors[0]
        return f"{page}#{old}{anchor}"


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why a citation leads nowhere, and what to do."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact of the version in force with the article it stands in."""

    fact: Fact
    clause: Clause

    @property
    def verification(self) -> Verification:
        """The weaker of the fact's own and its article number's."""
        article = self.clause.article
        own = self.fact.verification or (article.verification if article else None) or self.clause.version.verification
        return weaker(own, number_verification(article, self.clause.version)) if article else own


def weaker(*marks: Verification) -> Verification:
    """Give the weakest of the marks."""
    return max(marks, key=VERIFICATION_ORDER.index)


def number_verification(article: Article, version: Version) -> Verification:
    """Give the mark of the article number."""
    return article.number_verification or version.verification


def facts_verification(article: Article, version: Version) -> Verification:
    """Give the mark of the article's facts as a whole: its own, or the weakest of them."""
    own = article.verification or version.verification
    return weaker(own, *(fact.verification for fact in article.facts if fact.verification))


def is_in_force(version: Version, on: dt.date) -> bool:
    """Tell whether a version holds on that day."""
    return version.begins <= on and (version.ended is None or on < version.ended)


class ClauseIndex:
    """All registered regulations by the names they are cited under; made once per build."""

    def __init__(self, regulations: Mapping[str, Regulation], on: dt.date) -> None:
        self.on = on
        self.regulations = regulations
        self._names: dict[str, Regulation] = {}
        self._wrong: dict[str, Regulation] = {}
        for regulation in regulations.values():
            for name in (regulation.short, regulation.title, *regulation.alias):
                self._names.setdefault(_plain(name), regulation)
            for name in regulation.misnomers:
                self._wrong.setdefault(_plain(name), regulation)
        self._guesses: dict[str, Regulation | None] = {}
        self._facts = {f"{found.clause.regulation.id}/{found.fact.id}": found for found in self._all_facts()}

    @property
    def fact_names(self) -> Mapping[str, KnownFact]:
        """All facts of the versions in force, by ``regulation/fact``."""
        return self._facts

    def current(self, regulation: Regulation) -> Version | None:
        """Give the version in force on the page's date."""
        return next((version for version in regulation.versions if is_in_force(version, self.on)), None)

    def knows(self, name: str) -> bool:
        """Tell whether a regulation is registered under this name, a right or a wrong one."""
        return _plain(name) in self._names or _plain(name) in self._wrong

    def regulation(self, name: str) -> Regulation | None:
        """Give the regulation cited under this name."""
        return self._names.get(_plain(name))

    def misnamed(self, name: str) -> Regulation | None:
        """Give the regulation that is meant by a title nobody issued; None for right titles and for unknown ones."""
        plain = _plain(name)
        if plain in self._names or not TITLE_END.search(plain):
            return None
        if plain in self._wrong:
            return self._wrong[plain]
        if plain not in self._guesses:
            titles = {_plain(regulation.title): regulation for regulation in self.regulations.values()}
            close = difflib.get_close_matches(plain, titles, 1, _CLOSE)
            self._guesses[plain] = titles[close[0]] if close else None
        return self._guesses[plain]

    def resolve(self, citation: Citation) -> Clause | Unresolved:
        """Give the clause, or why there is none."""
        name = _plain(citation.short)
        regulation = self._names.get(name)
        if regulation is None and name in self._wrong:
            right = self._wrong[name]
            return Unresolved(f"“{citation.short}”不是规范的名称", f"请写 {right.short}（全称《{right.title}》）")
        if regulation is None:
            shorts = [item.short for item in self.regulations.values()]
            return Unresolved(f"依据登记库里没有“{citation.short}”", near(citation.short, shorts))
        version = self._version(regulation, citation.year)
        if version is None:
            years = "、".join(str(item.year) for item in regulation.versions)
            asked = f"{citation.year} 年的版本" if citation.year else f"{self.on} 现行的版本"
            return Unresolved(f"《{regulation.title}》没有{asked}", f"登记的版本：{years or '无'}")
        article = self._article(version, citation)
        if citation.article_text and article is None:
            return Unresolved(
                f"{regulation.short}（{version.year_text}）没有登记{citation.article_text}",
                f"登记了{_listed(version)}；条号没有核到就只写“{regulation.short}”",
            )
        return Clause(citation, regulation, version, article, is_in_force(version, self.on))

    def fact(self, reference: str) -> KnownFact | Unresolved:
        """Give the fact named ``regulation/fact`` of the version in force."""
        found = self._facts.get(reference)
        if found:
            return found
        return Unresolved(f"登记库里没有要点 {reference}", near(reference, self._facts))

    def _version(self, regulation: Regulation, year: int | None) -> Version | None:
        if year is None:
            return self.current(regulation)
        return next((version for version in regulation.versions if version.year == year), None)

    @staticmethod
    def _article(version: Version, citation: Citation) -> Article | None:
        if citation.clause:
            return next((a for a in version.articles if a.clause == citation.clause), None)
        if citation.first is None:
            return None
        whole = next((a for a in version.articles if (a.number, a.to) == (citation.first, citation.last)), None)
        if whole or citation.last is None:
            return whole
        # articles of one range were not told apart: they answer only that range, never a part of it
        numbers = range(citation.first, citation.last + 1)
        single = [next((a for a in version.articles if a.number == n and a.to is None), None) for n in numbers]
        return single[0] if None not in single else None

    def _all_facts(self) -> Iterator[KnownFact]:
        for regulation in self.regulations.values():
            version = self.current(regulation)
            if version is None:
                continue
            for fact in version.facts:
                yield KnownFact(fact, Clause(Citation(regulation.short), regulation, version, None, in_force=True))
            for article in version.articles:
                citation = Citation(regulation.short, None, article.number, article.to, None, article.clause)
                for fact in article.facts:
                    yield KnownFact(fact, Clause(citation, regulation, version, article, in_force=True))


def _plain(name: str) -> str:
    """Fold what differs only in writing: book-title marks, width of parentheses, spaces."""
    return name.translate(str.maketrans("（）", "()", "《》 　"))


def _listed(version: Version) -> str:
    return "、".join(article.label for article in version.articles) or "要点，没有条号"
