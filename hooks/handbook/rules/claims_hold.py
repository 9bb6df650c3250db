"""The rule of the clause check (条款核对): every normative statement is found in a fact of the clause it cites."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.rules.claims import read_claims
from handbook.rules.clause_check import ClauseCheck
from handbook.rules.clauses import Clause
from handbook.rules.context import Context
from handbook.rules.statements import Statement, statements


def claims_hold(context: Context) -> Iterator[Diagnostic]:
    """Check every statement of data and prose against its clauses."""
    check = ClauseCheck(context.clauses)
    for statement in statements(context):
        yield from _check(context, check, statement)


def _check(context: Context, check: ClauseCheck, statement: Statement) -> Iterator[Diagnostic]:
    resolved = [context.clauses.resolve(citation) for citation in statement.citations]
    clauses = [clause for clause in resolved if isinstance(clause, Clause)]
    claims = read_claims(statement.text)
    if len(clauses) < len(resolved):
        return  # a citation that leads nowhere is said by its own rule
    if not clauses:
        if claims.normative and not statement.exempt:
            fitting = check.fitting(statement.text)
            remedy = f"请引用 {fitting}" if fitting else "请写明依据；没有条款就改成建议，或贴上经验、单位做法的标签"
            said = f"“{_short(statement.text)}”有要求却没有依据"
            yield Diagnostic(statement.place, statement.key, said, remedy)
        return
    if not statement.inline and (claims.advice or statement.exempt):
        return
    phrase = not statement.inline and not statement.text.rstrip().endswith("。")
    for finding in check.check(statement.text, clauses, phrase=phrase):
        yield Diagnostic(statement.place, statement.key, f"条款核对：{finding.message}", finding.remedy)


def _short(text: str) -> str:
    plain = text.strip()
    return plain if len(plain) <= 24 else f"{plain[:24]}……"
