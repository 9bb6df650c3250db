"""Meeting formats (会议规程): participants, quorum, agenda, before and after, minutes."""

from __future__ import annotations

from handbook.model.base import Grouped, Model, Named, Notice, Tier
from handbook.model.citation import Basis
from handbook.model.procedure import Key, Material, Mistake, Statement
from handbook.model.scalars import Count, FactReference, Flag, Ident, Offset, Reference, Text


class Participant(Model):
    """Who takes part, and whether with a vote."""

    who: Text
    votes: Flag
    note: Text
    basis: tuple[Basis, ...] = ()
    tier: Tier = "national"


class Vote(Named):
    """A kind of vote: how many must be present and how many must agree, from facts; their bases (应到, 实到) too."""

    attendance: FactReference
    passing: FactReference | None = None
    """None where no clause says how many must agree."""
    rules: tuple[Statement, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of its facts."""
        return (self.attendance, self.passing) if self.passing else (self.attendance,)


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


class Meeting(Grouped):
    """How one kind of meeting is held."""

    occasion: tuple[Statement, ...]
    """When it is held, how often, and when it is not."""
    why: Text
    """What it is for, in the words of somebody who has to explain it to a newcomer."""
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
