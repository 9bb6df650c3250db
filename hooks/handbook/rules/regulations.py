"""Versions and articles of the regulations are consistent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.diagnostics import Diagnostic
from handbook.model.regulation import Regulation, Version
from handbook.rules.clauses import is_in_force
from handbook.rules.context import Context

_LAST_ARTICLE = 999
"""What a citation can name."""


def versions_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check the order of dates, that versions do not overlap, and that no article stands twice."""
    for regulation in context.library.regulations.values():
        name = f"regulations/{regulation.id}"
        if not regulation.versions:
            yield context.say(name, ("versions",), "没有任何版本", "请至少写一个版本")
        for index, version in enumerate(regulation.versions):
            at = ("versions", index)
            if version.issued and version.begins < version.issued:
                yield context.say(name, (*at, "effective"), "施行日期早于发布日期", "请核对 issued 和 effective")
            if version.ended is not None and version.ended <= version.begins:
                yield context.say(name, (*at, "ended"), "失效日期不晚于施行日期", "请核对 effective 和 ended")
            yield from _against_newer(context, name, regulation, index)
            yield from _articles(context, name, index)
            yield from _differences(context, name, version, index)


def _differences(context: Context, name: str, version: Version, index: int) -> Iterator[Diagnostic]:
    known = [fact.id for fact in (*(f for article in version.articles for f in article.facts), *version.facts)]
    for position, difference in enumerate(version.differences):
        for number, ident in enumerate(difference.facts):
            if ident not in known:
                at = ("versions", index, "differences", position, "facts", number)
                yield context.unknown(name, at, "要点", ident, known)


def _against_newer(context: Context, name: str, regulation: Regulation, index: int) -> Iterator[Diagnostic]:
    """Compare one version with those written before it, which are the newer ones."""
    version, newer = regulation.versions[index], regulation.versions[:index]
    at = ("versions", index)
    if any(version.year == other.year for other in newer):
        yield context.say(
            name, (*at, "year"), f"{version.year} 年的版本写了两个", "引用靠年份区分版本，请合并或核对 year"
        )
    elif newer and version.begins >= newer[-1].begins:
        yield context.say(name, (*at, "effective"), "版本没有按新在前的顺序排列", "请把较新的版本写在前面")
    elif newer and (version.ended is None or version.ended > newer[-1].begins):
        both = is_in_force(version, context.on) and is_in_force(newer[-1], context.on)
        said = f"与 {newer[-1].year} 年版{'同时现行，两版' if both else ''}的施行期重叠"
        remedy = f"旧版的 ended 应写新版的施行日期 {newer[-1].begins}"
        yield context.say(name, (*at, "effective"), said, remedy)


def replacements_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check ``replaces``: what it names exists, is not itself, no longer holds, and leads round no circle."""
    known = context.library.regulations
    for regulation in known.values():
        name = f"regulations/{regulation.id}"
        for index, ident in enumerate(regulation.replaces):
            at = ("replaces", index)
            if not context.exists("regulations", ident):
                yield context.unknown(name, at, "依据", ident, known)
            elif circle := _circle(known, regulation.id, ident):
                remedy = "新的取代旧的，请只在新的那一部里写 replaces"
                yield context.say(name, at, f"取代关系绕成了圈：{'、'.join(circle)}", remedy)
            elif ident in known and context.clauses.current(regulation) and context.clauses.current(known[ident]):
                said = f"{ident} 已被取代，却仍登记为现行"
                yield context.say(name, at, said, f"请在 regulations/{ident} 的版本里写上 ended，或删去这一项")


def _circle(known: Mapping[str, Regulation], start: str, step: str) -> list[str]:
    """Give the way from `start` by `step` back to `start`, or nothing."""
    ways = [[start, step]]
    seen = {step}
    while ways:
        way = ways.pop(0)
        if way[-1] == start:
            return way
        following = known[way[-1]].replaces if way[-1] in known else ()
        fresh = [ident for ident in following if ident not in seen]
        seen.update(fresh)
        ways.extend([*way, ident] for ident in fresh)
    return []


def names_are_unique(context: Context) -> Iterator[Diagnostic]:
    """Check that no name leads to two regulations."""
    seen: dict[str, str] = {}
    for regulation in context.library.regulations.values():
        for at, text in (
            (("short",), regulation.short),
            *((("alias", i), alias) for i, alias in enumerate(regulation.alias)),
        ):
            owner = seen.setdefault(text, regulation.id)
            if owner != regulation.id:
                yield context.say(
                    f"regulations/{regulation.id}", at, f"名称“{text}”与 {owner} 重复", "请换一个，使引用不会混淆"
                )


def _articles(context: Context, name: str, version_index: int) -> Iterator[Diagnostic]:
    covered: dict[str, int] = {}
    regulation = context.library.regulations[name.partition("/")[2]]
    for index, article in enumerate(regulation.versions[version_index].articles):
        at = ("versions", version_index, "articles", index, "number")
        if (article.number is None) == (article.clause is None):
            yield context.say(
                name, at[:-1], "条号要么写 number，要么写 clause", "党内法规写 number: 13，标准写 clause: 7.3.1"
            )
            continue
        if article.to is not None and article.to <= (article.number or 0):
            yield context.say(name, at, "条号范围的末号不大于首号", "请核对 number 和 to")
            continue
        if (article.to or article.number or 0) > _LAST_ARTICLE:
            yield context.say(name, at, f"条号超过 {_LAST_ARTICLE}", "请核对 number 和 to")
            continue
        for anchor in article.anchors:
            if anchor in covered:
                said = f"{article.label}与 articles[{covered[anchor]}] 的条号重复"
                yield context.say(name, at, said, f"请并入 articles[{covered[anchor]}]")
                break
            covered[anchor] = index
