"""The page 台账体检: heat maps that are tables, one per year and rhythm, readable without colour and without a screen."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.composition.checkup import DutyCheck, YearCheck, period_label, shortfalls
from handbook.composition.duties import PER, frequency
from handbook.composition.order import natural
from handbook.renderers.ledger_doors import CHECKUP_DOOR
from handbook.renderers.press import Page, Press
from handbook.renderers.templating import render
from handbook.renderers.view import View

_SIGNS = {"held": "✓", "short": "▽", "open": "？", "absent": "－", "future": "·"}
_RHYTHMS = tuple(PER.items())


def checkup_pages(press: Press) -> Iterator[Page]:
    """Give the page where some duty can be held against a ledger."""
    years = press.site.checkup
    if not years:
        return
    view = press.view("ledgers/checkup.md")
    invented = all(unit.invented for unit in press.site.library.units.values())
    blocks = [
        f"# {CHECKUP_DOOR.title}",
        render("checkup_top.html", view=view, summary=CHECKUP_DOOR.summary, signs=_SIGNS, invented=invented),
    ]
    for year in years:
        blocks.extend(_year(view, year))
    yield Page(
        "ledgers/checkup.md", CHECKUP_DOOR.title, CHECKUP_DOOR.summary, "\n\n".join(blocks) + "\n", "_data/duties"
    )


def _year(view: View, year: YearCheck) -> Iterator[str]:
    yield f"## {year.year}年 {{#y{year.year}}}"
    yield render("checkup_sum.html", year=year, found=shortfalls(year), label=period_label)
    for per, title in _RHYTHMS:
        for theirs in (False, True):
            checks = [check for check in year.checks if check.duty.per == per and check.theirs is theirs]
            if checks:
                heading = f"{'上级' if theirs else '支部'}{title}的工作"
                yield f"### {heading} {{#y{year.year}-{per}{'-above' if theirs else ''}}}"
                draw = _yearly if per == "year" else _table
                yield draw(view, year, checks, f"{year.year}年{heading}")


def _table(view: View, year: YearCheck, checks: list[DutyCheck], name: str) -> str:
    labels = [period_label(cell.period) for cell in checks[0].lines[0].cells]
    return render(
        "checkup_table.html", view=view, year=year, checks=checks, labels=labels, name=name, signs=_SIGNS,
        frequency=frequency,
    )  # fmt: skip


def _yearly(view: View, year: YearCheck, checks: list[DutyCheck], name: str) -> str:
    """One column a duty: a year has one cell for each."""
    units = {line.unit.id: line.unit for check in checks for line in check.lines}
    cells = {(check.duty.id, line.unit.id): line.cells[0] for check in checks for line in check.lines}
    rows = [
        (units[ident], [cells.get((check.duty.id, ident)) for check in checks]) for ident in sorted(units, key=natural)
    ]
    return render(
        "checkup_yearly.html", view=view, year=year, checks=checks, rows=rows, name=name, signs=_SIGNS,
        frequency=frequency,
    )  # fmt: skip
