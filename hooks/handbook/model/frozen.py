"""Reports as they were issued (定稿): text and figures of that day, closed by a short code."""

from __future__ import annotations

import hashlib
import json
from typing import Literal

from handbook.model.base import Model, Named
from handbook.model.scalars import Count, Ident, IsoDate, Period, Text

CODE_LENGTH = 8


class FrozenFigure(Model):
    """A figure as issued."""

    metric: Ident
    title: Text
    text: Text
    unit: Text
    formula: Text
    rows: Text | None = None
    """Ids of the records behind it, runs drawn together."""


class FrozenBlock(Model):
    """A heading or paragraph as issued; ``【指标：id】`` stands for a figure of the list."""

    kind: Literal["heading", "paragraph"]
    level: Count = 1
    text: Text


class Frozen(Named):
    """A report issued on a day: later entries in the ledgers do not rewrite it. Written by scripts/freeze.py only."""

    report: Ident
    unit: Text
    """The unit's name on that day."""
    period: Period
    as_of: IsoDate
    issued: IsoDate
    heading: tuple[Text, ...]
    blocks: tuple[FrozenBlock, ...]
    organ: Text
    figures: tuple[FrozenFigure, ...]
    gaps: tuple[Text, ...] = ()
    """What was still to be filled in."""
    code: Text
    """First characters of the hash over everything else."""

    def sealed(self) -> str:
        """Give the code that belongs to this content."""
        content = self.model_dump(mode="json", exclude={"code", "id", "title"}, exclude_none=True)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:CODE_LENGTH].upper()
