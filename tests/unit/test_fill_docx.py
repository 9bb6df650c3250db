"""Filling in a Word file: every path on made documents, and the same bytes from the browser's script."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from handbook.composition.document import (
    Blank,
    Document,
    Grid,
    GridCell,
    Heading,
    Paragraph,
    Recipient,
    Sheet,
    Signature,
    Todo,
)
from handbook.composition.filling import (
    Fillable,
    Place,
    Rows,
    data_for_page,
    entries,
    fillable_document,
    fillable_form,
)
from handbook.composition.form import compose_form
from handbook.model.form import Form
from handbook.renderers.fill_docx import FillError, fill, filled_example, open_places
from handbook.renderers.to_docx import render_docx

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "office"))
from office_checker import check  # noqa: E402

STAMP = "2026-11-21T12:00:00+08:00"
NASTY = """<&>"'</w:t>&amp;]]>$1\\1"""
NODE = shutil.which("node")


def form(**changes: object) -> Form:
    base = {
        "id": "sample", "title": "示例记录", "summary": "示例。", "group": "x", "reviewed": {"date": "2026-11-20"},
        "tier": "tip", "kind": "record", "version": "1.0", "changed": "2026-11-21", "used": "开会时。", "order": "1",
        "heading": ["关于【待填：matter】", "的记录"],
        "fields": [
            {"id": "matter", "label": "事项", "opens": "会议", "example": "示例事项"},
            {"id": "day", "label": "日期", "type": "date", "example": "2026-06-12"},
            {"id": "result", "label": "结论", "type": "choice", "options": ["通过", "不通过"], "example": "通过"},
            {"id": "text", "label": "内容", "type": "long", "opens": "内容", "example": "第一段。\n第二段。"},
            {"id": "extra", "label": "补充", "optional": "true"},
            {"id": "name", "label": "姓名"},
            {"id": "role", "label": "身份", "optional": "true"},
            {"id": "branch", "label": "党支部", "shared": "branch", "example": "中共示例县档案局支部委员会"},
        ],
        "body": [
            {"block": "recipient", "text": "【待填：branch】"},
            {"block": "paragraph", "text": "事项：【待填：matter】，【待填：day】。"},
            {"block": "paragraph", "text": "开头：【待填：text】结尾【待填：extra】。"},
            {"block": "grid", "widths": ["1", "3"], "rows": [[{"text": "内容", "head": "true"}, {"text": "【待填：text】"}], [{"text": "结论", "head": "true"}, {"text": "【待填：result】"}]]},
            {"block": "list", "id": "people", "title": "人员", "rows": "4", "columns": [
                {"title": "姓名", "width": "3000", "field": "name"}, {"title": "签名", "width": "3000"},
                {"title": "身份", "width": "2144", "field": "role"}],
             "examples": [{"name": "甲某某", "role": "书记"}, {"name": "乙某某"}]},
            {"block": "signature", "organ": "【待填：branch】", "date": "【待填：day】"},
        ],
    }  # fmt: skip
    return Form.model_validate({**base, **changes})


def blank(made: Form) -> bytes:
    return render_docx(compose_form(made), stamp=STAMP)


FORM = form()
VALUES = {"matter": "议题", "day": "2026-06-02", "result": "不通过", "text": "甲\n\n乙", "branch": "示例党支部"}


def xml_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def texts_of(xml: str) -> list[str]:
    return [
        "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", part)) for part in re.findall(r"<w:p>.*?</w:p>", xml, re.DOTALL)
    ]


def controls_of(xml: str, tag: str) -> list[str]:
    return re.findall(rf'<w:sdt><w:sdtPr><w:alias w:val="[^"]*"/><w:tag w:val="{tag}"/>.*?</w:sdt>', xml, re.DOTALL)


def filled(values: dict, lists: dict | None = None, made: Form = FORM) -> str:
    return xml_of(fill(blank(made), fillable_form(made), values, lists))


def test_every_place_of_a_field_is_filled_and_looks_like_text() -> None:
    xml = filled({"matter": NASTY})
    found = controls_of(xml, "matter")
    assert len(found) == 2
    for control in found:
        assert "showingPlcHdr" not in control
        assert "PlaceholderText" not in control
        assert '<w:rFonts w:hint="eastAsia"/>' in control
        assert "&lt;&amp;&gt;\"'&lt;/w:t&gt;&amp;amp;]]&gt;$1\\1" in control
    assert all("showingPlcHdr" in control for control in controls_of(xml, "day"))


def test_only_the_text_of_the_document_changes() -> None:
    before, after = blank(FORM), fill(blank(FORM), fillable_form(FORM), VALUES, {"people": [{"name": "甲"}]})
    with zipfile.ZipFile(io.BytesIO(before)) as one, zipfile.ZipFile(io.BytesIO(after)) as two:
        assert one.namelist() == two.namelist()
        assert {name for name in one.namelist() if one.read(name) != two.read(name)} == {"word/document.xml"}
        assert all(item.compress_type == zipfile.ZIP_STORED for item in two.infolist())
    assert fill(before, fillable_form(FORM), {}) == before
    assert after == fill(before, fillable_form(FORM), VALUES, {"people": [{"name": "甲"}]})


def test_a_date_is_shown_in_words_and_kept_as_a_date() -> None:
    control = controls_of(filled({"day": "2026-06-02"}), "day")[0]
    assert '<w:date w:fullDate="2026-06-02T00:00:00Z"><w:dateFormat' in control
    assert ">2026年6月2日<" in control


def test_lines_become_paragraphs_in_the_body_and_breaks_in_a_cell() -> None:
    xml = filled({"text": "甲\n\n乙"})
    texts = texts_of(xml)
    place = texts.index("开头：甲")
    assert texts[place : place + 3] == ["开头：甲", "", "乙结尾【待填：补充】。"]
    paragraphs = re.findall(r"<w:p>.*?</w:p>", xml, re.DOTALL)[place : place + 3]
    assert all(part.startswith('<w:p><w:pPr><w:pStyle w:val="GWBody"/>') for part in paragraphs)
    cell = next(cell for cell in re.findall(r"<w:tc>.*?</w:tc>", xml, re.DOTALL) if "w:br" in cell)
    assert cell.count("<w:br/>") == 2
    assert cell.count("<w:p>") == 1


def test_a_sentence_ends_once() -> None:
    texts = texts_of(filled({"matter": "议题一。", "extra": "没有；", "text": "甲？"}))
    assert "事项：议题一，【待填：日期】。" in texts
    assert "开头：甲？结尾没有。" in texts


def test_what_binds_a_paragraph_goes_to_its_last_line() -> None:
    document = Document(
        title=("标题",),
        blocks=(
            Paragraph(("前文。",)),
            Paragraph((Todo("text", "内容", "long"),)),
            Sheet("landscape"),
            Paragraph((Todo("text", "内容", "long"),)),
            Signature((Todo("organ", "机关"),), (Todo("day", "日期", "date"),)),
        ),
        template="x",
        version="1.0",
    )
    data = render_docx(document, stamp=STAMP)
    made = fillable_document(document, "reports/x")
    assert [signed.paper for signed in made.signatures] == ["landscape"]
    xml = xml_of(fill(data, made, {"text": "甲\n乙\n丙", "organ": "示例支部", "day": "2026-06-12"}))
    assert xml.count("<w:sectPr>") == xml_of(data).count("<w:sectPr>")
    lines = [part for part in re.findall(r"<w:p>.*?</w:p>", xml, re.DOTALL) if 'w:val="text"' in part]
    assert len(lines) == 6
    assert [("<w:sectPr>" in line) for line in lines[:2]] == [False, False]
    assert [("<w:keepNext/>" in line) for line in lines] == [False] * 5 + [True]
    assert check(fill(data, made, {"text": "甲\n乙\n丙", "organ": "示例支部", "day": "2026-06-12"})) == []


def test_numbers_of_controls_stay_unique() -> None:
    xml = filled(VALUES, {"people": [{"name": str(number)} for number in range(30)]})
    numbers = re.findall(r'<w:id w:val="(\d+)"/>', xml)
    assert len(set(numbers)) == len(numbers) > 60


@pytest.mark.parametrize(("count", "rows"), [(0, 4), (1, 4), (3, 4), (4, 4), (7, 7)])
def test_entries_take_the_place_of_the_empty_rows(count: int, rows: int) -> None:
    xml = filled({}, {"people": [{"name": f"成员{number}", "role": "党员"} for number in range(1, count + 1)]})
    table = xml[xml.index("序号") :]
    table = table[: table.index("</w:tbl>")]
    found = [texts_of(row) for row in re.findall(r"<w:tr>.*?</w:tr>", table, re.DOTALL)]
    assert len(found) == rows
    assert [row[0] for row in found] == [str(number) for number in range(1, rows + 1)]
    assert [row[1] for row in found if row[1].startswith("成员")] == [f"成员{number}" for number in range(1, count + 1)]
    assert sum("待填" in row[1] for row in found) == (0 if count else 1)


def test_empty_rows_of_the_page_are_no_entries() -> None:
    rows = [{}, {"name": " "}, {"name": "甲"}, {"name": ""}]
    assert filled({}, {"people": rows}) == filled({}, {"people": [{"name": "甲"}]})


def test_an_optional_place_stays_until_the_document_is_finished_and_is_empty_then() -> None:
    made = fillable_form(FORM)
    people = {"people": [{"name": "甲"}]}
    assert open_places(made, VALUES, people) == 0
    assert open_places(made, VALUES, {}) == 1
    assert open_places(made, {**VALUES, "day": ""}, {"people": [{"role": "书记"}]}) == 2
    assert "待填" in filled(VALUES)
    assert len(controls_of(filled(VALUES), "role")) == 1
    xml = filled(VALUES, people)
    assert "待填" not in "".join(texts_of(xml))
    assert "showingPlcHdr" not in "".join(controls_of(xml, "extra") + controls_of(xml, "role"))


def test_what_may_stay_empty_in_an_entry_is_empty_at_once() -> None:
    people = [{"name": "甲"}, {"role": "书记"}, {"name": "丙", "role": " "}]
    xml = filled({}, {"people": people})
    assert ["待填" in control for control in controls_of(xml, "role")] == [False, False, False]
    assert ["待填" in control for control in controls_of(xml, "name")] == [False, True, False]
    assert "待填" in controls_of(xml, "extra")[0]


def test_signatures_stand_where_the_standard_wants_them_for_the_words_they_hold() -> None:
    for values in (
        {"branch": "甲支部", "day": "2026-12-31"},
        {"branch": "中共示例县直属机关工作委员会办公室支部委员会"},
        {},
    ):
        made = form()
        given = compose_form(made)
        written = {
            "branch": values.get("branch"), "day": "2026年12月31日" if "day" in values else None,
        }  # fmt: skip
        organ = (written["branch"] or Todo("branch", "党支部"),)
        day = (written["day"] or Todo("day", "日期", "date"),)
        for seal in (False, True):
            blocks = (*given.blocks[:-1], Signature(organ, day, seal))
            want = re.findall(
                r"<w:ind w:rightChars[^>]*>", xml_of(render_docx(replace(given, blocks=blocks), stamp=STAMP))
            )
            document = replace(given, blocks=(*given.blocks[:-1], replace(given.blocks[-1], seal=seal)))
            target = fillable_document(document, "forms/sample")
            got = re.findall(
                r"<w:ind w:rightChars[^>]*>", xml_of(fill(render_docx(document, stamp=STAMP), target, values))
            )
            assert got == want


def test_bad_input_is_refused_before_anything_is_made() -> None:
    made = fillable_form(FORM)
    data = blank(FORM)
    bad = (
        ({"gone": "x"}, {}, "没有栏目“gone”"),
        ({"name": "x"}, {}, "没有栏目“name”"),
        ({"day": "2026-02-30"}, {}, "日期：没有这一天"),
        ({"matter": "甲\x00"}, {}, "事项：第2个字是控制字符"),
        ({"matter": "\u202e甲"}, {}, "方向符"),
        ({"matter": "好\U0001f600"}, {}, "表情符号"),
        ({"matter": "\ud800"}, {}, "残缺的字符"),
        ({"text": "字" * 10000}, {}, "有10000个字"),
        ({"result": "未定"}, {}, "不在可选的几项里"),
        ({}, {"gone": []}, "没有表“gone”"),
        ({}, {"people": [{"name": "甲"}, {"age": "3"}]}, "人员第2行没有栏目“age”"),
        ({}, {"people": [{"name": "甲\n乙"}]}, "人员第1行姓名：只能写一行"),
        ({}, {"people": [{}] * 501}, "人员有501行"),
    )
    for values, lists, said in bad:
        with pytest.raises(FillError, match=said):
            fill(data, made, values, lists)
    with pytest.raises(FillError, match="不是完整的Word文件"):
        fill(data[:-30], made, {})
    with pytest.raises(FillError, match="已经填过"):
        fill(fill(data, made, {"matter": "一"}), made, {"matter": "二"})
    other = replace(made, lists=(Rows("people", "别的", numbered=True, fields=(Place("nobody", "无"),)),))
    with pytest.raises(FillError, match="没有表“别的”"):
        fill(data, other, {}, {"people": [{"nobody": "甲"}]})


def test_a_filled_file_keeps_the_standard_and_opens_elsewhere() -> None:
    data = filled_example(FORM, blank(FORM))
    assert check(data) == []
    assert "待填" not in "".join(texts_of(xml_of(data)))
    opened = docx.Document(io.BytesIO(data))
    assert any("的记录" in paragraph.text for paragraph in opened.paragraphs)


def test_groups_are_those_that_fields_open_and_headings_elsewhere() -> None:
    made = fillable_form(FORM)
    assert [(title, [field.id for field in fields]) for title, fields in made.groups] == [
        ("会议", ["matter", "day", "result"]), ("内容", ["text", "extra", "branch"]),
    ]  # fmt: skip
    assert [(rows.id, rows.after, [field.id for field in rows.fields]) for rows in made.lists] == [
        ("people", "result", ["name", "role"])
    ]
    document = Document(
        (("关于", Todo("who", "姓名")),),
        (
            Recipient((Todo("to", "上级"),)),
            Heading(1, ("一、", Todo("topic", "议题"))),
            Paragraph((Todo("topic", "议题"), Todo("who", "姓名"))),
            Blank(),
            Grid((1,), ((GridCell((Todo("cell", "格", hint="查台账"),)),),)),
            Signature((Todo("organ", "机关"),), ("今天",), seal=True),
        ),
        "x",
        "1.0",
    )
    found = fillable_document(document, "reports/x")
    assert [(field.id, field.group) for field in found.fields] == [
        ("who", "开头"), ("to", "开头"), ("topic", "一、议题"), ("cell", "一、议题"), ("organ", "落款"),
    ]  # fmt: skip
    assert found.fields[3].rule == "查台账"
    assert found.signatures[0].seal


def test_what_is_saved_has_the_shape_that_a_page_opens() -> None:
    made = entries(fillable_form(FORM), VALUES, {"people": [{"name": "甲"}]})
    assert made["handbook"] == "entries"
    assert (made["form"], made["version"]) == ("forms/sample", "1.0")
    assert made["shared"] == {"branch": "示例党支部"}
    assert made["asked"]["branch"] == {"label": "党支部", "type": "text", "shared": "branch"}
    assert made["columns"] == {"people": {"name": {"label": "姓名", "type": "text"}}}


@pytest.mark.skipif(NODE is None, reason="node is missing")
def test_the_browser_writes_the_same_bytes() -> None:
    long = form(heading=["票"], paper="ballot")
    turned = form(body=_raw_body())
    cases: list[tuple[Form, dict, dict]] = [
        (made, values, lists)
        for made in (FORM, long, turned)
        for values in ({}, {"matter": NASTY, "text": "甲\n\n乙\r\n丙\t丁 "}, VALUES, {**VALUES, "matter": "议题一。", "extra": "没有；"}, {**VALUES, "branch": "“甲—乙”…αж㎡·A1ñ" * 2, "day": "2026-12-31"})
        for lists in ({}, {"people": [{"name": "甲"}]}, {"people": [{"name": str(n), "role": NASTY} for n in range(1, 15)]}, {"people": [{}, {"role": "某"}]})
    ]  # fmt: skip
    cases += [
        (FORM, {"gone": "x", "day": "x"}, {"people": [{"name": "😀"}], "no": []}),
        (FORM, {"matter": "\ud800"}, {}),
    ]
    jobs, want = [], []
    for made, values, lists in cases:
        fillable = fillable_form(made)
        data = blank(made)
        jobs.append(_job(data, fillable, values, lists))
        try:
            want.append({"bytes": base64.b64encode(fill(data, fillable, values, lists)).decode()})
        except FillError as error:
            want.append({"error": str(error)})
    done = subprocess.run(
        [NODE, str(HERE / "js" / "fill-run.js")], input=json.dumps(jobs), capture_output=True, text=True, encoding="utf-8",
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for case, expected, got in zip(cases, want, json.loads(done.stdout), strict=True):
        assert got == expected, case[1:]
    assert sum("error" in item for item in want) == 2


def _raw_body() -> list[dict[str, object]]:
    return [
        {"block": "paragraph", "text": "【待填：text】"},
        {"block": "sheet", "paper": "landscape"},
        {"block": "list", "id": "people", "title": "人员", "rows": "2", "numbered": "false",
         "columns": [{"title": "姓名", "width": "3", "field": "name"}, {"title": "身份", "width": "2", "field": "role"}]},
        {"block": "paragraph", "text": "【待填：text】【待填：matter】【待填：text】", "align": "plain"},
        {"block": "signature", "organ": "【待填：branch】", "date": "【待填：day】", "seal": "true"},
    ]  # fmt: skip


def _job(data: bytes, fillable: Fillable, values: dict, lists: dict) -> dict[str, object]:
    return {
        "docx": base64.b64encode(data).decode(), "fillable": data_for_page(fillable), "values": values, "lists": lists,
    }  # fmt: skip
