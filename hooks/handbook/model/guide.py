"""Guides (入门): what a newcomer ticks off or reads first, made of links into the handbook."""

from __future__ import annotations

from handbook.model.base import Named, PageMeta, Tier
from handbook.model.citation import Basis
from handbook.model.scalars import Flag, Ident, Reference, Text


class GuideItem(Named):
    """One thing to do or to know; its id keeps the tick."""

    text: Text
    """What to do, or what is right; one to three sentences."""
    wrong: Text | None = None
    """What people do instead, on a page of common mistakes."""
    roles: tuple[Ident, ...] = ()
    links: tuple[Reference, ...] = ()
    """Where it is explained: ``section/id#anchor``."""
    basis: tuple[Basis, ...] = ()
    tier: Tier = "tip"


class GuidePart(Named):
    """Items under one heading."""

    summary: Text
    items: tuple[GuideItem, ...]

    @property
    def count(self) -> int:
        """The number of items."""
        return len(self.items)


class Guide(PageMeta):
    """A page of the section 入门."""

    ticks: Flag = True
    """A list to tick off; false: a list to read."""
    parts: tuple[GuidePart, ...]
    related: tuple[Reference, ...] = ()
