"""The library: everything that was read, by kind and id; and the table of kinds that the rest of the house walks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from handbook.model.base import Named, PageMeta
from handbook.model.duty import Duty, Role
from handbook.model.form import Form, SharedValues
from handbook.model.frozen import Frozen
from handbook.model.glossary import Addresses, Groups, SearchWords, Synonyms, Term, Topics
from handbook.model.guide import Guide
from handbook.model.holidays import Holidays
from handbook.model.ledger import Ledger, Record, RecordFile, Unit
from handbook.model.meeting import Meeting
from handbook.model.practice import Practice
from handbook.model.procedure import Procedure
from handbook.model.regulation import Regulation
from handbook.model.report import Genre, Metric, Report
from handbook.model.review import Reviews
from handbook.model.wording import Wordings
from handbook.model.workbook import Workbook


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of object: where its files lie, what they hold, which page they get."""

    section: str
    """Folder under ``docs/_data/`` and word in references."""
    title: str
    model: type[Named]
    page: Literal["curated", "generated", "none"]
    """``curated``: a Markdown file of the same stem stands beside the data."""
    folder: str
    """Section of the site its pages stand in; empty without pages."""


KINDS: tuple[Kind, ...] = (
    Kind("regulations", "依据", Regulation, "generated", "regulations"),
    Kind("roles", "角色", Role, "none", ""),
    Kind("guides", "入门", Guide, "generated", "start"),
    Kind("procedures", "程序", Procedure, "curated", "procedures"),
    Kind("meetings", "会议规程", Meeting, "curated", "meetings"),
    Kind("practices", "单位做法", Practice, "curated", "practices"),
    Kind("duties", "例行工作", Duty, "none", ""),
    Kind("forms", "模板", Form, "generated", "forms"),
    Kind("ledgers", "台账", Ledger, "generated", "ledgers"),
    Kind("workbooks", "计算表", Workbook, "generated", "ledgers"),
    Kind("units", "单位", Unit, "none", ""),
    Kind("metrics", "指标", Metric, "none", ""),
    Kind("genres", "报告体裁", Genre, "generated", "reports"),
    Kind("reports", "报告", Report, "generated", "reports"),
)
KIND_BY_SECTION: Mapping[str, Kind] = MappingProxyType({kind.section: kind for kind in KINDS})

SITE_SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "start": "入门",
        "procedures": "程序",
        "meetings": "会议规程",
        "checklists": "清单",
        "forms": "模板",
        "reports": "报告",
        "ledgers": "台账",
        "practices": "单位做法",
        "regulations": "依据",
        "calendar": "日历",
        "glossary": "术语",
        "about": "关于",
    }
)
"""Sections of the site in the order of the tabs, by folder."""


@dataclass(frozen=True, slots=True)
class CuratedPage:
    """A hand-written page: its data and its body."""

    uri: str
    """``procedures/member-admission.md``, relative to ``docs/``."""
    meta: PageMeta
    body: str
    owner: str
    """``procedures/member-admission`` for a page with data, otherwise empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything that was read. Mappings keep the order of ids."""

    regulations: Mapping[str, Regulation] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    guides: Mapping[str, Guide] = field(default_factory=dict)
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    practices: Mapping[str, Practice] = field(default_factory=dict)
    duties: Mapping[str, Duty] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    ledgers: Mapping[str, Ledger] = field(default_factory=dict)
    workbooks: Mapping[str, Workbook] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    genres: Mapping[str, Genre] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    frozen: Mapping[str, Frozen] = field(default_factory=dict)
    """Reports as issued: no object of the handbook, since nobody edits them."""
    holidays: Mapping[int, Holidays] = field(default_factory=dict)
    """Public holidays by year."""
    terms: Mapping[str, Term] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    record_files: Mapping[tuple[str, str, str], RecordFile] = field(default_factory=dict)
    """By unit, ledger, year."""
    synonyms: Synonyms = field(default_factory=lambda: Synonyms(groups=()))
    words: SearchWords = field(default_factory=lambda: SearchWords(prior={}, asks={}))
    groups: Groups = field(default_factory=lambda: Groups(groups=()))
    addresses: Addresses = field(default_factory=lambda: Addresses(published=()))
    topics: Topics = field(default_factory=lambda: Topics(topics=()))
    reviews: Reviews = field(default_factory=Reviews)
    values: SharedValues = field(default_factory=lambda: SharedValues(values=()))
    wording: Wordings = field(default_factory=lambda: Wordings(wording=()))
    pages: Mapping[str, CuratedPage] = field(default_factory=dict)

    def of_kind(self, section: str) -> Mapping[str, Named]:
        """Give all objects of one kind by id."""
        found: Mapping[str, Named] = getattr(self, section)
        return found

    def objects(self) -> Iterator[tuple[Kind, Named]]:
        """Walk all objects in the order of kinds and ids."""
        for kind in KINDS:
            for item in self.of_kind(kind.section).values():
                yield kind, item

    def withdrawn(self) -> frozenset[str]:
        """Give the addresses of what is kept but shown nowhere: in no listing, no navigation, no search."""
        found: set[str] = set()
        for kind, item in self.objects():
            if isinstance(item, PageMeta) and item.status == "withdrawn":
                found.add(f"{kind.folder}/{item.id}.html")
                if kind.section in ("procedures", "meetings"):
                    found.add(f"checklists/{item.id}.html")
        return frozenset(found)

    def title_of(self, reference: str) -> str:
        """Give the title of ``section/id#anchor``; the reference must exist."""
        section, _, rest = reference.partition("/")
        return self.of_kind(section)[rest.partition("#")[0]].title
