"""The parts of a meeting's page that directives call: votes, agenda, before and after, minutes."""

from __future__ import annotations

from itertools import groupby

from handbook.composition.votes import EXAMPLE_DUE, compose_vote
from handbook.model.meeting import Meeting
from handbook.renderers.templating import render
from handbook.renderers.view import View


def part(view: View, meeting: Meeting, name: str) -> str:
    """Give one part by its name in the data: participants, preparation, minutes and so on."""
    groups = [(at, list(items)) for at, items in groupby(meeting.preparation, key=lambda item: item.at)]
    return render(
        "meeting_part.html",
        view=view,
        meeting=meeting,
        part=name,
        preparation=groups,
        days={at: _day(at) for at, _ in groups},
        agendas={agenda.id: agenda.title for agenda in meeting.agendas},
    )


def votes(view: View, meeting: Meeting) -> str:
    """Give each kind of vote with its seats drawn."""
    composed = [compose_vote(vote, view.site.clauses) for vote in meeting.votes]
    return render("votes.html", view=view, meeting=meeting, votes=composed, due=EXAMPLE_DUE)


def agenda(view: View, meeting: Meeting, ident: str) -> str:
    """Give one order of business as a table whose minutes add up."""
    chosen = next(item for item in meeting.agendas if item.id == ident)
    total = sum(item.minutes for item in chosen.items)
    return render("agenda.html", view=view, meeting=meeting, agenda=chosen, total=total)


def _day(at: str) -> str:
    days = int(at[1:] or 0)
    if days == 0:
        return "当天"
    side, count = ("会前", -days) if days < 0 else ("会后", days)
    if count % 7 == 0:
        return f"{side}{ {1: '一', 2: '两', 3: '三', 4: '四'}.get(count // 7, str(count // 7)) }周"
    return f"{side}{count}天"
