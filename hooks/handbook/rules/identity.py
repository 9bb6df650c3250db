"""Ids are unique within their owner; a page with data has both its files; published addresses stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from handbook.diagnostics import Diagnostic
from handbook.loading.yaml_events import KeyPath
from handbook.model.library import KINDS
from handbook.rules.context import Context
from handbook.rules.walk import walk


def ids_are_unique(context: Context) -> Iterator[Diagnostic]:
    """Check ids inside one list, and for procedures, meetings, practices and guides over the whole page, where they become HTML ids."""
    for kind, item in context.library.objects():
        name = f"{kind.section}/{item.id}"
        seen: dict[tuple[object, str], KeyPath] = {}
        for at, value in walk(item):
            ident = getattr(value, "id", None) if at and isinstance(value, BaseModel) else None
            if not isinstance(ident, str):
                continue
            first = seen.setdefault((_scope(kind.section, at), ident), at)
            if first != at:
                line = context.source(name).value(*first, "id").line
                yield context.say(name, (*at, "id"), f"编号 {ident} 重复", f"第 {line} 行已用，请换一个")


def _scope(section: str, at: KeyPath) -> KeyPath:
    """Give where an id must be unique: facts in their version, papers in their owner, parts of a page on the page."""
    if "facts" in at:
        return ("facts", *at[:2])
    if "materials" in at:
        return ("materials",)
    # votes and agendas get prefixed HTML ids, so they may share ids with each other
    on_page = section in ("procedures", "meetings", "practices", "guides") and not (
        at[0] in ("votes", "agendas") and len(at) == 2
    )
    return () if on_page else at[:-1]


def record_ids_are_unique(context: Context) -> Iterator[Diagnostic]:
    """Check that no two records of the whole handbook share an id."""
    seen: dict[str, str] = {}
    names = {source.path: name for name, source in context.reading.sources.items() if name.startswith("records/")}
    for record in context.library.records:
        name = names[record.path]
        place = f"{record.path} 的 records[{record.index}]"
        first = seen.setdefault(record.id, place)
        if first != place:
            at = ("records", record.index, "id")
            yield context.say(name, at, f"记录编号 {record.id} 重复", f"{first} 已用，请换一个；若是重复登记请删去一条")


def pages_have_data(context: Context) -> Iterator[Diagnostic]:
    """Check that data with a hand-written page have their Markdown file, and that a generated page meets none."""
    for kind in KINDS:
        for ident in context.library.of_kind(kind.section):
            if kind.page == "generated" and f"{kind.folder}/{ident}.md" in context.reading.markdown:
                said = f"已有手写的页面 docs/{kind.folder}/{ident}.md，两页的地址会重合"
                yield context.say(f"{kind.section}/{ident}", ("id",), said, "请换一个编号和文件名，或删去那一页")
            if kind.page != "curated":
                continue
            if f"{kind.folder}/{ident}.md" not in context.reading.markdown:
                remedy = f"请新建 docs/{kind.folder}/{ident}.md，页首只写 id: {ident}"
                yield context.say(
                    f"{kind.section}/{ident}", ("id",), f"缺少正文页 docs/{kind.folder}/{ident}.md", remedy
                )


def addresses_are_kept(context: Context, published: Iterable[str]) -> Iterator[Diagnostic]:
    """Check the kept list against the addresses of this build: a lost one needs a redirect."""
    now = set(published)
    addresses = context.library.addresses
    redirects = {redirect.old for redirect in addresses.redirects}
    for index, address in enumerate(addresses.published):
        if address not in now and address not in redirects:
            remedy = "请恢复这一页，或在 redirects 里写明新地址"
            yield context.say("addresses", ("published", index), f"已公布的地址 {address} 不见了", remedy)
    for index, redirect in enumerate(addresses.redirects):
        if redirect.new.partition("#")[0] not in now:
            yield context.say(
                "addresses", ("redirects", index, "new"), f"要转到的地址 {redirect.new} 不存在", "请写一个现有的地址"
            )
        if redirect.old in now:
            yield context.say(
                "addresses", ("redirects", index, "old"), f"地址 {redirect.old} 还在使用", "请删去这条转址"
            )
