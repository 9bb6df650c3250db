"""The index of the handbook's own search: what the builder writes, and what the script answers from it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.model.glossary import SearchWords, Synonyms
from handbook.renderers.to_search import SearchPage, SearchSection, render_search

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "docs/assets/search.js"
DATA = ROOT / "docs/_data/search"

S = SearchSection
PAGES = (
    SearchPage(
        "procedures/member-admission.html", "发展党员", "程序", ("入党", "入党流程", "预备党员转正"), "",
        (
            S("", "", "从递交入党申请书到转正归档，支部和上级党委各做什么。"),
            S("public-notice", "公示", "支部在工作单位或者居住地公示，不少于5个工作日。"),
            S("pre-review", "党委预审、发入党志愿书", "预审合格的，由具有审批权限的基层党委发入党志愿书。"),
            S("probation", "预备期", "预备期一年，从支部党员大会通过之日算起。"),
            S("full-membership", "转正", "预备期满，本人提出书面申请，支部党员大会讨论表决。"),
        ),
    ),
    SearchPage("procedures/index.html", "程序", "程序", (), "", (S("", "", "一件事一页。"),)),
    SearchPage(
        "meetings/members-meeting.html", "支部党员大会", "会议规程", ("党员大会", "支部大会"), "",
        (
            S("", "", "支部议事决策的会，一般每季度开1次。"),
            S("quorum", "几个人到会才能开", "一般议题半数以上有表决权的党员到会才能表决；接收和转正须超过应到会半数。"),
            S("minutes", "记录", "写明应到、实到和表决结果。"),
        ),
    ),
    SearchPage("meetings/life-meeting.html", "组织生活会", "会议规程", ("批评与自我批评",), "", (
        S("when", "什么时候开", "每年至少1次，一般在第四季度。"),
    )),
    SearchPage("forms/sign-in.html", "应到实到签到表", "模板", ("签到表",), "", (S("", "栏目", "姓名、签到时间。"),)),
    SearchPage("ledgers/organization-life.html", "组织生活台账", "台账", (), "", ()),
    SearchPage("practices/points.html", "双重积分", "单位做法", ("积分制",), "单位做法", (S("", "减负", "先看减负规定。"),)),
    SearchPage(
        "regulations/member-admission.html", "中国共产党发展党员工作细则", "依据", ("发展党员细则",), "现行",
        (
            S("article-13", "第13条 拟列发展对象和公示", "培养考察一年以上，公示不少于5个工作日。"),
            S("article-19", "第19条 提交大会", "预审合格后一个月内提交支部党员大会。"),
        ),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def words() -> SearchWords:
    return SearchWords.model_validate(_read("words"))


@pytest.fixture(scope="module")
def synonyms() -> Synonyms:
    return Synonyms.model_validate(_read("synonyms"))


@pytest.fixture(scope="module")
def scripts(words: SearchWords, synonyms: Synonyms) -> tuple[bytes, bytes]:
    return render_search(PAGES, words, synonyms)


def _read(name: str) -> Any:
    return yaml.load((DATA / f"{name}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


def _parse(script: bytes) -> Any:
    found = re.fullmatch(r"window\.\w+=JSON\.parse\((.*)\);\n", script.decode())
    assert found
    return json.loads(json.loads(found[1]))


def test_the_same_pages_give_the_same_bytes(
    scripts: tuple[bytes, bytes], words: SearchWords, synonyms: Synonyms
) -> None:
    assert render_search(list(PAGES), words, synonyms) == scripts


def test_every_section_is_one_line(words: SearchWords, synonyms: Synonyms) -> None:
    sections = (S("a", "一\n二", "三\u2028四\r\n五"), S("b", "", ""))
    body = _parse(render_search([SearchPage("a.html", "甲\n乙", "程序", (), "", sections)], words, synonyms)[1])
    assert body["counts"] == [2]
    assert body["anchors"].split("\n") == ["a", "b"]
    assert body["heads"].split("\n") == ["一 二", ""]
    assert body["texts"].split("\n") == ["三 四 五", ""]


def test_data_cannot_leave_the_script(words: SearchWords, synonyms: Synonyms) -> None:
    page = SearchPage("a.html", '</script><!--"\\', "程序", ("\u2028",), "", (S("", "</SCRIPT>", "\u2029'\"\\n"),))
    for script in render_search([page], words, synonyms):
        text = script.decode()
        assert not [sign for sign in ("</", "<!--", "\u2028", "\u2029") if sign in text]
        assert text.count("\n") == 1
        _parse(script)


def test_core_holds_names_weights_and_section_indexes(scripts: tuple[bytes, bytes]) -> None:
    core = _parse(scripts[0])
    assert core["pages"][0][:2] == ["procedures/member-admission.html", "发展党员"]
    assert core["pages"][0][4:] == ["入党", "入党流程", "预备党员转正"]
    assert core["pages"][6][3] == "单位做法"
    assert core["prior"]["程序"] == 0.12
    assert dict(zip(core["kinds"], core["homes"], strict=True))["程序"] == "procedures/index.html"
    assert dict(zip(core["kinds"], core["homes"], strict=True))["模板"] == ""


def test_pinyin_table_and_readings_in_context(scripts: tuple[bytes, bytes]) -> None:
    core = _parse(scripts[0])
    assert "党" in core["syllables"]["dang"]
    assert "绿" in core["syllables"]["lv"]
    characters = "".join(core["syllables"].values())
    assert len(characters) == len(set(characters)) > 6700
    assert core["odd"]["双重积分"] == ["shuang", "chong", "ji", "fen"]


def test_traditional_pairs_only_for_characters_in_use(scripts: tuple[bytes, bytes]) -> None:
    pairs = _parse(scripts[0])["traditional"]
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert (table["黨"], table["會"]) == ("党", "会")
    assert "龍" not in table


def test_full_width_digits_and_letters_are_narrowed(words: SearchWords, synonyms: Synonyms) -> None:
    page = SearchPage("a.html", "５Ａ", "程序", (), "", (S("", "第１３条", "（一）"),))
    core, body = map(_parse, render_search([page], words, synonyms))
    assert core["pages"][0][1] == "5A"
    assert (body["heads"], body["texts"]) == ("第13条", "（一）")


def test_words_and_synonyms_are_clean(words: SearchWords, synonyms: Synonyms) -> None:
    members = [word for group in synonyms.groups for word in group]
    assert len(members) == len(set(members)), "一个词只能在一个同义词组里"
    assert all(len(group) > 1 for group in synonyms.groups)
    assert all(len(word) > 1 for word in members), "单个字会在别的词里被替换"
    assert set(words.asks) <= set(words.prior)


DRIVER = """
const fs = require('fs'), vm = require('vm');
const {scripts, queries} = JSON.parse(fs.readFileSync(0, 'utf8'));
const world = {}; world.window = world; vm.createContext(world);
for (const script of scripts) vm.runInContext(script, world);
const engine = new world.HandbookSearch(world.HANDBOOK_SEARCH_CORE);
engine.addBody(world.HANDBOOK_SEARCH_BODY);
console.log(JSON.stringify(queries.map((query) => {
  const found = engine.search(query);
  return {urls: found.hits.map((hit) => hit.url), corrected: found.corrected};
})));
"""

ADMISSION = "procedures/member-admission.html"
EXPECTED = {
    "预备期从哪天算": f"{ADMISSION}#probation",
    "几个人到会才能表决": "meetings/members-meeting.html#quorum",
    "公示几天": f"{ADMISSION}#public-notice",
    "志愿书谁发": f"{ADMISSION}#pre-review",
    "zzshh": "meetings/life-meeting.html",
    "zhuanzheng": f"{ADMISSION}#full-membership",
    "zhuǎn zhèng": f"{ADMISSION}#full-membership",
    "发展党员细则 第13条": "regulations/member-admission.html#article-13",
    "细则 十九条": "regulations/member-admission.html#article-19",
    "组织生活回": "meetings/life-meeting.html",
    "黨員大會": "meetings/members-meeting.html",
    "shuangchongjifen": "practices/points.html",
    "签到 表": "forms/sign-in.html",
    "组织生活 台账": "ledgers/organization-life.html",
    "支部大员党会": "meetings/members-meeting.html",
    "入黨流程": ADMISSION,
}


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_script_finds_what_people_type(scripts: tuple[bytes, bytes]) -> None:
    given = {"scripts": [ENGINE.read_text(encoding="utf-8"), *(s.decode() for s in scripts)], "queries": list(EXPECTED)}
    run = subprocess.run(
        ["node", "-e", DRIVER], input=json.dumps(given), capture_output=True, text=True, encoding="utf-8",
        timeout=60, check=True,
    )  # fmt: skip
    answers = json.loads(run.stdout)
    first = {query: (answer["urls"] or [""])[0] for query, answer in zip(EXPECTED, answers, strict=True)}
    assert first == EXPECTED
    corrected = {query: answer["corrected"] for query, answer in zip(EXPECTED, answers, strict=True)}
    assert corrected["zzshh"] == corrected["组织生活回"] == "组织生活会"
    assert corrected["公示几天"] == corrected["黨員大會"] == ""
