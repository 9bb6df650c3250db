"""Suspicion: a changed fact marks exactly what rests on it, a named review clears exactly one, and nothing else clears anything."""

import datetime as dt
import itertools
import re
import shutil
from pathlib import Path

import pytest

from handbook.diagnostics import DataError
from handbook.loading.read_library import read_library
from handbook.model.regulation import Article, Fact
from handbook.model.review import anchor_of, clause_fingerprint, fact_text
from handbook.rules.clauses import ClauseIndex
from handbook.rules.suspicion import findings
from handbook.use_cases import review_file
from handbook.use_cases.prepare import prepare
from handbook.use_cases.publish import Publication
from handbook.use_cases.review import ReviewError, clear, confirm, start, survey, suspects, tidy

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "golden" / "base"
ON = dt.date(2026, 7, 1)
LATER = dt.date(2026, 7, 15)
REGULATION = "docs/_data/regulations/tea-rules.yml"
REVIEWS = "docs/_data/reviews.yml"
ARTICLE_3 = {
    "procedures/open-room#keys", "procedures/open-room#apply", "procedures/open-room#notice", "pages/index.md",
}  # fmt: skip
ARTICLES_4_6 = {
    "procedures/open-room#vote", "meetings/tea-meeting#convener", "meetings/tea-meeting#vote-general",
    "terms/present-count",
}  # fmt: skip
WHOLE = {"procedures/open-room", "meetings/tea-meeting", "duties/monthly-wash"}
SAMPLE = {
    "id": "notice-days", "subject": "公示", "text": "公示不少于5天。", "strength": "usual", "comparator": "不少于",
    "number": "5", "unit": "天", "base": "应到会人数", "verb": "公示", "bound": "min",
}  # fmt: skip


@pytest.fixture
def project(tmp_path):
    """The small library with a first entry for everything."""
    shutil.copytree(BASE / "docs", tmp_path / "docs")
    assert start(tmp_path, ON) == len(ARTICLE_3 | ARTICLES_4_6 | WHOLE)
    return tmp_path


def edit(project, path, old, new):
    file = project / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def change_article_3(project):
    edit(project, REGULATION, "text: 开茶室的名单公示不少于5天。", "text: 开茶室的名单在门口公示不少于5天。")


def change_articles_4_6(project):
    edit(
        project,
        REGULATION,
        "text: 赞成人数超过应到会人数的半数，才算通过。",
        "text: 赞成人数超过应到会人数的半数，才通过。",
    )


def prepared(project, on=LATER):
    return prepare(project / "docs", project, on)


def suspect_items(project, on=LATER):
    return {suspect.item for suspect in suspects(prepared(project, on))}


def bodies(project):
    publication = Publication(prepared(project))
    pages = [*publication.pages, *(publication.expand(page) for page in publication.site.library.pages.values())]
    return {page.uri: page.body for page in pages}


# --- the fingerprint


def mark(*facts, clause="tea-rules/2024/article-3"):
    return clause_fingerprint(clause, [fact_text(Fact.model_validate(fact)) for fact in facts])


@pytest.mark.parametrize(
    "change",
    [
        {"verification": "original"}, {"verification": "unverified"}, {"id": "other"}, {"subject": "名单"},
        {"bound": "max"}, {"unit_may": "tighten"},
    ],
    ids=str,
)  # fmt: skip
def test_a_fingerprint_is_blind_to_what_a_fact_does_not_say(change):
    assert mark({**SAMPLE, **change}) == mark(SAMPLE)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "公示不少于5日。"}, {"strength": "must"}, {"strength": "principle"}, {"comparator": "不超过"}, {"number": "7"},
        {"unit": "个工作日"}, {"base": "全体委员"}, {"verb": "备案"},
    ],
    ids=str,
)  # fmt: skip
def test_a_fingerprint_sees_everything_that_a_fact_says(change):
    assert mark({**SAMPLE, **change}) != mark(SAMPLE)


@pytest.mark.parametrize("left_out", ["comparator", "number", "unit", "base", "verb"])
def test_a_fingerprint_sees_what_is_left_out(left_out):
    assert mark({key: value for key, value in SAMPLE.items() if key != left_out}) != mark(SAMPLE)


def test_a_fingerprint_is_blind_to_order_but_not_to_a_fact_more_or_less():
    facts = [{**SAMPLE, "id": f"f-{n}", "text": f"第{n}件。"} for n in range(3)]
    assert {mark(*order) for order in itertools.permutations(facts)} == {mark(*facts)}
    assert len({mark(*facts), mark(*facts[:2]), mark(*facts, facts[0]), mark()}) == 4


def test_an_article_may_move_to_another_version_but_a_whole_regulation_may_not():
    assert mark(SAMPLE, clause="tea-rules/2030/article-3") == mark(SAMPLE)
    assert mark(SAMPLE, clause="tea-rules/2030") != mark(SAMPLE, clause="tea-rules/2024")


def test_a_mistyped_range_is_not_counted_out():
    article = Article.model_validate({"number": "3", "to": "999999999", "title": "开室", "facts": []})
    assert anchor_of(article) == "article-3"
    assert anchor_of(article.model_copy(update={"number": None})) == anchor_of(None) == ""
    assert anchor_of(article.model_copy(update={"number": None, "clause": "7.3.1"})) == "clause-7-3-1"


# --- suspicion


def test_after_the_start_nothing_waits(project):
    found = survey(project, ON)
    assert (found.waiting, found.lost, found.problems) == ((), (), 0)
    assert start(project, LATER) == 0


@pytest.mark.parametrize(
    ("change", "expected"), [(change_article_3, ARTICLE_3), (change_articles_4_6, ARTICLES_4_6)], ids=["3", "4-6"]
)
def test_one_changed_fact_marks_exactly_its_dependants(change, expected, project):
    change(project)
    assert suspect_items(project) == expected
    assert {item.item for item in survey(project, LATER).waiting} == expected


def test_a_fact_without_article_marks_those_who_cite_the_regulation_as_a_whole(project):
    loose = "    facts:\n      - id: smoke\n        subject: 茶室\n        text: 茶室不冒烟。\n    articles:\n      - number: 3\n"
    edit(project, REGULATION, "    articles:\n      - number: 3\n", loose)
    assert suspect_items(project) == WHOLE


def test_a_range_of_articles_that_were_told_apart_rests_on_each(project):
    split = "      - number: 4\n        title: 到会\n        facts:\n          - id: at-door\n            subject: 到会\n            text: 到会的人签到。\n      - number: 5\n"
    edit(project, REGULATION, "      - number: 4\n        to: 6\n", split)
    for path in ("procedures/open-room.yml", "meetings/tea-meeting.yml", "terms/basic.yml"):
        edit(project, f"docs/_data/{path}", "第4—6条", "第4—5条")
    library = read_library(project / "docs", project).library
    rests = {(f.rest.item, f.rest.ground.name) for f in findings(library, ClauseIndex(library.regulations, ON))}
    assert {("terms/present-count", f"tea-rules/2024/article-{n}") for n in (4, 5)} <= rests


def test_a_suspect_carries_old_and_new_fact_owner_clause_and_last_review(project):
    change_article_3(project)
    (found,) = [item for item in suspects(prepared(project)) if item.item == "procedures/open-room#notice"]
    assert [fact.text for fact in found.removed] == ["开茶室的名单公示不少于5天。"]
    assert [fact.text for fact in found.added] == ["开茶室的名单在门口公示不少于5天。"]
    assert found.added[0].sense == "应当；不少于；5；天；公示"
    assert (found.clause, found.label) == ("tea-rules/2024/article-3", "茶室细则（2024）第3条")
    assert (found.spot.address, found.spot.owner) == ("procedures/open-room.html#notice", "本手册编辑组")
    assert (found.review.date, found.review.by) == (ON, "编辑组（未经官方原文核对）")


def test_readers_see_the_box_beside_the_item_and_nowhere_else(project):
    assert not any("待复核" in body for body in bodies(project).values())
    change_article_3(project)
    shown = bodies(project)
    page = shown["procedures/open-room.md"]
    (step,) = re.findall(r'<section class="hb-step" id="notice".*?</section>', page, re.DOTALL)
    assert "<del>开茶室的名单公示不少于5天。</del>" in step
    assert "<ins>开茶室的名单在门口公示不少于5天。</ins>" in step
    assert "2026-07-15" in step
    assert "本手册编辑组" in step
    assert 'href="../regulations/tea-rules.html#article-3"' in step
    (vote,) = re.findall(r'<section class="hb-step" id="vote".*?</section>', page, re.DOTALL)
    assert "待复核" not in vote
    assert 'data-handbook="suspect/index"' in shown["index.md"]
    assert "hb-suspect" not in shown["meetings/tea-meeting.md"]
    assert 'open-room.html#notice">待复核</a>' in shown["checklists/open-room.md"]


def test_where_the_words_stay_the_same_readers_see_what_they_count_as(project):
    edit(project, REGULATION, "            verb: 通过\n", "            verb: 同意\n")
    page = bodies(project)["meetings/tea-meeting.md"]
    assert '<small class="hb-soft">应当；超过；1/2；比例；应到会人数；通过</small>' in page
    assert '<small class="hb-soft">应当；超过；1/2；比例；应到会人数；同意</small>' in page
    change_article_3(project)
    assert "应当；不少于" not in bodies(project)["procedures/open-room.md"]


def test_the_box_of_a_sentence_follows_its_paragraph(project):
    change_article_3(project)
    lines = bodies(project)["index.md"].split("\n")
    (at,) = [number for number, line in enumerate(lines) if "hb-suspect" in line]
    assert lines[at - 1] == ""
    assert "开茶室先公示" in lines[at - 2]


def test_other_places_show_their_box_too(project):
    change_articles_4_6(project)
    (project / "docs" / "glossary").mkdir()
    (project / "docs" / "glossary" / "index.md").write_text(
        "---\nid: index\ntitle: 术语\nsummary: 几个词。\nreviewed:\n  date: 2026-01-05\n---\n\n<!-- handbook:terms -->\n",
        encoding="utf-8",
    )
    shown = bodies(project)
    assert 'data-handbook="suspect/present-count"' in shown["glossary/letter-s.md"]
    assert "待复核" in shown["glossary/index.md"]
    assert 'data-handbook="suspect/tea-meeting/convener"' in shown["meetings/tea-meeting.md"]
    assert "hb-suspect" not in shown["index.md"]


def test_a_page_that_rests_on_a_regulation_as_a_whole_says_so_at_its_top(project):
    loose = "    facts:\n      - id: smoke\n        subject: 茶室\n        text: 茶室不冒烟。\n    articles:\n      - number: 3\n"
    edit(project, REGULATION, "    articles:\n      - number: 3\n", loose)
    page = bodies(project)["meetings/tea-meeting.md"]
    assert page.index('data-handbook="suspect/tea-meeting"') < page.index("## 谁召集")


def test_the_same_article_in_a_newer_version_needs_no_review_and_a_changed_one_shows_both(project):
    text = (project / REGULATION).read_text(encoding="utf-8")
    head, versions = text.split("versions:\n")
    current, older = versions.split("  - year: 2019\n")
    newer = current.replace("year: 2024", "year: 2026").replace("issued: 2024-03-01", "issued: 2026-05-01")
    newer = newer.replace("effective: 2024-04-01", "effective: 2026-07-10").replace("才算通过", "才通过")
    current = current.replace("    verification:", "    ended: 2026-07-10\n    verification:")
    result = f"{head}versions:\n{newer}{current}  - year: 2019\n{older}"
    (project / REGULATION).write_text(result, encoding="utf-8", newline="\n")
    assert suspect_items(project, dt.date(2026, 7, 9)) == set()
    found = suspects(prepared(project))
    assert {item.item for item in found} == ARTICLES_4_6 | WHOLE
    assert {item.was for item in found} == {"2024年版"}
    clear(project, LATER, "terms/present-count", "", "王某（虚构）")
    assert suspect_items(project) == (ARTICLES_4_6 | WHOLE) - {"terms/present-count"}


def test_building_and_checking_clear_nothing(project):
    change_article_3(project)
    before = (project / REVIEWS).read_bytes()
    for _ in range(2):
        list(Publication(prepared(project)).files())
        assert suspect_items(project) == ARTICLE_3
        survey(project, LATER)
        start(project, LATER)
    assert (project / REVIEWS).read_bytes() == before


def test_a_named_review_clears_exactly_one(project):
    change_article_3(project)
    labels = clear(project, LATER, "procedures/open-room#notice", "", "王某（虚构）")
    assert labels == ("茶室细则（2024）第3条",)
    assert suspect_items(project) == ARTICLE_3 - {"procedures/open-room#notice"}
    text = (project / REVIEWS).read_text(encoding="utf-8")
    assert "开茶室的名单公示不少于5天。" in text
    assert "开茶室的名单在门口公示不少于5天。" in text
    assert (
        "date: 2026-07-15\n        by: 王某（虚构）\n        items:\n          - procedures/open-room#notice\n" in text
    )


@pytest.mark.parametrize("clause", ["tea-rules/2024/article-3", "茶室细则 第3条", "茶室细则（2024）第三条"])
def test_a_clause_is_named_as_data_or_as_people_cite_it(clause, project):
    change_article_3(project)
    clear(project, LATER, "pages/index.md", clause, "王某（虚构）")
    assert suspect_items(project) == ARTICLE_3 - {"pages/index.md"}


@pytest.mark.parametrize(
    ("item", "clause", "by", "said"),
    [
        ("procedures/open-room#notice", "", " ", "复核人是空的 → 请用 --by 写明复核人的姓名"),
        ("procedures/open-room#notice", "", "编辑组", "“编辑组”不是复核人的姓名"),
        ("procedures/open-room#notice", "", "本手册编辑组", "“本手册编辑组”不是复核人的姓名"),
        ("procedures/open-room#notice", "", "王\n某", "复核人太长，或含有换行"),
        ("procedures/open-room#notice", "", "王" * 81, "复核人太长"),
        ("procedures/open-room#notic", "", "王某", "没有引用条款的 procedures/open-room#notic → 是否想写"),
        ("procedures/open-room#notice", "茶室细则 第4—6条", "王某", "它引用的是：tea-rules/2024/article-3"),
    ],
)
def test_a_review_that_cannot_be_entered_is_refused_and_changes_nothing(item, clause, by, said, project):
    before = (project / REVIEWS).read_bytes()
    with pytest.raises(ReviewError) as refusal:
        clear(project, LATER, item, clause, by)
    assert said in str(refusal.value)
    assert (project / REVIEWS).read_bytes() == before


def test_nothing_is_entered_while_the_data_have_mistakes_but_the_list_is_shown(project):
    change_article_3(project)
    edit(project, "docs/_data/roles/chair.yml", "id: chair\n", "id: chairs\n")
    before = (project / REVIEWS).read_bytes()
    for attempt in (
        lambda: clear(project, LATER, "pages/index.md", "", "王某"),
        lambda: start(project, LATER),
        lambda: tidy(project, LATER),
        lambda: confirm(project, LATER, "茶室细则", "3", "王某", "某处"),
    ):
        with pytest.raises(DataError):
            attempt()
    found = survey(project, LATER)
    assert found.problems == 1
    assert {item.item for item in found.waiting} == ARTICLE_3
    assert (project / REVIEWS).read_bytes() == before


def test_what_nobody_ever_reviewed_is_listed_with_its_place_and_not_shown(tmp_path):
    shutil.copytree(BASE / "docs", tmp_path / "docs")
    found = survey(tmp_path, ON)
    assert {item.item for item in found.waiting} == ARTICLE_3 | ARTICLES_4_6 | WHOLE
    assert all(item.suspect is None for item in found.waiting)
    (notice,) = [item for item in found.waiting if item.item == "procedures/open-room#notice"]
    line = (tmp_path / notice.place.path).read_text(encoding="utf-8").split("\n")[notice.place.line - 1]
    assert line[notice.place.column - 1 :] == "茶室细则 第3条"
    (page,) = [item for item in found.waiting if item.item == "pages/index.md"]
    assert page.place.path == "docs/index.md"
    assert suspects(prepared(tmp_path)) == ()
    clear(tmp_path, ON, "pages/index.md", "", "王某（虚构）")
    assert {item.item for item in survey(tmp_path, ON).waiting} == (ARTICLE_3 | ARTICLES_4_6 | WHOLE) - {
        "pages/index.md"
    }


# --- confirmations


def article_mark(project, anchor="article-3"):
    clauses = prepared(project).site.clauses
    names = {"article-3": "notice-days", "article-4": "passing-half"}
    return clauses.fact_names[f"tea-rules/{names[anchor]}"]


@pytest.mark.parametrize("what", ["3", "第3条", "第三条", "article-3"])
@pytest.mark.parametrize("regulation", ["tea-rules", "茶室细则", "茶室细则（2024）"])
def test_a_confirmed_article_counts_as_original_in_every_mark(regulation, what, project):
    assert article_mark(project).verification == "transcript"
    done = confirm(project, LATER, regulation, what, "王某（虚构）", "《茶讯》2024年第3期（虚构）")
    assert done.label == "茶室细则（2024）第3条"
    assert done.facts == ("开茶室的名单公示不少于5天。",)
    known = article_mark(project)
    assert known.verification == known.clause.verification == "original"
    assert article_mark(project, "article-4").verification == "transcript"
    assert "hb-mark--original" in bodies(project)["procedures/open-room.md"]
    assert suspect_items(project) == set()


def test_a_confirmed_fact_confirms_its_number_and_not_its_neighbours(project):
    confirm(project, LATER, "茶室细则", "passing-half", "王某（虚构）", "《茶讯》2024年第3期（虚构）")
    facts = prepared(project).site.clauses.fact_names
    assert facts["tea-rules/passing-half"].verification == "original"
    assert facts["tea-rules/attendance-half"].verification == "transcript"
    assert facts["tea-rules/passing-half"].clause.verification == "transcript"
    confirm(project, LATER, "茶室细则", "attendance-half", "王某（虚构）", "《茶讯》2024年第3期（虚构）")
    assert article_mark(project, "article-4").clause.verification == "original", "all of its facts are confirmed"


def test_a_changed_text_loses_the_confirmation_and_is_listed(project):
    confirm(project, LATER, "茶室细则", "3", "王某（虚构）", "《茶讯》2024年第3期（虚构）")
    change_article_3(project)
    assert article_mark(project).verification == "transcript"
    (lost,) = survey(project, LATER).lost
    assert (lost.article, lost.by) == ("article-3", "王某（虚构）")
    confirm(project, LATER, "茶室细则", "3", "李某（虚构）", "《茶讯》2024年第3期（虚构）")
    assert article_mark(project).verification == "original"
    assert survey(project, LATER).lost == ()
    assert "王某（虚构）" not in (project / REVIEWS).read_text(encoding="utf-8")


def test_a_fact_that_moves_to_another_number_loses_its_confirmation(project):
    confirm(project, LATER, "茶室细则", "passing-half", "王某（虚构）", "《茶讯》2024年第3期（虚构）")
    edit(project, REGULATION, "        to: 6\n", "        to: 7\n")
    for path in ("procedures/open-room.yml", "meetings/tea-meeting.yml", "terms/basic.yml"):
        edit(project, f"docs/_data/{path}", "第4—6条", "第4—7条")
    assert len(survey(project, LATER).lost) == 1


@pytest.mark.parametrize(
    ("regulation", "what", "by", "source", "said"),
    [
        ("茶室细则", "3", "", "某处", "确认人是空的"),
        ("茶室细则", "3", "编辑组", "某处", "“编辑组”不是确认人的姓名"),
        ("茶室细则", "3", "王某", " ", "出处是空的 → 请用 --source"),
        ("茶室细则", "9", "王某", "某处", "茶室细则（2024）没有登记 9 → 可以写：第3条、第4—6条"),
        ("茶室细则", "notice-day", "王某", "某处", "没有登记 notice-day → 是否想写 'notice-days'？"),
        ("茶室条例", "3", "王某", "某处", "“茶室条例”不是规范的名称 → 请写 茶室细则"),
        ("茶室细则（2018）", "3", "王某", "某处", "没有2018 年的版本"),
        ("〔", "3", "王某", "某处", "没有依据 〔"),
    ],
)
def test_a_confirmation_that_cannot_be_entered_is_refused_and_changes_nothing(
    regulation, what, by, source, said, project
):
    before = (project / REVIEWS).read_bytes()
    with pytest.raises(ReviewError) as refusal:
        confirm(project, LATER, regulation, what, by, source)
    assert said in str(refusal.value)
    assert (project / REVIEWS).read_bytes() == before


# --- the file


def test_tidy_drops_what_is_gone_and_names_it(project):
    confirm(project, LATER, "茶室细则", "notice-days", "王某（虚构）", "《茶讯》2024年第3期（虚构）")
    edit(project, REGULATION, "id: notice-days", "id: days-of-notice")
    edit(project, "docs/_data/procedures/open-room.yml", "tea-rules/notice-days", "tea-rules/days-of-notice")
    edit(project, "docs/_data/terms/basic.yml", "id: present-count", "id: present")
    with pytest.raises(DataError):
        prepared(project)
    assert tidy(project, LATER) == (
        "terms/present-count 对 tea-rules/2024/article-4 的复核",
        "王某（虚构）对 tea-rules/2024/notice-days 的确认",
    )
    assert suspect_items(project) == set()
    assert [item.item for item in survey(project, LATER).waiting] == ["terms/present"]


def test_tidy_drops_reviews_of_citations_that_are_gone(project):
    edit(project, "docs/_data/terms/basic.yml", "真正到会的人数〔茶室细则 第4—6条〕。", "真正到会的人数。")
    assert suspect_items(project) == set()
    assert tidy(project, LATER) == ("terms/present-count 对 tea-rules/2024/article-4 的复核",)
    assert tidy(project, LATER) == ()


def test_the_file_is_the_same_whatever_the_order_of_reviews(project):
    steps = [
        ("pages/index.md", "王某（虚构）"),
        ("terms/present-count", "李某（虚构）"),
        ("procedures/open-room#vote", "王某（虚构）"),
    ]
    texts = set()
    for order in itertools.permutations(steps):
        (project / REVIEWS).unlink()
        start(project, ON)
        for item, by in order:
            clear(project, LATER, item, "", by)
        texts.add((project / REVIEWS).read_bytes())
    assert len(texts) == 1


def test_odd_names_and_sources_read_back_as_they_were(project):
    names = ["王某: #1", "null", "- 甲", '"乙"', "'丙'", "true", "O’Neil 欧阳", "~", "[丁]", "一：二", "A" * 80]
    for name in names:
        clear(project, LATER, "pages/index.md", "", name)
        confirm(project, LATER, "茶室细则", "3", name, f"{name}，第1版")
        reviews = prepared(project).library.reviews
        assert name in {review.by for clause in reviews.clauses for review in clause.reviews}
        assert [(item.by, item.source) for item in reviews.confirmations] == [(name, f"{name}，第1版")]


def test_a_refused_write_leaves_the_old_file_and_nothing_beside_it(project, monkeypatch):
    change_article_3(project)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}

    def refuse(_number):
        raise OSError(28, "full")

    monkeypatch.setattr(review_file.os, "fsync", refuse)
    with pytest.raises(OSError, match="full"):
        clear(project, LATER, "pages/index.md", "", "王某（虚构）")
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


# --- the real library


def test_the_real_library_rests_on_clauses():
    library = read_library(ROOT / "docs", ROOT).library
    assert len(findings(library, ClauseIndex(library.regulations, ON))) > 1000


def test_the_real_reviews_are_written_as_the_script_writes_them():
    reviews = read_library(ROOT / "docs", ROOT).library.reviews
    assert review_file.render(reviews) == (ROOT / REVIEWS).read_text(encoding="utf-8")
    assert reviews.clauses
