"""The dictionary of metrics (指标词典): what every figure of a report counts, by topic."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.composition.measures import in_words
from handbook.model.library import Library
from handbook.model.report import Metric
from handbook.renderers.ledger_doors import METRICS_DOOR
from handbook.renderers.press import Page, Press
from handbook.renderers.templating import render

_OTHER = "其他"


def metrics_pages(press: Press) -> Iterator[Page]:
    """Give the page where there are metrics."""
    library = press.site.library
    if not library.metrics:
        return
    view = press.view("ledgers/metrics.md")
    used = _used(library)
    blocks = [f"# {METRICS_DOOR.title}", f'<p class="hb-lead">{METRICS_DOOR.summary}</p>', _RULES]
    for number, (topic, metrics) in enumerate(by_topic(library), 1):
        blocks.append(f"## {topic} {{#topic-{number}}}")
        rows = [(metric, _formula(library, metric), used.get(metric.id, ())) for metric in metrics]
        blocks.append(render("metric_rows.html", view=view, rows=rows, ledgers=library.ledgers))
    yield Page(
        "ledgers/metrics.md", METRICS_DOOR.title, METRICS_DOOR.summary, "\n\n".join(blocks) + "\n", "_data/metrics"
    )


_RULES = (
    "次、场、期数的是记录；人次是到场人数相加；名、人数的是不同的成员代码；比率四舍五入到0.1%。"
    "没有台账的显示待填，只有声明了“已登记完整”的期间才写0。"
)


def by_topic(library: Library) -> tuple[tuple[str, tuple[Metric, ...]], ...]:
    """Give the metrics under their topics, in the order of the ledgers and then of the topics' names."""
    sections = {group.id: number for number, group in enumerate(library.groups.of_section("ledgers"))}
    ledgers = sorted(library.ledgers.values(), key=lambda item: (sections.get(item.group, 99), item.order, item.id))
    order = {ledger.id: number for number, ledger in enumerate(ledgers)}
    groups: dict[str, list[Metric]] = {}
    for metric in library.metrics.values():
        groups.setdefault(topic_of(library, metric), []).append(metric)
    first = {name: min(order.get(item.ledger or "", len(order)) for item in items) for name, items in groups.items()}
    names = sorted(groups, key=lambda name: (first[name], name == _OTHER, name))
    return tuple((name, tuple(sorted(groups[name], key=lambda item: item.id))) for name in names)


def topic_of(library: Library, metric: Metric) -> str:
    """Give the topic of a metric; without one the title of its ledger, for rates that of the numerator."""
    if metric.topic:
        return metric.topic
    if metric.ledger in library.ledgers:
        return library.ledgers[str(metric.ledger)].title
    above = library.metrics.get(metric.numerator or "")
    return topic_of(library, above) if above else _OTHER


def _formula(library: Library, metric: Metric) -> str:
    if metric.measure == "rate":
        above, below = library.metrics[str(metric.numerator)], library.metrics[str(metric.denominator)]
        return f"{above.title} ÷ {below.title}"
    if metric.measure == "outside":
        return "不在台账里，由报告写明数值和来源"
    conditions, how = in_words(metric, library.ledgers[str(metric.ledger)])
    return f"{conditions}：{how}" if conditions else how


def _used(library: Library) -> dict[str, tuple[tuple[str, str], ...]]:
    """Genres that name a metric, with their titles."""
    found: dict[str, list[tuple[str, str]]] = {}
    for genre in library.genres.values():
        text = genre.model_dump_json()
        for ident in library.metrics:
            if f"：{ident}】" in text:
                found.setdefault(ident, []).append((genre.id, genre.title))
    return {ident: tuple(genres) for ident, genres in found.items()}
