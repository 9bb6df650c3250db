"""Excel workbooks: what the clerk sees, what is refused, and what reads back."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from office_samples import LEDGER, MOMENT, RECORDS, UNITS
from openpyxl.workbook import Workbook

from handbook.loading.read_xlsx import read_xlsx
from handbook.model.ledger import Ledger
from handbook.renderers.office import clean
from handbook.renderers.to_xlsx import EMPTY_ROWS, render_ledger
from handbook.renderers.xlsx_page import pages_across

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
    assert book["选项"]["A1"].value == "本表没有下拉选项。"


def test_text_too_long_for_a_cell_is_an_error() -> None:
    long = RECORDS[0].values | {"topic": "长" * 40000}
    record = type(RECORDS[0])("b1-001", "b1", "sample-ledger", RECORDS[0].date, long, "x.yml", 0)
    with pytest.raises(ValueError, match="cannot hold"):
        render_ledger(LEDGER, UNITS, [record], stamp=MOMENT)


# -- what the sheet works out -------------------------------------------------------------------------------------------

FULL = Ledger.model_validate(
    LEDGER.model_dump()
    | {
        "derived": [
            {"id": "rate", "title": "人均支出", "formula": 'IF(OR({due}="",{cost}=""),"",{cost}/{due})', "shows": "amount", "note": "支出除以应到。"},
            {"id": "age", "title": "距今天数", "formula": 'IF({date}="","",[as-of]-{date})', "shows": "count", "note": "到统计日期。"},
        ],
        "totals": ["cost"],
        "marks": [{"when": 'AND({age}<>"",{age}>[limit])', "columns": ["topic"], "color": "red", "note": "很久了。"}],
        "standards": [{"id": "limit", "title": "提醒天数", "value": "30", "shows": "count", "unit": "天"}],
    }
)  # fmt: skip
VOLATILE = re.compile(r"\b(TODAY|NOW|RAND|RANDBETWEEN|OFFSET|INDIRECT|INFO|CELL)\(|_xlfn|\[\d+\]|!#REF")
ALLOWED = ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter")


@pytest.fixture(scope="module")
def full() -> Workbook:
    """Give a ledger that works things out, read back."""
    return openpyxl.load_workbook(io.BytesIO(render_ledger(FULL, UNITS, RECORDS, stamp=MOMENT, spare=5)))


def test_worked_out_columns_stand_right_of_the_others_and_are_locked(full: Workbook) -> None:
    sheet = full["台账"]
    assert [cell.value for cell in sheet[3]] == ["编号", "单位", *TITLES, "人均支出", "距今天数"]
    assert sheet["K4"].value.startswith("=IF(OR(")
    assert sheet["L4"].value == '=IF(C4="","",统计日期-C4)'
    assert sheet["L13"].value == '=IF(C13="","",统计日期-C13)', "spare rows work out too"
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not any(getattr(sheet.protection, name) for name in ALLOWED), "allowed is what is not protected"
    assert sheet["K4"].protection.locked
    assert sheet["D2"].protection.locked
    assert not [cell.coordinate for row in sheet["A4:J13"] for cell in row if cell.protection.locked]
    assert sheet.auto_filter.ref == "A3:J15", "Excel sorts no protected range that holds a locked cell"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "C4"


def test_the_day_is_an_input_and_numbers_of_rules_have_a_sheet(full: Workbook) -> None:
    sheet, numbers = full["台账"], full["标准"]
    assert [cell.value for cell in sheet[2]][:3] == [
        "统计日期",
        dt.datetime(2025, 12, 31),
        "先改成今天的日期，再看逾期",
    ]
    assert not sheet["B2"].protection.locked
    assert {name: item.attr_text for name, item in full.defined_names.items()} == {
        "统计日期": "'台账'!$B$2", "提醒天数": "'标准'!$B$3",
    }  # fmt: skip
    assert [cell.value for cell in numbers[3]] == ["提醒天数", 30, "天", "本表约定", "经验", None]
    assert numbers.protection.sheet
    assert not numbers["B3"].protection.locked
    (shading,) = sheet.conditional_formatting
    assert (str(shading.sqref), shading.rules[0].formula) == ("E4:E15", ['AND($L4<>"",$L4>提醒天数)'])
    assert sheet["G2"].value == "=SUBTOTAL(109,G4:G15)"


@pytest.mark.parametrize(
    ("last", "shown"),
    [("2024-05-06", "2024-12-31"), ("2026-03-01", "2026-11-21"), ("2027-01-01", "2026-11-21")],
)
def test_a_finished_year_is_judged_as_it_ended(last: str, shown: str) -> None:
    day = dt.date.fromisoformat(last)
    record = type(RECORDS[0])("b1-001", "b1", "sample-ledger", day, RECORDS[0].values | {"date": day}, "x.yml", 0)
    sheet = openpyxl.load_workbook(io.BytesIO(render_ledger(FULL, UNITS, [record], stamp=MOMENT)))["台账"]
    assert sheet["B2"].value == dt.datetime.fromisoformat(shown)


def test_an_empty_ledger_is_judged_against_no_day() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render_ledger(FULL, UNITS, (), stamp=MOMENT)))["台账"]
    assert [cell.value for cell in sheet[2]][:3] == ["统计日期", None, "先改成今天的日期，再看逾期"]
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert not sheet["B2"].protection.locked
    assert "B2" in rules(openpyxl.load_workbook(io.BytesIO(render_ledger(FULL, UNITS, (), stamp=MOMENT))))


@pytest.mark.parametrize(
    ("widths", "repeated", "found"),
    [
        ([100, 118], 1, (1, 1)),
        ([100, 119], 1, (2, 0)),
        ([12, 100, 100, 12, 100, 90], 1, (2, 2)),
        ([15, 17, *[60] * 9], 2, (3, 4)),
        ([300, 300], 1, (2, 0)),
        ([50], 1, (1, 0)),
    ],
)
def test_a_wide_table_takes_as_many_pages_as_stay_readable(
    widths: list[int], repeated: int, found: tuple[int, int]
) -> None:
    assert pages_across(widths, repeated) == found


def test_the_explanations_name_what_is_worked_out_and_what_colours_mean(full: Workbook) -> None:
    texts = [str(cell.value) for row in full["填写说明"].iter_rows() for cell in row if cell.value]
    for words in ("自动计算，不用填", "红色底色：很久了。", "先把它改成当天", "只引用“标准”工作表", "没有密码"):
        assert any(words in text for text in texts), words


def test_every_published_workbook_is_locked_where_it_works_out_and_open_where_it_asks(
    tables: Mapping[str, bytes],
) -> None:
    books = {address: data for address, data in tables.items() if address.endswith(".xlsx")}
    assert len(books) >= 40
    for address, data in books.items():
        book = openpyxl.load_workbook(io.BytesIO(data))
        sheet = book.worksheets[0]
        formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert all(cell.protection.locked for cell in formulas), address
        assert bool(formulas) == bool(sheet.protection.sheet), address
        assert not any(VOLATILE.search(str(cell.value)) for cell in formulas), address
        assert all(
            rule.showErrorMessage and rule.errorStyle in (None, "stop")
            for rule in sheet.data_validations.dataValidation
        )
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        for item in book.defined_names.values():
            owner, _, place = item.attr_text.replace("$", "").partition("!")
            assert not book[owner.strip("'")][place].protection.locked or book[owner.strip("'")][place].data_type == "f"
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            assert not [
                name for name in names if "external" in name.lower() or "vba" in name.lower() or "comments" in name
            ]


def test_clock_zone_and_process_change_nothing(tmp_path: Path) -> None:
    script = (
        "import hashlib, sys; sys.path[:0] = sys.argv[1:]\n"
        "from test_office_workbook import FULL, MOMENT, RECORDS, UNITS, render_ledger\n"
        "print(hashlib.sha256(render_ledger(FULL, UNITS, RECORDS, stamp=MOMENT)).hexdigest())"
    )
    here = Path(__file__).parent
    found = {hashlib.sha256(render_ledger(FULL, UNITS, RECORDS, stamp=MOMENT)).hexdigest()}
    for zone in ("Pacific/Kiritimati", "America/New_York"):
        done = subprocess.run(
            [sys.executable, "-c", script, str(here), str(here.parents[1] / "hooks")],
            cwd=tmp_path, env={**os.environ, "TZ": zone, "PYTHONHASHSEED": "5"}, capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        found.add(done.stdout.strip())
    assert len(found) == 1


NASTY = (
    "=1+1", "+86", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\x00\x0b\x1b坏字符", "长" * 10_000, "😀👩‍👩‍👧", "\u202e反\u2066向",
    "<b>&amp;</b>", "_x0041_", " 前后空格 ", "一\n二\r\n三\t四", "]]>", "'单引号", "\ud800", "\ufffe", "0" * 300,
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_whatever_a_cell_holds_the_file_is_whole_and_the_text_a_text(text: str) -> None:
    record = type(RECORDS[0])(
        "b1-001", "b1", "sample-ledger", RECORDS[0].date, RECORDS[0].values | {"topic": text}, "x.yml", 0
    )
    ledger = FULL.model_copy(update={"title": clean(text)[:200].strip() or "题", "rhythm": text})
    data = render_ledger(ledger, UNITS, [record], stamp=MOMENT)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            ET.fromstring(archive.read(name))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["台账"]
    assert sheet["E4"].data_type in ("s", "n"), "never a formula"
    assert sheet["A1"].data_type == "s"
    own = read_xlsx(data).rows[4].get(5)
    assert (own.text if own else "") == clean(text).strip()
