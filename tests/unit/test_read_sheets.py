"""Sheets as files bring them: Excel's own habits, and files made to do harm."""

import io
import struct
import zipfile

import openpyxl
import pytest
from openpyxl.styles import Alignment

from handbook.loading import read_csv as csv_module
from handbook.loading import read_xlsx as xlsx_module
from handbook.loading import xlsx_cells
from handbook.loading.read_csv import read_csv
from handbook.loading.read_xlsx import read_xlsx
from handbook.loading.sheet import SheetError, address, position

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def book(rows="", *, shared="", styles="", properties="", after="", parts=(), sheets="台账", **replaced):
    """A workbook from the XML of its rows; `replaced` puts other text in the place of a part."""
    texts = {
        "_rels/.rels": f'<Relationships {LINKS}><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><workbookPr {properties}/><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="s{n}"/>' for n, name in enumerate(sheets.split(), 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships {LINKS}><Relationship Id="s1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        f'<Relationship Id="u" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>",
        "xl/sharedStrings.xml": f"<sst {MAIN}>{shared}</sst>",
        "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>",
        **dict(parts),
    }
    texts |= {name.replace("__", "/"): text for name, text in replaced.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            if text is not None:
                archive.writestr(name, text)
    return buffer.getvalue()


def cells(data, wanted=""):
    sheet = read_xlsx(data, wanted)
    return {
        address(row, column): (cell.text, cell.kind)
        for row, held in sheet.rows.items()
        for column, cell in held.items()
    }


DATES = (
    '<numFmts><numFmt numFmtId="170" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;"/>'
    '<numFmt numFmtId="171" formatCode="&quot;day &quot;0.00\\d_m"/><numFmt numFmtId="172" formatCode="General"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="31"/><xf numFmtId="172"/><xf numFmtId="49"/></cellXfs>'
)


def test_texts_shared_inline_and_of_formulas():
    rows = (
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><r><t>两</t></r><r><t xml:space="preserve">段 </t></r></is></c>'
        '<c t="str"><f>A2</f><v>算出的字</v></c><c r="E2" t="s"><v>1</v></c></row><row><c><v>7</v></c></row>'
    )
    shared = '<si><t>甲_x005F_x0041_乙_x000D_</t></si><si><r><t>拼</t></r><rPh sb="0" eb="1"><t>pin</t></rPh><r><t>音</t></r></si>'
    assert cells(book(rows, shared=shared)) == {
        "A2": ("甲_x0041_乙", "text"),
        "B2": ("两段", "text"),
        "C2": ("算出的字", "text"),
        "E2": ("拼音", "text"),
        "A3": ("7", "number"),
    }


def test_numbers_are_what_people_see():
    given = ["0.30000000000000004", "1.2E+2", "12.50", "-0", "1E-12", "123456789012345", "99.949999999999989"]
    rows = "<row>" + "".join(f"<c><v>{text}</v></c>" for text in given) + "</row>"
    found = [text for text, kind in cells(book(rows)).values() if kind == "number"]
    assert found == ["0.3", "120", "12.5", "0", "0", "123456789012345", "99.95"]


@pytest.mark.parametrize("text", ["1E+400000000", "NaN", "abc"])
def test_what_is_no_number_is_told(text):
    assert cells(book(f"<row><c><v>{text}</v></c></row>")) == {"A1": (f"读不成数的内容“{text}”", "wrong")}


def test_dates_are_known_by_their_format_and_counted_as_excel_does():
    given = [
        (1, 45658),
        (2, 45658),
        (3, 45658),
        (4, 59),
        (1, 61),
        (1, 60),
        (1, 1),
        (1, 0),
        (1, 45658.5),
        (5, 45658),
        (6, 5),
        (1, -3),
    ]
    rows = "<row>" + "".join(f'<c s="{style}"><v>{value}</v></c>' for style, value in given) + "</row>"
    found = list(cells(book(rows, styles=DATES)).values())
    nowhere = ("日历上没有的日期", "wrong")
    assert found == [
        ("2025-01-01", "date"),
        ("2025-01-01", "date"),
        ("45658", "number"),
        ("1900-02-28", "date"),
        ("1900-03-01", "date"),
        nowhere,
        ("1900-01-01", "date"),
        nowhere,
        ("2025-01-01 带时刻", "date"),
        ("45658", "number"),
        ("5", "number"),
        nowhere,
    ]


def test_old_macs_count_from_1904():
    rows = '<row><c s="1"><v>60</v></c><c s="1"><v>2958465</v></c></row>'
    found = cells(book(rows, styles=DATES, properties='date1904="1"'))
    assert found["A1"] == ("1904-03-01", "date")
    assert found["B1"] == ("日历上没有的日期", "wrong")


def test_other_kinds_of_cells_are_told():
    rows = (
        '<row><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c><f>A1</f></c><c t="d"><v>2025-03-05T00:00:00</v></c>'
        '<c t="d"><v>2025-03-05T09:30:00</v></c><c t="str"><f>""</f><v></v></c><c s="1"/></row>'
    )
    assert list(cells(book(rows)).values()) == [
        ("逻辑值 TRUE 或 FALSE", "wrong"),
        ("公式错误 #REF!", "wrong"),
        ("没有保存结果的公式", "wrong"),
        ("2025-03-05", "date"),
        ("2025-03-05 带时刻", "date"),
    ]


def test_merged_cells_and_hidden_rows_are_known():
    after = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B3"/></mergeCells>'
    sheet = read_xlsx(book('<row r="3" hidden="1"><c><v>1</v></c></row>', after=after))
    assert sheet.merged == ((1, 1, 1, 3), (3, 2, 3, 2))
    assert sheet.hidden == (3,)


def test_what_excel_and_openpyxl_write_is_read(tmp_path):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "台账"
    sheet.append(["日期", 12.5, "=1+1", None, True])
    sheet["A1"].alignment = Alignment(wrap_text=True)
    made.create_sheet("填写说明")
    buffer = io.BytesIO()
    made.save(buffer)
    assert cells(buffer.getvalue()) == {
        "A1": ("日期", "text"),
        "B1": ("12.5", "number"),
        "C1": ("没有保存结果的公式", "wrong"),
        "E1": ("逻辑值 TRUE 或 FALSE", "wrong"),
    }


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (book(xl__workbook_xml=None, **{"xl/workbook.xml": None}), "压缩包里没有工作簿，不是 Excel 表格 → "),
        (book(sheets="甲 乙"), "文件里不止一个工作表，不知道读哪一个 → 请用 --sheet 写明；文件里有：甲、乙"),
        (book(sheets="填写说明 选项"), "文件里没有工作表 → 请检查文件"),
        (book(sheets=""), "文件里没有工作表 → 请检查文件"),
        (book(**{"xl/worksheets/sheet1.xml": None}), "工作表“台账”在文件里找不到内容 → 请用 Excel 或 WPS 打开这个文件"),
        (book(**{"xl/worksheets/sheet1.xml": "<worksheet><row>"}), "文件的 工作表“台账” 损坏，读不下去 → "),
        (
            book(**{"xl/sharedStrings.xml": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'}),
            "文件的 sharedStrings.xml 里有实体或文档类型声明，正常的表格没有 → ",
        ),
        (
            book(**{"xl/styles.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><styleSheet/>'}),
            "文件的 styles.xml 里有实体或文档类型声明，正常的表格没有 → ",
        ),
        (book('<row><c t="s"><v>3</v></c></row>'), "表格里的文字编号对不上，文件已损坏 → "),
        (book('<row><c t="s"><v>x</v></c></row>'), "表格里的文字编号对不上，文件已损坏 → "),
        (
            book('<row><c r="ZZ1"><v>3</v></c></row>'),
            "表超过 100000 行或 200 列 → 请只留台账的行和栏，按年份拆开再导入",
        ),
        (book()[:-30], "文件不完整或已损坏，打不开 → "),
    ],
)
def test_what_cannot_be_read_is_told(data, words):
    with pytest.raises(SheetError) as caught:
        read_xlsx(data)
    assert str(caught.value).startswith(words)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(xlsx_module, "MOST_BYTES", 1 << 20)
    data = book(parts=[("xl/media/image1.png", "0" * (1 << 21))])
    with pytest.raises(
        SheetError,
        match="文件展开后超过 1 MB 或 2000 个部件，不像一本台账 → 请删去图片和无关的工作表，按年份拆开再导入",
    ):
        read_xlsx(data)


def test_a_size_that_lies_is_not_believed():
    """The list of parts says 10 bytes; the part unpacks to a megabyte."""
    data = bytearray(book("<row><c><v>" + "1" * (1 << 20) + "</v></c></row>"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        whole = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    data = data.replace(struct.pack("<I", whole), struct.pack("<I", 10))
    with pytest.raises(SheetError, match="损坏"):
        read_xlsx(bytes(data))


def test_damage_anywhere_gives_a_sentence_and_never_a_traceback():
    data = book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared="<si><t>日期</t></si>", styles=DATES)
    for at in range(0, len(data), 7):
        for changed in (data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1 :], data[:at]):
            try:
                read_xlsx(changed)
            except SheetError:
                pass


def test_endless_rows_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx_cells, "MOST_ROWS", 3)
    with pytest.raises(SheetError, match="表超过 3 行"):
        read_xlsx(book("<row><c><v>1</v></c></row>" * 4))
    assert len(read_xlsx(book("<row><c/></row>" * 50 + "<row><c><v>1</v></c></row>")).rows) == 1


TABLE = "日期,事项\n2025-03-05,学习\n"


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("gbk"),
        TABLE.encode("utf-16"),
        TABLE.replace(",", "\t").encode("utf-16"),
        TABLE.replace(",", ";").encode("gbk"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        TABLE.replace("学习", ' "学习"').replace(' "', '"').encode(),
    ],
)
def test_text_files_of_every_machine(data):
    sheet = read_csv(data, "表")
    assert {row: [cell.text for cell in held.values()] for row, held in sheet.rows.items()} == {
        1: ["日期", "事项"],
        2: ["2025-03-05", "学习"],
    }


def test_text_files_keep_the_row_numbers_of_a_spreadsheet():
    sheet = read_csv('\n甲,"两\n行"\n,\n乙,"含,逗号 ""引号"""\n'.encode(), "表")
    assert sorted(sheet.rows) == [2, 4]
    assert sheet.rows[4][2].text == '含,逗号 "引号"'


def test_text_files_beyond_the_bounds(monkeypatch):
    monkeypatch.setattr(csv_module, "MOST_ROWS", 2)
    with pytest.raises(SheetError, match="表超过 2 行或 200 列 → 请只留台账的行和栏，按年份拆开再导入"):
        read_csv(b"a\nb\nc\n", "表")
    monkeypatch.setattr(csv_module, "MOST_BYTES", 3)
    with pytest.raises(SheetError, match="文件有 0 MB，超过 0 MB → 请按年份拆成几个文件再导入"):
        read_csv(b"a\nb\n", "表")


def test_addresses_there_and_back():
    for place in ("A1", "Z9", "AA10", "GR7", "ZZZ9999999"):
        assert address(*position(place)) == place
    assert [position(text) for text in ("", "A", "7", "A-1", "AAAA1", "A12345678", "Ä1")] == [None] * 7
    assert position("$D$7") == (7, 4)
