"""The files part of the bench: every writer really does the job, and the report says what was measured."""

import io
import json

import docx
import openpyxl

import _bench_files
from _bench_files import Speed, as_json, show

FOUND = (
    Speed("word", "本手册", 299.0, 40.0, own=True),
    Speed("word", "docxtpl", 50.0, 37.0, own=False),
    Speed("ledger", "本手册", 120.0, 180.0, own=True),
    Speed("ledger", "openpyxl", 20.0, 17.0, own=False),
)


def test_every_word_writer_writes_all_paragraphs_and_the_table():
    words = [text for _, text in _bench_files._lines(3)]
    for make in (_bench_files._own_word(), _bench_files._docxtpl_word(), _bench_files._python_docx_word()):
        document = docx.Document(io.BytesIO(make(3)))
        written = [paragraph.text for paragraph in document.paragraphs if paragraph.text in words]
        assert written == words
        cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
        assert cells == _bench_files._cells(3)


def test_two_files_are_two_files():
    make = _bench_files._own_word()
    assert make(1) != make(2)
    ledger = _bench_files._own_ledger()
    assert ledger(1) != ledger(2)


def test_both_ledgers_hold_every_row():
    for make in (_bench_files._own_ledger(), _bench_files._openpyxl_ledger()):
        sheet = openpyxl.load_workbook(io.BytesIO(make(1)))["台账"]
        texts = {str(cell.value) for row in sheet.iter_rows() for cell in row}
        assert {f"第1份第{row}行的内容" for row in range(_bench_files.ROWS)} <= texts


def test_the_report_compares_and_holds_against_the_targets():
    said = show(FOUND)
    assert "docxtpl 50 份，每份 37 KB，本手册是它的 6.0 倍" in said
    assert "没有达到  Word：三页的报告：299，目标 ≥ 300" in said
    assert "达到  Excel：200 行 12 栏的台账：120，目标 ≥ 60" in said
    assert [(item["job"], item["held"]) for item in json.loads(as_json(FOUND))["targets"]] == [
        ("word", False),
        ("ledger", True),
    ]
