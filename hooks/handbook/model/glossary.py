"""Terms (术语), search words and addresses: the collections that live several to a file."""

from __future__ import annotations

from typing import Literal

from handbook.model.base import Model, Named, Tier, Verification
from handbook.model.citation import Basis
from handbook.model.scalars import Amount, Flag, Ident, Pinyin, Reference, Text, Topic


class Term(Model):
    """A word of the field and what it means."""

    id: Ident
    title: Text
    alias: tuple[Text, ...] = ()
    meaning: Text
    members: tuple[Text, ...] = ()
    """The parts of a numeric abbreviation."""
    unexplained: Flag = False
    """The samples name it without saying what it stands for: readers see 样本未说明."""
    pinyin: Pinyin | None = None
    """Reading of the title, only where the generated one is wrong."""
    basis: tuple[Basis, ...] = ()
    verification: Verification | None = None
    """Of the wording of `members`, where no registered clause holds it; readers see the mark."""
    tier: Tier = "national"
    related: tuple[Reference, ...] = ()


class TermFile(Model):
    """``terms/*.yml``."""

    terms: tuple[Term, ...]


class Synonyms(Model):
    """``search/synonyms.yml``: groups that are true on every page."""

    groups: tuple[tuple[Text, ...], ...]


class SearchWords(Model):
    """``search/words.yml``: how kinds are weighed and which words ask for a kind (kinds by their Chinese name)."""

    prior: dict[str, Amount]
    asks: dict[str, tuple[Text, ...]]
    ordinary: tuple[Text, ...] = ()
    """Words that hold a term's characters, or are one, and need no explanation in running text (党组织, 不同意)."""


class SharedTopic(Model):
    """A topic that several pages answer together: its own page first, these besides."""

    topic: Topic
    pages: tuple[Reference, ...]


class Topics(Model):
    """``topics.yml``: what the handbook means to cover, ``类别/名称``, built or not."""

    topics: tuple[Topic, ...]
    shared: tuple[SharedTopic, ...] = ()


class Group(Named):
    """Pages of one section that stand together on its list; groups stand in the order of the file."""

    section: Literal["procedures", "meetings", "practices", "forms", "ledgers", "checklists"]
    summary: Text


class Groups(Model):
    """``groups.yml``."""

    groups: tuple[Group, ...]

    def of_section(self, section: str) -> tuple[Group, ...]:
        """Give the groups of one section."""
        return tuple(group for group in self.groups if group.section == section)


class Redirect(Model):
    """An old address and where it leads now."""

    old: Text
    new: Text


class Addresses(Model):
    """``addresses.yml``: addresses that were published and must never be lost."""

    published: tuple[Text, ...]
    redirects: tuple[Redirect, ...] = ()
