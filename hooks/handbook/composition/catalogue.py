"""All forms, and the papers that must be obtained elsewhere, as rows of one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handbook.composition.form_use import Owner, Place, papers
from handbook.composition.grounds import Standing, grounds
from handbook.composition.packages import Package
from handbook.composition.site import Site
from handbook.model.form import KIND_WORDS, Form

COMMON = 6
"""Matters from which on a form belongs to none of them: the sign-in sheet is no form of elections."""
OFFICIAL = "official"
"""文种 of a paper that must be obtained elsewhere, beside those of forms."""
OFFICIAL_WORD = "上级统一式样"
KIND_TITLES = {**KIND_WORDS, OFFICIAL: OFFICIAL_WORD}


@dataclass(frozen=True, slots=True)
class Row:
    """A form, or an official paper with the place it comes from."""

    title: str
    kind: str
    places: tuple[Place, ...]
    roles: tuple[str, ...]
    """Who it is for, in the order of the roles."""
    form: Form | None = None
    source: str = ""
    rules: tuple[Standing, ...] = ()

    @property
    def owners(self) -> tuple[tuple[str, tuple[Place, ...]], ...]:
        """The places owner by owner, in their order."""
        found: dict[str, list[Place]] = {}
        for place in self.places:
            found.setdefault(place.owner, []).append(place)
        return tuple((owner, tuple(places)) for owner, places in found.items())

    @property
    def words(self) -> str:
        """What the text box looks through."""
        form = self.form
        return " ".join((self.title, *form.alias, form.used) if form else (self.title, self.source))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The rows that belong together: those whose first use is in one procedure, meeting or practice."""

    owner: str
    """Empty for what serves many matters, or is named by none."""
    title: str
    kind: str
    """程序, 会议规程, 单位做法."""
    rows: tuple[Row, ...]
    package: Package | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The whole table with what it can be filtered by."""

    shelves: tuple[Shelf, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row once."""
        return tuple(row for shelf in self.shelves for row in shelf.rows)

    @property
    def kinds(self) -> tuple[str, ...]:
        """文种 that occur, in the order of the model."""
        found = {row.kind for row in self.rows}
        return tuple(kind for kind in KIND_TITLES if kind in found)


def compose_catalogue(site: Site) -> Catalogue:
    """Give the catalogue: matter by matter in the order of the handbook, within each by first use."""
    order = {role.id: (role.order, role.id) for role in site.library.roles.values()}
    positions = _positions(site)
    first: dict[str, list[Row]] = {}
    titles: dict[str, str] = {}
    for row in (*_forms(site, order), *_officials(site, order)):
        owner = row.places[0].owner if 0 < len(row.owners) < COMMON else ""
        first.setdefault(owner, []).append(row)
        if owner:
            titles[owner] = row.places[0].title
    sections = {owner: index for index, owner in enumerate(_owners(site))}
    owners = sorted(first, key=lambda owner: sections.get(owner, len(sections)))
    words = {"procedures": "程序", "meetings": "会议规程", "practices": "单位做法"}
    return Catalogue(
        tuple(
            Shelf(
                owner, titles.get(owner, ""), words.get(owner.partition("/")[0], ""),
                tuple(sorted(first[owner], key=lambda row: _position(site, row, positions))), _package(site, owner),
            )
            for owner in owners
        )
    )  # fmt: skip


def _forms(site: Site, order: Mapping[str, tuple[str, str]]) -> Iterator[Row]:
    for form in site.library.forms.values():
        if form.status != "published":
            continue
        places = site.form_uses.get(form.id, ())
        roles = form.audience or tuple(role for place in places for role in place.roles)
        rules = grounds(form, site.clauses)
        yield Row(form.title, form.kind, places, _sorted(roles, order), form, "", rules)


def _officials(site: Site, order: Mapping[str, tuple[str, str]]) -> Iterator[Row]:
    found: dict[str, tuple[str, dict[Place, None]]] = {}
    for paper in papers(site.library):
        if paper.material.official and not paper.material.form:
            found.setdefault(_plain(paper.material.title), (paper.material.official, {}))[1][paper.place] = None
    for title, (source, places) in found.items():
        roles = tuple(role for place in places for role in place.roles)
        yield Row(title, OFFICIAL, tuple(places), _sorted(roles, order), None, source)


def _plain(title: str) -> str:
    """Give one name to a paper that two pages name more and less fully."""
    return title.removeprefix("中国共产党")


def _sorted(roles: Sequence[str], order: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(roles), key=lambda role: order[role]))


def _owners(site: Site) -> Iterator[str]:
    """Give all matters in the order of the handbook."""
    library = site.library
    groups = {group.id: index for index, group in enumerate(library.groups.groups)}
    sections: tuple[tuple[str, Sequence[Owner]], ...] = (
        ("procedures", tuple(library.procedures.values())),
        ("meetings", tuple(library.meetings.values())),
        ("practices", tuple(library.practices.values())),
    )
    for section, owners in sections:
        for owner in sorted(owners, key=lambda item: (groups[item.group], item.order, item.id)):
            yield f"{section}/{owner.id}"


def _positions(site: Site) -> Mapping[str, int]:
    """Give where the steps name a form (by id) or an official paper (by title) for the first time."""
    found: dict[str, int] = {}
    for index, paper in enumerate(papers(site.library)):
        found.setdefault(paper.material.form or _plain(paper.material.title), index)
    return found


def _position(site: Site, row: Row, positions: Mapping[str, int]) -> tuple[int, int, str]:
    """Give where a row stands on its shelf: in the order in which the steps name it, what they do not name by group."""
    groups = [group.id for group in site.library.groups.of_section("forms")]
    if row.form is None:
        return (positions[row.title], 0, "")
    return (positions.get(row.form.id, len(positions)), groups.index(row.form.group), row.form.order)


def _package(site: Site, owner: str) -> Package | None:
    package = site.packages.get(owner.partition("/")[2])
    return package if package and package.owner == owner else None
