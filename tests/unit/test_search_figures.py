"""Measuring the search: the file of queries, what can be asked, queries made from names, and the arithmetic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import _search_mechanical
import _search_report
from _search_figures import Answer, Hit, by_kind, figures, misses, rank
from _search_queries import QueryFile, Question, prepare, read_coverage, read_queries
from handbook.diagnostics import DataError

QUERIES = Path(__file__).parents[1] / "search" / "queries.yml"
GOOD = """\
schema_version: 1
topics: ["程序/泡茶", "术语/茶", "工具/算茶"]
queries:
  - {id: full-01, class: full, q: "泡茶", expect: ["程序/泡茶"]}
  - {id: clause-01, class: clause, q: "茶规 3条", expect: ["程序/泡茶", "工具/算茶"], article: 3}
  - {id: multi-01, class: multi, q: "算 茶", expect: ["工具/算茶"]}
"""
COVERAGE = {"程序/泡茶": ("procedures/tea.html",), "术语/茶": ("glossary/index.html#tea",), "工具/算茶": ()}


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "queries.yml"
    path.write_text(text, encoding="utf-8")
    return path


def question(kind: str = "full", *addresses: str, article: int = 0) -> Question:
    return Question(f"{kind}-01", kind, "泡茶", ("程序/泡茶",), frozenset(addresses), article)


def hits(*addresses: str) -> tuple[Hit, ...]:
    return tuple(Hit(address, address) for address in addresses)


def test_rank_counts_pages_and_not_hits() -> None:
    shown = hits("a.html#1", "a.html#2", "b.html#x", "c.html")
    assert rank(shown, {"a.html"}) == 1
    assert rank(shown, {"b.html"}) == 2
    assert rank(shown, {"z.html", "c.html"}) == 3
    assert rank(shown, {"z.html"}) == 0


def test_an_entry_of_the_glossary_is_a_page_of_its_own() -> None:
    shown = hits("glossary/index.html#water", "glossary/index.html#tea")
    assert rank(shown, {"glossary/index.html#tea"}) == 2
    assert rank(shown, {"glossary/index.html"}) == 1


def test_ranks_become_figures() -> None:
    pages = ("a.html", "b.html", "c.html", "d.html")
    answers = [Answer(question("full", page), hits(*pages)) for page in (*pages, "z.html")]
    found = figures(answers)
    assert (found.count, found.first, found.among) == (5, 1, 3)
    assert found.at_1 == pytest.approx(20)
    assert found.at_3 == pytest.approx(60)
    assert found.mrr == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 5)
    assert [answer.rank for answer in misses(answers)] == [4, 0]
    assert (figures([]).at_1, figures([]).at_3, figures([]).mrr) == (0, 0, 0)


def test_classes_are_told_apart_and_measured_against_an_aim() -> None:
    answers = [
        Answer(question("typo", "a.html"), hits("a.html")),
        Answer(question("full", "b.html"), hits("a.html")),
        Answer(question("full", "a.html"), hits("a.html")),
    ]
    assert {kind: found.at_3 for kind, found in by_kind(answers).items()} == {"typo": 100, "full": 50}
    assert _search_report.below(answers, 95) == ["全称 50.0%"]
    assert _search_report.below(answers, 50) == []
    lines = "\n".join([*_search_report.table(answers), *_search_report.missed(answers)])
    assert "全称 full" in lines
    assert "不在前3条的：1 道" in lines


def test_the_article_must_be_opened_by_one_of_the_first_three() -> None:
    asked = question("clause", "r.html", article=3)
    assert Answer(asked, hits("x.html", "r.html#article-3")).opened
    assert not Answer(asked, hits("r.html#article-33")).opened
    assert not Answer(asked, hits("r.html#v2014-article-3")).opened
    assert not Answer(asked, hits("a.html", "b.html", "c.html", "r.html#article-3")).opened


def test_what_only_unbuilt_topics_answer_is_left_out(tmp_path: Path) -> None:
    trial = prepare(read_queries(written(tmp_path, GOOD), "q.yml"), COVERAGE, "q.yml")
    assert trial.unbuilt == ("工具/算茶",)
    assert trial.left_out == ("multi-01",)
    assert [(q.ident, sorted(q.addresses), q.article) for q in trial.questions] == [
        ("full-01", ["procedures/tea.html"], 0),
        ("clause-01", ["procedures/tea.html"], 3),
    ]
    report = _search_report.as_json(trial, {"http": [Answer(trial.questions[0], hits("procedures/tea.html"))]})
    assert json.loads(json.dumps(report))["runs"]["http"]["all"]["success_3"] == 100


def test_a_topic_that_the_site_does_not_know_is_named(tmp_path: Path) -> None:
    file = read_queries(written(tmp_path, GOOD), "q.yml")
    with pytest.raises(DataError) as caught:
        prepare(file, {"程序/泡茶": ()}, "q.yml")
    assert [d.message for d in caught.value.diagnostics] == [
        "api/coverage.json 里没有题目 工具/算茶",
        "api/coverage.json 里没有题目 术语/茶",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("class: full", "class: ful", "q.yml:4:26: queries[0].class: 取值 'ful' 不在"),
        ("id: multi-01", "id: full-01", "queries[2].id: 编号 full-01 重复"),
        ('class: full, q: "泡茶"', "class: full", "queries[0].q: 缺少必填的键"),
        ('expect: ["程序/泡茶"]}', 'expect: ["程序/泡水"]}', "queries[0].expect[0]: topics 里没有题目 程序/泡水"),
        ('expect: ["程序/泡茶"]}', "expect: []}", "queries[0].expect: 没有写应当找到的题目"),
        ('expect: ["程序/泡茶"]}', 'expect: ["程序/泡茶"], article: 2}', "只有 class: clause 的题写条号"),
        ("article: 3", "article: 第三条", "queries[1].article: 无法读懂"),
        ("schema_version: 1", "schema_version: 2", "schema_version: 只能读版本1，这里是2"),
        ("queries:", "questions:", "questions: 不认识的键"),
        ("{id: full-01", "{{id: full-01", "queries[0]"),
        (GOOD, "", "文件是空的"),
    ],
)
def test_mistakes_of_the_file_are_said_with_their_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(DataError) as caught:
        read_queries(written(tmp_path, GOOD.replace(old, new, 1)), "q.yml")
    assert said in str(caught.value)


def test_a_folder_without_a_site_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="读不到题目和地址的对照表"):
        read_coverage(tmp_path)


def test_our_own_queries_are_sound() -> None:
    file: QueryFile = read_queries(QUERIES, "tests/search/queries.yml")
    assert len(file.queries) > 150
    assert {query.kind for query in file.queries} == set(_search_report._search_queries.CLASSES)


def test_queries_from_names_are_the_same_each_time_and_differ_from_the_name() -> None:
    coverage = {
        "程序/组织生活会": ("a.html",), "术语/组织生活会": ("glossary/index.html#a",),
        "模板/会议记录（支委会）": ("b.html",), "程序/换届选举": (), "会议规程/支部党员大会": ("c.html",),
    }  # fmt: skip
    made = _search_mechanical.mechanical(coverage)
    assert made == _search_mechanical.mechanical(dict(reversed(coverage.items())))
    texts = {(q.kind, q.topics[0]): q.text for q in made}
    assert {name for _, name in texts} == {"组织生活会", "支部党员大会"}
    assert texts["title", "组织生活会"] == "组织生活会"
    assert texts["spelled", "组织生活会"] == "zuzhishenghuohui"
    assert texts["half", "组织生活会"] == "zuzhishenghuoh"
    assert texts["letters", "组织生活会"] == "zzshh"
    assert texts["old", "组织生活会"] == "組織生活會"
    for kind in ("sound", "other", "swap", "short", "twice"):
        assert texts[kind, "组织生活会"] != "组织生活会"
    assert {q.addresses for q in made if q.topics == ("组织生活会",)} == {
        frozenset({"a.html", "glossary/index.html#a"})
    }
