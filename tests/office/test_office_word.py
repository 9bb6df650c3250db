"""Word files: the official layout, the controls, and texts that could break a file."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from office_checker import W, Word, check, text_of, val
from office_samples import AWKWARD, DOCUMENTS, MINUTES, REPORT, STAMP, TEXT, cell, letter

from handbook.composition.document import Blank, Document, Grid, PageBreak, Paragraph, Recipient, Signature, Todo
from handbook.renderers import to_docx
from handbook.renderers.gbt9704 import PROFILE, column_widths, signature_indents, width_in_characters
from handbook.renderers.office import stored_zip
from handbook.renderers.to_docx import render_docx

FILES = {name: render_docx(document, stamp=STAMP) for name, document in DOCUMENTS.items()}


def document(*blocks: object, title: tuple[str, ...] = ()) -> Word:
    """Render these blocks and take the file apart."""
    made = Document(title, blocks, "forms/sample", "1.0")  # type: ignore[arg-type]
    return Word(render_docx(made, stamp=STAMP))


def styles(word: Word) -> list[str]:
    """Give the styles of the body's own paragraphs and ``tbl`` for a table."""
    return [
        val(node.find(f"{W}pPr/{W}pStyle")) or "" if node.tag == W + "p" else "tbl"
        for node in word.body
        if node.tag != W + "sectPr"
    ]


@pytest.mark.parametrize("name", FILES)
def test_the_official_layout_is_kept(name: str) -> None:
    assert check(FILES[name]) == []


def test_awkward_texts_stay_in_a_sound_file() -> None:
    only_about_the_text = ("X23",)
    assert [
        found for found in check(render_docx(AWKWARD, stamp=STAMP)) if not found.startswith(only_about_the_text)
    ] == []


def test_the_numbers_give_22_lines_of_28_characters() -> None:
    page, lattice = PROFILE.page, PROFILE.lattice
    assert (page.text_width, page.text_height) == (8844, 12756)
    assert page.text_height // lattice.pitch == lattice.lines == 22
    assert page.text_width // lattice.character == lattice.characters == 28


BROKEN = {
    "X02 unknown part": ("[Content_Types].xml", r'<Override PartName="/word/settings.xml"[^>]*/>', ""),
    "X03 letter paper": ("word/document.xml", r'w:w="11906"', 'w:w="12240"'),
    "X04 top margin": ("word/document.xml", r'w:top="2098"', 'w:top="1440"'),
    "X06 29 points": ("word/document.xml", r'linePitch="579"', 'linePitch="580"'),
    "X07 character grid": ("word/document.xml", r'w:type="lines"', 'w:type="linesAndChars"'),
    "X08 no dashes": ("word/footer1.xml", r"—", "-"),
    "X09 centred number": ("word/footer2.xml", r'w:jc w:val="left"', 'w:jc w:val="center"'),
    "X10 compatibility": ("word/settings.xml", r'w:val="15"', 'w:val="12"'),
    "X11 squeezed": ("word/settings.xml", r"doNotCompress", "compressPunctuation"),
    "X12 language": ("word/styles.xml", r'eastAsia="zh-CN"', 'eastAsia="ja-JP"'),
    "X13 theme font": ("word/styles.xml", r"w:hAnsi=", 'w:eastAsiaTheme="minorEastAsia" w:hAnsi='),
    "X14 loose lines": ("word/styles.xml", r'w:line="579"', 'w:line="600"'),
    "X15 widows": ("word/styles.xml", r'widowControl w:val="0"', 'widowControl w:val="1"'),
    "X16 hanging": ("word/styles.xml", r'overflowPunct w:val="0"', 'overflowPunct w:val="1"'),
    "X17 body font": ("word/styles.xml", r"仿宋_GB2312", "宋体"),
    "X18 size": ("word/styles.xml", r'w:sz w:val="32"', 'w:sz w:val="28"'),
    "X19 tracking": ("word/styles.xml", r'spacing w:val="-5"', 'spacing w:val="-4"'),
    "X20 bold": ("word/styles.xml", r'w:b w:val="0"', 'w:b w:val="1"'),
    "X21 red": ("word/styles.xml", r'(<w:kern w:val="2"/>)', r'<w:color w:val="FF0000"/>\1'),
    "X22 quotes": ("word/document.xml", r'<w:rFonts w:hint="eastAsia"/>', '<w:rFonts w:hint="default"/>'),
    "X23 punctuation": ("word/document.xml", r"特此报告。", "特此,报告。"),
    "X24 spaces": ("word/document.xml", r"特此报告。", "　　特此报告。"),
    "X25 loose field": ("word/document.xml", r"特此报告。", "特此报告【待填：姓名】。"),
    "X26 number": ("word/document.xml", r"（一）抓实", "一是抓实"),
    "X29 indent": ("word/styles.xml", r'firstLineChars="200"', 'firstLineChars="0"'),
    "X30 no tag": ("word/document.xml", r'<w:tag w:val="talks"/>', '<w:tag w:val=""/>'),
    "X31 not shaded": ("word/document.xml", r"<w:showingPlcHdr/>", ""),
    "X32 cell width": ("word/document.xml", r'(<w:tcW w:w=")\d+', r"\g<1>900"),
    "X33 header splits": ("word/document.xml", r"<w:cantSplit/>", ""),
    "X34 hidden text": ("word/document.xml", r'(<w:rFonts w:hint="eastAsia"/>)', r"\1<w:vanish/>"),
    "X35 padded date": ("word/document.xml", r"2025年12月31日", "2025年03月08日"),
    "X37 title on grid": ("word/styles.xml", r'<w:snapToGrid w:val="0"/>(<w:jc w:val="center"/>)', r"\1"),
    "X38 not traceable": ("docProps/custom.xml", r"TemplateId", "Other"),
}  # fmt: skip


BROKEN_ELSEWHERE = {
    "X03 on its side": ("wide", "word/document.xml", r' w:orient="landscape"', ""),
    "X04 turned margins": ("wide-only", "word/document.xml", r'w:top="1588"', 'w:top="2098"'),
    "X05 turned area": ("wide-only", "word/document.xml", r'w:right="2098"', 'w:right="2140"'),
    "X05 area": ("report", "word/document.xml", r'w:right="1474"', 'w:right="1510"'),
    "X08 no even pages": ("report", "word/settings.xml", r"<w:evenAndOddHeaders/>", ""),
    "X08 no footer": ("report", "word/document.xml", r'<w:footerReference w:type="even"[^>]*/>', ""),
    "X09 low number": ("report", "word/document.xml", r'w:footer="1443"', 'w:footer="851"'),
    "X14 mark too high": ("order", "word/styles.xml", r'w:before="1984"', 'w:before="0"'),
    "X21 black mark": ("order", "word/styles.xml", r'<w:color w:val="FF0000"/>', ""),
    "X27 heading alone": ("report", "word/styles.xml", r"<w:pPr><w:keepNext/><w:ind w:firstLineChars", "<w:pPr><w:ind w:firstLineChars"),
    "X28 level left out": ("report", "word/document.xml", r'<w:pStyle w:val="2"/>', '<w:pStyle w:val="GWPlain"/>'),
    "X30 plain-text control": ("request", "word/document.xml", r"<w:showingPlcHdr/>", "<w:showingPlcHdr/><w:text/>"),
    "X30 number twice": ("request", "word/document.xml", r'<w:id w:val="\d+"/>', '<w:id w:val="7"/>'),
    "X31 half filled": ("request", "word/document.xml", r'<w:rStyle w:val="PlaceholderText"/>', ""),
    "X31 no placeholder": ("request", "word/document.xml", r'(<w:docPart w:val=")', r"\1A"),
    "X32 too wide": ("wide-only", "word/document.xml", r'(<w:tblW w:w=")12756', r"\g<1>12800"),
    "X33 header twice": ("wide-only", "word/document.xml", r"(<w:trHeight[^>]*/>)(</w:trPr>\n<w:tc>(?:(?!</w:tr>).)*>30<)", r"\1<w:tblHeader/>\2"),
    "X34 comment": ("report", "word/document.xml", r"特此报告。</w:t>", '特此报告。</w:t><w:commentReference w:id="1"/>'),
    "X34 revision": ("report", "word/document.xml", r"(<w:r>(?:(?!<w:r>).)*特此报告。</w:t></w:r>)", r'<w:ins w:id="1">\1</w:ins>'),
    "X36 stop at the end": ("request", "word/document.xml", r"公示情况报告", "公示情况报告。"),
    "X36 numbers": ("request", "word/document.xml", r"2\.公示", "3.公示"),
    "X36 single with number": ("order", "word/document.xml", r"附件：换届", "附件：1.换届"),
    "X36 alignment": ("request", "word/document.xml", r'w:hangingChars="375"', 'w:hangingChars="300"'),
    "X36 note alone": ("request", "word/document.xml", r'(<w:pStyle w:val="GWNote"/>)<w:keepNext/>', r"\1"),
    "X36 no style": ("request", "word/document.xml", r'"GWNote"', '"GWBody"'),
    "X38 no code": ("request", "docProps/custom.xml", r"0123abcd", "heute"),
    "X38 empty": ("request", "docProps/custom.xml", r"发展党员细则（2026）", ""),
    "X39 author": ("report", "docProps/core.xml", r"(<dc:language>)", r"<dc:creator>甲某某</dc:creator>\1"),
    "X40 numbers on a ballot": ("ballot-inside", "word/footer5.xml", r"</w:pPr>", "</w:pPr><w:r><w:t>1</w:t></w:r>"),
    "X40 margins": ("ballot", "word/document.xml", r'w:top="1134"', 'w:top="567"'),
    "X41 not turned": ("wide", "word/footer3.xml", r'"tbRl"', '"lrTb"'),
    "X41 far away": ("wide", "word/footer4.xml", r'w:tblpX="1443"', 'w:tblpX="900"'),
    "X42 numbers begin again": ("wide", "word/document.xml", r'<w:pgNumType w:fmt="decimal"/>', '<w:pgNumType w:fmt="decimal" w:start="1"/>'),
    "X42 guide counts": ("request-guided", "word/document.xml", r'<w:pgNumType w:fmt="decimal"/>', '<w:pgNumType w:fmt="decimal" w:start="1"/>'),
    "X42 guide without name": ("request-guided", "word/document.xml", r"填写说明", "说明"),
    "X43 no line": ("order", "word/document.xml", r'"GWRedLine"', '"GWBlank"'),
    "X43 black line": ("order", "word/styles.xml", r'(w:sz="12" w:space="0" w:color=")FF0000', r"\g<1>000000"),
    "X43 signer": ("order-upward", "word/document.xml", r"签发人：", "签发："),
    "X43 title too near": ("minutes-headed", "word/document.xml", r'(GWRedLine"/></w:pPr></w:p>\n)<w:p><w:pPr><w:pStyle w:val="GWBlank"/></w:pPr></w:p>\n', r"\1"),
    "X43 letter number": ("inquiry", "word/document.xml", r"<w:titlePg/>", ""),
    "X43 letter mark": ("inquiry", "word/document.xml", r'w:y="1701"', 'w:y="2098"'),
    "X43 letter foot": ("inquiry", "word/footer6.xml", r'w:y="\d+"', 'w:y="15000"'),
    "X43 letter lines": ("inquiry", "word/styles.xml", r'(GWLetterFoot.*?w:top w:val="single" w:sz=")6"', r'\g<1>24"'),
    "X43 attendance": ("minutes-headed", "word/styles.xml", r'w:leftChars="500"', 'w:leftChars="0"'),
    "X44 ruled letter": ("inquiry", "word/document.xml", r"(<w:tblpPr[^>]*/><w:tblW[^>]*/>)", r'\1<w:tblBorders><w:top w:val="single" w:sz="8"/></w:tblBorders>'),
    "X44 not at the foot": ("order", "word/document.xml", r'w:tblpYSpec="bottom"', 'w:tblpYSpec="top"'),
    "X44 thick inner line": ("order", "word/document.xml", r'(<w:insideH w:val="single" w:sz=")6', r"\g<1>8"),
    "X44 no stop": ("order", "word/document.xml", r"各党（总）支部。", "各党（总）支部"),
    "X44 not printed": ("order", "word/document.xml", r"日印发", "日"),
    "X43 narrow number": ("order-upward", "word/document.xml", r'w:tcW w:w="53\d\d"', 'w:tcW w:w="3538"'),
    "X44 alone": ("order-upward", "word/document.xml", r'("GWDate"/>)<w:keepNext/>', r"\1"),
    "X44 narrow printer": ("order", "word/document.xml", r'w:tcW w:w="3080"', 'w:tcW w:w="4500"'),
    "X45 low rows": ("minutes", "word/document.xml", r'w:trHeight w:val="569"', 'w:trHeight w:val="400"'),
    "X45 off the grid": ("minutes", "word/document.xml", r'w:trHeight w:val="569"', 'w:trHeight w:val="579"'),
    "X46 header and one row": ("wide-only", "word/document.xml", r"<w:keepNext/>", ""),
    "X46 chain": ("wide-only", "word/document.xml", r'("GWCell"/>)', r"\1<w:keepNext/>"),
}  # fmt: skip
"""What other samples must show: file, part, what, and what it becomes."""
CASES = {**{case: ("report", *change) for case, change in BROKEN.items()}, **BROKEN_ELSEWHERE}


@pytest.mark.parametrize("case", CASES)
def test_the_checker_finds_what_is_broken_on_purpose(case: str) -> None:
    name, part, pattern, replacement = CASES[case]
    parts = dict(Word(FILES[name]).parts)
    before = parts[part].decode()
    parts[part] = re.sub(pattern, replacement, before, flags=re.DOTALL).encode()
    assert parts[part].decode() != before
    assert case[:3] in {found[:3] for found in check(stored_zip(list(parts.items())))}


def test_every_property_of_the_list_has_been_broken() -> None:
    numbers = {f"X{number:02}" for number in range(1, 46)}
    assert numbers - {case[:3] for case in CASES} == {"X01"}


def test_the_checker_finds_a_clock_or_a_compressor_in_the_zip() -> None:
    parts = Word(FILES["report"]).parts
    for options in ({"date": (2026, 1, 1, 0, 0, 0)}, {"how": zipfile.ZIP_DEFLATED}):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, data in parts.items():
                entry = zipfile.ZipInfo(name, options.get("date", (1980, 1, 1, 0, 0, 0)))
                entry.create_system = 0
                archive.writestr(entry, data, options.get("how", zipfile.ZIP_STORED))
        assert {found[:3] for found in check(buffer.getvalue())} == {"X01"}


def test_the_order_of_the_parts_matters() -> None:
    parts = list(Word(FILES["report"]).parts.items())
    assert {found[:3] for found in check(stored_zip([*parts[1:], parts[0]]))} == {"X02"}


def test_a_filled_control_is_accepted_when_it_is_so_and_only_then() -> None:
    parts = dict(Word(FILES["letter-to-fill"]).parts)
    text = parts["word/document.xml"].decode()

    def found(changed: str) -> list[str]:
        assert changed != text
        return check(stored_zip(list({**parts, "word/document.xml": changed.encode()}.items())))

    unmarked = text.replace("<w:showingPlcHdr/>", "")
    plain = unmarked.replace('<w:rStyle w:val="PlaceholderText"/>', "")
    filled = re.sub("【待填：成文日期】", "2026年6月12日", re.sub("【待填：(上级党委|党支部全称)】", "示例支部", plain))
    assert found(filled) == []
    assert {one[:3] for one in found(unmarked)} == {"X31"}
    assert {one[:3] for one in found(plain)} == {"X31"}
    assert {one[:3] for one in found(filled.replace("2026年6月12日", "2026年06月12日"))} == {"X35"}
    assert found(filled.replace("示例支部", "")) == []
    half = re.sub("【待填：上级党委】", "", text.replace("<w:showingPlcHdr/>", "", 1), count=1)
    assert {one[:3] for one in found(half.replace('<w:rStyle w:val="PlaceholderText"/>', "", 1))} == {"X31"}


def test_every_field_stands_in_a_control_with_its_id_as_tag() -> None:
    word = Word(FILES["minutes"])
    tags = [val(node) for node in word.body.iter(W + "tag")]
    assert tags.count("topic") == 2
    assert {"name", "kind", "date", "absent", "report", "vote-1-0", "vote-2-5", "result-2"} <= set(tags)
    numbers = [val(node) for node in word.body.iter(W + "id")]
    assert len(numbers) == len(set(numbers)) == len(tags)


def test_controls_show_what_they_want() -> None:
    word = document(
        Paragraph((Todo("when", "日期", kind="date"),)),
        Paragraph((Todo("way", "方式", kind="choice", options=("举手", "无记名")),)),
        Paragraph((Todo("count", "应到人数", short=True, kind="count"),)),
        Paragraph((Todo("source", "谈话次数", hint="谈话记录本"),)),
    )
    date, choice, count, source = word.body.iter(W + "sdt")
    assert val(date.find(f"{W}sdtPr/{W}date/{W}dateFormat")) == "yyyy年M月d日"
    assert [node.get(W + "displayText") for node in choice.iter(W + "listItem")] == ["举手", "无记名"]
    assert text_of(count) == "【待填】"
    assert val(count.find(f"{W}sdtPr/{W}alias")) == "应到人数"
    assert text_of(source) == "【待填：谈话次数（谈话记录本）】"


def test_rewording_a_label_keeps_the_number_of_its_control() -> None:
    def number(label: str) -> str | None:
        return val(next(document(Paragraph((Todo("organ", label),))).body.iter(W + "id")))

    assert number("党支部") == number("党支部全称")


def test_a_file_without_fields_has_no_glossary() -> None:
    word = document(Paragraph(("正文。",)))
    assert not [name for name in word.parts if "glossary" in name]


def test_a_tag_that_word_would_refuse_is_an_error() -> None:
    with pytest.raises(ValueError, match="1 to 64"):
        document(Paragraph((Todo("a" * 65, "标签"),)))


def test_special_characters_arrive_as_written_and_illegal_ones_not_at_all() -> None:
    word = Word(render_docx(AWKWARD, stamp=STAMP))
    assert text_of(next(word.body.iter(W + "p"))) == """<&>"'</w:t>{{ 1 }}{% x %}甲乙丙第一行第二行 尾"""
    assert len(list(next(word.body.iter(W + "p")).iter(W + "br"))) == 1
    aliases = [val(node) or "" for node in word.body.iter(W + "alias")]
    assert aliases[0].startswith("标签<&>\"'")
    assert [node.get(W + "value") for node in word.body.iter(W + "listItem")] == ["甲<&>\"'</w:t>{{ 1 }}{% x %}", "乙"]
    with zipfile.ZipFile(io.BytesIO(word.data)) as archive:
        assert all(not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", archive.read(name)) for name in archive.namelist())


def test_python_docx_reads_title_headings_tables_and_properties() -> None:
    read = docx.Document(io.BytesIO(FILES["report"]))
    assert read.core_properties.title == "示例县直机关工委（虚构）2025年度党建工作汇报"
    assert read.core_properties.created is not None
    assert read.core_properties.created.isoformat() == "2026-11-21T04:00:00+00:00"
    headings = [paragraph for paragraph in read.paragraphs if (paragraph.style.name or "").startswith("Heading")]
    assert [paragraph.style.name for paragraph in headings] == [
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Heading 4",
        "Heading 1",
    ]
    assert "召开支部党员大会16次" in "".join(paragraph.text for paragraph in read.paragraphs)
    assert len(read.tables[0].rows) == 41
    assert read.sections[0].page_width.mm == pytest.approx(210, abs=0.1)


def test_an_attachment_begins_a_page_with_its_title_on_the_third_line() -> None:
    word = Word(FILES["report"])
    expected = ["GWAttachmentLabel", "GWBlank", "GWAttachmentTitle", "GWBlank", "GWCaption", "tbl", "GWTail"]
    assert styles(word)[-7:] == expected
    breaks = [text_of(node.getparent().getparent()) for node in word.body.iter(W + "pageBreakBefore")]
    assert breaks == ["附件1"]


def test_a_title_is_followed_by_one_blank_line_and_may_be_missing() -> None:
    assert styles(Word(FILES["letter"]))[:3] == ["Title", "GWBlank", "GWRecipient"]
    assert styles(document(Blank(), Paragraph(("文",)), title=("题",))) == ["Title", "GWBlank", "GWBody"]
    assert styles(document(Paragraph(("文",)))) == ["GWBody"]
    assert styles(document()) == ["GWTail"]


def test_the_recipient_ends_with_one_colon() -> None:
    assert [text_of(document(Recipient((text,))).body) for text in ("上级党委", "上级党委：")] == ["上级党委："] * 2


def test_tables_never_touch_and_a_page_break_reaches_a_table() -> None:
    one = Grid((1, 1), ((cell("甲"), cell("乙")),))
    assert styles(document(one, one)) == ["tbl", "GWBlank", "tbl", "GWTail"]
    word = document(one, PageBreak(), one)
    assert styles(word) == ["tbl", "GWTail", "tbl", "GWTail"]
    assert len(list(word.body.iter(W + "pageBreakBefore"))) == 1


def test_a_long_table_repeats_its_header_and_splits_no_row() -> None:
    rows = list(Word(FILES["report"]).body.iter(W + "tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 40
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_a_row_for_long_text_may_split() -> None:
    rows = list(Word(FILES["minutes"]).body.iter(W + "tr"))
    assert rows[2].find(f"{W}trPr/{W}cantSplit") is None
    assert rows[2].find(f"{W}trPr/{W}trHeight").get(W + "val") == "1148"


def test_narrow_columns_get_the_dense_type() -> None:
    used = {val(node) for node in Word(FILES["minutes"]).body.iter(W + "pStyle")}
    assert {"GWForm", "GWDense", "GWDenseHead"} <= used
    assert "GWCell" in {val(node) for node in Word(FILES["report"]).body.iter(W + "pStyle")}


@pytest.mark.parametrize(
    "shares", [(1,), (1, 1, 1), (3, *(2 for _ in range(14))), (8, 26, 36, 74), tuple(range(1, 40))]
)
def test_columns_fill_the_text_width_exactly(shares: tuple[int, ...]) -> None:
    widths = column_widths(shares)
    assert sum(widths) == 8844
    assert all(abs(width - 8844 * share / sum(shares)) <= 1 for width, share in zip(widths, shares, strict=True))


def test_a_row_that_does_not_fill_the_columns_is_an_error() -> None:
    with pytest.raises(ValueError, match="do not fill 2 columns"):
        document(Grid((1, 1), ((cell("甲"),),)))
    with pytest.raises(ValueError, match="positive"):
        document(Grid((1, 0), ((cell("甲"), cell("乙")),)))


@pytest.mark.parametrize(
    ("organ", "date", "seal", "expected"),
    [
        # Without a seal: organ 14 wide, 2 from the right, so it begins at 28-2-14=12; the date (6 wide) begins at 14.
        ("中共示例县财政局机关支部委员", "2025年7月8日", False, (2, 8)),
        # A date longer than the organ stands 2 from the right itself, the organ begins 2 before it: 28-2-7-2-3=14 left.
        ("办公室", "2025年12月31日", False, (8, 2)),
        # With a seal: the date 4 from the right, the centres above each other.
        ("示例县直工委", "2025年7月8日", True, (4, 4)),
        ("办公室", "2025年12月31日", True, (6, 4)),
        # An organ too wide for that moves the date, not itself over the edge.
        ("中共示例县财政局机关支部委员会委员", "2025年7月8日", True, (0, 5.5)),
        ("中" * 30, "2025年7月8日", False, (0, 22)),
    ],
)
def test_signature_indents(organ: str, date: str, *, seal: bool, expected: tuple[float, float]) -> None:
    assert signature_indents(organ, date, seal=seal) == pytest.approx(expected)


def test_the_signature_in_the_file_follows_the_arithmetic() -> None:
    for name, blanks in (("letter", 1), ("letter-sealed", 3)):
        word = Word(FILES[name])
        found = {style: effective for _, style, effective in word.paragraphs()}
        texts = {style: text_of(paragraph) for paragraph, style, _ in word.paragraphs()}
        organ = float(found["GWSign"]["ind"]["rightChars"]) / 100
        date = float(found["GWDate"]["ind"]["rightChars"]) / 100
        wide, narrow = width_in_characters(texts["GWSign"]), width_in_characters(texts["GWDate"])
        if name == "letter":
            assert organ == 2
            assert (28 - date - narrow) - (28 - organ - wide) == 2
        else:
            assert date == 4
            assert organ + wide / 2 == date + narrow / 2
        assert styles(word).count("GWBlank") == 1 + blanks
        assert int(found["GWSign"]["ind"]["right"]) == round(organ * 315)


def test_a_signature_never_stands_alone_on_a_page() -> None:
    word = document(Paragraph((TEXT,)), Blank(), Signature(("示例支部",), ("2025年7月8日",), seal=True))
    assert styles(word) == ["GWBody", *["GWBlank"] * 3, "GWSign", "GWDate"]
    assert ["keepNext" in effective for *_, effective in word.paragraphs()] == [True] * 5 + [False]


def test_widths_count_characters_of_the_body() -> None:
    assert width_in_characters("2025年12月31日") == 7
    assert width_in_characters("“三会一课”——A") == 8.5


def test_a_stamp_without_zone_is_chinese_time() -> None:
    with_zone, without = (render_docx(MINUTES, stamp=stamp) for stamp in (STAMP, "2026-11-21T12:00:00"))
    assert with_zone == without


def test_the_same_document_gives_the_same_bytes_and_another_letter_others() -> None:
    assert render_docx(REPORT, stamp=STAMP) == FILES["report"]
    assert render_docx(letter("甲", "2025年7月8日", seal=False), stamp=STAMP) != FILES["letter"]


def test_a_place_to_fill_in_without_a_control_is_refused() -> None:
    with pytest.raises(ValueError, match="without a control"):
        document(Paragraph(("请填【待填：姓名】。",)))


def test_a_part_that_leaves_its_fonts_to_a_theme_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    themed = b'<w:styles><w:rFonts w:eastAsiaTheme="minorEastAsia"/></w:styles>'
    monkeypatch.setattr(to_docx, "_render", lambda _source, **_context: themed)
    to_docx._fixed.cache_clear()
    with pytest.raises(ValueError, match=r"styles\.xml.*name the font itself"):
        to_docx._fixed("styles.xml")
    to_docx._fixed.cache_clear()
