"""News that the invented units send, and what their mass groups do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _example_days import Deck, Dice, in_month
from _example_texts_service import MASS, MASS_BELOW, NEWS
from _example_units import COMMITTEE

if TYPE_CHECKING:
    from _example_book import Books
    from _example_people import People


def write_publicity(books: Books, people: People) -> None:
    """Enter what was sent, used, made and counted."""
    for year in people.scale.years:
        dice = Dice(people.scale.seed, "news", year)
        deck = Deck(dice, NEWS)

        def add(
            unit: str, month: int, kind: str, topic: str, *, year: int = year, dice: Dice = dice, **cells: object
        ) -> None:
            books.add(unit, "publicity", in_month(dice, year, month), kind=kind, topic=topic, **cells)

        def used(percent: int, dice: Dice = dice) -> str:
            return "已录用" if dice.chance(percent) else "已报送"

        for at, kind in enumerate(("公众号", "微信群")):
            stock = (2, 9 - 2 * (year - people.scale.first))[at]
            add(
                COMMITTEE,
                1,
                kind,
                f"{kind}年度清点",
                stock=max(stock, 1),
                note="停更的已注销" if at == 0 else "并群后解散多余的",
            )
        for month in range(1, 13):
            add(COMMITTEE, month, "党建简报", f"第{month}期：{deck.deal()}", level="县级", state=used(58))
            add(COMMITTEE, month, "公众号信息", f"{month}月发布汇总", number=dice.between(6, 15))
        for kind, level, times, percent in (
            ("工作信息", "市级", 6, 45), ("新闻报道", "市级", 4, 60), ("网站文章", "省级", 3, 70), ("期刊文章", "省级", 1, 100), ("网站文章", "中央", 1, 50),
        ):  # fmt: skip
            for _ in range(times):
                add(COMMITTEE, dice.between(2, 12), kind, deck.deal(), level=level, state=used(percent))
        add(COMMITTEE, 10, "典型发言", "市里机关党建座谈会交流发言", level="市级")
        for kind, number in (("横幅", 24), ("展板", 12), ("宣传册", 1200)):
            add(COMMITTEE, 6, kind, f"七一宣传用{kind}", number=number - dice.below(number // 4))
        for branch in people.units:
            below = Dice(people.scale.seed, "news", branch.id, year)
            cards = Deck(below, NEWS)
            for _ in range(1 if branch.retired or not branch.seats else 2 + below.below(2)):
                state = "已录用" if below.chance(42) else "已报送"
                books.add(branch.id, "publicity", in_month(below, year, below.between(2, 12)), kind="工作信息", topic=cards.deal(), level="县级", state=state)  # fmt: skip


def write_mass_groups(books: Books, people: People) -> None:
    """Enter what the mass groups did."""
    for year in people.scale.years:
        dice = Dice(people.scale.seed, "mass", year)
        for month, kind, topic, least, most in MASS:
            if month != 8 or year % 2 == 0:
                books.add(
                    COMMITTEE,
                    "mass-groups",
                    in_month(dice, year, month),
                    kind=kind,
                    topic=topic,
                    present=dice.between(least, most),
                )
        for branch in people.units:
            if branch.seats and not branch.retired:
                for kind, topic in dice.some(MASS_BELOW, 1 + dice.below(2)):
                    books.add(branch.id, "mass-groups", in_month(dice, year, dice.between(3, 11)), kind=kind, topic=topic, present=dice.between(7, 20))  # fmt: skip
