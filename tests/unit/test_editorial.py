"""The editorial rules: what must not be said against sound texts, hints, and the list of words itself."""

import datetime as dt
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from handbook.model.wording import Wordings
from handbook.rules.characters import any_in, look_alikes
from handbook.rules.dates import last_day
from handbook.rules.page_links import page_uris
from handbook.rules.punctuation import single_marks, slips
from handbook.rules.word_choice import WordChoice
from handbook.use_cases.check import check, check_today
from handbook.use_cases.prepare import prepare
from handbook.use_cases.publish import Publication

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "golden" / "base"
ON = dt.date(2026, 7, 1)
WORDING = Wordings.model_validate(
    yaml.load((ROOT / "docs/_data/wording.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
)
CHOICE = WordChoice.of(WORDING)


def wrong_in(text, at=("text",), names=frozenset()):
    return [text[offset : offset + 4] for offset, _, _ in CHOICE.wrong_words(text, at, names)]


@pytest.mark.parametrize(
    "text",
    [
        "GB/T 9704-2012 党政机关公文格式",
        "按GB/T 9704-2012写，2026-05-11起施行，编号m-001。",
        "3—5人，2024—2028年，T-14到T+7，10:30开会。",
        "他问：“可以吗？”“可以。”大家同意。",
        "1）先说；2）再做。",
        "真的吗？！",
        "4830－2415＝2415",
        "〇五年、四零服务、第二〇二号",
        "等等……就这样。",
    ],
)
def test_sound_punctuation_is_left_alone(text):
    assert list(slips(text)) == []
    assert list(single_marks(text)) == []


@pytest.mark.parametrize("text", ["四零服务、零投诉", "二〇二六年", "一百零五人", "A4纸、Word文件", "满意率5%"])
def test_sound_characters_are_left_alone(text):
    assert list(look_alikes(text)) == []


@pytest.mark.parametrize("text", ["沒有", "二零二六年", "2O26", "ａ", "甲・乙", "\u3000"])
def test_the_quick_look_sees_what_the_close_one_finds(text):
    assert any_in(text)
    assert list(look_alikes(text))


@pytest.mark.parametrize(
    "text",
    [
        "第一种形态和另一种形态",
        "中国共产党党员、中国共产党党支部",
        "把材料做为止，叫做为民服务",
        "目的的确定",
        "不写“一种形态”",
        "2021年党的十九届六中全会决议",
        "支部不开民主生活会",
        "25步流程图已停用",
    ],
)
def test_right_wordings_are_left_alone(text):
    assert wrong_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("运用一种形态谈话", ["一种形态"]),
        ("把它做为依据", ["做为依据"]),
        ("学习十九届四中全会精神", ["十九届四"]),
        ("记入台帐，其它不记", ["台帐，其", "其它不记"]),
        ("支部召开民主生活会", ["支部召开"]),
        ("照25步流程图办", ["25步流"]),
    ],
)
def test_wrong_wordings_are_found(text, found):
    assert wrong_in(text) == found


def test_places_that_tell_of_mistakes_or_of_the_past_may_name_them():
    assert wrong_in("运用一种形态", ("items", 0, "wrong")) == []
    assert wrong_in("写成台帐", ("mistakes", 0, "text")) == []
    assert wrong_in("党的十九届四中全会", ("notices", 0, "text")) == []
    assert wrong_in("三严三实专题教育", ("meaning",), frozenset({"三严三实专题教育"})) == []
    assert wrong_in("台帐", ("alias", 0)) == []


def test_the_list_is_long_enough_and_every_wrong_word_is_found_by_itself():
    assert len(WORDING.wording) >= 60
    for entry in WORDING.wording:
        for wrong in entry.wrong:
            assert len(list(CHOICE.wrong_words(wrong, ("text",), frozenset()))) == 1, wrong
        for word in entry.inside:
            assert wrong_in(word) == [], word
        assert wrong_in(entry.right) == [], entry.right


def test_a_library_without_the_list_says_nothing():
    empty = WordChoice.of(Wordings(wording=()))
    assert not empty.shows_up("台帐")
    assert list(empty.wrong_words("台帐", (), frozenset())) == []


@pytest.mark.parametrize(
    ("period", "day"),
    [("2026", "2026-12-31"), ("2026-H1", "2026-06-30"), ("2026-Q3", "2026-09-30"), ("2028-02", "2028-02-29")],
)
def test_last_day_of_a_period(period, day):
    assert last_day(period) == dt.date.fromisoformat(day)


@pytest.fixture
def project(tmp_path):
    shutil.copytree(BASE / "docs", tmp_path / "docs")
    return tmp_path


def put(project, old, new):
    path = project / "docs" / "_data" / "roles" / "chair.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_long_sentences_are_hints_longest_first_and_no_mistakes(project):
    put(project, "召集茶会的人。", f"{'会长召集，' * 19}好。{'茶' * 110}。")
    checked = check_today(project, ON)
    assert checked.diagnostics == ()
    assert [note.message for note in checked.notes] == ["这一句有 111 字", "这一句有 97 字"]
    assert checked.notes[0].place.column == 107
    assert check(project, ON) == ()


def test_at_most_five_hints(project):
    put(project, "召集茶会的人。", "".join(f"{'茶' * (95 + n)}。" for n in range(7)))
    assert len(check_today(project, ON).notes) == 5


def test_an_older_day_is_no_mistake_for_a_build_but_for_the_person_who_checks(project):
    before = dt.date(2025, 12, 1)
    ahead = [line for line in check_today(project, before).diagnostics if "还没有到" in line.message]
    assert ahead
    assert not [line for line in check(project, before) if "还没有到" in line.message]


def test_the_door_prints_hints_after_the_mistakes(project, monkeypatch, capsys):
    sys.path.insert(0, str(ROOT / "scripts"))
    import check as door

    put(project, "召集茶会的人。", f"{'茶' * 100}。")
    monkeypatch.setattr(door._bootstrap, "PROJECT", project)
    monkeypatch.setattr(door._bootstrap, "enter", lambda _lock: None)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782871200")  # 2026-07-01 10:00 in +08:00
    assert door.main([]) == 0
    assert capsys.readouterr().out.startswith("提示 docs/_data/roles/chair.yml:3:10: summary: 这一句有 101 字 → ")
    assert door.main(["--format", "json"]) == 0
    assert '"level": "note"' in capsys.readouterr().out


def test_links_are_checked_against_the_pages_that_are_really_made():
    publication = Publication(prepare(BASE / "docs", BASE, ON))
    made = {page.uri for page in publication.pages if not page.uri.startswith("glossary/letter-")}
    moved = {redirect.old.replace(".html", ".md") for redirect in publication.site.library.addresses.redirects}
    curated = set(publication.site.library.pages)
    assert made - curated - moved - {"ledgers/checkup.md"} == set(page_uris(publication.site.library)) - curated
