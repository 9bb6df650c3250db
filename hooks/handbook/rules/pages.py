"""Curated pages: directives name what exists, the title stands once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.diagnostics import Diagnostic, Place
from handbook.loading.pages import Directive
from handbook.loading.validate import near
from handbook.loading.yaml_events import key_text
from handbook.rules.context import Context

PAGE_DIRECTIVES: Mapping[str, str] = {"procedure": "procedures", "meeting": "meetings", "practice": "practices"}
"""Directives that stand for the page of an object, whole or part by part; and the section of its data."""

DIRECTIVES: Mapping[str, tuple[str, ...]] = {
    # name: options that it needs
    **dict.fromkeys(PAGE_DIRECTIVES, ()),
    "listing": ("section",),
    "duties": ("show",),
    "roles": (),
    "changes": (),
    "terms": (),
    "names": (),
    "calendar": (),
    "marks": (),
    "registry": (),
    "unverified": (),
    "coverage": (),
}
"""The directives of curated pages."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "procedure": (
        "notices", "keys", "occasion", "flow", "checklist", "choose", "steps", "asof", "papers", "basis", "downloads",
        "related",
    ),
    "meeting": (
        "notices", "keys", "occasion", "convener", "matters", "participants", "votes", "agendas", "preparation", "checklist",
        "script", "minutes", "situations", "mistakes", "basis", "downloads", "related",
    ),
    "practice": ("cautions", "notices", "what", "decisions", "frames", "steps", "mistakes", "basis", "related"),
}  # fmt: skip
"""The parts of a standard page in their order."""

OPTION_VALUES: Mapping[tuple[str, str], tuple[str, ...]] = {
    **{(name, option): parts for name, parts in PARTS.items() for option in ("part", "from", "until")},
    ("duties", "show"): ("month", "year"),
    ("listing", "section"): (
        "start", "procedures", "meetings", "checklists", "forms", "ledgers", "reports", "practices", "regulations",
    ),
}  # fmt: skip
"""What an option may say."""


def directives_resolve(context: Context) -> Iterator[Diagnostic]:
    """Check name, id and options of every directive."""
    for page in context.reading.markdown.values():
        for directive in page.directives:
            if directive.name in DIRECTIVES:
                yield from _target(context, directive)
                yield from _options(directive)
            else:
                said = f"没有名为 {directive.name} 的指令"
                yield Diagnostic(directive.at(directive.name), "(指令)", said, near(directive.name, DIRECTIVES))


def _target(context: Context, directive: Directive) -> Iterator[Diagnostic]:
    section = PAGE_DIRECTIVES.get(directive.name)
    if section is None:
        if directive.id:
            said = f"指令 {directive.name} 不带编号"
            yield Diagnostic(directive.at(directive.id), "(指令)", said, f"请删去 {directive.id}")
        return
    known = context.library.of_kind(section)
    if not directive.id:
        yield Diagnostic(directive.place, "(指令)", f"指令 {directive.name} 缺少编号", near("", known))
    elif directive.id not in known and not context.exists(section, directive.id):
        said = f"指令 {directive.name} 的编号 {directive.id} 不存在"
        yield Diagnostic(directive.at(directive.id), "(指令)", said, near(directive.id, known))


def _options(directive: Directive) -> Iterator[Diagnostic]:
    needed = DIRECTIVES[directive.name]
    allowed = [option for name, option in OPTION_VALUES if name == directive.name]
    tree = directive.options.tree if directive.options and directive.options.tree else {}
    for name, value in tree.items():
        positions = directive.options.positions if directive.options else None
        if name not in allowed:
            place = positions.key((name,)) if positions else directive.place
            yield Diagnostic(place, key_text((name,)), f"指令 {directive.name} 不认识的键", near(name, allowed))
            continue
        values = OPTION_VALUES[directive.name, name]
        if value not in values:
            place = positions.value((name,)) if positions else directive.place
            said = f"取值 {value} 不在 {'、'.join(values)} 之中"
            yield Diagnostic(place, key_text((name,)), said, near(str(value), values))
    for name in needed:
        if name not in tree:
            said = f"指令 {directive.name} 缺少键 {name}"
            yield Diagnostic(directive.place, "(指令)", said, f"请写成 {{{name}: …}}")


def headings_are_sound(context: Context) -> Iterator[Diagnostic]:
    """The H1 comes from the title; a second one in the body is a mistake, and so is a repeated heading."""
    for page in context.reading.markdown.values():
        seen: dict[str, int] = {}
        for level, text, line in page.headings:
            if level == 1:
                yield _heading(
                    page.path, line, f"正文里又写了一级标题“{text}”", "一级标题由 title 生成，请删去或改成“## ”"
                )
            elif text in seen:
                yield _heading(page.path, line, f"标题“{text}”重复", f"第 {seen[text]} 行已有，请改写，使链接不会错位")
            seen.setdefault(text, line)


def _heading(path: str, line: int, message: str, remedy: str) -> Diagnostic:
    return Diagnostic(Place(path, line), "(标题)", message, remedy)
