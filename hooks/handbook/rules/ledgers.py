"""Ledgers hang together: the columns they name exist, options and types agree; duties point to kinds that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.diagnostics import Diagnostic
from handbook.loading.validate import near
from handbook.model.ledger import Column, Ledger
from handbook.rules.context import Context


def ledgers_are_sound(context: Context) -> Iterator[Diagnostic]:
    """Check the columns a ledger names, and the options of its choices."""
    for ledger in context.library.ledgers.values():
        name = f"ledgers/{ledger.id}"
        columns = {column.id: column for column in ledger.columns}
        for key, wanted in (("kind_column", "choice"), ("date_column", "date")):
            ident = getattr(ledger, key)
            if ident not in columns:
                yield context.unknown(name, (key,), "栏", ident, columns)
            elif columns[ident].type != wanted:
                yield context.say(name, (key,), f"{ident} 不是 {wanted} 类型的栏", f"请把这一栏的 type 写成 {wanted}")
        for index, ident in enumerate(ledger.unique):
            if ident not in columns:
                yield context.unknown(name, ("unique", index), "栏", ident, columns)
        yield from _columns(context, name, ledger, columns)


def _columns(context: Context, name: str, ledger: Ledger, columns: Mapping[str, Column]) -> Iterator[Diagnostic]:
    kinds = columns[ledger.kind_column].options if ledger.kind_column in columns else ()
    for index, column in enumerate(ledger.columns):
        at = ("columns", index)
        if column.at_most and (column.at_most not in columns or columns[column.at_most].type != column.type):
            said = f"没有同类型的栏 {column.at_most}"
            yield context.say(name, (*at, "at_most"), said, near(column.at_most, columns))
        if (column.type == "choice") != bool(column.options):
            remedy = "type 为 choice 时写 options，其他类型不写"
            yield context.say(name, (*at, "type"), "选择栏与选项不一致", remedy)
        for position, kind in enumerate(column.required_for):
            if kinds and kind not in kinds:
                yield context.say(name, (*at, "required_for", position), f"没有“{kind}”这一类", near(kind, kinds))


def duties_find_their_records(context: Context) -> Iterator[Diagnostic]:
    """Check the ledger against which a duty is held, and the kinds of records that count."""
    for duty in context.library.duties.values():
        name = f"duties/{duty.id}"
        if duty.ledger is None:
            if duty.kinds:
                yield context.say(
                    name, ("kinds",), "写了类别，没有写哪本台账", "请补上“ledger: 台账编号”，或删去 kinds"
                )
            continue
        if not context.exists("ledgers", duty.ledger):
            yield context.unknown(name, ("ledger",), "台账", duty.ledger, context.library.ledgers)
        ledger = context.library.ledgers.get(duty.ledger)
        columns = {column.id: column for column in ledger.columns} if ledger else {}
        options = columns[ledger.kind_column].options if ledger and ledger.kind_column in columns else ()
        for index, kind in enumerate(duty.kinds):
            if options and kind not in options:
                yield context.say(name, ("kinds", index), f"没有“{kind}”这一类", near(kind, options))


def checklists_do_not_collide(context: Context) -> Iterator[Diagnostic]:
    """A procedure and a meeting of the same id would get the same checklist page."""
    for ident in context.library.meetings:
        if ident in context.library.procedures:
            yield context.say(
                f"meetings/{ident}", ("id",), f"编号 {ident} 与程序相同，两份清单的地址会重合", "请换一个编号和文件名"
            )
