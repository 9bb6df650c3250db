"""Checks from above and problems with their remedy: every problem counted in a check or a meeting has its row."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from _example_days import Deck, Dice, after, in_month, month_end
from _example_texts_problems import BRANCH, GOING, LATE, STARTED, STUCK, Problem
from _example_texts_problems import COMMITTEE as OF_COMMITTEE
from _example_texts_upper import CHECKS
from _example_units import COMMITTEE, Branch, Scale

if TYPE_CHECKING:
    from _example_book import Books

LEDGER = "rectification"
_QUARTERS = "一二三四"
_WHO = ("支部书记", "组织委员", "宣传委员", "纪检委员", "支部副书记", "党小组长", "党务干事")
_WHO_OF_THREE = ("支部书记", "组织委员", "纪检委员", "党务干事")
_WHO_SMALL = ("支部书记", "支部书记", "党务干事")
_WHO_ABOVE = ("专职副书记", "党委书记", "机关纪委书记", "党务干事")
_CHECKED = {"党费检查": "党费检查", "年度考核": "党建考核", "半年考核": "党建考核", "督导调研": "调研走访"}
"""The source that a problem found by such a check has in its row."""


class Checks:
    """Plans what is found in a year before other ledgers count it; `life_issues` says how many a branch named itself."""

    def __init__(self, books: Books, scale: Scale, units: tuple[Branch, ...]) -> None:
        self.books, self.scale, self.units = books, scale, units
        self.life_issues: dict[tuple[str, int], int] = {}
        self._decks = {branch.id: Deck(Dice(scale.seed, "problems", branch.id), _of(branch)) for branch in units} | {
            COMMITTEE: Deck(Dice(scale.seed, "problems", COMMITTEE), OF_COMMITTEE)
        }
        self._open: list[tuple[str, Problem, str, str, int]] = []

    def life_meeting(self, branch: Branch, day: dt.date) -> int:
        """Enter what a branch found in itself; give the number."""
        dice = Dice(self.scale.seed, "self", branch.id, day.year)
        number = dice.between(1, 2) + (branch.seats > 3)
        for _ in range(number):
            self._enter(branch.id, after(day, dice.between(3, 9)), "组织生活会", dice)
        return number

    def of_year(self, year: int) -> None:
        """Enter the checks of a year and the problems that come from elsewhere; then those left from the year before."""
        left = [item for item in self._open if item[4] < year]
        self._open = [item for item in self._open if item[4] >= year]
        for unit, problem, who, due, _ in left:
            dice = Dice(self.scale.seed, "carried", unit, problem.problem)
            self._enter(unit, in_month(dice, year, 1, 6, 17), "上年结转", dice, (problem, who, due))
        for kind, month, topic, share in CHECKS:
            self._check(year, kind, month, topic, share)
        dice = Dice(self.scale.seed, "other problems", year)
        for branch in self.units:
            for source, chance in (("民主评议", 12), ("党员群众意见", 22), ("自查", 38), ("述职评议", 32)):
                if dice.chance(chance):
                    month = 1 if source == "述职评议" else dice.between(3, 10)
                    self._enter(branch.id, in_month(dice, year, month, 8), source, dice)
        for source, month in (("述职评议", 1), ("民主生活会", 2), ("民主生活会", 2), ("自查", 5), ("党员群众意见", 8)):
            self._enter(COMMITTEE, in_month(dice, year, month, 15), source, dice)
        if year % 2 == 0:
            for _ in range(4):
                self._enter(COMMITTEE, in_month(dice, year, 6, 3, 7), "巡视巡察", dice)

    def _check(self, year: int, kind: str, month: int, topic: str, share: int) -> None:
        dice = Dice(self.scale.seed, "check", year, kind, month)
        day = in_month(dice, year, month, 5, 24)
        seen = dice.some(self.units, max(1, len(self.units) * share // 100))
        found = [branch for branch in seen if branch.seats and dice.chance(36)] if kind != "督导调研" else []
        source = _CHECKED.get(kind, "督查检查")
        for branch in found:
            self._enter(branch.id, after(day, dice.between(4, 9)), source, dice)
        extra = {}
        if kind == "督导调研":
            extra = {"interviews": 6 * len(seen) + dice.below(9), "questionnaires": 11 * len(seen) + dice.below(25)}
            note = f"分{'两' if len(seen) > 5 else '一'}个组，报告存办公室"
        else:
            note = dice.one(("反馈意见存档", "到现场看记录和签到表", "同支部书记当面交换意见", "抽看台账和会议记录"))
        cells = {"targets": len(seen), "problems": len(found), "feedback": len(seen) - dice.below(2), **extra}
        self.books.add(COMMITTEE, "supervision", day, kind=kind, topic=topic, **cells, note=note)

    def _enter(
        self,
        unit: str,
        day: dt.date,
        source: str,
        dice: Dice,
        carried: tuple[Problem, str, str] | None = None,
    ) -> None:
        problem = carried[0] if carried else self._decks[unit].deal()
        who = carried[1] if carried else self._responsible(unit, dice)
        due = after(day, dice.between(75, 210))
        fate = dice.weighted((("closed", 76), ("late", 7), ("working", 10), ("deferred", 5), ("idle", 2)))
        if carried:
            fate = dice.weighted((("closed", 85), ("late", 15)))
        closed, note = None, f"原定{carried[2]}完成，接着办" if carried else None
        if fate == "closed":
            closed = after(day, dice.between(40, 190))
            closed = closed if closed.year == day.year else None
        elif fate == "late":
            due = min(due, dt.date(day.year, 11, 28))
        elif fate == "deferred":
            note = f"原定{due}完成，{dice.one(LATE)}"
            due = after(dt.date(day.year + 1, 1, 4), dice.between(40, 150))
        state = "已销号" if closed else {"deferred": "已延期", "idle": "未开始"}.get(fate, "进行中")
        if state == "未开始":
            due = after(dt.date(day.year + 1, 1, 4), dice.between(30, 80))
        if closed and closed <= due and dice.chance(30):
            note = dice.one(
                ("凭据存支部档案盒，纪检委员复核", "由提出问题的一方看过凭据", "支委会集体看过凭据", "复核人为组织委员")
            )
        self.books.add(
            unit, LEDGER, day, source=source, field=problem.field, problem=problem.problem, cause=problem.cause,
            measure=problem.measure, responsible=who, due_date=due, state=state,
            **_progress(problem, day, closed, fate, dice), closed=closed,
            closed_in=f"{_QUARTERS[(closed.month - 1) // 3]}季度" if closed else None, note=note,
        )  # fmt: skip
        if not closed:
            self._open.append((unit, problem, who, str(due), day.year))

    def _responsible(self, unit: str, dice: Dice) -> str:
        if unit == COMMITTEE:
            return dice.one(_WHO_ABOVE)
        branch = next(item for item in self.units if item.id == unit)
        return dice.one(_WHO_SMALL if not branch.seats else _WHO_OF_THREE if branch.seats < 5 else _WHO)


def _progress(problem: Problem, day: dt.date, closed: dt.date | None, fate: str, dice: Dice) -> dict[str, str]:
    """One sentence a quarter from the day it was entered until it was closed."""
    cells: dict[str, str] = {}
    for quarter in range((day.month - 1) // 3 + 1, 5):
        end = month_end(day.year, 3 * quarter)
        if closed and closed <= end:
            cells[f"progress_q{quarter}"] = problem.done
            break
        if fate == "idle" or (fate == "late" and dice.chance(50)):
            cells[f"progress_q{quarter}"] = dice.one(STUCK)
        else:
            cells[f"progress_q{quarter}"] = dice.one(GOING if cells else STARTED)
    return cells


def _of(branch: Branch) -> tuple[Problem, ...]:
    """The problems that this branch can have at all."""
    barred = [
        word for word, has in (("小组", branch.groups), ("支委", branch.seats), ("委员", branch.seats)) if not has
    ]
    if branch.retired:
        barred += [
            "窗口",
            "企业",
            "业务",
            "青年",
            "岗位",
            "积极分子",
            "公务用车",
            "项目",
            "考勤",
            "调离",
            "座机",
            "报三张表",
        ]
    fits = [item for item in BRANCH if not any(word in "".join(item) for word in barred)]
    return tuple(fits)
