"""The page of one regulation: state, versions, differences, articles with facts and who rests on them."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from handbook.composition.currency import check_due, shown_version, state_of
from handbook.model.citation import Citation
from handbook.model.regulation import Article, Regulation, Version
from handbook.renderers.head import Status, coming_dates, head
from handbook.renderers.press import Page, Press
from handbook.renderers.templating import render
from handbook.renderers.view import View
from handbook.rules.clauses import facts_verification, is_in_force, number_verification, weaker

_INDEX_FROM = 8
"""Articles from which a line of links to them saves scrolling."""
_NOT_THE_TEXT = Markup(
    '<p class="hb-soft"><small>用我们自己的话概括，不是原文。几条合写的，是核对时没有逐条拆开。没有列出的条不等于不重要。</small></p>'
)


def regulation_page(press: Press, regulation: Regulation) -> Page:
    """Give the page; anchors ``#article-13`` belong to the version in force, any other to ``#v2014-article-13``."""
    uri = f"regulations/{regulation.id}.md"
    view = press.view(uri)
    current = shown_version(regulation, press.site.on)
    number = "N.N.N" if regulation.kind == "国家标准" else "第N条"
    number = f" {number}" if current.articles else ""  # nobody can cite an article that is not registered
    status: Status = (
        ("效力", view.tier(regulation.tier)),
        ("种类", escape(regulation.kind)),
        ("核验", view.mark_full(current.verification)),
        ("引用写法", escape(f"〔{regulation.short}{f'（{current.year}）' if current.year else ''}{number}〕")),
    )
    blocks = [head(view, regulation, status), _banner(press, view, regulation, current)]
    blocks += ["## 版本 {#versions}"]
    blocks += [render("regulation_versions.html", view=view, regulation=regulation, current_year=current.year)]
    if current.differences:
        blocks += ["## 与以前的不同 {#changes}", render("differences.html", view=view, differences=current.differences)]
    if regulation.traps:
        items = "\n".join(f"<li>{view.text(trap)}</li>" for trap in regulation.traps)
        blocks += ["## 常见误用 {#traps}", f"<ul>\n{items}\n</ul>"]
    if current.articles or current.facts:
        blocks += ["## 条文要点 {#articles}", _NOT_THE_TEXT, *_articles(press, view, regulation, current)]
    else:
        blocks += ["## 条文要点 {#articles}", "条文一条也没有核到，这里不列。引用时只写简称，不写条号。"]
    for version in regulation.versions:
        if version is not current and (version.articles or version.facts):
            blocks.append(f"## {version.label}的条文要点 {{#v{version.year}-articles}}")
            if version.begins > press.site.on and version.differences:
                blocks.append(render("differences.html", view=view, differences=version.differences))
            blocks.extend(_articles(press, view, regulation, version))
    whole = press.site.backlinks.get((regulation.id, current.year, ""), ())
    if whole:
        links = "".join(f"<li>{view.link(link.address, link.title)}</li>" for link in whole)
        blocks += ["## 谁引用了整部文件 {#used-by}", f'<ul class="hb hb-line">{links}</ul>']
    dates = (*coming_dates(press.site, regulation, (Citation(regulation.short),)), *_check_date(press, current))
    body = "\n\n".join(blocks) + "\n"
    return Page(uri, regulation.title, regulation.summary, body, f"_data/regulations/{regulation.id}.yml", dates)


def article_heading(article: Article, version: Version) -> str:
    """Give ``第13条　公示``, ``第18—22条（未逐条核对）　…``, ``第4条（条号待核）　…``."""
    number = f"{article.label}（未逐条核对）" if article.to else article.label
    if not article.to and number_verification(article, version) == "unverified":
        number += "（条号待核）"
    return f"{number}　{article.title}"


def _banner(press: Press, view: View, regulation: Regulation, version: Version) -> str:
    on = press.site.on
    known = press.site.library.regulations
    return render(
        "regulation_status.html", view=view, version=version, state=state_of(regulation, version, on), on=on,
        coming=[other for other in reversed(regulation.versions) if other is not version and other.begins > on],
        replaces=[known[ident] for ident in regulation.replaces],
        replaced_by=[other for other in known.values() if regulation.id in other.replaces],
        stale=check_due(version) <= on,
    )  # fmt: skip


def _check_date(press: Press, version: Version) -> Iterator[dict[str, str]]:
    due = check_due(version)
    if due > press.site.on:
        yield {"date": str(due), "text": "登记内容核对满一年，该重新核对"}


def _articles(press: Press, view: View, regulation: Regulation, version: Version) -> Iterator[str]:
    prefix = "" if is_in_force(version, press.site.on) else f"v{version.year}-"
    if len(version.articles) >= _INDEX_FROM:
        links = "".join(
            Markup('<li><a href="#{}{}">{}</a></li>').format(prefix, article.anchors[0], article.label)
            for article in version.articles
        )
        yield f'<ul class="hb hb-line">{links}</ul>'
    for article in version.articles:
        yield _article(press, view, regulation, version, article, prefix)
    if version.facts:
        yield _loose_facts(view, regulation, version, prefix)


def _article(press: Press, view: View, regulation: Regulation, version: Version, article: Article, prefix: str) -> str:
    own = facts_verification(article, version)
    base = article.verification or version.verification
    differ = any(fact.verification for fact in article.facts)  # else the article's own mark says it for all
    facts = [(fact, (fact.verification or base) if differ else None) for fact in article.facts]
    return render(
        "article.html", view=view, regulation=regulation, prefix=prefix, heading=article_heading(article, version),
        anchors=[f"{prefix}{anchor}" for anchor in article.anchors],
        mark=weaker(own, number_verification(article, version)), facts=facts,
        links=press.site.backlinks.get((regulation.id, version.year, article.anchors[0]), ()),
    )  # fmt: skip


def _loose_facts(view: View, regulation: Regulation, version: Version, prefix: str) -> str:
    facts = [(fact, fact.verification or version.verification) for fact in version.facts]
    return render(
        "article.html", view=view, regulation=regulation, prefix=prefix, anchors=[f"{prefix}no-article"],
        heading="条号没有核到的要点", mark=weaker(*(mark for _, mark in facts)), facts=facts, links=(),
    )  # fmt: skip
