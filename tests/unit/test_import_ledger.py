"""Ledgers out as workbooks and in again: nothing is lost, nothing changes twice, nothing is half done."""

import csv
import datetime as dt
import importlib.util
import io
import random
import shutil
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import yaml

import _bootstrap
from handbook.loading.read_library import read_library
from handbook.loading.read_xlsx import read_xlsx
from handbook.loading.record_lines import read_lines
from handbook.loading.record_writing import block, scalar
from handbook.renderers.to_xlsx import render_ledger
from handbook.use_cases import import_ledger as module
from handbook.use_cases.export_ledger import SPARE_ROWS, ExportRefusedError, export_ledger
from handbook.use_cases.import_ledger import ImportRefusedError, import_ledger

PROJECT = Path(__file__).resolve().parents[2]
ON = dt.date(2026, 7, 1)
LEDGERS = sorted(path.stem for path in (PROJECT / "docs/_data/ledgers").glob("*.yml"))
UNIT = "id: {0}\ntitle: 一个单位（虚构）\nshort: 一个单位\nlevel: {1}\nhas_committee: true\nhas_groups: true\ninvented: true\nnote: 虚构。\n"
AWKWARD = (
    "=1+1", "+86", "-5", "@人", "007", "0", "'单引号'", '"双引号"', "a: b", "尾 # 注", "换\n行", "_x0041_", "null", "~", "true",
    "2025-03-05", "1E5", "😀字", "- 项", "[x]", "{y}", "*星", "&与", "!叹", "%比", "`反`", "键:", "，逗号", "“引”", "A<B>&C", "\\n", "12:30",
)  # fmt: skip
DAYS = tuple(
    map(dt.date.fromisoformat, ("1899-12-31", "1900-01-01", "1900-02-28", "1900-03-01", "1904-01-01", "2024-02-29"))
)
AMOUNTS = tuple(
    map(Decimal, ("0", "0.1", "12.5", "1234567.89", "999999999999.9999", "123456789012.345", "0.0001", "-3.5"))
)


@pytest.fixture
def make(tmp_path):
    """A project of the real ledgers with one unit and nothing else."""

    def project(name, level="branch"):
        data = tmp_path / name / "docs" / "_data"
        shutil.copytree(PROJECT / "docs/_data/ledgers", data / "ledgers")
        (data / "units").mkdir()
        (data / "units" / "one-unit.yml").write_text(UNIT.format("one-unit", level), encoding="utf-8")
        return tmp_path / name

    return project


def ledger_of(project, ident):
    reading = read_library(project / "docs", project)
    assert reading.diagnostics == ()
    return reading.library.ledgers[ident]


def cell(column, number, dice):
    match column.type:
        case "date":
            return dice.choice(DAYS).isoformat()
        case "choice":
            return dice.choice(column.options)
        case "count":
            return str(dice.choice((0, 7, 12, 999_999_999)))
        case "amount":
            return f"{dice.choice(AMOUNTS):f}"
        case "member":
            return f"m-{number + 1:03}"
        case "members":
            return "、".join(f"m-{dice.randrange(1, 99999):03}" for _ in range(dice.randrange(1, 4)))
        case _:
            return f"第{number}次" if number % 3 else dice.choice(AWKWARD)


def generated(ledger, count=60):
    """Rows that the ledger allows, full of what spreadsheets like to change."""
    dice = random.Random(ledger.id)
    rows = []
    for number in range(count):
        day = (dt.date(2025, 1, 1) + dt.timedelta(number * 6)).isoformat()
        kind = dice.choice(next(column.options for column in ledger.columns if column.id == ledger.kind_column))
        row = {"id": f"row-{number:03}"}
        for column in ledger.columns:
            if column.id == ledger.date_column:
                row[column.id] = day
            elif column.id == ledger.kind_column:
                row[column.id] = kind
            elif column.required or kind in column.required_for or dice.random() < 0.6:
                row[column.id] = cell(column, number, dice)
        for column in ledger.columns:
            if column.at_most in row and column.id in row:
                row[column.at_most], row[column.id] = sorted(
                    (row[column.at_most], row[column.id]), key=Decimal, reverse=True
                )
            elif column.at_most and column.id in row:
                row[column.at_most] = row[column.id]
        rows.append(row)
    texts = [column.id for column in ledger.columns if column.type == "text"]
    rows[0][texts[-1]] = "长" * 32_000
    return rows


def put(project, ledger, rows):
    path = project / "docs/_data/records/one-unit" / ledger / "2025.yml"
    path.parent.mkdir(parents=True)
    text = yaml.safe_dump(
        {"complete": ["2025-01"], "records": rows}, allow_unicode=True, sort_keys=False, default_style='"'
    )
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def records(project):
    reading = read_library(project / "docs", project)
    assert reading.diagnostics == ()
    return [(record.id, record.values) for record in reading.library.records]


@pytest.mark.parametrize("ident", LEDGERS)
def test_out_and_in_again_is_the_same_for_every_ledger(ident, make, tmp_path):
    here, there = make("here"), make("there")
    ledger = ledger_of(here, ident)
    path = put(here, ident, generated(ledger))
    written, before = path.read_bytes(), records(here)
    content, count = export_ledger(here, "one-unit", ident, "2025", ON)
    assert count == len(before)
    file = tmp_path / "台账.xlsx"
    file.write_bytes(content)
    again = import_ledger(here, file, ("one-unit", ident), ON)
    assert (again.files, again.count("same"), again.beside) == ((), count, 0)
    assert path.read_bytes() == written, "what came out changes nothing when it comes in"
    done = import_ledger(there, file, ("one-unit", ident), ON)
    assert done.count("added") == count
    assert records(there) == before, "ids, values and order are those of the first ledger"
    assert export_ledger(there, "one-unit", ident, "2025", ON)[0] == content
    once = (there / "docs/_data/records/one-unit" / ident / "2025.yml").read_bytes()
    assert import_ledger(there, file, ("one-unit", ident), ON).files == ()
    assert (there / "docs/_data/records/one-unit" / ident / "2025.yml").read_bytes() == once


@pytest.mark.parametrize("ident", LEDGERS)
def test_a_blank_workbook_typed_into_by_hand_comes_in_as_typed(ident, make, tmp_path):
    here, there = make("here"), make("there")
    ledger = ledger_of(here, ident)
    # openpyxl writes _x0041_ as it stands, which means A to every reader
    rows = [{key: text.replace("_x0041_", "_x") for key, text in row.items()} for row in generated(ledger, 40)]
    book = openpyxl.load_workbook(io.BytesIO(render_ledger(ledger, (), (), stamp=dt.datetime(2026, 7, 1, 12))))
    page = book["台账"]
    first = next(row for row in range(1, 6) if page.cell(row, 1).value == ledger.columns[0].title) + 1
    for number, row in enumerate(rows, first):
        for at, column in enumerate(ledger.columns, 1):
            text = row.get(column.id)
            if text is not None:
                # nobody works formulas out here, and openpyxl throws the stored results away: nothing of them is read
                number_typed = column.type in ("count", "amount") and len(text) <= 15
                page.cell(number, at).value = Decimal(text) if number_typed else text
                page.cell(number, at).data_type = "n" if number_typed else "s"
    file = tmp_path / "台账.xlsx"
    book.save(file)
    done = import_ledger(here, file, ("one-unit", ident), ON)
    assert done.count("added") == len(rows)
    put(there, ident, rows)
    assert [values for _, values in records(here)] == [values for _, values in records(there)]
    derived = {column.id for column in ledger.derived}
    assert not derived & {key for _, values in records(here) for key in values}


@pytest.mark.parametrize("ident", LEDGERS[::4])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_text_file_of_the_same_rows_is_the_same(ident, encoding, make, tmp_path):
    here = make("here")
    ledger = ledger_of(here, ident)
    rows = generated(ledger, 30)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["编号", *(column.title for column in ledger.columns)])
    writer.writerows([row["id"], *(row.get(column.id, "") for column in ledger.columns)] for row in rows)
    file = tmp_path / "台账.csv"
    file.write_bytes(buffer.getvalue().encode(encoding))
    import_ledger(here, file, ("one-unit", ident), ON)
    there = make("there")
    put(there, ident, rows)
    assert records(here) == records(there)


def test_rows_without_ids_get_the_same_ids_in_any_order(make, tmp_path):
    head = ["日期", "类别", "议题或主题", "应到", "实到", "主持人", "记录"]
    rows = [[f"2025-03-{day:02}", "支委会", f"议题{day}", 5, 5, "支部书记", "已归档"] for day in range(1, 9)]
    found = []
    for name, order in (("here", rows), ("there", rows[::-1])):
        project = make(name)
        for part in (order[:5], order):
            import_ledger(
                project, sheet(tmp_path / f"{name}.xlsx", [head, *part]), ("one-unit", "organization-life"), ON
            )
        found.append({ident: values["topic"] for ident, values in records(project)})
    assert found[0] == found[1]
    assert len(found[0]) == len(rows)


def sheet(path, rows, *, change=lambda sheet: None):
    book = openpyxl.Workbook()
    book.active.title = "组织生活"
    for row in rows:
        book.active.append(row)
    change(book.active)
    book.save(path)
    return path


HEAD = ["日期", "类别", "议题或主题", "应到", "实到", "主持人", "记录"]
ROW = ["2025-03-05", "支委会", "议题", 5, 5, "支部书记", "已归档"]


def refusal(project, file, **options):
    with pytest.raises(ImportRefusedError) as caught:
        import_ledger(project, file, ("one-unit", "organization-life"), ON, **options)
    return [str(problem) for problem in caught.value.problems] or [str(caught.value)]


def test_what_only_workbooks_hold_is_told_by_its_cell(make, tmp_path):
    def change(page):
        page["A3"] = dt.datetime.fromisoformat("2025-03-06T09:30:00")
        page["C3"] = dt.datetime.fromisoformat("2025-03-06T00:00:00")
        page["D3"] = True
        page["E3"] = "=5+0"
        page["F3"] = "#REF!"
        page["F3"].data_type = "e"
        page["A4"] = -5
        page["A4"].number_format = "yyyy-mm-dd"
        page["D4"] = 13912345678
        page["E4"] = 110101199003070000
        page.merge_cells("G2:G4")

    file = sheet(tmp_path / "一.xlsx", [HEAD, ROW, list(ROW), list(ROW)], change=change)
    assert refusal(make("here"), file) == [
        "组织生活!G2：数据里有合并的单元格 G2:G4 → 请取消合并，每格各填各的内容",
        "组织生活!A3（日期）：日期里带着时刻 → 只填日期，如 2026-03-05",
        "组织生活!C3（议题或主题）：这一栏是文字，单元格却是日期 → 请把单元格格式改成“文本”，再照原样输入文字",
        "组织生活!D3（应到）：逻辑值 TRUE 或 FALSE → 请把单元格格式改成“文本”，再重新输入",
        "组织生活!E3（实到）：没有保存结果的公式 → 请用 Excel 或 WPS 打开后保存一次，或直接填值",
        "组织生活!F3（主持人）：公式错误 #REF! → 请改正公式，或直接填值",
        "组织生活!G3（记录）：类别为“支委会”时必填，却空着 → 请填写：会议记录、签到表和有关材料收齐装盒后填已归档。",
        "组织生活!A4（日期）：日历上没有的日期 → 请重新输入这一格的日期，如 2026-03-05",
        "组织生活!D4（应到）：像是身份证号、手机号或银行卡号 → 台账不记个人信息，请删去；要指明是谁，用成员代码，如 m-001",
        "组织生活!E4（实到）：像是身份证号、手机号或银行卡号 → 台账不记个人信息，请删去；要指明是谁，用成员代码，如 m-001",
        "组织生活!G4（记录）：类别为“支委会”时必填，却空着 → 请填写：会议记录、签到表和有关材料收齐装盒后填已归档。",
    ]


def test_a_merged_header_is_refused_and_a_merged_title_is_not(make, tmp_path):
    file = sheet(tmp_path / "一.xlsx", [["台账"], HEAD, ROW], change=lambda page: page.merge_cells("A1:G1"))
    assert import_ledger(make("here"), file, ("one-unit", "organization-life"), ON).count("added") == 1
    file = sheet(tmp_path / "二.xlsx", [HEAD, ROW], change=lambda page: page.merge_cells("F1:G1"))
    assert refusal(make("there"), file)[0] == "组织生活!F1：表头里有合并的单元格 F1:G1 → 请取消合并，每格各填各的内容"


def test_another_sheet_is_named(make, tmp_path):
    file = sheet(tmp_path / "一.xlsx", [["别的"]], change=lambda page: page.parent.create_sheet("选项"))
    said = refusal(make("here"), file)
    assert said[0].endswith("；台账若在别的工作表，请用 --sheet 写明：选项")


def test_hidden_rows_are_taken_and_told(make, tmp_path):
    def hide(page):
        page.row_dimensions[2].hidden = True

    done = import_ledger(
        make("here"), sheet(tmp_path / "一.xlsx", [HEAD, ROW], change=hide), ("one-unit", "organization-life"), ON
    )
    assert "表里有 1 行被隐藏或筛掉，也一并读入了" in done.notes


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("没有.xlsx", "没有这个文件 → 请检查路径和文件名"),
        ("夹.xlsx", "这是文件夹 → 请写出里面那个 .xlsx 或 .csv 文件的路径"),
        ("台账.et", "这是 WPS 表格自己的格式 → 请用 Excel 或 WPS 打开，另存为 .xlsx 或 .csv 后再导入"),
        ("台账.XLSB", "这是二进制工作簿 → "),
        ("台账.ods", "这是 OpenDocument 表格 → "),
        ("台账.numbers", "这是 Numbers 表格 → "),
        ("台账.doc", "这是 Word 文档 → "),
        ("台账.pdf", "这是 PDF 文件 → "),
        ("台账.txt", "这是文本文件 → "),
        ("台账", "不认识的文件类型 （没有扩展名） → "),
    ],
)
def test_a_file_that_is_none(name, words, make, tmp_path):
    (tmp_path / "夹.xlsx").mkdir()
    assert refusal(make("here"), tmp_path / name)[0].startswith(f"{name}：{words}")


def test_a_large_file_is_not_read(make, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 1 << 10)
    file = tmp_path / "大.csv"
    file.write_bytes(b"x" * 2000)
    assert refusal(make("here"), file) == ["大.csv：文件超过 0 MB → 请按年份拆成几个文件再导入"]


def test_an_edit_meanwhile_is_not_overwritten(make, tmp_path, monkeypatch):
    project = make("here")
    path = put(
        project,
        "organization-life",
        [
            {
                "id": "a-1",
                **dict(
                    zip(("date", "kind", "topic", "due", "present", "chair", "minutes"), map(str, ROW), strict=True)
                ),
            }
        ],
    )
    checked = module.check_merged

    def edit(*arguments):
        path.write_text(path.read_text(encoding="utf-8") + "# 刚写的\n", encoding="utf-8")
        return checked(*arguments)

    monkeypatch.setattr(module, "check_merged", edit)
    file = sheet(tmp_path / "一.xlsx", [HEAD, [*ROW[:2], "另一个议题", *ROW[3:]]])
    said = "docs/_data/records/one-unit/organization-life/2025.yml 刚刚被别人改过 → 请再运行一次"
    assert refusal(project, file) == [said]
    assert path.read_text(encoding="utf-8").endswith("# 刚写的\n")
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_write_leaves_nothing_behind(make, tmp_path, monkeypatch):
    project = make("here")

    def full(self, *_arguments, **_options):
        raise OSError(28, "no space")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="no space"):
        import_ledger(project, sheet(tmp_path / "一.xlsx", [HEAD, ROW]), ("one-unit", "organization-life"), ON)
    assert not [path for path in project.rglob("records/**/*") if path.is_file()]


@pytest.mark.parametrize(
    "text",
    [*AWKWARD, "制\t表", "两行\n\n空", "反\\斜", "'\"都有\"'", "a'b", 'a"b', "终#", "#头", "- ", "12.50", "?问", "|竖"],
)
def test_every_text_is_written_so_that_it_is_read_again(text):
    lines = block({"id": "a-1", "note": text})
    content = f"records:\n{lines}"
    assert yaml.load(content, yaml.BaseLoader) == {"records": [{"id": "a-1", "note": text}]}
    plain = read_lines(content)
    assert plain is None or plain.records[0]["note"] == text
    if "\n" not in text and "'" not in text and "\t" not in text:
        assert plain is not None, f"{scalar(text)} could be read the fast way"


def test_the_export_has_ids_spare_rows_and_says_what_it_is(make):
    project = make("here")
    put(project, "organization-life", generated(ledger_of(project, "organization-life"), 3))
    content, _ = export_ledger(project, "one-unit", "organization-life", "2025", ON)
    page = openpyxl.load_workbook(io.BytesIO(content))["台账"]
    assert page["A1"].value == "组织生活台账（一个单位，2025年，虚构）"
    assert [page.cell(row, 1).value for row in range(3, 7)] == ["编号", "row-000", "row-001", "row-002"]
    assert page.auto_filter.ref.endswith(str(3 + 3 + SPARE_ROWS))
    own, other = read_xlsx(content), openpyxl.load_workbook(io.BytesIO(content), data_only=True)["台账"]
    for number, held in own.rows.items():
        for at, found in held.items():
            value = other.cell(number, at).value
            shown = value.date().isoformat() if isinstance(value, dt.datetime) else str(value).strip()
            assert found.text == (f"{Decimal(shown):f}" if found.kind == "number" else shown)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (("no-unit", "organization-life", "2025"), "没有编号为 no-unit 的单位 → "),
        (
            ("one-unit", "organisation-life", "2025"),
            "没有编号为 organisation-life 的台账 → 是否想写 'organization-life'？",
        ),
        (
            ("one-unit", "dues", "2025"),
            "一个单位没有 2025 年的党费台账 → 这个单位还没有这本台账；空表在网站的台账页下载",
        ),
        (("one-unit", "organization-life", "2024"), "一个单位没有 2024 年的组织生活台账 → 现有年份：2025"),
        (("one-unit", "training", "2025"), "台账文件有 3 处问题 → 请先改好，再导出"),
    ],
)
def test_what_cannot_be_exported_is_told(target, words, make):
    project = make("here")
    put(project, "organization-life", generated(ledger_of(project, "organization-life"), 3))
    put(project, "training", [{"id": "x", "date": "2025-01-01"} | dict.fromkeys(("姓名",), "张三")][:1])
    with pytest.raises(ExportRefusedError) as caught:
        export_ledger(project, *target, ON)
    assert words in str(caught.value)


def test_a_text_that_no_cell_can_hold(make):
    project = make("here")
    rows = generated(ledger_of(project, "organization-life"), 1)
    rows[0]["note"] = "长" * 32_768
    put(project, "organization-life", rows)
    with pytest.raises(ExportRefusedError, match="有一格文字超过 Excel 一格能放的 32767 个字符 → 请把这段文字改短"):
        export_ledger(project, "one-unit", "organization-life", "2025", ON)


def door(name, project, monkeypatch):
    """The door as a module, working in another project and in this interpreter."""
    monkeypatch.setattr(_bootstrap, "PROJECT", project)
    monkeypatch.setattr(_bootstrap, "enter", lambda _name: None)
    spec = importlib.util.spec_from_file_location(f"door_{name}", PROJECT / "scripts" / f"{name}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded.main


def test_the_doors_export_and_import(make, tmp_path, monkeypatch, capsys):
    project = make("here")
    put(project, "organization-life", generated(ledger_of(project, "organization-life"), 5))
    file = tmp_path / "新" / "台账.xlsx"
    out = door("export", project, monkeypatch)
    assert out(["ledger", "one-unit", "organization-life", "2025", "--out", str(file)]) == 0
    assert "导出完成：5 行" in capsys.readouterr().err
    assert out(["ledger", "one-unit", "organization-life", "2025", "--out", str(file)]) == 2
    assert "已经存在" in capsys.readouterr().err
    assert out(["ledger", "one-unit", "organization-life", "2025", "--out", "a.csv"]) == 2
    assert "应是 .xlsx 文件" in capsys.readouterr().err
    assert out(["ledger", "one-unit", "organization-life", "2023", "--out", str(file), "--force"]) == 1
    capsys.readouterr()
    take = door("import", project, monkeypatch)
    usual = ["ledger", str(file), "--unit", "one-unit", "--ledger", "organization-life"]
    assert take(usual) == 0
    assert "新增 0 行，改动 0 行，已有且相同 5 行。台账没有变化。" in capsys.readouterr().err
    book = openpyxl.load_workbook(file)
    book["台账"]["M5"] = "其他党员" if book["台账"]["M3"].value == "主持人" else None
    line = {found.value: found.column for found in book["台账"][3]}
    book["台账"].cell(5, line["议题或主题"]).value = "改过的议题"
    book["台账"].cell(9, line["日期"]).value = "2025-12-30"
    book.save(file)
    assert take(usual) == 1
    said = capsys.readouterr()
    assert "台账!" in said.out
    assert "没有导入：共" in said.err
    for title, value in (("类别", "谈心谈话"), ("议题或主题", "谈一谈"), ("主持人", "支部书记"), ("谈话对象", "m-007")):
        book["台账"].cell(9, line[title]).value = value
    book.save(file)
    assert take([*usual, "--dry-run", "--year", "2025"]) == 0
    said = capsys.readouterr()
    assert "新增 台账!第9行 ol-20251230-" in said.out
    assert "改为 改过的议题" in said.out
    assert "只检查，没有写入：新增 1 行，改动 1 行，已有且相同 4 行" in said.err
    assert take(usual) == 0
    assert "已写入：新增 1 行" in capsys.readouterr().err
    assert len(records(project)) == 6
    with pytest.raises(SystemExit):
        take(["guidance", "x", "--unit", "a", "--ledger", "b"])
    assert "只能是 ledger" in capsys.readouterr().err
    assert sys.path
