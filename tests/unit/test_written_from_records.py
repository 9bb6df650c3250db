"""Sentences from records, comparisons and zeros in a filled report, what is noted beside it, and what is frozen."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from handbook.composition.document import Paragraph, plain_text
from handbook.composition.figures import Figures
from handbook.composition.frozen import differences, freeze, frozen_body, frozen_document, latest
from handbook.composition.report import ReportView, compose_report
from handbook.composition.report_notes import report_notes
from handbook.loading.validate import validate
from handbook.loading.write_yaml import write_yaml
from handbook.loading.yaml_events import read_yaml
from handbook.model.frozen import Frozen
from handbook.model.report import Genre, Report

sys.path.insert(0, str(Path(__file__).parent))
from figure_samples import PAGE, library, metric, record

METRICS = (
    metric("held", "count", where=[{"column": "kind", "within": ["大会"]}]),
    metric("lectures", "count", where=[{"column": "kind", "within": ["党课"]}]),
    metric("full", "rate", numerator="held", denominator="held", unit="%"),
)
RECORDS = (
    record("r-1", "2025-02-01", kind="大会", topic="归档不及时。", due=dt.date(2025, 6, 30)),
    record("r-2", "2025-03-01", "two", kind="大会", topic="出勤不高", due=dt.date(2026, 1, 31)),
    record("r-3", "2024-03-01", "two", kind="大会", topic="老问题"),
    record("r-4", "2025-04-01", "three", kind="大会"),
)
EACH = {
    "ledger": "life",
    "where": [{"column": "topic", "filled": "true"}],
    "text": "【序】是【栏：unit】【栏：topic】，限【栏：due】前改好。",
    "none": "没有登记问题。",
}


def genre(*passages: dict, **rest: object) -> Genre:
    numbered = [{"id": f"p-{number}", **passage} for number, passage in enumerate(passages)]
    section = {"id": "only", "title": "一、工作", "prompt": "写工作。", "passages": numbered}
    return Genre.model_validate(
        {
            "id": "yearly", "title": "年报", **PAGE, "used": "年底用。", "length": "一页", "heading": ["【单位】", "【期间】情况"],
            "sections": [section], "signature": "【单位】", **rest,
        }
    )  # fmt: skip


def report(period: str = "2025", owner: str = "committee") -> Report:
    return Report.model_validate(
        {
            "id": "report-one", "title": "报告（虚构）", **PAGE, "genre": "yearly", "unit": owner, "period": period,
            "as_of": "2026-01-08",
        }
    )  # fmt: skip


def compose(*passages: dict, period: str = "2025", owner: str = "committee", records=RECORDS, **rest) -> ReportView:
    return compose_report(genre(*passages), report(period, owner), Figures(library(METRICS, records, **rest)))


def text(view: ReportView) -> list[str]:
    return [plain_text(block.content) for block in view.body if isinstance(block, Paragraph)]


def test_every_record_gives_a_sentence_in_the_order_of_dates():
    view = compose({"text": "逐条说明。", "each": EACH})
    assert text(view) == ["逐条说明。一是one归档不及时，限6月30日前改好。二是two出勤不高，限2026年1月31日前改好。"]
    assert [row.id for row in view.told[0].told.rows] == ["r-1", "r-2"]
    assert (view.filled, view.total) == (1, 1)


def test_records_of_earlier_years_and_the_latest_only():
    view = compose({"each": {**EACH, "since": "always"}})
    assert text(view)[0].startswith("一是two老问题。二是one")
    assert text(compose({"each": {**EACH, "most": "1"}})) == ["two出勤不高，限2026年1月31日前改好。"]


def test_a_unit_s_own_records_only():
    assert text(compose({"each": {**EACH, "own": "true"}}, owner="one")) == ["one归档不及时，限6月30日前改好。"]
    assert compose({"each": {**EACH, "own": "true"}}).todos[0].label == "逐条写明", "the committee keeps none itself"


def test_no_record_is_said_where_that_was_declared_and_is_a_gap_elsewhere():
    assert text(compose({"each": EACH}, records=())) == ["没有登记问题。"]
    silent = compose({"each": EACH}, records=(), complete={"one": (), "two": ("2025",), "three": ("2025",)})
    assert text(silent) == ["【待填：逐条写明（查life台账）】"]
    assert silent.todos[0].rule == "one的life台账没有声明2025年已记齐。查life台账，逐条写明"
    missing = compose({"each": EACH}, records=(), complete={})
    assert missing.todos[0].rule.startswith("committee没有2025年的life台账")


def test_comparisons_are_filled_or_left_out_and_listed():
    view = compose({"text": "【期间】开会【指标：held】次，【同比：held】，讲课【指标：lectures】次。"})
    assert text(view) == ["2025年开会3次，比上年增加2次，讲课0次。"]
    assert [item.text for item in view.changes] == ["比上年增加2次"]
    early = compose({"text": "开会【指标：held】次，【同比：held】。"}, period="2024")
    assert text(early) == ["开会1次。"]
    assert early.uncompared == ("指标held的同比：one、two、three没有2023年的life台账",)


def test_nothing_done_is_said_in_its_own_words():
    passage = {"text": "讲课【指标：lectures】次。", "withhold": ["lectures"]}
    assert compose(passage).withheld[0].reasons == ("指标lectures为0",)
    said = compose({**passage, "zero": "这个期间没有讲党课。"})
    assert (text(said), said.withheld) == (["这个期间没有讲党课。"], ())
    unknown = compose({**passage, "zero": "没有。"}, complete={"one": ("2025",)}, records=())
    assert unknown.withheld, "what nobody recorded is not nothing"


def test_a_heading_never_stands_alone():
    view = compose({"text": "讲课【指标：lectures】次。", "withhold": ["lectures"]})
    assert text(view) == ["【待填：这一部分】"]
    assert "连标题删去" in view.todos[0].rule


@pytest.mark.parametrize(
    ("passages", "note"),
    [
        (({"text": "到会率【指标：full】%。"},), "“指标full”是100%，同一段里没有写分母：指标held3次。写明分母，读的人才知道是几个人的100%。"),
        (({"text": "讲课【指标：lectures】次。"},), "这些数是0：指标lectures。看看句子还通不通顺，没有开展就直说没有开展。"),
        (({"text": "开会【指标：held】次，讨论了全年的工作安排。"}, {"text": "开会【指标：held】次，讨论了全年的工作安排。"}),
         "“开会3次，讨论了全年的工作安排……”说了两遍，删去一处或换个说法。"),
    ],
)  # fmt: skip
def test_notes_beside_a_report(passages, note):
    view = compose(*passages)
    assert note in report_notes(genre(*passages), view)


def test_a_base_beside_the_rate_is_enough_and_length_is_counted():
    passage = {"text": "开会【指标：held】次，到会率【指标：full】%。"}
    view = compose(passage)
    assert report_notes(genre(passage), view) == ()
    assert view.characters == len("一、工作") + len("开会3次，到会率100.0%。")
    assert report_notes(genre(passage, limit="5"), view)[0].startswith("正文19字，超过5字")


PASSAGES = ({"text": "【期间】开会【指标：held】次，【同比：held】。"}, {"each": EACH})


def issue() -> Frozen:
    return freeze(report(), compose(*PASSAGES), "试验（虚构）", dt.date(2026, 1, 9))


def test_an_issued_report_survives_its_file():
    made = issue()
    file = read_yaml(write_yaml(made.model_dump(mode="json", exclude_none=True)), "frozen.yml")
    read, problems = validate(file, Frozen)
    assert problems == ()
    assert read == made
    assert read.code == read.sealed() == made.code
    assert len(made.code) == 8


def test_an_issued_report_reads_as_on_that_day():
    body, signature = frozen_body(issue())
    assert [plain_text(block.content) for block in body] == [
        "一、工作",
        "2025年开会3次，比上年增加2次。",
        "一是one归档不及时，限6月30日前改好。二是two出勤不高，限2026年1月31日前改好。",
    ]
    assert signature.date == ("2026年1月9日",)
    document = frozen_document(issue())
    assert document.version == issue().code
    assert issue().code in plain_text(document.blocks[-2].content)
    assert [plain_text(cell.content) for cell in document.blocks[-1].rows[1]][1:2] == ["指标held：3次"]


def test_later_entries_show_as_differences():
    made = issue()
    assert differences(made, compose(*PASSAGES)) == ()
    later = (*RECORDS, record("r-9", "2025-11-01", kind="大会", topic="新问题"))
    found = differences(made, compose(*PASSAGES, records=later))
    assert (found[0].what, found[0].issued, found[0].today) == ("指标held", "3次", "4次")
    assert [item.what for item in found[1:]] == ["文字", "文字"]
    assert "三是one新问题" in found[2].today


def test_a_changed_letter_breaks_the_seal():
    made = issue()
    changed = made.model_copy(update={"organ": "别的单位"})
    assert changed.sealed() != made.code
    assert made.model_copy(update={"title": "换个名字"}).sealed() == made.code


def test_the_last_issue_counts():
    first = issue()
    second = first.model_copy(update={"issued": dt.date(2026, 2, 1), "id": "report-one-2026-02-01"})
    assert latest((second, first)) == {"report-one": second}
