"""What readers are told about a place whose clause has changed since it was reviewed (待复核)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from handbook.model.base import EDITORS, Named, PageMeta
from handbook.model.duty import Duty
from handbook.model.library import KIND_BY_SECTION, Library
from handbook.model.meeting import Meeting
from handbook.model.practice import Practice
from handbook.model.procedure import Procedure
from handbook.model.review import FactText, Review, anchor_of
from handbook.rules.clauses import ClauseIndex, is_in_force
from handbook.rules.suspicion import Finding, findings

DUTIES_PAGE, TERMS_PAGE = "calendar/index", "glossary/index"
_PARTS: Mapping[str, str] = {
    "keys": "关键数字", "notices": "提示", "variants": "几种情况", "convener": "谁召集", "matters": "议什么",
    "participants": "谁参加", "words": "怎么数", "minutes": "记录要素", "script": "主持提纲", "mistakes": "易错",
    "occasion": "什么时候做", "downloads": "下载", "cautions": "限制", "what": "是什么", "decisions": "要定的事",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an item stands for readers."""

    title: str
    """发展党员：公示."""
    page: str
    """Title of the page."""
    address: str
    """``procedures/member-admission.html#public-notice``."""
    owner: str
    """Who answers for the page."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """An item that rests on facts which have changed since its review."""

    item: str
    spot: Spot
    clause: str
    """``member-admission/2026/article-13``."""
    label: str
    """``发展党员细则（2026）第13条``."""
    address: str
    """Of the clause."""
    was: str
    """The version it was reviewed against, where that was another: ``2014年版``."""
    removed: tuple[FactText, ...]
    added: tuple[FactText, ...]
    kept: int
    """Facts that are the same."""
    review: Review

    @property
    def slug(self) -> str:
        """The item as segments of ``data-handbook``."""
        return self.item.partition("/")[2].removesuffix(".md").replace("#", "/")

    @property
    def same_words(self) -> frozenset[str]:
        """Texts that are the same before and after: only what they count as has changed, so that must be shown too."""
        return frozenset(fact.text for fact in self.removed) & frozenset(fact.text for fact in self.added)


def suspects(library: Library, clauses: ClauseIndex) -> tuple[Suspect, ...]:
    """Give every suspect item with what changed, in the order of the library."""
    return tuple(suspect for finding in findings(library, clauses) if (suspect := _suspect(library, clauses, finding)))


def grouped(found: Iterable[Suspect], key: Callable[[Suspect], str]) -> Mapping[str, tuple[Suspect, ...]]:
    """Give suspects by a key, each group in its order."""
    groups: dict[str, list[Suspect]] = {}
    for suspect in found:
        groups.setdefault(key(suspect), []).append(suspect)
    return {name: tuple(group) for name, group in groups.items()}


def spot_of(library: Library, item: str) -> Spot:
    """Give where an item stands; the item must exist."""
    section, _, rest = item.partition("/")
    ident, _, anchor = rest.partition("#")
    if section == "pages":
        meta = library.pages[rest].meta
        return Spot(meta.title, meta.title, rest.removesuffix(".md") + ".html", meta.owner)
    if section == "terms":
        return _shared(library, f"术语：{library.terms[ident].title}", TERMS_PAGE, ident)
    owner = library.of_kind(section)[ident]
    kind = KIND_BY_SECTION[section]
    if isinstance(owner, Duty):
        return _shared(library, f"{kind.title}：{owner.title}", DUTIES_PAGE, ident)
    mark = f"#{anchor}" if anchor and anchor not in _PARTS else ""
    title = f"{owner.title}：{_part(owner, anchor)}" if anchor else owner.title
    responsible = owner.owner if isinstance(owner, PageMeta) else EDITORS
    address = f"{kind.folder}/{ident}.html{mark}" if kind.folder else ""
    return Spot(title, f"{kind.title}：{owner.title}", address, responsible)


def _shared(library: Library, title: str, page: str, anchor: str) -> Spot:
    """Duties and terms stand together on one page, which has an owner of its own."""
    found = library.pages.get(f"{page}.md")
    meta = found.meta if found else None
    return Spot(
        title, meta.title if meta else title, f"{page}.html#{anchor}" if meta else "", meta.owner if meta else EDITORS
    )


def _part(owner: Named, anchor: str) -> str:
    if anchor in _PARTS:
        return _PARTS[anchor]
    if isinstance(owner, (Procedure, Practice)):
        return next(part.title for part in (*owner.stages, *owner.steps) if part.id == anchor)
    if not isinstance(owner, Meeting):
        return anchor
    parts = {item.id: item.title for item in (*owner.preparation, *owner.situations)}
    parts |= {f"vote-{vote.id}": f"表决（{vote.title}）" for vote in owner.votes}
    parts |= {f"agenda-{agenda.id}": f"议程（{agenda.title}）" for agenda in owner.agendas}
    return parts[anchor]


def _suspect(library: Library, clauses: ClauseIndex, finding: Finding) -> Suspect | None:
    if finding.stored is None or finding.review is None or not finding.suspect:
        return None
    ground = finding.rest.ground
    before, now = Counter(finding.stored.facts), Counter(ground.facts)
    year = finding.stored.clause.split("/")[1]
    old = "" if is_in_force(ground.version, clauses.on) else f"v{ground.version.year}-"
    anchor = f"#{old}{anchor_of(ground.article)}" if ground.article else ""
    return Suspect(
        item=finding.rest.item,
        spot=spot_of(library, finding.rest.item),
        clause=ground.name,
        label=ground.label,
        address=f"regulations/{ground.regulation.id}.html{anchor}",
        was=f"{year}年版" if year != str(ground.version.year) else "",
        removed=tuple((before - now).elements()),
        added=tuple((now - before).elements()),
        kept=(before & now).total(),
        review=finding.review,
    )
