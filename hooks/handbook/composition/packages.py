"""Forms that go together: all of a procedure, of one of its stages, of a meeting, numbered in the order they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handbook.composition import document as doc
from handbook.composition.document import Document, GridCell
from handbook.composition.form_use import Paper, Place, papers_of
from handbook.composition.freshness import Freshness
from handbook.model.form import Form
from handbook.model.library import Library

LEAST = 2
"""Forms of a stage or a meeting from which on they are worth a package; a procedure's is made from the first form on."""
_FORM_WIDTHS = (600, 2900, 3544, 1800)
_OFFICIAL_WIDTHS = (2400, 2644, 3800)
_MOST_RULES = 2
"""Rules named in the list; the page of a form names all of them with their articles."""
_INTRODUCTION = (
    "下面{}份都是空白的Word文件，按办事的先后编号，编号就是文件名开头的两位数。"
    "未见全国统一表样，本样式供参考；上级发了表的，用上级的。"
)
_UNSAFE = str.maketrans('\\/:*?"<>|', "、、：＊？”《》、")
"""Characters that a file name may not hold on some system."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A form at the place in the package that its first use gives it."""

    number: int
    form: Form
    places: tuple[Place, ...]
    """All places of the package's owner that use it."""

    @property
    def filename(self) -> str:
        """``01-谈话记录.docx``."""
        return f"{self.number:02d}-{self.form.title.translate(_UNSAFE)}.docx"


@dataclass(frozen=True, slots=True)
class Official:
    """A paper that must be obtained elsewhere."""

    title: str
    source: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """Forms in their order."""

    id: str
    """``member-admission``, ``member-admission--application``."""
    owner: str
    """``procedures/member-admission``."""
    title: str
    stage: str
    """Id of the stage; empty for the whole."""
    entries: tuple[Entry, ...]
    officials: tuple[Official, ...]

    @property
    def address(self) -> str:
        """Where its zip lies."""
        return f"forms/packages/{self.id}.zip"

    def entry(self, form: str) -> Entry | None:
        """Give the entry of a form, if it is in the package."""
        return next((entry for entry in self.entries if entry.form.id == form), None)


def compose_packages(library: Library) -> Mapping[str, Package]:
    """Give all packages by id: each procedure's before those of its stages, then the meetings'."""
    return {package.id: package for package in _packages(library)}


def table_of_contents(package: Package, freshness: Mapping[str, Freshness]) -> Document:
    """Give the first file of a package: what is in it, for which step, on which rules, and what is not in it."""
    header = ("序号", "名称", "用在哪一步", "主要依据")
    rows = [
        (str(entry.number), entry.form.title, _steps(entry.places), _rules(freshness[entry.form.id].rules))
        for entry in package.entries
    ]
    blocks: list[doc.Block] = [
        doc.Paragraph((_INTRODUCTION.format(len(rows)),)),
        doc.Heading(1, ("一、这一包里有什么",)),
        _grid(_FORM_WIDTHS, header, rows, centred=(0,)),
    ]
    if package.officials:
        given = [(item.title, _steps(item.places), item.source) for item in package.officials]
        blocks += [
            doc.Heading(1, ("二、这一包里没有、要另外领取的",)),
            # The sentence stands below: a heading stays with the table, a sentence between them might not.
            _grid(_OFFICIAL_WIDTHS, ("名称", "用在哪一步", "从哪里来"), given),
            doc.Paragraph(("这些式样由上级规定或者由上级发给，不能自己编制。",)),
        ]
    return Document(
        title=(f"{package.title}模板目录",),
        blocks=tuple(blocks),
        template=f"package/{package.id}",
        version=max(f"{entry.form.changed}" for entry in package.entries),
        subject=f"{package.title}模板目录",
    )


def _packages(library: Library) -> Iterator[Package]:
    for procedure in sorted(library.procedures.values(), key=lambda item: (item.order, item.id)):
        found = tuple(papers_of(procedure)) if procedure.status == "published" else ()
        owner = f"procedures/{procedure.id}"
        yield from _package(library, procedure.id, owner, procedure.title, "", found, 1)
        for stage in procedure.stages:
            own = tuple(paper for paper in found if paper.place.stage == stage.id)
            title = f"{procedure.title}：{stage.title}"
            yield from _package(library, f"{procedure.id}--{stage.id}", owner, title, stage.id, own, LEAST)
    for meeting in sorted(library.meetings.values(), key=lambda item: (item.order, item.id)):
        found = tuple(papers_of(meeting)) if meeting.status == "published" else ()
        yield from _package(library, meeting.id, f"meetings/{meeting.id}", meeting.title, "", found, LEAST)


def _package(
    library: Library, ident: str, owner: str, title: str, stage: str, papers: tuple[Paper, ...], least: int
) -> Iterator[Package]:
    used: dict[str, dict[Place, None]] = {}
    given: dict[str, tuple[str, dict[Place, None]]] = {}
    for paper in papers:
        form = paper.material.form
        if form and library.forms[form].status == "published":
            used.setdefault(form, {})[paper.place] = None
        if paper.material.official and not form:
            given.setdefault(paper.material.title, (paper.material.official, {}))[1][paper.place] = None
    if len(used) < least:
        return
    entries = tuple(
        Entry(number, library.forms[form], tuple(places)) for number, (form, places) in enumerate(used.items(), 1)
    )
    officials = tuple(Official(name, source, tuple(places)) for name, (source, places) in given.items())
    yield Package(ident, owner, title, stage, entries, officials)


def _steps(places: tuple[Place, ...]) -> str:
    """Give the first place in words, the others by their label: a paper of ten steps keeps to two lines."""
    first = places[0]
    others = dict.fromkeys(place.label for place in places[1:] if place.label != first.label)
    return f"{first.label}：{first.what}" + (f"；另有{'、'.join(others)}" if others else "")


def _rules(rules: tuple[str, ...]) -> str:
    """Give the rules a form mainly rests on, without their years."""
    names = [rule.split("（")[0] for rule in rules[:_MOST_RULES]]
    return "、".join(names) + ("等" if len(rules) > _MOST_RULES else "") if names else "未引条款"


def _grid(
    widths: tuple[int, ...], header: tuple[str, ...], rows: Sequence[tuple[str, ...]], centred: tuple[int, ...] = ()
) -> doc.Grid:
    head = tuple(GridCell((text,), head=True, align="center") for text in header)
    body = tuple(
        tuple(GridCell((text,), align="center" if at in centred else "left") for at, text in enumerate(row))
        for row in rows
    )
    return doc.Grid(widths, (head, *body), 1, dense=True)
