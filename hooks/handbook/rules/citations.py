"""Every citation, in data and in prose, leads to a regulation, a version and an article."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.loading.pages import citations_in
from handbook.model.citation import Citation, parse_citation
from handbook.rules.clauses import Unresolved
from handbook.rules.context import Context
from handbook.rules.walk import walk

_GRAMMAR = "请写成〔简称 第N条〕，如〔发展党员细则 第13条〕；没有核到条号就只写简称"


def citations_resolve(context: Context) -> Iterator[Diagnostic]:
    """Check ``basis`` and ``〔…〕`` everywhere."""
    named = [(f"{kind.section}/{item.id}", item) for kind, item in context.library.objects()]
    named.extend((f"terms/{term.id}", term) for term in context.library.terms.values())  # type: ignore[misc]
    for name, item in named:
        for at, value in walk(item):
            if isinstance(value, Citation):
                problem = context.clause_problem(value)
                if problem:
                    yield context.say(name, at, problem.message, problem.remedy)
            elif isinstance(value, str) and "〔" in value:
                for match in citations_in(value):
                    problem = _problem(match[1], context)
                    if problem:
                        yield context.say(name, at, problem.message, problem.remedy)
    for page in context.reading.markdown.values():
        for citation in page.citations:
            problem = _problem(citation.text, context)
            if problem:
                yield Diagnostic(citation.place, "(正文)", problem.message, problem.remedy)


def _problem(text: str, context: Context) -> Unresolved | None:
    citation = parse_citation(text)
    if citation is None:
        return Unresolved(f"无法读懂依据〔{text}〕", _GRAMMAR)
    return context.clause_problem(citation)
