"""The membership ledger: who was there on 1 January, the way to membership, and what was done about files."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from _example_days import Dice, after, in_month
from _example_moves import LEDGER, Moves
from _example_texts_people import FILE_GAPS, FILE_PAPERS

if TYPE_CHECKING:
    from _example_book import Books
    from _example_people import People, Person
    from _example_units import Branch


def write_membership(books: Books, people: People) -> None:
    """Decide the moves, then write the opening rows, the events and what was done about files."""
    years, last = people.scale.years, dt.date(people.scale.last, 12, 31)
    moves = Moves(books, people)
    for year in years:
        moves.of_year(year)
    people.settle()
    for year in years:
        for branch in people.units:
            _opening(books, people, branch, year)
    for person in people.persons:
        _development(books, people, person, last)
    for year in years:
        for branch in people.units:
            _files(books, people, branch, year)


def _opening(books: Books, people: People, branch: Branch, year: int) -> None:
    """One row for each person in the books on 1 January."""
    day = dt.date(year, 1, 1)
    there = people.members(branch, day)
    coming = [p for p in people.applied[branch.number] if p.status_on(day) in ("申请人", "积极分子", "发展对象")]
    for person in (*there, *coming):
        status = person.status_on(day)
        note = {
            "申请人": f"{person.applied}递交入党申请书",
            "积极分子": f"{person.activist}确定为入党积极分子",
            "发展对象": f"{person.listed}列为发展对象",
            "预备": f"{person.admitted}接收为预备党员",
        }.get(status)
        books.add(branch.id, LEDGER, day, member=person.code, event="年初在册", status=status, note=note)


def _development(books: Books, people: People, person: Person, last: dt.date) -> None:
    """The rows of somebody on the way to membership."""
    dice = Dice(people.scale.seed, "papers", person.code)
    unit, code = person.home.id, person.code

    def add(day: dt.date | None, event: str, status: str, note: str | None = None, **more: object) -> None:
        if day and day <= last and not (person.dropped and event != "退出培养" and day >= person.dropped):
            books.add(unit, LEDGER, day, member=code, event=event, status=status, **more, note=note)

    if not person.applied:
        return
    add(person.applied, "递交入党申请", "申请人", f"{after(person.applied, dice.between(6, 25))}派人谈话")
    if person.activist:
        filed = after(person.activist, dice.between(5, 18))
        add(person.activist, "确定为入党积极分子", "积极分子", f"{filed}报上级党委备案，培养联系人2名")
    if person.listed:
        add(person.listed, "列为发展对象", "发展对象", f"{person.activist}起培养考察，公示后无异议")
    add(person.dropped, "退出培养", "已减少", dice.one(("本人调离机关，材料转出", "本人提出暂缓，谈话后同意")))
    if person.admitted:
        _admission(people, person, dice, last, add)


def _admission(people: People, person: Person, dice: Dice, last: dt.date, add: object) -> None:
    branch, meetings = person.home, people.meetings
    admitted = person.admitted or last
    if admitted.year in people.scale.years:
        meetings.put(branch, admitted, f"讨论接收{person.code}为预备党员")
    approved = people.approval_day(after(admitted, dice.between(22, 40)))
    oath = f"{after(approved, dice.between(6, 25))}参加入党宣誓" if approved <= last else "已报上级党委，等待批复"
    known = approved if approved <= last else None
    add(admitted, "接收为预备党员", "预备", oath, passed=admitted, approved=known)  # type: ignore[operator]
    steps = [("转正", person.turned)]
    if person.prolonged:
        steps = [("延长预备期", _half_year_before(person.turned)), *steps]
    for event, day in steps:
        meeting = meetings.day(branch, day.year, (day.month + 2) // 3)
        if meeting > last:
            continue
        meetings.put(branch, meeting, f"讨论{person.code}{'按期转正' if len(steps) == 1 else event}")
        settled = people.approval_day(after(meeting, 3))
        status = "正式" if event == "转正" else "预备"
        note = f"{admitted}接收，预备期一年" if event == "转正" else "延长半年，原因和要求已同本人谈清"
        add(day, event, status, note, passed=meeting, approved=settled)  # type: ignore[operator]
        if event == "转正":
            person.votes_from = settled


def _half_year_before(day: dt.date) -> dt.date:
    month = day.month - 6
    return day.replace(year=day.year - (month < 1), month=month + 12 * (month < 1), day=min(day.day, 28))


def _files(books: Books, people: People, branch: Branch, year: int) -> None:
    """Checks of members' files, by batches, and what was mended."""
    dice = Dice(people.scale.seed, "files", branch.number, year)
    day = in_month(dice, year, dice.between(8, 10))
    there = people.members(branch, day)
    note = FILE_PAPERS[(branch.number + year) % len(FILE_PAPERS)]
    books.add(branch.id, LEDGER, day, event="档案核查", papers=len(there), note=note)
    for event, chance, words in (
        ("档案发函", 35, "向原所在单位发函，查找缺少的材料"),
        ("档案证明", 30, "由有关党组织出具证明材料"),
        ("档案说明", 45, "材料确已找不到的，支部写明情况并盖章"),
    ):
        if dice.chance(chance):
            later = after(day, dice.between(8, 45))
            books.add(branch.id, LEDGER, later, event=event, papers=dice.between(1, 3), note=words)
    for person in dice.some(there, dice.between(0, 2)):
        later = after(day, dice.between(20, 60))
        now = next((p for p in people.members(branch, later) if p is person), None)
        if now:
            cells = {"status": person.status_on(later + dt.timedelta(1)), "note": dice.one(FILE_GAPS)}
            books.add(branch.id, LEDGER, later, member=person.code, event="档案整改", **cells)
