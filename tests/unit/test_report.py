"""A report is filled from figures; a gap stays visible, is never 0, and what cannot be said without its figure is held back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from handbook.composition.document import FigureRef, Heading, Paragraph, Todo, plain_text
from handbook.composition.figures import Figures
from handbook.composition.report import ReportView, compose_report, compose_scaffold
from handbook.composition.report_sources import record_runs, sources_grid
from handbook.model.ledger import Ledger, Record, RecordFile, Unit
from handbook.model.library import Library
from handbook.model.report import Genre, Metric, Report

PAGE = {"summary": "为试验而造。", "reviewed": {"date": "2026-11-20"}}


def metric(ident: str, title: str, kind: str, ledger: str = "meetings") -> Metric:
    where = [{"column": "kind", "within": [kind]}]
    return Metric.model_validate(
        {"id": ident, "title": title, "unit": "次", "definition": "为试验而造。", "look_up": f"查{title}的记录", "measure": "count",
         "ledger": ledger, "where": where}
    )  # fmt: skip


def ledger(ident: str, title: str) -> Ledger:
    columns = [
        {"id": "date", "title": "日期", "type": "date", "note": "填日期。"},
        {"id": "kind", "title": "类别", "type": "choice", "options": ["大会", "党课", "宣誓"], "note": "选一项。"},
    ]
    return Ledger.model_validate(
        {"id": ident, "title": title, **PAGE, "group": "life", "kind_column": "kind", "date_column": "date",
         "keeper": "clerk",
         "rhythm": "会后登记。", "columns": columns}
    )  # fmt: skip


GENRE = Genre.model_validate(
    {
        "id": "yearly",
        "title": "年度汇报",
        **PAGE,
        "used": "年底报上级。",
        "length": "两页以内。",
        "heading": ["【单位】", "【年度】年度汇报"],
        "fields": [{"id": "plan", "label": "下年打算", "rule": "写三件以内"}, {"id": "topic", "label": "主题"}],
        "signature": "【单位】",
        "sections": [
            {
                "id": "work",
                "title": "一、工作",
                "prompt": "做了什么。",
                "passages": [
                    {
                        "id": "meetings",
                        "text": "【单位】开大会【指标：assemblies】次，讲党课【指标：lectures】次，大会【指标：assemblies】次。",
                    },
                    {"id": "oaths", "text": "宣誓【指标：oaths】次，都按时。", "withhold": ["oaths"]},
                    {"id": "dues", "text": "收缴【指标：unknown】次。"},
                    {"id": "held", "text": "其中【指标：unknown】次在年底。", "withhold": ["unknown", "oaths"]},
                ],
            },
            {
                "id": "next",
                "title": "二、打算",
                "prompt": "明年做什么。",
                "passages": [{"id": "plan", "text": "围绕【待填：topic】，【待填：plan】。"}],
            },
        ],
    }
)


def figures(*, complete: tuple[str, ...] = ("2025",)) -> Figures:
    branch = {
        "id": "one",
        "title": "试验支部（虚构）",
        "short": "试验支部",
        "level": "branch",
        "invented": "true",
        "note": "虚构。",
    }
    kinds = ("大会", "大会", "大会", "党课")
    records = tuple(
        Record(
            f"r-{n}", "one", "meetings", dt.date(2025, n, 5), {"date": dt.date(2025, n, 5), "kind": kind}, "one.yml", n
        )
        for n, kind in enumerate(kinds, 1)
    )
    metrics = (
        metric("assemblies", "大会次数", "大会"),
        metric("lectures", "党课次数", "党课"),
        metric("oaths", "宣誓次数", "宣誓"),
        metric("unknown", "收缴次数", "大会", "dues"),
    )
    return Figures(
        Library(
            ledgers={"meetings": ledger("meetings", "会议台账"), "dues": ledger("dues", "党费台账")},
            units={"one": Unit.model_validate(branch)},
            metrics={item.id: item for item in metrics},
            records=records,
            record_files={
                ("one", "meetings", "2025"): RecordFile.model_validate({"complete": list(complete), "records": []})
            },
        )
    )


def report(**values: str) -> Report:
    return Report.model_validate(
        {"id": "yearly-2025", "title": "试验支部2025年度汇报", **PAGE, "genre": "yearly", "unit": "one", "period": "2025",
         "as_of": "2026-01-08", "values": values}
    )  # fmt: skip


def compose(*, complete: tuple[str, ...] = ("2025",), **values: str) -> ReportView:
    return compose_report(GENRE, report(**values), figures(complete=complete))


def text(view: ReportView) -> list[str]:
    return [
        "".join(part if isinstance(part, str) else part.text for part in block.content)
        for block in view.body
        if isinstance(block, (Heading, Paragraph))
    ]


def test_the_text_is_filled_from_the_figures() -> None:
    assert text(compose(topic="学习", plan="抓落实")) == [
        "一、工作",
        "试验支部开大会3次，讲党课1次，大会3次。",
        "收缴【待填：收缴次数（查收缴次数的记录）】次。",
        "二、打算",
        "围绕学习，抓落实。",
    ]


def test_title_and_signature_name_unit_and_year() -> None:
    view = compose()
    assert tuple(map(plain_text, view.title)) == ("试验支部", "2025年度汇报")
    assert view.signature.organ == ("试验支部",)
    (date,) = view.signature.date
    assert isinstance(date, Todo)
    assert date.kind == "date"


def test_a_missing_figure_is_to_be_filled_in_and_never_zero() -> None:
    view = compose()
    gaps = {todo.id: todo.text for todo in view.todos}
    assert gaps["metric-unknown"] == "【待填：收缴次数（查收缴次数的记录）】"
    for line in text(view):
        assert "0" not in line
    assert "unknown" not in {item.figure.metric.id for item in view.figures}


def test_zero_that_nobody_declared_is_to_be_filled_in_too() -> None:
    silent = compose(complete=())
    assert [held.passage.id for held in silent.withheld] == ["oaths", "held"]
    assert silent.withheld[0].reasons == ("宣誓次数：试验支部的会议台账没有声明2025年已记齐，不能写0",)
    assert silent.undeclared == ("试验支部",)


def test_a_passage_that_makes_no_sense_is_held_back_with_every_reason() -> None:
    view = compose()
    assert [(held.passage.id, held.reasons) for held in view.withheld] == [
        ("oaths", ("宣誓次数为0",)),
        ("held", ("收缴次数：试验支部没有2025年的党费台账", "宣誓次数为0")),
    ]
    assert not any("宣誓" in line or "年底" in line for line in text(view))


def test_figures_are_numbered_once_in_the_order_of_the_text() -> None:
    view = compose()
    assert [(item.number, item.figure.metric.id) for item in view.figures] == [(1, "assemblies"), (2, "lectures")]
    shown = [part for block in view.body for part in getattr(block, "content", ()) if isinstance(part, FigureRef)]
    assert [(part.metric, part.text, part.number) for part in shown] == [
        ("assemblies", "3", 1),
        ("lectures", "1", 2),
        ("assemblies", "3", 1),
    ]


def test_completeness_is_counted() -> None:
    empty = compose()
    assert [todo.id for todo in empty.todos] == ["metric-unknown", "topic", "plan"]
    assert (empty.filled, empty.total) == (2, 5)
    filled = compose(topic="学习", plan="抓落实")
    assert (filled.filled, filled.total) == (4, 5)


def test_the_file_traces_each_figure_to_its_records() -> None:
    blocks = compose().document("report/yearly-2025", "1.0").blocks
    rows = blocks[-1].rows
    assert [["".join(cell.content) for cell in row] for row in rows[1:]] == [
        ["1", "大会次数：3次", "会议台账，2025年，类别为大会：符合条件的记录数", "r-1至r-3（3条）"],
        ["2", "党课次数：1次", "会议台账，2025年，类别为党课：符合条件的记录数", "r-4"],
    ]


def test_an_empty_scaffold_holds_no_figure_and_no_unit() -> None:
    document = compose_scaffold(GENRE, figures().library.metrics)
    parts = [part for block in document.blocks for part in getattr(block, "content", ())]
    assert not any(isinstance(part, FigureRef) for part in parts)
    labels = [part.text for part in parts if isinstance(part, Todo)]
    assert labels[0] == "【待填：单位名称】"
    assert "【待填：主题】" in labels
    assert not any(character.isdecimal() for part in parts if isinstance(part, str) for character in part)
    assert "宣誓" in "".join(part for part in parts if isinstance(part, str)), (
        "nothing is held back from an empty scaffold"
    )


def runs(*idents: str) -> str:
    day = dt.date(2025, 1, 1)
    return record_runs(tuple(Record(ident, "one", "meetings", day, {}, "one.yml", 0) for ident in idents))


@pytest.mark.parametrize(
    ("idents", "expected"),
    [
        ((), ""),
        (("ol-1-003",), "ol-1-003"),
        (("ol-1-003", "ol-1-004"), "ol-1-003、ol-1-004"),
        (("ol-1-005", "ol-1-003", "ol-1-004"), "ol-1-003至ol-1-005（3条）"),
        (("ol-1-003", "ol-1-004", "ol-1-005", "ol-1-007"), "ol-1-003至ol-1-005（3条）、ol-1-007"),
        (("ol-1-009", "ol-1-010", "ol-1-011"), "ol-1-009至ol-1-011（3条）"),
        (("ol-1-001", "ol-1-002", "ol-2-003", "ol-2-004"), "ol-1-001、ol-1-002、ol-2-003、ol-2-004"),
        (("ol-1-003", "ol-1-003"), "ol-1-003"),
        (("a", "b", "c"), "a、b、c"),
        (("r-8", "r-9", "r-10"), "r-8至r-10（3条）"),
    ],
)
def test_runs_of_records_are_drawn_together(idents: tuple[str, ...], expected: str) -> None:
    assert runs(*idents) == expected


@pytest.mark.parametrize("idents", [("r-1", "r-2", "r-3", "r-5"), ("ol-1-001", "ol-1-002", "x")])
def test_runs_do_not_depend_on_order(idents: tuple[str, ...]) -> None:
    assert runs(*idents) == runs(*reversed(idents))


def test_the_file_counts_the_records_where_their_ids_would_fill_pages() -> None:
    day = dt.date(2025, 1, 1)
    rows = tuple(
        Record(f"ol-{unit}-{2 * n:03}", "one", "meetings", day, {}, "one.yml", n) for unit in (1, 2) for n in range(9)
    )
    figure = replace(figures().figure("assemblies", "one", "2025"), rows=rows)
    assert sources_grid([figure], ()).rows[1][3].content == ("ol-1（9条）、ol-2（9条）",)
    few = replace(figure, rows=rows[:4])
    assert sources_grid([few], ()).rows[1][3].content == ("ol-1-000、ol-1-002、ol-1-004、ol-1-006",)


def test_an_empty_title_keeps_its_places() -> None:
    scaffold = compose_scaffold(GENRE, figures().library.metrics)
    assert any(isinstance(part, Todo) for line in scaffold.title for part in line)
