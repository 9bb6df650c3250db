"""Forms that go together: numbered by first use, each once; official papers named; files the same whatever the day."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from handbook.composition.catalogue import COMMON, compose_catalogue
from handbook.composition.document import Grid, plain_text
from handbook.composition.form_use import day, form_uses
from handbook.composition.freshness import Freshness
from handbook.composition.packages import compose_packages, table_of_contents
from handbook.composition.site import Site
from handbook.model.duty import Role
from handbook.model.form import Form
from handbook.model.glossary import Groups
from handbook.model.library import Library
from handbook.model.meeting import Meeting
from handbook.model.procedure import Procedure
from handbook.renderers.forms_shelf import CONTENTS, form_downloads, package_downloads
from handbook.renderers.made_before import MADE
from handbook.rules.clauses import ClauseIndex

META = {"summary": "为试验而造。", "reviewed": {"date": "2026-11-20"}, "tier": "tip", "group": "some"}
SHEET = "由上级发给"


def form(ident: str, **rest: object) -> Form:
    return Form.model_validate(
        {
            "id": ident, "title": f"表{ident}", "kind": "record", "version": "1.0", "changed": "2026-11-21",
            "heading": [f"表{ident}"], "used": "试验时用。", "body": [{"block": "paragraph", "text": "【待填：name】到会。"}],
            "fields": [{"id": "name", "label": "姓名", "example": "甲某某"}], **META, **rest,
        }
    )  # fmt: skip


def paper(ident: str, **rest: object) -> dict:
    return {"id": f"paper-{ident}", "title": f"材料{ident}", **rest}


def step(ident: str, *papers: dict) -> dict:
    return {
        "id": ident,
        "title": f"步骤{ident}",
        "roles": ["clerk"],
        "action": ["照办。"],
        "why": "有用。",
        "materials": papers,
    }


def procedure(ident: str, *stages: tuple[dict, ...], **rest: object) -> Procedure:
    made = [
        {"id": f"stage-{number}", "title": f"阶段{number}", "summary": "试验。", "time": "不限", "steps": steps}
        for number, steps in enumerate(stages, 1)
    ]
    return Procedure.model_validate(
        {
            "id": ident,
            "title": f"程序{ident}",
            "occasion": [],
            "basis": [],
            "division": "自分",
            "stages": made,
            **META,
            **rest,
        }
    )


def meeting(ident: str, *papers: dict) -> Meeting:
    item = {"id": "print", "title": "印材料", "at": "T-7", "roles": ["clerk"], "materials": papers}
    return Meeting.model_validate(
        {
            "id": ident, "title": f"会{ident}", "occasion": [], "why": "有用。", "basis": [], "convener": {"text": "书记。"},
            "participants": [], "agendas": [], "preparation": [item], "minutes": [], **META,
        }
    )  # fmt: skip


def site(*owners: Procedure | Meeting, forms: tuple[Form, ...], on: dt.date = dt.date(2026, 11, 21)) -> Site:
    group = {"id": "some", "title": "一组", "summary": "试验。"}
    sections = [{**group, "section": section} for section in ("procedures", "meetings", "forms")]
    library = Library(
        procedures={item.id: item for item in owners if isinstance(item, Procedure)},
        meetings={item.id: item for item in owners if isinstance(item, Meeting)},
        forms={item.id: item for item in forms},
        roles={"clerk": Role.model_validate({"id": "clerk", "title": "干事", "summary": "试验。", "home": "branch"})},
        groups=Groups.model_validate({"groups": sections}),
    )
    return Site(library, ClauseIndex({}, on), on)


FORMS = tuple(form(ident) for ident in ("a", "b", "c"))
WAY = procedure(
    "way",
    (step("one", paper("1", form="b"), paper("2", official=SHEET)), step("two", paper("3", form="a"))),
    (step("three", paper("4", form="b"), paper("5"), paper("6", form="c")),),
)


def test_a_form_stands_where_it_is_first_needed_and_once() -> None:
    package = compose_packages(site(WAY, forms=FORMS).library)["way"]
    assert [(entry.number, entry.form.id) for entry in package.entries] == [(1, "b"), (2, "a"), (3, "c")]
    assert [place.label for place in package.entries[0].places] == ["第1步", "第3步"]
    assert [(item.title, item.source) for item in package.officials] == [("材料2", SHEET)]
    assert package.entries[0].filename == "01-表b.docx"
    assert package.address == "forms/packages/way.zip"


def test_a_stage_and_a_meeting_have_a_package_from_two_forms_on() -> None:
    one = meeting("small", paper("1", form="a"))
    two = meeting("large", paper("1", form="c"), paper("2", form="a"), paper("3", form="c"))
    lonely = procedure("lonely", (step("only", paper("1", form="a")),))
    bare = procedure("bare", (step("only", paper("1")),))
    gone = procedure("gone", (step("only", paper("1", form="a")),), status="withdrawn")
    found = compose_packages(site(WAY, one, two, lonely, bare, gone, forms=FORMS).library)
    assert set(found) == {"way", "way--stage-1", "way--stage-2", "large", "lonely"}
    assert [entry.form.id for entry in found["way--stage-2"].entries] == ["b", "c"]
    assert [entry.form.id for entry in found["large"].entries] == ["c", "a"]


def test_a_withdrawn_form_is_in_no_package() -> None:
    forms = (form("a"), form("b", status="withdrawn"), form("c"))
    package = compose_packages(site(WAY, forms=forms).library)["way"]
    assert [entry.form.id for entry in package.entries] == ["a", "c"]


def test_no_file_name_holds_what_some_system_refuses() -> None:
    title = 'A/B：什么?"*<表>|\\'
    forms = (form("a", title=title), form("b"), form("c"))
    entry = compose_packages(site(WAY, forms=forms).library)["way"].entry("a")
    assert entry
    assert not set(entry.filename) & set('\\/:*?"<>|')


def test_the_contents_name_what_is_inside_and_what_is_not() -> None:
    made = site(WAY, forms=FORMS)
    rules = {item.id: Freshness(("试验条例（2026）",) if item.id == "a" else (), "00000000") for item in FORMS}
    document = table_of_contents(made.packages["way"], rules)
    inside, outside = (block for block in document.blocks if isinstance(block, Grid))
    rows = [[plain_text(cell.content) for cell in row] for row in inside.rows[1:]]
    assert [row[:2] for row in rows] == [["1", "表b"], ["2", "表a"], ["3", "表c"]]
    assert rows[0][2] == "第1步：步骤one；另有第3步"
    assert [row[-1] for row in rows] == ["未引条款", "试验条例", "未引条款"]
    assert [plain_text(cell.content) for cell in outside.rows[1]] == ["材料2", "第1步：步骤one", SHEET]


def downloads(made: Site) -> dict[str, bytes]:
    shelf = {item.address: item for one in made.library.forms.values() for item in form_downloads(made, one)}
    zips = {item.address: item for item in package_downloads(made, shelf)}
    return {address: item.content for address, item in (shelf | zips).items()}


def test_the_zip_is_stored_and_holds_the_published_files() -> None:
    files = downloads(site(WAY, forms=FORMS))
    with zipfile.ZipFile(io.BytesIO(files["forms/packages/way.zip"])) as archive:
        entries = archive.infolist()
        assert [entry.filename for entry in entries] == [CONTENTS, "01-表b.docx", "02-表a.docx", "03-表c.docx"]
        assert all(entry.compress_type == zipfile.ZIP_STORED and entry.flag_bits & 0x800 for entry in entries)
        assert archive.read("01-表b.docx") == files["forms/b.docx"]


def test_files_of_unchanged_forms_are_the_same_on_another_day() -> None:
    first = downloads(site(WAY, forms=FORMS))
    MADE.clear()
    assert downloads(site(WAY, forms=FORMS, on=dt.date(2027, 3, 1))) == first
    later = downloads(site(WAY, forms=(form("a", changed="2027-01-05"), *FORMS[1:])))
    assert {address for address in first if later[address] != first[address]} == {
        "forms/a.docx", "forms/a-guide.docx", "forms/a-example.docx",
        "forms/packages/way.zip", "forms/packages/way--stage-1.zip",
    }  # fmt: skip


def test_the_variants_of_a_form() -> None:
    head = {"organ": "中共示例县委文件"}
    bare = form("bare", fields=[], body=[{"block": "paragraph", "text": "没有要填的。"}])
    made = site(forms=(form("a", letterhead=head), bare))
    found = {item.address: item for one in made.library.forms.values() for item in form_downloads(made, one)}
    assert list(found) == [
        "forms/a.docx", "forms/a-guide.docx", "forms/a-head.docx", "forms/a-example.docx",
        "forms/bare.docx", "forms/bare-guide.docx",
    ]  # fmt: skip
    assert found["forms/a-guide.docx"].filename == "表a-带说明.docx"
    assert found["forms/a-head.docx"].filename == "表a（红头版式）.docx"
    assert found["forms/a-example.docx"].filename == "表a（填好的示例，虚构）.docx"
    assert len({item.content for item in found.values()}) == len(found)


def test_the_catalogue_holds_every_form_once_and_every_official_paper() -> None:
    ways = [procedure(f"w{number}", (step("one", paper("1", form="a")),)) for number in range(COMMON)]
    named_twice = procedure("again", (step("one", paper("2", official="另一种说法")),))
    forms = (*FORMS, form("unused"), form("old", status="withdrawn"))
    catalogue = compose_catalogue(site(WAY, *ways, named_twice, forms=forms))
    assert sorted(row.form.id for row in catalogue.rows if row.form) == ["a", "b", "c", "unused"]
    (official,) = [row for row in catalogue.rows if row.form is None]
    assert (official.title, len(official.owners)) == ("材料2", 2)
    shelves = {shelf.owner: [row.title for row in shelf.rows] for shelf in catalogue.shelves}
    assert shelves[""] == ["表a", "表unused"], "what serves many matters belongs to none of them"
    assert shelves["procedures/way"] == ["表b", "表c"]
    assert shelves["procedures/again"] == ["材料2"]


def test_a_place_that_names_a_form_twice_counts_once() -> None:
    way = procedure("way", (step("one", paper("1", form="a"), paper("2", form="a")),))
    library = site(way, meeting("talk", paper("1", form="a")), forms=FORMS).library
    places = form_uses(library)["a"]
    assert [place.address for place in places] == ["procedures/way.html#one", "meetings/talk.html#print"]
    assert [place.label for place in places] == ["第1步", "会前一周"]


@pytest.mark.parametrize(
    ("at", "words"), [("T", "当天"), ("T-7", "会前一周"), ("T+14", "会后两周"), ("T-3", "会前3天"), ("T-35", "会前5周")]
)
def test_days_in_words(at: str, words: str) -> None:
    assert day(at) == words
