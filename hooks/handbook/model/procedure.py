"""Procedures (程序): stages, steps, materials, variants; and the parts that meetings and practices share with them."""

from __future__ import annotations

from typing import Literal

from handbook.model.base import Grouped, Model, Named, Notice, Tier
from handbook.model.citation import Basis
from handbook.model.scalars import FactReference, Flag, Ident, Reference, Text


class Statement(Model):
    """A sentence with its clause."""

    text: Text
    basis: tuple[Basis, ...] = ()
    tier: Tier = "national"


class When(Model):
    """When a step may begin, is due, or must be done by."""

    bound: Literal["earliest", "due", "latest", "after"]
    """最早 · 应当 · 不得超过 · order only (``after``: no badge)."""
    text: Text


class Material(Model):
    """A paper that a step leaves behind."""

    id: Ident
    title: Text
    file: Flag = False
    """Goes into the personnel file (归档)."""
    form: Ident | None = None
    """Our downloadable form for it."""
    official: Text | None = None
    """Where the official form comes from, when it must not be drawn up by ourselves."""
    note: Text | None = None
    basis: tuple[Basis, ...] = ()
    """The clause that names it; a material without one is shown as 经验."""


class Mistake(Model):
    """A common mistake at the place where it happens."""

    text: Text
    basis: tuple[Basis, ...] = ()


class Variation(Model):
    """How one step differs in one variant."""

    variant: Ident
    action: Text
    when: tuple[When, ...] = ()
    basis: tuple[Basis, ...] = ()
    tier: Tier = "national"


class Step(Named):
    """One row of a procedure: who does what by when, on which clause it rests, what remains."""

    roles: tuple[Ident, ...]
    """The first one is responsible."""
    when: tuple[When, ...] = ()
    action: tuple[Text, ...]
    """Sentences, in the order in which they are done."""
    output: tuple[Text, ...] = ()
    """The result (a state, not a paper)."""
    materials: tuple[Material, ...] = ()
    basis: tuple[Basis, ...] = ()
    tier: Tier = "national"
    gate: Text | None = None
    """Where the superior decides: 上级党委备案, 上级党委同意, 党委审批."""
    why: Text
    mistakes: tuple[Mistake, ...] = ()
    variants: tuple[Variation, ...] = ()
    meeting: Ident | None = None
    """The meeting format in which the step happens."""


class Stage(Named):
    """Steps that belong together; the grouping is ours."""

    summary: Text
    time: Text
    """The stage's time limit in a few words, for the flow picture."""
    steps: tuple[Step, ...]


class Variant(Named):
    """A kind of branch or case in which steps differ."""

    applies: Text
    """To whom or when it applies."""
    basis: tuple[Basis, ...] = ()


class Key(Model):
    """A number people look up: taken from a fact, worded for this page."""

    fact: FactReference
    text: Text
    """What the number is about, without the number."""
    step: Ident | None = None
    """Where on the page it is explained."""


class Procedure(Grouped):
    """How one matter is done."""

    occasion: tuple[Statement, ...]
    """When it is done: what sets it going, how often, within which time."""

    basis: tuple[Basis, ...]
    """The regulations it mainly rests on, without articles."""
    division: Text
    """Whose grouping into stages and rows this is."""
    notices: tuple[Notice, ...] = ()
    keys: tuple[Key, ...] = ()
    variants: tuple[Variant, ...] = ()
    stages: tuple[Stage, ...]
    downloads: Statement | None = None
    """What to know before downloading: papers that must not be drawn up by ourselves."""
    related: tuple[Reference, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in order; the row number is the position."""
        return tuple(step for stage in self.stages for step in stage.steps)
