"""Lists that many pages share: sections, duties, roles, terms, names A–Z, latest changes, the meaning of the marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from handbook.composition.duties import PER, due_in_month
from handbook.model.base import (
    STRENGTH_WORDS,
    TIER_WORDS,
    VERIFICATION_ORDER,
    VERIFICATION_WORDS,
    Grouped,
    PageMeta,
)
from handbook.model.duty import Role
from handbook.model.glossary import Group
from handbook.model.library import KINDS
from handbook.renderers import catalogue
from handbook.renderers.form_page import CATALOGUE
from handbook.renderers.glossary_page import glossary
from handbook.renderers.ledger_doors import ledger_doors
from handbook.renderers.templating import render
from handbook.renderers.view import View


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a listing."""

    address: str
    title: str
    summary: str
    tier: str = ""
    group: str = ""


def entries(view: View, section: str) -> tuple[Entry, ...]:
    """Give the pages of one section of the site, in their order."""
    if section == "checklists":
        return tuple(
            Entry(f"checklists/{item.id}.html", item.title, f"{len(item.items)}项", group=item.owner.partition("/")[0])
            for item in view.site.checklists.values()
            if f"checklists/{item.id}.html" not in view.site.library.withdrawn()
        )
    found: list[tuple[str, Entry]] = [(entry.address, entry) for entry in _doors(view, section)]
    for kind in KINDS:
        if kind.folder != section:
            continue
        for item in view.site.library.of_kind(kind.section).values():
            if isinstance(item, PageMeta) and item.status == "published":
                group = item.group if isinstance(item, Grouped) else ""
                entry = Entry(f"{section}/{item.id}.html", item.title, item.summary, item.tier, group)
                found.append((f"{item.order}/{item.id}", entry))
    return tuple(entry for _, entry in sorted(found, key=lambda pair: pair[0]))


def _doors(view: View, section: str) -> Iterator[Entry]:
    if section == "ledgers":
        yield from (Entry(door.address, door.title, door.summary) for door in ledger_doors(view.site))
    if section == "forms" and view.site.library.forms:
        yield Entry(CATALOGUE, catalogue.TITLE, catalogue.summary_of(view.site))


def by_group(view: View, section: str) -> tuple[tuple[Group | None, tuple[Entry, ...]], ...]:
    """Give the pages of a section group by group; what has no group comes first, a group without pages not at all."""
    found = entries(view, section)
    groups: tuple[Group | None, ...] = (None, *view.site.library.groups.of_section(section))
    sorted_out = ((group, tuple(e for e in found if e.group == (group.id if group else ""))) for group in groups)
    return tuple((group, items) for group, items in sorted_out if items)


def listing(view: View, section: str) -> str:
    """Give a section's pages as lists of doors, each group under its heading."""
    blocks: list[str] = []
    for group, items in by_group(view, section):
        if group:
            blocks.append(f"## {group.title} {{#{group.id}}}\n\n{group.summary}")
        blocks.append(render("listing.html", view=view, items=items))
    return "\n\n".join(blocks)


def duties(view: View, show: str) -> str:
    """Give what is due around the build's date (``month``) or everything (``year``)."""
    listed = view.site.library.duties.values()
    if show == "month":
        note = Markup('<p class="hb-soft"><small>{}年{}月，按构建日{}列出。{}</small></p>').format(
            view.site.on.year, view.site.on.month, view.site.on, "“一般”照条文写；少一次叫少于一般频次，不叫违规。"
        )
        groups = due_in_month(listed, view.site.on)
        return f"{note}\n{render('duties.html', view=view, groups=groups, own_ids=False)}"
    groups = tuple((word, tuple(duty for duty in listed if duty.per == per)) for per, word in PER.items())
    return render("duties.html", view=view, groups=groups, own_ids=True)


def roles(view: View) -> str:
    """Give every role: the way to its own page, or its duties and the checklists in which it has something to do."""
    blocks: list[str] = []
    for role in sorted(view.site.library.roles.values(), key=lambda role: role.order):
        own = [duty for duty in view.site.library.duties.values() if role.id in duty.roles]
        groups = [
            (checklist, group)
            for checklist in view.site.checklists.values()
            for group in checklist.roles
            if group.id == role.id
        ]
        if own or groups:
            fragment = render("role.html", view=view, role=role, duties=own, groups=groups)
            blocks.append(f"## {role.title} {{#{role.id}}}\n\n{fragment}")
    return "\n\n".join(blocks)


def role_links(view: View) -> str:
    """Give the roles that act in a branch, as links to their sheets."""
    shown = {group.id for item in view.site.checklists.values() for group in item.roles}
    listed = sorted(view.site.library.roles.values(), key=lambda role: role.order)
    items = [role for role in listed if role.id in shown and role.home != "body"]
    links = Markup("").join(Markup("<li>{}</li>").format(view.link(_role_address(role), role.title)) for role in items)
    return str(Markup('<ul class="hb hb-line">{}</ul>').format(links))


def _role_address(role: Role) -> str:
    return f"start/role-{role.id}.html" if role.page else f"start/roles.html#{role.id}"


def changes(view: View) -> str:
    """Give the versions of the registered regulations, latest first."""
    found = sorted(
        (
            (version.begins, "施行" if version.effective else "公开播发", regulation, version)
            for regulation in view.site.library.regulations.values()
            for version in regulation.versions
            if version.begins <= view.site.on and (version.effective or version.announced)
        ),
        key=lambda item: (item[0], item[2].id),
        reverse=True,
    )
    return render("changes.html", view=view, items=found[:5])


def terms(view: View) -> str:
    """Give all terms with meaning and source."""
    return glossary(view)


def names(view: View) -> str:
    """Give every title and alias by the first letter of its pinyin: search without a script.

    Terms have an index of their own: with them this page would be far too heavy.
    """
    grouped: dict[str, dict[tuple[str, str, str], None]] = {}
    for name, title, address in _names(view):
        reading = _reading(name)
        letter = reading[:1].upper() if reading[:1].isalpha() else "#"
        grouped.setdefault(letter, {})[reading, name, f"{address}\n{title}"] = None
    blocks = [str(Markup("<p>术语另有一份索引：{}。</p>").format(view.link("glossary/index.html", "术语")))]
    for letter in sorted(grouped):
        items = [(name, *target.split("\n")) for _, name, target in sorted(grouped[letter])]
        blocks.append(
            f"## {letter if letter != '#' else '数字和符号'}\n\n{render('names.html', view=view, items=items)}"
        )
    return "\n\n".join(blocks)


def marks(view: View) -> str:
    """Give the meaning of badges and marks."""
    return render(
        "marks.html", view=view, tiers=TIER_WORDS, strengths=STRENGTH_WORDS, verifications=VERIFICATION_ORDER,
        words=VERIFICATION_WORDS,
    )  # fmt: skip


def _names(view: View) -> Iterator[tuple[str, str, str]]:
    for kind in KINDS:
        for item in view.site.library.of_kind(kind.section).values():
            if kind.folder and isinstance(item, PageMeta):
                for name in (item.title, *item.alias):
                    yield name, item.title, f"{kind.folder}/{item.id}.html"


def _reading(name: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - loads slowly: only where the page is made

    return "".join(lazy_pinyin(name.lstrip("“《（"))).lower()
