"""Money: dues with what is spent of them, the budget with rooms and bases, and care for people."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from _example_book import money
from _example_days import Deck, Dice, after, in_month
from _example_people import ALWAYS
from _example_texts_service import BASE_GUESTS, CARE, DONATED, DUES_USES, SPENDING
from _example_units import COMMITTEE

if TYPE_CHECKING:
    from _example_book import Books
    from _example_people import People, Person
    from _example_units import Branch

_RAISES = (35, 28, 40, 22, 31)
"""By how many in a thousand pay rises each January, year after year."""
_PAID_ON = ((3000, 5), (5000, 10), (10000, 15))
_MOST = 20
_RETIRED_LIMIT = 5000
_LATE = (
    ("1人出差，下月补交", "1人驻村，下月补交", "1人岗位变动，核定后补交"),
    ("1人住在外地，下月补交", "1人外出，下月补交"),
)


def write_dues(books: Books, people: People) -> None:
    """Enter what is due, comes in late, is passed on, spent and made public."""
    for branch in people.units:
        dice = Dice(people.scale.seed, "dues", branch.id)
        owed = 0
        for year in people.scale.years:
            start = in_month(dice, year, 1, 2, 4)
            there = people.members(branch, start)
            books.add(branch.id, "dues", start, kind="年度核定", due_people=len(there), paid_people=len(there), note="按上年12月收入核定，表另存")  # fmt: skip
            for half in (1, 2):
                collected = 0
                for month in range(6 * half - 5, 6 * half + 1):
                    got, owed = _collect(books, people, branch, dice, dt.date(year, month, 1), owed)
                    collected += got
                passed = in_month(dice, year, 6 * half, 18, 25)
                note = f"{'上下'[half - 1]}半年，凭证{dice.between(11, 98)}号"
                books.add(branch.id, "dues", passed, kind="支部上缴", amount=money(collected), note=note)
            for month in (3, 6, 9, 12):
                if dice.chance(94):
                    books.add(
                        branch.id, "dues", in_month(dice, year, month, 26, 31), kind="公布", note="公开栏张贴七天"
                    )
    for year in people.scale.years:
        _above(books, people, year)


def _collect(books: Books, people: People, branch: Branch, dice: Dice, month: dt.date, owed: int) -> tuple[int, int]:
    """Enter a month; give what came in and what is still to come."""
    day = in_month(dice, month.year, month.month, 5, 12)
    there = people.members(branch, day)
    each = [dues_of(person, people, day) for person in there]
    late = sum(each[at] for at in {dice.below(len(each))}) if each and dice.chance(9) else 0
    note = dice.one(_LATE[branch.retired]) if late else None
    due = sum(each)
    books.add(
        branch.id, "dues", day, kind="收缴", amount=money(due - late), due_amount=money(due), due_people=len(each),
        paid_people=len(each) - bool(late), note=note,
    )  # fmt: skip
    if owed:
        books.add(branch.id, "dues", after(day, 2), kind="补交", amount=money(owed), note="上月未交的1人")
    return due - late + owed, late


def dues_of(person: Person, people: People, day: dt.date) -> int:
    """Give a member's monthly dues in 分, cut to 角, by the pay of the year."""
    retired = person.retired is not None and person.retired <= day
    pay = person.pay * 7 // 100 * 10 if retired and person.retired != ALWAYS else person.pay
    for year in range(people.scale.first, day.year):
        pay += pay * _RAISES[year % len(_RAISES)] // 1000
    if retired:
        rate = 5 if pay <= _RETIRED_LIMIT else 10
    else:
        rate = next((share for limit, share in _PAID_ON if pay <= limit), _MOST)
    return pay * rate // 100 * 10


def _above(books: Books, people: People, year: int) -> None:
    """Enter what the committee passes on, gets back and spends."""
    dice = Dice(people.scale.seed, "dues", COMMITTEE, year)
    whole = 0
    for half, month in ((1, 6), (2, 12)):
        taken = [row for unit in people.units for row in books.rows(unit.id, "dues", year) if row["kind"] == "支部上缴"]
        got = sum(_fen(str(row["amount"])) for row in taken if (str(row["date"])[5:7] <= "06") == (half == 1))
        whole += got
        day = in_month(dice, year, month, 27 if month == 6 else 26, 31)
        books.add(
            COMMITTEE,
            "dues",
            day,
            kind="党委上缴",
            amount=money(got * 4 // 10),
            note=f"{'上' if half == 1 else '下'}半年，按上级核定的比例",
        )
    books.add(COMMITTEE, "dues", in_month(dice, year, 9), kind="上级下拨", amount=money(whole * 15 // 100 // 10000 * 10000), note="专项用于困难党员补助")  # fmt: skip
    books.add(COMMITTEE, "dues", in_month(dice, year, 7, 3, 12), kind="公布", note="上半年收支向各支部公布")
    books.add(
        COMMITTEE,
        "dues",
        in_month(dice, year, 11, 3, 20),
        kind="检查",
        note="查十二个支部账目，问题转整改台账" if len(people.units) == 12 else "查各支部账目",
    )
    for month, use, topic, least, most in DUES_USES:
        day = in_month(dice, year, month, 8, 26)
        fen = dice.between(least, most) * len(people.units) // 12 * 1000
        books.add(COMMITTEE, "dues", day, kind="使用", amount=money(fen), use=use, decided=after(day, -dice.between(9, 20)), note=topic)  # fmt: skip
        if use == "补助困难党员":
            each = dice.between(4, 7)
            target = "生活困难党员"
            cells = {
                "topic": f"{topic}（{month}月）",
                "target": target,
                "people": each,
                "cash": money(fen),
                "money_from": "党费",
            }
            books.add(COMMITTEE, "care", day, kind="困难补助", **cells, note="名单由党委会研究，另行保管")


def write_assets(books: Books, people: People) -> None:
    """Enter the budget, what is spent of it, rooms and bases."""
    rooms, bases = 4, {"example-branch-1": 1, "example-branch-8": 1}
    for at, year in enumerate(people.scale.years):
        dice = Dice(people.scale.seed, "assets", year)

        def add(
            unit: str, month: int, kind: str, topic: str, year: int = year, dice: Dice = dice, **cells: object
        ) -> None:
            books.add(unit, "assets", in_month(dice, year, month, 5, 26), kind=kind, topic=topic, **cells)

        add(COMMITTEE, 1, "阵地现状", "党群活动中心年度核对", rooms=rooms, stock=2)
        budget = (420_000 + 15_000 * at) * people.scale.members // 300
        add(COMMITTEE, 2, "经费预算", f"{year}年机关党建工作经费", amount=budget, note="批复文号见预算文件夹")
        left = budget * dice.between(90, 96) // 100
        weights = [(item, dice.between(*item[3])) for item in SPENDING]
        whole = sum(weight for _, weight in weights)
        for (month, use, topic, _), weight in weights:
            add(
                COMMITTEE,
                month,
                "经费支出",
                topic,
                amount=left * weight // whole // 10 * 10,
                use=use,
                note=f"凭证{dice.between(101, 980)}号",
            )
        add(
            COMMITTEE,
            8,
            "阵地建设",
            "党群活动中心书吧改造" if at % 2 == 0 else "党群活动中心展板更新",
            amount=dice.between(180, 360) * 100,
        )
        rooms += at % 2 == 0
        for number, unit in enumerate(sorted(bases)):
            if not any(branch.id == unit for branch in people.units):
                continue
            kind = ("红色型", "公益型")[number % 2]
            add(unit, 1, "基地现状", "开放式组织生活基地年度核对", base_type=kind, stock=bases[unit])
            if at % 2 == number or at == 0:
                add(unit, 3, "基地建设", "基地展陈和座椅添置", base_type=kind, amount=dice.between(300, 620) * 100)
            deck = Deck(dice, BASE_GUESTS)
            for month in (3, 4, 5, 6, 9, 10, 11):
                add(unit, month, "基地活动", deck.deal(), people=dice.between(9, 42))


def write_care(books: Books, people: People) -> None:
    """Enter visits, gifts of members and help for pairs."""
    for year in people.scale.years:
        dice = Dice(people.scale.seed, "care", year)
        for month, topic, target, usual, cash, origin in CARE:
            number = max(1, (usual + dice.between(-1, 2)) * people.scale.members // 300)
            cells = {
                "target": target,
                "households": number,
                "people": number,
                "cash": cash * number,
                "goods": dice.between(80, 160) * number,
            }
            books.add(COMMITTEE, "care", in_month(dice, year, month, 6, 24), kind="走访慰问", topic=topic, **cells, money_from=origin, note="党委会研究，签收单存档")  # fmt: skip
        for branch in people.units:
            _care_below(books, people, branch, year)


def _care_below(books: Books, people: People, branch: Branch, year: int) -> None:
    dice = Dice(people.scale.seed, "care", branch.id, year)
    day = in_month(dice, year, 9, 4, 12)
    eligible = len(people.members(branch, day))
    given = eligible - dice.below(max(2, eligible // 6))
    cells: dict[str, object] = {
        "people": given,
        "eligible": eligible,
        "cash": sum(dice.between(4, 10) for _ in range(given)) * 10,
    }
    books.add(
        branch.id,
        "care",
        day,
        kind="党员捐款",
        topic="慈善一日捐",
        **cells,
        money_from="个人捐款",
        note="转县慈善会账户，收据存档",
    )
    for month, topic in ((1, "春节前走访本支部党员"), (6, "七一前走访本支部党员")):
        if dice.chance(90):
            number = dice.between(1, 3)
            visit = {
                "target": dice.one(("老党员", "生活困难党员")),
                "households": number,
                "people": number,
                "goods": 120 * number,
            }
            books.add(branch.id, "care", in_month(dice, year, month, 8, 26), kind="走访慰问", topic=topic, **visit, money_from="工作经费")  # fmt: skip
    if branch.seats and not branch.retired and dice.chance(60):
        homes = dice.between(3, 9)
        cells = {
            "target": "困难群众",
            "households": homes,
            "goods": dice.between(90, 180) * homes,
            "cash": dice.weighted(((None, 6), (300 * homes, 4))),
        }
        books.add(branch.id, "care", in_month(dice, year, dice.one((1, 6, 12)), 4, 24), kind="结对帮扶", topic="走访结对户，商量下步打算", **cells)  # fmt: skip
    if dice.chance(33):
        thing, unit, least, most = dice.one(DONATED)
        books.add(branch.id, "care", in_month(dice, year, dice.between(4, 11)), kind="捐赠物资", topic=thing, quantity=dice.between(least, most), quantity_unit=unit)  # fmt: skip


def _fen(text: str) -> int:
    yuan, _, rest = text.partition(".")
    return int(yuan) * 100 + int(rest.ljust(2, "0") or 0)
