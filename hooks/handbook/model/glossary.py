"""Terms (术语), search words and addresses: the collections that live several to a file."""

from __future__ import annotations

from handbook.model.base import Model, Tier
from handbook.model.citation import Basis
from handbook.model.scalars import Amount, Ident, Reference, Text, Topic


class Term(Model):
    """A word of the field and what it means."""

    id: Ident
    title: Text
    alias: tuple[Text, ...] = ()
    meaning: Text
    members: tuple[Text, ...] = ()
    """The parts of a numeric abbreviation."""
    basis: tuple[Basis, ...] = ()
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


class Topics(Model):
    """``topics.yml``: what the handbook means to cover, ``类别/名称``, built or not."""

    topics: tuple[Topic, ...]


class Redirect(Model):
    """An old address and where it leads now."""

    old: Text
    new: Text


class Addresses(Model):
    """``addresses.yml``: addresses that were published and must never be lost."""

    published: tuple[Text, ...]
    redirects: tuple[Redirect, ...] = ()
