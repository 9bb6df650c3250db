"""The invented example: what stands in docs/ is what the script gives, and it hangs together as a real year does.

The rows are read from the script's own texts with PyYAML, and counted here anew, not by the handbook's figures.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

from _example_data import differences, make, write
from _example_days import Deck, Dice, in_season, is_workday, year_later
from _example_units import Scale, branches, numeral
from handbook.loading.record_lines import read_lines

PROJECT = Path(__file__).resolve().parents[2]
DOOR = PROJECT / "scripts" / "make_example.py"
IN = ("组织关系转入", "恢复党籍")
OUT = ("组织关系转出", "取消预备党员资格", "停止党籍", "除名或开除", "去世")
MEMBERS = ("正式", "预备")
SOURCES = {
    "党费检查": {"党费检查"},
    "党建考核": {"年度考核", "半年考核"},
    "督查检查": {"集中督查", "专项督查", "不定期督查", "暗访", "作风检查"},
}


@cache
def example() -> dict[str, str]:
    return make(Scale())


@cache
def rows() -> dict[tuple[str, str, int], list[dict[str, str]]]:
    found = {}
    for name, text in example().items():
        if name.startswith("records/"):
            _, unit, ledger, year = name.removesuffix(".yml").split("/")
            found[unit, ledger, int(year)] = yaml.load(text, yaml.CBaseLoader)["records"]
    return found


def of(ledger: str, year: int, kinds: set[str], key: str = "kind") -> list[dict[str, str]]:
    return [row for (_, at, when), found in rows().items() if (at, when) == (ledger, year)
            for row in found if row[key] in kinds]  # fmt: skip


def branch_ids() -> list[str]:
    return sorted({unit for unit, _, _ in rows() if unit.startswith("example-branch-")})


def test_docs_hold_exactly_what_the_script_gives() -> None:
    assert differences(PROJECT / "docs" / "_data", example()) == []


def test_the_same_seed_gives_the_same_and_another_one_something_else() -> None:
    assert make(Scale()) == example()
    other = make(Scale(seed=7))
    assert set(other) >= {name for name in example() if name.startswith("units/")}
    assert sum(other.get(name) != text for name, text in example().items()) > 300


def test_there_are_the_units_members_and_years_that_were_asked_for() -> None:
    units = [yaml.load(text, yaml.CBaseLoader) for name, text in example().items() if name.startswith("units/")]
    assert Counter(unit["level"] for unit in units) == {"committee": 1, "general-branch": 2, "branch": 12}
    below = [unit for unit in units if unit["level"] == "branch"]
    assert {unit["has_committee"] for unit in below} == {unit["has_groups"] for unit in below} == {"true", "false"}
    assert all("虚构" in unit["title"] and "虚构" in unit["note"] and unit["invented"] == "true" for unit in units)
    opening = [row for row in of("membership", 2024, {"年初在册"}, "event") if row["status"] in MEMBERS]
    assert sorted(row["member"] for row in opening) == [f"m-{n:03}" for n in range(1, 301)]
    assert {year for _, _, year in rows()} == {2024, 2025}
    assert len({ledger for _, ledger, _ in rows()}) == 17
    assert 3800 <= sum(map(len, rows().values())) <= 4800


def test_every_file_is_read_by_the_quick_reader() -> None:
    for name, text in example().items():
        if name.startswith("records/"):
            assert read_lines(text) is not None, name


def test_ids_are_unique_and_rows_stand_in_the_order_of_their_days() -> None:
    idents = [row["id"] for found in rows().values() for row in found]
    assert len(idents) == len(set(idents))
    for key, found in rows().items():
        days = [row["date"] for row in found]
        assert days == sorted(days), key
        assert {day[:4] for day in days} <= {str(key[2])}, key


@pytest.mark.parametrize("year", [2024, 2025])
def test_members_at_the_end_are_those_at_the_beginning_with_what_came_and_went(year: int) -> None:
    for unit in branch_ids():
        found = rows()[unit, "membership", year]
        count = Counter(row["event"] for row in found)
        opening = {row["member"] for row in found if row["event"] == "年初在册" and row["status"] in MEMBERS}
        last = {row["member"]: row["status"] for row in found if "member" in row}
        closing = {member for member, status in last.items() if status in MEMBERS}
        gained = count["接收为预备党员"] + sum(count[event] for event in IN)
        assert len(opening) + gained - sum(count[event] for event in OUT) == len(closing), unit
        following = rows().get((unit, "membership", year + 1))
        if following:
            begin = {r["member"] for r in following if r["event"] == "年初在册" and r["status"] in MEMBERS}
            assert begin == closing, unit


def test_the_way_to_membership_takes_its_time_and_was_voted_on() -> None:
    days: dict[str, dict[str, dt.date]] = {}
    for (unit, ledger, year), found in rows().items():
        if ledger != "membership":
            continue
        held = {r["date"] for r in rows()[unit, "organization-life", year] if r["kind"] == "支部党员大会"}
        for row in found:
            if "passed" in row:
                assert row["passed"] in held, row["id"]
            if "member" in row:
                days.setdefault(row["member"], {})[row["event"]] = dt.date.fromisoformat(row["date"])
    pairs = {"cultivated": 0, "turned": 0}
    for events in days.values():
        if {"确定为入党积极分子", "列为发展对象"} <= set(events):
            pairs["cultivated"] += 1
            assert events["列为发展对象"] >= year_later(events["确定为入党积极分子"])
        if {"接收为预备党员", "转正"} <= set(events):
            pairs["turned"] += 1
            assert events["转正"] == year_later(events["接收为预备党员"])
    assert all(pairs.values())


@pytest.mark.parametrize("year", [2024, 2025])
def test_what_is_counted_twice_is_counted_alike(year: int) -> None:
    for unit in branch_ids():
        dues = rows()[unit, "dues", year]
        collected = sum(round(float(row["amount"]) * 100) for row in dues if row["kind"] in ("收缴", "补交"))
        assert collected == sum(round(float(row["amount"]) * 100) for row in dues if row["kind"] == "支部上缴"), unit
        named = sum(int(row.get("issues", 0)) for row in rows()[unit, "organization-life", year])
        listed = [row for row in rows()[unit, "rectification", year] if row["source"] == "组织生活会"]
        assert named == len(listed), unit
    for source, kinds in SOURCES.items():
        found = sum(int(row["problems"]) for row in of("supervision", year, kinds))
        assert found == len(of("rectification", year, {source}, "source"))


def test_meetings_are_held_on_working_days() -> None:
    for year in (2024, 2025):
        for ledger in ("organization-life", "committee-work"):
            for unit, at, when in rows():
                if (at, when) == (ledger, year):
                    days = (dt.date.fromisoformat(row["date"]) for row in rows()[unit, at, when])
                    assert all(map(is_workday, days)), unit


def test_dues_rise_from_year_to_year() -> None:
    whole = [sum(float(row["due-amount"]) for row in of("dues", year, {"收缴"})) for year in (2024, 2025)]
    assert whole[0] * 1.01 < whole[1] < whole[0] * 1.12


def test_most_reach_the_hours_and_some_do_not() -> None:
    for year in (2024, 2025):
        hours: Counter[str] = Counter()
        for row in of("training", year, {"学时登记", "参加上级培训"}):
            for member in row["members"].split("、"):
                hours[member] += int(row["hours"])
        reached = sum(whole >= 32 for whole in hours.values())
        assert 0.75 < reached / len(hours) < 0.97


def test_there_are_gaps_and_things_left_open() -> None:
    late = [row for row in of("rectification", 2025, {"进行中", "未开始"}, "state") if row["due-date"] < "2026-01-01"]
    assert late
    assert of("rectification", 2025, {"上年结转"}, "source")
    assert ("example-branch-7", "mass-groups", 2025) not in rows()
    assert ("example-branch-9", "publicity", 2024) not in rows()
    assert "2025-Q4" not in example()["records/example-branch-4/organization-life/2025.yml"]
    months = Counter(
        (unit, row["date"][:7])
        for (unit, ledger, _), found in rows().items()
        for row in found
        if ledger == "organization-life" and row["kind"] == "支委会"
    )
    assert 0 < 10 * 24 - len(months) < 24


def test_no_person_is_named_and_no_theme_is_out_of_its_time() -> None:
    text = "".join(example().values())
    assert not re.search(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)", text)
    for (_, _, year), found in rows().items():
        for row in found:
            said = row.get("topic", "")
            assert "政绩观" not in said
            assert "党纪学习教育" not in said or year == 2024
            assert "八项规定精神学习教育" not in said or year == 2025
            for part in said.split("；"):
                if row.get("kind") in ("支委会", "主题党日"):
                    assert in_season(part, int(row["date"][5:7])), row["id"]


def test_topics_are_varied() -> None:
    for kind, least in (("主题党日", 0.9), ("支委会", 0.6), ("党小组会", 0.45), ("党课", 0.4)):
        topics = [row["topic"] for year in (2024, 2025) for row in of("organization-life", year, {kind})]
        assert len(set(topics)) / len(topics) > least, kind


def test_a_small_branch_names_no_body_that_it_has_not() -> None:
    for branch in branches(Scale()):
        for year in (2024, 2025):
            found = rows()[branch.id, "organization-life", year]
            kinds = {row["kind"] for row in found}
            assert ("支委会" in kinds) is bool(branch.seats)
            assert ("党小组会" in kinds) is bool(branch.groups)
            if not branch.seats:
                assert not any("支委" in row["topic"] for row in found), branch.id


@pytest.mark.parametrize(
    "scale", [Scale(members=40, branches=3), Scale(members=500, branches=26, first=2023, last=2024)]
)
def test_other_sizes_balance_too(scale: Scale) -> None:
    files = make(scale)
    opening = 0
    for branch in branches(scale):
        found = yaml.load(files[f"records/{branch.id}/membership/{scale.first}.yml"], yaml.CBaseLoader)["records"]
        opening += sum(row["event"] == "年初在册" and row["status"] in MEMBERS for row in found)
    assert opening == sum(branch.members for branch in branches(scale))
    assert opening >= scale.members


def test_only_files_of_the_example_are_touched(tmp_path: Path) -> None:
    kept = tmp_path / "records" / "our-branch" / "dues" / "2025.yml"
    stale = tmp_path / "records" / "example-branch-99" / "dues" / "2025.yml"
    for path in (kept, stale):
        path.parent.mkdir(parents=True)
        path.write_text("records: []\n", encoding="utf-8")
    files = {"units/example-committee.yml": "id: example-committee\n"}
    assert differences(tmp_path, files) == ["records/example-branch-99/dues/2025.yml", "units/example-committee.yml"]
    assert write(tmp_path, files) == (1, 1)
    assert kept.is_file()
    assert not (tmp_path / "records" / "example-branch-99").exists()
    assert write(tmp_path, files) == (0, 0)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, DOOR, *words], capture_output=True, encoding="utf-8", timeout=60, check=False
    )


def test_the_door_writes_elsewhere_only_what_is_asked_for(tmp_path: Path) -> None:
    done = run("--out", str(tmp_path), "--members", "30", "--branches", "2", "--years", "2023-2023")
    assert done.returncode == 0, done.stderr
    assert "3 个单位" in done.stderr + done.stdout
    again = run("--out", str(tmp_path), "--members", "30", "--branches", "2", "--years", "2023-2023", "--check")
    assert again.returncode == 0
    shutil.rmtree(tmp_path / "units")
    assert (
        run("--out", str(tmp_path), "--members", "30", "--branches", "2", "--years", "2023", "--check").returncode == 1
    )


@pytest.mark.parametrize(
    "words",
    [
        ("--members", "400"),
        ("--seed", "3"),
        ("--years", "2025-2024", "--out", "x"),
        ("--members", "abc", "--out", "x"),
        ("--members", "8", "--branches", "9", "--out", "x"),
        ("--out", str(PROJECT / "docs" / "_data")),
    ],
)
def test_the_door_refuses_what_would_spoil_the_example(words: tuple[str, ...]) -> None:
    refused = run(*words)
    assert refused.returncode == 2
    assert re.search("[一-鿿]", refused.stderr + refused.stdout)


def test_cards_do_not_come_again_before_all_were_dealt() -> None:
    deck = Deck(Dice(1, "cards"), "abcdef")
    assert sorted(deck.deal() for _ in range(6)) == list("abcdef")
    assert deck.deal(lambda card: card == "c") == "c"
    with pytest.raises(LookupError):
        deck.deal(lambda card: card == "z")


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (10, "十"), (12, "十二"), (40, "四十"), (105, "一百零五"), (110, "一百一十")]
)
def test_numbers_in_words(number: int, said: str) -> None:
    assert numeral(number) == said
