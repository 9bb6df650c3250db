"""Formulas of sheets: what can be written, where it is placed, what it comes to."""

import datetime as dt
from decimal import Decimal

import pytest

from handbook.composition.formula_values import SheetError, computed, serial
from handbook.model.formula import FormulaError, formula_of
from handbook.renderers.xlsx_values import TableValues


def value(text, row=None, *, rows=(), names=None):
    cells = row or {}
    idents = dict.fromkeys(ident for each in (cells, *rows) for ident in each)
    table = TableValues(tuple(idents), (), [dict(each) for each in (cells, *rows)], 1, names or {}, {})
    return computed(formula_of(text))(table.rows[0])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1+2*3", 7), ("(1+2)*3", 9), ("-2+5", 3), ("2-1-1", 0), ("1/4", Decimal("0.25")), ('"a"&1&"b"', "a1b"),
        ("ROUND(10.005,2)", Decimal("10.01")), ("ROUND(14.99995,2)", Decimal("15.00")), ("ROUNDUP(1.01,1)", Decimal("1.1")),
        ("INT(12.5)", 12), ("INT(-0.5)", -1), ("MAX(1,5,3)", 5), ("MIN(4,2)", 2), ("ABS(-3)", 3), ('IF(1=2,"是","否")', "否"),
        ('"b">"a"', True), ('"a">99', True), ("1=1", True), ("NOT(1=1)", False), ('LEN("m-001、m-002")', 11),
        ('LEN(SUBSTITUTE("m-001、m-002","、",""))', 10), ('"引""号"', '引"号'),
    ],
)  # fmt: skip
def test_values_are_those_of_a_sheet(text, wanted):
    assert value(text) == wanted


def test_an_empty_cell_is_nothing_beside_a_text_and_zero_beside_a_number():
    row = {"cups": None, "price": Decimal("2.50")}
    assert value('{cups}=""', row) is True
    assert value('{cups}<>""', row) is False
    assert value("{cups}=0", row) is True
    assert value("{cups}+{price}", row) == Decimal("2.50")
    assert value('{price}=""', row) is False
    assert value('{cups}="茶"', row) is False


def test_a_column_is_counted_and_summed_over_all_rows():
    rows = ({"kind": "红", "cups": 2}, {"kind": "绿", "cups": 3}, {"kind": "红", "cups": None})
    assert value("SUM({cups.all})", rows[0], rows=rows[1:]) == 5
    assert value('COUNTIF({kind.all},"红")', rows[0], rows=rows[1:]) == 2
    assert value('COUNTIF({cups.all},">"&{cups})', rows[0], rows=rows[1:]) == 1
    assert value('COUNTIFS({kind.all},"红",{cups.all},2)', rows[0], rows=rows[1:]) == 1
    assert value('SUMIF({kind.all},"红",{cups.all})', rows[0], rows=rows[1:]) == 2
    assert value("SUM({kind:cups})", rows[0]) == 2
    assert value("COUNTA({kind.all})", rows[0], rows=rows[1:]) == 3


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2026-03-15", -6, "2025-09-15"),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(start, months, end):
    row = {"date": serial(dt.date.fromisoformat(start))}
    assert value(f"EDATE({{date}},{months})".replace(",-", ",0-"), row) == serial(dt.date.fromisoformat(end))


@pytest.mark.parametrize(("text", "error"), [('"a"+1', "#VALUE!"), ("1/0", "#DIV/0!"), ('IF("a",1,2)', "#VALUE!")])
def test_what_a_sheet_shows_as_an_error_is_one(text, error):
    with pytest.raises(SheetError, match=error):
        value(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1+",
        "TODAY()",
        "NOW()",
        "XLOOKUP(1,2,3)",
        "IF(1,2)",
        "SUM(1",
        "a1+b2",
        "{Cups}",
        "[as of]",
        "1 2",
        "'text'",
        "OFFSET({a.all},1,1)",
    ],
)
def test_what_cannot_be_read_or_changes_by_itself_is_refused(text):
    with pytest.raises(FormulaError):
        formula_of(text)


def test_places_become_addresses_and_the_rest_stays():
    formula = formula_of('IF({due}="","",[as-of]-{due}) & SUM({m01:m12}) & COUNT({due.all})')
    written = formula.written(lambda ref: f"<{ref.kind} {ref.id}{ref.last}>")
    assert written == 'IF(<cell due>="","",<name as-of>-<cell due>)&SUM(<span m01m12>)&COUNT(<all due>)'
