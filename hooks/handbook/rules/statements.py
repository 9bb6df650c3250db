"""Every sentence that states something, with the citations that cover it: from data and from the prose of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.diagnostics import Place
from handbook.loading.pages import MarkdownPage, citations_in, prose_lines
from handbook.loading.yaml_events import KeyPath, key_text
from handbook.model.citation import Citation, parse_citation
from handbook.model.duty import Duty
from handbook.model.library import CuratedPage
from handbook.model.meeting import Meeting
from handbook.model.procedure import Procedure, Step
from handbook.model.regulation import Regulation
from handbook.rules.claims import cited_pieces, sentences
from handbook.rules.context import Context

_LABELLED = frozenset({"practice", "tip"})


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, where it stands, and what covers it."""

    text: str
    citations: tuple[Citation, ...]
    place: Place
    key: str
    inline: bool = False
    """Its own brackets cover it: then it is checked even where it reads as advice."""
    exempt: bool = False
    """Stands in a block labelled practice, tip or example: it needs no citation."""


def statements(context: Context) -> Iterator[Statement]:
    """Give all statements of the library and its pages."""
    library = context.library
    for procedure in library.procedures.values():
        yield from _procedure(context, procedure)
    for meeting in library.meetings.values():
        yield from _meeting(context, meeting)
    for duty in library.duties.values():
        yield from _duty(context, duty)
    for term in library.terms.values():
        exempt = term.tier in _LABELLED
        yield from _sentences(context, f"terms/{term.id}", ("meaning",), term.meaning, term.basis, exempt=exempt)
    for regulation in library.regulations.values():
        yield from _regulation(context, regulation)
    for form in library.forms.values():
        for index, text in enumerate((*form.guidance, form.used)):
            at: KeyPath = ("guidance", index) if index < len(form.guidance) else ("used",)
            yield from _sentences(context, f"forms/{form.id}", at, text, form.basis, exempt=True)
    for uri, page in context.reading.markdown.items():
        yield from _prose(page, library.pages.get(uri))


def _procedure(context: Context, item: Procedure) -> Iterator[Statement]:
    name = f"procedures/{item.id}"
    yield from _sentences(context, name, ("summary",), item.summary, item.basis)
    for index, notice in enumerate(item.notices):
        yield from _sentences(context, name, ("notices", index, "text"), notice.text, item.basis, exempt=True)
    for stage_index, stage in enumerate(item.stages):
        whole = tuple(citation for step in stage.steps for citation in step.basis)
        at: KeyPath = ("stages", stage_index)
        yield from _sentences(context, name, (*at, "summary"), stage.summary, whole)
        yield from _sentences(context, name, (*at, "time"), stage.time, whole)
        for step_index, step in enumerate(stage.steps):
            yield from _step(context, name, (*at, "steps", step_index), step)


def _step(context: Context, name: str, at: KeyPath, step: Step) -> Iterator[Statement]:
    exempt = step.tier in _LABELLED
    for index, when in enumerate(step.when):
        yield from _sentences(context, name, (*at, "when", index, "text"), when.text, step.basis, exempt=exempt)
    for index, action in enumerate(step.action):
        yield from _sentences(context, name, (*at, "action", index), action, step.basis, exempt=exempt)
    for index, variation in enumerate(step.variants):
        here = (*at, "variants", index)
        labelled = variation.tier in _LABELLED
        yield from _sentences(context, name, (*here, "action"), variation.action, variation.basis, exempt=labelled)
        for position, when in enumerate(variation.when):
            where = (*here, "when", position, "text")
            yield from _sentences(context, name, where, when.text, variation.basis, exempt=labelled)


def _meeting(context: Context, item: Meeting) -> Iterator[Statement]:
    name = f"meetings/{item.id}"
    yield from _sentences(context, name, ("summary",), item.summary, item.basis)
    for index, notice in enumerate(item.notices):
        yield from _sentences(context, name, ("notices", index, "text"), notice.text, item.basis)
    plain = [(("convener",), item.convener)]
    plain += [(("matters", i), s) for i, s in enumerate(item.matters)]  # type: ignore[misc]
    plain += [(("words", i), s) for i, s in enumerate(item.words)]  # type: ignore[misc]
    plain += [(("minutes", i), s) for i, s in enumerate(item.minutes)]  # type: ignore[misc]
    for vote_index, vote in enumerate(item.votes):
        plain += [(("votes", vote_index, "rules", i), s) for i, s in enumerate(vote.rules)]  # type: ignore[misc]
    for at, statement in plain:
        exempt = statement.tier in _LABELLED
        yield from _sentences(context, name, (*at, "text"), statement.text, statement.basis, exempt=exempt)
    for index, person in enumerate(item.participants):
        exempt = person.tier in _LABELLED
        yield from _sentences(context, name, ("participants", index, "note"), person.note, person.basis, exempt=exempt)
    for index, situation in enumerate(item.situations):
        exempt = situation.tier in _LABELLED
        at_situation: KeyPath = ("situations", index, "action")
        yield from _sentences(context, name, at_situation, situation.action, situation.basis, exempt=exempt)


def _duty(context: Context, duty: Duty) -> Iterator[Statement]:
    yield from _sentences(context, f"duties/{duty.id}", ("text",), duty.text, duty.basis, exempt=duty.tier in _LABELLED)


def _regulation(context: Context, regulation: Regulation) -> Iterator[Statement]:
    own = (Citation(regulation.short),)
    for index, trap in enumerate(regulation.traps):
        yield from _sentences(context, f"regulations/{regulation.id}", ("traps", index), trap, own, exempt=True)


def _sentences(
    context: Context, name: str, at: KeyPath, text: str, basis: tuple[Citation, ...], *, exempt: bool = False
) -> Iterator[Statement]:
    """Sentences of one value of the data: its own brackets cover a sentence, else the basis of the item does."""
    source = context.source(name)
    for _, sentence in sentences(text):
        place = source.value(*at)
        for piece, brackets in cited_pieces(sentence):
            own = _own(brackets)
            yield Statement(piece, own or basis, place, key_text((*source.base, *at)), bool(own), exempt)


def _prose(page: MarkdownPage, curated: CuratedPage | None) -> Iterator[Statement]:
    """Sentences of a page; in a list item or a table cell every bracket covers the whole of it."""
    exempt = curated is not None and curated.meta.tier in _LABELLED
    for number, line in prose_lines(page.body, page.body_line):
        if "<!--" in line or line.startswith("#"):
            continue
        for start, part, whole in _blocks(line):
            shared = _own(part) if whole else ()
            for offset, sentence in sentences(part):
                place = Place(page.path, number, start + offset + 1)
                pieces = [(sentence, "")] if shared else cited_pieces(sentence)
                for text, brackets in pieces:
                    own = shared or _own(brackets)
                    yield Statement(_plain(text), own, place, "(正文)", bool(own), exempt)


def _blocks(line: str) -> Iterator[tuple[int, str, bool]]:
    if line.lstrip().startswith("|"):
        position = 0
        for cell in line.split("|"):
            if cell.strip():
                yield position, cell, True
            position += len(cell) + 1
        return
    item = re.match(r"\s*(?:[-*+]|\d+\.)\s+", line)
    yield (item.end(), line[item.end() :], True) if item else (0, line, False)


def _own(text: str) -> tuple[Citation, ...]:
    found = (parse_citation(match[1]) for match in citations_in(text))
    return tuple(citation for citation in found if citation is not None)


def _plain(sentence: str) -> str:
    """Without links, tags and emphasis."""
    return re.sub(r"<[^>]*>|\]\([^)]*\)|[\[*`]", "", sentence)
