"""The parts of a practice's page: cautions first, what it is, what to settle, the frame to fill in, steps."""

from __future__ import annotations

from handbook.model.practice import Practice
from handbook.renderers.press import Press
from handbook.renderers.suspicion import box
from handbook.renderers.templating import render
from handbook.renderers.view import View


def cautions(_press: Press, view: View, practice: Practice) -> str:
    """Give what limits it."""
    return _part(view, practice, "cautions")


def what(_press: Press, view: View, practice: Practice) -> str:
    """Give what it is, where the name was seen, what nobody explained, and what it is good for."""
    return _part(view, practice, "what")


def decisions(_press: Press, view: View, practice: Practice) -> str:
    """Give what the unit must settle before it begins."""
    return _part(view, practice, "decisions")


def frames(_press: Press, view: View, practice: Practice) -> str:
    """Give each table to copy under its heading."""
    return "\n\n".join(
        f"## {frame.title} {{#{frame.id}}}\n\n{render('frame.html', view=view, practice=practice, frame=frame)}"
        for frame in practice.frames
    )


def steps(_press: Press, view: View, practice: Practice) -> str:
    """Give the steps, each stage under its heading."""
    blocks: list[str] = []
    number = 0
    for stage in practice.stages:
        blocks.append(f"## {stage.title} {{#{stage.id}}}\n\n{view.text(stage.summary)}")
        for step in stage.steps:
            number += 1
            blocks.append(
                render("step.html", view=view, owner=f"practices/{practice.id}", step=step, number=number, variants={})
            )
    return "\n\n".join(blocks)


def mistakes(_press: Press, view: View, practice: Practice) -> str:
    """Give the common mistakes."""
    return _part(view, practice, "mistakes") if practice.mistakes else ""


def _part(view: View, practice: Practice, name: str) -> str:
    made = render("practice_part.html", view=view, practice=practice, part=name)
    return f"{made}\n{box(view, f'practices/{practice.id}#{name}')}".strip("\n")
