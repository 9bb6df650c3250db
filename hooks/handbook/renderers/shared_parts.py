"""Parts that the pages of procedures, meetings and practices have in common."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.composition.grounds import Standing, grounds
from handbook.model.meeting import Meeting
from handbook.model.practice import Practice
from handbook.model.procedure import Key, Procedure
from handbook.renderers.press import Press
from handbook.renderers.suspicion import box
from handbook.renderers.templating import render
from handbook.renderers.view import View
from handbook.rules.clauses import KnownFact

Owner = Procedure | Meeting | Practice
_SHARES = {"1/2": "半数", "2/3": "三分之二", "4/5": "五分之四"}


def section_of(owner: Owner) -> str:
    """Give the section of the data in which an owner stands."""
    if isinstance(owner, Procedure):
        return "procedures"
    return "meetings" if isinstance(owner, Meeting) else "practices"


def notices(_press: Press, view: View, owner: Owner) -> str:
    """Give the boxes at the top of a page."""
    doubts = box(view, f"{section_of(owner)}/{owner.id}#notices")
    return f"{render('notices.html', view=view, items=owner.notices)}\n{doubts}".strip("\n")


def keys(_press: Press, view: View, owner: Procedure | Meeting) -> str:
    """Give the numbers people look up, each taken from its fact."""
    if not owner.keys:
        return ""
    facts = view.site.clauses.fact_names
    made = render("keys.html", keys=[_key(view, key, facts[key.fact]) for key in owner.keys])
    return f"{made}\n{box(view, f'{section_of(owner)}/{owner.id}#keys')}"


def checklist(_press: Press, view: View, owner: Procedure | Meeting) -> str:
    """Give the ways into the checklist of a procedure or meeting."""
    return render("checklist_door.html", view=view, checklist=view.site.checklists[owner.id])


def basis(_press: Press, view: View, owner: Owner) -> str:
    """Give every clause that the page rests on, regulation by regulation, in the order of the page."""
    found = grounds(owner, view.site.clauses)
    return render("grounds.html", view=view, items=[_ground(view, item) for item in found]) if found else ""


def related(_press: Press, view: View, owner: Owner) -> str:
    """Give the links to what belongs together."""
    return render("related.html", view=view, references=owner.related) if owner.related else ""


def figure_words(known: KnownFact) -> tuple[str, str, str]:
    """Give what stands before the number, the number, and what stands after it."""
    fact = known.fact
    comparator = fact.comparator or ""
    before = comparator if comparator in ("不少于", "超过", "不超过", "不足") else ""
    after = "" if before or comparator == "等于" else comparator
    usual = {"usual": "一般", "principle": "原则上"}.get(fact.strength, "")
    number = fact.number or ""
    if number in _SHARES:
        return usual + before, _SHARES[number], after
    return usual + before, number, f"{fact.unit or ''}{after}"


def _key(view: View, key: Key, known: KnownFact) -> Mapping[str, object]:
    before, number, unit = figure_words(known)
    return {
        "before": before, "number": number, "unit": unit, "text": key.text, "step": key.step,
        "clause": view.fact_clause(known),
    }  # fmt: skip


def _ground(view: View, item: Standing) -> Mapping[str, object]:
    return {
        "regulation": item.regulation, "year": item.year, "numbers": item.numbers,
        "state": view.version_state(item.regulation.id, item.year),
    }  # fmt: skip
