"""Excel workbooks: what the clerk sees, what is refused, and what reads back."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from office_samples import LEDGER, MOMENT, RECORDS, UNITS
from openpyxl.workbook import Workbook

from handbook.renderers.to_xlsx import EMPTY_ROWS, render_ledger

TITLES = [column.title for column in LEDGER.columns]


@pytest.fixture(scope="module")
def blank() -> Workbook:
    """Give the empty ledger, read back."""
    return openpyxl.load_workbook(io.BytesIO(render_ledger(LEDGER, UNITS, (), stamp=MOMENT)))


@pytest.fixture(scope="module")
def filled() -> Workbook:
    """Give the filled example, read back."""
    return openpyxl.load_workbook(io.BytesIO(render_ledger(LEDGER, UNITS, RECORDS, stamp=MOMENT)))


def rules(book: Workbook) -> dict[str, tuple[str, str | None, str | None, str | None, str | None]]:
    """Give the validations by the cells they hold for; the operator is None where it is the default, between."""
    found = {}
    for rule in book["台账"].data_validations.dataValidation:
        assert rule.showErrorMessage
        assert rule.errorStyle in (None, "stop")
        assert rule.allow_blank
        assert rule.error
        found[str(rule.sqref)] = (rule.type, rule.operator, rule.formula1, rule.formula2, rule.error)
    return found


def test_a_blank_ledger_has_title_header_and_prepared_rows(blank: Workbook) -> None:
    sheet = blank["台账"]
    assert blank.sheetnames == ["台账", "填写说明", "选项"]
    assert sheet["A1"].value == "示例&台账"
    assert [cell.value for cell in sheet[2]] == TITLES
    assert sheet.max_row == 2 + EMPTY_ROWS
    assert sheet["A62"].number_format == "yyyy-mm-dd"
    assert sheet["D3"].number_format == "0"
    assert sheet["C3"].number_format == "@"
    assert sheet["A3"].font.name == sheet["A1"].font.name == "宋体"
    assert sheet["A3"].font.size == 11
    assert sheet["A3"].border.left.style == "thin"


def test_wrong_entries_are_refused(blank: Workbook) -> None:
    found = rules(blank)
    assert found["B3:B62"][:3] == ("list", None, "'选项'!$A$2:$A$4")
    assert found["H3:H62"][2] == "'选项'!$B$2:$B$3"
    kind, operator, first, last, error = found["A3:A62"]
    assert (kind, operator) == ("date", None)
    epoch = dt.date(1899, 12, 30)
    assert epoch + dt.timedelta(days=int(first or 0)) == dt.date(1921, 7, 1)
    assert epoch + dt.timedelta(days=int(last or 0)) == dt.date(2099, 12, 31)
    assert error == "请填日期，如 2026-3-5。"
    assert found["D3:D62"][:3] == ("whole", "greaterThanOrEqual", "0")
    assert found["E3:E62"][:3] == ("decimal", "greaterThanOrEqual", "0")
    assert found["F3:F62"][:3:2] == ("custom", 'LEFT(F3,2)="m-"')
    assert "C3:C62" not in found


def test_dropdowns_point_to_the_options(blank: Workbook) -> None:
    sheet = blank["选项"]
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == ["类型", "支部党员大会", "党课", "主题党日"]
    assert [sheet.cell(row, 2).value for row in range(1, 4)] == ["地点", "会议室", "基地"]


def test_the_filled_example_holds_typed_cells(filled: Workbook) -> None:
    sheet = filled["台账"]
    assert sheet["A1"].value == "示例&台账（填好的示例，单位、人员和数字均为虚构）"
    assert [cell.value for cell in sheet[2]] == ["编号", "单位", *TITLES]
    first, second = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=4))
    day = dt.datetime.fromisoformat("2025-01-03")
    assert first == ["b1-001", "第一支部", day, "党课", "=1+1", 21, 12.5, "m-001", "m-002、m-003", "基地"]
    assert second[-4:] == [None] * 4
    assert sheet.max_row == 2 + len(RECORDS)
    assert sheet["C3"].is_date
    assert sheet["C3"].number_format == "yyyy-mm-dd"
    assert sheet["E3"].data_type == "s", "a text that looks like a formula stays a text"
    assert "C3:C9" in rules(filled)


def test_the_sheet_is_ready_to_scroll_filter_and_print(blank: Workbook, filled: Workbook) -> None:
    for book, pane, cells in ((blank, "B3", "A2:H62"), (filled, "C3", "A2:J9")):
        sheet = book["台账"]
        assert sheet.freeze_panes == pane
        assert sheet.auto_filter.ref == cells
        assert sheet.print_title_rows == "$1:$2"
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        # One page wide is what a missing number means; 0 is as many pages high as it takes.
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.left.text == "示例&&台账"
        assert not sheet.protection.sheet
    # A date needs twelve units, whatever the ledger says.
    assert blank["台账"].column_dimensions["A"].width == pytest.approx(12.7, abs=0.1)
    assert blank["台账"].column_dimensions["C"].width == pytest.approx(30.7, abs=0.1)


def test_the_explanations_say_what_each_column_wants(blank: Workbook) -> None:
    sheet = blank["填写说明"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=10)]
    assert [row[0] for row in rows] == TITLES
    assert rows[0][1:3] == ["日期，如2026-3-5", "必填"]
    assert rows[1][3] == "类型照实填写。\n可选：支部党员大会、党课、主题党日"
    assert rows[3][1:3] == ["整数，不小于0，单位人", "类型为支部党员大会时必填"]
    below = [sheet.cell(row, 1).value for row in range(11, sheet.max_row + 1)]
    assert below[1:3] == ["活动后三天内登记（经验）。", "一次活动填一行。"]
    assert "不填姓名" in below[-1]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.comment]


def test_wrapped_text_gets_its_height(blank: Workbook) -> None:
    sheet = blank["填写说明"]
    heights = [sheet.row_dimensions[row].height for row in range(3, 15)]
    assert [heights[0], heights[1]] == [pytest.approx(22, abs=0.5), pytest.approx(37, abs=0.5)]
    assert heights[11] > 37


def test_the_clock_is_the_stamp(blank: Workbook) -> None:
    assert blank.properties.created.isoformat() == blank.properties.modified.isoformat() == "2026-11-21T04:00:00"
    assert blank.custom_doc_props["TemplateId"].value == "ledgers/sample-ledger"


def test_a_unit_that_is_not_invented_is_not_called_so() -> None:
    units = [unit.model_copy(update={"invented": False}) for unit in UNITS]
    book = openpyxl.load_workbook(io.BytesIO(render_ledger(LEDGER, units, RECORDS, stamp=MOMENT)))
    assert book["台账"]["A1"].value == "示例&台账（填好的示例）"


def test_a_ledger_of_one_text_column_works() -> None:
    small = LEDGER.model_copy(update={"columns": LEDGER.columns[2:3]})
    book = openpyxl.load_workbook(io.BytesIO(render_ledger(small, UNITS, (), stamp=MOMENT)))
    assert book["台账"]["A2"].value == "主题"
    assert book["选项"]["A1"].value == "本台账没有下拉选项。"


def test_text_too_long_for_a_cell_is_an_error() -> None:
    long = RECORDS[0].values | {"topic": "长" * 40000}
    record = type(RECORDS[0])("b1-001", "b1", "sample-ledger", RECORDS[0].date, long, "x.yml", 0)
    with pytest.raises(ValueError, match="cannot hold"):
        render_ledger(LEDGER, UNITS, [record], stamp=MOMENT)
