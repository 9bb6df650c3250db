"""The library that is published: whole, without a diagnostic, and saying what the fact base says.

The tables here are the tests' own: they were typed from the fact base, not from the YAML they check.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from handbook.composition.figures import Figures
from handbook.composition.votes import compose_vote
from handbook.model.base import VERIFICATION_WORDS
from handbook.model.citation import Citation
from handbook.rules.clauses import Clause, KnownFact
from handbook.rules.walk import walk
from handbook.use_cases.check import check
from handbook.use_cases.prepare import Prepared, examine, prepare

PROJECT = Path(__file__).resolve().parents[2]
DAY = dt.date(2026, 11, 21)


@cache
def prepared() -> Prepared:
    return prepare(PROJECT / "docs", PROJECT, DAY)


@pytest.fixture
def library():
    return prepared().library


@pytest.fixture
def clauses():
    return prepared().site.clauses


@pytest.fixture
def steps(library):
    return library.procedures["member-admission"].steps


def test_nothing_is_wrong_with_it() -> None:
    assert [str(problem) for problem in check(PROJECT, DAY)] == []


@pytest.mark.parametrize("day", ["2026-05-11", "2027-01-01", "2030-06-30"])
def test_nothing_is_wrong_with_it_on_other_days(day: str) -> None:
    assert [str(problem) for problem in check(PROJECT, dt.date.fromisoformat(day))] == []


ROWS = (
    ("submit-application", "apply", "applicant", (5, 6)),
    ("first-talk", "apply", "branch", (7,)),
    ("choose-activist", "apply", "branch-committee", (8,)),
    ("file-activist", "apply", "branch", (8,)),
    ("assign-mentors", "apply", "branch", (9,)),
    ("cultivate", "apply", "branch", (10, 11, 12)),
    ("propose-candidate", "candidate", "branch-committee", (13,)),
    ("public-notice", "candidate", "branch", (13,)),
    ("list-candidate", "candidate", "branch", (13,)),
    ("name-sponsors", "candidate", "branch", (14, 15)),
    ("political-review", "candidate", "branch", (16,)),
    ("training", "candidate", "superior-committee", (17,)),
    ("committee-review", "admit", "branch-committee", (18,)),
    ("pre-review", "admit", "superior-committee", (18,)),
    ("fill-application", "admit", "applicant", (15, 18)),
    ("members-vote", "admit", "branch", (19, 20)),
    ("send-resolution", "admit", "branch", (21,)),
    ("approval-talk", "admit", "superior-committee", (23,)),
    ("committee-approval", "admit", "superior-committee", (22, 24, 25)),
    ("file-approval", "admit", "superior-committee", (25,)),
    ("join-group", "probation-stage", "branch", (28,)),
    ("oath", "probation-stage", "superior-committee", (29,)),
    ("probation", "probation-stage", "branch", (15, 30, 31)),
    ("full-membership", "full", "probationer", (31, 32, 33)),
    ("archive", "full", "branch", (36,)),
)
"""Row by row: step, stage, who acts first, articles of 发展党员细则（2026）."""


def test_there_are_25_rows_in_order(library, steps) -> None:
    assert [step.id for step in steps] == [row[0] for row in ROWS]
    stages = [(step.id, stage.id) for stage in library.procedures["member-admission"].stages for step in stage.steps]
    assert stages == [row[:2] for row in ROWS]


@pytest.mark.parametrize("number", range(1, 26))
def test_each_row_rests_on_its_clauses(number: int, steps, clauses) -> None:
    ident, _, _, articles = ROWS[number - 1]
    step = steps[number - 1]
    found = [clauses.resolve(citation) for citation in step.basis]
    assert all(isinstance(clause, Clause) for clause in found)
    assert {(clause.regulation.id, clause.version.year) for clause in found} == {("member-admission", 2026)}, ident
    numbers = sorted(n for c in step.basis for n in range(c.first, (c.last or c.first) + 1))
    assert numbers == list(articles), ident


@pytest.mark.parametrize("number", range(1, 26))
def test_each_row_says_who_what_when_and_why(number: int, steps) -> None:
    step = steps[number - 1]
    acting = ROWS[number - 1][2]
    assert acting in step.roles
    assert step.tier == "national"
    for filled in (step.roles, step.when, step.action, step.output, step.materials, step.mistakes, step.why):
        assert filled


def test_where_the_superior_files_consents_and_approves(steps) -> None:
    """备案、同意、审批 are three things; these rows have one of them each."""
    words = {step.id: step.gate for step in steps if step.gate}
    assert "备案" in words["file-activist"]
    assert "同意" in words["propose-candidate"]
    assert "审批" in words["committee-approval"]
    assert "备案" in words["file-approval"]
    for ident, others in (
        ("file-activist", "同意|审批"),
        ("propose-candidate", "备案|审批"),
        ("committee-approval", "备案"),
        ("file-approval", "同意|审批"),
    ):
        assert not re.search(others, words[ident])


def test_the_grouping_is_called_ours(library) -> None:
    assert "本手册划分" in library.procedures["member-admission"].division
    assert "非官方" in library.procedures["member-admission"].division


def test_the_variants_of_the_design_are_there_and_used(library, steps) -> None:
    known = {variant.id for variant in library.procedures["member-admission"].variants}
    assert known == {"no-committee", "agency", "mobile", "change"}
    assert {variation.variant for step in steps for variation in step.variants} == known


def test_six_papers_go_into_the_file(steps) -> None:
    filed = {paper.id: step.id for step in reversed(steps) for paper in step.materials if paper.file}
    first = {ident: step for ident, step in filed.items() if step != "archive"}
    titles = {paper.id: paper.title for step in steps for paper in step.materials}
    assert sorted(re.sub("[《》]", "", titles[ident]) for ident in first) == sorted(
        [
            "入党申请书",
            "入党积极分子培养考察登记表",
            "政治审查材料",
            "入党志愿书",
            "预备党员教育考察登记表",
            "转正申请书",
        ]
    )
    for step in steps:
        for paper in step.materials:
            if paper.file:
                assert Citation("发展党员细则", first=36) in paper.basis, paper.id


FACTS = (
    ("member-admission/min-age", "以上", "18", "岁", "", "must", 5),
    ("member-admission/talk-within", "以内", "1", "个月", "谈话", "must", 7),
    ("member-admission/mentor-count", "", "1—2", "名", "", "must", 9),
    ("member-admission/cultivation-length", "以上", "1", "年", "", "must", 13),
    ("member-admission/candidate-consent", "", "", "", "同意", "must", 13),
    ("member-admission/notice-days", "不少于", "5", "个工作日", "公示", "must", 13),
    ("member-admission/sponsor-count", "等于", "2", "名", "", "must", 14),
    ("member-admission/training-length", "不少于", "3", "天", "", "must", 17),
    ("member-admission/training-hours", "不少于", "24", "学时", "", "must", 17),
    ("member-admission/leaving-soon", "以内", "3", "个月", "", "usual", 18),
    ("member-admission/submit-within", "以内", "1", "个月", "", "must", 19),
    ("member-admission/attendance-over-half", "超过", "1/2", "比例", "", "must", 19),
    ("member-admission/passing-over-half", "超过", "1/2", "比例", "通过", "must", 20),
    ("member-admission/approval-within", "以内", "3", "个月", "审批", "must", 25),
    ("member-admission/approval-extended", "不超过", "6", "个月", "审批", "must", 25),
    ("member-admission/oath-within", "以内", "1", "个月", "", "usual", 29),
    ("member-admission/probation-length", "等于", "1", "年", "", "must", 31),
    ("member-admission/extension-max", "不超过", "1", "年", "", "must", 31),
    ("member-admission/full-approval-within", "以内", "3", "个月", "审批", "must", 33),
    ("member-admission/postpone-limit", "不超过", "6", "个月", "", "may", 35),
    ("branch-work/attendance-half", "以上", "1/2", "比例", "", "must", 11),
    ("branch-work/passing-over-half", "超过", "1/2", "比例", "通过", "must", 11),
    ("branch-work/committee-attendance", "以上", "1/2", "比例", "", "must", 12),
    ("branch-work/meeting-quarterly", "", "1", "次/季度", "", "usual", 11),
    ("branch-work/committee-monthly", "", "1", "次/月", "", "usual", 12),
    ("branch-work/group-monthly", "", "1", "次/月", "", "usual", 13),
    ("branch-work/lecture-yearly", "不少于", "1", "次/年", "", "must", 16),
    ("agency-organisation/committee-from", "以上", "100", "人", "", "must", 5),
    ("agency-organisation/briefing-yearly", "不少于", "1", "次/年", "", "must", 26),
)


@pytest.mark.parametrize("row", FACTS, ids=[row[0] for row in FACTS])
def test_a_fact_says_what_the_fact_base_says(row: tuple, clauses) -> None:
    name, comparator, number, unit, verb, strength, article = row
    known = clauses.fact(name)
    assert isinstance(known, KnownFact)
    fact = known.fact
    assert (fact.comparator or "", fact.number or "", fact.unit or "", fact.verb or "") == (
        comparator,
        number,
        unit,
        verb,
    )
    assert fact.strength == strength
    assert known.clause.article.number == article


@pytest.mark.parametrize(
    ("vote", "attendance", "passing"),
    [
        ("general", ("半数以上", 10), ("超过半数", 11)),
        ("admission", ("超过半数", 11), ("超过半数", 11)),
        ("full-membership", ("超过半数", 11), ("超过半数", 11)),
    ],
)
def test_votes_count_by_those_who_are_due(vote: str, attendance: tuple, passing: tuple, library, clauses) -> None:
    (found,) = (item for item in library.meetings["members-meeting"].votes if item.id == vote)
    view = compose_vote(found, clauses)
    assert (view.attendance.words, view.attendance.least) == attendance
    assert (view.passing.words, view.passing.least) == passing
    for threshold in (view.attendance, view.passing):
        assert threshold.known.fact.base == "应到会有表决权党员"
        assert threshold.known.fact.unit_may == "nothing", "a unit may never change a vote"


def test_every_fact_and_article_number_has_its_verification(library) -> None:
    for regulation in library.regulations.values():
        for version in regulation.versions:
            marks = [version.verification]
            for article in version.articles:
                marks += [
                    article.number_verification or version.verification,
                    article.verification or version.verification,
                ]
                marks += [fact.verification or article.verification or version.verification for fact in article.facts]
            marks += [fact.verification or version.verification for fact in version.facts]
            assert set(marks) <= set(VERIFICATION_WORDS) - {"original"}, "a person has to confirm an original by name"


def test_only_the_2026_version_is_in_force_and_2014_is_kept(library, clauses) -> None:
    versions = library.regulations["member-admission"].versions
    assert [version.year for version in versions] == [2026, 2014]
    assert versions[1].ended == versions[0].effective == dt.date(2026, 5, 11)
    assert clauses.current(library.regulations["member-admission"]).year == 2026
    assert versions[0].differences


def test_only_registered_regulations_are_cited(library, clauses) -> None:
    for kind, item in library.objects():
        for at, value in walk(item):
            if isinstance(value, Citation):
                assert isinstance(clauses.resolve(value), Clause), (kind.section, item.id, at)
    assert set(library.regulations) >= {"member-admission", "branch-work", "agency-organisation"}


def test_keys_name_facts_and_steps_that_exist(library, clauses) -> None:
    for item in (*library.procedures.values(), *library.meetings.values()):
        for key in item.keys:
            assert isinstance(clauses.fact(key.fact), KnownFact)
    for procedure in library.procedures.values():
        assert {key.step for key in procedure.keys if key.step} <= {step.id for step in procedure.steps}


@pytest.mark.parametrize("section", ["regulations", "procedures", "meetings", "forms", "ledgers", "genres", "reports"])
def test_readers_find_it_by_two_other_names_at_least(section: str, library) -> None:
    assert library.of_kind(section)
    few = [ident for ident, item in library.of_kind(section).items() if len({*item.alias} - {item.title}) < 2]
    assert few == []


def test_the_fixed_ids_are_there(library) -> None:
    assert "member-admission" in library.procedures
    assert "members-meeting" in library.meetings
    assert set(library.duties) >= {
        "members-meeting-quarterly", "committee-meeting-monthly", "group-meeting-monthly", "theme-day-monthly",
        "party-lecture-yearly", "life-meeting-yearly", "appraisal-yearly", "heart-talk-yearly", "agency-briefing-yearly",
        "secretary-report-yearly",
    }  # fmt: skip
    assert set(library.ledgers) >= {"organization-life", "membership"}
    assert {"general", "admission"} <= {agenda.id for agenda in library.meetings["members-meeting"].agendas}


def test_every_form_is_used_by_something(library) -> None:
    used = {paper.form for item in (*library.procedures.values(), *library.meetings.values()) for _, paper in walk(item)
            if getattr(paper, "form", None)}  # fmt: skip
    linked = {
        reference.removeprefix("forms/").partition("#")[0]
        for _, item in library.objects()
        for _, value in walk(item)
        for reference in (getattr(value, "related", ()) or ())
        if reference.startswith("forms/")
    }
    assert set(library.forms) <= used | linked


@pytest.mark.parametrize("owner", ["member-admission", "members-meeting"])
def test_the_checklist_holds_everything_once(owner: str, library) -> None:
    checklist = prepared().site.checklists[owner]
    if owner in library.procedures:
        parts = library.procedures[owner].steps
        wanted = {f"step/{owner}/{step.id}" for step in parts}
    else:
        parts = library.meetings[owner].preparation
        wanted = {f"preparation/{owner}/{item.id}" for item in parts}
    wanted |= {f"material/{owner}/{paper.id}" for part in parts for paper in part.materials}
    assert Counter(item.id for item in checklist.items) == Counter(wanted)
    for group in (*checklist.stages, *checklist.roles, *checklist.materials):
        assert max(Counter(item.id for item in group.items).values()) == 1


def test_a_year_of_records_is_there_without_names(library) -> None:
    assert len(library.records) >= 150
    assert {record.date.year for record in library.records} >= {2025}
    assert {record.unit for record in library.records} >= {f"example-branch-{n}" for n in range(1, 5)}
    for record in library.records:
        for value in record.values.values():
            assert not re.search(r"\d{11}|\d{17}[\dXx]", str(value)), record.id


def test_invented_units_and_reports_say_so(library) -> None:
    for unit in library.units.values():
        assert unit.invented
        assert "虚构" in unit.title
        assert "虚构" in unit.note
    for report in library.reports.values():
        assert "虚构" in report.title


def test_the_report_is_filled_where_there_are_records() -> None:
    view = prepared().site.reports["example-annual-work-2025"]
    assert view.filled > 0
    assert view.todos, "a report without a gap would hide how one looks"
    for item in view.figures:
        assert item.figure.value is not None
        assert item.figure.rows or item.figure.inputs, item.figure.metric.id
        for part in item.figure.inputs:
            assert part.rows


def test_without_one_record_only_figures_that_hold_it_change(library) -> None:
    """Some forty records, over all metrics; stocks may fall back to an older record that was not counted."""
    scope = ("example-committee", "2025")
    stocks = {"latest", "closing", "outside"}
    metrics = [metric for metric in library.metrics.values() if metric.measure not in stocks]
    metrics = [
        m for m in metrics if not stocks & {library.metrics[i].measure for i in (m.numerator, m.denominator) if i}
    ]
    whole = Figures(library)
    before = {metric.id: whole.figure(metric.id, *scope) for metric in metrics}
    for record in library.records[:: max(len(library.records) // 40, 1)]:
        rest = Figures(dataclasses.replace(library, records=tuple(r for r in library.records if r is not record)))
        for metric in metrics:
            found, former = rest.figure(metric.id, *scope), before[metric.id]
            held = any(row is record for part in (former, *former.inputs) for row in part.rows)
            if not held:
                assert (found.value, found.rows) == (former.value, former.rows), (record.id, metric.id)
            elif metric.measure == "count":
                assert (found.value or 0) == former.value - 1, (record.id, metric.id)
            elif metric.measure == "sum" and metric.unit != "万元":
                cell = record.values.get(metric.column, 0)
                assert (found.value or 0) == former.value - cell, (record.id, metric.id)


@pytest.mark.parametrize("path", sorted((PROJECT / "docs").rglob("*.yml")), ids=lambda path: path.stem)
def test_a_data_file_names_no_place_of_this_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\.\./|/tmp/|/home/|/root/", text)
    assert b"\r" not in path.read_bytes()
    assert text.endswith("\n")


def test_every_matter_has_its_forms(library):
    forms = library.forms
    assert len(forms) >= 90
    for kind in ("request", "reply", "report", "notice", "letter", "minutes", "publicity", "record", "ballot", "guide"):
        assert any(form.kind == kind for form in forms.values()), kind
    counted = [form for form in forms.values() if any(field.id in ("yes", "total-yes") for field in form.fields)]
    assert len(counted) >= 4
    for form in counted:
        labels = "、".join(field.label for field in form.fields)
        # an election knows no opinion in writing
        words = (
            ("应到会有", "实到会有", "赞成")
            if form.group == "election-forms"
            else ("应到会有", "实到会有", "书面意见", "赞成")
        )
        assert [word for word in words if word not in labels] == [], form.id


@pytest.mark.parametrize(
    ("form", "old", "new"),
    [
        ("public-notice", "公示不少于5个工作日", "公示不少于3个工作日"),
        ("admission-minutes", "在预审合格后1个月内", "在预审合格后2个月内"),
        ("prereview-request", "rule: 公示不少于5个工作日", "rule: 公示不少于5天"),
        ("archive-check", "培养考察1年以上以后", "培养考察半年以上以后"),
    ],
)
def test_a_changed_number_in_a_form_is_named(form, old, new, tmp_path) -> None:
    shutil.copytree(PROJECT / "docs", tmp_path / "docs")
    path = tmp_path / "docs" / "_data" / "forms" / f"{form}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    found = [str(problem) for problem in examine(tmp_path / "docs", tmp_path, DAY).found]
    assert any(f"forms/{form}.yml" in line and "条款核对" in line for line in found), found
