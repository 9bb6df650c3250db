"""Terms in place: which names are marked, where nothing is, and what the explanation and the glossary say."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from handbook.composition.site import Site
from handbook.loading.read_library import read_library
from handbook.model.glossary import SearchWords, Term
from handbook.model.library import Library
from handbook.renderers.glossary_page import glossary, letter_pages
from handbook.renderers.press import Press
from handbook.renderers.term_marks import MOST, TermMarks
from handbook.renderers.to_terms import render_terms
from handbook.renderers.view import View
from handbook.rules.clauses import ClauseIndex

PROJECT = Path(__file__).parents[2]
MARK = re.compile(r'<a class="hb-term" href="([^"]+)">([^<]+)</a>')


def term(ident: str, title: str, *alias: str, **more: object) -> Term:
    return Term.model_validate({"id": ident, "title": title, "alias": alias, "meaning": f"{title}的意思。", **more})


def library(*terms: Term, ordinary: tuple[str, ...] = ()) -> Library:
    words = SearchWords(prior={}, asks={}, ordinary=ordinary)
    return Library(terms={item.id: item for item in terms}, words=words)


TEA = library(
    term("probation", "预备期"),
    term("probationer", "预备党员", "预备期党员", "新党员"),
    term("party-group", "党组", "单位党组"),
    term("mentor", "培养联系人", "联系人", "入党联系人"),
    term("form", "入党志愿书", "志愿书"),
    term("filing", "备案", "上报备案"),
    term("approval", "审批", "上报备案"),
    ordinary=("党组织",),
)


def marked(
    html: str, title: str = "别的", alias: tuple[str, ...] = (), page: str = "a/b.html"
) -> list[tuple[str, str]]:
    return MARK.findall(TermMarks(TEA).mark(html, page, title, alias))


def names(html: str, title: str = "别的", alias: tuple[str, ...] = ()) -> list[str]:
    return [name for _, name in marked(html, title, alias)]


def test_the_first_occurrence_becomes_a_link_to_the_entry() -> None:
    html = TermMarks(TEA).mark("<p>在预备期里。</p><p>预备期满。</p>", "a/b.html", "别的")
    link = '<a class="hb-term" href="../glossary/letter-y.html#probation">预备期</a>'
    assert html == f"<p>在{link}里。</p><p>预备期满。</p>"
    assert marked("<p>在预备期里。</p>", page="index.html") == [("glossary/letter-y.html#probation", "预备期")]


def test_the_longest_name_wins_and_ordinary_words_hold_none() -> None:
    assert names("<p>有预备期党员。</p>") == ["预备期党员"]
    assert names("<p>党组织讨论，党组审核。</p>") == ["党组"]
    assert names("<p>报党组织。</p>") == []


def test_short_and_shared_aliases_stay_unmarked() -> None:
    assert names("<p>写明联系人和新党员的志愿书。</p>") == []
    assert names("<p>指定入党联系人。</p>") == ["入党联系人"]
    assert names("<p>上报备案。</p>") == []


def test_one_mark_in_a_block_and_one_for_a_term() -> None:
    assert names("<p>备案和审批不同。</p><p>审批以后备案。</p>") == ["备案", "审批"]
    assert names("<ul><li>备案为止。</li><li>审批为止。</li></ul>") == ["备案", "审批"]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>预备期的事</h2>",
        '<p>见<a href="x.html">预备期的事</a></p>',
        "<p><code>预备期 1</code></p>",
        "<p><button>开始预备期</button></p>",
        "<p><label>预备期起<input></label></p>",
        "<details><summary>预备期的事</summary></details>",
        "<table><tr><th>预备期起</th></tr></table>",
        '<p title="预备期的事">别的</p>',
        "<!-- 预备期的事 --><p>别的</p>",
        '<div class="hb-sheet"><div>预备期的事</div><p>预备期的事</p></div>',
        '<p><span class="hb-role">预备党员甲</span></p>',
        "<p><strong>预备期</strong></p>",
        "<p>《预备期管理办法》</p>",
    ],
)
def test_nothing_is_marked_in_headings_links_controls_and_pictures_of_documents(html: str) -> None:
    assert TermMarks(TEA).mark(html, "a/b.html", "别的") == html


def test_what_follows_a_skipped_part_is_marked_again() -> None:
    assert names('<div class="hb-sheet"><div>预备期的事</div></div><p>预备期一年。</p>') == ["预备期"]
    assert names('<p class="hb-lead">预备期一年。</p>') == ["预备期"]


def test_a_document_named_like_a_term_is_the_term() -> None:
    assert "《<a " in TermMarks(TEA).mark("<p>发给《入党志愿书》。</p>", "a/b.html", "别的")


def test_a_page_does_not_explain_itself() -> None:
    assert names("<p>预备期一年。</p>", title="预备期管理") == []
    assert names("<p>预备党员一名。</p>", alias=("新党员",)) == []
    html = "<p>预备期一年。</p>"
    for page in ("glossary/index.html", "glossary/letter-d.html"):
        assert TermMarks(TEA).mark(html, page, "术语") == html


def test_there_is_a_limit_for_a_page_and_none_without_terms() -> None:
    many = library(*(term(f"t-{n}", f"第{n}号名词") for n in range(50)))
    html = "".join(f"<p>第{n}号名词在此。</p>" for n in range(50))
    assert len(MARK.findall(TermMarks(many).mark(html, "a/b.html", "别的"))) == MOST
    assert TermMarks(Library()).mark(html, "a/b.html", "别的") == html


def test_the_text_itself_does_not_change() -> None:
    html = (PROJECT / "docs/index.md").read_text(encoding="utf-8")
    done = TermMarks(TEA).mark(html, "index.html", "首页")
    assert MARK.sub(r"\2", done) == html


@pytest.fixture(scope="module")
def site() -> Site:
    base = PROJECT / "tests/golden/base"
    read = read_library(base / "docs", base).library
    on = dt.date(2026, 11, 21)
    return Site(read, ClauseIndex(read.regulations, on), on)


def test_explanations_say_title_meaning_tier_and_clauses(site: Site) -> None:
    script = render_terms(site).decode()
    assert script == render_terms(site).decode()
    data = json.loads(json.loads(re.fullmatch(r"window\.HANDBOOK_TERMS=JSON\.parse\((.*)\);\n", script)[1]))
    title, meaning, members, tier, word, clauses, notes, found_by = data["terms"]["present-count"]
    assert (title, members, tier, word, clauses, notes) == ("实到", [], "", "全国", [], [])
    assert found_by == ["shidao", "sd"]
    assert re.fullmatch(r"真正到会的人数〔茶室细则（\d{4}）第4—6条.*〕。", meaning)


GLOSSARY = (
    term("retake", "重新入党", pinyin="chong xin ru dang"),
    term("rank", "5A", unexplained="true"),
    term("four", "四个自信", "四自信", members=("道路自信", "理论自信")),
    term("aid", "帮扶"),
)


def test_the_index_stands_by_letter_and_leads_to_the_entries(site: Site) -> None:
    own = Site(library(*GLOSSARY), site.clauses, site.on)
    page = glossary(View(own, "glossary/index.html"))
    letters = re.findall(r"^## (\S+) \{#(letter-\w+)\}$", page, re.MULTILINE)
    assert letters == [("数字", "letter-none"), ("B", "letter-b"), ("C", "letter-c"), ("S", "letter-s")]
    assert '<li id="retake"><a class="hb-term" href="../glossary/letter-c.html#retake">重新入党</a></li>' in page
    assert "带数字的简称（1个）" in page


def test_the_entries_stand_on_a_page_for_each_letter(site: Site) -> None:
    own = Site(library(*GLOSSARY), site.clauses, site.on)
    pages = {page.uri: page for page in letter_pages(Press(own, {}))}
    assert list(pages) == [f"glossary/letter-{letter}.md" for letter in ("none", "b", "c", "s")]
    assert pages["glossary/letter-s.md"].title == "S开头的术语"
    assert "包括：道路自信；理论自信。" in pages["glossary/letter-s.md"].body
    assert "sì gè zì xìn" in pages["glossary/letter-s.md"].body
    assert "也叫：四自信" in pages["glossary/letter-s.md"].body
    assert "样本未说明" in pages["glossary/letter-none.md"].body
    assert 'id="retake" data-handbook="term/retake"' in pages["glossary/letter-c.md"].body
