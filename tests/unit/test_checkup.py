"""台账体检: what was held, what is short in the words of the clause, what nobody recorded, what a unit does not have."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sys
from pathlib import Path

import pytest

from handbook.composition.checkup import STATE_WORDS, check_years, period_label, shortfalls
from handbook.composition.figures import Figures
from handbook.renderers import checkup_page
from handbook.renderers.search_pages import search_pages
from handbook.renderers.to_json import coverage
from handbook.use_cases.prepare import page_addresses, prepare
from handbook.use_cases.publish import Publication, uris_of

sys.path.insert(0, str(Path(__file__).parent))
from figure_samples import duty, ledger, library, record

BASE = Path(__file__).parents[1] / "golden" / "base"
ON = dt.date(2026, 11, 21)
RECORDS = (
    record("r-1", "2025-02-01", kind="大会"),
    record("r-2", "2025-03-01", kind="大会"),
    record("r-3", "2025-05-01", "two", kind="大会"),
    record("r-4", "2025-05-01", "three", kind="支委会"),
)


def cells(*duties, owner="one", on=ON, complete=None, records=RECORDS, **rest):
    found = check_years(Figures(library(records=records, duties=duties, complete=complete, **rest)), on)
    year = next(item for item in found if item.year == "2025")
    return [
        (cell.state, cell.said)
        for check in year.checks
        for line in check.lines
        if line.unit.id == owner
        for cell in line.cells
    ]


def test_quarters_are_counted():
    assert cells(duty("meeting", ["大会"])) == [
        ("held", "2次"),
        ("short", "0次，少于一般频次"),
        ("short", "0次，少于一般频次"),
        ("short", "0次，少于一般频次"),
    ]


@pytest.mark.parametrize(
    ("strength", "said"),
    [("must", "少于要求次数"), ("usual", "少于一般频次"), ("principle", "少于原则上的次数"), ("may", "没有开展")],
)
def test_short_in_the_words_of_the_clause(strength, said):
    assert cells(duty("meeting", ["党课"], per="year", strength=strength)) == [("short", f"0次，{said}")]


def test_what_was_done_once_is_not_called_undone():
    found = cells(duty("meeting", ["大会"], times="3", strength="may"))
    assert found[0] == ("short", "2次，少于建议次数")


def test_what_was_not_declared_is_to_be_filled_in():
    complete = {"one": ("2025-H1",), "two": (), "three": ()}
    found = cells(duty("meeting", ["大会"], times="3"), complete=complete)
    assert found[0] == ("short", "2次，少于一般频次")
    assert found[2] == ("open", "没有记录（待填）")
    assert cells(duty("meeting", ["大会"], per="year", times="3"), complete=complete) == [
        ("open", "记了2次，没有记齐（待填）")
    ]


def test_a_branch_without_the_body_has_no_duty():
    meeting = duty("committee", ["支委会"], per="year")
    assert cells(meeting, owner="two") == [("absent", "不适用：没有设这个组织")]
    assert cells(meeting, owner="three") == [("held", "1次")]


def test_what_is_not_over_is_not_short():
    found = cells(duty("meeting", ["大会"]), on=dt.date(2025, 5, 5))
    assert [state for state, _ in found] == ["held", "future", "future", "future"]


def test_duties_above_are_theirs():
    work = ledger("work", "committee")
    above = duty("training", [], who="机关党委", per="year", ledger="work")
    records = (*RECORDS, record("w-1", "2025-03-03", "committee", "work"))
    found = check_years(Figures(library(records=records, duties=(above,), ledgers=(ledger(), work))), ON)
    assert [(check.theirs, [line.unit.id for line in check.lines]) for check in found[0].checks] == [
        (True, ["committee"])
    ]


def test_what_is_lacking_is_listed_unit_by_unit():
    found = check_years(Figures(library(records=RECORDS, duties=(duty("meeting", ["大会"], per="year"),))), ON)
    ((unit, items),) = shortfalls(found[0])
    assert (unit.id, [cell.said for _, listed in items for cell in listed]) == ("three", ["0次，少于一般频次"])
    assert found[0].count("held") == 2


def test_labels():
    assert [period_label(period) for period in ("2025", "2025-Q2", "2025-03")] == ["全年", "第二季度", "3月"]


@pytest.fixture
def publication(tmp_path):
    """The small library of the golden cases, its duty held against its ledger."""
    shutil.copytree(BASE / "docs", tmp_path / "docs")
    duty_file = tmp_path / "docs" / "_data" / "duties" / "monthly-wash.yml"
    text = duty_file.read_text(encoding="utf-8").replace("who: 茶水员", "who: 支部")
    duty_file.write_text(f"{text}ledger: tea-ledger\nkinds:\n  - 茶会\n", encoding="utf-8", newline="\n")
    return Publication(prepare(tmp_path / "docs", tmp_path, ON))


def test_the_page_is_a_table_with_words_behind_every_sign(publication):
    (page,) = [page for page in publication.pages if page.uri == "ledgers/checkup.md"]
    cells = re.findall(
        r'<td class="is-(\w+)"><span aria-hidden="true">(.*?)</span><span class="hb-hide">(.*?)</span></td>', page.body
    )
    assert [cell[0] for cell in cells] == ["short", "short", "held", *["short"] * 9]
    assert cells[0][1:] == ("▽0", "0次，少于一般频次")
    assert cells[2][1:] == ("✓1", "1次")
    assert page.body.count('scope="row"') == 1
    assert 'aria-label="2025年支部每月的工作"' in page.body
    assert "一组：洗茶具，1月0次，少于一般频次" in page.body


def test_the_pages_are_found(publication):
    addresses = {item["address"] for item in coverage(publication.site)}
    assert {"ledgers/checkup.html", "ledgers/metrics.html"} <= addresses
    assert {"ledgers/checkup.html", "ledgers/metrics.html"} <= {page.url for page in search_pages(publication.site)}
    assert {"ledgers/checkup.md", "ledgers/metrics.md"} <= set(uris_of(publication.navigation()))
    assert {"ledgers/checkup.html", "ledgers/metrics.html"} <= page_addresses(publication.site)


def test_without_a_ledger_nothing_is_checked(tmp_path):
    shutil.copytree(BASE / "docs", tmp_path / "docs")
    site = prepare(tmp_path / "docs", tmp_path, ON).site
    assert site.checkup == ()
    assert "ledgers/checkup.html" not in page_addresses(site)


def test_nobody_is_accused():
    """The words of the page and of its states never say 违规."""
    templates = Path(checkup_page.__file__).parent / "templates"
    texts = [path.read_text(encoding="utf-8") for path in sorted(templates.glob("checkup*.html"))]
    texts += [Path(checkup_page.__file__).read_text(encoding="utf-8"), *STATE_WORDS.values()]
    assert not re.search("违规|违纪|不合格", "".join(texts))
