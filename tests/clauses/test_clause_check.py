"""The clause check on statements and mutations: sets it was tuned on, and two that nobody looked at (held, unseen).

Run with ``-s`` to see the figures of every set.
"""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
import yaml

from handbook.loading.pages import citations_in
from handbook.loading.read_library import read_library
from handbook.model.citation import parse_citation
from handbook.rules.claims import cited_pieces, read_claims, sentences
from handbook.rules.clause_check import ClauseCheck
from handbook.rules.clauses import Clause, ClauseIndex

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
ON = dt.date(2026, 11, 21)
LIMITS = {
    # set: most false alarms, least share of mutations named (as measured when the set was written down)
    "tuned": (0, 0.97),
    "talk": (0, 0.92),
    "handbook": (0, 0.98),
    "true": (1, 0.0),
    "held": (4, 0.90),
    "unseen": (4, 0.92),
}


@pytest.fixture(scope="module")
def clauses():
    return ClauseIndex(read_library(PROJECT / "docs", PROJECT).library.regulations, ON)


@pytest.fixture(scope="module")
def check(clauses):
    return ClauseCheck(clauses)


def statements(name):
    return yaml.safe_load((HERE / f"{name}.yml").read_text(encoding="utf-8"))


def findings(check, clauses, text):
    """What is found in a text as a page has it: a list item is covered as a whole, otherwise each sentence by its own."""
    text = text.strip()
    pieces = [(text[2:], text)] if text.startswith("- ") else []
    pieces = pieces or [piece for _, sentence in sentences(text) for piece in cited_pieces(sentence)]
    found = []
    for piece, brackets in pieces:
        cited = [clauses.resolve(parse_citation(match[1])) for match in citations_in(brackets)]
        assert all(isinstance(clause, Clause) for clause in cited), text
        found += check.check(piece, cited)
    return found


@pytest.mark.parametrize("name", LIMITS)
def test_true_statements_pass_and_mutations_are_named(name, check, clauses) -> None:
    alarms, named, kinds = [], Counter(), Counter()
    data = statements(name)["statements"]
    for item in data:
        if findings(check, clauses, item["text"]):
            alarms.append(item["id"])
        for mutation in item.get("mutations", []):
            kinds[mutation["kind"]] += 1
            named[mutation["kind"]] += bool(findings(check, clauses, mutation["text"]))
    share = named.total() / kinds.total() if kinds else 1.0
    print(
        f"\n{name}: {len(alarms)} false alarms of {len(data)}, {named.total()} of {kinds.total()} named ({share:.1%})"
    )
    print("  " + ", ".join(f"{kind} {named[kind]}/{count}" for kind, count in kinds.items()))
    most, least = LIMITS[name]
    assert len(alarms) <= most, alarms
    assert share >= least


@pytest.mark.parametrize("name", ["tuned", "talk", "held"])
def test_a_sentence_without_citation_is_told_from_harmless_prose(name) -> None:
    for item in statements(name)["uncited"]:
        assert read_claims(item["text"]).normative == item["normative"], item["text"]


def test_a_finding_names_the_clause_that_fits(check, clauses) -> None:
    text = "预备期为1年，从支部党员大会通过之日起计算〔发展党员细则 第13条〕。"
    assert any("第31条" in finding.remedy for finding in findings(check, clauses, text))
