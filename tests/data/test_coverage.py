"""What the handbook means to cover is built; every blank of the sample reports has its metric."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
import yaml

from handbook.composition.checkup import check_years
from handbook.renderers.to_json import coverage
from handbook.use_cases.prepare import prepare

PROJECT = Path(__file__).resolve().parents[2]
LATER = ("工具/",)
"""Kinds whose topics may still be open."""


@cache
def site():
    return prepare(PROJECT / "docs", PROJECT, dt.date(2026, 11, 21)).site


def test_every_topic_but_those_of_later_work_is_built() -> None:
    missing = [item["name"] for item in coverage(site()) if not item["address"]]
    assert [name for name in missing if not name.startswith(LATER)] == []


def test_no_topic_was_given_up() -> None:
    topics = set(site().library.topics.topics)
    assert len(topics) >= 250
    queries = yaml.safe_load((PROJECT / "tests" / "search" / "queries.yml").read_text(encoding="utf-8"))["queries"]
    asked = {topic for query in queries for topic in query["expect"]}
    assert asked <= {item["name"] for item in coverage(site())}


@pytest.mark.parametrize(
    ("kind", "least"),
    [("procedures", 34), ("meetings", 20), ("practices", 8), ("terms", 200), ("duties", 20), ("ledgers", 17)],
)
def test_there_is_a_body_of_knowledge(kind: str, least: int) -> None:
    library = site().library
    items = library.terms if kind == "terms" else library.of_kind(kind)
    assert len(items) >= least


def test_every_procedure_says_when_who_and_why() -> None:
    for procedure in site().library.procedures.values():
        assert procedure.occasion, procedure.id
        assert len(procedure.steps) >= 5, procedure.id
        assert all(step.why and step.roles and step.action for step in procedure.steps), procedure.id
        assert any(step.mistakes for step in procedure.steps), procedure.id
        assert any(step.materials for step in procedure.steps), procedure.id


def test_every_meeting_has_all_its_parts() -> None:
    for meeting in site().library.meetings.values():
        for part in (
            "occasion",
            "participants",
            "agendas",
            "preparation",
            "minutes",
            "script",
            "situations",
            "mistakes",
        ):
            assert getattr(meeting, part), f"{meeting.id}: {part}"
        assert all(agenda.items for agenda in meeting.agendas), meeting.id


def test_every_practice_begins_with_its_limits_and_is_labelled() -> None:
    for practice in site().library.practices.values():
        assert practice.tier == "practice"
        assert practice.cautions, practice.id
        assert practice.decisions, practice.id
        for frame in practice.frames:
            assert all(len(row.cells) == len(frame.columns) for row in frame.rows), f"{practice.id}/{frame.id}"


def test_every_blank_of_the_samples_is_a_metric() -> None:
    held = yaml.safe_load((PROJECT / "tests" / "data" / "blanks.yml").read_text(encoding="utf-8"))
    blanks = [*held["blanks"], *held["printed"]]
    assert len(held["blanks"]) >= 108
    metrics = site().library.metrics
    for item in blanks:
        metric = metrics[item["metric"]]
        assert metric.unit, item
        assert len(metric.definition) >= 8, item
    assert {item["sample"] for item in blanks} == {"000", "001", "002", "003", "004"}


def test_hours_are_held_against_each_member() -> None:
    found = check_years(site().figures, site().on)
    lines = {
        (year.year, line.unit.id): line.cells
        for year in found
        for check in year.checks
        if check.duty.id == "study-hours-yearly"
        for line in check.lines
    }
    figures = site().figures
    assert lines
    for (year, unit), (cell,) in lines.items():
        reached, whole = (figures.figure(name, unit, year).value for name in ("hours-reached", "members-year-end"))
        if reached is None or whole is None:
            assert cell.state in ("open", "future")
        else:
            assert cell.count == reached
            assert cell.state == "held" if reached >= whole else cell.state in ("short", "future")
            assert "违规" not in cell.said
