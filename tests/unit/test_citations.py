"""One grammar for citations in data and in prose, and what a citation leads to on a given day."""

from __future__ import annotations

import datetime as dt

import pytest

from handbook.loading.pages import citations_in, read_page
from handbook.model.citation import Citation, chinese_number, parse_citation
from handbook.model.regulation import Regulation
from handbook.rules.clauses import Clause, ClauseIndex, KnownFact, Unresolved

DAY = dt.date(2026, 11, 21)


def article(number: str, *facts: dict, **rest: object) -> dict:
    return {"number": number, "title": f"第{number}条的事", "facts": list(facts), **rest}


def fact(ident: str, **rest: object) -> dict:
    return {"id": ident, "subject": "支部", "text": "支部按期开会。", **rest}


def regulation(ident: str, title: str, short: str, *versions: dict, **rest: object) -> Regulation:
    return Regulation.model_validate(
        {
            "id": ident,
            "title": title,
            "short": short,
            "summary": "为试验而造。",
            "reviewed": {"date": "2026-11-20"},
            "kind": "细则",
            "versions": list(versions),
            **rest,
        }
    )


def version(year: str, **rest: object) -> dict:
    day = f"{year}-05-11"
    common = {"label": f"{year}年版", "issuer": "某机关", "verification": "transcript", "checked_on": "2026-11-20"}
    return {"year": year, "issued": day, "effective": day, **common, **rest}


def index(on: dt.date = DAY) -> ClauseIndex:
    admission = regulation(
        "admission",
        "中国共产党试验工作细则",
        "试验细则",
        version(
            "2026",
            articles=[
                article("7", fact("talk")),
                article("8", fact("recommend"), number_verification="unverified"),
                article("13", fact("notice"), fact("agree", verification="secondary")),
                article("14", fact("sponsors")),
                article("18", fact("range"), to="22"),
            ],
            facts=[fact("loose", verification="unverified")],
        ),
        version("2014", ended="2026-05-11", articles=[article("13", fact("old")), article("30", fact("old-only"))]),
        alias=["试验工作细则"],
        misnomers=["试验条例", "试验工作条例（试行）"],
    )
    branch = regulation(
        "branch",
        "中国共产党试验支部条例（试行）",
        "支部试验条例",
        version("2027", articles=[article("1", fact("future"))]),
        version("2018", ended="2027-05-11", articles=[article("11", fact("meeting"))]),
        kind="条例",
    )
    return ClauseIndex({"admission": admission, "branch": branch}, on)


GRAMMAR = [
    ("试验细则", Citation("试验细则"), "试验细则"),
    ("试验细则 第13条", Citation("试验细则", first=13), "试验细则第13条"),
    ("试验细则第13条", Citation("试验细则", first=13), "试验细则第13条"),
    ("试验细则　第13条", Citation("试验细则", first=13), "试验细则第13条"),
    ("试验细则 第十三条", Citation("试验细则", first=13), "试验细则第13条"),
    ("试验细则 第 13 条", Citation("试验细则", first=13), "试验细则第13条"),
    ("试验细则（2026） 第13条", Citation("试验细则", 2026, 13), "试验细则（2026）第13条"),
    ("试验细则(2026)第13条", Citation("试验细则", 2026, 13), "试验细则（2026）第13条"),
    ("试验细则（2026)第十三条", Citation("试验细则", 2026, 13), "试验细则（2026）第13条"),
    ("试验细则（2014）", Citation("试验细则", 2014), "试验细则（2014）"),
    ("试验细则 第13条第2款", Citation("试验细则", first=13, paragraph=2), "试验细则第13条第2款"),
    ("试验细则 第十三条第二款", Citation("试验细则", first=13, paragraph=2), "试验细则第13条第2款"),
    ("试验细则 第18—22条", Citation("试验细则", first=18, last=22), "试验细则第18—22条"),
    ("试验细则 第18-22条", Citation("试验细则", first=18, last=22), "试验细则第18—22条"),
    ("试验细则 第18～22条", Citation("试验细则", first=18, last=22), "试验细则第18—22条"),
    ("试验细则 第18至22条", Citation("试验细则", first=18, last=22), "试验细则第18—22条"),
    ("试验细则 第18—第22条", Citation("试验细则", first=18, last=22), "试验细则第18—22条"),
    ("试验细则 第十八至二十二条", Citation("试验细则", first=18, last=22), "试验细则第18—22条"),
    ("GB/T 9704 7.3.5.1", Citation("GB/T 9704", clause="7.3.5.1"), "GB/T 9704 7.3.5.1"),
    ("GB/T 9704 第6章", Citation("GB/T 9704", clause="6"), "GB/T 9704 第6章"),
    ("公文格式（2012） 7.3", Citation("公文格式", 2012, clause="7.3"), "公文格式（2012） 7.3"),
    ("规划（2024—2028年） 第3条", Citation("规划（2024—2028年）", first=3), "规划（2024—2028年）第3条"),
    ("办法（试行）（2019）第3条", Citation("办法（试行）", 2019, 3), "办法（试行）（2019）第3条"),
    ("  试验细则 第13条  ", Citation("试验细则", first=13), "试验细则第13条"),
]


@pytest.mark.parametrize(("text", "expected", "shown"), GRAMMAR, ids=[text for text, _, _ in GRAMMAR])
def test_the_grammar(text: str, expected: Citation, shown: str) -> None:
    citation = parse_citation(text)
    assert citation == expected
    assert str(citation) == shown
    assert parse_citation(shown) == expected, "what is printed can be read again"


@pytest.mark.parametrize(
    "text", ["", " ", "2008", "（2026）", "试验细则（26）", "试验细则（2026", "试验细则（2026）（2014）"]
)
def test_what_is_no_citation(text: str) -> None:
    assert parse_citation(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("13", 13),
        ("十", 10),
        ("十三", 13),
        ("二十", 20),
        ("四十四", 44),
        ("一百", 100),
        ("一百零五", 105),
        ("一百二十", 120),
    ],
)
def test_chinese_numbers(text: str, number: int) -> None:
    assert chinese_number(text) == number


def test_a_document_number_is_no_citation() -> None:
    text = "见中组发〔2008〕3号〔试验细则 第13条〕〔支部试验条例〕，另见〔2014〕5号。"
    assert [match[1] for match in citations_in(text)] == ["试验细则 第13条", "支部试验条例"]
    page = read_page(f"---\nid: x\n---\n\n{text}\n\n```\n〔试验细则 第99条〕\n```\n", "docs/x.md")
    assert [(c.text, c.place.line, c.place.column) for c in page.citations] == [
        ("试验细则 第13条", 5, 13),
        ("支部试验条例", 5, 24),
    ]


def resolve(text: str, on: dt.date = DAY) -> Clause | Unresolved:
    citation = parse_citation(text)
    assert citation is not None
    return index(on).resolve(citation)


RESOLVED = [
    ("试验细则 第13条", "admission", 2026, "regulations/admission.html#article-13", True),
    ("中国共产党试验工作细则 第13条", "admission", 2026, "regulations/admission.html#article-13", True),
    ("《试验细则》第13条", "admission", 2026, "regulations/admission.html#article-13", True),
    ("试验工作细则第13条第2款", "admission", 2026, "regulations/admission.html#article-13", True),
    ("试验细则（2026） 第13条", "admission", 2026, "regulations/admission.html#article-13", True),
    ("试验细则（2014） 第13条", "admission", 2014, "regulations/admission.html#v2014-article-13", False),
    ("试验细则 第13—14条", "admission", 2026, "regulations/admission.html#article-13", True),
    ("试验细则 第18—22条", "admission", 2026, "regulations/admission.html#article-18", True),
    ("试验细则", "admission", 2026, "regulations/admission.html", True),
    ("支部试验条例 第11条", "branch", 2018, "regulations/branch.html#article-11", True),
    ("中国共产党试验支部条例(试行) 第11条", "branch", 2018, "regulations/branch.html#article-11", True),
    ("支部试验条例（2027） 第1条", "branch", 2027, "regulations/branch.html#v2027-article-1", False),
]


@pytest.mark.parametrize(("text", "owner", "year", "address", "in_force"), RESOLVED, ids=[row[0] for row in RESOLVED])
def test_a_citation_leads_to_its_version_and_article(
    text: str, owner: str, year: int, address: str, *, in_force: bool
) -> None:
    found = resolve(text)
    assert isinstance(found, Clause)
    assert (found.regulation.id, found.version.year, found.address, found.in_force) == (owner, year, address, in_force)
    assert found.label.endswith(f"（{year}）")


UNRESOLVED = [
    ("试验条例 第13条", "不是规范的名称", "试验细则"),
    ("试验工作条例(试行)", "不是规范的名称", "《中国共产党试验工作细则》"),
    ("实验细则 第13条", "登记库里没有", "是否想写 '试验细则'"),
    ("第13条", "登记库里没有", "可以写"),
    ("试验细则 第条", "登记库里没有", "试验细则"),
    ("试验细则 13", "登记库里没有", "试验细则"),
    ("试验细则（1990） 第13条", "没有1990 年的版本", "2026、2014"),
    ("试验细则 第9条", "没有登记第9条", "条号没有核到就只写"),
    ("试验细则 第13—15条", "没有登记第13—15条", "第18—22条"),
    ("试验细则 第30条", "没有登记第30条", "试验细则"),
    ("试验细则 7.3.1", "7.3.1", "条"),
    ("支部试验条例 第1条", "没有登记第1条", "11"),
]


@pytest.mark.parametrize(("text", "message", "remedy"), UNRESOLVED, ids=[row[0] for row in UNRESOLVED])
def test_a_citation_that_leads_nowhere_says_why(text: str, message: str, remedy: str) -> None:
    found = resolve(text)
    assert isinstance(found, Unresolved)
    assert message in found.message.replace("《中国共产党试验工作细则》", "")
    assert remedy in found.remedy


@pytest.mark.parametrize(
    "text", ["试验细则 第18条", "试验细则 第19条", "试验细则 第18—20条", "试验细则 第14—18条", "试验细则 第18—23条"]
)
def test_articles_not_checked_one_by_one_answer_only_a_citation_of_their_range(text: str) -> None:
    assert isinstance(resolve(text), Unresolved)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2014, 5, 10), None),
        (dt.date(2014, 5, 11), 2014),
        (dt.date(2026, 5, 10), 2014),
        (dt.date(2026, 5, 11), 2026),
        (dt.date(2030, 1, 1), 2026),
    ],
)
def test_without_a_year_the_version_of_the_day_is_meant(on: dt.date, expected: int | None) -> None:
    found = resolve("试验细则 第13条", on)
    if expected is None:
        assert isinstance(found, Unresolved)
        assert str(on) in found.message
    else:
        assert isinstance(found, Clause)
        assert found.version.year == expected
        assert found.in_force


def test_a_version_that_is_not_in_force_keeps_its_own_anchor() -> None:
    before = resolve("试验细则（2026） 第13条", dt.date(2026, 5, 10))
    assert isinstance(before, Clause)
    assert before.address == "regulations/admission.html#v2026-article-13"


@pytest.mark.parametrize(
    ("text", "number", "mark"),
    [
        ("试验细则 第7条", "第7条", "transcript"),
        ("试验细则 第8条", "第8条（条号待核）", "unverified"),
        ("试验细则 第13条", "第13条", "secondary"),
        ("试验细则 第18—22条", "第18—22条（未逐条核对）", "transcript"),
        ("试验细则", "", "unverified"),  # without article it may mean the loosest fact
    ],
)
def test_readers_see_the_weaker_mark(text: str, number: str, mark: str) -> None:
    found = resolve(text)
    assert isinstance(found, Clause)
    assert (found.number, found.verification) == (number, mark)


def test_facts_are_those_of_the_version_in_force() -> None:
    names = index().fact_names
    assert sorted(names) == [
        "admission/agree", "admission/loose", "admission/notice", "admission/range", "admission/recommend",
        "admission/sponsors", "admission/talk", "branch/meeting",
    ]  # fmt: skip
    assert {name: names[name].verification for name in ("admission/talk", "admission/agree", "admission/recommend")} == {
        "admission/talk": "transcript", "admission/agree": "secondary", "admission/recommend": "unverified",
    }  # fmt: skip
    assert names["admission/loose"].clause.address == "regulations/admission.html"
    assert names["admission/loose"].verification == "unverified"
    assert "admission/old" in index(dt.date(2020, 1, 1)).fact_names


def test_a_fact_that_does_not_exist_is_told_its_likely_name() -> None:
    found = index().fact("admission/notise")
    assert isinstance(found, Unresolved)
    assert "'admission/notice'" in found.remedy
    assert isinstance(index().fact("admission/notice"), KnownFact)
