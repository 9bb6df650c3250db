"""Checklists are put together, never typed: nothing required is missing, nothing stands twice, and ids outlive titles."""

from __future__ import annotations

from collections import Counter

import pytest

from handbook.composition.checklist import Checklist, compose_checklists
from handbook.model.duty import Role
from handbook.model.meeting import Meeting
from handbook.model.procedure import Procedure

REVIEWED = {"date": "2026-11-20"}
ROLES = {
    ident: Role.model_validate({"id": ident, "title": title, "summary": "为试验而造。", "home": "branch"})
    for ident, title in (("secretary", "书记"), ("clerk", "党务干事"), ("member", "党员"))
}


def material(ident: str, **rest: object) -> dict:
    return {"id": ident, "title": f"材料{ident}", **rest}


def step(ident: str, roles: list[str], materials: tuple[dict, ...] = (), **rest: object) -> dict:
    return {
        "id": ident,
        "title": f"步骤{ident}",
        "roles": roles,
        "action": ["照办。"],
        "why": "有用。",
        "materials": list(materials),
        **rest,
    }


def procedure(word: str = "") -> Procedure:
    """Two stages; `word` rewords every title."""
    steps = [
        step(
            "apply",
            ["secretary", "clerk"],
            (material("application", file="true", basis=["试验条例 第6条"]), material("register")),
        ),
        step(
            "talk", ["secretary"], (material("register"), material("record", form="talk-record")), gate="上级党委备案"
        ),
        step(
            "vote", ["member", "secretary"], (material("vote"), material("application", file="true")), tier="practice"
        ),
        step("archive", ["clerk"], (material("late"), material("vote", file="true", note="归档件"))),
    ]
    for item in steps:
        item["title"] += word
        for paper in item["materials"]:
            paper["title"] += word
    steps[1]["when"] = [{"bound": "latest", "text": "1个月内"}, {"bound": "after", "text": "收到申请之后"}]
    stage = {"summary": "为试验而造。", "time": "不限"}
    return Procedure.model_validate(
        {
            "id": "admission",
            "title": f"发展{word}",
            "summary": "为试验而造。",
            "reviewed": REVIEWED,
            "basis": ["试验条例"],
            "division": "本手册划分",
            "group": "rooms",
            "occasion": [],
            "stages": [
                {"id": "first", "title": f"前段{word}", "steps": steps[:2], **stage},
                {"id": "second", "title": f"后段{word}", "steps": steps[2:], **stage},
            ],
        }
    )


def meeting(word: str = "") -> Meeting:
    statement = {"text": "为试验而造。"}
    return Meeting.model_validate(
        {
            "id": "assembly",
            "title": f"大会{word}",
            "summary": "为试验而造。",
            "reviewed": REVIEWED,
            "basis": ["试验条例"],
            "convener": statement,
            "group": "gatherings",
            "occasion": [],
            "why": "说清事情。",
            "participants": [],
            "agendas": [{"id": "admit", "title": "接收", "note": "为试验而造。", "items": []}],
            "minutes": [statement],
            "preparation": [
                {"id": "notice", "title": f"通知{word}", "at": "T-7", "roles": ["clerk"], "note": "写明议题"},
                {"id": "opinions", "title": f"书面意见{word}", "at": "T-1", "roles": ["member"], "agenda": "admit"},
                {
                    "id": "sign",
                    "title": f"签到{word}",
                    "at": "T",
                    "roles": ["clerk"],
                    "materials": [material("sign-in", title=f"签到表{word}")],
                },
                {"id": "file", "title": f"存档{word}", "at": "T+3", "roles": ["clerk", "secretary"]},
            ],
        }
    )


def compose(word: str = "") -> dict[str, Checklist]:
    made = compose_checklists({"admission": procedure(word)}, {"assembly": meeting(word)}, ROLES)
    return {item.id: item for item in made}


def ids(group: object) -> list[str]:
    return [item.id for item in group.items]


def test_there_is_one_for_each_procedure_and_meeting() -> None:
    assert {ident: item.owner for ident, item in compose().items()} == {
        "admission": "procedures/admission",
        "assembly": "meetings/assembly",
    }


def test_a_procedure_gives_each_step_and_each_material_once() -> None:
    items = ids(compose()["admission"])
    assert items == [
        "step/admission/apply", "step/admission/talk", "step/admission/vote", "step/admission/archive",
        "material/admission/application", "material/admission/vote", "material/admission/register",
        "material/admission/record", "material/admission/late",
    ]  # fmt: skip
    assert max(Counter(items).values()) == 1


def test_a_meeting_gives_each_preparation_and_each_material_once() -> None:
    assert ids(compose()["assembly"]) == [
        "preparation/assembly/notice", "preparation/assembly/opinions", "preparation/assembly/sign",
        "preparation/assembly/file", "material/assembly/sign-in",
    ]  # fmt: skip


def test_stages_follow_the_data() -> None:
    made = compose()
    assert [(group.id, ids(group)) for group in made["admission"].stages] == [
        ("first", ["step/admission/apply", "step/admission/talk"]),
        ("second", ["step/admission/vote", "step/admission/archive"]),
    ]
    assert [(group.id, group.title) for group in made["assembly"].stages] == [
        ("before", "会前"),
        ("day", "当天"),
        ("after", "会后"),
    ]


def test_every_role_finds_all_its_items_and_no_others() -> None:
    made = compose()["admission"]
    assert {group.title: ids(group) for group in made.roles} == {
        "书记": ["step/admission/apply", "step/admission/talk", "step/admission/vote"],
        "党务干事": ["step/admission/apply", "step/admission/archive"],
        "党员": ["step/admission/vote"],
    }


@pytest.mark.parametrize("ident", ["admission", "assembly"])
def test_the_views_by_role_and_by_stage_hold_the_same_steps(ident: str) -> None:
    made = compose()[ident]
    by_role = {item for group in made.roles for item in ids(group)}
    by_stage = {item for group in made.stages for item in ids(group)}
    assert by_role == by_stage


def test_papers_for_the_file_stand_apart_and_once() -> None:
    groups = {group.id: ids(group) for group in compose()["admission"].materials}
    assert groups == {
        "to-file": ["material/admission/application", "material/admission/vote"],
        "to-keep": ["material/admission/register", "material/admission/record", "material/admission/late"],
    }


def test_a_paper_leads_to_the_step_where_it_first_arises() -> None:
    made = {item.id: item for item in compose()["admission"].items}
    assert made["material/admission/application"].address == "procedures/admission.html#apply"
    assert made["material/admission/register"].address == "procedures/admission.html#apply"
    assert made["material/admission/register"].tier == "tip", "no clause names it"
    assert made["material/admission/application"].tier == "national"


def test_an_item_says_when_who_and_where() -> None:
    made = {item.id: item for item in compose()["admission"].items}
    talk = made["step/admission/talk"]
    assert (talk.note, talk.gate, talk.roles) == ("1个月内；收到申请之后", "上级党委备案", ("secretary",))
    assert talk.address == "procedures/admission.html#talk"
    assert made["step/admission/vote"].tier == "practice"
    meeting_items = {item.id: item for item in compose()["assembly"].items}
    assert meeting_items["preparation/assembly/notice"].note == "T−7　写明议题"
    assert meeting_items["preparation/assembly/opinions"].note == "T−1（接收时）"
    assert meeting_items["preparation/assembly/file"].note == "T＋3"


@pytest.mark.parametrize("ident", ["admission", "assembly"])
def test_rewording_keeps_every_id(ident: str) -> None:
    before, after = compose()[ident], compose("（改写）")[ident]
    assert ids(before) == ids(after)
    assert [item.slug for item in before.items] == [item.slug for item in after.items]
    assert all(item.title.endswith("（改写）") for item in after.items)


def test_slugs_are_html_ids() -> None:
    slugs = [item.slug for made in compose().values() for item in made.items]
    assert "step--admission--talk" in slugs
    assert len(set(slugs)) == len(slugs)
    assert not any("/" in slug for slug in slugs)
