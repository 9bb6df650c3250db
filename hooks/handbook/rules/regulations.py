"""Versions and articles of the regulations are consistent."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.rules.context import Context


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
    covered: dict[int, int] = {}
    regulation = context.library.regulations[name.partition("/")[2]]
    for index, article in enumerate(regulation.versions[version_index].articles):
        at = ("versions", version_index, "articles", index, "number")
        if article.to is not None and article.to <= article.number:
            yield context.say(name, at, "条号范围的末号不大于首号", "请核对 number 和 to")
            continue
        for number in range(article.number, (article.to or article.number) + 1):
            if number in covered:
                yield context.say(name, at, f"第{number}条写了两次", f"请并入 articles[{covered[number]}]")
                break
            covered[number] = index
        for fact_index, fact in enumerate(article.facts):
            if fact.number is not None and fact.unit is None:
                at_fact = ("versions", version_index, "articles", index, "facts", fact_index, "number")
                yield context.say(name, at_fact, "数字没有单位", "请补上 unit，如 个工作日、次/季度、比例")
