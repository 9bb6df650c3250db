"""The page of one regulation: state, versions, differences, articles with facts and who rests on them."""

from __future__ import annotations

from markupsafe import escape

from handbook.model.citation import Citation
from handbook.model.regulation import Article, Regulation, Version
from handbook.renderers.head import Status, coming_dates, head
from handbook.renderers.press import Page, Press
from handbook.renderers.templating import render
from handbook.renderers.view import View
from handbook.rules.clauses import facts_verification, is_in_force, number_verification, weaker


def regulation_page(press: Press, regulation: Regulation) -> Page:
    """Give the page; anchors ``#article-13`` belong to the version in force, older ones to ``#v2014-article-13``."""
    uri = f"regulations/{regulation.id}.md"
    view = press.view(uri)
    current = press.site.clauses.current(regulation) or regulation.versions[0]
    state = view.version_state(regulation.id, current.year)
    number = "N.N.N" if regulation.kind == "国家标准" else "第N条"
    status: Status = (
        ("效力", view.tier(regulation.tier)),
        ("种类", escape(regulation.kind)),
        ("核验", view.mark_full(current.verification)),
        ("引用写法", escape(f"〔{regulation.short}（{current.year}） {number}〕")),
    )
    blocks = [
        head(view, regulation, status),
        render(
            "regulation_status.html",
            version=current,
            state=state,
            on=press.site.on,
            in_force=is_in_force(current, press.site.on),
        ),
        "## 版本 {#versions}",
        render("regulation_versions.html", view=view, regulation=regulation, current_year=current.year),
    ]
    if current.differences:
        blocks += ["## 与以前的不同 {#changes}", render("differences.html", view=view, differences=current.differences)]
    if regulation.traps:
        items = "\n".join(f"<li>{view.text(trap)}</li>" for trap in regulation.traps)
        blocks += ["## 常见误用 {#traps}", f"<ul>\n{items}\n</ul>"]
    if current.articles or current.facts:
        blocks.append("## 条文要点 {#articles}")
        blocks.append(
            '<p class="hb-soft"><small>用我们自己的话概括，不是原文。几条合写的，是核对时没有逐条拆开。没有列出的条不等于不重要。</small></p>'
        )
        blocks.extend(_article(press, view, regulation, current, article) for article in current.articles)
        if current.facts:
            blocks.append(_loose_facts(view, regulation, current))
    for version in regulation.versions:
        if version is not current and version.articles:
            blocks.append(f"## {version.label}的条文要点 {{#v{version.year}-articles}}")
            blocks.extend(_article(press, view, regulation, version, article) for article in version.articles)
    dates = coming_dates(press.site, regulation, (Citation(regulation.short),))
    body = "\n\n".join(blocks) + "\n"
    return Page(uri, regulation.title, regulation.summary, body, f"_data/regulations/{regulation.id}.yml", dates)


def article_heading(article: Article, version: Version) -> str:
    """Give ``第13条　公示``, ``第18—22条（未逐条核对）　…``, ``第4条（条号待核）　…``."""
    number = f"{article.label}（未逐条核对）" if article.to else article.label
    if not article.to and number_verification(article, version) == "unverified":
        number += "（条号待核）"
    return f"{number}　{article.title}"


def _article(press: Press, view: View, regulation: Regulation, version: Version, article: Article) -> str:
    prefix = "" if is_in_force(version, press.site.on) else f"v{version.year}-"
    anchors = [f"{prefix}{anchor}" for anchor in article.anchors]
    own = facts_verification(article, version)
    facts = [
        (fact, fact.verification if fact.verification and fact.verification != own else None) for fact in article.facts
    ]
    if any(fact.verification for fact in article.facts):
        base = article.verification or version.verification
        facts = [(fact, fact.verification or base) for fact in article.facts]
    mark = weaker(own, number_verification(article, version))
    links = press.site.backlinks.get((regulation.id, version.year, article.anchors[0]), ())
    return render(
        "article.html", view=view, regulation=regulation, anchors=anchors, heading=article_heading(article, version),
        mark=mark, facts=facts, links=links,
    )  # fmt: skip


def _loose_facts(view: View, regulation: Regulation, version: Version) -> str:
    facts = [(fact, fact.verification or version.verification) for fact in version.facts]
    return render(
        "article.html", view=view, regulation=regulation, anchors=["no-article"], heading="条号没有核到的要点",
        mark=weaker(*(fact.verification or version.verification for fact in version.facts)), facts=facts, links=(),
    )  # fmt: skip
