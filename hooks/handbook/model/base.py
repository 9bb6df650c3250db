"""What all models share: frozen, no unknown key, and the page's own data (`PageMeta`)."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from handbook.model.scalars import Ident, IsoDate, Text

Tier = Literal["national", "superior", "unit", "practice", "tip"]
Verification = Literal["original", "transcript", "secondary", "unverified"]
Strength = Literal["must", "usual", "principle", "may"]

TIER_WORDS: dict[str, str] = {
    "national": "全国", "superior": "上级要求", "unit": "本单位规定", "practice": "单位做法，非全国规定", "tip": "经验",
}  # fmt: skip
VERIFICATION_WORDS: dict[str, str] = {
    "original": "已对照官方原文", "transcript": "已对照转录文本", "secondary": "仅对照二手材料", "unverified": "待核",
}  # fmt: skip
VERIFICATION_SHORT: dict[str, str] = {
    "original": "原文", "transcript": "转录", "secondary": "二手", "unverified": "待核",
}  # fmt: skip
VERIFICATION_ORDER: tuple[str, ...] = ("original", "transcript", "secondary", "unverified")
"""Strongest first; a reader sees the weaker of a fact's and its article number's."""
STRENGTH_WORDS: dict[str, str] = {"must": "应当", "usual": "一般", "principle": "原则上", "may": "可以"}

EDITORS = "本手册编辑组"
EDITORS_UNCONFIRMED = "编辑组（未经官方原文核对）"


class Model(BaseModel):
    """Base of every model: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reviewed(Model):
    """When a page was last gone through, and by whom; personal names come only through a named review."""

    date: IsoDate
    by: Text = EDITORS_UNCONFIRMED


class Named(Model):
    """An object with an id (= file stem) and a Chinese title."""

    id: Ident
    title: Text


class PageMeta(Named):
    """The data of a page. Stands in the YAML of a page with data, in the front matter of one without."""

    alias: tuple[Text, ...] = ()
    """Other names readers really use; search finds the page by them."""
    summary: Text
    """One sentence: the lead of the page and its description."""
    owner: Text = EDITORS
    audience: tuple[Ident, ...] = ()
    """Role ids."""
    tier: Tier = "national"
    effective: IsoDate | None = None
    reviewed: Reviewed
    review_by: IsoDate | None = None
    status: Literal["published", "withdrawn"] = "published"
    visibility: Literal["public", "internal"] = "public"
    order: Text = Field(default="5", description="同一栏目内的排列次序，按文字比较，小的在前")


class Grouped(PageMeta):
    """A page that stands in a group of its section (``groups.yml``)."""

    group: Ident


class Notice(Model):
    """A box at the top of a page: what is no longer in force, a caution, or an explanation."""

    kind: Literal["stop", "caution", "note"]
    title: Text
    text: Text
    link: Text | None = None
    """Address inside the site, ``section/id.html#anchor``."""
    link_text: Text | None = None
