"""The ids that a page will have: from its data, from the headings of its standard parts, from its own prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.diagnostics import Place
from handbook.loading.pages import MarkdownPage, prose_lines
from handbook.model.meeting import Meeting
from handbook.model.practice import Practice
from handbook.model.procedure import Procedure
from handbook.rules.pages import PAGE_DIRECTIVES, PARTS

Owner = Procedure | Meeting | Practice

_HEADING_IDS = {"flow": "stages", "choose": "variants", "convener": "chair"}
"""Parts whose heading is not called like them."""
_OWN_HEADINGS = frozenset({"notices", "steps", "agendas", "frames"})
"""Parts without a heading of the layout."""
_OPTIONS = frozenset({"part", "from", "until"})
_WRITTEN = re.compile(r"\{[^}]*?#([^\s}]+)[^}]*\}|<[A-Za-z][^>]*?\sid=[\"']([^\"']+)[\"']")
_SECTION_DIRECTIVE = {section: name for name, section in PAGE_DIRECTIVES.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the directives of a page show of its owner."""

    whole: frozenset[str] = frozenset()
    """Parts under their headings."""
    single: frozenset[str] = frozenset()
    """Parts called one by one, without a heading."""

    @property
    def parts(self) -> frozenset[str]:
        """All parts."""
        return self.whole | self.single


def layout_of(section: str) -> tuple[str, ...]:
    """Give the parts of a standard page in their order."""
    return PARTS[_SECTION_DIRECTIVE[section]]


def shown_on(page: MarkdownPage, section: str, ident: str) -> Shown:
    """Read which parts of ``section/ident`` a page shows; mistyped options are said elsewhere and show nothing."""
    layout = layout_of(section)
    whole: set[str] = set()
    single: set[str] = set()
    for directive in page.directives:
        if PAGE_DIRECTIVES.get(directive.name) != section or directive.id != ident:
            continue
        options = (directive.options.tree or {}) if directive.options else {}
        if not _OPTIONS.issuperset(options):
            continue
        if "part" in options:
            single.update(part for part in layout if part == options["part"])
            continue
        first, last = str(options.get("from") or layout[0]), str(options.get("until") or layout[-1])
        if first in layout and last in layout:
            whole.update(layout[layout.index(first) : layout.index(last) + 1])
    return Shown(frozenset(whole), frozenset(single))


def heading_ids(shown: Shown) -> frozenset[str]:
    """Give the ids of the headings that the layout itself writes; ``asof`` always brings its own."""
    own = {"asof"} & shown.parts
    return frozenset({_HEADING_IDS.get(part, part) for part in shown.whole - _OWN_HEADINGS} | own)


def data_ids(owner: Owner, parts: frozenset[str]) -> Iterator[str]:
    """Give the ids that the shown parts take from the data."""
    if isinstance(owner, Meeting):
        if "votes" in parts:
            yield from (f"vote-{vote.id}" for vote in owner.votes)
        if "agendas" in parts:
            for agenda in owner.agendas:
                yield f"agenda-{agenda.id}"
                yield from (item.id for item in agenda.items)
        if "preparation" in parts:
            yield from (item.id for item in owner.preparation)
        if "situations" in parts:
            yield from (item.id for item in owner.situations)
        return
    if "steps" in parts:
        yield from (stage.id for stage in owner.stages)
        yield from (step.id for step in owner.steps)
    if isinstance(owner, Practice):
        if "decisions" in parts:
            yield from (decision.id for decision in owner.decisions)
        if "frames" in parts:
            yield from (frame.id for frame in owner.frames)


def written_ids(page: MarkdownPage) -> Iterator[tuple[str, Place]]:
    """Give the ids written into the prose, with their places."""
    for number, line in prose_lines(page.body, page.body_line):
        if "#" not in line and "id=" not in line:
            continue
        for match in _WRITTEN.finditer(re.sub(r"<!--.*?-->|`[^`]*`", lambda found: " " * len(found[0]), line)):
            group = 1 if match[1] else 2
            yield match[group], Place(page.path, number, match.start(group) + 1)
