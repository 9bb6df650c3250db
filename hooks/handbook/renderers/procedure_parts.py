"""The parts of a procedure's page: when and who, flow, steps, papers, downloads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from handbook.composition.asof import compose_asof
from handbook.model.procedure import Material, Procedure, Step
from handbook.renderers.download import Download
from handbook.renderers.press import Press
from handbook.renderers.suspicion import box
from handbook.renderers.templating import chinese_ordinal, render
from handbook.renderers.view import View


def occasion(_press: Press, view: View, procedure: Procedure) -> str:
    """Give when it is done, and who leads which steps."""
    leads: dict[str, list[tuple[int, Step]]] = {}
    for number, step in enumerate(procedure.steps, 1):
        leads.setdefault(step.roles[0], []).append((number, step))
    roles = sorted(leads, key=lambda role: (view.site.library.roles[role].order, role))
    who = [(view.site.library.roles[role].title, leads[role]) for role in roles]
    return render("occasion.html", view=view, procedure=procedure, who=who)


def flow(_press: Press, _view: View, procedure: Procedure) -> str:
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
    gated = any(stage["gates"] for stage in stages)
    return render("flow.html", procedure=procedure, stages=stages, gated=gated)


def steps(press: Press, view: View, procedure: Procedure) -> str:
    """Give all stages with their steps, each stage under its heading."""
    variants = {variant.id: variant.title for variant in procedure.variants}
    blocks: list[str] = []
    number = 0
    for index, stage in enumerate(procedure.stages, 1):
        blocks.append(f"## {chinese_ordinal(index)}、{stage.title} {{#{stage.id}}}\n\n{view.text(stage.summary)}")
        package = package_file(press, f"{procedure.id}--{stage.id}")
        if package:
            blocks.append(render("stage_package.html", view=view, file=package))
        doubts = box(view, f"procedures/{procedure.id}#{stage.id}")
        blocks.extend([doubts] if doubts else [])
        for step in stage.steps:
            number += 1
            blocks.append(
                render(
                    "step.html",
                    view=view,
                    owner=f"procedures/{procedure.id}",
                    step=step,
                    number=number,
                    variants=variants,
                )
            )
    return "\n\n".join(blocks)


def choose(_press: Press, view: View, procedure: Procedure) -> str:
    """Give the variants as a list, and the place where the script puts the chooser."""
    if not procedure.variants:
        return ""
    data = [{"id": variant.id, "title": variant.title} for variant in procedure.variants]
    return render("choose.html", view=view, procedure=procedure, variants_json=json.dumps(data, ensure_ascii=False))


def asof(_press: Press, view: View, procedure: Procedure) -> str:
    """Give what is known of the text before the one in force, and what the script needs to show an older day."""
    found = compose_asof(procedure, view.site.clauses)
    if found is None:
        return ""
    table = render("differences.html", view=view, differences=found.current.differences)
    fragment = render(
        "asof.html", view=view, procedure=procedure, asof=found, table=table, on=view.site.on,
        page=view.page.rpartition("/")[2],
    )  # fmt: skip
    return f"## {found.current.begins}以前的规定 {{#asof}}\n\n{fragment}"


def papers(_press: Press, view: View, procedure: Procedure) -> str:
    """Give every paper once with the step in which it arises."""
    found: dict[str, tuple[Material, Step, int]] = {}
    for number, step in enumerate(procedure.steps, 1):
        for material in step.materials:
            found.setdefault(material.id, (material, step, number))
    return render("papers.html", view=view, items=list(found.values())) if found else ""


def downloads(press: Press, view: View, procedure: Procedure) -> str:
    """Give the forms that the steps name, each once, in the order in which they are needed; all together first."""
    found = form_files(press, [material for step in procedure.steps for material in step.materials])
    package = package_file(press, procedure.id)
    if package and len(found) > 1:
        found = (package, *found)
    note = render("statement.html", view=view, item=procedure.downloads) if procedure.downloads else ""
    return f"{note}\n\n{render('downloads.html', view=view, items=found)}" if found else note


def form_files(press: Press, materials: list[Material]) -> tuple[Download, ...]:
    """Give the files of the forms that papers name."""
    addresses = dict.fromkeys(f"forms/{material.form}.docx" for material in materials if material.form)
    return tuple(replace(press.shelf[address], note="") for address in addresses)


def package_file(press: Press, ident: str) -> Download | None:
    """Give the zip of a package, if there is one."""
    package = press.site.packages.get(ident)
    return press.shelf[package.address] if package else None
