"""Practices (单位做法): frames that a unit fills in; local, never a rule for everybody."""

from __future__ import annotations

from handbook.model.base import Grouped, Model, Named, Notice, Tier
from handbook.model.citation import Basis
from handbook.model.procedure import Mistake, Stage, Statement, Step
from handbook.model.scalars import Reference, Text


class Decision(Named):
    """Something the unit must settle before it begins; the handbook gives choices, not the answer."""

    options: tuple[Text, ...]
    advice: Text


class FrameRow(Model):
    """A row of the frame, column by column; figures in it are invented and the page says so."""

    cells: tuple[Text, ...]


class Frame(Named):
    """A table that the unit copies and fills in."""

    note: Text
    columns: tuple[Text, ...]
    rows: tuple[FrameRow, ...]
    """Invented examples."""


class Practice(Grouped):
    """A way of working that some units use."""

    tier: Tier = "practice"
    what: Text
    """What it is, in two or three sentences."""
    seen: Text
    """Where the name comes from and what the reports that use it tell about it."""
    unexplained: tuple[Text, ...] = ()
    """What those reports name without explaining (样本未说明): not invented here."""
    cautions: tuple[Statement, ...]
    """What limits it, before anything else: 减负规定 and the like."""
    why: Text
    basis: tuple[Basis, ...] = ()
    notices: tuple[Notice, ...] = ()
    decisions: tuple[Decision, ...]
    frames: tuple[Frame, ...]
    stages: tuple[Stage, ...]
    mistakes: tuple[Mistake, ...] = ()
    related: tuple[Reference, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in order."""
        return tuple(step for stage in self.stages for step in stage.steps)
