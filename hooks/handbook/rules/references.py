"""What one object says of another exists: roles, forms, facts, meetings, variants, units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handbook.diagnostics import Diagnostic
from handbook.loading.yaml_events import KeyPath
from handbook.model.duty import Duty
from handbook.model.ledger import Ledger, Unit
from handbook.model.library import KIND_BY_SECTION, KINDS
from handbook.model.meeting import Meeting, Preparation, Vote
from handbook.model.procedure import Key, Material, Procedure, Step
from handbook.rules.clauses import Unresolved
from handbook.rules.context import Context
from handbook.rules.walk import walk


def references_exist(context: Context) -> Iterator[Diagnostic]:
    """Walk all objects and check every id that points elsewhere."""
    for kind, item in context.library.objects():
        name = f"{kind.section}/{item.id}"
        for at, value in walk(item):
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


def _fields(context: Context, name: str, at: KeyPath, value: object) -> Iterator[Diagnostic]:
    for field in ("roles", "audience"):
        ids = getattr(value, field, None)
        if isinstance(ids, tuple):
            yield from _ids(context, name, (*at, field), "roles", "角色", ids)
    related = getattr(value, "related", None)
    if isinstance(related, tuple):
        yield from _related(context, name, (*at, "related"), related)
    if isinstance(value, Key):
        yield from _fact(context, name, (*at, "fact"), value.fact)
    elif isinstance(value, Vote):
        yield from _fact(context, name, (*at, "attendance"), value.attendance)
        yield from _fact(context, name, (*at, "passing"), value.passing)
    elif isinstance(value, Material) and value.form:
        yield from _id(context, name, (*at, "form"), "forms", "模板", value.form)
    elif isinstance(value, (Step, Duty)) and value.meeting:
        # duties may name meetings that are written later only when they exist
        yield from _id(context, name, (*at, "meeting"), "meetings", "会议规程", value.meeting)
    elif isinstance(value, Meeting) and value.duty:
        yield from _id(context, name, (*at, "duty"), "duties", "例行工作", value.duty)
    elif isinstance(value, Ledger):
        yield from _id(context, name, (*at, "keeper"), "roles", "角色", value.keeper)
    elif isinstance(value, Unit) and value.parent:
        yield from _id(context, name, (*at, "parent"), "units", "单位", value.parent)
        if value.id in _above(context, value):
            yield context.say(name, (*at, "parent"), f"{value.id} 绕一圈又成了自己的上级", "请核对各单位的 parent")


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


def _related(context: Context, name: str, at: KeyPath, references: Iterable[str]) -> Iterator[Diagnostic]:
    for index, reference in enumerate(references):
        section, _, rest = reference.partition("/")
        ident, _, anchor = rest.partition("#")
        here = (*at, index)
        if section == "checklists":
            owners = {**context.library.procedures, **context.library.meetings}
            if not context.exists("procedures", ident) and not context.exists("meetings", ident):
                yield context.unknown(name, here, "清单", ident, owners)
            continue
        if section not in KIND_BY_SECTION or KIND_BY_SECTION[section].page == "none":
            shown = [kind.section for kind in KINDS if kind.page != "none"] + ["checklists"]
            yield context.unknown(name, here, "栏目", section, shown)
            continue
        what = KIND_BY_SECTION[section].title
        yield from _id(context, name, here, section, what, ident)
        target = context.library.procedures.get(ident) if section == "procedures" else None
        if anchor and target:
            anchors = [stage.id for stage in target.stages] + [step.id for step in target.steps]
            if anchor not in anchors:
                yield context.unknown(name, here, "步骤", anchor, anchors)
