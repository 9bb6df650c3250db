"""Meeting formats (会议规程): participants, quorum, agenda, before and after, minutes."""

from __future__ import annotations

from handbook.model.base import Model, Named, Notice, PageMeta, Tier
from handbook.model.citation import Basis
from handbook.model.procedure import Key, Material, Mistake
from handbook.model.scalars import Count, FactReference, Flag, Ident, Offset, Reference, Text


class Participant(Model):
    """Who takes part, and whether with a vote."""

    who: Text
    votes: Flag
    note: Text
    basis: tuple[Basis, ...] = ()
    tier: Tier = "national"


class Statement(Model):
    """A sentence with its clause."""

    text: Text
    basis: tuple[Basis, ...] = ()
    tier: Tier = "national"


class Vote(Named):
    """A kind of vote: how many must be present and how many must agree, both from facts."""

    attendance: FactReference
    passing: FactReference
    rules: tuple[Statement, ...] = ()


class AgendaItem(Named):
    """A point of the agenda with its minutes."""

    minutes: Count
    roles: tuple[Ident, ...]
    note: Text | None = None
    basis: tuple[Basis, ...] = ()


class Agenda(Named):
    """One order of business; a meeting format has one per variant."""

    note: Text
    items: tuple[AgendaItem, ...]
    basis: tuple[Basis, ...] = ()


class Preparation(Named):
    """Something to do before, on or after the day."""

    at: Offset
    roles: tuple[Ident, ...]
    note: Text | None = None
    materials: tuple[Material, ...] = ()
    basis: tuple[Basis, ...] = ()
    tier: Tier = "tip"
    agenda: Ident | None = None
    """Only for this agenda; None: always."""


class Situation(Named):
    """What to do when something goes differently."""

    action: Text
    basis: tuple[Basis, ...] = ()
    tier: Tier = "tip"


class Meeting(PageMeta):
    """How one kind of meeting is held."""

    basis: tuple[Basis, ...]
    convener: Statement
    keys: tuple[Key, ...] = ()
    notices: tuple[Notice, ...] = ()
    duty: Ident | None = None
    """How often: the recurring duty."""
    matters: tuple[Statement, ...] = ()
    """What it decides."""
    participants: tuple[Participant, ...]
    words: tuple[Statement, ...] = ()
    """应到, 实到, 赞成: what is counted."""
    votes: tuple[Vote, ...] = ()
    agendas: tuple[Agenda, ...]
    preparation: tuple[Preparation, ...]
    """In order of time: before, on the day, after."""
    minutes: tuple[Statement, ...]
    """What the minutes must hold."""
    script: tuple[Text, ...] = ()
    """Outline of what the chair says, own words."""
    situations: tuple[Situation, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    related: tuple[Reference, ...] = ()
