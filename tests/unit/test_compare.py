"""The work list of an invented new version: who cites what changed, by kind of place."""

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.use_cases.compare import CompareError, compare

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "golden" / "base"
ON = dt.date(2026, 7, 1)
VERSION = """\
  - year: 2027
    label: 2027年草案
    issuer: 茶友会（虚构）
    issued: 2027-03-01
    effective: 2027-04-01
    verification: transcript
    checked_on: 2026-01-05
    articles:
      - number: 4
        title: 开室
        facts:
          - id: notice-days
            subject: 公示
            text: 开茶室的名单公示不少于5天。
      - number: 5
        to: 7
        title: 表决
        facts:
          - id: attendance-half
            subject: 茶会
            text: 到会人数达到应到会人数的三分之二，茶会才能进行。
          - id: passing-half
            subject: 茶会
            text: 赞成人数超过应到会人数的半数，才算通过。
      - number: 8
        title: 记账
        facts:
          - id: book
            subject: 茶叶
            text: 每买一次茶叶都记入本子，写明斤两和价钱。
"""


@pytest.fixture
def project(tmp_path):
    shutil.copytree(BASE / "docs", tmp_path / "docs")
    return tmp_path


@pytest.fixture
def draft(project):
    text = (project / "docs/_data/regulations/tea-rules.yml").read_text(encoding="utf-8")
    (project / "new.yml").write_text(text[: text.index("  - year:")] + VERSION, encoding="utf-8")
    return "new.yml"


def test_work_list_names_each_place_with_what_to_do(project, draft):
    found = compare(project, "tea-rules@2024", draft, ON, project)
    assert [change.kind for change in found.changes] == ["renumbered", "reworded", "new"]
    lines = "\n".join(found.lines())
    assert "旧：《茶室使用细则（虚构）》2024年修订版（2024）" in lines
    assert "条文：改写1，改条号1，新增1" in lines
    assert "  改条号　第3条 → 第4条" in lines
    assert "（procedures/open-room.html#" in lines
    assert "      - 第3条的内容没有变，条号改为第4条" in lines
    assert "      - 第4—6条已改写，条号改为第5—7条：对照新文核对说法" in lines
    assert "三、新增的条，看要不要写进页面\n  第8条　每买一次茶叶" in lines


def test_forms_stand_apart_from_pages(project, draft):
    path = project / "docs/_data/forms/tea-note.yml"
    path.write_text(path.read_text(encoding="utf-8") + "basis: [茶室细则 第3条]\n", encoding="utf-8")
    lines = list(compare(project, "tea-rules@2024", draft, ON, project).lines())
    form = lines.index("  模板")
    assert "forms/tea-note.html" in lines[form + 1]
    assert lines.index("  页面") < form


def test_a_version_against_itself_leaves_nothing_to_do(project):
    found = compare(project, "tea-rules@2024", "tea-rules@2024", ON, project)
    assert {change.kind for change in found.changes} == {"same"}
    assert found.work == {}
    assert "  改动的条没有页面引用。" in found.lines()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tea-ruls@2024", "登记库里没有编号为 tea-ruls 的依据 → .*是否想写 'tea-rules'"),
        ("tea-rules", "tea-rules 没有写明年份 → 请写成 tea-rules@年份，年份可以是 2024、2019"),
        ("tea-rules@1999", "tea-rules 没有 1999 年的版本 → "),
        ("missing.yml", r"读不了 missing.yml（FileNotFoundError）→ "),
        ("broken.yml", "broken.yml:1:1: .* → "),
        ("empty.yml", "empty.yml"),
        ("none.yml", "none.yml 没有任何版本 → "),
    ],
)
def test_what_cannot_be_had_is_said(project, name, said):
    (project / "broken.yml").write_text("id: x\n", encoding="utf-8")
    (project / "empty.yml").write_text("", encoding="utf-8")
    text = (project / "docs/_data/regulations/tea-rules.yml").read_text(encoding="utf-8")
    (project / "none.yml").write_text(text[: text.index("versions:")] + "versions: []\n", encoding="utf-8")
    with pytest.raises(CompareError, match=said):
        compare(project, name, "tea-rules@2024", ON, project)


def test_the_door_prints_the_list_and_refuses_in_chinese():
    door = [sys.executable, str(ROOT / "scripts" / "regulations.py")]
    good = subprocess.run(
        [*door, "diff", "member-admission@2014", "member-admission@2026"], capture_output=True, check=False
    )
    assert good.returncode == 0
    assert "一、条文对照" in good.stdout.decode()
    bad = subprocess.run([*door, "diff", "nothing@2014", "member-admission@2026"], capture_output=True, check=False)
    assert bad.returncode == 1
    assert "登记库里没有编号为 nothing 的依据" in bad.stderr.decode()
    assert subprocess.run([*door, "merge", "a", "b"], capture_output=True, check=False).returncode == 2
