"""Cells of ledger records: text into the type of their column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from pydantic import TypeAdapter, ValidationError

from handbook.diagnostics import Diagnostic
from handbook.loading.validate import near, short
from handbook.loading.yaml_events import Positions
from handbook.model.ledger import Column, Ledger, Record, RecordFile
from handbook.model.scalars import IDENT, Amount, Count, Ident, IsoDate, MemberCode, Text

_READERS: Mapping[str, TypeAdapter[object]] = {
    "date": TypeAdapter(IsoDate),
    "count": TypeAdapter(Count),
    "amount": TypeAdapter(Amount),
    "text": TypeAdapter(Text),
    "member": TypeAdapter(MemberCode),
}
_IDENT: TypeAdapter[str] = TypeAdapter(Ident)
_NUMBER_OF_A_PERSON = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
_NO_PERSONS = "台账不记个人信息，请删去，用成员代码 m-001 代替"
_PERSONAL = ("姓名", "身份证", "证件号", "手机", "电话", "住址", "name", "id-number", "phone")

Report = Callable[[Diagnostic], None]


def read_records(
    file: RecordFile, ledger: Ledger, unit: str, year: str, positions: Positions, report: Report
) -> Iterator[Record]:
    """Give the typed records of one file; every wrong cell is reported with its place."""
    columns = {column.id: column for column in ledger.columns}
    limits = [(column, columns[column.at_most]) for column in ledger.columns if column.at_most in columns]
    needed = _Needed(ledger)
    for index, raw in enumerate(file.records):
        values = _values(raw, index, columns, positions, report)
        for column, limit in limits:
            value, most = values.get(column.id), values.get(limit.id)
            if isinstance(value, (int, Decimal)) and isinstance(most, (int, Decimal)) and value > most:
                said = f"“{column.title}”{value}多于“{limit.title}”{most}"
                report(_at_cell(index, column.id, positions, said, "请核对签到表"))
        for column in needed.of(raw.get(ledger.kind_column)):
            if not raw.get(column.id):
                place = positions.value(("records", index))
                remedy = f"请补上“{column.id}: …”（{column.note}）"
                report(Diagnostic(place, f"records[{index}].{column.id}", f"缺少“{column.title}”栏", remedy))
        record_id = _record_id(raw, index, positions, report)
        date = values.get(ledger.date_column)
        if not isinstance(date, dt.date):
            continue
        if str(date.year) != year:
            said = f"日期 {date} 不在 {year} 年"
            remedy = f"请改日期，或把记录移到 {date.year}.yml"
            report(_at_cell(index, ledger.date_column, positions, said, remedy))
        if record_id:
            yield Record(record_id, unit, ledger.id, date, values, positions.path, index)


def _values(
    raw: Mapping[str, str | None], index: int, columns: Mapping[str, Column], positions: Positions, report: Report
) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, cell in raw.items():
        if name == "id" or cell is None:
            continue
        column = columns.get(name)
        if column is None:
            report(_unknown(name, index, columns, positions))
            continue
        try:
            # the column's own text of its id: a hundred thousand records share it
            values[column.id] = _cell(cell, column)
        except ValidationError as error:
            context = error.errors()[0].get("ctx") or {}
            said = short(f"“{column.title}”栏{context['message']}")
            report(_at_cell(index, name, positions, said, context["remedy"]))
        except _NotAnOption:
            said = f"“{column.title}”栏没有 {short(cell)!r} 这个选项"
            report(_at_cell(index, name, positions, said, near(cell, column.options)))
        else:
            if column.type == "text" and _NUMBER_OF_A_PERSON.search(cell):
                report(_at_cell(index, name, positions, "像是身份证号或手机号", _NO_PERSONS))
    return values


def _at_cell(index: int, column: str, positions: Positions, said: str, remedy: str) -> Diagnostic:
    return Diagnostic(positions.value(("records", index, column)), f"records[{index}].{column}", said, remedy)


def _unknown(name: str, index: int, columns: Mapping[str, Column], positions: Positions) -> Diagnostic:
    remedy = near(name, ["id", *columns])
    if any(word in name.lower() for word in _PERSONAL):
        remedy = "台账不记个人信息，请删去这一栏，用成员代码 m-001 代替"
    return Diagnostic(positions.key(("records", index, name)), f"records[{index}].{name}", "台账里没有这一栏", remedy)


class _Needed:
    """The columns that a record must fill, by its kind; looked up once per kind."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.known: dict[str | None, tuple[Column, ...]] = {}

    def of(self, kind: str | None) -> tuple[Column, ...]:
        """Give them; without its date a record belongs to no period and would vanish without a word."""
        if kind not in self.known:
            self.known[kind] = tuple(
                column
                for column in self.ledger.columns
                if column.required or kind in column.required_for or column.id == self.ledger.date_column
            )
        return self.known[kind]


class _NotAnOption(Exception):  # noqa: N818 - a signal between two functions of this module
    """The cell holds none of the column's options."""


def _cell(cell: str, column: Column) -> object:
    if column.type == "choice":
        if cell not in column.options:
            raise _NotAnOption
        return cell
    return _value(cell, column.type)


@lru_cache(maxsize=1 << 16)
def _value(cell: str, kind: str) -> object:
    """Read a cell; the same dates, numbers and codes come again and again."""
    if kind == "members":
        reader = _READERS["member"]
        return tuple(str(reader.validate_python(code.strip())) for code in re.split("[、，,]", cell))
    return _READERS[kind].validate_python(cell)


def _record_id(raw: Mapping[str, str | None], index: int, positions: Positions, report: Report) -> str:
    at = ("records", index)
    if not raw.get("id"):
        report(Diagnostic(positions.value(at), f"records[{index}].id", "缺少必填的键", "请补上“id: …”，全手册不重复"))
        return ""
    if IDENT.fullmatch(raw["id"] or ""):
        return str(raw["id"])
    try:
        return _IDENT.validate_python(raw["id"])
    except ValidationError as error:
        context = error.errors()[0].get("ctx") or {}
        report(Diagnostic(positions.value((*at, "id")), f"records[{index}].id", context["message"], context["remedy"]))
        return ""
