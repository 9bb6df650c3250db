"""The parts of a meeting's page: when and why, votes, agendas, before and after, minutes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from handbook.composition.form_use import day
from handbook.composition.votes import EXAMPLE_DUE, compose_vote
from handbook.model.meeting import Agenda, Meeting
from handbook.renderers.calendar_shelf import all_duties_address
from handbook.renderers.press import Press
from handbook.renderers.procedure_parts import form_files, package_file
from handbook.renderers.templating import render
from handbook.renderers.view import View


def part(name: str) -> Callable[[Press, View, Meeting], str]:
    """Give the maker of one part by its name in the data: participants, preparation, minutes and so on."""

    def make(_press: Press, view: View, meeting: Meeting) -> str:
        if not getattr(meeting, name):
            return ""
        groups = [(at, list(items)) for at, items in groupby(meeting.preparation, key=lambda item: item.at)]
        return render(
            "meeting_part.html",
            view=view,
            meeting=meeting,
            part=name,
            preparation=groups,
            days={at: day(at) for at, _ in groups},
            agendas={agenda.id: agenda.title for agenda in meeting.agendas},
            duty=view.site.library.duties.get(meeting.duty) if meeting.duty else None,
        )

    return make


def participants_heading(meeting: Meeting) -> str:
    """Give the heading of the participants: where nobody votes it does not speak of it."""
    return "谁参加，谁表决" if any(person.votes for person in meeting.participants) else "谁参加"


def votes_heading(meeting: Meeting) -> str:
    """Give the heading of what is counted."""
    if any(vote.passing for vote in meeting.votes):
        return "几个人到会，几票通过"
    return "几个人到会" if meeting.votes else "人数怎么算"


def votes(press: Press, view: View, meeting: Meeting) -> str:
    """Give what is counted, and each kind of vote with its seats drawn."""
    words = part("words")(press, view, meeting)
    if not meeting.votes:
        return words
    composed = [compose_vote(vote, view.site.clauses) for vote in meeting.votes]
    drawn = render("votes.html", view=view, meeting=meeting, votes=composed, due=EXAMPLE_DUE)
    return f"先分清几个数：\n\n{words}\n\n{drawn}" if words else drawn


def agendas(_press: Press, view: View, meeting: Meeting) -> str:
    """Give every order of business under its heading, as a table whose minutes add up."""
    blocks: list[str] = []
    for item in meeting.agendas:
        title = "议程" if len(meeting.agendas) == 1 else f"议程：{item.title}"
        blocks += [f"## {title} {{#agenda-{item.id}}}", _agenda(view, meeting, item)]
    return "\n\n".join(blocks)


def downloads(press: Press, view: View, meeting: Meeting) -> str:
    """Give the forms that the preparation names, all together first, and the calendar where the meeting recurs."""
    found = list(form_files(press, [material for item in meeting.preparation for material in item.materials]))
    package = package_file(press, meeting.id)
    if package:
        found.insert(0, package)
    if meeting.duty:
        found.append(press.shelf[all_duties_address(press.site.on.year)])
    return render("downloads.html", view=view, items=found) if found else ""


def _agenda(view: View, meeting: Meeting, agenda: Agenda) -> str:
    total = sum(item.minutes for item in agenda.items)
    return render("agenda.html", view=view, meeting=meeting, agenda=agenda, total=total)
