"""Which brackets cover which piece of a page, where a piece stands, and how numbers are folded."""

import pytest

from handbook.loading.pages import read_page
from handbook.rules.claims import read_claims
from handbook.rules.examples import examples_in
from handbook.rules.numerals import fold
from handbook.rules.prose import pieces_of, unpaired_in


def pieces(body):
    page = read_page(f"---\nid: x\n---\n{body}\n", "page.md")
    return [(piece.text, piece.brackets, piece.place.line, piece.place.column) for piece in pieces_of(page)]


def test_a_sentence_that_is_broken_into_two_lines_is_one():
    assert pieces("甲应当开会，\n每年1次〔甲规 第1条〕。") == [("甲应当开会，每年1次。", "〔甲规 第1条〕", 4, 1)]


def test_brackets_cover_what_stands_before_them_or_after_a_preposition():
    assert [piece[:2] for piece in pieces("甲〔A〕，乙〔B〕。")] == [("甲", "〔A〕"), ("，乙。", "〔B〕")]
    assert [piece[:2] for piece in pieces("根据〔A〕甲。")] == [("甲。", "〔A〕")]


def test_a_bracket_covers_its_list_item_and_a_cell_of_brackets_its_row():
    assert {piece[1] for piece in pieces("- 甲。乙〔A〕。")} == {"〔A〕"}
    rows = pieces("| 事 | 时限 | 依据 |\n|---|---|---|\n| 公示 | 5天 | 〔A〕 |")
    assert rows == [(" 公示 ", "〔A〕", 6, 3), (" 5天 ", "〔A〕", 6, 8)]


@pytest.mark.parametrize("body", ["甲〔〔A〕〕。", "甲〔A。", "甲A〕。"])
def test_brackets_that_do_not_pair_are_found(body):
    assert len(list(unpaired_in(read_page(f"---\nid: x\n---\n{body}\n", "page.md")))) == 1


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("百分之零点五", "0.5%"), ("五分之四", "4/5"), ("一年半", "18个月"), ("≥５天", "不少于5天"), ("两角", "0.2元"), ("三成以上", "30%以上"),
        ("每隔半年一回", "每6个月1次"), ("两三天", "几天"), ("过半", "超过半数"),
    ],
)  # fmt: skip
def test_one_way_of_writing_numbers(text, folded):
    assert fold(text) == folded


def test_alternatives_share_their_comparator():
    sides = [
        (str(quantity.low), quantity.unit, quantity.side) for quantity in read_claims("不少于3天或者24学时").stated
    ]
    assert sides == [("3", "天", "min"), ("24", "学时", "min")]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("委员到会的须有半数以上", "committee"), ("到会的委员超过半数", "committee"), ("半数以上委员到了", "committee"),
        ("有表决权的党员到会的须有半数以上", "members"), ("应到会党员实际到会的要有半数以上", "due"), ("赞成的要超过到会的半数", "present"),
        ("到会的须有半数以上", ""),
    ],
)  # fmt: skip
def test_who_came_is_counted_and_of_whom_is_the_base(text, base):
    (share,) = read_claims(text).stated
    assert share.base == base


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("例如某支部应到30人，来了16人；可以开会", "例如某支部应到30人，来了16人；可以开会"),
        ("应当超过半数，例如应到30人，来了16人；否则改期", "例如应到30人，来了16人"), ("支委会5人，到了3人（人数为虚构）", "支委会5人，到了3人（人数为虚构）"),
        ("例如转正，预备期满才能讨论", ""), ("有特殊情况的，比如出差，应当请假", ""),
    ],
)  # fmt: skip
def test_an_example_names_somebody_or_counts_heads(text, said):
    assert "".join(text[start:end] for start, end in examples_in(text)) == said
