"""The pages about all ledgers together: the check-up and the dictionary of metrics, as doors of the section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.composition.site import Site

CHECKUP, METRICS = "ledgers/checkup.html", "ledgers/metrics.html"


@dataclass(frozen=True, slots=True)
class Door:
    """A page with its names."""

    address: str
    title: str
    summary: str
    alias: tuple[str, ...]


CHECKUP_DOOR = Door(
    CHECKUP,
    "台账体检：例行工作做到了几成",
    "把台账里的记录同例行工作逐月、逐季、逐年对一遍：哪个支部哪个月少了一次、哪个月没有记，一眼看清。",
    ("台账体检", "台账检查", "组织生活体检", "三会一课检查表", "组织生活热力图"),
)
METRICS_DOOR = Door(
    METRICS,
    "指标词典：报告里的每个数怎么数",
    "报告里用到的指标，按主题列出：数的是什么、什么单位、从哪本台账怎么算、缺数时到哪里查。",
    ("指标词典", "统计指标", "统计口径", "数据口径"),
)


def ledger_doors(site: Site) -> Iterator[Door]:
    """Give the doors of the pages that this library has."""
    if site.checkup:
        yield CHECKUP_DOOR
    if site.library.metrics:
        yield METRICS_DOOR
