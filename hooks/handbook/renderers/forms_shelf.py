"""The files of the forms: blank, with guide, with red head, filled example, and the packages of forms that go together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from handbook.composition.document import Document
from handbook.composition.filling import example_values
from handbook.composition.form import compose_form, with_guide, with_letterhead
from handbook.composition.packages import Package, table_of_contents
from handbook.composition.site import BEIJING, Site
from handbook.model.form import Form
from handbook.renderers.download import Download, Shelf
from handbook.renderers.fill_docx import filled_example
from handbook.renderers.made_before import MADE
from handbook.renderers.office import stored_zip
from handbook.renderers.to_docx import render_docx

CONTENTS = "00-目录.docx"
"""The first file of a package."""
_TITLES: Mapping[str, tuple[str, str]] = {
    "blank": ("{}", "空白，可以直接填写、上报"),
    "guide": ("{}-带说明", "首页是填写说明，上报前整页删去"),
    "head": ("{}（红头版式）", "单位没有红头纸时用"),
    "example": ("{}（填好的示例，虚构）", "看每一栏怎么填，内容都是虚构的"),
}
"""Title and note of each variant."""


def variants(form: Form) -> Iterator[tuple[str, str]]:
    """Give the files that a form has, as variant and address, the blank one first."""
    yield "blank", f"forms/{form.id}.docx"
    yield "guide", f"forms/{form.id}-guide.docx"
    if form.letterhead:
        yield "head", f"forms/{form.id}-head.docx"
    if any(example_values(form)):
        yield "example", f"forms/{form.id}-example.docx"


def form_downloads(site: Site, form: Form) -> Iterator[Download]:
    """Give the files of one form, the blank one first."""
    stamp = stamp_of(form.changed)
    document = compose_form(form, site.freshness[form.id])
    blank = made_docx(document, stamp)
    make: Mapping[str, Callable[[], bytes]] = {
        "blank": lambda: blank,
        "guide": lambda: made_docx(with_guide(form, document), stamp),
        "head": lambda: made_docx(with_letterhead(form, document), stamp),
        "example": lambda: MADE.get("filled", (form.model_dump_json(), blank), lambda: filled_example(form, blank)),
    }
    for variant, address in variants(form):
        title, note = _TITLES[variant]
        yield Download(address, title.format(form.title), make[variant](), f"forms/{form.id}", note)


def package_downloads(site: Site, forms: Shelf) -> Iterator[Download]:
    """Give the zip of each package; `forms` holds the finished files."""
    for package in site.packages.values():
        contents = table_of_contents(package, site.freshness)
        changed = max(entry.form.changed for entry in package.entries)
        parts = [(CONTENTS, made_docx(contents, stamp_of(changed)))]
        parts += [(entry.filename, forms[f"forms/{entry.form.id}.docx"].content) for entry in package.entries]
        note = f"{len(package.entries)}份模板和目录"
        yield Download(package.address, package_title(package), stored_zip(parts), package.owner, note)


def package_title(package: Package) -> str:
    """Give the name under which a package is saved: 发展党员（全部模板）."""
    return f"{package.title.replace('：', '-')}（全部模板）"


def made_docx(document: Document, stamp: str) -> bytes:
    """Give the Word file, from before where this process has made it already."""
    return MADE.get("docx", (repr(document), stamp), lambda: render_docx(document, stamp=stamp))


def stamp_of(day: dt.date) -> str:
    """Give noon of a day, +08:00: a form's files say that they were made when the form last changed."""
    return dt.datetime.combine(day, dt.time(12), BEIJING).isoformat()
