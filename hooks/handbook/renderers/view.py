"""Small pieces of HTML that every page uses: links, clauses, badges, text with citations. One `View` per page."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from handbook.composition.currency import state_of
from handbook.composition.document import FigureRef, Inlines, Todo
from handbook.composition.form_example import Invented
from handbook.composition.site import Site
from handbook.loading.pages import citations_in
from handbook.model.base import (
    STRENGTH_WORDS,
    TIER_WORDS,
    VERIFICATION_SHORT,
    VERIFICATION_WORDS,
    Strength,
    Tier,
    Verification,
)
from handbook.model.citation import Citation, parse_citation
from handbook.model.library import KIND_BY_SECTION
from handbook.model.practice import Practice
from handbook.model.procedure import Procedure
from handbook.rules.clauses import Clause, KnownFact


class View:
    """Renders the small pieces for one page; links are relative to it, so that they work from ``file://``."""

    def __init__(self, site: Site, page: str) -> None:
        self.site = site
        self.page = page
        """Address of the page, ``procedures/member-admission.html``."""
        self._up = "../" * page.count("/")
        self._todos: set[str] = set()
        """Gaps that already have an HTML id: the first place of each gets it."""

    def href(self, address: str) -> str:
        """Give a link from this page to ``section/id.html#anchor``; on the page itself only the anchor."""
        target, mark, anchor = address.partition("#")
        if target in (self.page, "") and mark:
            return f"#{anchor}"
        return f"{self._up}{address}"

    def link(self, address: str, title: str) -> Markup:
        """Give a link with its text."""
        return Markup('<a href="{}">{}</a>').format(self.href(address), title)

    def reference(self, reference: str) -> Markup:
        """Give the link to ``section/id#anchor`` with the target's title."""
        section, _, rest = reference.partition("/")
        ident, mark, anchor = rest.partition("#")
        library = self.site.library
        if section == "checklists":
            return self.link(f"checklists/{ident}.html{mark}{anchor}", self.site.checklists[ident].title)
        if section == "terms":
            return Markup('{} <small class="hb-soft">术语</small>').format(
                self.link(f"glossary/index.html#{ident}", library.terms[ident].title)
            )
        if ident == "index":
            return self.link(f"{section}/index.html{mark}{anchor}", library.pages[f"{section}/index.md"].meta.title)
        kind = KIND_BY_SECTION[section]
        title = self.site.library.title_of(reference)
        owner = self.site.library.of_kind(section)[ident]
        if anchor and isinstance(owner, (Procedure, Practice)):
            step = next((s for s in owner.steps if s.id == anchor), None)
            title = f"{title}：{step.title}" if step else title
        return Markup('{} <small class="hb-soft">{}</small>').format(
            self.link(f"{kind.folder}/{ident}.html{mark}{anchor}", title), kind.title
        )

    def text(self, text: str) -> Markup:
        """Give a text with its 〔citations〕 as links."""
        parts: list[Markup] = []
        position = 0
        for match in citations_in(text):
            parts.append(escape(text[position : match.start()]))
            citation = parse_citation(match[1])
            parts.append(self.clauses((citation,)) if citation else escape(match[0]))
            position = match.end()
        parts.append(escape(text[position:]))
        return Markup("").join(parts)

    def clauses(self, basis: Iterable[Citation]) -> Markup:
        """Give citations as links, each regulation named once, with the verification beside it."""
        groups: dict[tuple[str, int, str], list[Clause]] = {}
        for citation in basis:
            clause = self.site.clauses.resolve(citation)
            if isinstance(clause, Clause):
                groups.setdefault((clause.regulation.id, clause.version.year, clause.verification), []).append(clause)
        return Markup("").join(self._clause_group(group) for group in groups.values())

    def _clause_group(self, group: list[Clause]) -> Markup:
        links = []
        for index, clause in enumerate(group):
            label = Markup('{}<span class="hb-nb">{}</span>').format(clause.label if index == 0 else "", clause.number)
            links.append(Markup('<a href="{}">{}</a>').format(self.href(clause.address), label))
        return Markup('<span class="hb-clause">{}{}</span>').format(
            Markup("、").join(links), self.mark(group[0].verification)
        )

    def fact_clause(self, known: KnownFact) -> Markup:
        """Give the clause of one fact with the fact's own verification."""
        clause = known.clause
        label = Markup('{}<span class="hb-nb">{}</span>').format(clause.label, clause.number)
        return Markup('<span class="hb-clause"><a href="{}">{}</a>{}</span>').format(
            self.href(clause.address), label, self.mark(known.verification)
        )

    def mark(self, verification: Verification) -> Markup:
        """Give the short verification mark."""
        return Markup('<span class="hb-mark hb-mark--{}" title="{}">{}</span>').format(
            verification, VERIFICATION_WORDS[verification], VERIFICATION_SHORT[verification]
        )

    def mark_full(self, verification: Verification) -> Markup:
        """Give the verification in full words, for the status line."""
        return Markup('<span class="hb-mark hb-mark--{}">{}</span>').format(
            verification, VERIFICATION_WORDS[verification]
        )

    def tier(self, tier: Tier) -> Markup:
        """Give the badge of a tier."""
        return Markup('<span class="hb-tier hb-tier--{}">{}</span>').format(tier, TIER_WORDS[tier])

    def strength(self, strength: Strength) -> Markup:
        """Give the word of a strength."""
        return Markup('<span class="hb-strength hb-strength--{}">{}</span>').format(strength, STRENGTH_WORDS[strength])

    def roles(self, roles: Iterable[str]) -> Markup:
        """Give the chips of roles."""
        titles = (self.site.library.roles[role].title for role in roles)
        return Markup(" ").join(Markup('<span class="hb-role">{}</span>').format(title) for title in titles)

    def version_state(self, regulation_id: str, year: int) -> Markup:
        """Give the state of one version on the build's date: 现行, 是否现行待核, 将于…施行, 已修订, 已废止."""
        regulation = self.site.library.regulations[regulation_id]
        version = next(item for item in regulation.versions if item.year == year)
        state = state_of(regulation, version, self.site.on)
        return Markup('<span class="{}">{}</span>').format(
            "hb-live" if state.standing == "live" else "hb-soft", state.text
        )

    def inlines(self, content: Inlines) -> Markup:
        """Give the inline parts of a document: figures open their sources, gaps are marked."""
        return Markup("").join(self._inline(item) for item in content)

    def _inline(self, item: str | Todo | FigureRef) -> Markup:
        if isinstance(item, Invented):
            return Markup('<span class="hb-made">{}</span>').format(item)
        if isinstance(item, str):
            return escape(item)
        if isinstance(item, Todo):
            anchor = Markup("")
            if item.id not in self._todos:
                self._todos.add(item.id)
                anchor = Markup(' id="todo-{}"').format(item.id)
            return Markup('<mark class="hb-todo"{} data-field="{}" data-handbook="field/{}">{}</mark>').format(
                anchor, item.id, item.id, item.text
            )
        return Markup('<a class="hb-fig" href="#f-{}" data-handbook="figure/{}">{}<sup>{}</sup></a>').format(
            item.metric, item.metric, item.text, item.number
        )
