"""What one object says of another exists: roles, forms, facts, meetings, variants, units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from handbook.diagnostics import Diagnostic
from handbook.loading.yaml_events import KeyPath
from handbook.model.base import Grouped, Named
from handbook.model.duty import Duty
from handbook.model.form import Demand
from handbook.model.ledger import Ledger, Unit
from handbook.model.library import KIND_BY_SECTION, KINDS, SITE_SECTIONS
from handbook.model.meeting import Meeting, Preparation, Vote
from handbook.model.practice import Practice
from handbook.model.procedure import Key, Material, Procedure, Step
from handbook.rules.clauses import Unresolved
from handbook.rules.context import Context
from handbook.rules.page_anchors import Shown, data_ids, heading_ids, layout_of, written_ids
from handbook.rules.walk import walk


def references_exist(context: Context) -> Iterator[Diagnostic]:
    """Walk all objects and check every id that points elsewhere."""
    for kind, item in context.library.objects():
        name = f"{kind.section}/{item.id}"
        for at, value in walk(item):
            if isinstance(value, BaseModel):
                yield from _fields(context, name, at, value)
        if isinstance(item, Procedure):
            yield from _variants(context, name, item)
        elif isinstance(item, Meeting):
            yield from _agendas(context, name, item)
    for page in context.library.pages.values():
        if not page.owner:
            yield from _ids(context, f"pages/{page.uri}", ("audience",), "roles", "角色", page.meta.audience)
    for term in context.library.terms.values():
        yield from _related(context, f"terms/{term.id}", ("related",), term.related)
    for index, shared in enumerate(context.library.topics.shared):
        if shared.topic not in context.library.topics.topics:
            yield context.unknown(
                "topics", ("shared", index, "topic"), "题目", shared.topic, context.library.topics.topics
            )
        yield from _related(context, "topics", ("shared", index, "pages"), shared.pages)


def _fields(context: Context, name: str, at: KeyPath, value: BaseModel) -> Iterator[Diagnostic]:
    for field in ("roles", "audience"):
        ids = getattr(value, field, None)
        if isinstance(ids, tuple):
            yield from _ids(context, name, (*at, field), "roles", "角色", ids)
    for field in ("related", "links"):
        references = getattr(value, field, None)
        if isinstance(references, tuple):
            yield from _related(context, name, (*at, field), references)
    for model, field, section, what in _POINTERS:
        ident = getattr(value, field) if isinstance(value, model) else None
        if ident:
            yield from _id(context, name, (*at, field), section, what, ident)
    for model, field in _FACTS:
        fact = getattr(value, field) if isinstance(value, model) else None
        if fact:
            yield from _fact(context, name, (*at, field), fact)
            if model is not Demand:  # a demand is about a list of elements, not about a number
                yield from _number(context, name, (*at, field), fact, share=model is Vote)
    if isinstance(value, Grouped):
        yield from _group(context, name, value)
    if isinstance(value, Unit) and value.id in _above(context, value):
        yield context.say(name, (*at, "parent"), f"{value.id} 绕一圈又成了自己的上级", "请核对各单位的 parent")


_POINTERS: tuple[tuple[type[BaseModel], str, str, str], ...] = (
    (Material, "form", "forms", "模板"),
    (Step, "meeting", "meetings", "会议规程"),
    (Duty, "meeting", "meetings", "会议规程"),
    (Duty, "metric", "metrics", "指标"),
    (Duty, "of", "metrics", "指标"),
    (Meeting, "duty", "duties", "例行工作"),
    (Ledger, "keeper", "roles", "角色"),
    (Unit, "parent", "units", "单位"),
)
"""Model, its field that holds one id, and where the id must exist."""
_FACTS: tuple[tuple[type[BaseModel], str], ...] = (
    (Key, "fact"),
    (Demand, "fact"),
    (Vote, "attendance"),
    (Vote, "passing"),
)


def _group(context: Context, name: str, item: Grouped) -> Iterator[Diagnostic]:
    section = KIND_BY_SECTION[name.partition("/")[0]].folder
    known = [group.id for group in context.library.groups.of_section(section)]
    if item.group not in known and "groups" in context.reading.sources:
        yield context.unknown(name, ("group",), "分组", item.group, known)


def _above(context: Context, unit: Unit) -> set[str]:
    """The units above one; a circle holds the unit itself."""
    seen: set[str] = set()
    here = unit.parent
    while here is not None and here not in seen:
        seen.add(here)
        above = context.library.units.get(here)
        here = above.parent if above else None
    return seen


def _variants(context: Context, name: str, procedure: Procedure) -> Iterator[Diagnostic]:
    known = [variant.id for variant in procedure.variants]
    steps = [step.id for step in procedure.steps]
    for stage_index, stage in enumerate(procedure.stages):
        for step_index, step in enumerate(stage.steps):
            for index, variation in enumerate(step.variants):
                if variation.variant not in known:
                    at = ("stages", stage_index, "steps", step_index, "variants", index, "variant")
                    yield context.unknown(name, at, "情形", variation.variant, known)
    for index, key in enumerate(procedure.keys):
        if key.step and key.step not in steps:
            yield context.unknown(name, ("keys", index, "step"), "步骤", key.step, steps)


def _agendas(context: Context, name: str, meeting: Meeting) -> Iterator[Diagnostic]:
    known = [agenda.id for agenda in meeting.agendas]
    last = -1000
    for index, item in enumerate(meeting.preparation):
        if item.agenda and item.agenda not in known:
            yield context.unknown(name, ("preparation", index, "agenda"), "议程", item.agenda, known)
        day = days(item)
        if day < last:
            yield context.say(name, ("preparation", index, "at"), f"{item.at} 排在更晚的事项后面", "请按时间先后排列")
        last = max(last, day)


def days(item: Preparation) -> int:
    """Days relative to the meeting: T-14 → −14."""
    return int(item.at[1:] or 0)


def _ids(context: Context, name: str, at: KeyPath, section: str, what: str, ids: Iterable[str]) -> Iterator[Diagnostic]:
    for index, ident in enumerate(ids):
        yield from _id(context, name, (*at, index), section, what, ident)


def _id(context: Context, name: str, at: KeyPath, section: str, what: str, ident: str) -> Iterator[Diagnostic]:
    if not context.exists(section, ident):
        yield context.unknown(name, at, what, ident, context.library.of_kind(section))


def _fact(context: Context, name: str, at: KeyPath, reference: str) -> Iterator[Diagnostic]:
    found = context.clauses.fact(reference)
    regulation = reference.partition("/")[0]
    unread = context.exists("regulations", regulation) and regulation not in context.library.regulations
    if isinstance(found, Unresolved) and not unread:
        yield context.say(name, at, found.message, found.remedy)


def _number(context: Context, name: str, at: KeyPath, reference: str, *, share: bool) -> Iterator[Diagnostic]:
    """A key number and a threshold are drawn from the fact's number: without one they would be empty."""
    known = context.clauses.fact_names.get(reference)
    if known is None:
        return
    fact = known.fact
    if not fact.number and (fact.comparator or fact.unit or fact.base):
        return  # said at the fact itself
    if not fact.number:
        yield context.say(
            name, at, f"要点 {reference} 没有数字，不能显示成关键数字", "请换一个带数字的要点，或写进正文"
        )
    elif share and "/" not in fact.number and fact.unit != "比例":
        remedy = "到会和通过的门槛要用 1/2、2/3、4/5 这样的要点"
        yield context.say(name, at, f"要点 {reference} 的数字 {fact.number} 不是比例", remedy)


def _related(context: Context, name: str, at: KeyPath, references: Iterable[str]) -> Iterator[Diagnostic]:
    for index, reference in enumerate(references):
        section, _, rest = reference.partition("/")
        ident, _, anchor = rest.partition("#")
        here = (*at, index)
        if section == "checklists":
            owners = {**context.library.procedures, **context.library.meetings}
            if not context.exists("procedures", ident) and not context.exists("meetings", ident):
                yield context.unknown(name, here, "清单", ident, owners)
        elif section == "terms":
            yield from _id(context, name, here, "terms", "术语", ident)
        elif ident == "index" and section in SITE_SECTIONS:
            if f"pages/{section}/index.md" not in context.reading.sources:
                built = [folder for folder in SITE_SECTIONS if f"pages/{folder}/index.md" in context.reading.sources]
                yield context.unknown(name, here, "栏目页", section, built)
        elif section not in KIND_BY_SECTION or KIND_BY_SECTION[section].page == "none":
            shown = [kind.section for kind in KINDS if kind.page != "none"] + ["checklists", "terms"]
            yield context.unknown(name, here, "栏目", section, shown)
        else:
            yield from _id(context, name, here, section, KIND_BY_SECTION[section].title, ident)
            yield from _anchor(context, name, here, context.library.of_kind(section).get(ident), anchor)


def _anchor(context: Context, name: str, at: KeyPath, target: Named | None, anchor: str) -> Iterator[Diagnostic]:
    """The places on a page that are made from its data; others are held by the built site's own test."""
    if not anchor or not isinstance(target, (Procedure, Meeting, Practice)):
        return
    section = {Procedure: "procedures", Meeting: "meetings", Practice: "practices"}[type(target)]
    known = list(data_ids(target, frozenset(layout_of(section))))
    page = context.reading.markdown.get(f"{section}/{target.id}.md")
    written = {ident for ident, _ in written_ids(page)} if page else set()
    if anchor not in {*known, *heading_ids(Shown(frozenset(layout_of(section)))), *written}:
        yield context.unknown(name, at, "步骤", anchor, known)
