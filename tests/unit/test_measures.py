"""How metrics count: conditions, thresholds, stocks, ten thousands, and who keeps a ledger."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from handbook.composition.figures import Figures
from handbook.model.report import Report

sys.path.insert(0, str(Path(__file__).parent))
from figure_samples import ledger, library, metric, record

RECORDS = (
    record(
        "r-1", "2025-02-01", kind="党课", hours=8, members=("m-001", "m-002"), money=Decimal("12000.50"), topic="甲"
    ),
    record("r-2", "2025-03-01", "two", kind="党课", hours=24, members=("m-001",), money=Decimal(3000)),
    record("r-3", "2025-09-01", "three", kind="大会", hours=32, members=("m-003", "m-003")),
    record("r-4", "2024-12-31", kind="党课", hours=32, members=("m-002",)),
)


def text(item, owner="committee", period="2025", records=RECORDS, **rest):
    return Figures(library([item], records, **rest)).figure(item.id, owner, period).text


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ([{"column": "kind", "within": ["党课"]}], "2"),
        ([{"column": "topic", "filled": "true"}], "1"),
        ([{"column": "topic", "filled": "false"}], "2"),
        ([{"column": "hours", "at_least": "24"}], "2"),
        ([{"column": "hours", "at_most": "24"}], "2"),
        ([{"column": "money", "at_least": "3000.01"}], "1"),
        ([{"column": "money", "at_most": "1"}], "0"),
        ([{"column": "kind", "within": ["党课", "大会"]}, {"column": "hours", "at_least": "30"}], "1"),
    ],
)
def test_conditions(where, expected):
    assert text(metric("some", "count", where=where)) == expected


def test_a_threshold_is_reached_over_all_records_of_the_period():
    reached = metric("reached", "reach", column="members", total_of="hours", threshold="32", unit="名")
    assert text(reached) == "2", "m-001: 8 + 24; m-003: 32, though named twice in one record"
    assert text(reached, period="2025-H1") == "1"
    assert text(reached, "one") == "0"
    assert text(reached, "one", "2024") == "1"


def test_a_stock_is_the_last_entry_of_each_unit():
    stock = metric("stock", "closing", column="hours", unit="个")
    assert text(stock) == "64", "8 of one, 24 of two, 32 of three"
    assert text(stock, period="2025-Q1") == "32"
    assert text(stock, "one", "2024") == "32"
    only = metric("stock", "closing", column="hours", where=[{"column": "kind", "within": ["大会"]}])
    assert text(only) == "32"


def test_ten_thousands_are_rounded_half_up():
    assert text(metric("sum", "sum", column="money", unit="万元")) == "1.5"
    assert text(metric("sum", "sum", column="money", unit="元")) == "15000.50", "money to the 分"
    assert text(metric("sum", "sum", column="money", unit="元"), "two") == "3000"
    found = Figures(library([metric("sum", "sum", column="money", unit="万元")], RECORDS))
    assert found.figure("sum", "one", "2025").formula.endswith("相加，再折合成万元")


def test_a_figure_from_outside_is_named_by_the_report():
    told = metric("told", "outside", unit="人")
    report = Report.model_validate(
        {
            "id": "r", "title": "报告（虚构）", "summary": "试验。", "reviewed": {"date": "2026-01-01"}, "genre": "g",
            "unit": "one", "period": "2025", "as_of": "2026-01-01",
            "outside": [{"metric": "told", "value": "7", "source": "年报", "note": "第3页"}],
        }
    )  # fmt: skip
    figures = Figures(library([told], reports={"r": report}))
    found = figures.figure("told", "one", "2025")
    assert (found.text, found.formula) == ("7", "不在台账里，来源：年报（第3页）")
    assert "报告还没有写明" in figures.figure("told", "two", "2025").missing


def test_figures_roll_up_from_branch_to_committee():
    count = metric("all", "count")
    assert [text(count, owner) for owner in ("one", "two", "three", "general", "committee")] == [
        "1",
        "1",
        "1",
        "2",
        "3",
    ]


def test_a_ledger_of_the_committee_is_no_branch_s():
    work = ledger("work", "committee")
    count = metric("sessions", "count", ledger="work")
    records = (record("w-1", "2025-03-03", "committee", "work"), record("w-2", "2025-04-04", "general", "work"))
    figures = Figures(library([count], records, ledgers=(ledger(), work)))
    assert figures.figure("sessions", "committee", "2025").text == "2"
    assert figures.figure("sessions", "general", "2025").text == "1"
    lacking = figures.figure("sessions", "one", "2025")
    assert (lacking.value, lacking.missing) == (None, "one没有work台账")


def test_whoever_has_a_ledger_of_any_level_is_counted():
    any_level = ledger("service", "any")
    count = metric("served", "count", ledger="service")
    records = (record("s-1", "2025-03-03", "committee", "service"), record("s-2", "2025-04-04", "two", "service"))
    figures = Figures(library([count], records, ledgers=(ledger(), any_level)))
    assert [item.id for item in figures.keepers("committee", "service")] == ["committee", "two"]
    assert figures.figure("served", "committee", "2025").text == "2"
    assert figures.figure("served", "general", "2025").text == "1"
    assert figures.figure("served", "one", "2025").missing == "one没有service台账"
    assert figures.figure("served", "committee", "2024").value is None, "who keeps it now kept none then"
    later = Figures(
        library([count], (*records, record("s-3", "2024-04-04", "two", "service")), ledgers=(ledger(), any_level))
    )
    found = later.figure("served", "committee", "2024")
    assert (found.text, found.undeclared) == ("1", ("committee",)), "one more may be missing, and that is said"
