"""The standard page of a procedure, a meeting or a practice: its parts in their order, each under its heading.

A curated page calls the whole (``<!-- handbook:procedure ID -->``), the whole in stretches with prose between them
(``{until: keys}``, ``{from: occasion}``), or a single part without its heading (``{part: flow}``). A part that has nothing to say leaves no heading behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handbook.model.meeting import Meeting
from handbook.model.procedure import Procedure
from handbook.renderers import meeting_parts, practice_parts, procedure_parts, shared_parts
from handbook.renderers.press import Press
from handbook.renderers.shared_parts import Owner
from handbook.renderers.view import View


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a standard page."""

    name: str
    make: Callable[[Press, View, Any], str]
    """Takes the kind of owner in whose layout it stands."""
    heading: str | Callable[[Any], str] = ""
    """Empty where the part brings its own headings or needs none; a callable where it depends on the owner."""
    anchor: str = ""
    note: str = ""
    """A sentence between the heading and the part."""


PROCEDURE: tuple[Part, ...] = (
    Part("notices", shared_parts.notices),
    Part("keys", shared_parts.keys, "先记住这些数字", "keys"),
    Part("occasion", procedure_parts.occasion, "什么时候做，谁来做", "occasion"),
    Part("flow", procedure_parts.flow, "分几个阶段", "stages"),
    Part("checklist", shared_parts.checklist, "办理清单", "checklist"),
    Part("choose", procedure_parts.choose, "先看是哪种情形", "variants", "下面每一步都按一般情形写；情形不同的地方，在那一步里另起一行说明。"),
    Part("steps", procedure_parts.steps),
    Part("asof", procedure_parts.asof),
    Part("papers", procedure_parts.papers, "要留下的材料", "papers"),
    Part("basis", shared_parts.basis, "依据哪些条款", "basis"),
    Part("downloads", procedure_parts.downloads, "下载", "downloads"),
    Part("related", shared_parts.related, "相关", "related"),
)  # fmt: skip
MEETING: tuple[Part, ...] = (
    Part("notices", shared_parts.notices),
    Part("keys", shared_parts.keys, "先记住这些数字", "keys"),
    Part("occasion", meeting_parts.part("occasion"), "什么时候开，为什么开", "occasion"),
    Part("convener", meeting_parts.part("convener"), "谁召集，谁主持", "chair"),
    Part("matters", meeting_parts.part("matters"), "议哪些事", "matters"),
    Part("participants", meeting_parts.part("participants"), meeting_parts.participants_heading, "participants"),
    Part("votes", meeting_parts.votes, meeting_parts.votes_heading, "votes"),
    Part("agendas", meeting_parts.agendas),
    Part(
        "preparation", meeting_parts.part("preparation"), "会前到会后", "preparation",
        "会前几天、会后几天是安排工作的参考，没有条款规定。标了依据的，条款管的是这件事该办；写明期限的，按那个期限。",
    ),
    Part("checklist", shared_parts.checklist, "准备清单", "checklist"),
    Part("script", meeting_parts.part("script"), "主持词提纲", "script", "按实际情况改写，不必逐字照念。"),
    Part("minutes", meeting_parts.part("minutes"), "会议记录要写什么", "minutes"),
    Part("situations", meeting_parts.part("situations"), "遇到这些情况", "situations"),
    Part("mistakes", meeting_parts.part("mistakes"), "常见错误", "mistakes"),
    Part("basis", shared_parts.basis, "依据哪些条款", "basis"),
    Part("downloads", meeting_parts.downloads, "下载", "downloads"),
    Part("related", shared_parts.related, "相关", "related"),
)  # fmt: skip
PRACTICE: tuple[Part, ...] = (
    Part("cautions", practice_parts.cautions, "先看清限制", "cautions"),
    Part("notices", shared_parts.notices),
    Part("what", practice_parts.what, "是什么，为什么有人这样做", "what"),
    Part("decisions", practice_parts.decisions, "用之前要定下来的事", "decisions", "下面只给出可选的办法，定哪一种由本单位决定。"),
    Part("frames", practice_parts.frames),
    Part("steps", practice_parts.steps),
    Part("mistakes", practice_parts.mistakes, "常见错误", "mistakes"),
    Part("basis", shared_parts.basis, "依据哪些条款", "basis"),
    Part("related", shared_parts.related, "相关", "related"),
)  # fmt: skip


def whole(press: Press, view: View, owner: Owner, *, first: str = "", last: str = "") -> str:
    """Give the standard page below its title, or the stretch from one part to another, both included."""
    blocks: list[str] = []
    layout = _layout(owner)
    names = [item.name for item in layout]
    start = names.index(first) if first else 0
    end = names.index(last) + 1 if last else len(names)
    for item in layout[start:end]:
        text = item.make(press, view, owner).strip("\n")
        if text:
            heading = item.heading if isinstance(item.heading, str) else item.heading(owner)
            blocks += [f"## {heading} {{#{item.anchor}}}"] if heading else []
            blocks += [item.note, text] if item.note else [text]
    return "\n\n".join(blocks)


def part(press: Press, view: View, owner: Owner, name: str) -> str:
    """Give one part without its heading; the name has passed the checks."""
    chosen = next(item for item in _layout(owner) if item.name == name)
    return chosen.make(press, view, owner)


def _layout(owner: Owner) -> tuple[Part, ...]:
    if isinstance(owner, Procedure):
        return PROCEDURE
    return MEETING if isinstance(owner, Meeting) else PRACTICE
