"""What workbooks work out, held against LibreOffice's fresh results and against plain arithmetic written here once more."""

from __future__ import annotations

import calendar
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
from office_day import DAY, PROJECT
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from recalculation import POISON_NUMBER, poisoned, recalculated

from handbook.composition.formula_values import SheetError, serial
from handbook.loading.read_library import read_library
from handbook.model.sheet import AS_OF, Derived
from handbook.model.workbook import Workbook as Plan
from handbook.renderers.to_xlsx import render_workbook
from handbook.renderers.xlsx_rows import cell_value
from handbook.renderers.xlsx_values import TableValues

STAMP = dt.datetime.combine(DAY, dt.time(12))
CENT = Decimal("0.01")
YEAR_END = dt.date(2025, 12, 31)
"""The examples' last year is over, so that they are judged as it ended."""
EDGES = (
    ("按月领工资", "2999.99"), ("按月领工资", "3000"), ("按月领工资", "3000.01"), ("年薪制", "5000"), ("按月领工资", "5000.01"),
    ("不按月取得收入", "10000"), ("按月领工资", "10000.01"), ("离退休", "5000"), ("离退休", "5000.01"), ("农民", None),
    ("学生等定额", None), ("按月领工资", None), ("按月领工资", "2001"),
)  # fmt: skip
"""Thirteen people at the edges of the bands, one without a base, one whose due ends in half a cent."""
ELECTIONS: Mapping[str, tuple[dict[str, str], tuple[tuple[str, int, int, int], ...]]] = {
    "exact-quorum": ({"due": "30", "present": "24"}, (("候选人", 24, 0, 0), ("候选人", 12, 12, 0), ("候选人", 13, 11, 0))),
    "below-quorum": ({"due": "30", "present": "23", "voters": "23", "issued": "23", "returned": "23"}, (("候选人", 23, 0, 0),)),
    "too-many-papers": ({"returned": "25"}, (("候选人", 25, 0, 0),)),
    "fewer-papers": ({"returned": "22", "void": "2"}, (("候选人", 20, 0, 0), ("候选人", 13, 7, 0), ("另选人", 13, 0, 0))),
    "votes-do-not-add-up": ({}, (("候选人", 20, 3, 0), ("候选人", 21, 3, 0), ("另选人", 25, 0, 0))),
    "tie-inside": ({"seats": "3"}, (("候选人", 20, 4, 0), ("候选人", 20, 4, 0), ("候选人", 18, 6, 0), ("候选人", 17, 7, 0))),
    "tie-at-the-edge": ({"seats": "2"}, (("候选人", 20, 4, 0), ("候选人", 18, 6, 0), ("候选人", 18, 6, 0), ("候选人", 14, 10, 0))),
    "more-than-present": ({"due": "20", "present": "24"}, (("候选人", 24, 0, 0),)),
}  # fmt: skip
USUAL = {
    "scope": "委员",
    "seats": "2",
    "due": "30",
    "present": "24",
    "issued": "24",
    "voters": "24",
    "returned": "24",
    "void": "0",
}


@pytest.fixture(scope="module")
def plans() -> Mapping[str, Plan]:
    return read_library(PROJECT / "docs", PROJECT).library.workbooks


@pytest.fixture(scope="module")
def books(tables: Mapping[str, bytes], plans: Mapping[str, Plan]) -> Mapping[str, bytes]:
    """All published workbooks by name, elections of every kind, and a blank sheet typed in by hand."""
    found = {Path(address).stem: data for address, data in tables.items() if address.endswith(".xlsx")}
    found |= {name: _election(plans["election-count"], *case) for name, case in ELECTIONS.items()}
    return found | {"typed": _typed(found["dues-sheet"])}


@pytest.fixture(scope="module")
def fresh(books: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Workbook]:
    """What LibreOffice works out, the stored results being poison."""
    wrong = {name: data if name == "typed" else poisoned(data)[0] for name, data in books.items()}
    return recalculated(wrong, tmp_path_factory.mktemp("calc"))


def _election(plan: Plan, head: dict[str, str], people: tuple[tuple[str, int, int, int], ...]) -> bytes:
    rows = tuple(
        {"name": f"第{number}人", "kind": kind, "yes": str(yes), **({"no": str(no), "abstain": str(abstain)} if kind == "候选人" else {})}
        for number, (kind, yes, no, abstain) in enumerate(people, 1)
    )  # fmt: skip
    example = plan.example.model_copy(update={"head": USUAL | head, "rows": rows})
    return render_workbook(plan.model_copy(update={"example": example}), stamp=STAMP, example=True)


def _typed(blank: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet = book["核定与收缴"]
    line, row = columns(sheet, "成员代码")
    for number, (kind, base) in enumerate(EDGES, 1):
        values = {"成员代码": f"m-{number:03}", "类别": kind, "计算基数": float(base) if base else None, "1月": 15}
        for title, value in values.items():
            sheet.cell(row + number, line[title]).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def columns(sheet: Worksheet, first: str) -> tuple[Mapping[str, int], int]:
    """Give the number of each column by its title, and the row of the header."""
    for row in sheet.iter_rows(max_row=40):
        if any(cell.value == first for cell in row):
            return {cell.value: cell.column for cell in row if cell.value}, row[0].row
    raise AssertionError(f"no header with {first}")


def lines(sheet: Worksheet, first: str) -> Iterator[Mapping[str, object]]:
    """Give the rows of a table by title, as far as the column `first` is filled."""
    at, header = columns(sheet, first)
    for row in sheet.iter_rows(min_row=header + 1, values_only=True):
        found = {title: row[place - 1] for title, place in at.items()}
        if found[first] is None or "：" in str(found[first]):  # empty, or where somebody signs
            return
        yield found


def head(sheet: Worksheet) -> Mapping[str, object]:
    """Give the cells above the table by their labels."""
    found: dict[str, object] = {}
    for row in sheet.iter_rows(max_row=30, values_only=True):
        if row[0] and str(row[0]) not in found:
            found[str(row[0])] = next((value for value in row[1:] if value is not None), None)
    return found


def same(one: object, other: object) -> bool:
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) < 1e-9 * max(1, abs(one))
    return (one or None) == (other or None)


# -- all of them ------------------------------------------------------------------------------------------------------


def test_every_stored_result_is_what_libreoffice_works_out(
    books: Mapping[str, bytes], fresh: Mapping[str, Workbook]
) -> None:
    wrong, count = [], 0
    for name, data in books.items():
        if name == "typed":
            continue
        formulas = openpyxl.load_workbook(io.BytesIO(data))
        stored = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        for sheet in formulas:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type != "f":
                        continue
                    count += 1
                    kept, new = (
                        stored[sheet.title][cell.coordinate].value,
                        fresh[name][sheet.title][cell.coordinate].value,
                    )
                    if not same(kept, new):
                        wrong.append((name, cell.coordinate, cell.value, kept, new))
    assert wrong == []
    assert count > 5000


def test_the_poison_shows_where_nothing_is_worked_out_afresh(books: Mapping[str, bytes], tmp_path: Path) -> None:
    data, count = poisoned(books["appraisal-tally-example"])
    assert count > 20
    book = recalculated({"stale": data}, tmp_path, always=False)["stale"]
    assert POISON_NUMBER in {str(value) for row in book["测评汇总"].iter_rows(values_only=True) for value in row}


# -- plain arithmetic -------------------------------------------------------------------------------------------------


def due(kind: str, base: Decimal | None) -> Decimal | None:
    """What a member pays a month: the whole base by one rate."""
    if kind in ("农民", "学生等定额"):
        return Decimal("0.20")
    if base is None:
        return None
    bands = (
        ((5000, "0.5"), (None, "1")) if kind == "离退休" else ((3000, "0.5"), (5000, "1"), (10000, "1.5"), (None, "2"))
    )
    rate = next(Decimal(rate) for top, rate in bands if top is None or base <= top)
    return (base * rate / 100).quantize(CENT, ROUND_HALF_UP)


@pytest.mark.parametrize("name", ["dues-sheet-example", "typed"])
def test_dues_are_the_whole_base_by_one_rate(name: str, fresh: Mapping[str, Workbook]) -> None:
    sheet = fresh[name]["核定与收缴"]
    through = int(str(head(sheet)["截至月份"]))
    people = list(lines(sheet, "成员代码"))
    assert len(people) >= 13
    for person in people:
        base = None if person["计算基数"] is None else Decimal(str(person["计算基数"]))
        monthly = due(str(person["类别"]), base)
        assert same(person["核定月交额"], monthly and float(monthly)), person
        if person["批准的月交额"] is not None:
            monthly = Decimal(str(person["批准的月交额"]))
        if monthly is None:
            assert not person["欠交"]
            continue
        months = max(0, min(through, int(person["止月"] or 12)) - int(person["起月"] or 1) + 1)
        paid = sum(
            (Decimal(str(person[f"{month}月"])) for month in range(1, 13) if person[f"{month}月"] is not None),
            Decimal(0),
        )
        assert person["应交月数"] == months
        assert same(person["应交合计"], float(monthly * months)), person
        assert same(person["已交合计"], float(paid)), person
        assert same(person["欠交"], float(max(Decimal(0), monthly * months - paid))), person


def test_what_is_due_each_month_counts_a_member_of_two_rows_once(fresh: Mapping[str, Workbook]) -> None:
    for name, through in (("dues-sheet-example", 6), ("typed", 12)):
        sheet = fresh[name]["核定与收缴"]
        people = list(lines(sheet, "成员代码"))
        at, header = columns(sheet, "成员代码")
        for month in range(1, 13):
            wanted = sum(
                float(row["月应交"] or 0) for row in people if int(row["起月"] or 1) <= month <= int(row["止月"] or 12)
            )
            shown = sheet.cell(header - 2, at[f"{month}月"]).value
            assert same(shown, round(wanted, 2) if month <= through else None), (name, month)
            paid = sum(float(row[f"{month}月"] or 0) for row in people)
            assert same(sheet.cell(header - 1, at[f"{month}月"]).value, round(paid, 2))
        for title in ("应交合计", "已交合计", "欠交"):
            wanted = sum(float(row[title] or 0) for row in people)
            assert same(sheet.cell(header - 1, at[title]).value, round(wanted, 2)), title
        assert sheet.cell(header - 1, at["月应交"]).value is None, (
            "two rows of one member have no sum that fits a month"
        )


def test_the_thirteen_at_the_edges_pay_these_amounts(fresh: Mapping[str, Workbook]) -> None:
    found = [person["月应交"] or None for person in lines(fresh["typed"]["核定与收缴"], "成员代码")]
    assert found == [15, 15, 30, 50, 75, 150, 200, 25, 50, 0.2, 0.2, None, 10.01]


def test_votes_are_counted_as_the_rules_say(books: Mapping[str, bytes], fresh: Mapping[str, Workbook]) -> None:
    for name, (given, people) in ELECTIONS.items():
        sheet = fresh[name]["计票"]
        facts = {key: int(value) for key, value in (USUAL | given).items() if value.isdecimal()}
        quorum = facts["due"] >= facts["present"] and facts["present"] * 5 >= facts["due"] * 4
        valid = facts["returned"] <= facts["voters"] <= facts["present"]
        shown = head(sheet)
        assert (shown["到会条件"] == "达到") == quorum, name
        assert (shown["选票情况"] == "有效") == valid, name
        papers = facts["returned"] - facts["void"]
        assert shown["有效票数"] == papers
        assert shown["当选至少票数"] == facts["present"] // 2 + 1
        sound = all(
            yes + no + abstain == papers if kind == "候选人" else yes <= papers for kind, yes, no, abstain in people
        )
        for (_, yes, _, _), row in zip(people, lines(sheet, "被选举人"), strict=True):
            above = sum(other[1] > yes for other in people)
            level = sum(other[1] == yes for other in people)
            if not (quorum and valid):
                wanted = "先核对上面"
            elif not sound:
                wanted = "先核对票数"
            elif yes * 2 <= facts["present"]:
                wanted = "未超过半数"
            elif above + level <= facts["seats"]:
                wanted = "当选"
            else:
                wanted = "同票待定" if above < facts["seats"] else "名额已满"
            assert (row["结果"], row["名次"]) == (wanted, above + 1), (name, row)


def test_elections_end_as_they_must(fresh: Mapping[str, Workbook]) -> None:
    ends = {name: [row["结果"] for row in lines(fresh[name]["计票"], "被选举人")] for name in ELECTIONS}
    assert ends == {
        "exact-quorum": ["当选", "未超过半数", "当选"],
        "below-quorum": ["先核对上面"],
        "too-many-papers": ["先核对上面"],
        "fewer-papers": ["当选", "同票待定", "同票待定"],
        "votes-do-not-add-up": ["先核对票数", "先核对票数", "先核对票数"],
        "tie-inside": ["当选", "当选", "当选", "名额已满"],
        "tie-at-the-edge": ["当选", "同票待定", "同票待定", "名额已满"],
        "more-than-present": ["先核对上面"],
    }


def test_deadlines_are_measured_against_the_cell(fresh: Mapping[str, Workbook]) -> None:
    late = 0
    for name, done, key, belongs in (
        ("rectification-example", "已销号", "状态", "登记日期"),
        ("responsibilities-example", "已完成", "进度", "完成时限"),
    ):
        sheet = fresh[name]["台账"]
        assert sheet["B2"].value.date() == YEAR_END
        for row in lines(sheet, "编号"):
            deadline = row["完成时限"]
            if deadline is None or row[key] == done or row[belongs].year < YEAR_END.year:
                assert not row["逾期天数"]
                assert not row["剩余天数"]
                continue
            days = (YEAR_END - deadline.date()).days
            assert (row["逾期天数"], row["剩余天数"]) == (max(0, days), max(0, -days)), row
            late += days > 0
    assert late > 10


def test_what_was_carried_over_is_not_overdue_any_more(fresh: Mapping[str, Workbook]) -> None:
    rows = list(lines(fresh["rectification-example"]["台账"], "编号"))
    again = {(row["单位"], row["问题"], row["登记日期"].year - 1) for row in rows if row["来源"] == "上年结转"}
    seen = {"已结转": 0, "逾期": 0}
    for row in rows:
        left = (row["完成时限"].date() - YEAR_END).days
        if row["状态"] == "已销号":
            wanted = "已销号"
        elif row["登记日期"].year < YEAR_END.year:
            wanted = "已结转" if (row["单位"], row["问题"], row["登记日期"].year) in again else "待结转"
        else:
            wanted = "逾期" if left < 0 else "临期" if left <= 30 else "在办"
        assert row["办理情况"] == wanted, row
        seen[wanted] = seen.get(wanted, 0) + 1
    assert min(seen["已结转"], seen["逾期"]) > 5


def test_terms_are_counted_for_the_latest_line_of_each_organisation(fresh: Mapping[str, Workbook]) -> None:
    rows = list(lines(fresh["organisation-example"]["台账"], "编号"))
    latest: dict[tuple[object, object], dt.datetime] = {}
    for row in rows:
        if row["事项"] in ("现状核对", "换届", "撤销"):
            key = (row["单位"], row["组织类型"])
            latest[key] = max(latest.get(key, row["日期"]), row["日期"])
    shown = 0
    for row in rows:
        if row["任期届满日"] is None or row["事项"] in ("届满提醒", "撤销"):
            assert not row["距届满天数"]
        elif row["日期"] < latest[row["单位"], row["组织类型"]]:
            assert row["距届满天数"] in (None, ""), row
        else:
            assert row["距届满天数"] == (row["任期届满日"].date() - YEAR_END).days
            shown += 1
    assert shown == len(latest)


@pytest.mark.parametrize("name", ["rectification", "responsibilities", "organisation", "membership"])
def test_without_a_day_nothing_is_judged_and_nothing_is_shaded(name: str) -> None:
    library = read_library(PROJECT / "docs", PROJECT).library
    ledger = library.ledgers[name]
    rows = [
        {ident: cell_value(value) for ident, value in record.values.items()}
        for record in library.records
        if record.ledger == name and record.unit == "example-branch-1"
    ]
    shades = [
        Derived(id=f"shade-{place}", title="底色", formula=mark.when, shows="text", note="底色。")
        for place, mark in enumerate(ledger.marks)
    ]
    order = [slot.id for slot in (*ledger.columns, *ledger.derived, *shades)]
    names = {item.id: item.value for item in ledger.standards}
    judging = {column.id for column in ledger.derived if column.id in ("left", "overdue")}
    assert judging
    for day, alike in ((None, True), (serial(dt.date(2025, 6, 30)), False)):
        table = TableValues(order, (*ledger.derived, *shades), rows, 1, {**names, AS_OF: day}, {})
        found = [[row.shown(ident) for ident in order] for row in (*table.rows, table.blank)]
        assert not [value for row in found for value in row if isinstance(value, SheetError)]
        quiet = all(row.shown(shade.id) is False for row in table.rows for shade in shades) and all(
            row.shown(ident) == "" for row in table.rows for ident in judging
        )
        assert quiet == alike


def test_units_with_the_same_words_are_counted_apart(books: Mapping[str, bytes]) -> None:
    for name, counted in (("rectification-example", "COUNTIFS($B$4:$B$"), ("rectification", "COUNTIFS($D$4:$D$")):
        sheet = openpyxl.load_workbook(io.BytesIO(books[name]))["台账"]
        at, header = columns(sheet, "问题")
        assert counted in sheet.cell(header + 1, at["办理情况"]).value


def test_probation_ends_on_the_same_day_a_year_later(fresh: Mapping[str, Workbook]) -> None:
    seen = 0
    for row in lines(fresh["membership-example"]["台账"], "编号"):
        start = {"接收为预备党员": row["大会通过日期"], "确定为入党积极分子": row["日期"]}.get(str(row["事项"]))
        if start is None:
            assert not row["推算届期"]
            continue
        last = calendar.monthrange(start.year + 1, start.month)[1]
        end = dt.date(start.year + 1, start.month, min(start.day, last))
        assert row["推算届期"].date() == end
        assert row["距届期天数"] in ((end - YEAR_END).days, None, "")
        seen += 1
    assert seen > 3


@pytest.mark.parametrize(
    ("name", "rate", "part", "whole"),
    [
        ("organization-life-example", "到会率", "实到", "应到"),
        ("training-example", "到课率", "实到或受众", "应到"),
        ("volunteering-example", "满意率", "满意", "回访"),
    ],
)
def test_rates_are_parts_of_their_whole(
    name: str, rate: str, part: str, whole: str, fresh: Mapping[str, Workbook]
) -> None:
    seen = 0
    for row in lines(fresh[name]["台账"], "编号"):
        if row[part] is None or not row[whole]:
            assert not row[rate]
        else:
            assert same(row[rate], row[part] / row[whole])
            seen += 1
    assert seen


def test_sums_above_the_header_are_those_of_the_columns(fresh: Mapping[str, Workbook]) -> None:
    sheet = fresh["training-example"]["台账"]
    at, header = columns(sheet, "编号")
    rows = list(lines(sheet, "编号"))
    for title in ("应到", "实到或受众", "人数", "学时合计", "天数"):
        wanted = sum(Decimal(str(row[title])) for row in rows if isinstance(row[title], (int, float)))
        assert same(sheet.cell(header - 1, at[title]).value, float(wanted)), title
    hours = [row for row in rows if row["学时"] is not None and row["成员代码"]]
    assert hours
    for row in hours:
        assert same(row["学时合计"], row["学时"] * len(str(row["成员代码"]).split("、")))
