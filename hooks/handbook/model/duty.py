"""Duties (例行工作) and roles (角色)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from handbook.model.base import Model, Named, Reviewed, Strength, Tier
from handbook.model.citation import Basis
from handbook.model.procedure import Statement
from handbook.model.scalars import Count, Flag, Ident, Text


class Reminder(Model):
    """Our suggestion when to be reminded: the n-th weekday of these months. A tip, not a rule."""

    months: tuple[Count, ...]
    week: Count
    weekday: Count
    """1 = Monday … 7 = Sunday."""


class Duty(Named):
    """Something that recurs: feeds calendar, home page and role sheets."""

    alias: tuple[Text, ...] = ()
    who: Text
    """Whose duty it is: 支部, 机关党委, 机关工委 …"""
    condition: Text | None = None
    """Only where: 设支委会的支部."""
    roles: tuple[Ident, ...]
    strength: Strength
    times: Count
    per: Literal["month", "quarter", "half", "year"]
    at_least: Flag = False
    """每年至少1次: the number is a minimum."""
    text: Text
    """The whole duty as one sentence."""
    season: Text | None = None
    """一般第四季度."""
    basis: tuple[Basis, ...]
    tier: Tier = "national"
    meeting: Ident | None = None
    ledger: Ident | None = None
    """The ledger that shows whether it was done (台账体检)."""
    kinds: tuple[Text, ...] = ()
    """Values of that ledger's kind column which count; none: every record."""
    metric: Ident | None = None
    """Instead of counting records: how many members reached what the duty asks of each (32学时)."""
    of: Ident | None = None
    """The metric that says how many members there are."""
    reminder: Reminder


class RolePage(Model):
    """What the page of a role (``start/role-<id>.html``) says beside what is assembled from the data."""

    title: Text
    """我是支部书记."""
    alias: tuple[Text, ...] = ()
    summary: Text
    first: tuple[Statement, ...]
    """What to do first after taking over."""
    reviewed: Reviewed


class Role(Named):
    """Somebody who acts: 书记, 组织委员, 申请人, 上级党委 and others."""

    alias: tuple[Text, ...] = ()
    summary: Text
    home: Literal["branch", "committee", "person", "body"]
    """支部里的职务 · 上级 · 个人 · 会议或组织."""
    order: Text = Field(default="50", description="排列次序，按文字比较，小的在前")
    page: RolePage | None = None
    """None: the role stands only on the common sheet."""
