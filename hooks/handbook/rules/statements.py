"""Every sentence that states something, with the citations that cover it: from data and from the prose of pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handbook.diagnostics import Place
from handbook.loading.pages import MarkdownPage, citations_in
from handbook.loading.yaml_events import KeyPath, key_text
from handbook.model.citation import Citation, parse_citation
from handbook.model.duty import Duty, Role
from handbook.model.form import Form
from handbook.model.guide import Guide, GuideItem
from handbook.model.library import CuratedPage
from handbook.model.meeting import Meeting
from handbook.model.practice import Practice
from handbook.model.procedure import Procedure, Stage, Step
from handbook.model.procedure import Statement as PlainStatement
from handbook.model.regulation import Regulation
from handbook.rules.context import Context
from handbook.rules.forms import TODO
from handbook.rules.prose import pieces_of
from handbook.rules.sentences import cited_pieces, sentences
from handbook.rules.walk import walk

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
    context: str = ""
    """What around it says what it is about: the row of its cell, the item it stands in, the question before it."""
    label: bool = False
    """A phrase and no sentence, whatever covers it."""


def statements(context: Context) -> Iterator[Statement]:
    """Give all statements of the library and its pages."""
    library = context.library
    for procedure in library.procedures.values():
        yield from _procedure(context, procedure)
    for meeting in library.meetings.values():
        yield from _meeting(context, meeting)
    for practice in library.practices.values():
        yield from _practice(context, practice)
    for guide in library.guides.values():
        yield from _guide(context, guide)
    for role in library.roles.values():
        yield from _role(context, role)
    for duty in library.duties.values():
        yield from _duty(context, duty)
    for term in library.terms.values():
        exempt = term.tier in _LABELLED
        yield from _sentences(
            context, f"terms/{term.id}", ("meaning",), term.meaning, term.basis, exempt=exempt, about=term.title
        )
    for regulation in library.regulations.values():
        yield from _regulation(context, regulation)
    yield from _files(context)
    for uri, page in context.reading.markdown.items():
        yield from _prose(page, library.pages.get(uri))


def _files(context: Context) -> Iterator[Statement]:
    """What stands in forms and workbooks and on their pages."""
    for form in context.library.forms.values():
        yield from _form(context, form)
    for workbook in context.library.workbooks.values():
        for index, text in enumerate(workbook.guidance):
            name = f"workbooks/{workbook.id}"
            yield from _sentences(context, name, ("guidance", index), text, workbook.basis, exempt=not workbook.basis)


def _form(context: Context, form: Form) -> Iterator[Statement]:
    """What the page says and what the file prints, held against the clauses that the form names.

    Messages of agreements are left out: like mistakes, they say what is wrong in the words of the wrong.
    """
    name = f"forms/{form.id}"
    texts: list[tuple[KeyPath, str]] = [(("used",), form.used)]
    texts += [(("guidance", index), text) for index, text in enumerate(form.guidance)]
    texts += [(("fields", index, "rule"), field.rule) for index, field in enumerate(form.fields) if field.rule]
    for at, value in walk(form.body):
        # What holds a place to fill in tells what was done this time; what holds none is said of every time.
        if at and at[-1] == "text" and isinstance(value, str) and not TODO.search(value):
            texts.append((("body", *at), value))
    for at, text in texts:
        yield from _sentences(context, name, at, text, form.basis, exempt=not form.basis or form.tier == "practice")


def _procedure(context: Context, item: Procedure) -> Iterator[Statement]:
    name = f"procedures/{item.id}"
    yield from _sentences(context, name, ("summary",), item.summary, item.basis, exempt=item.tier in _LABELLED)
    for index, notice in enumerate(item.notices):
        yield from _sentences(context, name, ("notices", index, "text"), notice.text, item.basis, exempt=True)
    yield from _plain_statements(context, name, "occasion", item.occasion)
    for index, variant in enumerate(item.variants):
        at: KeyPath = ("variants", index, "applies")
        yield from _sentences(context, name, at, variant.applies, variant.basis, exempt=not variant.basis)
    if item.downloads:
        yield from _sentences(context, name, ("downloads", "text"), item.downloads.text, item.downloads.basis)
    yield from _stages(context, name, item.stages)


def _stages(context: Context, name: str, stages: tuple[Stage, ...]) -> Iterator[Statement]:
    for stage_index, stage in enumerate(stages):
        whole = tuple(citation for step in stage.steps for citation in step.basis)
        labelled = all(step.tier in _LABELLED for step in stage.steps)
        at: KeyPath = ("stages", stage_index)
        yield from _sentences(context, name, (*at, "summary"), stage.summary, whole, exempt=labelled)
        yield from _sentences(context, name, (*at, "time"), stage.time, whole, exempt=labelled)
        for step_index, step in enumerate(stage.steps):
            yield from _step(context, name, (*at, "steps", step_index), step)


def _practice(context: Context, item: Practice) -> Iterator[Statement]:
    """A practice is labelled as a whole; its cautions state rules that hold for everybody."""
    name = f"practices/{item.id}"
    yield from _plain_statements(context, name, "cautions", item.cautions)
    for field in ("summary", "what", "seen", "why"):
        yield from _sentences(context, name, (field,), getattr(item, field), item.basis, exempt=True)
    for index, decision in enumerate(item.decisions):
        at: KeyPath = ("decisions", index, "advice")
        yield from _sentences(context, name, at, decision.advice, item.basis, exempt=True)
    yield from _stages(context, name, item.stages)


def _guide(context: Context, item: Guide) -> Iterator[Statement]:
    name = f"guides/{item.id}"
    covered = _basis(entry for part in item.parts for entry in part.items)
    yield from _sentences(context, name, ("summary",), item.summary, covered, exempt=item.tier in _LABELLED)
    for part_index, part in enumerate(item.parts):
        yield from _sentences(context, name, ("parts", part_index, "summary"), part.summary, _basis(part.items))
        for index, entry in enumerate(part.items):
            at: KeyPath = ("parts", part_index, "items", index, "text")
            yield from _sentences(context, name, at, entry.text, entry.basis, exempt=entry.tier in _LABELLED)


def _role(context: Context, item: Role) -> Iterator[Statement]:
    """The page for a role: its summary rests on what its first steps cite."""
    if item.page is None:
        return
    name = f"roles/{item.id}"
    yield from _sentences(context, name, ("page", "summary"), item.page.summary, _basis(item.page.first))
    for index, first in enumerate(item.page.first):
        at: KeyPath = ("page", "first", index, "text")
        yield from _sentences(context, name, at, first.text, first.basis, exempt=first.tier in _LABELLED)


def _basis(items: Iterable[PlainStatement | GuideItem]) -> tuple[Citation, ...]:
    """Give what some items rest on together."""
    return tuple(citation for item in items for citation in item.basis)


def _plain_statements(
    context: Context, name: str, field: str, items: tuple[PlainStatement, ...]
) -> Iterator[Statement]:
    for index, item in enumerate(items):
        exempt = item.tier in _LABELLED
        yield from _sentences(context, name, (field, index, "text"), item.text, item.basis, exempt=exempt)


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
    for index, material in enumerate(step.materials):
        if material.note:  # a paper that no clause names is shown as 经验
            where = (*at, "materials", index, "note")
            yield from _sentences(context, name, where, material.note, material.basis, exempt=not material.basis)
    yield from _sentences(context, name, (*at, "why"), step.why, step.basis, exempt=True)


def _meeting(context: Context, item: Meeting) -> Iterator[Statement]:
    name = f"meetings/{item.id}"
    yield from _sentences(context, name, ("summary",), item.summary, item.basis, exempt=item.tier in _LABELLED)
    for index, notice in enumerate(item.notices):
        yield from _sentences(context, name, ("notices", index, "text"), notice.text, item.basis)
    yield from _plain_statements(context, name, "occasion", item.occasion)
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
    yield from _course(context, name, item)


def _course(context: Context, name: str, item: Meeting) -> Iterator[Statement]:
    """What is done before, on and after the day: advice where no clause is named, and checked where one is."""
    for index, entry in enumerate(item.preparation):
        texts = {"title": entry.title, "note": entry.note or ""}
        for field, text in texts.items():
            at: KeyPath = ("preparation", index, field)
            yield from _sentences(context, name, at, text, entry.basis, exempt=entry.tier in _LABELLED)
    for number, agenda in enumerate(item.agendas):
        yield from _sentences(context, name, ("agendas", number, "note"), agenda.note, agenda.basis, exempt=True)
        for index, point in enumerate(agenda.items):
            where: KeyPath = ("agendas", number, "items", index, "note")
            yield from _sentences(context, name, where, point.note or "", point.basis, exempt=not point.basis)
    yield from _sentences(context, name, ("why",), item.why, item.basis, exempt=True)


def _duty(context: Context, duty: Duty) -> Iterator[Statement]:
    yield from _sentences(context, f"duties/{duty.id}", ("text",), duty.text, duty.basis, exempt=duty.tier in _LABELLED)


def _regulation(context: Context, regulation: Regulation) -> Iterator[Statement]:
    own = (Citation(regulation.short),)
    for index, trap in enumerate(regulation.traps):
        yield from _sentences(context, f"regulations/{regulation.id}", ("traps", index), trap, own, exempt=True)


def _sentences(
    context: Context,
    name: str,
    at: KeyPath,
    text: str,
    basis: tuple[Citation, ...],
    *,
    exempt: bool = False,
    about: str = "",
) -> Iterator[Statement]:
    """Sentences of one value of the data: its own brackets cover a sentence, else the basis of the item does."""
    source = context.source(name)
    for _, sentence in sentences(text):
        place = source.value(*at)
        for piece, brackets in cited_pieces(sentence):
            own = _own(brackets)
            yield Statement(piece, own or basis, place, key_text((*source.base, *at)), bool(own), exempt, about)


def _prose(page: MarkdownPage, curated: CuratedPage | None) -> Iterator[Statement]:
    """Sentences of a page; in a list item or a table cell every bracket covers the whole of it."""
    exempt = curated is not None and curated.meta.tier in _LABELLED
    for piece in pieces_of(page):
        own = _own(piece.brackets)
        yield Statement(
            piece.text, own, piece.place, "(正文)", bool(own), exempt or piece.beside, piece.context, piece.label
        )


def _own(text: str) -> tuple[Citation, ...]:
    found = (parse_citation(match[1]) for match in citations_in(text))
    return tuple(citation for citation in found if citation is not None)
