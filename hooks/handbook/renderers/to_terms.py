"""The explanations that ``assets/terms.js`` shows beside a marked term, as one classic script loaded on first use."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.composition.site import Site
from handbook.loading.pages import citations_in
from handbook.model.base import TIER_WORDS, VERIFICATION_SHORT
from handbook.model.citation import Citation, parse_citation
from handbook.model.glossary import Term
from handbook.renderers.term_reading import syllables
from handbook.renderers.to_search import as_script
from handbook.rules.clauses import Clause

VERSION = 1
UNEXPLAINED = "样本未说明"


def render_terms(site: Site) -> bytes:
    """Give the bytes of ``terms-data.js``: by id title, meaning, members, tier, clauses in words, notes, other names and readings."""
    entries = {term.id: _entry(site, term) for term in site.library.terms.values()}
    return as_script("HANDBOOK_TERMS", {"version": VERSION, "terms": entries})


def _entry(site: Site, term: Term) -> list[object]:
    notes = [UNEXPLAINED] if term.unexplained else []
    if term.verification:
        notes.append(f"文字{VERIFICATION_SHORT[term.verification]}")
    if f"terms/{term.id}" in site.suspects_by_item:
        notes.append("待复核")
    labels = _labels(site, term.basis)
    parts = syllables(term)
    found_by = [*term.alias, "".join(parts), "".join(part[0] for part in parts)]
    tier = "" if term.tier == "national" else term.tier
    return [term.title, _plain(site, term.meaning), term.members, tier, TIER_WORDS[term.tier], labels, notes, found_by]


def _labels(site: Site, basis: Iterable[Citation]) -> list[str]:
    """Give the clauses in words, each regulation named once."""
    groups: dict[str, list[str]] = {}
    for citation in basis:
        clause = site.clauses.resolve(citation)
        if isinstance(clause, Clause):
            groups.setdefault(clause.label, []).append(clause.number)
    return [label + "、".join(filter(None, numbers)) for label, numbers in groups.items()]


def _plain(site: Site, text: str) -> str:
    """Give a text whose 〔citations〕 stand with the year, as on paper."""
    parts: list[str] = []
    position = 0
    for match in citations_in(text):
        citation = parse_citation(match[1])
        label = "".join(_labels(site, (citation,))) if citation else ""
        parts += [text[position : match.start()], f"〔{label or match[1]}〕"]
        position = match.end()
    return "".join([*parts, text[position:]])
