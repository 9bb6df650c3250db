"""The Excel files: every ledger empty and filled with the examples' records, every other workbook empty and filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handbook.composition.site import Site
from handbook.composition.standards import grounds_of
from handbook.model.ledger import Ledger, Record, Unit
from handbook.model.workbook import Workbook
from handbook.renderers.download import Download
from handbook.renderers.made_before import MADE
from handbook.renderers.to_xlsx import render_ledger, render_workbook

_BLANK, _EXAMPLE = "空表", "虚构示例"


def table_downloads(site: Site) -> Iterator[Download]:
    """Give all Excel files, those of the ledgers first."""
    library = site.library
    units = tuple(library.units.values())
    for ledger in library.ledgers.values():
        owner = f"ledgers/{ledger.id}"
        yield Download(f"{owner}.xlsx", f"{ledger.title}（{_BLANK}）", _ledger(site, ledger, (), ()), owner)
        records = tuple(record for record in library.records if record.ledger == ledger.id)
        if records:
            filled = _ledger(site, ledger, units, records)
            yield Download(f"{owner}-example.xlsx", f"{ledger.title}（{_EXAMPLE}）", filled, owner)
    for workbook in library.workbooks.values():
        for example, ending, words in ((False, "", _BLANK), (True, "-example", _EXAMPLE)):
            content = _workbook(site, workbook, example=example)
            address = f"ledgers/{workbook.id}{ending}.xlsx"
            yield Download(address, f"{workbook.title}（{words}）", content, f"workbooks/{workbook.id}")


def _ledger(site: Site, ledger: Ledger, units: Sequence[Unit], records: Sequence[Record]) -> bytes:
    """Give the workbook, from before where this process has made it already."""
    grounds = grounds_of(ledger.standards, site.clauses)
    sources = (str(site.stamp), ledger.model_dump_json(), repr(units), repr(records), repr(grounds))
    return MADE.get("xlsx", sources, lambda: render_ledger(ledger, units, records, stamp=site.stamp, grounds=grounds))


def _workbook(site: Site, workbook: Workbook, *, example: bool) -> bytes:
    grounds = grounds_of(workbook.standards, site.clauses)
    sources = (str(site.stamp), workbook.model_dump_json(), repr(grounds), str(example))
    return MADE.get(
        "xlsx-workbook", sources, lambda: render_workbook(workbook, stamp=site.stamp, grounds=grounds, example=example)
    )
