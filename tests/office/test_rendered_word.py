"""Word files on paper: some files printed by LibreOffice in one call, and measured with a ruler of our own.

Two of them are broken on purpose, so that the measures are seen to fail.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import pytest
from office_samples import DOCUMENTS, ORDER, STAMP, cell, head
from rendering import MM, Page, Print, print_all

from handbook.composition.document import Document, Grid, Heading, Paragraph, Signature
from handbook.renderers.office import stored_zip
from handbook.renderers.to_docx import render_docx

TOP, LEFT, WIDTH, HEIGHT = 37 * MM, 28 * MM, 156 * MM, 225 * MM
PITCH = 579 / 20
BODY, HEI, KAI, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
CALIBRATION = Document(
    (),
    (
        Paragraph(("永" * (26 + 28 * 30),)),
        Heading(1, ("一、黑体",)),
        Heading(2, ("（二）楷体",)),
        Paragraph(("永" * 26,)),
    ),
    "forms/calibration",
    "1.0",
)


def foot(lines: int, rows: int = 0) -> Document:
    """Give so many lines, a table, and 版记."""
    table = Grid((1, 1), ((head("甲"), head("乙")), *((cell(f"第{row:02d}行"), cell("乙")) for row in range(rows))), 1)
    signed = Signature(("示例支部（虚构）",), ("2026年6月12日",), seal=True)
    text = (Paragraph((f"第{line:02d}句",)) for line in range(lines))
    return Document(("题",), (*text, table if rows else signed), "forms/foot", "1.0", imprint=ORDER.imprint)


FEET = {f"foot-{lines}": foot(lines) for lines in (13, 15)}
PARTED = {f"parted-{lines}": foot(lines, 30) for lines in (17, 18, 19)}
LAST = {f"last-{lines}": foot(lines, 12) for lines in (5, 6)}
SHOWN = ("report", "letter", "letter-sealed", "order", "order-upward", "wide", "ballot")


@pytest.fixture(scope="module")
def prints(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Print]:
    files = {name: render_docx(DOCUMENTS[name], stamp=STAMP) for name in SHOWN}
    files |= {name: render_docx(made, stamp=STAMP) for name, made in (FEET | PARTED | LAST).items()}
    files["calibration"] = render_docx(CALIBRATION, stamp=STAMP)
    loose = (
        ("word/styles.xml", 'w:line="579"', 'w:line="580"'),
        ("word/document.xml", 'w:linePitch="579"', 'w:linePitch="580"'),
        ("word/styles.xml", 'w:spacing w:val="-5"', 'w:spacing w:val="-4"'),
    )
    files["too-loose"] = mutated(files["calibration"], *loose)
    files["wrong-type"] = mutated(
        files["report"],
        ("word/footer1.xml", '<w:jc w:val="right"/>', '<w:jc w:val="center"/>'),
        ("word/styles.xml", 'w:eastAsia="黑体" w:hAnsi="黑体"', 'w:eastAsia="楷体_GB2312" w:hAnsi="楷体_GB2312"'),
    )
    return print_all(files, tmp_path_factory.mktemp("printed"))


def mutated(data: bytes, *edits: tuple[str, str, str]) -> bytes:
    """Change the text of some parts; each edit must find its place."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, old, new in edits:
        assert old.encode() in parts[name], (name, old)
        parts[name] = parts[name].replace(old.encode(), new.encode())
    return stored_zip(list(parts.items()))


def full_lines(page: Page) -> list[int]:
    """Give the number of characters of each line of the text."""
    return [sum(len(piece.text) for piece in line) for line in page.body()]


def test_a_page_holds_22_lines_of_28_characters(prints: Mapping[str, Print]) -> None:
    first, second = prints["calibration"].pages
    assert full_lines(first) == [26, *[28] * 21]
    assert full_lines(second)[:9] == [28] * 9


def test_lines_stand_on_the_grid_and_fill_the_type_area(prints: Mapping[str, Print]) -> None:
    page = prints["calibration"].pages[0]
    middles = [(line[0].top + line[0].bottom) / 2 for line in page.body()]
    assert all(abs((middle - middles[0]) / PITCH - index) < 0.05 for index, middle in enumerate(middles))
    assert TOP <= middles[0] <= TOP + PITCH
    assert TOP + HEIGHT - PITCH <= middles[-1] <= TOP + HEIGHT
    for number, line in enumerate(page.body()):
        indent = 32 if number == 0 else 0
        assert abs(line[0].left - LEFT - indent) < 1.5, number
        assert LEFT + WIDTH - 4 < line[-1].right <= LEFT + WIDTH + 1, number


def test_the_measures_see_a_page_that_is_too_loose(prints: Mapping[str, Print]) -> None:
    lines = full_lines(prints["too-loose"].pages[0])
    assert len(lines) == 21
    assert lines[1] == 27


@pytest.mark.parametrize("name", ["calibration", "report", "order", "letter", "letter-sealed", "order-upward"])
def test_every_character_lies_on_the_type_area(prints: Mapping[str, Print], name: str) -> None:
    for page in prints[name].pages:
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        for line in page.body():
            assert line[0].left >= LEFT - 1
            # LibreOffice hangs punctuation at the end of a line whatever the file says
            room = 17 if line[-1].text[-1] in "，。、；：！？）”》" else 2
            assert line[-1].right <= LEFT + WIDTH + room
            assert TOP - 1 <= (line[0].top + line[0].bottom) / 2 <= TOP + HEIGHT + 1


def test_page_numbers_stand_outside_seven_millimetres_below(prints: Mapping[str, Print]) -> None:
    report = prints["report"]
    assert len(report.pages) >= 4
    for number, page in enumerate(report.pages, 1):
        line = page.number_line
        assert "".join(piece.text for piece in line) == f"—{number}—"
        if number % 2:
            assert abs(LEFT + WIDTH - 14 - line[-1].right) < 2, number
        else:
            assert abs(line[0].left - LEFT - 14) < 2, number
        assert all(
            abs((piece.right - piece.left) - 14 * len(piece.text) / (2 if piece.text.isdecimal() else 1)) < 2
            for piece in line
        )
    dash = report.pages[0].number_line[0]
    top, bottom = report.ink(1, TOP + HEIGHT + 2, 297 * MM - 5, dash.left, dash.right)
    assert abs(((top + bottom) / 2 - TOP - HEIGHT) / MM - 7) <= 1


def test_the_measures_see_a_number_in_the_middle(prints: Mapping[str, Print]) -> None:
    assert abs(LEFT + WIDTH - 14 - prints["wrong-type"].pages[0].number_line[-1].right) > 50


def test_each_level_has_its_kind_of_type(prints: Mapping[str, Print]) -> None:
    report = prints["report"]
    wanted = {
        "党建工作汇报": TITLE,
        "一、主要工作情况": HEI,
        "（一）抓实组织生活": KAI,
        "年轻党员": BODY,
        "数据来源明细表": TITLE,
    }
    assert {text: report.kind_of(text) for text in wanted} == wanted
    assert prints["calibration"].kind_of("黑体") == HEI
    assert prints["calibration"].kind_of("楷体") == KAI
    assert prints["wrong-type"].kind_of("一、主要工作情况") == KAI


def test_a_signature_stands_where_the_standard_wants_it(prints: Mapping[str, Print]) -> None:
    plain = {"".join(piece.text for piece in line): line for line in prints["letter"].pages[0].body()}
    organ, date = plain["中共示例县财政局机关支部委员会"], plain["2025年7月8日"]
    em = 15.75
    assert abs((LEFT + WIDTH - organ[-1].right) / em - 2) < 0.3
    # 15 characters of organ, 6 of date: the date begins 2 right of the organ and so ends 9 from the edge. LibreOffice
    # puts space between figures and Han characters whatever the file says, hence the right end
    assert abs((LEFT + WIDTH - date[-1].right) / em - 9) < 0.3
    sealed = {"".join(piece.text for piece in line): line for line in prints["letter-sealed"].pages[0].body()}
    organ, date = sealed["示例县直机关工委办公室"], sealed["2025年12月31日"]
    assert abs((LEFT + WIDTH - date[-1].right) / em - 4) < 0.3
    assert abs((organ[0].left + organ[-1].right) - (date[0].left + date[-1].right)) / 2 / em < 0.7


def test_no_signature_stands_alone_on_a_page(prints: Mapping[str, Print]) -> None:
    for name in ("letter", "letter-sealed", "report", "order", "order-upward"):
        for page in prints[name].pages:
            texts = ["".join(piece.text for piece in line) for line in page.body()]
            where = next((index for index, text in enumerate(texts) if re.fullmatch(r"\d{4}年\d+月\d+日", text)), None)
            assert where is None or where >= 2, (name, texts[:4])


def test_a_red_head_and_its_line(prints: Mapping[str, Print]) -> None:
    order = prints["order"]
    texts = ["".join(piece.text for piece in line) for line in order.pages[0].body()]
    assert texts[0] == "中共示例县直机关工委文件"
    assert order.kind_of("工委文件") == TITLE
    assert texts[1].startswith("示直工〔2026〕")
    # 5.2.3, 7.3.3: the first page shows text
    assert any(text.startswith("2025年，示例支部") for text in texts)


def test_the_imprint_ends_the_last_page(prints: Mapping[str, Print]) -> None:
    for name in ("order", "order-upward"):
        last = prints[name].pages[-1]
        line = last.body()[-1]
        assert "印发" in "".join(piece.text for piece in line)
        assert abs((line[0].top + line[0].bottom) / 2 - TOP - HEIGHT) < 1.5 * PITCH


@pytest.mark.parametrize("name", [*FEET, *PARTED, *LAST])
def test_the_imprint_has_no_page_of_its_own(prints: Mapping[str, Print], name: str) -> None:
    texts = ["".join(piece.text for piece in line) for line in prints[name].pages[-1].body()]
    assert any("印发" in text for text in texts)
    assert not texts[0].startswith("抄送"), texts


@pytest.mark.parametrize("name", [*PARTED, *LAST])
def test_no_row_of_a_table_is_lost_and_no_header_stands_above_one_row(prints: Mapping[str, Print], name: str) -> None:
    rows = [sum(bool(re.match(r"第\d\d行", text)) for text in page.texts) for page in prints[name].pages]
    assert sum(rows) == (30 if name in PARTED else 12), rows
    assert next(count for count in rows if count) >= 2, rows


def test_a_wide_table_lies_on_its_side_with_its_head_on_every_sheet(prints: Mapping[str, Print]) -> None:
    sizes = [(round(page.width / MM), round(page.height / MM)) for page in prints["wide"].pages]
    turned = [index for index, size in enumerate(sizes) if size == (297, 210)]
    assert len(turned) >= 2
    assert sizes[0] == sizes[-1] == (210, 297)
    for index in turned:
        assert any("序号" in text and "备注" in text for text in prints["wide"].pages[index].texts)


def test_a_ballot_is_one_small_sheet(prints: Mapping[str, Print]) -> None:
    (page,) = prints["ballot"].pages
    assert (round(page.width / MM), round(page.height / MM)) == (148, 210)
    assert not any(re.fullmatch(r"—\d+—", text) for text in page.texts)
