"""What a unit issues: red head, 版记, attachment note, turned and small sheets, 填写说明, and texts that could break a file."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from office_checker import W, Word, check, text_of, val
from office_samples import BALLOT, DOCUMENTS, GUIDE, ORDER, REQUEST, STAMP, TEXT, WIDE, cell

from handbook.composition.document import (
    AttachmentNote,
    AttachmentTitle,
    Blank,
    Block,
    Document,
    Grid,
    Imprint,
    Letterhead,
    PageBreak,
    Paragraph,
    Sheet,
    Signature,
    Todo,
)
from handbook.renderers import docx_xml, to_docx
from handbook.renderers.gbt9704 import PROFILE, mark_size, note_indents
from handbook.renderers.to_docx import render_docx, sound


def rendered(*blocks: Block, **options: object) -> Word:
    """Render these blocks and take the file apart."""
    made = Document((), blocks, "forms/sample", "1.0", **options)  # type: ignore[arg-type]
    return Word(render_docx(made, stamp=STAMP))


def styles(word: Word) -> list[str]:
    """Give the styles of the body's own paragraphs and ``tbl`` for a table."""
    return [
        val(node.find(f"{W}pPr/{W}pStyle")) or "" if node.tag == W + "p" else "tbl"
        for node in word.body
        if node.tag != W + "sectPr"
    ]


def sizes(word: Word) -> list[tuple[str, str]]:
    """Give the paper of each section."""
    return [(size.get(W + "w"), size.get(W + "h")) for size in word.body.iter(W + "pgSz")]


UPRIGHT, TURNED, SMALL = ("11906", "16838"), ("16838", "11906"), ("8391", "11906")


def test_a_turned_sheet_is_a_section_of_its_own() -> None:
    word = Word(render_docx(WIDE, stamp=STAMP))
    assert sizes(word) == [UPRIGHT, TURNED, UPRIGHT]
    holders = [node for node in word.body.iter(W + "p") if node.find(f"{W}pPr/{W}sectPr") is not None]
    assert [text_of(node)[:5] for node in holders] == [TEXT[:5], ""]
    assert all(node.find(W + "pPr")[-1].tag == W + "sectPr" for node in holders)
    assert sum(int(node.get(W + "w")) for node in word.body.iter(W + "gridCol")) == 12756
    # The section begins a page; a page break as well would leave an empty one in some programs.
    assert next(word.body.iter(W + "pageBreakBefore"), None) is None


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ((Sheet("landscape"), Paragraph(("文",))), [TURNED]),
        ((Paragraph(("文",)), Sheet("portrait"), Paragraph(("文",))), [UPRIGHT]),
        ((Paragraph(("文",)), Sheet("landscape")), [UPRIGHT]),
        ((Paragraph(("文",)), Sheet("landscape"), Sheet("portrait"), Paragraph(("文",))), [UPRIGHT]),
        ((Paragraph(("文",)), PageBreak(), Sheet("landscape"), Grid((1,), ((cell("甲"),),))), [UPRIGHT, TURNED]),
        ((Grid((1,), ((cell("甲"),),)), Sheet("ballot"), AttachmentTitle("附件", "题")), [UPRIGHT, SMALL]),
    ],
)
def test_sheets_that_hold_nothing_are_no_sections(blocks: tuple[Block, ...], expected: list[tuple[str, str]]) -> None:
    word = rendered(*blocks)
    assert sizes(word) == expected
    assert check(word.data) == []


def test_a_signature_on_another_sheet_counts_its_characters() -> None:
    long = "示例县直机关工委办公室机关党支部委员会"
    for paper, room in (("portrait", 28), ("landscape", 40), ("ballot", 20)):
        word = rendered(Paragraph((TEXT,)), Signature((long,), ("2026年6月12日",)), paper=paper)
        effective = {style: found for _, style, found in word.paragraphs()}
        assert int(effective["GWSign"]["ind"]["rightChars"]) == min(200, (room - len(long)) * 100)


def test_a_ballot_has_no_page_number_and_fits_its_sheet() -> None:
    word = Word(render_docx(BALLOT, stamp=STAMP))
    assert sizes(word) == [SMALL]
    assert not [name for name in word.parts if "footer" in name]
    assert sum(int(node.get(W + "w")) for node in word.body.iter(W + "gridCol")) == PROFILE.slip.text_width


def test_the_guide_is_a_section_before_page_1_and_the_rest_is_the_same_file() -> None:
    without, guided = (
        Word(render_docx(REQUEST, stamp=STAMP)),
        Word(render_docx(replace(REQUEST, guide=GUIDE), stamp=STAMP)),
    )
    plain, more = (word.parts["word/document.xml"].decode() for word in (without, guided))
    start = plain.index("<w:body>") + len("<w:body>")
    assert more.startswith(plain[:start])
    assert more.endswith(plain[start:])
    assert {name for name in guided.parts if guided.parts[name] != without.parts[name]} == {"word/document.xml"}
    first, second = guided.sections()
    assert text_of(first[1][0]) == "填写说明"
    assert first[0].find(W + "footerReference") is None
    assert val(second[1][0].find(f"{W}pPr/{W}pStyle")) == "Title"


def test_the_attachment_note_hangs_on_its_names() -> None:
    assert note_indents(0) == (5, 3)
    assert note_indents(1) == (5.75, 3.75)
    assert note_indents(2) == (5.75, 0.75)
    assert note_indents(10) == (6.25, 1.25)
    word = rendered(Paragraph((TEXT,)), AttachmentNote(("决议；", "  名册。")), Paragraph(("联系人：甲某某",)))
    assert [text_of(node) for node in word.body if val(node.find(f"{W}pPr/{W}pStyle")) == "GWNote"] == [
        "附件：1.决议",
        "2.名册",
    ]
    assert styles(word)[:2] == ["GWBody", "GWBlank"]
    once = rendered(Paragraph((TEXT,)), Blank(), AttachmentNote(("决议",)))
    assert styles(once) == ["GWBody", "GWBlank", "GWNote"]
    assert text_of(once.body).endswith("附件：决议")


@pytest.mark.parametrize(("lines", "kept"), [(1, True), (12, False)])
def test_note_and_signature_stay_together(lines: int, *, kept: bool) -> None:
    """A short last paragraph goes along; with a long one the chain would fill a page and be broken somewhere."""
    word = rendered(
        Paragraph(("文" * 28 * lines,)), AttachmentNote(("甲", "乙")), Signature(("示例支部",), ("2026年6月12日",))
    )
    assert styles(word) == ["GWBody", "GWBlank", "GWNote", "GWNote", "GWBlank", "GWSign", "GWDate"]
    assert ["keepNext" in effective for *_, effective in word.paragraphs()] == [kept, *[True] * 5, False]


def test_a_long_last_paragraph_stays_with_a_signature_without_note() -> None:
    word = rendered(Paragraph(("文" * 400,)), Signature(("示例支部",), ("2026年6月12日",)))
    assert "keepNext" in next(word.paragraphs())[2]


@pytest.mark.parametrize(
    ("organ", "to_fill", "expected"),
    [("示例县直机关工委", False, "Large"), ("中共示例县直机关工委文件", False, "Middle"), ("机关" * 8, False, "Small"),
     ("机关" * 20, False, "Small"), ("【待填】文件", True, "Small")],
)  # fmt: skip
def test_the_mark_is_as_large_as_its_line_allows(organ: str, expected: str, *, to_fill: bool) -> None:
    assert mark_size(organ, to_fill=to_fill)[0] == expected


def test_a_document_to_a_superior_names_its_signer() -> None:
    word = Word(render_docx(DOCUMENTS["order-upward"], stamp=STAMP))
    assert styles(word)[:7] == ["GWMarkSmall", "GWBlank", "GWBlank", "tbl", "GWRedLine", "GWBlank", "GWBlank"]
    left, right = next(word.body.iter(W + "tbl")).iter(W + "tc")
    assert text_of(left) == "示直工〔2026〕【待填】号"
    assert text_of(right) == "签发人：【待填】"
    fonts = [word.properties(style, "rPr")["rFonts"]["eastAsia"] for style in ("GWNumber", "GWSigner")]
    assert fonts == ["仿宋_GB2312", "楷体_GB2312"]


def test_head_and_imprint_give_their_columns_what_the_words_need() -> None:
    long = "中共示例县直属机关工作委员会办公室"
    for number, signer in (
        (("示机关党发〔2026〕12号",), ("甲某某",)),
        ((Todo("n", "发文字号"),), (Todo("s", "签发人"),)),
    ):
        word = rendered(Paragraph((TEXT,)), letterhead=Letterhead(("示例支部文件",), number, signer))
        left, right = (int(node.get(W + "w")) for node in word.body.iter(W + "tcW"))
        assert left + right == 8844
        assert left >= (1 + 14) * 315 - 315 * (number[0] == "示机关党发〔2026〕12号") * 3
        assert right >= (1 + 4 + 3) * 315
    very_long = Letterhead(("示例支部文件",), ("示" * 40,), ("甲" * 40,))
    left, right = (int(node.get(W + "w")) for node in rendered(letterhead=very_long).body.iter(W + "tcW"))
    assert (left, right) == (19 * 315, 8844 - 19 * 315)
    for date in ("2026年6月1日", Todo("d", "印发日期", kind="date")):
        word = rendered(Paragraph((TEXT,)), imprint=Imprint((long,), (date,)))
        printer, day = (int(node.get(W + "w")) for node in word.body.iter(W + "tcW"))
        assert printer >= (1 + len(long)) * 280
        assert day >= (1 + 9) * 280 or isinstance(date, str)


def test_imprint_below_a_table_takes_the_last_row_along_and_does_not_touch_it() -> None:
    imprint = Imprint(("办公室",), ("2026年6月12日印发",))
    rows = ((cell("甲"),), (cell("乙", lines=2),), (cell("丙", lines=2),))
    word = rendered(Grid((1,), rows), imprint=imprint)
    assert check(word.data) == []
    kept = [row.find(f".//{W}keepNext") is not None for row in list(word.body.iter(W + "tr"))[:3]]
    assert kept == [False, False, True]
    tall = rendered(Grid((1,), (*rows, (cell(Todo("t", "说明", kind="long")),))), imprint=imprint)
    assert [row for row in tall.body.iter(W + "tr") if row.find(f".//{W}keepNext") is not None] == []


def test_what_stands_below_a_date_stays_with_it() -> None:
    word = rendered(
        Paragraph((TEXT,)), Signature(("示例支部",), ("2026年6月12日",)), Paragraph(("（联系人：甲某某）",))
    )
    assert {style: "keepNext" in effective for _, style, effective in word.paragraphs()}["GWDate"]


def test_one_line_stands_in_the_middle_of_a_tall_row() -> None:
    cells = (
        cell(lines=3), cell(Todo("a", "日期", kind="date")), cell(Todo("b", "姓名"), lines=3, align="center"),
        cell(Todo("c", "情况"), lines=3), cell(Todo("d", "意见", kind="long")), cell("文" * 40), cell("甲\n乙"), cell("无"),
    )  # fmt: skip
    word = rendered(Grid((1,) * 8, (cells,)))
    middle = [node.find(f"{W}tcPr/{W}vAlign") is not None for node in word.body.iter(W + "tc")]
    assert middle == [True, True, True, False, False, False, False, True]


def test_a_head_without_number_and_minutes_without_their_word() -> None:
    word = rendered(Paragraph((TEXT,)), letterhead=Letterhead(("示例支部委员会",), form="minutes"))
    assert styles(word)[:4] == ["GWMarkLarge", "GWRedLine", "GWBlank", "GWBlank"]
    assert text_of(word.body[0]) == "示例支部委员会纪要"


def test_minutes_name_who_was_there_in_the_type_of_headings() -> None:
    blocks = (Paragraph((TEXT,)), Paragraph(("出席：", Todo("present", "出席人员"))), Paragraph(("列席：无",)))
    word = rendered(*blocks, letterhead=Letterhead(("示例支部纪要",), form="minutes"))
    assert styles(word)[4:] == ["GWBody", "GWBlank", "GWAttendance", "GWAttendance"]
    assert text_of(word.body).endswith("出席：【待填：出席人员】列席：无")
    assert styles(rendered(*blocks)) == ["GWBody"] * 3


def test_a_letter_has_copies_only_and_no_rules() -> None:
    head = Letterhead(("示例办公室",), form="letter")
    with_copies = rendered(Paragraph((TEXT,)), letterhead=head, imprint=Imprint(("甲",), ("乙",), ("丙",)))
    assert text_of(with_copies.body).endswith("抄送：丙。")
    without = rendered(Paragraph((TEXT,)), letterhead=head, imprint=Imprint(("甲",), ("乙",)))
    assert next(without.body.iter(W + "tbl"), None) is None


def test_a_letter_has_its_lines_and_no_number_on_page_1() -> None:
    word = Word(render_docx(DOCUMENTS["inquiry"], stamp=STAMP))
    assert styles(word)[:5] == ["GWLetterMiddle", "GWLetterLine", "GWLetterNumber", "GWBlank", "GWBlank"]
    assert word.body.find(f".//{W}titlePg") is not None
    assert text_of(word.trees["word/footer6.xml"]) == ""
    assert len(list(word.body.iter(W + "framePr"))) == 2


def test_the_imprint_stands_last_and_adds_what_its_lines_begin_and_end_with() -> None:
    made = replace(
        ORDER, imprint=Imprint(("示例办公室",), (Todo("issued", "印发日期", kind="date"),), ("抄送：甲、乙，",))
    )
    word = Word(render_docx(made, stamp=STAMP))
    assert check(word.data) == []
    *_, table = word.body.iter(W + "tbl")
    assert [text_of(node) for node in table.iter(W + "tc")] == [
        "抄送：甲、乙。",
        "示例办公室",
        "【待填】印发",
    ]
    after_table = rendered(Grid((1,), ((cell("甲"),),)), imprint=Imprint(("办公室",), ("2026年6月12日印发",)))
    assert styles(after_table) == ["tbl", "GWTail", "tbl", "GWTail"]
    assert text_of(after_table.body).endswith("2026年6月12日印发")


def test_properties_tell_rules_and_state_and_nobody() -> None:
    word = Word(render_docx(REQUEST, stamp=STAMP))
    assert {
        node.get("name"): text for node in word.trees["docProps/custom.xml"] for text in node.itertext() if text
    } == {
        "TemplateId": "forms/sample-request",
        "TemplateVersion": "1.1",
        "RuleVersion": "发展党员细则（2026）",
        "Freshness": "0123abcd",
    }
    read = docx.Document(io.BytesIO(word.data)).core_properties
    assert (read.author, read.last_modified_by, read.revision, read.comments) == ("", "", 0, "")


@pytest.mark.parametrize(
    "text",
    ["长" * 10_000, "😀👨‍👩‍👧🇨🇳", "甲\u202e乙\u2066丙\u200f丁\u200b", "\ud800\udc00\udfff甲", "".join(map(chr, range(32))) + "甲", "]]><!--&amp;%s{}",
     "\ufffe\uffff\x7f\x85甲", "第一行\r第二行\n\n"],
    ids=["long", "emoji", "bidi", "surrogates", "control", "markup", "noncharacters", "lines"],
)  # fmt: skip
def test_no_text_damages_a_file(text: str) -> None:
    made = Document(
        (text, (text, Todo("a", text))),
        (
            Paragraph((text, Todo("b", text, kind="choice", options=(text, "甲")))),
            AttachmentNote((text, text)),
            Signature((text,), (text,)),
            AttachmentTitle(text, text),
            Grid((1, 9), ((cell(text), cell(Todo("c", text, hint=text, short=True))),), caption=text),
        ),
        f"forms/{text}", text, subject=text, keywords=(text,), rules=text, freshness="0123abcd",
        letterhead=Letterhead((text,), (text,), (text,)), imprint=Imprint((text,), (text,), (text,)),
        guide=replace(GUIDE, title=text),
    )  # fmt: skip
    data = render_docx(made, stamp=STAMP)
    about_texts = ("X23", "X24", "X35", "X36", "X42", "X44")
    assert [found for found in check(data) if not found.startswith(about_texts)] == []
    assert docx.Document(io.BytesIO(data)).core_properties.title


def test_a_part_that_is_not_well_formed_is_named_and_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_xml, "escape", lambda text: text)
    with pytest.raises(ValueError, match=r"word/document\.xml is not well-formed"):
        render_docx(Document((), (Paragraph(("甲<乙",)),), "forms/sample", "1.0"), stamp=STAMP)
    with pytest.raises(ValueError, match="not well-formed"):
        sound("x.xml", "<w:p/>")


def test_a_part_that_stands_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(to_docx, "_glossary", lambda body: (("word/styles.xml", b""),))
    with pytest.raises(ValueError, match=r"word/styles\.xml"):
        render_docx(REQUEST, stamp=STAMP)


def test_a_row_with_fields_is_one_row_and_paragraphs_keep_their_shape() -> None:
    """Filling in edits the file as text: this shape is a contract."""
    xml = Word(render_docx(WIDE, stamp=STAMP)).parts["word/document.xml"].decode()
    rows = re.findall(r"<w:tr>.*?</w:tr>", xml, re.DOTALL)
    assert [len(re.findall("<w:sdt>", row)) for row in rows] == [0, 6, *[0] * 29]
    assert len(re.findall(r"<w:p><w:pPr><w:pStyle ", xml)) == xml.count("<w:p>")
    letter = Word(render_docx(DOCUMENTS["letter-to-fill"], stamp=STAMP)).parts["word/document.xml"].decode()
    control = re.search(r"<w:sdt>.*?</w:sdt>", letter)
    assert control
    assert re.fullmatch(
        r'<w:sdt><w:sdtPr><w:alias w:val="上级党委"/><w:tag w:val="superior"/><w:id w:val="\d+"/><w:placeholder>'
        r'<w:docPart w:val="[0-9A-F]{32}"/></w:placeholder><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:rPr>'
        r'<w:rStyle w:val="PlaceholderText"/><w:rFonts w:hint="eastAsia"/></w:rPr>'
        r'<w:t xml:space="preserve">【待填：上级党委】</w:t></w:r></w:sdtContent></w:sdt>',
        control[0],
    )
    assert '<w:ind w:rightChars="200" w:right="630"/></w:pPr>' in xml


def test_every_sample_is_a_whole_zip() -> None:
    for document in DOCUMENTS.values():
        with zipfile.ZipFile(io.BytesIO(render_docx(document, stamp=STAMP))) as archive:
            assert archive.testzip() is None
