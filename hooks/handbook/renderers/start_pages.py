"""The pages of the section 入门 that are made from data: guides, one page per role, the year on one sheet, what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from handbook.model.base import PageMeta
from handbook.model.citation import Citation
from handbook.model.duty import Duty, Role, RolePage
from handbook.model.guide import Guide
from handbook.model.library import KINDS
from handbook.model.procedure import Mistake, Procedure, Step
from handbook.renderers.calendar_shelf import role_address
from handbook.renderers.download import Download
from handbook.renderers.head import head, reviewed
from handbook.renderers.listings import changes
from handbook.renderers.press import Page, Press
from handbook.renderers.procedure_parts import form_files
from handbook.renderers.templating import render
from handbook.renderers.view import View
from handbook.rules.clauses import Clause

P = TypeVar("P", bound=PageMeta)

BUSY = 3
"""Steps of a procedure in which a role helps, from which on it stands by itself on the role's page."""
LATEST = 40
"""Pages that stand on the list of what changed."""


def start_pages(press: Press) -> Iterator[Page]:
    """Give the pages of 入门."""
    library = press.site.library
    for guide in library.guides.values():
        yield _guide(press, guide)
    for role in sorted(library.roles.values(), key=lambda item: item.order):
        if role.page:
            yield _role(press, role, role.page)
    yield _year(press)
    yield _updates(press)


def _guide(press: Press, guide: Guide) -> Page:
    uri = f"start/{guide.id}.md"
    view = press.view(uri)
    blocks = [head(view, guide, (("效力", view.tier(guide.tier)), ("复核", reviewed(guide))))]
    if guide.ticks:
        blocks.append(render("guide_top.html", view=view, guide=guide))
    first = 1
    for part in guide.parts:
        blocks += [f"## {part.title} {{#{part.id}}}", str(view.text(part.summary))]
        blocks.append(render("guide_part.html", view=view, guide=guide, part=part, first=first))
        first += part.count
    if guide.related:
        blocks += ["## 相关 {#related}", render("related.html", view=view, references=guide.related)]
    return Page(uri, guide.title, guide.summary, "\n\n".join(blocks) + "\n", f"_data/guides/{guide.id}.yml")


@dataclass(frozen=True, slots=True)
class _Led:
    """What a role does in one procedure."""

    procedure: Procedure
    leads: tuple[tuple[int, Step], ...]
    helps: tuple[tuple[int, Step], ...]

    @property
    def busy(self) -> bool:
        """Tell whether the role has so much to do with it that it stands by itself."""
        return bool(self.leads) or len(self.helps) >= BUSY

    @property
    def mistakes(self) -> tuple[tuple[Step, Mistake], ...]:
        return tuple((step, mistake) for _, step in self.leads for mistake in step.mistakes)


def _role(press: Press, role: Role, page: RolePage) -> Page:
    uri = f"start/role-{role.id}.md"
    view = press.view(uri)
    library = press.site.library
    led = [found for procedure in _shown(library.procedures) if (found := _led(procedure, role.id))]
    led.sort(key=lambda found: -len(found.leads) - len(found.helps))
    meetings = [
        (meeting, items)
        for meeting in _shown(library.meetings)
        if (items := [item for item in meeting.preparation if role.id in item.roles])
    ]
    duties = sorted((duty for duty in library.duties.values() if role.id in duty.roles), key=_often_first)
    papers = [material for found in led for _, step in found.leads for material in step.materials]
    papers += [
        material for _, items in meetings for item in items if item.roles[0] == role.id for material in item.materials
    ]
    blocks = [
        f"# {page.title}",
        render("role_top.html", view=view, role=role, page=page),
        "## 先做这几件 {#first}",
        render("statements.html", view=view, items=page.first),
    ]
    if duties:
        blocks += [
            "## 一年里的例行工作 {#duties}",
            _year_table(view, [(role, duties)], named=False),
            render("downloads.html", view=view, items=_calendars(press, role)),
        ]
    if meetings:
        blocks += ["## 每种会我做什么 {#meetings}", render("role_meetings.html", view=view, meetings=meetings)]
    if led:
        blocks += ["## 每件事我做什么 {#procedures}", render("role_steps.html", view=view, led=led)]
    if any(found.mistakes for found in led):
        blocks += ["## 我牵头的步骤里容易出的错 {#mistakes}", render("role_mistakes.html", view=view, led=led)]
    files = form_files(press, papers)
    if files:
        blocks += ["## 我要用的模板 {#downloads}", render("downloads.html", view=view, items=files)]
    return Page(uri, page.title, page.summary, "\n\n".join(blocks) + "\n", f"_data/roles/{role.id}.yml")


def _calendars(press: Press, role: Role) -> list[Download]:
    """Give the role's calendars of this year, the one for phones beside it."""
    year = press.site.on.year
    return [press.shelf[role_address(role.id, year, plain=plain)] for plain in (False, True)]


def _led(procedure: Procedure, role: str) -> _Led | None:
    steps = tuple(enumerate(procedure.steps, 1))
    leads = tuple((number, step) for number, step in steps if step.roles[0] == role)
    helps = tuple((number, step) for number, step in steps if role in step.roles[1:])
    return _Led(procedure, leads, helps) if leads or helps else None


def _shown(items: Mapping[str, P]) -> list[P]:
    return sorted(
        (item for item in items.values() if item.status == "published"), key=lambda item: (item.order, item.id)
    )


def _year(press: Press) -> Page:
    uri = "start/year.md"
    view = press.view(uri)
    library = press.site.library
    groups: list[tuple[Role, list[Duty]]] = []
    for role in sorted(library.roles.values(), key=lambda item: item.order):
        led = [duty for duty in library.duties.values() if duty.roles[0] == role.id]
        if led:
            groups.append((role, sorted(led, key=_often_first)))
    title, summary = "一年工作一张图", "谁在哪个月有哪些例行工作，一张A4纸印得下；点一项看依据。"
    body = _year_table(view, groups, named=True)
    note = render("year_note.html", view=view, roles=[role for role, _ in groups if role.page])
    return Page(
        uri, title, summary, f'# {title}\n\n<p class="hb-lead">{summary}</p>\n\n{note}\n\n{body}\n', "_data/duties"
    )


def _year_table(view: View, groups: Sequence[tuple[Role, Sequence[Duty]]], *, named: bool) -> str:
    """Give month × duty; a duty whose clause nobody has held against a text wears 待核 here too."""
    doubtful = {
        duty.id
        for _, duties in groups
        for duty in duties
        if duty.tier == "national" and any(_unverified(view, citation) for citation in duty.basis)
    }
    return render("year.html", view=view, groups=groups, doubtful=doubtful, named=named)


def _unverified(view: View, citation: Citation) -> bool:
    clause = view.site.clauses.resolve(citation)
    return isinstance(clause, Clause) and clause.verification == "unverified"


def _often_first(duty: Duty) -> tuple[int, tuple[int, ...], str]:
    """What comes every month stands above what comes once; then by the months of the year."""
    return -len(duty.reminder.months), duty.reminder.months, duty.id


def _updates(press: Press) -> Page:
    uri = "start/updates.md"
    view = press.view(uri)
    found: list[tuple[str, str, str, str]] = []
    for kind in KINDS:
        found.extend(
            (str(item.reviewed.date), kind.title, item.title, f"{kind.folder}/{item.id}.html")
            for item in press.site.library.of_kind(kind.section).values()
            if kind.folder and isinstance(item, PageMeta) and item.status == "published"
        )
    dates: dict[str, list[tuple[str, str, str]]] = {}
    for date, word, title, address in sorted(found, key=lambda entry: (entry[0], entry[1], entry[3]), reverse=True)[
        :LATEST
    ]:
        dates.setdefault(date, []).append((word, title, address))
    title, summary = "最近更新", "最近核对或改动过的页面，以及登记的规定里最近开始施行的版本。"
    pages = render("updates.html", view=view, dates=dates)
    body = f'# {title}\n\n<p class="hb-lead">{summary}</p>\n\n## 规定 {{#regulations}}\n\n{changes(view)}\n\n## 页面 {{#pages}}\n\n{pages}\n'
    return Page(uri, title, summary, body, "_data")
