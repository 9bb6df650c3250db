"""The number of a fact fits its unit, its base, its comparator and its bound: what does not can only be a slip."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from handbook.diagnostics import Diagnostic
from handbook.loading.yaml_events import KeyPath
from handbook.model.regulation import Fact
from handbook.rules.context import Context

_SHARES = ("比例", "%")
_LOWER = ("不少于", "以上")
_UPPER = ("不超过", "以下", "不足")
"""What can limit in one direction only. 超过 also names a case (超过五十人的), 以内 also a ban (5年以内不得)."""


def facts_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check all facts, those without an article included."""
    for regulation in context.library.regulations.values():
        name = f"regulations/{regulation.id}"
        for index, version in enumerate(regulation.versions):
            for number, article in enumerate(version.articles):
                for position, fact in enumerate(article.facts):
                    yield from _fact(context, name, ("versions", index, "articles", number, "facts", position), fact)
            for position, fact in enumerate(version.facts):
                yield from _fact(context, name, ("versions", index, "facts", position), fact)


def _fact(context: Context, name: str, at: KeyPath, fact: Fact) -> Iterator[Diagnostic]:
    for key, message, remedy in (*_lonely(fact), *_shares(fact), *_ranges(fact), *_bounds(fact)):
        yield context.say(name, (*at, key), message, remedy)


Finding = tuple[str, str, str]
"""Key, message, remedy."""


def _lonely(fact: Fact) -> Iterator[Finding]:
    """What needs something beside it."""
    if fact.number is not None and fact.unit is None:
        yield "number", "数字没有单位", "请补上 unit，如 个工作日、次/季度、比例"
    elif fact.unit is not None and fact.number is None:
        yield "unit", f"有单位“{fact.unit}”却没有数字", "请补上 number，或删去 unit"
    # 不超过投票人数: the base itself is what is compared with
    if fact.comparator and fact.number is None and fact.unit is None and fact.base is None:
        yield "comparator", f"“{fact.comparator}”后面没有数字", "请补上 number 和 unit，或删去 comparator"
    if fact.base and fact.number is None and fact.comparator is None:
        yield "base", f"有基数“{fact.base}”却没有比例", "请补上 comparator、number 和 unit，或删去 base"
    if fact.base and fact.unit_may == "tighten":
        yield "unit_may", "表决、到会的比例不能由单位改动", "请写成 nothing，或删去 unit_may"


def _shares(fact: Fact) -> Iterator[Finding]:
    """Shares and what they are shares of."""
    if fact.number is None or fact.unit is None:
        return
    if fact.base and fact.unit not in _SHARES:
        yield "base", f"基数“{fact.base}”只用于比例，这里的单位是“{fact.unit}”", "请把 unit 写成 比例，或删去 base"
    if fact.unit == "比例" and fact.comparator and fact.base is None:
        yield "number", "比例没有写明基数", "请补上 base，如 应到会有表决权党员、实到会有选举权党员"
    whole = 100 if fact.unit == "%" else 1
    values = _values(fact.number)
    if "/" in fact.number and fact.unit != "比例":
        yield "unit", f"几分之几的单位不能是“{fact.unit}”", "请把 unit 写成 比例"
    elif fact.unit in _SHARES and any(value is None or value > whole for value in values):
        yield "number", f"{fact.number} 不是合理的{fact.unit}", "比例写成 4/5 或 0.8，百分比写成 20 并把 unit 写成 %"


def _ranges(fact: Fact) -> Iterator[Finding]:
    if fact.number is None or "—" not in fact.number:
        return
    first, last = (_values(part)[0] for part in fact.number.split("—"))
    if first is not None and last is not None and first >= last:
        yield "number", f"范围 {fact.number} 的首数不小于末数", "请核对数字"
    if fact.bound not in ("range", "none"):
        yield "bound", f"数字是范围 {fact.number}，bound 却是 {fact.bound}", "请写成 range"


def _bounds(fact: Fact) -> Iterator[Finding]:
    lower, upper = fact.comparator in _LOWER, fact.comparator in _UPPER
    if (lower and fact.bound == "max") or (upper and fact.bound == "min"):
        yield (
            "bound",
            f"“{fact.comparator}”和 bound: {fact.bound} 相反",
            f"请写成 {'min' if lower else 'max'}，或核对 comparator",
        )


def _values(number: str) -> tuple[Fraction | None, ...]:
    """Read ``5``, ``0.5``, ``4/5``, ``3—5``; None for a share that cannot be."""
    values: list[Fraction | None] = []
    for part in number.split("—"):
        above, _, below = part.partition("/")
        values.append(None if below and not int(below) else Fraction(above) / int(below or 1))
    return tuple(values)
