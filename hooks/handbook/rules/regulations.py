"""Versions and articles of the regulations are consistent."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
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
            if index and version.begins >= regulation.versions[index - 1].begins:
                yield context.say(name, (*at, "effective"), "版本没有按新在前的顺序排列", "请把较新的版本写在前面")
            elif index:
                newer = regulation.versions[index - 1].begins
                if version.ended is None or version.ended > newer:
                    remedy = f"旧版的 ended 应写新版的施行日期 {newer}"
                    yield context.say(
                        name, (*at, "effective"), f"与 {regulation.versions[index - 1].year} 年版的施行期重叠", remedy
                    )
            yield from _articles(context, name, index)


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
        for fact_index, fact in enumerate(article.facts):
            if fact.number is not None and fact.unit is None:
                at_fact = ("versions", version_index, "articles", index, "facts", fact_index, "number")
                yield context.say(name, at_fact, "数字没有单位", "请补上 unit，如 个工作日、次/季度、比例")
