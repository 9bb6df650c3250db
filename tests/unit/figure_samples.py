"""A small library of figures for tests: two ledgers, a committee with a 总支 and three branches, records made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from handbook.model.duty import Duty
from handbook.model.ledger import Ledger, Record, RecordFile, Unit
from handbook.model.library import Library
from handbook.model.report import Metric

PAGE = {"summary": "为试验而造。", "reviewed": {"date": "2026-11-20"}}


def column(ident: str, kind: str, title: str, **rest: object) -> dict[str, object]:
    return {"id": ident, "title": title, "type": kind, "note": "为试验而造。", **rest}


def ledger(ident: str = "life", level: str = "branch", **rest: object) -> Ledger:
    columns = [
        column("date", "date", "日期"),
        column("kind", "choice", "类别", options=["大会", "党课", "支委会"]),
        column("hours", "count", "学时"),
        column("money", "amount", "金额", unit="元"),
        column("member", "member", "成员"),
        column("members", "members", "参加人"),
        column("topic", "text", "内容"),
        column("due", "date", "时限"),
    ]
    return Ledger.model_validate(
        {
            "id": ident, "title": f"{ident}台账", **PAGE, "group": "life", "level": level, "kind_column": "kind",
            "date_column": "date", "keeper": "clerk", "rhythm": "会后登记。", "columns": columns, **rest,
        }
    )  # fmt: skip


def unit(ident: str, level: str = "branch", parent: str | None = "committee", **rest: object) -> Unit:
    return Unit.model_validate(
        {
            "id": ident, "title": f"试验{ident}（虚构）", "short": ident, "level": level, "invented": "true",
            "note": "虚构。", **({"parent": parent} if parent else {}), **rest,
        }
    )  # fmt: skip


UNITS = (
    unit("committee", "committee", None),
    unit("general", "general-branch"),
    unit("one", has_committee="true"),
    unit("two", parent="general"),
    unit("three", parent="general", has_committee="true"),
)


def metric(ident: str, measure: str, **rest: object) -> Metric:
    common = {"unit": "次", "definition": "为试验而造。", "look_up": "查台账", "title": f"指标{ident}"}
    kept = {} if measure in ("rate", "outside") else {"ledger": "life"}
    return Metric.model_validate({"id": ident, "measure": measure, **common, **kept, **rest})


def record(ident: str, day: str, owner: str = "one", kept: str = "life", **values: object) -> Record:
    date = dt.date.fromisoformat(day)
    number = int("".join(filter(str.isdecimal, ident)) or 0)
    path = f"docs/_data/records/{owner}/{kept}/{date.year}.yml"
    return Record(ident, owner, kept, date, {"date": date, **values}, path, number)


def duty(ident: str, kinds: Iterable[str], **rest: object) -> Duty:
    common = {
        "title": f"开{ident}", "who": "支部", "roles": ["clerk"], "strength": "usual", "times": "1", "per": "quarter",
        "text": "一般每季度召开1次。", "basis": [], "reminder": {"months": ["3"], "week": "1", "weekday": "1"},
    }  # fmt: skip
    return Duty.model_validate({"id": ident, **common, "ledger": "life", "kinds": list(kinds), **rest})


def library(
    metrics: Iterable[Metric] = (),
    records: Iterable[Record] = (),
    *,
    complete: Mapping[str, tuple[str, ...]] | None = None,
    ledgers: Iterable[Ledger] = (),
    duties: Iterable[Duty] = (),
    years: tuple[str, ...] = ("2024", "2025"),
    **rest: object,
) -> Library:
    """`complete` names the keepers of the ledger ``life`` and the periods each declared; further files come from records."""
    declared = dict.fromkeys(("one", "two", "three"), ("2024", "2025")) if complete is None else complete
    found = tuple(records)
    files = {
        (owner, "life", year): RecordFile.model_validate({"complete": list(periods), "records": []})
        for owner, periods in declared.items()
        for year in years
    }
    for item in found:
        key = (item.unit, item.ledger, str(item.date.year))
        files.setdefault(key, RecordFile.model_validate({"complete": [key[2]], "records": []}))
    shelf = tuple(ledgers) or (ledger(),)
    return Library(
        ledgers={item.id: item for item in shelf},
        units={item.id: item for item in UNITS},
        metrics={item.id: item for item in metrics},
        duties={item.id: item for item in duties},
        records=found,
        record_files=files,
        **rest,  # type: ignore[arg-type]
    )
