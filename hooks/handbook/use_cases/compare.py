"""Two versions of a regulation side by side, and what in the handbook has to be looked at because of what changed.

A version is named by its file in the registry's shape (a draft counts, it need not be registered) or by ``ID@YEAR``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from handbook.composition.backlinks import Backlink, backlinks
from handbook.composition.text_diff import Change, ChangeKind, Part, align
from handbook.loading.read_library import read_library
from handbook.loading.text_checks import decode
from handbook.loading.validate import near, validate
from handbook.loading.yaml_events import read_yaml
from handbook.model.library import Library
from handbook.model.regulation import Article, Regulation, Version
from handbook.rules.clauses import ClauseIndex

KIND_WORDS: Mapping[ChangeKind, str] = {
    "same": "相同", "reworded": "改写", "renumbered": "改条号", "split": "拆分", "merged": "合并", "new": "新增", "removed": "删去",
}  # fmt: skip
_PLACES = {"forms": "模板", "tools": "计算器", "units": "单位"}
_OTHER_PLACES = "页面"
_LONGEST = 90
"""Characters of a text that the list quotes."""
_NO_ARTICLE = "没有条号"


class CompareError(Exception):
    """Why two versions cannot be compared, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of each article, and who cites the changed ones."""

    old: str
    new: str
    changes: tuple[Change, ...]
    work: Mapping[str, tuple[tuple[Backlink, tuple[Change, ...]], ...]]
    """By 页面, 模板, 计算器, 单位: each place with the changes that concern it."""
    whole: tuple[Backlink, ...]
    """Who cites the text without an article."""

    def lines(self) -> Iterator[str]:
        """Give the work list as people read it."""
        yield f"旧：{self.old}"
        yield f"新：{self.new}"
        counts = Counter(change.kind for change in self.changes)
        yield "条文：" + (
            "，".join(f"{KIND_WORDS[kind]}{counts[kind]}" for kind in KIND_WORDS if counts[kind]) or "没有"
        )
        yield ""
        yield "一、条文对照"
        for change in self.changes:
            if change.kind != "same":
                yield from _change_lines(change)
        same = [change.old[0].label for change in self.changes if change.kind == "same"]
        if same:
            yield f"  相同　{'、'.join(same)}"
        yield ""
        yield "二、要逐处核对的地方"
        if not self.work:
            yield "  改动的条没有页面引用。"
        for place in (_OTHER_PLACES, *_PLACES.values()):
            if place in self.work:
                yield f"  {place}"
                for link, changes in self.work[place]:
                    yield f"    {link.title}（{link.address}）"
                    yield from (f"      - {_todo(change)}" for change in changes)
        fresh = [change for change in self.changes if change.kind == "new"]
        if fresh:
            yield ""
            yield "三、新增的条，看要不要写进页面"
            yield from (f"  {part.label}　{_cut(part.text)}" for change in fresh for part in change.new)
        if self.whole:
            yield ""
            yield f"另有{len(self.whole)}处引用整部文件而不写条号，请核对说法："
            yield from (f"  {link.title}（{link.address}）" for link in self.whole)


def compare(project: Path, old: str, new: str, on: dt.date, folder: Path) -> Comparison:
    """Compare the versions named `old` and `new`; file names are taken from `folder`.

    Raises `CompareError` when one of them cannot be had.
    """
    library = read_library(project / "docs", project).library
    first, second = (_version(name, library, folder) for name in (old, new))
    parts = [_parts(version) for _, version in (first, second)]
    changes = align([part for part, _ in parts[0]], [part for part, _ in parts[1]])
    links = backlinks(library, ClauseIndex(library.regulations, on))
    places: list[tuple[Backlink, Change]] = []
    for change in changes:
        if change.kind == "same":
            continue
        sides = [(first, parts[0], change.old), (second, parts[1], change.new)]
        if _key(first) == _key(second):
            sides.pop()  # a draft over the registered text: nobody cites the draft
        for (regulation, version), listed, concerned in sides:
            anchors = [anchor for part, anchor in listed if part in concerned]
            places += [(link, change) for a in anchors if a for link in links.get((regulation.id, version.year, a), ())]
    whole = dict.fromkeys(
        link for regulation, version in (first, second) for link in links.get((regulation.id, version.year, ""), ())
    )
    return Comparison(_name(*first), _name(*second), changes, _grouped(places), tuple(whole))


def _key(side: tuple[Regulation, Version]) -> tuple[str, int]:
    return side[0].id, side[1].year


def _version(name: str, library: Library, folder: Path) -> tuple[Regulation, Version]:
    where, mark, year = name.rpartition("@")
    if not mark:
        where, year = name, ""
    if where.endswith((".yml", ".yaml")):
        regulation = _from_file(folder / where, where)
    elif where in library.regulations:
        regulation = library.regulations[where]
    else:
        remedy = "请写文件名（….yml）或“编号@年份”；" + near(where, library.regulations)
        raise CompareError(f"登记库里没有编号为 {where} 的依据 → {remedy}")
    if not regulation.versions:
        raise CompareError(f"{where} 没有任何版本 → 请至少写一个版本")
    if not year and where.endswith((".yml", ".yaml")):
        return regulation, regulation.versions[0]
    found = next((version for version in regulation.versions if str(version.year) == year), None)
    if found is None:
        years = "、".join(str(version.year) for version in regulation.versions)
        said = f"{where} 没有 {year} 年的版本" if year else f"{where} 没有写明年份"
        raise CompareError(f"{said} → 请写成 {where}@年份，年份可以是 {years}")
    return regulation, found


def _from_file(path: Path, shown: str) -> Regulation:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CompareError(f"读不了 {shown}（{type(error).__name__}）→ 请核对文件名和权限") from None
    text = decode(data, shown)
    file = read_yaml(text.value or "", shown)
    value, problems = validate(file, Regulation)
    found = (*text.diagnostics, *file.diagnostics, *problems)
    if value is None:
        raise CompareError("\n".join(map(str, sorted(set(found)))) or f"{shown} 是空的 → 请按登记库的格式写")
    return value


def _parts(version: Version) -> list[tuple[Part, str]]:
    """Give the articles as the comparison sees them, each with its anchor; facts without a number stand for themselves."""
    listed = [(Part(article.label, _text(article)), article.anchors[0]) for article in version.articles]
    return [*listed, *((Part(f"{_NO_ARTICLE}（{fact.id}）", fact.text), "") for fact in version.facts)]


def _text(article: Article) -> str:
    return "".join(fact.text for fact in article.facts)


def _grouped(places: Sequence[tuple[Backlink, Change]]) -> dict[str, tuple[tuple[Backlink, tuple[Change, ...]], ...]]:
    found: dict[str, dict[Backlink, dict[Change, None]]] = {}
    for link, change in places:
        place = _PLACES.get(link.address.partition("/")[0], _OTHER_PLACES)
        found.setdefault(place, {}).setdefault(link, {})[change] = None
    return {place: tuple((link, tuple(changes)) for link, changes in links.items()) for place, links in found.items()}


def _name(regulation: Regulation, version: Version) -> str:
    return f"《{regulation.title}》{version.label}（{version.year_text}）"


def _labels(parts: Sequence[Part]) -> str:
    return "、".join(part.label for part in parts)


def _way(change: Change) -> str:
    if not change.old or not change.new:
        return _labels(change.old or change.new)
    return f"{_labels(change.old)} → {_labels(change.new)}" if change.moved else _labels(change.old)


def _change_lines(change: Change) -> Iterator[str]:
    yield f"  {KIND_WORDS[change.kind]}　{_way(change)}"
    if change.kind in ("reworded", "split", "merged"):
        yield from (f"      旧 {part.label}　{_cut(part.text)}" for part in change.old)
        yield from (f"      新 {part.label}　{_cut(part.text)}" for part in change.new)


def _todo(change: Change) -> str:
    before, after = _labels(change.old), _labels(change.new)
    if change.kind == "renumbered":
        return f"{before}的内容没有变，条号改为{after}"
    if change.kind == "removed":
        return f"{before}已删去：改引别的条，或撤下这一处"
    if change.kind == "split":
        return f"{before}拆成{after}：分清引的是哪一条，再核对说法"
    if change.kind == "merged":
        return f"{before}并为{after}：改条号，再核对说法"
    if change.kind == "new":
        return f"{after}是新增的：核对说法"
    return f"{before}已改写{f'，条号改为{after}' if change.moved else ''}：对照新文核对说法"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"
