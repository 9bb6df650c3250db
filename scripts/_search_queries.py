"""Read the queries by which the search is measured, and find out which of them the built site can answer.

The file is read by the same reader as the handbook's data, so a mistake in it has a place and a remedy too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from handbook.diagnostics import WHOLE_FILE, DataError, Diagnostic, Place
from handbook.loading.text_checks import decode
from handbook.loading.validate import near, validate
from handbook.loading.yaml_events import key_text, read_yaml
from handbook.model.base import Model
from handbook.model.scalars import Count, Ident, Text, Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

CLASSES = {
    "full": "全称", "partial": "名称的一部分", "abbrev": "简称、旧称", "everyday": "口语", "typo": "错字",
    "question": "提问", "pinyin": "拼音", "initials": "首字母", "traditional": "繁体", "synonym": "同义词",
    "multi": "几个词", "clause": "条款", "form": "找模板", "ledger": "找台账",
}  # fmt: skip


class Query(Model):
    """One query of the file."""

    id: Ident
    kind: Literal[
        "full", "partial", "abbrev", "everyday", "typo", "question", "pinyin", "initials", "traditional", "synonym",
        "multi", "clause", "form", "ledger",
    ] = Field(alias="class")  # fmt: skip
    q: Text
    expect: tuple[Topic, ...]
    article: Count | None = None


class QueryFile(Model):
    """``tests/search/queries.yml``."""

    schema_version: Count
    topics: tuple[Topic, ...]
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the addresses that answer it."""

    ident: str
    kind: str
    text: str
    topics: tuple[str, ...]
    addresses: frozenset[str]
    article: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """What can be asked of a site, and what cannot yet."""

    questions: tuple[Question, ...]
    unbuilt: tuple[str, ...]
    """Topics that are 未建."""
    left_out: tuple[str, ...] = field(default=())
    """Ids of queries that only such topics answer."""


def read_queries(path: Path, shown: str) -> QueryFile:
    """Give the queries; raises `DataError` with everything that is wrong with the file."""
    text = decode(path.read_bytes(), shown)
    file = read_yaml(text.value or "", shown)
    found = [*text.diagnostics, *file.diagnostics]
    value, problems = validate(file, QueryFile)
    found += problems
    if value is not None:
        found += _mistakes(value, lambda *at: (file.positions.value(at), key_text(at)))
    if found or value is None:
        raise DataError(found)
    return value


def _mistakes(file: QueryFile, place) -> Iterator[Diagnostic]:  # noqa: ANN001 - a small function of this module
    if file.schema_version != 1:
        yield Diagnostic(*place("schema_version"), f"只能读版本1，这里是{file.schema_version}", "请改成 1")
    if not file.queries:
        yield Diagnostic(*place("queries"), "没有一道题", "请至少写一道题")
    known = set(file.topics)
    seen: set[str] = set()
    for number, query in enumerate(file.queries):
        at = ("queries", number)
        if query.id in seen:
            yield Diagnostic(*place(*at, "id"), f"编号 {query.id} 重复", "请换一个编号")
        seen.add(query.id)
        if not query.expect:
            yield Diagnostic(*place(*at, "expect"), "没有写应当找到的题目", "请至少写一个题目")
        for index, topic in enumerate(query.expect):
            if topic not in known:
                yield Diagnostic(*place(*at, "expect", index), f"topics 里没有题目 {topic}", near(topic, known))
        if query.article is not None and query.kind != "clause":
            yield Diagnostic(*place(*at, "article"), "只有 class: clause 的题写条号", "请删去 article")


def read_coverage(site: Path) -> dict[str, tuple[str, ...]]:
    """Give topic → addresses of a built site, none for 未建; raises `DataError` where the file is missing or broken."""
    path = site / "api" / "coverage.json"
    try:
        items = json.loads(path.read_text(encoding="utf-8"))["items"]
        return {item["name"]: tuple(item["addresses"]) for item in items}
    except (OSError, ValueError, KeyError, TypeError):
        problem = Diagnostic(
            Place(str(path)), WHOLE_FILE, "读不到题目和地址的对照表", "请用 --site 指定一个构建好的网站"
        )
        raise DataError([problem]) from None


def prepare(file: QueryFile, coverage: Mapping[str, tuple[str, ...]], shown: str) -> Trial:
    """Give what can be asked; raises `DataError` naming every topic that the site has never heard of."""
    used = dict.fromkeys((*file.topics, *(topic for query in file.queries for topic in query.expect)))
    unknown = [topic for topic in used if topic not in coverage]
    if unknown:
        remedy = "请把它写进 docs/_data/topics.yml，或改成网站里的名称"
        raise DataError(
            Diagnostic(Place(shown), "topics", f"api/coverage.json 里没有题目 {topic}", remedy) for topic in unknown
        )
    questions, left_out = [], []
    for query in file.queries:
        addresses = frozenset(address for topic in query.expect for address in coverage[topic])
        if addresses:
            questions.append(Question(query.id, query.kind, query.q, query.expect, addresses, query.article or 0))
        else:
            left_out.append(query.id)
    return Trial(tuple(questions), tuple(topic for topic in used if not coverage[topic]), tuple(left_out))
