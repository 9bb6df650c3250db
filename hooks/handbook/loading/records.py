"""Cells of ledger records: text into the type of their column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping

from pydantic import TypeAdapter, ValidationError

from handbook.diagnostics import Diagnostic
from handbook.loading.validate import near, short
from handbook.loading.yaml_events import Positions
from handbook.model.ledger import Column, Ledger, Record, RecordFile
from handbook.model.scalars import Amount, Count, Ident, IsoDate, MemberCode, Text

_READERS: Mapping[str, TypeAdapter[object]] = {
    "date": TypeAdapter(IsoDate),
    "count": TypeAdapter(Count),
    "amount": TypeAdapter(Amount),
    "text": TypeAdapter(Text),
    "member": TypeAdapter(MemberCode),
}
_IDENT: TypeAdapter[str] = TypeAdapter(Ident)
_NUMBER_OF_A_PERSON = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
_PERSONAL = ("姓名", "身份证", "证件号", "手机", "电话", "住址", "name", "id-number", "phone")

Report = Callable[[Diagnostic], None]


def read_records(
    file: RecordFile, ledger: Ledger, unit: str, year: str, positions: Positions, report: Report
) -> Iterator[Record]:
    """Give the typed records of one file; every wrong cell is reported with its place."""
    columns = {column.id: column for column in ledger.columns}
    for index, raw in enumerate(file.records):
        at = ("records", index)
        values: dict[str, object] = {}
        for name, cell in raw.items():
            if name == "id" or cell is None:
                continue
            column = columns.get(name)
            if column is None:
                remedy = near(name, ["id", *columns])
                if any(word in name.lower() for word in _PERSONAL):
                    remedy = "台账不记个人信息，请删去这一栏，用成员代码 m-001 代替"
                report(Diagnostic(positions.key((*at, name)), f"records[{index}].{name}", "台账里没有这一栏", remedy))
                continue
            try:
                values[name] = _cell(cell, column)
            except ValidationError as error:
                context = error.errors()[0].get("ctx") or {}
                place = positions.value((*at, name))
                key = f"records[{index}].{name}"
                report(Diagnostic(place, key, short(f"“{column.title}”栏{context['message']}"), context["remedy"]))
            except _NotAnOption as problem:
                place = positions.value((*at, name))
                key = f"records[{index}].{name}"
                said = f"“{column.title}”栏没有 {short(problem.cell)!r} 这个选项"
                report(Diagnostic(place, key, said, near(problem.cell, column.options)))
        _personal(values, index, positions, report)
        _too_many(values, columns, index, positions, report)
        _missing(raw, ledger, index, positions, report)
        record_id = _record_id(raw, index, positions, report)
        date = values.get(ledger.date_column)
        if isinstance(date, dt.date):
            if str(date.year) != year:
                place = positions.value((*at, ledger.date_column))
                key = f"records[{index}].{ledger.date_column}"
                report(Diagnostic(place, key, f"日期 {date} 不在 {year} 年", f"请改日期，或把记录移到 {date.year}.yml"))
            if record_id:
                yield Record(record_id, unit, ledger.id, date, values, positions.path, index)


class _NotAnOption(Exception):  # noqa: N818 - a signal between two functions of this module
    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


def _cell(cell: str, column: Column) -> object:
    if column.type == "choice":
        if cell not in column.options:
            raise _NotAnOption(cell)
        return cell
    if column.type == "members":
        reader = _READERS["member"]
        return tuple(str(reader.validate_python(code.strip())) for code in re.split("[、，,]", cell))
    return _READERS[column.type].validate_python(cell)


def _personal(values: Mapping[str, object], index: int, positions: Positions, report: Report) -> None:
    for name, value in values.items():
        if isinstance(value, str) and _NUMBER_OF_A_PERSON.search(value):
            place = positions.value(("records", index, name))
            said = "像是身份证号或手机号"
            report(
                Diagnostic(place, f"records[{index}].{name}", said, "台账不记个人信息，请删去，用成员代码 m-001 代替")
            )


def _too_many(
    values: Mapping[str, object], columns: Mapping[str, Column], index: int, positions: Positions, report: Report
) -> None:
    for name, value in values.items():
        limit = values.get(columns[name].at_most or "")
        if isinstance(value, int) and isinstance(limit, int) and value > limit:
            other = columns[str(columns[name].at_most)].title
            said = f"“{columns[name].title}”{value}多于“{other}”{limit}"
            report(
                Diagnostic(positions.value(("records", index, name)), f"records[{index}].{name}", said, "请核对签到表")
            )


def _missing(raw: Mapping[str, str | None], ledger: Ledger, index: int, positions: Positions, report: Report) -> None:
    kind = raw.get(ledger.kind_column)
    for column in ledger.columns:
        # without its date a record belongs to no period: it would vanish without a word
        needed = column.required or kind in column.required_for or column.id == ledger.date_column
        if needed and not raw.get(column.id):
            place = positions.value(("records", index))
            said = f"缺少“{column.title}”栏"
            report(Diagnostic(place, f"records[{index}].{column.id}", said, f"请补上“{column.id}: …”（{column.note}）"))


def _record_id(raw: Mapping[str, str | None], index: int, positions: Positions, report: Report) -> str:
    at = ("records", index)
    if not raw.get("id"):
        report(Diagnostic(positions.value(at), f"records[{index}].id", "缺少必填的键", "请补上“id: …”，全手册不重复"))
        return ""
    try:
        return _IDENT.validate_python(raw["id"])
    except ValidationError as error:
        context = error.errors()[0].get("ctx") or {}
        report(Diagnostic(positions.value((*at, "id")), f"records[{index}].id", context["message"], context["remedy"]))
        return ""
