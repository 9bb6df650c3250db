"""Made documents, ledgers and events for the tests; all units, people and figures are invented.

Run as a script it prints a digest of every file, for comparing two environments.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from decimal import Decimal

from handbook.composition.document import (
    AttachmentNote,
    AttachmentTitle,
    Blank,
    Document,
    FigureRef,
    Grid,
    GridCell,
    Guide,
    Heading,
    Imprint,
    Inline,
    Letterhead,
    PageBreak,
    Paragraph,
    Recipient,
    Sheet,
    Signature,
    Todo,
)
from handbook.model.ledger import Column, Ledger, Record, Unit
from handbook.renderers.to_docx import render_docx
from handbook.renderers.to_ics import Event, render_days
from handbook.renderers.to_xlsx import render_ledger

STAMP = "2026-11-21T12:00:00+08:00"
MOMENT = dt.datetime.fromisoformat(STAMP)
TEXT = (
    "2025年，示例支部把“三会一课”同业务工作结合起来，坚持按月议事、按季盘点——当月问题当月清。"
    "学习安排提前一周公布，能够当场答复的当场答复，需要协调的列入下月议题。"
)


def cell(*content: Inline, **options: object) -> GridCell:
    """Give a cell that holds these texts and fields."""
    return GridCell(content, **options)  # type: ignore[arg-type]


def head(text: str, **options: object) -> GridCell:
    """Give a cell that names what stands beside or below it."""
    return GridCell((text,), head=True, **options)  # type: ignore[arg-type]


def _votes(row: int) -> tuple[GridCell, ...]:
    fields = (Todo(f"vote-{row}-{column}", f"第{row}项第{column}栏", short=True, kind="count") for column in range(6))
    result = Todo(f"result-{row}", "结果", kind="choice", options=("通过", "未通过"), short=True)
    return (
        cell(Todo(f"matter-{row}", "表决事项")),
        *(cell(field, align="center") for field in fields),
        cell(result, align="center"),
    )


MINUTES = Document(
    title=("支部党员大会会议记录",),
    blocks=(
        Grid(
            (1400, 1548, 1400, 1548, 1400, 1548),
            (
                (head("会议名称"), cell(Todo("name", "会议名称"), span=5)),
                (
                    head("会议类型"),
                    cell(Todo("kind", "会议类型", kind="choice", options=("一般议题", "接收预备党员")), span=2),
                    head("时　　间"),
                    cell(Todo("date", "会议日期", kind="date"), span=2),
                ),
                (head("缺席人员及原因"), cell(Todo("absent", "逐人写明姓名和原因", kind="long"), span=5, lines=2)),
                (
                    head("会议议题"),
                    cell("1.", Todo("topic", "议题"), "\n2.", Todo("topic-2", "议题二"), span=5, lines=2),
                ),
            ),
        ),
        Heading(1, ("一、会议内容",)),
        Heading(2, ("（一）", Todo("topic", "议题"))),
        Paragraph((Todo("reporter", "汇报人"), "汇报：", Todo("report", "汇报要点", kind="long", hint="汇报稿"))),
        Heading(1, ("二、表决情况",)),
        Grid(
            (2044, 1000, 1000, 960, 960, 960, 960, 960),
            (
                tuple(head(text) for text in ("表决事项", "应到", "实到", "书面意见", "赞成", "反对", "弃权", "结果")),
                _votes(1),
                _votes(2),
            ),
            header=1,
        ),
        Blank(),
        Paragraph(("主持人（签名）：　　　　　　记录人（签名）：",)),
    ),
    template="forms/sample-minutes",
    version="1.0",
    subject="会议记录",
)

REPORT = Document(
    title=("示例县直机关工委（虚构）", "2025年度党建工作汇报"),
    blocks=(
        Recipient(("上级党委",)),
        Paragraph((TEXT,)),
        Heading(1, ("一、主要工作情况",)),
        Heading(2, ("（一）抓实组织生活",)),
        Paragraph(
            ("召开支部党员大会", FigureRef("meetings", "16", 1), "次，谈心谈话", Todo("talks", "谈话次数"), "人次。")
        ),
        Heading(3, ("1.学习教育",)),
        Paragraph((TEXT * 4,)),
        Heading(4, ("（1）年轻党员",)),
        Paragraph((TEXT * 4,)),
        Heading(1, ("二、下一步打算",)),
        Paragraph((TEXT * 5,)),
        Paragraph(("特此报告。",)),
        Signature(("示例县直机关工委（虚构）",), ("2025年12月31日",)),
        PageBreak(),
        AttachmentTitle("附件1", "数据来源明细表"),
        Grid(
            (8, 26, 36, 74),
            (
                tuple(head(text) for text in ("序号", "指标", "算法", "台账记录")),
                *(
                    (cell(str(i), align="center"), cell("大会次数"), cell("记录数"), cell("b1-001、b1-002"))
                    for i in range(40)
                ),
            ),
            header=1,
            caption="表1　汇报数字的来源",
        ),
    ),
    template="reports/sample-report",
    version="1.0",
    keywords=("党建", "汇报"),
)


def letter(organ: Inline, date: Inline, *, seal: bool) -> Document:
    """Give a short letter with this signature."""
    return Document(
        title=("关于拟列发展对象的请示",),
        blocks=(
            Recipient((Todo("superior", "上级党委"),)),
            Paragraph((TEXT,)),
            Paragraph(("妥否，请批示。",)),
            Signature((organ,), (date,), seal=seal),
        ),
        template="forms/sample-letter",
        version="1.0",
    )


REQUEST = Document(
    title=(("关于拟接收", Todo("candidate", "姓名"), "为预备党员的请示"),),
    blocks=(
        Recipient((Todo("superior", "上级党委"),)),
        Paragraph((TEXT,)),
        Paragraph((TEXT,)),
        Paragraph(("妥否，请批示。",)),
        AttachmentNote(
            ("支部党员大会关于接收预备党员的决议以及会前公示情况和支部委员会审查意见的说明。", "公示情况报告")
        ),
        Signature((Todo("organ", "党支部全称"),), (Todo("date", "成文日期", kind="date"),), seal=True),
    ),
    template="forms/sample-request",
    version="1.1",
    rules="发展党员细则（2026）",
    freshness="0123abcd",
)
_IMPRINT = Imprint(
    ("示例县直机关工委办公室",), ("2026年6月12日",), ("示例县委组织部，示例县委办公室，示例县直机关各党（总）支部",)
)
_NUMBER = ("示直工〔2026〕", Todo("number", "序号", short=True), "号")
ORDER = Document(
    title=("示例县直机关工委（虚构）关于做好", "支部换届选举工作的通知"),
    blocks=(
        Recipient(("各党支部",)),
        Paragraph((TEXT,)),
        Heading(1, ("一、时间安排",)),
        Paragraph((TEXT * 5,)),
        AttachmentNote(("换届工作日程表",)),
        Signature(("示例县直机关工委（虚构）",), ("2026年6月12日",), seal=True),
        AttachmentTitle("附件", "换届工作日程表"),
        Paragraph((TEXT,)),
    ),
    template="forms/sample-order",
    version="1.0",
    letterhead=Letterhead(("中共示例县直机关工委文件",), _NUMBER),
    imprint=_IMPRINT,
)
_WIDE = Grid(
    (700, 1800, 1256, 2000, 2000, 2500, 2500),
    (
        tuple(head(text) for text in ("序号", "姓名", "性别", "出生年月", "入党日期", "工作单位及职务", "备注")),
        (
            cell("1", align="center"),
            *(cell(Todo(f"list-{i}", f"第{i}栏", short=True), align="center") for i in range(6)),
        ),
        *((cell(str(i), align="center"), *(cell() for _ in range(6))) for i in range(2, 31)),
    ),
    header=1,
    rows_of="people",
    spare=29,
)
WIDE = Document(
    title=("关于报送党员名册的报告",),
    blocks=(
        Recipient(("上级党委",)),
        Paragraph((TEXT,)),
        Sheet("landscape"),
        AttachmentTitle("附件", "党员名册"),
        _WIDE,
        Sheet("portrait"),
        Paragraph((TEXT,)),
        Signature(("示例支部（虚构）",), ("2026年6月12日",)),
    ),
    template="forms/sample-wide",
    version="1.0",
)
BALLOT = Document(
    title=("示例支部（虚构）", "委员会委员选举选票"),
    blocks=(
        Grid(
            (1, 3, 2, 2, 2),
            (
                tuple(head(text) for text in ("序号", "候选人", "同意", "不同意", "弃权")),
                *(
                    (cell(str(i), align="center"), cell(Todo(f"name-{i}", "姓名", short=True)), *[cell()] * 3)
                    for i in (1, 2, 3)
                ),
            ),
            header=1,
        ),
        Paragraph(("说明：同意的在“同意”栏画“○”；另选他人的，在空格写上姓名。",)),
        Signature(("示例支部（虚构）",), (Todo("date", "选举日期", kind="date"),), seal=True),
    ),
    template="forms/sample-ballot",
    version="1.0",
    paper="ballot",
)
HEADED = {
    "order": ORDER,
    "order-upward": replace(
        REQUEST,
        letterhead=Letterhead((Todo("organ", "党支部全称"), "文件"), _NUMBER, ("签发人：", Todo("signer", "姓名"))),
        imprint=replace(_IMPRINT, copies=()),
    ),
    "minutes-headed": Document(
        title=("支部委员会会议纪要",),
        blocks=(
            Paragraph(("2026年6月12日，甲某某主持召开支部委员会会议。",)),
            Heading(1, ("一、议定事项",)),
            Paragraph((TEXT,)),
            Paragraph(("出席：甲某某、乙某某。",)),
        ),
        template="forms/sample-summary",
        version="1.0",
        letterhead=Letterhead(("示例支部委员会会议纪要",), ("第1期",), form="minutes"),
        imprint=_IMPRINT,
    ),
    "inquiry": replace(
        letter("示例县直机关工委办公室", "2025年12月31日", seal=True),
        letterhead=Letterhead(("示例县直机关工委办公室",), ("示直工函〔2026〕3号",), form="letter"),
        imprint=_IMPRINT,
    ),
}
GUIDE = Guide(
    "填写说明",
    (
        Paragraph(("这一页是填写说明，上报、存档前整页删去。",)),
        Heading(1, ("一、什么时候用",)),
        Paragraph((TEXT,)),
        Heading(1, ("二、怎么填",)),
        Paragraph(("1.姓名写全名。",)),
    ),
)

NASTY = """<&>"'</w:t>{{ 1 }}{% x %}"""
ILLEGAL = "甲\x00\x08\x0b乙\x1f\ufffe\ud800丙"
AWKWARD = Document(
    title=(),
    blocks=(
        Paragraph((NASTY, ILLEGAL, "第一行\r\n第二行\t尾")),
        Paragraph((Todo("a-b", f"标签{NASTY}", kind="choice", options=(f"甲{NASTY}", "乙", "乙", "")),)),
        Paragraph((Todo("long-label", "很长的标签" * 40),)),
        Paragraph((Todo("no-options", "没有选项", kind="choice"),)),
        Paragraph(("长词" + "a" * 500,), align="plain"),
        Paragraph((), align="center"),
        Grid((3, *(2 for _ in range(14))), tuple(tuple(cell(f"格{i}") for i in range(15)) for _ in range(3)), header=1),
        Grid((1, 1), ((cell(), cell("尾")),)),
        PageBreak(),
        Grid((1, 2, 1), ((cell("新页", span=2), cell()),)),
    ),
    template=f"forms/{NASTY}",
    version=NASTY,
    subject=NASTY,
)

DOCUMENTS = {
    "minutes": MINUTES,
    "report": REPORT,
    "letter": letter("中共示例县财政局机关支部委员会", "2025年7月8日", seal=False),
    "letter-sealed": letter("示例县直机关工委办公室", "2025年12月31日", seal=True),
    "letter-to-fill": letter(Todo("organ", "党支部全称"), Todo("date", "成文日期", kind="date"), seal=False),
    "request": REQUEST,
    "request-guided": replace(REQUEST, guide=GUIDE),
    "wide": WIDE,
    "wide-only": replace(WIDE, title=("党员名册",), blocks=(_WIDE,), paper="landscape"),
    "ballot": BALLOT,
    "ballot-inside": replace(WIDE, blocks=(Paragraph((TEXT,)), Sheet("ballot"), *BALLOT.blocks)),
    **HEADED,
}
"""What a careful person would hand in; `AWKWARD` is valid too, but its texts are not."""


def _column(name: str, title: str, kind: str, **options: object) -> Column:
    return Column.model_validate({"id": name, "title": title, "type": kind, "note": f"{title}照实填写。", **options})


LEDGER = Ledger.model_validate(
    {
        "id": "sample-ledger", "title": "示例&台账", "summary": "示例。", "group": "life", "reviewed": {"date": "2026-01-01"},
        "kind_column": "kind", "date_column": "date", "keeper": "clerk", "rhythm": "活动后三天内登记（经验）。",
        "guidance": ("一次活动填一行。", "人数只数本支部党员。" * 20),
        "columns": (
            _column("date", "日期", "date", required="true", width="8"),
            _column("kind", "类型", "choice", options=("支部党员大会", "党课", "主题党日"), required="true"),
            _column("topic", "主题", "text", width="30"),
            _column("due", "应到人数", "count", unit="人", required_for=("支部党员大会",), width="9"),
            _column("cost", "支出", "amount"),
            _column("speaker", "主讲人", "member"),
            _column("absent", "请假人员", "members"),
            _column("place", "地点", "choice", options=("会议室", "基地")),
        ),
    }
)  # fmt: skip
UNITS = (
    Unit.model_validate(
        {
            "id": "b1",
            "title": "示例第一党支部",
            "short": "第一支部",
            "level": "branch",
            "invented": "true",
            "note": "虚构",
        }
    ),
)


def _record(number: int) -> Record:
    day = dt.date(2025, number, 3)
    values: dict[str, object] = {"date": day, "kind": "党课", "topic": f"=1+{number}", "due": 20 + number}
    if number % 2:
        values |= {"cost": Decimal("12.50"), "speaker": "m-001", "absent": ("m-002", "m-003"), "place": "基地"}
    return Record(f"b1-{number:03d}", "b1", "sample-ledger", day, values, "x.yml", number)


RECORDS = tuple(map(_record, range(1, 8)))

_LONG = "支部党员大会（一般每季度召开一次），提前发布议题" * 3
EVENTS = (
    Event("b@handbook", dt.date(2026, 12, 31), None, _LONG, "甲；乙，丙\n丁\\戊", ("组织生活", "例行工作"), 3),
    Event("a@handbook", dt.date(2028, 2, 28), dt.date(2028, 2, 29), "民主评议党员\x07", "", (), 0),
    Event("c@handbook", dt.date(2026, 3, 10), None, "主题党日", "每月一次", ("组织生活",), -1),
)


def all_files() -> dict[str, bytes]:
    """Give every file by name."""
    documents = {**DOCUMENTS, "awkward": AWKWARD}
    return {
        **{f"{name}.docx": render_docx(document, stamp=STAMP) for name, document in documents.items()},
        "blank.xlsx": render_ledger(LEDGER, UNITS, (), stamp=MOMENT),
        "filled.xlsx": render_ledger(LEDGER, UNITS, RECORDS, stamp=MOMENT),
        "duties.ics": render_days(EVENTS, name="2026年例行工作", stamp=MOMENT),
    }


if __name__ == "__main__":
    print(json.dumps({name: hashlib.sha256(data).hexdigest() for name, data in all_files().items()}))
