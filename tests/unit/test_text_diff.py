"""Two invented versions, article against article."""

from handbook.composition.text_diff import Part, align, fold

OPEN = "茶室每天上午九点开门，由当天的值班员负责，开门前先检查水电。"
WASH = "用过的茶具由使用人当天清洗，清洗以后放回原来的柜子，不得留到第二天。"
VOTE = "添置茶具由全体茶友表决，赞成人数超过应到会人数的半数为通过，表决结果当场宣布并且记入本子。"
LEND = "茶具借出须登记借用人和归还日期，借期不超过七天，逾期未还的由值班员提醒，提醒两次仍不归还的停借一个月。"


def kinds(old, new):
    changes = align(
        [Part(label, text) for label, text in old.items()], [Part(label, text) for label, text in new.items()]
    )
    return [(c.kind, [p.label for p in c.old], [p.label for p in c.new]) for c in changes]


def test_the_same_text_is_the_same_whatever_copying_did_to_it():
    copied = "茶室每天上午九点开门,由当天的値班员负责、开门前先检查水电".replace("値", "值")
    assert kinds({"1": OPEN}, {"1": copied}) == [("same", ["1"], ["1"])]


def test_width_radicals_and_variants_are_folded():
    assert fold("ＡＢ１２ 人⺠，⻔內（戶）") == fold("ab12人民门内户")
    assert fold("不少于5天") != fold("不少于7天")
    assert fold("1/2") != fold("12")
    assert fold("5%") != fold("5")


def test_a_renumbered_article_keeps_its_text():
    assert kinds({"1": OPEN, "2": WASH}, {"1": VOTE, "2": OPEN, "3": WASH}) == [
        ("new", [], ["1"]),
        ("renumbered", ["1"], ["2"]),
        ("renumbered", ["2"], ["3"]),
    ]


def test_a_changed_number_is_a_reworded_article():
    ((change),) = align([Part("4", LEND)], [Part("5", LEND.replace("七天", "十天"))])
    assert change.kind == "reworded"
    assert change.moved
    assert change.likeness < 1


def test_an_article_split_into_two_is_one_change():
    first, second = LEND[: LEND.index("逾期")], LEND[LEND.index("逾期") :]
    assert kinds({"3": WASH, "4": LEND}, {"3": WASH, "4": first, "5": second}) == [
        ("same", ["3"], ["3"]),
        ("split", ["4"], ["4", "5"]),
    ]


def test_two_articles_merged_into_one_are_one_change():
    assert kinds({"1": WASH, "2": LEND}, {"1": WASH + LEND}) == [("merged", ["1", "2"], ["1"])]


def test_what_is_gone_stands_where_it_stood():
    assert kinds({"1": OPEN, "2": VOTE, "3": WASH}, {"1": OPEN, "2": WASH}) == [
        ("same", ["1"], ["1"]),
        ("removed", ["2"], []),
        ("renumbered", ["3"], ["2"]),
    ]


def test_unrelated_articles_under_one_number_are_not_paired():
    assert kinds({"1": OPEN}, {"1": VOTE}) == [("removed", ["1"], []), ("new", [], ["1"])]


def test_of_two_equal_texts_the_one_with_the_same_number_is_taken():
    assert kinds({"1": OPEN, "2": OPEN}, {"2": OPEN}) == [("removed", ["1"], []), ("same", ["2"], ["2"])]


def test_empty_versions_are_answered():
    assert kinds({}, {}) == []
    assert kinds({"1": ""}, {"1": ""}) == [("same", ["1"], ["1"])]
