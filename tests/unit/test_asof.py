"""The admission of members as of an older day: each known difference stands at one step, the rest says that it is not known."""

import datetime as dt
import re
from pathlib import Path

import pytest

from handbook.composition.asof import compose_asof
from handbook.composition.site import Site
from handbook.loading.read_library import read_library
from handbook.renderers.press import Press
from handbook.renderers.procedure_parts import asof
from handbook.renderers.view import View
from handbook.rules.clauses import ClauseIndex

ROOT = Path(__file__).parents[2]
ON = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def site():
    library = read_library(ROOT / "docs", ROOT).library
    return Site(library, ClauseIndex(library.regulations, ON), ON)


@pytest.fixture(scope="module")
def procedure(site):
    return site.library.procedures["member-admission"]


def test_each_difference_stands_at_the_step_that_does_what_is_new(site, procedure):
    found = compose_asof(procedure, site.clauses)
    topics = {step: [item.topic for item in items] for step, items in found.at_steps.items()}
    assert topics["public-notice"] == ["拟列发展对象公示"]
    assert topics["propose-candidate"] == ["确定发展对象的上级手续"]
    assert topics["oath"] == ["入党宣誓的时间"]
    assert topics["name-sponsors"] == ["入党介绍人的限制"]
    assert topics["political-review"] == ["政治审查"]
    assert topics["members-vote"] == ["预审合格后提交大会的时限"]
    assert (found.older.year, found.current.year) == (2014, 2026)


def test_no_known_difference_is_left_without_a_step(site, procedure):
    found = compose_asof(procedure, site.clauses)
    placed = {item for items in found.at_steps.values() for item in items}
    assert placed == set(found.current.differences)


def test_fragment_holds_the_days_the_table_and_the_words_for_what_is_not_known(site, procedure):
    fragment = asof(Press(site, {}), View(site, "procedures/member-admission.html"), procedure)
    assert fragment.startswith("## 2026-05-11以前的规定 {#asof}\n")
    assert 'data-from="2014-05-28" data-until="2026-05-11"' in fragment
    assert '<form class="hb-choose" method="get" hidden' in fragment
    assert "2014版此处未核到" in fragment
    assert 'data-asof-step="public-notice"' in fragment
    noted = re.search(r'data-asof-step="public-notice">(.*?)</div>', fragment)[1]
    assert "hb-mark--secondary" in noted
    assert fragment.count("<tr><th") == 1 + len(compose_asof(procedure, site.clauses).current.differences)


def test_a_procedure_whose_basis_has_no_known_differences_has_no_such_section(site, procedure):
    branch_work = next(citation for citation in procedure.basis if citation.short != "发展党员细则")
    other = procedure.model_copy(update={"basis": (branch_work,)})
    assert compose_asof(other, site.clauses) is None
    assert asof(Press(site, {}), View(site, "procedures/member-admission.html"), other) == ""


def test_before_the_new_text_began_there_is_nothing_to_look_back_at(site, procedure):
    earlier = ClauseIndex(site.library.regulations, dt.date(2026, 5, 10))
    assert compose_asof(procedure, earlier) is None
