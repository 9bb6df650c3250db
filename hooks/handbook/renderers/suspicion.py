"""The box 待复核: beside an item, at the top of a page that rests on a clause as a whole, after a paragraph of prose."""

from __future__ import annotations

from handbook.composition.suspicion import Suspect
from handbook.loading.pages import citations_in, prose_lines
from handbook.model.citation import parse_citation
from handbook.model.library import CuratedPage
from handbook.renderers.templating import render
from handbook.renderers.view import View
from handbook.rules.suspicion import Grounds


def box(view: View, item: str) -> str:
    """Give the box of one item; nothing where it is not suspect."""
    return _box(view, view.site.suspects_by_item.get(item, ()))


def page_box(view: View) -> str:
    """Give the box of the object that has this page to itself."""
    found = view.site.suspects_by_address.get(view.page, ())
    return _box(view, tuple(s for s in found if "#" not in s.item and not s.item.startswith("pages/")))


def prose_boxes(view: View, page: CuratedPage) -> dict[int, str]:
    """Give the boxes of a page's own sentences by the number of the line after which they belong: the end of the block."""
    waiting = {suspect.clause: suspect for suspect in view.site.suspects_by_item.get(f"pages/{page.uri}", ())}
    if not waiting:
        return {}
    grounds = Grounds(view.site.clauses)
    lines = page.body.split("\n")
    found: dict[int, list[Suspect]] = {}
    for number, line in prose_lines(page.body):
        for match in citations_in(line):
            citation = parse_citation(match[1])
            for ground in grounds.of(citation) if citation else ():
                if ground.name in waiting:  # beside the first sentence that rests on it
                    found.setdefault(_block_end(lines, number), []).append(waiting.pop(ground.name))
    return {number: _box(view, tuple(suspects)) for number, suspects in found.items()}


def _block_end(lines: list[str], number: int) -> int:
    while number < len(lines) and lines[number].strip():
        number += 1
    return number


def _box(view: View, found: tuple[Suspect, ...]) -> str:
    return render("suspicion.html", view=view, found=found) if found else ""
