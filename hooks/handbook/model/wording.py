"""Words that the handbook does not use, with what it says instead: ``wording.yml``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from handbook.model.base import Model
from handbook.model.scalars import Text

Allowed = Literal["quoted", "titled", "mistakes", "history"]
"""引号里 · 书名号里 · 讲错误的地方（wrong、mistakes、traps、flaws）· 讲沿革的地方（notices、history、differences、notes）."""


class Wording(Model):
    """Wrong, outdated or empty wording.

    Other names for search (``alias``, ``misnomers``) and what stands on a page or in a term that is itself called so are
    never looked at: there a reader finds the right word by the wrong one.
    """

    wrong: tuple[Text, ...]
    right: Text
    """What to write instead."""
    why: Text
    """Half a sentence, shown with the mistake."""
    inside: tuple[Text, ...] = ()
    """Longer wordings that hold the wrong one and are right: 第一种形态."""
    beside: tuple[Text, ...] = ()
    """Words in the same sentence that show that it is told as something past: 停用, 废止."""
    allowed: tuple[Allowed, ...] = Field(default=(), alias="except")
    """Where it may stand."""


class Wordings(Model):
    """``wording.yml``."""

    wording: tuple[Wording, ...]
