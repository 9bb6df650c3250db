"""One registered text on different days: states, switching by date, what is due for another look, and its pages."""

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from handbook.composition.currency import a_year_before, check_due, coming, due_for_check, shown_version, state_of
from handbook.use_cases.prepare import prepare
from handbook.use_cases.publish import Publication

BASE = Path(__file__).parents[1] / "golden" / "base"
BEFORE, AFTER = dt.date(2026, 7, 1), dt.date(2027, 4, 1)
COMING = """\
  - year: 2027
    label: 2027年修订版
    issuer: 茶友会（虚构）
    issued: 2026-06-01
    effective: 2027-04-01
    verification: transcript
    checked_on: 2026-06-05
    articles:
      - number: 3
        title: 开室
        facts:
          - id: notice-days
            subject: 公示
            text: 开茶室的名单公示不少于7天。
            comparator: 不少于
            number: 7
            unit: 天
            verb: 公示
            bound: min
      - number: 4
        to: 6
        title: 表决
        facts:
          - id: attendance-half
            subject: 茶会
            text: 到会人数超过应到会人数的半数，茶会才能进行。
            comparator: 超过
            number: 1/2
            unit: 比例
            base: 应到会人数
            bound: min
          - id: passing-half
            subject: 茶会
            text: 赞成人数超过应到会人数的半数，才算通过。
            comparator: 超过
            number: 1/2
            unit: 比例
            base: 应到会人数
            verb: 通过
            bound: min
    differences:
      - topic: 公示
        before: 不少于5天。
        after: 不少于7天。
        verification: transcript
"""
PAGE = """\
---
id: {0}
title: {0}页
summary: 测试用。
reviewed:
  date: 2026-01-05
---

<!-- handbook:{0} -->
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("currency")
    shutil.copytree(BASE / "docs", root / "docs")
    path = root / "docs/_data/regulations/tea-rules.yml"
    text = path.read_text(encoding="utf-8").replace("versions:\n", f"versions:\n{COMING}")
    text = text.replace("effective: 2024-04-01\n", "effective: 2024-04-01\n    ended: 2027-04-01\n")
    path.write_text(text, encoding="utf-8")
    # this statement holds before the new version only: the clause check says so after it
    step = root / "docs/_data/procedures/open-room.yml"
    step.write_text(step.read_text(encoding="utf-8").replace("不少于5天", "公示期满"), encoding="utf-8")
    (root / "docs/regulations").mkdir()
    for name in ("registry", "unverified", "coverage"):
        (root / f"docs/regulations/{name}.md").write_text(PAGE.format(name), encoding="utf-8")
    index = root / "docs/index.md"
    links = "".join(f"\n- [{name}](regulations/{name}.md)" for name in ("registry", "unverified", "coverage"))
    index.write_text(f"{index.read_text(encoding='utf-8')}\n{links}\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def publications(project):
    return {on: Publication(prepare(project / "docs", project, on)) for on in (BEFORE, AFTER)}


def body(publication, name):
    page = next((page for page in publication.pages if page.uri == f"regulations/{name}.md"), None)
    return (page or publication.expand(publication.site.library.pages[f"regulations/{name}.md"])).body


def states(publication):
    regulation = publication.site.library.regulations["tea-rules"]
    return [state_of(regulation, version, publication.site.on).text for version in regulation.versions]


def test_states_switch_with_the_day(publications):
    assert states(publications[BEFORE]) == ["将于2027-04-01施行", "现行", "已修订（2024-04-01起）"]
    assert states(publications[AFTER]) == ["现行", "已修订（2027-04-01起）", "已修订（2024-04-01起）"]


def test_the_day_before_a_version_begins_the_old_one_still_holds(publications):
    regulation = publications[BEFORE].site.library.regulations["tea-rules"]
    eve = dt.date(2027, 3, 31)
    assert shown_version(regulation, eve).year == 2024
    assert state_of(regulation, regulation.versions[0], eve).standing == "coming"
    assert shown_version(regulation, AFTER).year == 2027


def test_a_text_that_ended_without_successor_is_repealed_and_an_unverified_one_says_so(publications):
    regulation = publications[BEFORE].site.library.regulations["tea-rules"]
    last = regulation.versions[2]
    alone = regulation.model_copy(update={"versions": (last,)})
    assert state_of(alone, last, BEFORE).text == "已废止（2024-04-01起）"
    assert shown_version(alone, BEFORE) is last
    unsure = last.model_copy(update={"ended": None, "verification": "unverified"})
    assert state_of(alone, unsure, BEFORE).text == "是否现行待核"


def test_page_of_the_regulation_switches_and_names_what_comes(publications):
    before, after = (body(publications[on], "tea-rules") for on in (BEFORE, AFTER))
    assert '<a href="#v2027">2027年修订版</a>将于2027-04-01施行' in before
    assert 'id="article-3"' in before
    assert 'id="v2027-article-3"' in before
    assert 'id="v2027-notice-days"' in before
    assert before.index("不少于5天") < before.index("不少于7天")
    assert 'id="v2024-article-3"' in after
    assert after.index('id="article-3"') < after.index('id="v2024-article-3"')
    assert "## 与以前的不同 {#changes}" in after


def test_no_html_id_stands_twice_on_the_page(publications):
    for publication in publications.values():
        ids = re.findall(r'\sid="([^"]+)"', body(publication, "tea-rules"))
        assert len(ids) == len(set(ids))


def test_pages_warn_of_the_days_to_come(publications):
    page = next(page for page in publications[BEFORE].pages if page.uri == "regulations/tea-rules.md")
    dates = {item["date"]: item["text"] for item in page.dates}
    assert dates["2027-04-01"] == "茶室细则（2024）停止施行"
    assert any("施行" in item["text"] and "2027" in item["text"] for item in page.dates)


def test_a_year_after_the_last_check_a_text_is_due(publications):
    regulations = publications[BEFORE].site.library.regulations.values()
    version = next(iter(regulations)).versions[1]
    assert version.checked_on == dt.date(2026, 1, 5)
    assert due_for_check(regulations, dt.date(2027, 1, 5)) == ()
    (look,) = due_for_check(regulations, dt.date(2027, 1, 6))
    assert look.version.year == 2024
    assert check_due(version) == dt.date(2027, 1, 6)
    # what has ended needs no more looks
    assert [look.version.year for look in due_for_check(regulations, dt.date(2028, 1, 1))] == [2027]
    assert [look.version.year for look in coming(regulations, BEFORE)] == [2027]
    assert coming(regulations, AFTER) == ()


def test_the_year_before_a_leap_day():
    assert a_year_before(dt.date(2028, 2, 29)) == dt.date(2027, 2, 28)


def test_registry_pages_follow_the_day(publications):
    before, after = publications[BEFORE], publications[AFTER]
    assert "现行" in body(before, "registry")
    assert "2条，3个要点" in body(before, "registry")
    assert "每部文件都在一年以内核对过" in body(before, "unverified")
    assert "将于" not in body(after, "registry")
    assert '<h2 id="coming">' in body(before, "unverified")
    assert "regulations/tea-rules.html#v2027" in body(before, "unverified")
    assert '<h2 id="coming">' not in body(after, "unverified")
    # by then the last look was at the 2027 text in 2026-06, less than a year ago
    assert "每部文件都在一年以内核对过" in body(after, "unverified")


def test_coverage_counts_cited_articles(publications):
    text = body(publications[BEFORE], "coverage")
    assert "登记了1部文件、2条，其中2条有页面引用，0条还没有页面讲到" in text
    assert "登记的各条都有页面引用" in text


def test_uncited_regulations_stay_out_of_the_navigation(project, tmp_path):
    shutil.copytree(BASE / "docs", tmp_path / "docs")
    other = tmp_path / "docs/_data/regulations/tea-rules.yml"
    text = other.read_text(encoding="utf-8").replace("id: tea-rules\n", "id: lone-rules\n", 1)
    text = text.replace("title: 茶室使用细则（虚构）", "title: 没人引用的细则（虚构）").replace(
        "short: 茶室细则", "short: 无人细则"
    )
    text = text.replace("misnomers:\n  - 茶室条例\n", "")
    (other.parent / "lone-rules.yml").write_text(text, encoding="utf-8")
    publication = Publication(prepare(tmp_path / "docs", tmp_path, BEFORE))
    section = next(item["依据"] for item in publication.navigation() if "依据" in item)
    assert "regulations/tea-rules.md" in section
    assert "regulations/lone-rules.md" not in section
    assert any(page.uri == "regulations/lone-rules.md" for page in publication.pages)
