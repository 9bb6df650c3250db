"""Regulations (依据): versions, articles and facts in our own words."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from handbook.model.base import Model, PageMeta, Strength, Verification
from handbook.model.scalars import ClauseNumber, Count, Figure, Ident, IsoDate, Text

_DESCRIPTION = re.compile(r"解释。|之日起施行|起施行|是指|分为|有\d+[项类]|停止执行|替代|全文未公开|是一种|属于")
"""How a text says what is so, rather than what must be done."""

Comparator = Literal["不少于", "以上", "超过", "不超过", "以内", "以下", "等于", "不足"]
Bound = Literal["min", "max", "exact", "range", "none"]
Base = Literal[
    "应到会有表决权党员", "应到会有选举权党员", "实到会有选举权党员", "投票人数", "全体委员", "应到会人数", "机关总数", "应选人数", "全体党员",
]  # fmt: skip


class Fact(Model):
    """One thing an article says, in our own words, with the number taken out so that it can be checked and drawn."""

    id: Ident
    """Unique within the version: ``regulation/fact`` names it from elsewhere."""
    subject: Text
    """Who or what it is about: 支部委员会, 预备期, 公示."""
    strength: Strength = "must"
    text: Text
    """The whole statement as one plain sentence without the article number."""
    comparator: Comparator | None = None
    number: Figure | None = None
    unit: Text | None = None
    """个月, 工作日, 次/季度 …; 半数 is number 1/2 with unit 比例."""
    base: Base | None = None
    """Of what a share is taken."""
    verb: Literal["同意", "备案", "审批", "批准", "公示", "通过", "宣布", "谈话", "归档"] | None = None
    bound: Bound = "none"
    """What the number limits: a minimum, a maximum, the exact value, a range."""
    unit_may: Literal["tighten", "nothing"] = "nothing"
    """What a unit's own rules may do to it."""
    elements: tuple[Text, ...] = ()
    """What a document must hold, where the fact lists that: a form is held against it element by element."""
    source: Text | None = None
    """Where it stands if not in the text itself: 后续口径, 中央和国家机关实施办法. A sentence that rests on it names this."""
    verification: Verification | None = None
    """Of the text; None: as the article's."""

    @property
    def binds(self) -> bool:
        """Tell whether it demands or allows something; otherwise it only says how things are (由…解释)."""
        return self.strength != "must" or not _DESCRIPTION.search(self.text)


class Article(Model):
    """An article (or an unseparated range of them), or a numbered clause of a standard, with its facts."""

    number: Count | None = None
    """Number of the article; a standard has `clause` instead."""
    clause: ClauseNumber | None = None
    """``7.3.1``: where the text counts so."""
    to: Count | None = None
    """Last number of a range that was not checked one by one."""
    title: Text
    """Our own short heading."""
    facts: tuple[Fact, ...]
    verification: Verification | None = None
    """Of its facts; None: as the version's."""
    number_verification: Verification | None = None
    """Of the article number; None: as the version's."""

    @property
    def numbers(self) -> range:
        """The article numbers it covers; empty for a standard's clause."""
        return range(0) if self.number is None else range(self.number, (self.to or self.number) + 1)

    @property
    def anchors(self) -> tuple[str, ...]:
        """HTML ids that never move: ``article-13``, one per number of a range; ``clause-7-3-1``."""
        if self.clause:
            return (f"clause-{self.clause.replace('.', '-')}",)
        return tuple(f"article-{number}" for number in self.numbers)

    @property
    def label(self) -> str:
        """``第13条``, ``第18—22条``, ``7.3.1``."""
        return self.clause or f"第{self.number}{f'—{self.to}' if self.to else ''}条"


class Difference(Model):
    """What changed from the version before: stated only as far as it is known."""

    topic: Text
    before: Text
    after: Text
    facts: tuple[Ident, ...] = ()
    """Facts of this version that say what is new: where a step rests on one, a reader of an older day sees the difference."""
    verification: Verification


class Version(Model):
    """One text of a regulation with its dates."""

    year: Count = 0
    """0: not known; the text is registered by its name only, and citations show 年份待核."""
    label: Text
    """2026年修订版, 试行."""
    issuer: Text
    adopted: Text | None = None
    """How and when it was adopted, one sentence."""
    issued: IsoDate | None = None
    """None: the day is not known and shown as 待核."""
    announced: IsoDate | None = None
    """The day on which the text was made public (新华社播发), where that is what is known."""
    effective: IsoDate | None = None
    ended: IsoDate | None = None
    """The first day on which it no longer holds."""
    history: tuple[Text, ...] = ()
    """Further dates and circumstances, one sentence each."""
    extent: Text | None = None
    """七章44条."""
    verification: Verification
    address: Text | None = None
    """Official address; None is shown as 待补."""
    checked_on: IsoDate
    articles: tuple[Article, ...] = ()
    facts: tuple[Fact, ...] = ()
    """Facts whose article number is not known: cited without an article."""
    differences: tuple[Difference, ...] = ()
    """Against the version before."""
    notes: tuple[Text, ...] = ()

    @property
    def begins(self) -> dt.date:
        """The first day on which it counts here: in force, else issued, else announced, else the year's first day."""
        return self.effective or self.issued or self.announced or dt.date(self.year or 1, 1, 1)

    @property
    def year_text(self) -> str:
        """The year as citations print it."""
        return str(self.year) if self.year else "年份待核"


class Regulation(PageMeta):
    """A rule text under one permanent id, all versions together."""

    replaces: tuple[Ident, ...] = ()
    """Registered texts of another name that it took the place of."""
    short: Text
    """The name used in citations."""
    kind: Literal["党章", "准则", "条例", "规定", "办法", "规则", "细则", "规范性文件", "法律", "国家标准"]
    misnomers: tuple[Text, ...] = ()
    """Common wrong names: a citation that uses one is told the right one."""
    versions: tuple[Version, ...]
    """Newest first."""
    traps: tuple[Text, ...] = ()
    """What is often got wrong about it."""
