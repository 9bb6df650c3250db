"""Where a form is used: the steps and meetings whose papers name it, in the order of the handbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.model.library import Library
from handbook.model.meeting import Meeting
from handbook.model.practice import Practice
from handbook.model.procedure import Material, Procedure

Owner = Procedure | Meeting | Practice
_ORDER: tuple[type[Owner], ...] = (Procedure, Meeting, Practice)


@dataclass(frozen=True, slots=True)
class Place:
    """A step of a procedure or practice, or a preparation of a meeting."""

    owner: str
    """``procedures/member-admission``."""
    title: str
    """发展党员."""
    anchor: str
    label: str
    """第3步, 会前一周: where in the owner it stands."""
    what: str
    """Title of the step."""
    stage: str
    """Id of the stage; empty in a meeting."""
    roles: tuple[str, ...]

    @property
    def address(self) -> str:
        """``procedures/member-admission.html#first-talk``."""
        return f"{self.owner}.html#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with the place that asks for it."""

    material: Material
    place: Place


def papers_of(owner: Owner) -> Iterator[Paper]:
    """Walk the papers of one owner in their order."""
    if isinstance(owner, Meeting):
        for item in owner.preparation:
            place = Place(f"meetings/{owner.id}", owner.title, item.id, day(item.at), item.title, "", item.roles)
            yield from (Paper(material, place) for material in item.materials)
        return
    section = "procedures" if isinstance(owner, Procedure) else "practices"
    number = 0
    for stage in owner.stages:
        for step in stage.steps:
            number += 1
            place = Place(
                f"{section}/{owner.id}", owner.title, step.id, f"第{number}步", step.title, stage.id, step.roles
            )
            yield from (Paper(material, place) for material in step.materials)


def form_uses(library: Library) -> Mapping[str, tuple[Place, ...]]:
    """Give the places that name a form, by form; a place that names it twice counts once."""
    found: dict[str, dict[Place, None]] = {}
    for paper in papers(library):
        if paper.material.form:
            found.setdefault(paper.material.form, {})[paper.place] = None
    return {form: tuple(places) for form, places in found.items()}


def papers(library: Library) -> Iterator[Paper]:
    """Walk the papers of everything that readers are shown: procedures, meetings, practices."""
    owners: tuple[Owner, ...] = (
        *library.procedures.values(), *library.meetings.values(), *library.practices.values()
    )  # fmt: skip
    for owner in sorted(owners, key=lambda item: (_ORDER.index(type(item)), item.order, item.id)):
        if owner.status == "published":
            yield from papers_of(owner)


def day(at: str) -> str:
    """Give 会前一周 for ``T-7``, 当天 for ``T``."""
    days = int(at[1:] or 0)
    if days == 0:
        return "当天"
    side, count = ("会前", -days) if days < 0 else ("会后", days)
    if count % 7 == 0:
        return f"{side}{ {1: '一', 2: '两', 3: '三', 4: '四'}.get(count // 7, str(count // 7)) }周"
    return f"{side}{count}天"
