"""What ``reviews.yml`` says of items, clauses and confirmations exists, and was written by the script."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.loading.yaml_events import KeyPath
from handbook.model.base import EDITORS_UNCONFIRMED
from handbook.model.library import KIND_BY_SECTION, Library
from handbook.model.review import ReviewedClause, anchor_of, clause_fingerprint
from handbook.rules.confirmations import find
from handbook.rules.context import Context
from handbook.rules.suspicion import anchors

_NAME = "reviews"
_BY_SCRIPT = "这个文件只由 scripts/review.py 改写，请恢复原来的内容"
_TIDY = "改了编号就请改回；确已删去，请运行 scripts/review.py tidy"


def reviews_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check the stored reviews and confirmations."""
    # what stands in a file that could not be read must not be called absent
    whole = not context.reading.diagnostics
    seen: dict[tuple[str, str], int] = {}
    pairs: set[tuple[str, str]] = set()
    for index, clause in enumerate(context.library.reviews.clauses):
        at: KeyPath = ("clauses", index)
        first = seen.setdefault((clause.clause, clause.fingerprint), index)
        if first != index:
            yield context.say(_NAME, (*at, "clause"), f"与 clauses[{first}] 的条款和指纹重复", _BY_SCRIPT)
        if clause.fingerprint != clause_fingerprint(clause.clause, clause.facts):
            yield context.say(_NAME, (*at, "fingerprint"), "指纹与下面的要点不符", _BY_SCRIPT)
        if whole and not clause_exists(context.library, clause.clause):
            yield context.say(_NAME, (*at, "clause"), f"登记库里没有条款 {clause.clause}", _TIDY)
        yield from _reviews(context, at, clause, pairs)
        for item_at, item in _items(at, clause) if whole else ():
            if not item_exists(context.library, item):
                yield context.say(_NAME, item_at, f"没有复核对象 {item}", _TIDY)
    yield from _confirmations(context)


def clause_exists(library: Library, clause: str) -> bool:
    """Tell whether a clause is registered."""
    ident, year, *rest = clause.split("/")
    regulation = library.regulations.get(ident)
    version = next((v for v in regulation.versions if str(v.year) == year), None) if regulation else None
    if version is None or not rest:
        return version is not None
    return any(anchor_of(article) == rest[0] for article in version.articles)


def item_exists(library: Library, item: str) -> bool:
    """Tell whether ``section/id#anchor``, a term or a page is there."""
    section, _, rest = item.partition("/")
    ident, _, anchor = rest.partition("#")
    if section == "pages":
        return ident in library.pages
    if section == "terms":
        return ident in library.terms and not anchor
    owner = library.of_kind(section).get(ident) if section in KIND_BY_SECTION else None
    return owner is not None and (not anchor or anchor in anchors(owner))


def _items(at: KeyPath, clause: ReviewedClause) -> Iterator[tuple[KeyPath, str]]:
    for index, review in enumerate(clause.reviews):
        for position, item in enumerate(review.items):
            yield (*at, "reviews", index, "items", position), item


def _reviews(
    context: Context, at: KeyPath, clause: ReviewedClause, pairs: set[tuple[str, str]]
) -> Iterator[Diagnostic]:
    for index, review in enumerate(clause.reviews):
        here = (*at, "reviews", index)
        if unnamed(review.by) and review.by != EDITORS_UNCONFIRMED:
            yield context.say(_NAME, (*here, "by"), f"“{review.by}”不是复核人的姓名", _BY_SCRIPT)
    for here, item in _items(at, clause):
        if (item, clause.clause) in pairs:
            yield context.say(_NAME, here, f"{item} 对 {clause.clause} 的复核记了两次", _BY_SCRIPT)
        pairs.add((item, clause.clause))


def _confirmations(context: Context) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, int, str], int] = {}
    for index, item in enumerate(context.library.reviews.confirmations):
        at: KeyPath = ("confirmations", index)
        if bool(item.article) == bool(item.fact):
            yield context.say(_NAME, at, "确认要么写 article，要么写 fact", _BY_SCRIPT)
            continue
        if seen.setdefault(item.target, index) != index:
            yield context.say(_NAME, at, f"与 confirmations[{seen[item.target]}] 确认的是同一条", _BY_SCRIPT)
        if unnamed(item.by):
            yield context.say(_NAME, (*at, "by"), f"“{item.by}”不是确认人的姓名", _BY_SCRIPT)
        if not context.reading.diagnostics and find(context.library.regulations, item) is None:
            what = f"{item.regulation}/{item.year}/{item.article or item.fact}"
            yield context.say(_NAME, at, f"登记库里没有所确认的 {what}", _TIDY)


def unnamed(name: str) -> bool:
    """Tell whether a name names nobody: the editors as a body, or nothing."""
    return not name.strip() or "编辑组" in name
