"""The registry's own pages: all regulations by kind, what is not confirmed yet, and which articles no page teaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from handbook.composition.currency import coming, due_for_check, shown_version
from handbook.composition.registry import fact_marks, number_marks, open_version, taught
from handbook.model.base import VERIFICATION_ORDER, VERIFICATION_SHORT
from handbook.model.regulation import Regulation
from handbook.renderers.templating import render
from handbook.renderers.view import View

_KINDS: tuple[str, ...] = get_args(Regulation.model_fields["kind"].annotation)


def registry(view: View) -> str:
    """Give all regulations by kind, with state, what is registered and how well it is verified."""
    rows = {kind: [item for item in _shown(view) if item.kind == kind] for kind in _KINDS}
    groups = [(kind, [(item, shown_version(item, view.site.on)) for item in items]) for kind, items in rows.items()]
    return render("registry.html", view=view, groups=[group for group in groups if group[1]])


def unverified(view: View) -> str:
    """Give every fact and article number that nobody has compared with the official text, by regulation."""
    on = view.site.on
    items = list(_shown(view))
    versions = [version for item in items for version in item.versions]
    found = [open_version(item, version, on) for item in items for version in item.versions]
    return render(
        "unverified.html", view=view, marks=VERIFICATION_ORDER, words=VERIFICATION_SHORT, facts=fact_marks(versions),
        numbers=number_marks(versions), items=[item for item in found if item.entries or item.missing],
        due=due_for_check(items, on), coming=coming(items, on),
    )  # fmt: skip


def coverage(view: View) -> str:
    """Give for each regulation which registered articles are cited by which pages, and which by none."""
    items = [taught(item, view.site.backlinks, view.site.on) for item in _shown(view)]
    return render("coverage.html", view=view, items=items)


def _shown(view: View) -> Iterator[Regulation]:
    listed = view.site.library.regulations.values()
    return (item for item in sorted(listed, key=lambda item: (item.order, item.id)) if item.status == "published")
