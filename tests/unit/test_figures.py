"""Figures come from records and from nothing else: missing is missing, zero is declared, and every one knows its rows."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from handbook.composition.figures import Figures, FigureValue
from handbook.composition.periods import bounds, covers, months, words
from handbook.composition.reconcile import balance_problem, parts_problem
from handbook.model.ledger import Ledger, Record, RecordFile, Unit
from handbook.model.library import Library
from handbook.model.report import Metric

REVIEWED = {"date": "2026-11-20"}


def column(ident: str, kind: str, title: str, **rest: object) -> dict:
    return {"id": ident, "title": title, "type": kind, "note": "为试验而造。", **rest}


LEDGER = Ledger.model_validate(
    {
        "id": "meetings",
        "title": "会议台账",
        "summary": "为试验而造。",
        "group": "life",
        "reviewed": REVIEWED,
        "kind_column": "kind",
        "date_column": "date",
        "keeper": "clerk",
        "rhythm": "会后登记。",
        "columns": [
            column("date", "date", "日期"),
            column("kind", "choice", "类别", options=["大会", "党课"]),
            column("due", "count", "应到"),
            column("present", "count", "实到"),
            column("dues", "amount", "金额"),
            column("member", "member", "成员"),
            column("absent", "members", "缺席"),
            column("status", "choice", "身份", options=["正式", "预备", "已转出"]),
        ],
    }
)


def unit(ident: str, level: str = "branch", parent: str | None = "committee") -> Unit:
    return Unit.model_validate(
        {
            "id": ident,
            "title": f"试验{ident}（虚构）",
            "short": ident,
            "level": level,
            "invented": "true",
            "note": "虚构。",
            **({"parent": parent} if parent else {}),
        }
    )


def metric(ident: str, measure: str, **rest: object) -> Metric:
    common = {"unit": "次", "definition": "为试验而造。", "look_up": "查会议台账", "title": f"指标{ident}"}
    ledger = {} if measure == "rate" else {"ledger": "meetings"}
    return Metric.model_validate({"id": ident, "measure": measure, **common, **ledger, **rest})


def of_kind(*kinds: str) -> list[dict]:
    return [{"column": "kind", "within": list(kinds)}]


METRICS = (
    metric("all", "count", parts=["assemblies", "lectures"]),
    metric("assemblies", "count", where=of_kind("大会")),
    metric("lectures", "count", where=of_kind("党课")),
    metric("due", "sum", column="due", where=of_kind("大会")),
    metric("present", "sum", column="present", where=of_kind("大会")),
    metric("money", "sum", column="dues"),
    metric("people", "distinct", column="member"),
    metric("absentees", "distinct", column="absent"),
    metric("full", "latest", column="member", where=[{"column": "status", "within": ["正式"]}]),
    metric("rate", "rate", numerator="present", denominator="due"),
)


def record(ident: str, day: str, owner: str = "one", **values: object) -> Record:
    date = dt.date.fromisoformat(day)
    number = int("".join(filter(str.isdecimal, ident)) or 0)
    return Record(ident, owner, "meetings", date, {"date": date, **values}, f"{owner}.yml", number)


def library(
    *records: Record, complete: dict[str, tuple[str, ...]] | None = None, years: tuple[str, ...] = ("2025",)
) -> Library:
    """Two branches under a committee; `complete` says what each declared, and a branch left out of it keeps no ledger."""
    declared = {"one": ("2025",), "two": ("2025",)} if complete is None else complete
    files = {
        (owner, "meetings", year): RecordFile.model_validate({"complete": list(periods), "records": []})
        for owner, periods in declared.items()
        for year in years
    }
    units = (unit("committee", "committee", None), unit("one"), unit("two"))
    return Library(
        ledgers={"meetings": LEDGER},
        units={item.id: item for item in units},
        metrics={item.id: item for item in METRICS},
        records=records,
        record_files=files,
    )


RECORDS = (
    record("r-1", "2025-01-01", kind="大会", due=20, present=18, dues=Decimal("10.50"), absent=("m-001", "m-002")),
    record("r-2", "2025-06-30", kind="大会", due=20, present=15, dues=Decimal("0.50"), absent=("m-002",)),
    record("r-3", "2025-07-01", kind="党课", due=20, present=20),
    record("r-4", "2025-12-31", "two", kind="大会", due=8, present=8, member="m-001", status="预备"),
    record("r-5", "2025-03-31", "two", kind="党课", member="m-002", status="正式"),
    record("r-6", "2024-12-31", "two", kind="大会", due=99, present=99, member="m-003", status="正式"),
    record("r-7", "2026-01-01", "two", kind="大会", due=99, present=99, member="m-002", status="已转出"),
)


def figure(ident: str, owner: str = "committee", period: str = "2025", shelf: Library | None = None) -> FigureValue:
    return Figures(shelf or library(*RECORDS)).figure(ident, owner, period)


def ids(found: FigureValue) -> list[str]:
    return sorted(row.id for row in found.rows)


@pytest.mark.parametrize(
    ("ident", "owner", "period", "text", "rows"),
    [
        ("all", "committee", "2025", "5", ["r-1", "r-2", "r-3", "r-4", "r-5"]),
        ("all", "one", "2025", "3", ["r-1", "r-2", "r-3"]),
        ("all", "two", "2025", "2", ["r-4", "r-5"]),
        ("assemblies", "committee", "2025", "3", ["r-1", "r-2", "r-4"]),
        ("assemblies", "committee", "2025-H1", "2", ["r-1", "r-2"]),
        ("assemblies", "committee", "2025-H2", "1", ["r-4"]),
        ("all", "committee", "2025-Q1", "2", ["r-1", "r-5"]),
        ("all", "committee", "2025-Q2", "1", ["r-2"]),
        ("all", "committee", "2025-Q3", "1", ["r-3"]),
        ("all", "committee", "2025-Q4", "1", ["r-4"]),
        ("all", "committee", "2025-01", "1", ["r-1"]),
        ("all", "committee", "2025-06", "1", ["r-2"]),
        ("all", "committee", "2025-12", "1", ["r-4"]),
        ("due", "committee", "2025", "48", ["r-1", "r-2", "r-4"]),
        ("money", "one", "2025", "11", ["r-1", "r-2", "r-3"]),
        ("people", "committee", "2025", "2", ["r-1", "r-2", "r-3", "r-4", "r-5"]),
        ("absentees", "one", "2025", "2", ["r-1", "r-2", "r-3"]),
        ("full", "two", "2025", "2", ["r-5", "r-6"]),
        ("rate", "committee", "2025", "85.4", ["r-1", "r-2", "r-4"]),
    ],
)
def test_a_figure_counts_the_records_of_its_period(
    ident: str, owner: str, period: str, text: str, rows: list[str]
) -> None:
    found = figure(ident, owner, period)
    assert (found.text, ids(found), found.missing) == (text, rows, "")


def test_the_last_record_up_to_the_end_decides_who_belongs() -> None:
    moved = (
        record("r-1", "2024-05-01", member="m-001", status="正式"),
        record("r-2", "2025-08-01", member="m-001", status="已转出"),
        record("r-3", "2025-02-01", member="m-002", status="预备"),
        record("r-4", "2025-09-01", member="m-002", status="正式"),
        record("r-5", "2025-10-01", note="没有成员"),
    )
    shelf = library(*moved)
    assert ids(figure("full", "one", "2025-H1", shelf)) == ["r-1"]
    assert ids(figure("full", "one", "2025", shelf)) == ["r-4"]
    assert ids(figure("full", "one", "2025", library(*reversed(moved)))) == ["r-4"], (
        "the order of files changes nothing"
    )


def test_a_missing_ledger_gives_no_figure_and_says_whose() -> None:
    found = figure("assemblies", shelf=library(*RECORDS, complete={"one": ("2025",)}))
    assert found.value is None
    assert found.text == ""
    assert found.rows == ()
    assert found.missing == "two没有2025年的会议台账"
    assert figure("assemblies", "one", shelf=library(*RECORDS, complete={"one": ("2025",)})).text == "2"


def test_a_ledger_of_another_year_does_not_count() -> None:
    found = figure("assemblies", period="2024", shelf=library(*RECORDS))
    assert found.value is None
    assert "2024年" in found.missing


NOTHING = {"one": (), "two": ("2025",)}


@pytest.mark.parametrize("ident", ["assemblies", "due", "people", "full"])
def test_zero_is_given_only_where_it_was_declared(ident: str) -> None:
    declared = figure(ident, shelf=library())
    assert (declared.value, declared.text, declared.missing, declared.undeclared) == (Decimal(0), "0", "", ())
    silent = figure(ident, shelf=library(complete=NOTHING))
    assert silent.value is None
    assert silent.text == ""
    assert silent.undeclared == ("one",)
    assert silent.missing == "one的会议台账没有声明2025年已记齐，不能写0"


@pytest.mark.parametrize(
    ("declared", "period", "complete"),
    [
        (("2025",), "2025-Q3", True),
        (("2025-H1", "2025-H2"), "2025", True),
        (("2025-H1", "2025-Q3", "2025-10", "2025-11", "2025-12"), "2025", True),
        (("2025-H1", "2025-Q3", "2025-10", "2025-12"), "2025", False),
        (("2025-Q1",), "2025-H1", False),
        (("2025-Q1",), "2025-02", True),
        ((), "2025", False),
        (("2024",), "2025", False),
    ],
)
def test_periods_together_declare_a_whole(declared: tuple[str, ...], period: str, *, complete: bool) -> None:
    assert covers(declared, period) is complete
    found = figure("assemblies", "one", period, library(complete={"one": declared}))
    assert (found.value == 0) is complete


def test_what_was_not_declared_complete_is_still_said_beside_the_figure() -> None:
    found = figure("assemblies", shelf=library(*RECORDS, complete=NOTHING))
    assert (found.text, found.undeclared) == ("3", ("one",))
    rate = figure("rate", shelf=library(*RECORDS, complete=NOTHING))
    assert (rate.text, rate.undeclared) == ("85.4", ("one",))


@pytest.mark.parametrize(
    ("above", "below", "text"),
    [(1, 16, "6.3"), (3, 16, "18.8"), (1, 80, "1.3"), (1, 8, "12.5"), (2, 3, "66.7"), (1, 3, "33.3"), (1, 2, "50.0"),
     (7, 7, "100.0"), (1, 2000, "0.1"), (1, 2001, "0.0"), (999, 1000, "99.9"), (1999, 2000, "100.0")],
)  # fmt: skip
def test_rates_round_half_up_to_one_decimal(above: int, below: int, text: str) -> None:
    found = figure("rate", "one", shelf=library(record("r-1", "2025-05-05", kind="大会", due=below, present=above)))
    assert found.text == text
    assert f"{above} ÷ {below}" in found.formula
    assert [item.metric.id for item in found.inputs] == ["present", "due"]


def test_a_rate_without_a_denominator_is_missing() -> None:
    found = figure("rate", shelf=library())
    assert found.value is None
    assert "分母是0" in found.missing
    missing = figure("rate", shelf=library(complete={"one": ("2025",)}))
    assert missing.value is None
    assert missing.missing == "two没有2025年的会议台账"


def test_round_numbers_are_written_out() -> None:
    shelf = library(record("r-1", "2025-05-05", kind="大会", due=1200, present=100, dues=Decimal("12.50")))
    assert figure("due", "one", shelf=shelf).text == "1200"
    assert figure("present", "one", shelf=shelf).text == "100"
    assert figure("money", "one", shelf=shelf).text == "12.5"


def test_a_figure_explains_itself() -> None:
    found = figure("present", period="2025-H1")
    assert found.formula == "会议台账，2025年上半年，类别为大会：符合条件的记录里“实到”栏相加"


def values(shelf: Library) -> dict[str, str]:
    figures = Figures(shelf)
    return {item.id: figures.figure(item.id, "committee", "2025").text for item in METRICS}


@pytest.mark.parametrize(
    ("gone", "changed"),
    [
        (
            "r-1",
            {
                "all": "4",
                "assemblies": "2",
                "due": "28",
                "present": "23",
                "money": "0.5",
                "absentees": "1",
                "rate": "82.1",
            },
        ),
        ("r-2", {"all": "4", "assemblies": "2", "due": "28", "present": "26", "money": "10.5", "rate": "92.9"}),
        ("r-3", {"all": "4", "lectures": "1"}),
        ("r-4", {"all": "4", "assemblies": "2", "due": "40", "present": "33", "people": "1", "rate": "82.5"}),
        ("r-5", {"all": "4", "lectures": "1", "people": "1", "full": "1"}),
        ("r-6", {"full": "1"}),
        ("r-7", {}),
    ],
)
def test_without_one_record_exactly_the_figures_that_count_it_change(gone: str, changed: dict[str, str]) -> None:
    before = values(library(*RECORDS))
    assert before == {
        "all": "5", "assemblies": "3", "lectures": "2", "due": "48", "present": "41", "money": "11", "people": "2",
        "absentees": "2", "full": "2", "rate": "85.4",
    }  # fmt: skip
    after = values(library(*(item for item in RECORDS if item.id != gone)))
    assert {ident: text for ident, text in after.items() if text != before[ident]} == changed


def test_parts_that_make_up_the_whole_are_no_problem() -> None:
    shelf = library(*RECORDS)
    assert parts_problem(Figures(shelf), shelf.metrics["all"], "committee", "2025") is None


def test_parts_that_do_not_are_told_with_their_rows() -> None:
    shelf = library(*RECORDS, record("r-8", "2025-08-08", kind="座谈"), record("r-9", "2025-08-09"))
    problem = parts_problem(Figures(shelf), shelf.metrics["all"], "committee", "2025")
    assert problem
    assert problem.message == "committee2025年的指标all7，各部分之和却是 指标assemblies3 + 指标lectures2 = 5"
    assert [row.id for row in problem.rows] == ["r-8", "r-9"]


def test_a_stock_that_does_not_close_names_the_member_who_left_and_is_still_there() -> None:
    opening = metric("opening", "distinct", column="member", where=of_kind("大会"))
    left = metric("left", "count", where=of_kind("党课"))
    stock = metric(
        "stock", "latest", column="member", where=[{"column": "status", "within": ["正式"]}],
        balance={"opening": "opening", "minus": ["left"]},
    )  # fmt: skip
    rows = (
        record("r-1", "2025-01-01", kind="大会", member="m-1", status="正式"),
        record("r-2", "2025-01-01", kind="大会", member="m-2", status="正式"),
        record("r-3", "2025-03-01", kind="党课", member="m-1", status="已转出"),
        record("r-4", "2025-04-01", kind="党课", member="m-2", status="正式"),
    )
    shelf = library(*rows)
    shelf = dataclasses.replace(shelf, metrics={item.id: item for item in (opening, left, stock)})
    problem = balance_problem(Figures(shelf), stock, "one", "2025")
    assert problem
    assert [row.id for row in problem.rows] == ["r-2", "r-4"]


def test_a_record_counted_by_two_parts_is_told_too() -> None:
    both = metric("lectures", "count", where=of_kind("党课", "大会"))
    shelf = library(*RECORDS)
    shelf = dataclasses.replace(shelf, metrics={**shelf.metrics, "lectures": both})
    problem = parts_problem(Figures(shelf), shelf.metrics["all"], "committee", "2025")
    assert problem
    assert "指标assemblies3 + 指标lectures5 = 8" in problem.message
    assert [row.id for row in problem.rows] == ["r-1", "r-2", "r-4"]


def test_parts_of_what_is_missing_are_no_problem() -> None:
    shelf = library(*RECORDS, complete={"one": ("2025",)})
    assert parts_problem(Figures(shelf), shelf.metrics["all"], "committee", "2025") is None


def test_a_committee_counts_its_branches_and_a_branch_itself() -> None:
    figures = Figures(library(*RECORDS))
    assert [item.id for item in figures.keepers("committee")] == ["one", "two"]
    assert [item.id for item in figures.keepers("two")] == ["two"]
    lonely = dataclasses.replace(library(), units={"committee": unit("committee", "committee", None)})
    assert [item.id for item in Figures(lonely).keepers("committee")] == ["committee"]


def test_units_that_stand_above_each_other_in_a_circle_end() -> None:
    circle = {"a": unit("a", "general-branch", "b"), "b": unit("b", "branch", "a")}
    shelf = dataclasses.replace(library(), units=circle)
    assert [item.id for item in Figures(shelf).keepers("a")] == ["b"]


@pytest.mark.parametrize(
    ("period", "first", "last", "count", "text"),
    [
        ("2025", "2025-01-01", "2025-12-31", 12, "2025年"),
        ("2025-H1", "2025-01-01", "2025-06-30", 6, "2025年上半年"),
        ("2025-H2", "2025-07-01", "2025-12-31", 6, "2025年下半年"),
        ("2025-Q1", "2025-01-01", "2025-03-31", 3, "2025年第一季度"),
        ("2025-Q2", "2025-04-01", "2025-06-30", 3, "2025年第二季度"),
        ("2025-Q4", "2025-10-01", "2025-12-31", 3, "2025年第四季度"),
        ("2024-02", "2024-02-01", "2024-02-29", 1, "2024年2月"),
        ("2025-02", "2025-02-01", "2025-02-28", 1, "2025年2月"),
        ("2025-11", "2025-11-01", "2025-11-30", 1, "2025年11月"),
    ],
)
def test_periods_have_their_bounds(period: str, first: str, last: str, count: int, text: str) -> None:
    assert [str(day) for day in bounds(period)] == [first, last]
    assert len(months(period)) == count
    assert words(period) == text
