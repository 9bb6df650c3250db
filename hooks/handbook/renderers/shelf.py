"""All files for download, made once per build: address → bytes, with the words that pages show beside the link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.composition.duties import how_often, occurrences
from handbook.composition.form import compose_form
from handbook.composition.frozen import frozen_document
from handbook.composition.report import compose_scaffold
from handbook.composition.site import Site
from handbook.model.base import TIER_WORDS
from handbook.model.duty import Duty
from handbook.renderers.to_docx import render_docx
from handbook.renderers.to_ics import Event, render_calendar
from handbook.renderers.to_xlsx import render_ledger

_KINDS = {"docx": "Word文档", "xlsx": "Excel工作簿", "ics": "日历文件"}


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download."""

    address: str
    title: str
    content: bytes
    owner: str
    """``forms/public-notice``: whose page it belongs to."""

    @property
    def kind(self) -> str:
        """Word文档, Excel工作簿, 日历文件."""
        return _KINDS[self.address.rpartition(".")[2]]

    @property
    def filename(self) -> str:
        """The name under which a browser saves it."""
        return f"{self.title}.{self.address.rpartition('.')[2]}"

    @property
    def size(self) -> str:
        """``24 KB``."""
        return f"{max(1, round(len(self.content) / 1024))}KB"


Shelf = Mapping[str, Download]


def make_shelf(site: Site) -> Shelf:
    """Make all files for download, by address."""
    return {item.address: item for item in _downloads(site)}


def calendar_address(site: Site) -> str:
    """Give the address of the calendar of the build's year."""
    return f"calendar/duties-{site.on.year}.ics"


def _downloads(site: Site) -> Iterator[Download]:
    stamp = site.stamp.isoformat()
    library = site.library
    for form in library.forms.values():
        content = render_docx(compose_form(form), stamp=stamp)
        yield Download(f"forms/{form.id}.docx", form.title, content, f"forms/{form.id}")
    for genre in library.genres.values():
        content = render_docx(compose_scaffold(genre, library.metrics), stamp=stamp)
        yield Download(f"reports/{genre.id}.docx", f"{genre.title}（空白底稿）", content, f"genres/{genre.id}")
    for report in library.reports.values():
        frozen = site.issued.get(report.id)
        filled_in = site.reports[report.id].document(f"report/{report.id}", "1.0")
        document = frozen_document(frozen) if frozen else filled_in
        yield Download(
            f"reports/{report.id}.docx", report.title, render_docx(document, stamp=stamp), f"reports/{report.id}"
        )
    units = tuple(library.units.values())
    for ledger in library.ledgers.values():
        owner = f"ledgers/{ledger.id}"
        blank = render_ledger(ledger, (), (), stamp=site.stamp)
        yield Download(f"ledgers/{ledger.id}.xlsx", f"{ledger.title}（空表）", blank, owner)
        records = tuple(record for record in library.records if record.ledger == ledger.id)
        if records:
            filled = render_ledger(ledger, units, records, stamp=site.stamp)
            yield Download(f"ledgers/{ledger.id}-example.xlsx", f"{ledger.title}（虚构示例）", filled, owner)
    yield Download(calendar_address(site), f"{site.on.year}年例行会议日历", _calendar(site), "calendar/index")


def _calendar(site: Site) -> bytes:
    found = occurrences(site.library.duties.values(), site.on.year)
    events = [
        Event(
            uid=f"{item.duty.id}-{item.date:%Y%m%d}@handbook",
            date=item.date,
            end=None,
            summary=f"{item.duty.title}（{how_often(item.duty)}）",
            description=_description(item.duty),
            categories=("党务",),
            alarm_days=7,
        )
        for item in found
    ]
    return render_calendar(events, name=f"{site.on.year}年党支部例行会议（建议日期）", stamp=site.stamp)


def _description(duty: Duty) -> str:
    basis = "、".join(str(citation) for citation in duty.basis)
    ground = f"依据：{basis}" if basis and duty.tier == "national" else f"{TIER_WORDS[duty.tier]}"
    if basis and duty.tier != "national":
        ground += f"；相关条款：{basis}"
    condition = f"（{duty.condition}）" if duty.condition else ""
    return f"{duty.text}{condition}\n{ground}\n这一天是本手册建议的提醒日，没有条款规定；遇节假日或工作冲突请自行调整。"
