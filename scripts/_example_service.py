"""Service, honours, political birthdays and awards of the invented units."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from _example_book import codes
from _example_days import Deck, Dice, in_month, in_season, month_end, season
from _example_texts_service import (
    AWARDS,
    CONSULT,
    FARM,
    FIRMS,
    HONOURS,
    PAIR,
    PARTNERS,
    STARS,
    VOLUNTEER,
)  # fmt: skip
from _example_units import COMMITTEE

if TYPE_CHECKING:
    from _example_book import Books
    from _example_people import People
    from _example_units import Branch

_WINDOWS = ("", "1")
"""Who has a service counter: the committee and a branch."""
_NO_HONOURS = "example-branch-10"
"""The branch that keeps no ledger of honours at all."""


def write_volunteering(books: Books, people: People) -> None:
    """Enter service, reporting to communities, pairs and the counters' months."""
    for year in people.scale.years:
        dice = Dice(people.scale.seed, "service", COMMITTEE, year)
        scale = dice.between(22, 30)
        books.add(COMMITTEE, "volunteering", in_month(dice, year, 1, 8, 20), kind="服务目录", topic="机关便民服务目录", categories=6, entries=38 + 2 * (year - people.scale.first), note="公布在政务大厅和公开栏")  # fmt: skip
        for month in (5, 11):
            present = scale + dice.below(8)
            books.add(COMMITTEE, "volunteering", in_month(dice, year, month), kind="无偿献血", topic=f"{'春' if month == 5 else '秋'}季无偿献血", present=present, quantity=present * 300 + 100 * dice.below(9), quantity_unit="毫升")  # fmt: skip
        books.add(
            COMMITTEE,
            "volunteering",
            in_month(dice, year, 7),
            kind="应急值守",
            topic="防汛值守点",
            quantity=dice.between(4, 8),
            quantity_unit="个",
            days=dice.between(3, 9),
        )
        for month, topic in zip((3, 6, 9, 12), dice.some(CONSULT, 4), strict=True):
            books.add(COMMITTEE, "volunteering", in_month(dice, year, month), kind="宣传咨询", topic=topic, served=dice.between(60, 240), served_unit="人次", quantity=dice.between(80, 300), quantity_unit="册")  # fmt: skip
        for number in _WINDOWS:
            unit = COMMITTEE if not number else f"example-branch-{number}"
            if number and not any(branch.id == unit for branch in people.units):
                continue
            _counter(books, people, unit, year)
        for branch in people.units:
            _service(books, people, branch, year)


def _counter(books: Books, people: People, unit: str, year: int) -> None:
    dice = Dice(people.scale.seed, "counter", unit, year)
    for month in range(1, 13):
        accepted = dice.between(24, 70) + (14 if unit == COMMITTEE else 0)
        surveyed = accepted * dice.between(20, 45) // 100
        books.add(unit, "volunteering", month_end(year, month), kind="便民服务", topic=f"{month}月窗口受理汇总", accepted=accepted, done=accepted - dice.weighted(((0, 5), (1, 4), (2, 2), (3, 1))), surveyed=surveyed, satisfied=surveyed - dice.below(2))  # fmt: skip


def _service(books: Books, people: People, branch: Branch, year: int) -> None:
    dice = Dice(people.scale.seed, "service", branch.id, year)

    def add(month: int, kind: str, topic: str, **cells: object) -> None:
        books.add(branch.id, "volunteering", in_month(dice, year, month, 4, 27), kind=kind, topic=topic, **cells)

    there = people.members(branch, dt.date(year, 1, 20))
    if not branch.retired:
        add(1, "社区报到", f"{year}年在职党员社区报到核对", due=len(there), present=len(there) - dice.below(3))
        if year == people.scale.first:
            add(
                1,
                "平台注册",
                "志愿服务平台注册核对",
                due=len(there),
                present=len(there) - dice.below(max(2, len(there) // 6)),
            )
    if branch.seats:
        add(1, "服务队", "支部志愿服务队", stock=1 + (branch.members > 30))
    deck = Deck(
        dice,
        [
            text
            for text in VOLUNTEER
            if not branch.retired
            or text in ("暑期少年课堂", "图书馆整理书架", "社区环境整治", "小区议事会记录", "文明祭扫引导")
        ],
    )
    times = 2 if branch.retired or not branch.seats else 4 + dice.below(2)
    for month in sorted(dice.mixed(range(3, 13))[:times]):
        crowd = people.members(branch, dt.date(year, month, 1))
        team = dice.some(crowd, max(2, len(crowd) * dice.between(22, 50) // 100))
        hours = len(team) * dice.between(2, 4)
        add(month, "志愿服务", deck.deal(season(month)), present=len(team), members=codes(p.code for p in team) if dice.chance(88) else None, days=1, hours=hours)  # fmt: skip
    if branch.seats and dice.chance(65):
        add(dice.between(3, 11), "结对共建", dice.one(PAIR), partner=dice.one(PARTNERS), present=dice.between(4, 12))
    if branch.number % 6 == 0 and not branch.retired:
        for month in (3, 6, 9):
            add(month, dice.one(("科技下乡", "农技培训")), dice.one([text for text in FARM if in_season(text, month)]), present=dice.between(2, 5), served=dice.between(12, 60), served_unit="户", quantity=dice.between(30, 120), quantity_unit="份")  # fmt: skip
    if branch.number % 12 in (5, 11):
        for month, topic in zip((4, 8, 11), dice.some(FIRMS, 3), strict=True):
            add(month, "服务企业", topic, present=dice.between(2, 4), served=dice.between(3, 12), served_unit="家")


def write_honours(books: Books, people: People) -> None:
    """Enter what was granted, reviewed and rated."""
    known = {branch.number: branch for branch in people.units}
    for year in people.scale.years:
        dice = Dice(people.scale.seed, "honours", year)
        first = year == people.scale.first
        for number, kind, topic, field, stage, grade, by, count, stock, early in HONOURS:
            if early is first and (not number or int(number) in known):
                unit = COMMITTEE if not number else f"example-branch-{number}"
                books.add(unit, "honours", in_month(dice, year, dice.between(4, 10)), kind=kind, topic=topic, field=field, stage=stage, grade=grade, granted_by=by, number=count, stock=stock, note="上级有专门安排")  # fmt: skip
        at = year - people.scale.first
        for number, grade in STARS[at] if at < len(STARS) else ():
            if int(number) in known:
                books.add(f"example-branch-{number}", "honours", in_month(dice, year, 12, 9, 20), kind="星级党支部", topic=f"{year}年度星级评定", stage="认定", grade=grade, granted_by="县直机关工委", number=1, stock=1)  # fmt: skip
        for branch in people.units:
            due = len(people.members(branch, dt.date(year, 12, 10)))
            if branch.id == _NO_HONOURS or branch.retired:
                continue
            day = in_month(dice, year, 6, 5, 26)
            if branch.number in (1, 2, 5, 8, 11):
                books.add(branch.id, "honours", day, kind="党员先锋岗", topic="窗口和项目党员先锋岗", stage="认定", granted_by="本单位", number=1 + first, stock=2 if first else 3)  # fmt: skip
            books.add(
                branch.id,
                "honours",
                in_month(dice, year, 4),
                kind="亮身份活动",
                topic="亮身份、亮岗位职责",
                stage="开展",
                number=due - dice.below(2),
            )
            if branch.number in (1, 3, 9):
                kind = "先锋指数" if branch.number == 1 else "党员积分"
                books.add(branch.id, "honours", in_month(dice, year, 12, 12, 26), kind=kind, topic=f"{year}年度汇总", stage="开展", rated=due, note="只记评了几名，不排名次")  # fmt: skip


def write_commendation(books: Books, people: People) -> None:
    """Enter political birthdays, badges, fifty years and awards."""
    for year in people.scale.years:
        for branch in people.units:
            dice = Dice(people.scale.seed, "birthdays", branch.id, year)
            for quarter in (2, 4):
                day = in_month(dice, year, 3 * quarter - dice.below(2), 8, 24)
                there = people.members(branch, day)
                share = there[quarter // 2 - 1 :: 2]
                topic = f"{'上' if quarter == 2 else '下'}半年集体政治生日：{dice.one(('重温入党志愿书', '谈入党经过', '赠书并合影', '讲入党故事', '读誓词、说打算'))}"
                books.add(
                    branch.id, "commendation", day, kind="政治生日", topic=topic, members=codes(p.code for p in share)
                )
            if branch.retired:
                olds = dice.some(people.members(branch, dt.date(year, 6, 20)), dice.between(2, 4))
                books.add(branch.id, "commendation", in_month(dice, year, 6, 24, 28), kind="光荣在党50年", topic="颁发光荣在党50年纪念章", members=codes(p.code for p in olds))  # fmt: skip
        _awards(books, people, year)


def _awards(books: Books, people: People, year: int) -> None:
    dice = Dice(people.scale.seed, "awards", year)
    new = [p for p in people.persons if p.admitted and p.admitted.year == year and p.stays]
    if new:
        books.add(
            COMMITTEE,
            "commendation",
            in_month(dice, year, 12, 24, 30),
            kind="佩戴党徽",
            topic="新党员佩戴党徽",
            members=codes(p.code for p in new),
        )
    for month, topic, honour, by, number, odd in AWARDS:
        if year % 2 and not odd:
            continue
        day = in_month(dice, year, month, 20, 30)
        best = [p for branch in people.units for p in people.members(branch, day) if p.keen > 60 and p.votes_from < day]
        cells = {"honour": honour, "granted_by": by}
        if number:
            cells["members"] = codes(p.code for p in dice.some(best, number * people.scale.members // 300 or 1))
            books.add(COMMITTEE, "commendation", day, kind="获得表彰", topic=f"{year}年{topic}", **cells)
            continue
        for branch in dice.some([item for item in people.units if item.seats], 3):
            books.add(branch.id, "commendation", day, kind="获得表彰", topic=f"{year}年{topic}", **cells)
