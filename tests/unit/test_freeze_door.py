"""``scripts/freeze.py`` as a person meets it, and the page and file of a report that was issued."""

import datetime as dt

import pytest

from handbook.use_cases.prepare import prepare
from handbook.use_cases.publish import Publication

RECORDS = "docs/_data/records/tea-group/tea-ledger/2025.yml"
FROZEN = "docs/_data/frozen/tea-2025-2026-07-01.yml"


@pytest.fixture
def door(open_door):
    return open_door("freeze")


def later_entry(project):
    file = project / RECORDS
    text = file.read_text(encoding="utf-8")
    text += "  - id: tea-group-2025-003\n    date: 2025-06-05\n    kind: 茶会\n    due: 8\n    present: 8\n"
    file.write_text(text, encoding="utf-8", newline="\n")


def code_of(project):
    lines = (project / FROZEN).read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith("code: ")).removeprefix("code: ").strip("'")


def test_a_report_is_frozen_listed_and_stays_as_it_was(door):
    code, out, err = door("tea-2025")
    assert (code, out) == (0, "")
    seal = code_of(door.project)
    assert err.startswith(f"已定稿：{FROZEN}，校验码 {seal}。\n")
    assert door("list") == (
        0,
        f"2026-07-01  tea-2025-2026-07-01  校验码 {seal}  同今天的台账一致\n",
        "共 1 份定稿。\n",
    )
    later_entry(door.project)
    code, out, err = door("list")
    assert out.endswith("同今天的台账有2处出入\n")
    publication = Publication(prepare(door.project / "docs", door.project, dt.date(2026, 7, 2)))
    (page,) = [page for page in publication.pages if page.uri == "reports/tea-2025.md"]
    assert f"校验码{seal}" in page.body
    assert "今天的台账同定稿有2处出入" in page.body
    assert "共活动<a" in page.body
    assert ">2<sup>1</sup></a>次" in page.body, "the figure of that day, not today's 3"
    content = publication.press.shelf["reports/tea-2025.docx"].content.decode("utf-8", "ignore")
    assert seal in content
    assert "【待填：成文日期】" not in content


def test_the_same_day_twice_is_refused_and_another_day_is_not(door):
    assert door("tea-2025")[0] == 0
    before = (door.project / FROZEN).read_bytes()
    code, _, err = door("tea-2025")
    assert code == 1
    assert f"2026-07-01 已经定过稿：{FROZEN} → 同一天不再定第二次；要更正，换一天用 --date 另定\n" == err
    assert (door.project / FROZEN).read_bytes() == before
    assert door("tea-2025", "--date", "2026-08-01")[0] == 0
    assert "共 2 份定稿。" in door("list")[2]


def test_freezing_twice_gives_the_same_bytes(door):
    door("tea-2025")
    before = (door.project / FROZEN).read_bytes()
    (door.project / FROZEN).unlink()
    door("tea-2025")
    assert (door.project / FROZEN).read_bytes() == before


def test_a_report_with_gaps_is_frozen_only_on_request(door):
    report = door.project / "docs/_data/reports/tea-2025.yml"
    text = report.read_text(encoding="utf-8").replace("values:\n  theme: 慢慢喝茶\n", "")
    report.write_text(text, encoding="utf-8", newline="\n")
    code, _, err = door("tea-2025")
    assert (code, err) == (1, "还有1处待填：今年的主题 → 填好再定稿；确要带着待填留底，加 --gaps\n")
    assert not (door.project / FROZEN).exists()
    assert door("tea-2025", "--gaps")[0] == 0
    assert "gaps:\n- 今年的主题\n" in (door.project / FROZEN).read_text(encoding="utf-8")


def test_unknown_reports_and_broken_data_are_told(door):
    code, _, err = door("tea-2052")
    assert (code, err) == (1, "没有编号为 tea-2052 的报告 → 是否想写 'tea-2025'？\n")
    (door.project / "docs/_data/units/tea-club.yml").write_text("id: tea-club\n", encoding="utf-8")
    code, _, err = door("tea-2025")
    assert code == 1
    assert err.startswith("数据里有")
    assert "先运行 scripts/check.py，全部改好再定稿" in err
