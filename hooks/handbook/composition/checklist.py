"""Checklists (清单): put together from steps, materials and meeting preparation, never typed a second time.

An item's id is the full id of what it comes from (``step/member-admission/first-talk``), so that ticks survive rewording.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handbook.model.base import Tier
from handbook.model.citation import Citation
from handbook.model.duty import Role
from handbook.model.meeting import Meeting, Preparation
from handbook.model.procedure import Material, Procedure, Step


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to tick."""

    id: str
    title: str
    note: str
    """When or what else; empty when there is nothing to say."""
    roles: tuple[str, ...]
    address: str
    """Where it is explained."""
    basis: tuple[Citation, ...]
    tier: Tier
    gate: str = ""

    @property
    def slug(self) -> str:
        """The id as an HTML id on pages that draw on several owners."""
        return self.id.replace("/", "--")


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one heading."""

    id: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The checklist of one procedure or meeting, seen three ways."""

    id: str
    title: str
    owner: str
    """``procedures/member-admission``."""
    stages: tuple[Group, ...]
    roles: tuple[Group, ...]
    materials: tuple[Group, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item once, in the order of stages."""
        seen: dict[str, Item] = {}
        for group in (*self.stages, *self.materials):
            for item in group.items:
                seen.setdefault(item.id, item)
        return tuple(seen.values())


def compose_checklists(
    procedures: Mapping[str, Procedure], meetings: Mapping[str, Meeting], roles: Mapping[str, Role]
) -> tuple[Checklist, ...]:
    """Give the checklist of every procedure and meeting."""
    lists = [_of_procedure(procedure, roles) for procedure in procedures.values()]
    lists.extend(_of_meeting(meeting, roles) for meeting in meetings.values())
    return tuple(sorted(lists, key=lambda item: item.id))


def _of_procedure(procedure: Procedure, roles: Mapping[str, Role]) -> Checklist:
    page = f"procedures/{procedure.id}.html"
    stages = tuple(
        Group(stage.id, stage.title, tuple(_step_item(procedure, step, page) for step in stage.steps))
        for stage in procedure.stages
    )
    items = [item for group in stages for item in group.items]
    papers = [
        (material, f"{page}#{step.id}", step.title, step.roles)
        for step in procedure.steps
        for material in step.materials
    ]
    return Checklist(
        procedure.id,
        f"{procedure.title}办理清单",
        f"procedures/{procedure.id}",
        stages,
        _by_role(items, roles),
        _materials(procedure.id, papers),
    )


def _step_item(procedure: Procedure, step: Step, page: str) -> Item:
    note = "；".join(when.text for when in step.when)
    return Item(
        f"step/{procedure.id}/{step.id}", step.title, note, step.roles, f"{page}#{step.id}", step.basis, step.tier,
        step.gate or "",
    )  # fmt: skip


def _of_meeting(meeting: Meeting, roles: Mapping[str, Role]) -> Checklist:
    page = f"meetings/{meeting.id}.html"
    agendas = {agenda.id: agenda.title for agenda in meeting.agendas}
    parts = (
        ("before", "会前", [item for item in meeting.preparation if item.at.startswith("T-")]),
        ("day", "当天", [item for item in meeting.preparation if item.at == "T"]),
        ("after", "会后", [item for item in meeting.preparation if item.at.startswith("T+")]),
    )
    stages = tuple(
        Group(ident, title, tuple(_preparation_item(meeting, item, page, agendas) for item in items))
        for ident, title, items in parts
        if items
    )
    flat = [item for group in stages for item in group.items]
    papers = [
        (material, f"{page}#{item.id}", item.title, item.roles)
        for item in meeting.preparation
        for material in item.materials
    ]
    return Checklist(
        meeting.id, f"{meeting.title}准备清单", f"meetings/{meeting.id}", stages, _by_role(flat, roles),
        _materials(meeting.id, papers),
    )  # fmt: skip


def _preparation_item(meeting: Meeting, item: Preparation, page: str, agendas: Mapping[str, str]) -> Item:
    day = f"{item.at}".replace("-", "−").replace("+", "＋")
    only = f"（{agendas[item.agenda]}时）" if item.agenda else ""
    note = f"{day}{only}" + (f"　{item.note}" if item.note else "")
    return Item(
        f"preparation/{meeting.id}/{item.id}", item.title, note, item.roles, f"{page}#{item.id}", item.basis, item.tier
    )


def _by_role(items: Iterable[Item], roles: Mapping[str, Role]) -> tuple[Group, ...]:
    listed = list(items)
    order = sorted({role for item in listed for role in item.roles}, key=lambda role: (roles[role].order, role))
    return tuple(Group(role, roles[role].title, tuple(item for item in listed if role in item.roles)) for role in order)


def _materials(owner: str, papers: Iterable[tuple[Material, str, str, tuple[str, ...]]]) -> tuple[Group, ...]:
    """Papers for the personnel file first; a paper that several steps touch stands once, where it first arises."""
    filed: dict[str, Item] = {}
    others: dict[str, Item] = {}
    for material, address, title, roles in papers:
        tier: Tier = "national" if material.basis or material.file else "tip"
        item = Item(
            f"material/{owner}/{material.id}", material.title, material.note or f"产生于“{title}”", roles[:1], address,
            material.basis, tier,
        )  # fmt: skip
        (filed if material.file else others).setdefault(material.id, item)
    groups = (
        Group("to-file", "要归入人事档案的材料", tuple(filed.values())),
        Group("to-keep", "支部留存的其他材料", tuple(item for key, item in others.items() if key not in filed)),
    )
    return tuple(group for group in groups if group.items)
