"""The rule of the clause check (条款核对): every normative statement is found in a fact of the clause it cites."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.rules.claims import is_advice, may_claim, read_claims
from handbook.rules.clause_check import ClauseCheck
from handbook.rules.clauses import Clause
from handbook.rules.context import Context
from handbook.rules.prose import unpaired_in
from handbook.rules.statements import Statement, statements
from handbook.rules.wording import TITLE, TOLD_ABOUT

_BRACKETS = "方括号〔〕没有成对，或者一对套着一对"
_BRACKETS_REMEDY = "请让每个〔都有自己的〕，写成〔简称 第N条〕；几条并列就写几对"


def claims_hold(context: Context) -> Iterator[Diagnostic]:
    """Check every statement of data and prose against its clauses."""
    check = ClauseCheck(context.clauses)
    for page in context.reading.markdown.values():
        for place in unpaired_in(page):
            yield Diagnostic(place, "(正文)", _BRACKETS, _BRACKETS_REMEDY)
    for statement in statements(context):
        yield from _check(context, check, statement)


def _check(context: Context, check: ClauseCheck, statement: Statement) -> Iterator[Diagnostic]:
    yield from _titles(context, statement)
    resolved = [context.clauses.resolve(citation) for citation in statement.citations]
    clauses = [clause for clause in resolved if isinstance(clause, Clause)]
    if len(clauses) < len(resolved):
        yield from _slips(context, check, statement)
        return  # a citation that leads nowhere is said by its own rule
    if not clauses:
        if not statement.exempt and may_claim(statement.text) and read_claims(statement.text).normative:
            fitting = check.fitting(statement.text)
            remedy = f"请引用 {fitting}" if fitting else "请写明依据；没有条款就改成建议，或贴上经验、单位做法的标签"
            said = f"“{_short(statement.text)}”有要求却没有依据"
            yield Diagnostic(statement.place, statement.key, said, remedy)
        return
    if not statement.inline and (statement.exempt or is_advice(statement.text)):
        return
    phrase = statement.label or (not statement.inline and not statement.text.rstrip().endswith("。"))
    found = check.check(statement.text, clauses, phrase=phrase, own=statement.inline, context=statement.context)
    for finding in found:
        yield Diagnostic(statement.place, statement.key, f"条款核对：{finding.message}", finding.remedy)


def _slips(context: Context, check: ClauseCheck, statement: Statement) -> Iterator[Diagnostic]:
    """Name the clause that fits where a sentence cites an article that is not registered."""
    for citation in statement.citations if statement.inline else ():
        regulation = context.clauses.regulation(citation.short)
        if regulation and not isinstance(context.clauses.resolve(citation), Clause):
            fitting = check.fitting_in(regulation, statement.text, statement.context)
            if fitting:
                yield Diagnostic(statement.place, statement.key, f"条款核对：{citation}对不上", f"这句话像是{fitting}")


def _titles(context: Context, statement: Statement) -> Iterator[Diagnostic]:
    """A title in 《》 is that of a registered text; one that nobody issued is told the right one."""
    if "《" not in statement.text or TOLD_ABOUT.search(TITLE.sub("", statement.text)):
        return
    for match in TITLE.finditer(statement.text):
        right = context.clauses.misnamed(match[1])
        if right:
            yield Diagnostic(statement.place, statement.key, f"没有登记《{match[1]}》", f"请写《{right.title}》")


def _short(text: str) -> str:
    plain = text.strip()
    return plain if len(plain) <= 24 else f"{plain[:24]}……"
