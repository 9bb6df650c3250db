"""``scripts/review.py`` as a person meets it: its commands, its sentences, its exit codes, and what it leaves alone."""

import pytest

REGULATION = "docs/_data/regulations/tea-rules.yml"
REVIEWS = "docs/_data/reviews.yml"


@pytest.fixture
def door(open_door):
    return open_door("review")


def change(door):
    file = door.project / REGULATION
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("名单公示不少于5天。", "名单在门口公示不少于5天。"), encoding="utf-8", newline="\n")


def written(door):
    path = door.project / REVIEWS
    return path.read_text(encoding="utf-8") if path.exists() else None


def test_from_the_first_entry_to_a_named_review(door):
    code, out, err = door("list")
    assert code == 0
    assert "程序：开茶室（本手册编辑组）\n  未复核  procedures/open-room  tea-rules/2024\n" in out
    assert err == "待复核 0 处，从未复核 11 处，失效的确认 0 条。\n"
    assert door("start") == (0, "", "记下了 11 处的第一笔。\n")
    assert "date: 2026-07-01\n        by: 编辑组（未经官方原文核对）\n" in written(door)
    assert door("start") == (0, "", "没有从未复核的地方，什么也没有写。\n")
    assert door("list") == (0, "", "待复核 0 处，从未复核 0 处，失效的确认 0 条。\n")
    change(door)
    code, out, err = door("list")
    assert code == 0
    assert out.count("待复核  ") == 4
    assert (
        "  待复核  procedures/open-room#notice  tea-rules/2024/article-3\n"
        "    开茶室：公示名单，依据 茶室细则（2024）第3条，在 docs/_data/procedures/open-room.yml:49:13\n"
        "    上次复核：2026-07-01，编辑组（未经官方原文核对）\n"
        "    − 开茶室的名单公示不少于5天。（应当；不少于；5；天；公示）\n"
        "    ＋ 开茶室的名单在门口公示不少于5天。（应当；不少于；5；天；公示）\n"
    ) in out
    code, out, err = door("clear", "procedures/open-room#notice", "--by", " 王某（虚构） ", "--date", "2026-07-09")
    assert (code, out) == (0, "")
    assert err == "已登记：procedures/open-room#notice 依据 茶室细则（2024）第3条，王某（虚构）复核，2026-07-09。\n"
    assert "date: 2026-07-09\n        by: 王某（虚构）\n" in written(door)
    assert door("list")[1].count("待复核  ") == 3


def test_a_confirmation_and_its_loss(door):
    source = "《茶讯》2024年第3期（虚构）"
    code, out, err = door("confirm", "茶室细则", "3", "--by", "王某（虚构）", "--source", source)
    assert (code, out) == (0, "")
    assert err == (
        f"已登记：茶室细则（2024）第3条，王某（虚构）对照{source}确认，2026-07-01。确认的是：\n  开茶室的名单公示不少于5天。\n"
    )
    change(door)
    _, out, err = door("list")
    assert "失效的确认：tea-rules/2024/article-3（王某（虚构），2026-07-01）\n" in out
    assert err.endswith("失效的确认 1 条。\n")


def test_tidy_says_what_it_drops(door):
    door("start")
    assert door("tidy") == (0, "", "没有多余的记录，什么也没有写。\n")
    file = door.project / "docs/_data/terms/basic.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("〔茶室细则 第4—6条〕", ""), encoding="utf-8", newline="\n"
    )
    assert door("tidy") == (0, "删去：terms/present-count 对 tea-rules/2024/article-4 的复核\n", "删去了 1 条记录。\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "缺少参数：COMMAND。"),
        (("clean",), "COMMAND 没有 'clean'，可以写："),
        (("clear", "pages/index.md"), "缺少参数：--by。"),
        (("clear", "--by", "王某"), "缺少参数：ITEM。"),
        (("confirm", "茶室细则", "3", "--by", "王某"), "缺少参数：--source。"),
        (("confirm", "茶室细则", "--by", "王某", "--source", "某处"), "缺少参数：ARTICLE|FACT。"),
        (("start", "--date", "2026-7-1"), "日期应写成 YYYY-MM-DD"),
        (("list", "--all"), "不认识的参数：--all。"),
    ],
)
def test_a_wrong_command_is_explained_and_writes_nothing(door, arguments, words):
    code, out, err = door(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("用法：") == 1
    assert written(door) is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("clear", "pages/index.md", "--by", ""), "没有写入：复核人是空的 → 请用 --by 写明复核人的姓名"),
        (("clear", "pages/index.md", "--by", "编辑组"), "没有写入：“编辑组”不是复核人的姓名 → "),
        (("clear", "pages/nothing.md", "--by", "王某"), "没有写入：没有引用条款的 pages/nothing.md → "),
        (("confirm", "茶室细则", "7", "--by", "王某", "--source", "某处"), "没有写入：茶室细则（2024）没有登记 7 → "),
    ],
)
def test_what_cannot_be_entered_is_refused(door, arguments, words):
    code, out, err = door(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith(words)
    assert written(door) is None


def test_mistakes_in_the_data_are_listed_and_nothing_is_written(door):
    (door.project / "docs/_data/roles/chair.yml").write_text("id: chair\n", encoding="utf-8")
    code, out, err = door("start")
    assert code == 1
    assert "docs/_data/roles/chair.yml:1:1: " in out
    assert "没有写入：数据共有" in err
    assert written(door) is None
    code, out, err = door("list")
    assert code == 0
    assert "先用 scripts/check.py 看" in err


@pytest.mark.parametrize("command", ["list", "start", "tidy", "clear", "confirm"])
def test_the_help_of_each_command_is_chinese(door, command):
    code, out, _ = door(command, "--help")
    assert code == 0
    assert out.startswith(f"用法：review.py {command}") or f" {command} [-h]" in out.split("\n")[0]
    assert out.count("用法：") == 1
    assert "显示这段说明" in out
