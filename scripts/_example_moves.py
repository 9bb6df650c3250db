"""How members of the invented example come, go and change places; every move is a row of the membership ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from _example_days import Dice, after, in_month
from _example_people import ALWAYS, FOREVER, People, Person
from _example_texts_people import FROM_OUTSIDE, MOBILE_OUT, TO_OUTSIDE

if TYPE_CHECKING:
    import datetime as dt

    from _example_book import Books
    from _example_units import Branch

LEDGER = "membership"
_SETTLED = 400
"""Days that somebody stays after a move before the next."""


class Moves:
    """Transfers, retirements, deaths and the rare other ways out, one after the other through the year."""

    def __init__(self, books: Books, people: People) -> None:
        self.books, self.people, self.scale = books, people, people.scale
        self.large = [branch for branch in people.units if branch.seats and not branch.retired]
        self.old = [branch for branch in people.units if branch.retired]
        self.places: dict[str, int] = {}
        self.stopped: list[Person] = []

    def of_year(self, year: int) -> None:
        """Enter the moves of a year by their days."""
        number, dice = self.scale.members, Dice(self.scale.seed, "moves", year)
        odd = year % 2
        wanted = [
            (self.come, number * (24 + 3 * odd) // 1000),
            (self.leave, number * (21 - 3 * odd) // 1000),
            (self.change, number * 14 // 1000),
            (self.retire, number * 13 // 1000 if self.old else 0),
            (self.die, number * 8 // 1000),
            (self.restore, len(self.stopped)),
            (self.stop, number // 300 if year == self.scale.first else 0),
            (self.expel, number // 300 if year == self.scale.last else 0),
            (self.go_away, number * 11 // 1000),
        ]
        planned = [(in_month(dice, year, dice.between(1, 12), 3), act) for act, times in wanted for _ in range(times)]
        for day, act in sorted(planned, key=lambda item: item[0]):
            act(day, dice)

    def pick(self, day: dt.date, dice: Dice, among: list[Branch]) -> Person | None:
        """Give a full member of long standing in one of the branches."""
        fits = [p for p in self.people.persons if self._fits(p, day) and p.branch_on(day) in among]
        return dice.one(fits) if fits else None

    @staticmethod
    def _fits(person: Person, day: dt.date) -> bool:
        steady = person.turned == ALWAYS and person.stays and person.stays[-1][2] == FOREVER
        return bool(steady) and (person.moved == ALWAYS or (day - person.moved).days > _SETTLED)

    def come(self, day: dt.date, dice: Dice) -> None:
        """Somebody comes from outside the committee."""
        branch = dice.one(self.large)
        person = self.people.newcomer(branch, dice)
        person.code = self.people.next_code()
        self.people.persons.append(person)
        self._enter(person, branch, day, self._place(FROM_OUTSIDE, "in"), dice)

    def leave(self, day: dt.date, dice: Dice) -> None:
        """Somebody goes to another county or up."""
        person = self.pick(day, dice, self.large)
        if person:
            self._part(person, day, self._place(TO_OUTSIDE, "out"), dice)

    def change(self, day: dt.date, dice: Dice) -> None:
        """Somebody changes between two branches of the committee: a row in each."""
        person = self.pick(day, dice, self.large)
        others = [branch for branch in self.large if person and branch is not person.branch_on(day)]
        if person and others:
            self._swap(person, dice.one(others), day, dice)

    def retire(self, day: dt.date, dice: Dice) -> None:
        """Somebody retires and goes to the branch of the retired."""
        person = self.pick(day, dice, self.large)
        if person:
            person.retired = day
            self._swap(person, dice.one(self.old), day, dice)

    def die(self, day: dt.date, dice: Dice) -> None:
        """Somebody dies, mostly among the old."""
        person = self.pick(day, dice, self.old if self.old and dice.chance(80) else self.large)
        if person:
            self._lose(person, day, "去世", "当月起停止计算应到和应交党费")

    def stop(self, day: dt.date, dice: Dice) -> None:
        """Somebody is out of touch so long that membership is stopped."""
        person = self.pick(day, dice, self.large)
        if person:
            self.stopped.append(person)
            self._lose(person, day, "停止党籍", "失去联系，按程序报批后停止党籍，寻找经过存档")

    def restore(self, day: dt.date, _: Dice) -> None:
        """Membership that was stopped is restored."""
        person = self.stopped.pop()
        branch = person.stays[-1][0]
        person.stays.append((branch, day, FOREVER))
        person.moved = day
        cells = {"approved": day, "note": "取得联系并经审查，按批复恢复，停止期间的情况另存"}
        self.books.add(branch.id, LEDGER, day, member=person.code, event="恢复党籍", status="正式", **cells)

    def expel(self, day: dt.date, dice: Dice) -> None:
        """Somebody is removed."""
        person = self.pick(day, dice, self.large)
        if person:
            self._lose(person, day, "除名或开除", "按批复登记，决定文件存本人档案", approved=day)

    def go_away(self, day: dt.date, dice: Dice) -> None:
        """Somebody lives elsewhere for a while; the standing stays the same."""
        person = self.pick(day, dice, list(self.people.units))
        branch = person.branch_on(day) if person else None
        if person and branch:
            note = self._place(MOBILE_OUT, "mobile")
            self.books.add(branch.id, LEDGER, day, member=person.code, event="流出登记", status="正式", note=note)

    def _swap(self, person: Person, branch: Branch, day: dt.date, dice: Dice) -> None:
        before = person.branch_on(day)
        self._part(person, day, branch.title, dice, system=True)
        self._enter(person, branch, day, before.title if before else "", dice, system=True)

    def _part(self, person: Person, day: dt.date, to: str, dice: Dice, *, system: bool = False) -> None:
        branch = person.branch_on(day)
        if branch:
            how, note = self._voucher(dice, day, system=system)
            cells = {"status": "已转出", "counterpart": to, "voucher": how, "note": note}
            self.books.add(branch.id, LEDGER, day, member=person.code, event="组织关系转出", **cells)
            self._end(person, day)

    def _enter(
        self, person: Person, branch: Branch, day: dt.date, origin: str, dice: Dice, *, system: bool = False
    ) -> None:
        how, note = self._voucher(dice, day, system=system)
        cells = {"status": "正式", "counterpart": origin, "voucher": how, "note": note}
        self.books.add(branch.id, LEDGER, day, member=person.code, event="组织关系转入", **cells)
        person.stays.append((branch, day, FOREVER))
        person.moved = day

    def _lose(self, person: Person, day: dt.date, event: str, note: str, approved: dt.date | None = None) -> None:
        branch = person.branch_on(day)
        if branch:
            cells = {"status": "已减少", "approved": approved, "note": note}
            self.books.add(branch.id, LEDGER, day, member=person.code, event=event, **cells)
            self._end(person, day)

    @staticmethod
    def _end(person: Person, day: dt.date) -> None:
        branch, first, _ = person.stays[-1]
        person.stays[-1] = (branch, first, day)

    def _place(self, places: tuple[str, ...], kind: str) -> str:
        self.places[kind] = self.places.get(kind, -1) + 1
        return places[self.places[kind] % len(places)]

    @staticmethod
    def _voucher(dice: Dice, day: dt.date, *, system: bool) -> tuple[str, str | None]:
        if system or dice.chance(85):
            return "系统转接", None
        return "介绍信", f"介绍信{day.year}年第{dice.between(2, 60)}号，{after(day, dice.between(5, 20))}收到回执"
