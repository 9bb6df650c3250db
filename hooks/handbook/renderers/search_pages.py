"""What search knows: pages with their names and sections, taken from the models and not scraped from HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handbook.composition.duties import how_often
from handbook.composition.site import Site
from handbook.model.base import TIER_WORDS, Notice, PageMeta
from handbook.model.duty import Role
from handbook.model.form import Form
from handbook.model.guide import Guide
from handbook.model.ledger import Ledger
from handbook.model.library import SITE_SECTIONS, CuratedPage
from handbook.model.meeting import Meeting
from handbook.model.practice import Practice
from handbook.model.procedure import Procedure, Step
from handbook.model.regulation import Regulation
from handbook.model.report import Genre, Report
from handbook.model.workbook import Workbook
from handbook.renderers import catalogue
from handbook.renderers.form_page import CATALOGUE
from handbook.renderers.ledger_doors import ledger_doors
from handbook.renderers.regulation_page import article_heading
from handbook.renderers.to_search import SearchPage, SearchSection

_MARKUP = re.compile(r"<!--.*?-->|<[^>]*>|\{[:#.][^}]*\}|[*`>|]|\]\([^)]*\)|\[")


_HEADING = re.compile(r"#+\s+(.*?)\s*(?:\{#([a-z0-9-]+)\})?\s*$")
_LISTING = "<!-- handbook:listing "


def search_pages(site: Site) -> tuple[SearchPage, ...]:
    """Give all pages in a settled order: procedures and meetings first."""
    library = site.library
    pages: list[SearchPage] = []
    pages.extend(
        _page(f"procedures/{p.id}.html", "程序", p, (*_procedure(p, site), *_written(site, f"procedures/{p.id}")))
        for p in library.procedures.values()
    )
    pages.extend(
        _page(f"meetings/{m.id}.html", "会议规程", m, (*_meeting(m), *_written(site, f"meetings/{m.id}")))
        for m in library.meetings.values()
    )
    pages.extend(
        _page(f"practices/{p.id}.html", "单位做法", p, (*_practice(p), *_written(site, f"practices/{p.id}")))
        for p in library.practices.values()
    )
    pages.extend(_page(f"start/{g.id}.html", "入门", g, _guide(g)) for g in library.guides.values())
    pages.extend(_role(role) for role in library.roles.values() if role.page)
    pages.append(SearchPage("start/year.html", "一年工作一张图", "入门", ("全年工作安排", "年度工作表"), "", ()))
    pages.append(SearchPage("start/updates.html", "最近更新", "入门", ("更新记录",), "", ()))
    pages.extend(_checklist(site, ident) for ident in site.checklists)
    pages.extend(_page(f"forms/{f.id}.html", "模板", f, _form(f)) for f in library.forms.values())
    if library.forms:
        top = SearchSection("", "", catalogue.summary_of(site))
        pages.append(SearchPage(CATALOGUE, catalogue.TITLE, "模板", catalogue.ALIAS, "", (top,)))
    pages.extend(_page(f"ledgers/{item.id}.html", "台账", item, _ledger(item)) for item in library.ledgers.values())
    pages.extend(_page(f"ledgers/{item.id}.html", "台账", item, _workbook(item)) for item in library.workbooks.values())
    pages.extend(
        SearchPage(e.address, e.title, "台账", e.alias, "", (SearchSection("", "", e.summary),))
        for e in ledger_doors(site)
    )
    pages.extend(_page(f"reports/{g.id}.html", "报告", g, _genre(g)) for g in library.genres.values())
    pages.extend(_page(f"reports/{r.id}.html", "报告", r, _report(site, r)) for r in library.reports.values())
    pages.extend(
        _page(f"regulations/{r.id}.html", "依据", r, _regulation(r, site), (r.short, *r.alias))
        for r in library.regulations.values()
    )
    pages.extend(
        SearchPage(f"glossary/index.html#{term.id}", term.title, "术语", term.alias, _badge(term.tier),
                   (SearchSection(term.id, "", term.meaning + "、".join(term.members)),))
        for term in library.terms.values()
    )  # fmt: skip
    # the home page only leads elsewhere: it would answer every query with its links
    own = [page for page in library.pages.values() if not page.owner and page.uri != "index.md"]
    pages.extend(_curated(site, page) for page in own)
    busy = {role for duty in library.duties.values() for role in duty.roles}
    busy |= {group.id for checklist in site.checklists.values() for group in checklist.roles}
    listed = [role for role in library.roles.values() if role.id in busy]  # the page has a sheet for these only
    roles = tuple(SearchSection(role.id, role.title, role.summary) for role in listed)
    aliases = tuple(f"{role.title}职责" for role in listed if role.home == "branch")
    pages.append(SearchPage("start/roles.html", "按角色看：谁要做什么", "入门", aliases, "", roles))
    hidden = library.withdrawn()
    return tuple(page for page in pages if page.url not in hidden)


def _page(
    url: str, kind: str, meta: PageMeta, sections: Iterable[SearchSection], alias: tuple[str, ...] | None = None
) -> SearchPage:
    top = SearchSection("", "", meta.summary)
    return SearchPage(
        url, meta.title, kind, meta.alias if alias is None else alias, _badge(meta.tier), (top, *sections)
    )


def _badge(tier: str) -> str:
    return "" if tier == "national" else TIER_WORDS[tier]


def _procedure(procedure: Procedure, site: Site) -> Iterator[SearchSection]:
    yield from _notices(procedure.notices)
    yield SearchSection("occasion", "什么时候做", " ".join(item.text for item in procedure.occasion))
    for key in procedure.keys:
        if key.step:
            fact = site.clauses.fact_names[key.fact].fact
            yield SearchSection(key.step, key.text, fact.text)
    for step in procedure.steps:
        yield SearchSection(step.id, step.title, " ".join(_step_words(step, site)))
    papers = "；".join(
        f"{step.title}：{'、'.join(paper.title for paper in step.materials)}"
        for step in procedure.steps
        if step.materials
    )
    if papers:
        yield SearchSection("papers", "要留下的材料", papers)


def _step_words(step: Step, site: Site) -> Iterator[str]:
    yield "、".join(site.library.roles[role].title for role in step.roles)
    yield from (when.text for when in step.when)
    yield from step.action
    yield from step.output
    for material in step.materials:
        yield material.title + (material.official or "") + (material.note or "")
    yield from (mistake.text for mistake in step.mistakes)
    yield from (variation.action for variation in step.variants)
    yield step.why


def _notices(notices: Iterable[Notice]) -> Iterator[SearchSection]:
    """The boxes at the top answer what is asked most: their titles lead to the page itself."""
    for notice in notices:
        yield SearchSection("", notice.title, "")


def _practice(practice: Practice) -> Iterator[SearchSection]:
    yield SearchSection("cautions", "先看清限制", " ".join(item.text for item in practice.cautions))
    yield SearchSection("what", "是什么", f"{practice.what} {practice.why}")
    for decision in practice.decisions:
        yield SearchSection(decision.id, decision.title, " ".join((*decision.options, decision.advice)))
    for frame in practice.frames:
        yield SearchSection(frame.id, frame.title, "、".join(frame.columns))
    for step in practice.steps:
        yield SearchSection(step.id, step.title, " ".join(step.action))


def _guide(guide: Guide) -> Iterator[SearchSection]:
    for part in guide.parts:
        for item in part.items:
            yield SearchSection(item.id, item.title, f"{item.wrong or ''} {item.text}")


def _role(role: Role) -> SearchPage:
    page = role.page
    assert page  # noqa: S101 - only roles with a page are asked for
    first = SearchSection("first", "先做这几件", " ".join(item.text for item in page.first))
    top = SearchSection("", "", page.summary)
    return SearchPage(f"start/role-{role.id}.html", page.title, "入门", page.alias, "", (top, first))


def _meeting(meeting: Meeting) -> Iterator[SearchSection]:
    yield from _notices(meeting.notices)
    yield SearchSection("occasion", "什么时候开", " ".join(item.text for item in meeting.occasion))
    yield SearchSection("chair", "召集和主持", meeting.convener.text)
    if meeting.matters:
        yield SearchSection("matters", "议哪些事", " ".join(item.text for item in meeting.matters))
    words = " ".join(f"{item.who}：{item.note}" for item in meeting.participants)
    yield SearchSection("participants", "谁参加，谁表决", words)
    if meeting.words or meeting.votes:
        yield SearchSection("votes", "几个人到会，几票通过", " ".join(item.text for item in meeting.words))
    for vote in meeting.votes:
        yield SearchSection(f"vote-{vote.id}", vote.title, " ".join(rule.text for rule in vote.rules))
    for agenda in meeting.agendas:
        words = " ".join(f"{item.title}{item.note or ''}" for item in agenda.items)
        yield SearchSection(agenda.items[0].id if agenda.items else "", f"议程：{agenda.title}", words)
    prepared = " ".join(f"{item.title}{item.note or ''}" for item in meeting.preparation)
    yield SearchSection("preparation", "会前到会后", prepared)  # single lines would answer questions they only touch
    for situation in meeting.situations:
        yield SearchSection(situation.id, situation.title, situation.action)
    yield SearchSection("minutes", "会议记录要写什么", " ".join(item.text for item in meeting.minutes))
    if meeting.mistakes:
        yield SearchSection("mistakes", "常见错误", " ".join(item.text for item in meeting.mistakes))


def _checklist(site: Site, ident: str) -> SearchPage:
    checklist = site.checklists[ident]
    groups = [*((f"stage-{g.id}", g) for g in checklist.stages), *((g.id, g) for g in checklist.materials)]
    top = SearchSection("", "", f"共{len(checklist.items)}项，按阶段、按角色、按材料")
    sections = (SearchSection(anchor, group.title, "") for anchor, group in groups)  # its words are the owner's
    return SearchPage(f"checklists/{ident}.html", checklist.title, "清单", (), "", (top, *sections))


def _form(form: Form) -> Iterator[SearchSection]:
    """Its labels stand in one section: line by line they would answer questions about what is written in them."""
    yield SearchSection("when", "什么时候用", form.used)
    if form.guidance:
        yield SearchSection("how", "怎么填", " ".join(form.guidance))
    if form.fields:
        yield SearchSection("fields", "栏目", "、".join(field.label for field in form.fields))


def _ledger(ledger: Ledger) -> Iterator[SearchSection]:
    yield SearchSection("", "什么时候记", ledger.rhythm)
    for column in ledger.columns:
        yield SearchSection(f"column-{column.id}", column.title, column.note + "、".join(column.options))


def _workbook(workbook: Workbook) -> Iterator[SearchSection]:
    yield SearchSection("", "什么时候用", workbook.used)
    yield SearchSection("", "怎么填", " ".join(workbook.guidance))
    yield SearchSection("", "栏目", "、".join(column.title for column in workbook.columns))
    yield SearchSection("", "表里自动算的", "、".join(column.title for column in workbook.derived))


def _genre(genre: Genre) -> Iterator[SearchSection]:
    for section in genre.sections:
        yield SearchSection(f"section-{section.id}", section.title, f"{section.prompt} {'；'.join(section.flaws)}")


def _report(site: Site, report: Report) -> Iterator[SearchSection]:
    figures = "、".join(item.figure.metric.title for item in site.reports[report.id].figures)
    yield SearchSection("sources", "数字出处", figures)


def _regulation(regulation: Regulation, site: Site) -> Iterator[SearchSection]:
    version = site.clauses.current(regulation) or regulation.versions[0]
    for article in version.articles:
        words = " ".join(fact.text for fact in article.facts)
        yield SearchSection(article.anchors[0], article_heading(article, version), words)
    if version.facts:
        yield SearchSection("no-article", "条号没有核到的要点", " ".join(fact.text for fact in version.facts))
    if version.differences:
        words = " ".join(f"{d.topic}：以前{d.before}；现在{d.after}" for d in version.differences)
        yield SearchSection("changes", "与以前的不同", words)


def _curated(site: Site, page: CuratedPage) -> SearchPage:
    url = page.uri.removesuffix(".md") + ".html"
    kind = SITE_SECTIONS.get(page.uri.partition("/")[0], "关于")
    if _LISTING in page.body:  # it leads to what answers; its own words are those of the whole section
        top = SearchSection("", "", page.meta.summary)
        return SearchPage(url, page.meta.title, "栏目", page.meta.alias, _badge(page.meta.tier), (top,))
    sections: list[SearchSection] = []
    if page.uri == "calendar/index.md":
        sections = [
            SearchSection(duty.id, f"{duty.title}（{how_often(duty)}）", duty.text)
            for duty in site.library.duties.values()
        ]
    sections.append(SearchSection("", "", page.meta.summary))
    sections.extend(_prose(page.body))
    return SearchPage(url, page.meta.title, kind, page.meta.alias, _badge(page.meta.tier), tuple(sections))


def _written(site: Site, owner: str) -> Iterator[SearchSection]:
    """What an editor wrote on the page of an object, beside what is made from its data."""
    page = site.library.pages.get(f"{owner}.md")
    if page:
        yield from _prose(page.body)


def _prose(body: str) -> Iterator[SearchSection]:
    anchor, heading, lines = "", "", list[str]()
    for line in body.split("\n"):
        found = _HEADING.match(line)
        if found:
            yield SearchSection(anchor, heading, _clean(lines))
            anchor, heading, lines = found[2] or "", _clean([found[1]]), []
        elif "](" not in line or line.startswith("|"):  # a line of links says what other pages say better
            lines.append(line)
    yield SearchSection(anchor, heading, _clean(lines))


def _clean(lines: Iterable[str]) -> str:
    return " ".join(_MARKUP.sub(" ", "\n".join(lines)).split())
