"""The training ledger: classes of the committee, study in the branches, and the hours of each member."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from _example_book import codes
from _example_days import Deck, Dice, in_month, in_season, month_end, season
from _example_texts_study import (
    BROADCASTS,
    COURSES,
    DISCUSSIONS,
    ESSAYS,
    FORUMS,
    LECTURE_TOPICS,
    MOBILISED,
    OLD_TOPICS,
    PREACHED,
    SENT,
    STUDY_TOPICS,
    SUPERIOR,
    VISITS,
)  # fmt: skip
from _example_units import COMMITTEE, general_branches

if TYPE_CHECKING:
    from _example_book import Books
    from _example_people import People
    from _example_units import Branch

LEDGER = "training"
_DAY_HOURS = 8
_STAGE = {"入党积极分子": "积极分子", "发展对象": "发展对象"}


def write_training(books: Books, people: People) -> None:
    """Enter a year's training of the committee, the 总支 and the branches."""
    for year in people.scale.years:
        _committee(books, people, year)
        for unit in general_branches(people.units):
            dice = Dice(people.scale.seed, "study", unit, year)
            there = sum(
                len(people.members(branch, dt.date(year, 4, 1))) for branch in people.units if branch.parent == unit
            )
            deck = Deck(dice, DISCUSSIONS)
            for month in (4, 9):
                present = there // 3 - dice.below(4)
                books.add(unit, LEDGER, in_month(dice, year, month), kind="交流研讨", topic=f"总支联学：{deck.deal()}", present=present)  # fmt: skip
        for branch in people.units:
            _Branch(books, people, branch, year).write()


def _committee(books: Books, people: People, year: int) -> None:
    dice = Dice(people.scale.seed, "study", COMMITTEE, year)

    def add(month: int, kind: str, topic: str, **cells: object) -> None:
        books.add(COMMITTEE, LEDGER, in_month(dice, year, month, 5, 25), kind=kind, topic=topic, **cells)

    whole = sum(len(people.members(branch, dt.date(year, 6, 1))) for branch in people.units)
    for month, topic, audience, size, days in COURSES:
        stage = _STAGE.get(audience)
        learners = [p.code for p in people.persons if stage and p.status_on(dt.date(year, month, 1)) == stage]
        due = len(learners) if stage else max(1, size * whole // 300)
        if not due:
            continue
        away = 0 if stage else dice.below(3)
        listed = codes(learners) if stage == "积极分子" else None
        add(
            month,
            "举办培训班",
            f"{year}年{topic}",
            audience=audience,
            due=due,
            present=due - away,
            members=listed,
            days=days,
        )
    for month, topic in zip((2, 5, 8, 11), dice.some(FORUMS, 4), strict=True):
        add(month, "干部讲堂", topic, due=120, present=120 - dice.between(4, 20))
    for month, topic in zip((3, 4, 6, 8, 9, 11), dice.some(PREACHED, 6), strict=True):
        add(month, "宣讲", topic, present=dice.between(35, 150))
    add(6, "知识竞赛", "党章党规知识竞赛", due=48, present=48)
    add(
        10,
        "现场观摩",
        "支部规范化建设现场观摩",
        due=len(people.units) * 2,
        present=len(people.units) * 2 - dice.below(3),
    )
    add(7, "征文", "我身边的共产党员征文", papers=dice.between(18, 34))
    when = MOBILISED.get(year)
    if when:
        add(when[0], "动员部署", when[1], due=80, present=80 - dice.between(1, 6))
    heads = dice.some([p for p in people.members(people.units[0], dt.date(year, 5, 1)) if p.keen > 60], 3)
    if heads:
        cells = {"audience": "处级以上党员领导干部", "members": codes(p.code for p in heads), "hours": 24, "days": 3}
        add(5, "参加上级培训", "市里党员领导干部专题班", **cells)
    for month, place in ((4, "甲镇"), (5, "乙镇"), (9, "丙镇")):
        team = dice.some([p for p in people.members(people.units[0], dt.date(year, month, 1)) if p.keen > 50], 3)
        if team:
            note = "三人一组住村两晚，报告交办公室"
            add(month, "蹲点调研", f"{place}产业和支部建设情况", members=codes(p.code for p in team), places=dice.between(2, 5), days=3, note=note)  # fmt: skip


class _Branch:
    def __init__(self, books: Books, people: People, branch: Branch, year: int) -> None:
        self.books, self.people, self.branch, self.year = books, people, branch, year
        self.dice = Dice(people.scale.seed, "study", branch.id, year)
        self.extra: dict[tuple[str, int], int] = {}
        """Hours that somebody already has from a class of the superior, by code and quarter."""

    def write(self) -> None:
        """Enter the year of a branch."""
        dice, branch = self.dice, self.branch
        study = Deck(dice, OLD_TOPICS if branch.retired else STUDY_TOPICS)
        audience = "离退休党员" if branch.retired else "全体党员"
        for month in dice.some((1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12), 4 if branch.members > 20 else 3):
            self.attended(month, "集中学习", study.deal(season(month)), audience=audience)
        for kind, topics, times in (
            ("专题讲座", LECTURE_TOPICS, int(dice.chance(45))), ("交流研讨", DISCUSSIONS, 1), ("参观学习", VISITS, 1),
            ("收听收看", BROADCASTS, int(dice.chance(70))),
        ):  # fmt: skip
            for topic in dice.some(topics, times):
                self.attended(dice.between(3, 11), kind, topic)
        when = MOBILISED.get(self.year)
        if when and not branch.retired:
            self.attended(when[0], "动员部署", when[1])
        if self.year in ESSAYS and dice.chance(60):
            papers = len(self.there(7)) * dice.between(20, 55) // 100
            self.add(7, "心得体会", ESSAYS[self.year], papers=max(papers, 2), note="自愿提交，书记逐篇看过")
        if branch.retired or dice.chance(40):
            topic = SENT[0] if branch.retired else dice.one(SENT[1:])
            self.add(dice.between(4, 10), "送学上门", topic, present=dice.between(2, 7 if branch.retired else 4))
        if not branch.retired and dice.chance(85):
            self.sent_to_class()
        for quarter in range(1, 5):
            self.hours(quarter)

    def there(self, month: int) -> tuple[object, ...]:
        """Give the members in the middle of a month."""
        return self.people.members(self.branch, dt.date(self.year, month, 15))

    def add(self, month: int, kind: str, topic: str, **cells: object) -> None:
        """Enter a row."""
        self.books.add(
            self.branch.id, LEDGER, in_month(self.dice, self.year, month, 3, 28), kind=kind, topic=topic, **cells
        )

    def attended(self, month: int, kind: str, topic: str, **cells: object) -> None:
        """Enter a row with attendance."""
        due = len(self.there(month))
        self.add(month, kind, topic, **cells, due=due, present=due - self.dice.below(max(2, due // 6)))

    def sent_to_class(self) -> None:
        """Somebody is sent to a class of the superior and gets the hours there."""
        month, days = self.dice.between(3, 11), self.dice.between(2, 5)
        topic = self.dice.one([text for text in SUPERIOR if in_season(text, month)])
        audience = {"支部": "支部书记", "党务": "党务干部", "青年": "青年干部", "纪检": "纪检干部", "理论": "理论骨干"}
        whom = next((who for word, who in audience.items() if word in topic), "党员干部")
        keen = [p for p in self.people.members(self.branch, dt.date(self.year, month, 1)) if p.keen >= 35]
        met = self.dice.some(keen, 1 if "书记" in topic else self.dice.between(1, 2))
        if met:
            for person in met:
                self.extra[person.code, (month + 2) // 3] = days * _DAY_HOURS
            listed = codes(person.code for person in met)
            self.add(month, "参加上级培训", topic, audience=whom, members=listed, hours=days * _DAY_HOURS, days=days)

    def hours(self, quarter: int) -> None:
        """Enter a quarter's hours, those alike in one row; who comes late in a year has less."""
        usual = 9 + self.dice.below(2)
        rows: dict[str, list[str]] = {}
        for person in self.people.members(self.branch, month_end(self.year, 3 * quarter)):
            most = usual
            if self.branch.retired and person.keen < 24:
                most = 2 + self.dice.below(2)
            elif person.keen < 9:
                most = usual - 3
            elif person.keen > 88 and self.people.scale.first != self.year:
                most = usual + 1
            if self.extra.get((person.code, quarter)):
                most = max(most - 3, 2)
            rows.setdefault(str(most), []).append(person.code)
        day = in_month(self.dice, self.year, 3 * quarter, 24, 31)
        quarters = "一二三四"[quarter - 1]
        for hours in sorted(rows, key=float, reverse=True):
            note = "年老体弱，不作硬性要求" if self.branch.retired and float(hours) < 5 else None
            topic = f"{quarters}季度学时，含党日、党课和集中学习"
            self.books.add(self.branch.id, LEDGER, day, kind="学时登记", topic=topic, members=codes(rows[hours]), hours=hours, note=note)  # fmt: skip
