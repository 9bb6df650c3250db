"""Who is in which branch on which day: the invented members, how they come, change and go, and the rows that say so.

Everything else in the example counts heads from here, so that 应到, dues and hours agree with the membership ledger.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from _example_days import Dice, after, in_month, workday, year_later
from _example_units import Branch, Scale

FOREVER = dt.date(9999, 12, 31)
ALWAYS = dt.date(1, 1, 1)


@dataclass(eq=False)
class Person:
    """A member, or somebody on the way to being one; `stays` are the times as a member of a branch."""

    home: Branch
    pay: int
    """What dues are worked out from, a month, in the first year."""
    keen: int
    """0 … 99: how readily somebody comes and learns."""
    code: str = ""
    applied: dt.date | None = None
    activist: dt.date | None = None
    listed: dt.date | None = None
    admitted: dt.date | None = None
    turned: dt.date = ALWAYS
    """The end of probation, by the approval."""
    votes_from: dt.date = ALWAYS
    dropped: dt.date | None = None
    prolonged: bool = False
    retired: dt.date | None = None
    """The day of retiring, ALWAYS for those who had retired before."""
    moved: dt.date = ALWAYS
    stays: list[tuple[Branch, dt.date, dt.date]] = field(default_factory=list)

    def branch_on(self, day: dt.date) -> Branch | None:
        """Give the branch that counts the person as a member on a day; a change counts from the next day."""
        return next((branch for branch, first, last in self.stays if first < day <= last), None)

    def status_on(self, day: dt.date) -> str:
        """Give the status written in the ledger for a day at whose start nothing has happened yet."""
        for stage, began in (
            ("已减少", self.dropped),
            ("正式", self.turned if self.admitted or self.turned == ALWAYS else None),
            ("预备", self.admitted),
            ("发展对象", self.listed),
            ("积极分子", self.activist),
            ("申请人", self.applied),
        ):
            if began is not None and began < day:
                return stage
        return ""


class Meetings:
    """The day of each branch's quarterly 支部党员大会; what must be voted on then pushes it back a little."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._days: dict[tuple[int, int, int], dt.date] = {}
        self._earliest: dict[tuple[int, int, int], dt.date] = {}
        self.agenda: dict[tuple[int, dt.date], list[str]] = {}

    def day(self, branch: Branch, year: int, quarter: int) -> dt.date:
        """Give the day; once asked for it stays."""
        key = (branch.number, year, quarter)
        if key not in self._days:
            dice = Dice(self._scale.seed, "meeting", *key)
            usual = in_month(dice, year, 3 * quarter, 5, 20)
            self._days[key] = workday(max(usual, self._earliest.get(key, usual)))
        return self._days[key]

    def not_before(self, branch: Branch, day: dt.date) -> None:
        """Keep the meeting of that quarter from being held before a day."""
        key = (branch.number, day.year, (day.month + 2) // 3)
        self._earliest[key] = max(self._earliest.get(key, day), day)

    def put(self, branch: Branch, day: dt.date, item: str) -> None:
        """Put something on the agenda."""
        self.agenda.setdefault((branch.number, day), []).append(item)


class People:
    """All persons of the example, with the questions that the ledgers ask of them."""

    def __init__(self, scale: Scale, units: tuple[Branch, ...]) -> None:
        self.scale, self.units = scale, units
        self.meetings = Meetings(scale)
        self.persons: list[Person] = []
        self._of: dict[tuple[int, dt.date], tuple[Person, ...]] = {}
        self._developed()
        self._established()
        self._coded()

    def members(self, branch: Branch, day: dt.date) -> tuple[Person, ...]:
        """Give the members of a branch on a day, in the order of their codes."""
        key = (branch.number, day)
        if key not in self._of:
            near = self._near[branch.number]
            self._of[key] = tuple(person for person in near if person.branch_on(day) is branch)
        return self._of[key]

    def voters(self, branch: Branch, day: dt.date) -> int:
        """Give the number of members with a vote."""
        return sum(person.votes_from < day for person in self.members(branch, day))

    def group(self, branch: Branch, day: dt.date, number: int) -> int:
        """Give the size of a 党小组: members are spread evenly."""
        return len(self.members(branch, day)[number :: branch.groups])

    def settle(self) -> None:
        """Note who was ever near which branch; to be called when nobody moves any more."""
        self._of.clear()
        self._near: dict[int, list[Person]] = {branch.number: [] for branch in self.units}
        self.applied: dict[int, list[Person]] = {branch.number: [] for branch in self.units}
        for person in sorted(self.persons, key=lambda person: (len(person.code), person.code)):
            for number in {branch.number for branch, _, _ in person.stays}:
                self._near[number].append(person)
            if person.applied:
                self.applied[person.home.number].append(person)

    def approval_day(self, day: dt.date) -> dt.date:
        """Give the first day from this one on at which the committee decides on admissions; every other month has one."""
        year, month = day.year, day.month + day.month % 2
        found = self._approves(year, month)
        if found >= day:
            return found
        return self._approves(year + month // 12, month % 12 + 2)

    def approval_days(self, year: int) -> tuple[dt.date, ...]:
        """Give the days of a year at which the committee decides on admissions."""
        return tuple(self._approves(year, month) for month in range(2, 13, 2))

    def _approves(self, year: int, month: int) -> dt.date:
        dice = Dice(self.scale.seed, "approval", year, month)
        return in_month(dice, year, month, 28, 31) if month == 12 else in_month(dice, year, month, 8, 26)

    def newcomer(self, branch: Branch, dice: Dice) -> Person:
        """Make a person; the code comes later."""
        pay = 10 * (dice.between(330, 720) if branch.retired else dice.between(460, 1120))
        return Person(branch, pay, dice.below(100))

    def next_code(self) -> str:
        """Give a code that nobody has had."""
        self._codes += 1
        return f"m-{self._codes:03}"

    def _developed(self) -> None:
        """Let people apply, be trained, admitted and turned full, in the distances that are asked for."""
        scale, able = self.scale, [unit for unit in self.units if unit.seats and not unit.retired]
        wanted: list[tuple[int, int, Branch]] = []
        for branch in able:
            dice = Dice(scale.seed, "development", branch.number)
            quarters = 4 * (len(scale.years) + 3)
            number = branch.members * 23 * quarters // 4 // 1000 + dice.chance(50)
            starts = sorted(dice.below(quarters) for _ in range(number))
            wanted += [(scale.first - 1 + at // 4, at % 4 + 1, branch) for at in starts]
        for at, (year, quarter, branch) in enumerate(sorted(wanted, key=lambda item: (item[:2], item[2].number))):
            dice = Dice(scale.seed, "candidate", at)
            person = self.newcomer(branch, dice)
            person.pay = 10 * dice.between(430, 640)
            self._admit(person, branch, year, quarter, dice)
            person.prolonged = year == scale.first - 1 and not any(other.prolonged for other in self.persons)
            if person.prolonged:
                person.turned = year_later(person.turned, 6)
                self.meetings.not_before(branch, person.turned)
            if (person.listed or FOREVER).year > scale.first and dice.chance(14):
                person.dropped = after(person.activist or ALWAYS, dice.between(60, 300))
                person.admitted = person.listed = None
                person.turned = FOREVER
            self.persons.append(person)

    def _admit(self, person: Person, branch: Branch, year: int, quarter: int, dice: Dice) -> None:
        day = self.meetings.day(branch, year, quarter)
        person.admitted, person.turned = day, year_later(day)
        person.listed = after(day, -dice.between(62, 105))
        person.activist = after(person.listed, -dice.between(395, 510))
        person.applied = after(person.activist, -dice.between(185, 290))
        self.meetings.not_before(branch, person.turned)

    def _established(self) -> None:
        """Fill the branches with members of long standing up to their size."""
        before = dt.date(self.scale.first, 1, 1)
        for branch in self.units:
            there = sum(person.home is branch and (person.admitted or FOREVER) < before for person in self.persons)
            for number in range(branch.members - there):
                dice = Dice(self.scale.seed, "member", branch.number, number)
                person = self.newcomer(branch, dice)
                person.retired = ALWAYS if branch.retired else None
                person.stays.append((branch, ALWAYS, FOREVER))
                self.persons.append(person)

    def _coded(self) -> None:
        """Give codes: first those in the books at the beginning, branch by branch, then by the day they appear."""
        begin, end = dt.date(self.scale.first, 1, 1), dt.date(self.scale.last, 12, 31)
        self.persons = [p for p in self.persons if p.applied is None or (p.applied <= end and not self._gone(p, begin))]
        inside = [p for p in self.persons if p.status_on(begin) in ("正式", "预备")]
        inside.sort(key=lambda person: (person.home.number, person.admitted or ALWAYS))
        others = [p for p in self.persons if p not in set(inside)]
        others.sort(key=lambda person: (max(person.applied or begin, begin), person.home.number))
        self._codes = 0
        for person in (*inside, *others):
            person.code = self.next_code()
            if person.admitted and person.admitted <= end:
                person.stays.append((person.home, person.admitted, FOREVER))
        self.persons = [*inside, *others]

    @staticmethod
    def _gone(person: Person, begin: dt.date) -> bool:
        return person.dropped is not None and person.dropped < begin
