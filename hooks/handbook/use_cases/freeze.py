"""Freezing a report (定稿): the text of today is kept as data, and later entries in the ledgers do not rewrite it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from handbook.composition.frozen import differences, freeze
from handbook.diagnostics import DataError
from handbook.loading.validate import near
from handbook.loading.write_yaml import write_yaml
from handbook.use_cases.prepare import Prepared, prepare


class FreezeError(Exception):
    """Why nothing was frozen, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One frozen report in the list."""

    ident: str
    title: str
    issued: dt.date
    code: str
    differences: int


def freeze_report(
    project: Path, report_id: str, on: dt.date, *, issued: dt.date | None = None, gaps: bool = False
) -> tuple[Path, str]:
    """Write the frozen report and give its path and code; with gaps only where `gaps` allows it.

    The library is checked as it stands today (`on`); `issued`, today unless named, is only the day the report bears.
    """
    day = issued or on
    prepared = _prepared(project, on)
    library = prepared.library
    report = library.reports.get(report_id)
    if report is None:
        raise FreezeError(f"没有编号为 {report_id} 的报告 → {near(report_id, library.reports)}")
    view = prepared.site.reports[report_id]
    if view.todos and not gaps:
        labels = "、".join(todo.label for todo in view.todos[:8]) + ("等" if len(view.todos) > 8 else "")
        raise FreezeError(f"还有{len(view.todos)}处待填：{labels} → 填好再定稿；确要带着待填留底，加 --gaps")
    unit = library.units[report.unit]
    made = freeze(report, view, unit.title, day)
    path = project / "docs" / "_data" / "frozen" / f"{made.id}.yml"
    if path.exists():
        shown = path.relative_to(project).as_posix()
        raise FreezeError(f"{day} 已经定过稿：{shown} → 同一天不再定第二次；要更正，换一天用 --date 另定")
    content = made.model_dump(mode="json", exclude_none=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_HEAD + write_yaml(content), encoding="utf-8", newline="\n")
    return path, made.code


def issues(project: Path, on: dt.date) -> tuple[Issue, ...]:
    """Give all frozen reports, by day, with the number of differences against today's ledgers."""
    prepared = _prepared(project, on)
    views = prepared.site.reports
    return tuple(
        Issue(item.id, item.title, item.issued, item.code, len(differences(item, views[item.report])))
        for item in sorted(prepared.library.frozen.values(), key=lambda item: (item.issued, item.id))
    )


_HEAD = "# 定稿：由 scripts/freeze.py 写成，不要手工改动；要更正就改台账或报告，再另定一份。\n"


def _prepared(project: Path, on: dt.date) -> Prepared:
    try:
        return prepare(project / "docs", project, on)
    except DataError as error:
        first = error.diagnostics[0]
        remedy = "先运行 scripts/check.py，全部改好再定稿"
        raise FreezeError(
            f"数据里有{len(error.diagnostics)}处问题，第一处：{first.place.path} 第{first.place.line}行 → {remedy}"
        ) from error
