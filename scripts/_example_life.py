"""The ledger of 组织生活: meetings, lectures, theme days, the yearly meeting and talks of every branch."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from _example_book import codes
from _example_days import Deck, Dice, after, in_month, season
from _example_texts_life import (
    ABSENT,
    ABSENT_OLD,
    APPRAISAL_WAYS,
    COMMITTEE_ITEMS,
    GROUP_TOPICS,
    JOINT,
    LECTURES,
    LIFE_WAYS,
    MADE_UP,
    MEETING_ITEMS,
    OLD_BARRED,
    SPECIAL_LECTURES,
    STUDY,
    STUDY_OF_YEAR,
    TALKS,
    THEME_ACTS,
)  # fmt: skip

if TYPE_CHECKING:
    from _example_book import Books
    from _example_checks import Checks
    from _example_people import People
    from _example_units import Branch

LEDGER = "organization-life"
_GROUPS = ("第一小组", "第二小组", "第三小组", "第四小组")
_LECTURERS = (("支部书记", 40), ("其他支部委员", 18), ("普通党员", 17), ("上级党组织负责人", 8), ("外请人员", 6), ("机关党委书记", 4), ("单位领导班子成员", 7))  # fmt: skip
_LECTURERS_SMALL = (("支部书记", 55), ("普通党员", 30), ("上级党组织负责人", 15))
_CHAIRS = {
    5: (("支部书记", 6), ("支部副书记", 2), ("支部委员", 3)), 3: (("支部书记", 6), ("支部委员", 3)), 0: (("支部书记", 5), ("其他党员", 1)),
}  # fmt: skip
"""Who presides at a theme day, by the number of seats."""
_TALKERS = (("支部书记", 3), ("支部委员", 3))
_UNDECLARED = {("example-branch-4", 2025): ("2025-Q1", "2025-Q2", "2025-Q3")}
"""One quarter that a clerk has not gone through yet."""
_FEWER_TALKS = 13


class _Life:
    def __init__(self, books: Books, people: People, checks: Checks, branch: Branch, year: int) -> None:
        self.books, self.people, self.checks, self.branch, self.year = books, people, checks, branch, year
        self.dice = Dice(people.scale.seed, "life", branch.number, year)
        self.usual = self.dice.between(8, 20)
        """The day of the month on which theme days are held."""
        self.second = "支部副书记" if branch.seats > 3 else "支部委员"
        self.study, self.items, self.of_groups = self.deck(STUDY), self.deck(COMMITTEE_ITEMS), self.deck(GROUP_TOPICS)
        self.lectures, self.talks = self.deck(LECTURES), self.deck(TALKS)
        acts = {text: content for content, text in THEME_ACTS}
        self.contents, self.acts = acts, self.deck(tuple(acts))

    def deck(self, cards: tuple[str, ...]) -> Deck[str]:
        """Give the cards that this branch can use, mixed for the year."""
        barred = ["小组", "组长", "各组"] * (not self.branch.groups) + ["支委", "培养联系人", "入党积极", "新党员"] * (
            not self.branch.seats
        )
        barred += (*OLD_BARRED, "培养联系人") * self.branch.retired
        fits = [card for card in cards if not any(word in card for word in barred)]
        return Deck(Dice(self.people.scale.seed, "deck", cards[0], self.branch.number, self.year), fits)

    def write(self) -> None:
        """Enter the year; a few months are skipped, as they are."""
        skipped = {self.dice.between(1, 12)} if self.dice.chance(50) else set()
        for month in range(1, 13):
            if not self.dice.chance(0.9):
                self.theme_day(month)
            if self.branch.seats and month not in skipped:
                self.committee(month)
            quiet = self.dice.chance(2.5)
            for number in range(self.branch.groups):
                if not quiet and not self.dice.chance(2):
                    self.group(month, number)
        for quarter in range(1, 5):
            self.members_meeting(quarter)
            self.lecture(quarter)
        self.life_meeting()
        for _ in range(self.dice.between(2, 3) + len(self.people.members(self.branch, self.day(6))) // _FEWER_TALKS):
            self.talk(self.dice.between(1, 12))

    def day(self, month: int, first: int = 1, last: int = 31) -> dt.date:
        """Give a day of a month of the year."""
        return in_month(self.dice, self.year, month, first, last)

    def add(self, day: dt.date, kind: str, topic: str, due: int, chair: str, **more: object) -> None:
        """Enter a meeting with its attendance."""
        rate = 6 if self.branch.retired else 0
        away = sum(self.dice.chance(4 + rate + (kind == "主题党日") * 3) for _ in range(due))
        away = min(away, max(due // 3, 0))
        late = self.year == self.people.scale.last and day.month >= 11 and self.dice.chance(22)
        cells = {"due": due, "present": due - away, "chair": chair, **more}
        cells["minutes"] = "待归档" if late or self.dice.chance(0.4) else "已归档"
        note = cells.pop("note", None) or self.reason(away)
        self.books.add(self.branch.id, LEDGER, day, kind=kind, topic=topic, **cells, note=note)

    def reason(self, away: int) -> str | None:
        """Say why so many were not there."""
        if not away or (away < 3 and self.dice.chance(55)):
            return None
        first, second = self.dice.mixed(ABSENT_OLD if self.branch.retired else ABSENT)[:2]
        part = self.dice.between(1, away)
        said = f"{away}人{first}" if part == away else f"{part}人{first}、{away - part}人{second}"
        return f"{said}，{self.dice.one(MADE_UP)}" if self.dice.chance(55) else said

    def studied(self, month: int) -> str:
        """Give what is studied in a month: what the year asks for, or a card."""
        special = [text for when, text in STUDY_OF_YEAR.get(self.year, ()) if when == month]
        return self.dice.one(special) if special and self.dice.chance(70) else self.study.deal(season(month))

    def theme_day(self, month: int) -> None:
        """A theme day a month."""
        day = in_month(self.dice, self.year, month, self.usual, self.usual + 4)
        act = self.acts.deal(season(month))
        content = self.contents[act]
        joint = self.dice.one(JOINT) if content in ("志愿服务", "参观实践") and self.dice.chance(35) else None
        due = len(self.people.members(self.branch, day))
        leaders = self.dice.between(1, 2) if self.dice.chance(30) and not self.branch.retired else None
        chair = self.dice.weighted(_CHAIRS[min(self.branch.seats, 5)])
        topic = f"{self.studied(month)}；{act}"
        self.add(day, "主题党日", topic, due, chair, content=content, leaders=leaders, joint=joint)

    def committee(self, month: int) -> None:
        """The 支委会 of a month."""
        topic = "；".join(self.items.deal(season(month)) for _ in range(self.dice.between(1, 2)))
        self.add(
            self.day(month, 2, 27),
            "支委会",
            topic,
            self.branch.seats,
            "支部书记" if self.dice.chance(92) else self.second,
        )

    def group(self, month: int, number: int) -> None:
        """The meeting of a 党小组."""
        day = self.day(month)
        due = self.people.group(self.branch, day, number)
        topic = "；".join(self.of_groups.deal(season(month)) for _ in range(self.dice.between(1, 2)))
        self.add(day, "党小组会", topic, due, "党小组长", group=_GROUPS[number])

    def members_meeting(self, quarter: int) -> None:
        """The 支部党员大会 of a quarter, with what must be voted on."""
        day = self.people.meetings.day(self.branch, self.year, quarter)
        voted = self.people.meetings.agenda.get((self.branch.number, day), [])
        fits = [item for item in MEETING_ITEMS[quarter - 1] if not self.branch.retired or "业务" not in item]
        items = self.dice.some(fits, 1 if voted else 2)
        if not self.branch.seats:
            items = [item.replace("支委会", "支部") for item in items]
        topic = "；".join([*items, *dict.fromkeys(voted)])
        note = "表决用无记名投票，票数记入会议记录" if voted else None
        self.add(day, "支部党员大会", topic, self.people.voters(self.branch, day), "支部书记", note=note)

    def lecture(self, quarter: int) -> None:
        """A lecture a quarter, one of them on the theme of the year."""
        day = self.day(3 * quarter - self.dice.below(3), 6, 27)
        special = SPECIAL_LECTURES.get(self.year, ()) if quarter == 2 else ()
        topic = self.dice.one(special) if special else self.lectures.deal()
        who = self.dice.weighted(_LECTURERS if self.branch.seats else _LECTURERS_SMALL)
        who = "支部书记" if quarter == 2 else who
        due = len(self.people.members(self.branch, day))
        nature = "专题" if special else "常规"
        self.add(
            day,
            "党课",
            topic,
            due,
            "支部书记" if who != "支部书记" or not self.branch.seats else "支部委员",
            lecturer=who,
            nature=nature,
        )

    def life_meeting(self) -> None:
        """The yearly 组织生活会 with the 民主评议 after it."""
        day = self.day(2, 18, 28) if self.dice.chance(50) else self.day(3, 3, 14)
        due = len(self.people.members(self.branch, day))
        issues = self.checks.life_meeting(self.branch, day)
        opinions = issues * 3 + self.dice.between(2, 9)
        topic = f"{self.year - 1}年度组织生活会：{self.dice.one([way for way in LIFE_WAYS if self.branch.seats or '支委' not in way])}"
        self.add(
            day, "组织生活会", topic, due, "支部书记", nature="年度", opinions=opinions, issues=issues,
            criticisms=due + self.dice.between(4, 20),
        )  # fmt: skip
        basic = int(self.dice.chance(18))
        excellent = due // 4 - self.dice.below(2)
        self.add(
            day, "民主评议", f"{self.year - 1}年度民主评议党员：{self.dice.one(APPRAISAL_WAYS)}", due, "支部书记",
            excellent=excellent, qualified=due - excellent - basic, basic=basic, unqualified=0,
            note="等次由支委会综合评定后报上级" if self.branch.seats else "等次由支部综合评定后报上级",
        )  # fmt: skip

    def talk(self, month: int) -> None:
        """A heart-to-heart talk; only codes, never what was said."""
        day = self.day(month)
        there = self.people.members(self.branch, day)
        met = self.dice.some(there, 1 if self.dice.chance(40) else self.dice.between(2, 5))
        chair = self.dice.weighted(_TALKERS if self.branch.seats else (("支部书记", 1),))
        cells = {"chair": chair, "members": codes(person.code for person in met)}
        self.books.add(
            self.branch.id,
            LEDGER,
            day,
            kind="谈心谈话",
            topic=self.talks.deal(season(month)),
            **cells,
        )


def write_life(books: Books, people: People, checks: Checks) -> None:
    """Enter the 组织生活 of all branches, and with it what every year's checks found."""
    for year in people.scale.years:
        for branch in people.units:
            _Life(books, people, checks, branch, year).write()
            declared = _UNDECLARED.get((branch.id, year))
            if declared:
                books.declare(branch.id, LEDGER, year, declared)
        # what was left open is carried into the next year, whose own meetings come after
        checks.of_year(year)
    for branch in people.units[6:7]:
        year = people.scale.last
        day = after(dt.date(year, 9, 8), 3)
        due = len(people.members(branch, day))
        cells = {"due": due, "present": due - 1, "chair": "支部书记", "minutes": "已归档", "nature": "专题"}
        topic = "专题组织生活会：对照督查反馈的问题逐项剖析"
        books.add(branch.id, LEDGER, day, kind="组织生活会", topic=topic, **cells, opinions=6, issues=0, criticisms=due)
