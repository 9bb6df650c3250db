"""The clause check on statements and mutations, read as a page of the site has them.

Three sets were written blind by people who knew neither the check nor the other sets, and measured once before anybody
looked: fresh (344 of 371 named, no false alarm of 150), final (343 of 358, 5 of 180) and third (139 of 140, none of 100).
Those figures say what the check is worth on statements that nobody tuned it on. The check was mended on fresh and final
afterwards, as on all older sets; third was never looked at for that. Run with ``-s`` to see the figures of today.
"""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
import yaml

from handbook.loading.pages import citations_in, read_page
from handbook.loading.read_library import read_library
from handbook.model.citation import parse_citation
from handbook.rules.claims import read_claims
from handbook.rules.clause_check import ClauseCheck
from handbook.rules.clauses import Clause, ClauseIndex
from handbook.rules.prose import pieces_of

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
ON = dt.date(2026, 11, 21)
LIMITS = {
    # set: most false alarms, least share of mutations named (as measured)
    "tuned": (0, 0.99),
    "talk": (0, 0.98),
    "handbook": (0, 0.99),
    "true": (0, 0.0),
    "held": (0, 0.99),
    "unseen": (0, 0.99),
    "fresh": (0, 0.99),
    "sources": (0, 0.99),
    "final": (0, 0.99),
    "siblings": (0, 0.99),
    "third": (0, 0.99),
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
    """What is found in a text when it stands on a page; a citation that leads nowhere is found by its own rule."""
    page = read_page(f"---\nid: x\n---\n\n{text}\n", "page.md")
    found = []
    for piece in pieces_of(page):
        cited = [clauses.resolve(parse_citation(match[1])) for match in citations_in(piece.brackets)]
        wrong = [clause for clause in cited if not isinstance(clause, Clause)]
        found += wrong or check.check(piece.text, cited, phrase=piece.label, context=piece.context)
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
