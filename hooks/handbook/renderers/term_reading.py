"""How a term is read, and under which letter it stands: pypinyin's readings, made when pages are built."""

from __future__ import annotations

from functools import lru_cache

from handbook.model.glossary import Term

SIGNS = "none"
"""The letter of what begins with a digit."""


def syllables(term: Term) -> tuple[str, ...]:
    """Give the reading without tones; the data's own where pypinyin errs."""
    return tuple(term.pinyin.split()) if term.pinyin else _plain(_title(term))


def toned(term: Term) -> str:
    """Give the reading for the reader."""
    return term.pinyin or _toned(_title(term))


def order(term: Term) -> tuple[str, str]:
    """Give what terms are sorted by."""
    return "".join(syllables(term)), term.id


def letter(term: Term) -> str:
    """Give ``y``, or `SIGNS`."""
    first = syllables(term)[0][:1]
    return first if first.isascii() and first.isalpha() else SIGNS


def entry_address(term: Term) -> str:
    """Give the place where the term is explained in full."""
    return f"glossary/letter-{letter(term)}.html#{term.id}"


def _title(term: Term) -> str:
    return term.title.lstrip("“《（")


@lru_cache(maxsize=4096)
def _plain(title: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - slow to load

    return tuple(syllable.lower() for syllable in lazy_pinyin(title))


@lru_cache(maxsize=4096)
def _toned(title: str) -> str:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - slow to load

    return " ".join(lazy_pinyin(title, style=Style.TONE))
