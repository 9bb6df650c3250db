"""Which units the invented example has: one committee, 总支 under it, branches under both; and the words for their files."""

from __future__ import annotations

from dataclasses import dataclass

COMMITTEE = "example-committee"
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, eq=False)
class Branch:
    """A branch as it starts: who is in it decides what bodies it has; one object a branch, compared by identity."""

    number: int
    parent: str
    members: int
    seats: int
    """Members of its 支委会; 0: it has none."""
    groups: int
    retired: bool = False
    """The branch of the retired: members come to it on retiring and mostly stay."""

    @property
    def id(self) -> str:
        """The unit's id."""
        return f"example-branch-{self.number}"

    @property
    def short(self) -> str:
        """The name in tables."""
        return "示例离退休支部" if self.retired else f"示例{numeral(self.number)}支部"

    @property
    def title(self) -> str:
        """The full name, which says that it is invented."""
        name = "离退休干部党支部" if self.retired else f"第{numeral(self.number)}党支部"
        return f"示例县直机关{name}（虚构）"


@dataclass(frozen=True)
class Scale:
    """How much is invented; the default is what stands in docs/."""

    seed: int = 20240101
    members: int = 300
    branches: int = 12
    first: int = 2024
    last: int = 2025

    @property
    def years(self) -> range:
        """The years with records."""
        return range(self.first, self.last + 1)


_TABLE = (
    # parent, members, seats, groups, retired
    ("", 36, 5, 3, False),
    ("", 31, 5, 2, False),
    ("", 18, 3, 0, False),
    ("", 6, 0, 0, False),
    ("1", 28, 5, 2, False),
    ("1", 22, 3, 0, False),
    ("1", 14, 3, 0, False),
    ("2", 38, 5, 3, False),
    ("2", 24, 5, 2, False),
    ("2", 6, 0, 0, False),
    ("", 30, 5, 2, False),
    ("", 47, 3, 3, True),
)
_PARENTS = 2
_SMALLEST = 4
_FOR_COMMITTEE = 8
"""With fewer members a branch of this example goes without a 支委会, or could fall below what one needs."""


def branches(scale: Scale) -> tuple[Branch, ...]:
    """Give the branches; beyond twelve the table starts again with two more 总支."""
    rows = [_TABLE[n % len(_TABLE)] for n in range(scale.branches)]
    whole = sum(row[1] for row in rows)
    sizes = [max(_SMALLEST, row[1] * scale.members // whole) for row in rows]
    sizes[0] += max(0, scale.members - sum(sizes))
    found = []
    for at, (row, size) in enumerate(zip(rows, sizes, strict=True)):
        parent = f"example-general-branch-{int(row[0]) + _PARENTS * (at // len(_TABLE))}" if row[0] else COMMITTEE
        small = size < _FOR_COMMITTEE
        found.append(Branch(at + 1, parent, size, 0 if small else row[2], 0 if small else row[3], row[4]))
    return tuple(found)


def general_branches(found: tuple[Branch, ...]) -> tuple[str, ...]:
    """Give the ids of the 总支 that have branches."""
    return tuple(dict.fromkeys(branch.parent for branch in found if branch.parent != COMMITTEE))


def unit_files(found: tuple[Branch, ...]) -> dict[str, str]:
    """Give the text of every unit's file by id."""
    parents = general_branches(found)
    texts = {COMMITTEE: _committee(len(parents), len(found))}
    for ident in parents:
        number = int(ident.rpartition("-")[2])
        below = [branch.short for branch in found if branch.parent == ident]
        texts[ident] = (
            f"id: {ident}\ntitle: 示例县直机关第{numeral(number)}党总支（虚构）\nshort: 示例{numeral(number)}总支\n"
            f"level: general-branch\nparent: {COMMITTEE}\nhas_committee: false\nhas_groups: false\ninvented: true\n"
            f"note: 虚构的党总支，下有{'、'.join(below)}。党费由各支部直接交到工委，党员在支部过组织生活；所有数字均为举例。\n"
        )
    for branch in found:
        texts[branch.id] = (
            f"id: {branch.id}\ntitle: {branch.title}\nshort: {branch.short}\nlevel: branch\nparent: {branch.parent}\n"
            f"has_committee: {'true' if branch.seats else 'false'}\nhas_groups: {'true' if branch.groups else 'false'}\n"
            f"invented: true\nnote: {_note(branch)}人员、活动和数字均为举例，同任何单位无关。\n"
        )
    return texts


def _committee(parents: int, below: int) -> str:
    return (
        f"id: {COMMITTEE}\ntitle: 示例县直机关工委（虚构）\nshort: 示例工委\nlevel: committee\ninvented: true\n"
        f"note: 虚构的机关工委，下有{numeral(parents)}个党总支、{numeral(below)}个党支部，只用来演示台账和报告怎样衔接；"
        "名称、人员、活动和数字均为举例，由scripts/make_example.py按固定的种子编出。\n"
    )


def _note(branch: Branch) -> str:
    kind = "虚构的离退休干部支部" if branch.retired else "虚构的支部"
    body = f"设支委会，委员{branch.seats}名" if branch.seats else f"党员{branch.members}名左右，不设支委会，设书记1名"
    groups = (
        f"划分{'两' if branch.groups == 2 else numeral(branch.groups)}个党小组" if branch.groups else "没有划分党小组"
    )
    return f"{kind}，{body}；{groups}。"


def numeral(number: int) -> str:
    """Give 一 … 九百九十九."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        said += f"{'' if tens == 1 and not hundreds else _NUMERALS[tens]}十"
    elif hundreds and ones:
        said += "零"
    return (said + (_NUMERALS[ones] if ones or not number else "")).replace("零百", "")
