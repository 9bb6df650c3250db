"""What a finished page of a procedure, meeting or practice must hold; withdrawn ones may be unfinished."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.diagnostics import WHOLE_FILE, Diagnostic, Place
from handbook.model.base import PageMeta
from handbook.model.meeting import Meeting
from handbook.model.practice import Practice
from handbook.model.procedure import Procedure
from handbook.rules.context import Context
from handbook.rules.page_anchors import Owner, data_ids, heading_ids, shown_on, written_ids
from handbook.rules.pages import directives_resolve
from handbook.rules.walk import walk

NEEDED = {
    "procedures": ("occasion", "steps", "basis", "related"),
    "meetings": ("occasion", "convener", "participants", "agendas", "preparation", "minutes", "basis", "related"),
    "practices": ("cautions", "what", "decisions", "frames", "steps", "basis", "related"),
}
"""Parts that a page must show; the others depend on the matter."""
_DIRECTIVE = {"procedures": "procedure", "meetings": "meeting", "practices": "practice"}
FEWEST_STEPS = 3
FEWEST_PREPARATIONS = 3
FEWEST_ALIASES = 2
_SEARCHED = ("procedures", "meetings", "forms", "ledgers", "workbooks", "practices", "genres")


def pages_are_complete(context: Context) -> Iterator[Diagnostic]:
    """Check that nothing is missing from a published page: parts, steps, preparations, links.

    Where a directive is mistyped, the parts that it does not show are no second mistake.
    """
    mistyped = {problem.place.path for problem in directives_resolve(context)}
    for section, owner in _owners(context):
        name = f"{section}/{owner.id}"
        page = context.reading.markdown.get(f"{name}.md")
        if page is not None and not page.diagnostics and page.path not in mistyped:
            shown = shown_on(page, section, owner.id).parts
            missing = [part for part in NEEDED[section] if part not in shown]
            if missing:
                said = f"页面缺少 {'、'.join(missing)} 部分"
                remedy = f"请加上 <!-- handbook:{_DIRECTIVE[section]} {owner.id} -->，或逐部分写 {{part: {missing[0]}}}"
                yield Diagnostic(Place(page.path), WHOLE_FILE, said, remedy)
        if not owner.related:
            yield context.say(
                name, ("related",), "没有写相关的页面", "请在 related 里列出至少一个，如前后相接的程序或会议"
            )
        if isinstance(owner, Procedure) and len(owner.steps) < FEWEST_STEPS:
            said = f"只有 {len(owner.steps)} 步，少于 {FEWEST_STEPS} 步"
            yield context.say(name, ("stages",), said, "请写到照着能办完为止；没写完就先写 status: withdrawn")
        if isinstance(owner, Meeting):
            yield from _meeting(context, name, owner)


def _meeting(context: Context, name: str, meeting: Meeting) -> Iterator[Diagnostic]:
    if not any(agenda.items for agenda in meeting.agendas):
        yield context.say(name, ("agendas",), "没有议程", "请至少写一份议程，列出每一项和分钟数")
    if len(meeting.preparation) < FEWEST_PREPARATIONS:
        said = f"会前到会后只有 {len(meeting.preparation)} 项，少于 {FEWEST_PREPARATIONS} 项"
        yield context.say(name, ("preparation",), said, "请补上会前、当天、会后各要做的事")


def names_for_search(context: Context) -> Iterator[Diagnostic]:
    """Check that readers find a page by two other names at least, and that no name means two pages of one kind."""
    for section in _SEARCHED:
        pages = {
            ident: item
            for ident, item in context.library.of_kind(section).items()
            if isinstance(item, PageMeta) and item.status == "published"
        }
        owners = {item.title: ident for ident, item in reversed(list(pages.items()))}
        taken: dict[str, str] = {}
        for ident, item in pages.items():
            name = f"{section}/{ident}"
            if len(item.alias) < FEWEST_ALIASES:
                said = f"别名只有 {len(item.alias)} 个，少于 {FEWEST_ALIASES} 个"
                yield context.say(name, ("alias",), said, "请在 alias 里补上大家真会这样叫、这样搜的说法")
            for index, alias in enumerate(item.alias):
                at = ("alias", index)
                if owners.get(alias) == ident:
                    yield context.say(name, at, f"别名“{alias}”与标题相同", "请换一个，或删去")
                elif alias in owners:
                    other = context.source(f"{section}/{owners[alias]}").path
                    yield context.say(
                        name, at, f"别名“{alias}”是另一页的标题", f"{other} 叫这个名字，请删去或改得更具体"
                    )
                elif taken.setdefault(alias, ident) != ident or alias in item.alias[:index]:
                    other = context.source(f"{section}/{taken[alias]}").path
                    yield context.say(name, at, f"别名“{alias}”重复", f"{other} 已用，请删去或改得更具体")


def ids_do_not_clash(context: Context) -> Iterator[Diagnostic]:
    """Check that every id of a page stands once: in its prose, in the headings of its parts, in its data."""
    for uri, page in context.reading.markdown.items():
        reserved: dict[str, str] = {}
        section, _, ident = uri.removesuffix(".md").partition("/")
        owner = context.library.of_kind(section).get(ident) if section in NEEDED else None
        if isinstance(owner, (Procedure, Meeting, Practice)):
            shown = shown_on(page, section, ident)
            headings = heading_ids(shown)
            reserved = dict.fromkeys(headings, "页面各部分的标题")
            for made in data_ids(owner, shown.parts):
                if made in headings:
                    at = next((at for at, value in walk(owner) if value == made and at[-1] == "id"), ("id",))
                    said = f"编号 {made} 与页面各部分的标题重复"
                    yield context.say(f"{section}/{ident}", at, said, "请换一个编号，使链接不会错位")
                reserved[made] = "数据里的编号"
        seen: dict[str, int] = {}
        for written, place in written_ids(page):
            if written in reserved:
                yield Diagnostic(
                    place, "(标题)", f"编号 {written} 与{reserved[written]}重复", "请换一个编号，使链接不会错位"
                )
            elif written in seen:
                yield Diagnostic(place, "(标题)", f"编号 {written} 重复", f"第 {seen[written]} 行已用，请换一个")
            seen.setdefault(written, place.line)


def _owners(context: Context) -> Iterator[tuple[str, Owner]]:
    for section in NEEDED:
        for item in context.library.of_kind(section).values():
            if isinstance(item, (Procedure, Meeting, Practice)) and item.status == "published":
                yield section, item
