"""The files part of the bench: how many Word files and ledgers a CPU second gives, beside the usual libraries.

Everybody gets the same job: a report of three pages (20 paragraphs, headings, a table), each file with other
words; a ledger of 200 rows and 12 columns with dropdowns, a frozen header and a formula column. Rivals are given what
helps them: a prepared template, styles set once. One process, CPU time, the median of the rounds.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import statistics
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.datavalidation import DataValidation

from _console import say
from handbook.composition.document import Document, Grid, GridCell, Heading, Paragraph, Signature
from handbook.model.ledger import Ledger, Record
from handbook.renderers.to_docx import render_docx
from handbook.renderers.to_xlsx import render_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STAMP = "2026-11-21T12:00:00+08:00"
MOMENT = dt.datetime.fromisoformat(STAMP)
ROWS, COLUMNS = 200, 12
TARGETS = {"word": 300.0, "ledger": 60.0}
"""Files per CPU second."""
_TEXT = "支部把“三会一课”同业务工作结合起来，坚持按月议事、按季盘点，当月问题当月清；学习安排提前一周公布，能够当场答复的当场答复，需要协调的列入下月议题。"
_PARAGRAPHS = 15
_SECTIONS = ("一、主要工作情况", "二、存在的问题", "三、下一步打算")
_TABLE_ROWS = 6


@dataclass(frozen=True)
class Speed:
    """What one writer gave."""

    job: str
    """``word`` or ``ledger``."""
    writer: str
    rate: float
    """Files per CPU second, the median of the rounds."""
    kib: float
    """Size of a file."""
    own: bool


def run(rounds: int, files: int) -> tuple[Speed, ...]:
    """Measure every writer in turn, round by round, so that a busy neighbour meets them all."""
    jobs: list[tuple[str, str, Callable[[int], bytes], int, bool]] = [
        ("word", "本手册", _own_word(), files, True),
        ("word", "docxtpl", _docxtpl_word(), max(files // 5, 1), False),
        ("word", "python-docx", _python_docx_word(), max(files // 10, 1), False),
        ("ledger", "本手册", _own_ledger(), max(files // 5, 1), True),
        ("ledger", "openpyxl", _openpyxl_ledger(), max(files // 20, 1), False),
    ]
    rates: dict[tuple[str, str], list[float]] = {}
    sizes: dict[tuple[str, str], int] = {}
    for turn in range(rounds):
        for job, writer, make, count, _ in jobs:
            say(f"第 {turn + 1}/{rounds} 轮：{writer}……")
            make(-1)  # what is made once, on first use, is no part of a file
            began = time.process_time()
            for number in range(count):
                sizes[job, writer] = len(make(turn * count + number))
            rates.setdefault((job, writer), []).append(count / (time.process_time() - began))
    return tuple(
        Speed(job, writer, round(statistics.median(rates[job, writer]), 1), round(sizes[job, writer] / 1024, 1), own)
        for job, writer, _, _, own in jobs
    )


def show(found: Sequence[Speed]) -> str:
    """Give the report for people."""
    titles = {"word": "Word：三页的报告", "ledger": f"Excel：{ROWS} 行 {COLUMNS} 栏的台账"}
    lines = []
    for job, title in titles.items():
        lines.append(f"{title}（每 CPU 秒几份）")
        own = next(item for item in found if item.job == job and item.own)
        for item in (entry for entry in found if entry.job == job):
            times = "" if item.own else f"，本手册是它的 {own.rate / item.rate:.1f} 倍"
            lines.append(f"  {item.writer} {item.rate:.0f} 份，每份 {item.kib:.0f} KB{times}")
    lines.append("目标")
    for item in (entry for entry in found if entry.own):
        target = TARGETS[item.job]
        lines.append(
            f"  {'达到' if item.rate >= target else '没有达到'}  {titles[item.job]}：{item.rate:.0f}，目标 ≥ {target:.0f}"
        )
    return "\n".join(lines)


def as_json(found: Sequence[Speed]) -> str:
    """Give the same for programs."""
    listed = [{"job": item.job, "writer": item.writer, "per_cpu_second": item.rate, "kib": item.kib} for item in found]
    told = [
        {"job": item.job, "found": item.rate, "target": TARGETS[item.job], "held": item.rate >= TARGETS[item.job]}
        for item in found
        if item.own
    ]
    return json.dumps({"writers": listed, "targets": told}, ensure_ascii=False, indent=2)


def _lines(number: int) -> list[tuple[int, str]]:
    """Give heading level (0: text) and words of every paragraph of report `number`."""
    found: list[tuple[int, str]] = []
    for index in range(_PARAGRAPHS):
        if index % (_PARAGRAPHS // len(_SECTIONS)) == 0:
            found.append((1, _SECTIONS[index * len(_SECTIONS) // _PARAGRAPHS]))
        found.append((0, f"第{number + index}项：{_TEXT}{number * 7 + index}次。"))
    return found


def _cells(number: int) -> list[list[str]]:
    head = ["序号", "事项", "责任人", "完成时限"]
    return [head, *([str(row), f"第{number}号事项之{row}", "支部委员", "6月底前"] for row in range(1, _TABLE_ROWS + 1))]


def _own_word() -> Callable[[int], bytes]:

    def make(number: int) -> bytes:
        blocks = [Heading(1, (text,)) if level else Paragraph((text,)) for level, text in _lines(number)]
        rows = tuple(
            tuple(GridCell((text,), head=not index) for text in row) for index, row in enumerate(_cells(number))
        )
        table = Grid((1, 4, 2, 2), rows, 1)
        signature = Signature(("示例单位",), ("2026年11月21日",))
        document = Document((f"第{number}份报告",), (*blocks, table, signature), "bench/report", "1.0")
        return render_docx(document, stamp=STAMP)

    return make


def _docxtpl_word() -> Callable[[int], bytes]:

    template = _empty_python_docx()
    template.add_paragraph("{{ title }}", style="Title")
    for text in ("{%p for level, text in lines %}", "{{ text }}", "{%p endfor %}"):
        template.add_paragraph(text)
    table = template.add_table(rows=3, cols=4, style="Table Grid")
    table.rows[0].cells[0].text = "{%tr for row in rows %}"
    for index, cell in enumerate(table.rows[1].cells):
        cell.text = f"{{{{ row[{index}] }}}}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    stored = io.BytesIO()
    template.save(stored)

    def make(number: int) -> bytes:
        document = DocxTemplate(io.BytesIO(stored.getvalue()))
        document.render(
            {"title": f"第{number}份报告", "lines": _lines(number), "rows": _cells(number)}, autoescape=True
        )
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return make


def _python_docx_word() -> Callable[[int], bytes]:
    def make(number: int) -> bytes:
        document = _empty_python_docx()
        document.add_paragraph(f"第{number}份报告", style="Title")
        for level, text in _lines(number):
            document.add_paragraph(text, style="Heading 1" if level else "Normal")
        rows = _cells(number)
        table = document.add_table(rows=len(rows), cols=4, style="Table Grid")
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return make


def _empty_python_docx() -> Any:
    """Give a document of python-docx with the official page and the Chinese fonts in its styles."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.right_margin = Mm(37), Mm(28), Mm(26)
    for name, font, size in (("Normal", "仿宋_GB2312", 16), ("Heading 1", "黑体", 16), ("Title", "方正小标宋简体", 22)):
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        style.paragraph_format.line_spacing = Pt(28.95)
    return document


def _own_ledger() -> Callable[[int], bytes]:

    kinds = ("date", "choice", "text", "count", "count", "amount", "text", "choice", "text", "member", "date", "text")
    options = {"choice": ("支部党员大会", "支委会", "党小组会", "党课")}
    columns = [
        {
            "id": f"c{index}",
            "title": f"栏目{index}",
            "type": kind,
            "note": "照实填写。",
            "options": options.get(kind, ()),
        }
        for index, kind in enumerate(kinds)
    ]
    ledger = Ledger.model_validate(
        {
            "id": "bench", "title": "测速台账", "summary": "测速。", "group": "life", "reviewed": {"date": "2026-01-01"},
            "kind_column": "c1", "date_column": "c0", "keeper": "clerk", "rhythm": "随时登记。", "columns": columns,
        }
    )  # fmt: skip

    def make(number: int) -> bytes:
        records = [
            Record(f"r{row}", "b1", "bench", day, _values(kinds, number, row, day), "x.yml", row)
            for row in range(ROWS)
            for day in (dt.date(2026, 1, 1) + dt.timedelta(days=row),)
        ]
        return render_ledger(ledger, (), records, stamp=MOMENT)

    return make


def _values(kinds: Sequence[str], number: int, row: int, day: dt.date) -> dict[str, Any]:
    made = {
        "date": day, "choice": "党课", "text": f"第{number}份第{row}行的内容", "count": row, "amount": Decimal(row) / 2,
        "member": f"m-{row:03d}",
    }  # fmt: skip
    return {f"c{index}": made[kind] for index, kind in enumerate(kinds)}


def _openpyxl_ledger() -> Callable[[int], bytes]:

    side = Side(style="thin")
    border, wrapped, bold = (
        Border(side, side, side, side),
        Alignment(wrap_text=True, vertical="center"),
        Font(bold=True),
    )
    kinds = ("date", "choice", "text", "count", "count", "amount", "text", "choice", "text", "member", "date", "text")

    def make(number: int) -> bytes:
        book = Workbook()
        sheet = book.active
        sheet.title = "台账"
        sheet.append(["测速台账"])
        sheet.append([f"栏目{index}" for index in range(COLUMNS)])
        for row in range(ROWS):
            day = dt.date(2026, 1, 1) + dt.timedelta(days=row)
            sheet.append(list(_values(kinds, number, row, day).values()))
        for line in sheet.iter_rows(min_row=2):
            for cell in line:
                cell.border, cell.alignment = border, wrapped
        for cell in sheet[2]:
            cell.font = bold
        for column in "BH":
            rule = DataValidation(type="list", formula1='"支部党员大会,支委会,党小组会,党课"', showErrorMessage=True)
            rule.add(f"{column}3:{column}{ROWS + 2}")
            sheet.add_data_validation(rule)
        for column in "ADK":
            rule = DataValidation(type="date" if column != "D" else "whole", operator="greaterThan", formula1="0")
            rule.add(f"{column}3:{column}{ROWS + 2}")
            sheet.add_data_validation(rule)
        sheet.freeze_panes = "B3"
        sheet.print_title_rows = "1:2"
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return make
