"""Curated pages: directives name what exists, the title stands once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.diagnostics import Diagnostic, Place
from handbook.loading.pages import Directive
from handbook.loading.validate import near
from handbook.loading.yaml_events import key_text
from handbook.rules.context import Context

DIRECTIVES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # name: (sections its id may come from; empty = no id), (options)
    "keys": (("procedures", "meetings"), ()),
    "flow": (("procedures",), ()),
    "choose": (("procedures",), ()),
    "steps": (("procedures",), ()),
    "asof": (("procedures",), ()),
    "checklist": (("procedures", "meetings"), ()),
    "downloads": (("procedures", "meetings"), ()),
    "related": (("procedures", "meetings"), ()),
    "notices": (("procedures", "meetings"), ()),
    "meeting": (("meetings",), ("part",)),
    "agenda": (("meetings",), ("agenda",)),
    "votes": (("meetings",), ()),
    "listing": ((), ("section",)),
    "duties": ((), ("show",)),
    "roles": ((), ()),
    "changes": ((), ()),
    "terms": ((), ()),
    "names": ((), ()),
    "calendar": ((), ()),
    "marks": ((), ()),
    "registry": ((), ()),
    "unverified": ((), ()),
    "coverage": ((), ()),
}
"""The directives of curated pages."""

OPTION_VALUES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("meeting", "part"): ("convener", "matters", "participants", "words", "preparation", "minutes", "script", "situations", "mistakes"),
    ("duties", "show"): ("month", "year"),
    ("listing", "section"): ("procedures", "meetings", "checklists", "forms", "ledgers", "reports", "regulations"),
}  # fmt: skip


def directives_resolve(context: Context) -> Iterator[Diagnostic]:
    """Check name, id and options of every directive."""
    for page in context.reading.markdown.values():
        for directive in page.directives:
            if directive.name in DIRECTIVES:
                yield from _target(context, directive)
                yield from _options(context, directive)
            else:
                said = f"没有名为 {directive.name} 的指令"
                yield Diagnostic(directive.at(directive.name), "(指令)", said, near(directive.name, DIRECTIVES))


def _target(context: Context, directive: Directive) -> Iterator[Diagnostic]:
    sections = DIRECTIVES[directive.name][0]
    known = [ident for section in sections for ident in context.library.of_kind(section)]
    broken = any(context.exists(section, directive.id) for section in sections)
    if not sections and directive.id:
        yield Diagnostic(
            directive.at(directive.id), "(指令)", f"指令 {directive.name} 不带编号", f"请删去 {directive.id}"
        )
    elif sections and not directive.id:
        yield Diagnostic(directive.place, "(指令)", f"指令 {directive.name} 缺少编号", near("", known))
    elif sections and directive.id not in known and not broken:
        said = f"指令 {directive.name} 的编号 {directive.id} 不存在"
        yield Diagnostic(directive.at(directive.id), "(指令)", said, near(directive.id, known))


def _options(context: Context, directive: Directive) -> Iterator[Diagnostic]:
    options = DIRECTIVES[directive.name][1]
    tree = directive.options.tree if directive.options and directive.options.tree else {}
    for name, value in tree.items():
        place = directive.options.positions.key((name,)) if directive.options else directive.place
        if name not in options:
            yield Diagnostic(place, key_text((name,)), f"指令 {directive.name} 不认识的键", near(name, options))
            continue
        allowed = OPTION_VALUES.get((directive.name, name))
        if allowed and value not in allowed:
            place = directive.options.positions.value((name,)) if directive.options else directive.place
            said = f"取值 {value} 不在 {'、'.join(allowed)} 之中"
            yield Diagnostic(place, key_text((name,)), said, near(str(value), allowed))
    for name in options:
        if name not in tree:
            said = f"指令 {directive.name} 缺少键 {name}"
            yield Diagnostic(directive.place, "(指令)", said, f"请写成 {{{name}: …}}")
    if directive.name == "agenda" and directive.id in context.library.meetings and "agenda" in tree:
        agendas = [agenda.id for agenda in context.library.meetings[directive.id].agendas]
        if tree["agenda"] not in agendas:
            place = directive.options.positions.value(("agenda",)) if directive.options else directive.place
            said = f"会议 {directive.id} 没有议程 {tree['agenda']}"
            yield Diagnostic(place, "agenda", said, near(str(tree["agenda"]), agendas))


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
