"""What the committee and its branches keep about bodies, sessions, duties and discipline."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from _example_days import Deck, Dice, after, in_month, month_end, season
from _example_texts_upper import (
    CONTACT,
    CONTROLS,
    DUTY,
    EVIDENCE,
    HOLIDAYS,
    SELF_CHECKS,
    SESSION_MONTHS,
    SESSIONS,
    STUDY_GROUP,
    STUDY_GROUP_OF_YEAR,
    TASKS,
    WARNING,
)  # fmt: skip
from _example_units import COMMITTEE, general_branches

if TYPE_CHECKING:
    from _example_book import Books
    from _example_people import People
    from _example_units import Branch

_BOARD = 9
"""Members of the 中心组."""


def write_organisation(books: Books, people: People) -> None:
    """Enter the state of every body in January and July, reminders, elections and by-elections."""
    scale = people.scale
    bodies = [(COMMITTEE, "机关党委", 9, 0), *((ident, "党总支", 5, 0) for ident in general_branches(people.units))]
    bodies += [(branch.id, "党支部", branch.seats, branch.groups) for branch in people.units]
    reminded: set[dt.date] = set()
    for unit, form, seats, groups in bodies:
        dice = Dice(scale.seed, "term", unit)
        term = in_month(dice, scale.first + dice.below(3), dice.between(4, 11))
        for year in scale.years:
            staff = {
                "full_time": 4 if form == "机关党委" else 0,
                "part_time": 3 if form == "机关党委" else dice.between(1, 2),
            }
            none = "不设支委会，有书记1名" if form == "党支部" and not seats else None
            cells = {"form": form, "seats": seats, "groups": groups, **staff, "note": none}
            due = term.year == year
            books.add(unit, "organisation", in_month(dice, year, 1, 4, 16), event="现状核对", term_end=term, falls_due="是" if due else "否", **cells)  # fmt: skip
            if due:
                remind = max(after(term, -186), in_month(dice, year, 1, 3, 8))
                who = "支部" if form == "党支部" else "党组织"
                while remind in reminded:
                    remind = after(remind, 1)
                reminded.add(remind)
                if unit != COMMITTEE:
                    note = f"提醒{_short(people, unit)}准备换届，届满日{term}"
                    books.add(COMMITTEE, "organisation", remind, event="届满提醒", form=form, note=note)
                late = dice.chance(18)
                held = after(term, dice.between(25, 50)) if late else after(term, -dice.between(4, 30))
                held = min(held, in_month(dice, year, 12, 20, 30))
                term = held.replace(year=held.year + (5 if form == "机关党委" else 3), day=min(held.day, 28))
                note = f"延期经上级党组织批准，选举结果已批复给{who}" if late else "选举结果已批复"
                timing = "延期" if late else "按期"
                _election(books, people, unit, after(held, -9), bool(seats))
                books.add(unit, "organisation", held, event="换届", form=form, term_end=term, timing=timing, seats=seats, groups=groups, note=note)  # fmt: skip
            books.add(unit, "organisation", in_month(dice, year, 7, 2, 14), event="现状核对", term_end=term, **cells)
            if seats and form == "党支部" and not due and dice.chance(16):
                post = dice.one(("组织委员", "宣传委员", "纪检委员"))
                books.add(unit, "organisation", in_month(dice, year, dice.between(3, 11)), event="补选", form=form, note=f"补选{post}1名，结果已批复")  # fmt: skip


def _election(books: Books, people: People, unit: str, day: dt.date, whole: bool) -> None:  # noqa: FBT001
    """Enter the meeting at which a branch elects; four fifths must be there, so more are."""
    branch = next((item for item in people.units if item.id == unit), None)
    if branch:
        due = people.voters(branch, day)
        topic = "换届选举：听取上届工作报告，选举新一届支部委员会" if whole else "换届选举：听取工作报告，选举支部书记"
        cells = {"due": due, "present": due - due // 16, "chair": "支部书记", "minutes": "已归档"}
        books.add(
            unit, "organization-life", day, kind="支部党员大会", topic=topic, **cells, note="无记名投票，选举结果报上级"
        )


def write_sessions(books: Books, people: People) -> None:
    """Enter the sessions of the committee and the study of its 中心组."""
    scale, add = people.scale, books.add
    for year in scale.years:
        dice = Dice(scale.seed, "sessions", year)
        for (kind, subject, topic), month in zip(SESSIONS, SESSION_MONTHS, strict=True):
            cells: dict[str, object] = {}
            if kind in ("班子会议", "机关党委会议", "党建联席会议", "其他专题会议"):
                decisions = dice.between(1, 4)
                open_ones = int(dice.chance(28 if month > 9 else 12))
                cells = {"decisions": decisions, "done": decisions - min(open_ones, decisions)}
                cells["note"] = "一项等经费批复，转下次会" if open_ones else None
            elif kind == "述职评议会":
                cells = {"reporting": max(1, len(people.units) - 3), "note": "其余书记书面述职"}
            elif kind == "民主生活会":
                cells = {"due": _BOARD, "present": _BOARD}
            if (kind, year % 2) == ("其他专题会议", 1) and subject == "全面从严治党":
                continue
            said = f"{year - 1}年度班子民主生活会：对照检查，开展批评" if kind == "民主生活会" else topic
            add(
                COMMITTEE,
                "committee-work",
                in_month(dice, year, month, 4, 27),
                kind=kind,
                topic=said,
                subject=subject,
                **cells,
            )
        for number, day in enumerate(people.approval_days(year)):
            said = ("审批接收预备党员和预备党员转正", "审批发展党员事项，研究考察教育")[number % 2]
            add(
                COMMITTEE,
                "committee-work",
                day,
                kind="机关党委会议",
                topic=said,
                subject="发展党员",
                decisions=2,
                done=2,
            )
        deck = Deck(dice, STUDY_GROUP)
        for month in (1, 3, 5, 6, 7, 9, 10, 12):
            special = STUDY_GROUP_OF_YEAR.get(year) if month in (5, 6) else None
            topic = f"{special}（{'一' if month == 5 else '二'}）" if special else deck.deal(season(month))
            cells = {"due": _BOARD, "present": _BOARD - dice.below(3), "speeches": dice.between(2, 4)}
            add(COMMITTEE, "committee-work", in_month(dice, year, month, 6, 26), kind="中心组学习", topic=topic, subject="理论学习", **cells)  # fmt: skip


def write_duties(books: Books, people: People) -> None:
    """Enter lists of duties, tasks with their state and what leaders did."""
    scale = people.scale
    units = [(COMMITTEE, None), *((ident, None) for ident in general_branches(people.units))]
    for year in scale.years:
        for unit, branch in (*units, *((item.id, item) for item in people.units)):
            dice = Dice(scale.seed, "duties", unit, year)
            above = unit == COMMITTEE
            start = in_month(dice, year, 2, 3, 27)
            who = (
                ("领导班子", "机关党委书记")
                if above
                else ("党支部", "支部书记")
                if branch
                else ("班子成员", "班子成员")
            )
            books.add(unit, "responsibilities", start, kind="责任清单", topic=f"{year}年{'班子' if above else '书记'}抓党建责任清单", who=who[0], number=1, evidence="党建档案盒一")  # fmt: skip
            _tasks(books, people, unit, branch, year, dice)
            deck = Deck(dice, CONTACT if not above and not branch else DUTY)
            for _ in range(9 if above else 1 + dice.below(2)):
                kind = "联系点工作" if above and dice.chance(30) else "履责纪实"
                topic = Deck(dice, CONTACT).deal() if kind == "联系点工作" else deck.deal()
                day = in_month(dice, year, dice.between(2, 12))
                books.add(unit, "responsibilities", day, kind=kind, topic=topic, who="班子成员" if above else who[1], evidence=dice.one(EVIDENCE))  # fmt: skip
        dice = Dice(scale.seed, "letters", year)
        if year == scale.first:
            note = "按上级文件要求签订；次年起不再签"
            books.add(COMMITTEE, "responsibilities", in_month(dice, year, 3), kind="责任书", topic="全面从严治党责任书", who="支部书记", number=len(people.units), evidence="党建档案盒一", note=note)  # fmt: skip
        cells = {"number": sum(len(people.members(item, dt.date(year, 3, 1))) for item in people.units[:2])}
        books.add(COMMITTEE, "responsibilities", in_month(dice, year, 3), kind="承诺书", topic="窗口党员服务承诺书", who="党员", **cells, evidence="公开栏照片")  # fmt: skip


def _tasks(books: Books, people: People, unit: str, branch: Branch | None, year: int, dice: Dice) -> None:
    seats = branch.seats if branch else 1
    barred = ["支委"] * (not seats) + ["窗口", "企业", "青年", "业务", "换届"] * bool(branch and branch.retired)
    deck = Deck(dice, [text for text in TASKS if not any(word in text for word in barred)])
    for _ in range(10 if unit == COMMITTEE else 3 + dice.below(2)):
        begin = in_month(dice, year, dice.weighted(((1, 3), (2, 4), (3, 2), (7, 2))), 5)
        due = month_end(year, max(begin.month + 2, dice.between(5, 12)))
        state = dice.weighted((("已完成", 86), ("到期未完成", 7), ("进行中", 7)))
        if state == "进行中":
            due = dt.date(year, 12, 31) if year < people.scale.last else month_end(year + 1, 3)
            state = "到期未完成" if year < people.scale.last else state
        note = {"到期未完成": "下年接着办，原因已向支部说明", "进行中": "跨年任务，分两段办"}.get(state)
        who = "领导班子" if unit == COMMITTEE else "支部委员" if seats and dice.chance(45) else "支部书记"
        evidence = dice.one(EVIDENCE) if state == "已完成" else None
        books.add(unit, "responsibilities", begin, kind="任务", topic=deck.deal(), who=who, due_date=due, progress=state, evidence=evidence, note=note)  # fmt: skip


def write_discipline(books: Books, people: People) -> None:
    """Enter warnings, reminders, risks and ideology work; numbers of persons only."""
    for year in people.scale.years:
        for unit in (None, *people.units):
            dice = Dice(people.scale.seed, "discipline", unit.id if unit else COMMITTEE, year)
            (_below if unit else _above)(books, people, year, dice, unit)


def _above(books: Books, people: People, year: int, dice: Dice, _: Branch | None) -> None:
    def add(month: int, kind: str, topic: str, **cells: object) -> None:
        books.add(COMMITTEE, "discipline", in_month(dice, year, month, 5, 26), kind=kind, topic=topic, **cells)

    whole = sum(len(people.members(branch, dt.date(year, 6, 1))) for branch in people.units if not branch.retired)
    for month in (3, 6, 9, 12):
        add(
            month,
            "谈话提醒",
            f"{'任前' if month == 3 else '苗头性问题' if month < 12 else '履责'}谈话提醒",
            present=dice.between(1, 5),
        )
    for month, topic in ((1, "分析上年信访和案件情况"), (7, "分析上半年廉情和风险变化")):
        add(month, "廉情分析会", topic, problems=dice.between(1, 3))
    for month, first, last, name in HOLIDAYS:
        day = in_month(dice, year, month, first, last)
        books.add(COMMITTEE, "discipline", day, kind="节前提醒", topic=f"{name}节前廉洁提醒通知")
    warned = dice.between(14, 30)
    add(5, "警示教育", "机关警示教育大会", due=whole, present=whole - warned)
    for month, topic in zip((4, 9, 11), dice.some(CONTROLS, 3), strict=True):
        add(month, "监督检查", topic, problems=dice.below(3))
    add(6, "意识形态研判", "上半年意识形态领域情况研判", problems=dice.below(2))
    add(12, "意识形态研判", "下半年意识形态领域情况研判", problems=dice.below(2))
    add(8, "意识形态讲座", "网络舆情识别与应对", due=whole // 2, present=whole // 2 - dice.between(5, 15))
    add(11, "意识形态对照检查", "对照责任清单逐条检查", problems=dice.below(3))
    add(10, "案例通报", f"违反中央八项规定精神典型案例通报{dice.between(2, 4)}起")


def _below(books: Books, people: People, year: int, dice: Dice, branch: Branch | None) -> None:
    if branch is None:
        return
    due = len(people.members(branch, dt.date(year, 6, 1)))
    deck = Deck(dice, [topic for topic in WARNING if not branch.retired or "岗位" not in topic])

    def add(month: int, kind: str, topic: str, **cells: object) -> None:
        books.add(branch.id, "discipline", in_month(dice, year, month, 4, 26), kind=kind, topic=topic, **cells)

    for month in (dice.between(3, 5), dice.between(8, 11)):
        add(month, "警示教育", deck.deal(), due=due, present=due - dice.below(max(2, due // 7)))
    for month, first, last, name in dice.some(HOLIDAYS, 3 - dice.chance(12)):
        day = in_month(dice, year, month, first, last)
        books.add(branch.id, "discipline", day, kind="节前提醒", topic=f"{name}节前支部集体提醒")
    if branch.retired:
        return
    points = 4 + due // 3 + dice.below(3) + (year - people.scale.first)
    add(3, "风险点排查", "岗位廉政风险点年度核对", points=points, measured=points - dice.below(3))
    if dice.chance(70):
        add(dice.between(5, 10), "专项自查", dice.one(SELF_CHECKS), problems=dice.weighted(((0, 6), (1, 3), (2, 1))))
    if dice.chance(35):
        add(dice.between(4, 11), "谈话提醒", "日常谈话提醒", present=dice.between(1, 2))


def _short(people: People, unit: str) -> str:
    return next((branch.short for branch in people.units if branch.id == unit), "党总支")
