"""The parts of a procedure's page that directives call: key numbers, flow, steps, downloads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from handbook.composition.asof import compose_asof
from handbook.model.meeting import Meeting
from handbook.model.procedure import Key, Procedure
from handbook.renderers.press import Press
from handbook.renderers.shelf import Download, calendar_address
from handbook.renderers.suspicion import box
from handbook.renderers.templating import chinese_ordinal, render
from handbook.renderers.view import View
from handbook.rules.clauses import KnownFact

_SHARES = {"1/2": "半数", "2/3": "三分之二", "4/5": "五分之四"}


def keys(view: View, items: Iterable[Key]) -> str:
    """Give the numbers people look up, each taken from its fact."""
    facts = view.site.clauses.fact_names
    return render("keys.html", keys=[_key(view, key, facts[key.fact]) for key in items])


def flow(_view: View, procedure: Procedure) -> str:
    """Give the stages as one picture that is also a list."""
    stages: list[Mapping[str, object]] = []
    first = 1
    for stage in procedure.stages:
        last = first + len(stage.steps) - 1
        gates = list(dict.fromkeys(step.gate for step in stage.steps if step.gate))
        stages.append(
            {"id": stage.id, "title": stage.title, "first": first, "last": last, "time": stage.time, "gates": gates}
        )
        first = last + 1
    return render("flow.html", procedure=procedure, stages=stages)


def steps(view: View, procedure: Procedure) -> str:
    """Give all stages with their steps, each stage under its heading."""
    variants = {variant.id: variant.title for variant in procedure.variants}
    blocks: list[str] = []
    number = 0
    for index, stage in enumerate(procedure.stages, 1):
        blocks.append(f"## {chinese_ordinal(index)}、{stage.title} {{#{stage.id}}}\n\n{view.text(stage.summary)}")
        doubts = box(view, f"procedures/{procedure.id}#{stage.id}")
        blocks.extend([doubts] if doubts else [])
        for step in stage.steps:
            number += 1
            blocks.append(
                render("step.html", view=view, procedure=procedure, step=step, number=number, variants=variants)
            )
    return "\n\n".join(blocks)


def choose(view: View, procedure: Procedure) -> str:
    """Give the variants as a list, and the place where the script puts the chooser."""
    data = [{"id": variant.id, "title": variant.title} for variant in procedure.variants]
    return render("choose.html", view=view, procedure=procedure, variants_json=json.dumps(data, ensure_ascii=False))


def asof(view: View, procedure: Procedure) -> str:
    """Give what is known of the text before the one in force, and what the script needs to show an older day."""
    found = compose_asof(procedure, view.site.clauses)
    if found is None:
        return ""
    table = render("differences.html", view=view, differences=found.current.differences)
    fragment = render(
        "asof.html", view=view, procedure=procedure, asof=found, table=table, on=view.site.on,
        page=view.page.rpartition("/")[2],
    )  # fmt: skip
    return f"## {found.current.begins}以前 {{#asof}}\n\n{fragment}"


def checklist_door(view: View, ident: str) -> str:
    """Give the ways into the checklist of a procedure or meeting."""
    return render("checklist_door.html", view=view, checklist=view.site.checklists[ident])


def downloads(press: Press, view: View, owner: Procedure | Meeting) -> str:
    """Give the forms that the steps or preparations name; meetings that recur get the calendar too."""
    return render("downloads.html", view=view, items=owner_downloads(press, owner))


def owner_downloads(press: Press, owner: Procedure | Meeting) -> tuple[Download, ...]:
    """Give the files of a procedure or meeting, each once, in the order in which they are needed."""
    papers = (
        [material for step in owner.steps for material in step.materials]
        if isinstance(owner, Procedure)
        else [material for item in owner.preparation for material in item.materials]
    )
    addresses = list(dict.fromkeys(f"forms/{material.form}.docx" for material in papers if material.form))
    if isinstance(owner, Meeting) and owner.duty:
        addresses.append(calendar_address(press.site))
    return tuple(press.shelf[address] for address in addresses)


def related(view: View, references: Sequence[str]) -> str:
    """Give the links to what belongs together."""
    return render("related.html", view=view, references=references)


def notices(view: View, owner: Procedure | Meeting) -> str:
    """Give the boxes at the top of a page."""
    return render("notices.html", view=view, items=owner.notices)


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
