"""模板总目录: every form and official paper in one table that can be filtered, and the workbooks below it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handbook.composition.catalogue import KIND_TITLES, Catalogue, Row, compose_catalogue
from handbook.composition.site import Site
from handbook.renderers.download import Download
from handbook.renderers.form_page import CATALOGUE
from handbook.renderers.forms_shelf import variants
from handbook.renderers.press import Page, Press
from handbook.renderers.templating import render

TITLE = "模板总目录"
ALIAS = ("全部模板", "模板清单", "表格总目录", "模板目录", "模板打包下载")
MOST = 4
"""Matters that a row names; where there are more, it leads to the form's page."""
FILE_WORDS: Mapping[str, str] = {"blank": "空白", "guide": "带说明", "head": "红头", "example": "示例"}


@dataclass(frozen=True, slots=True)
class File:
    """A download in a narrow column, by one word."""

    word: str
    file: Download


def summary_of(site: Site) -> str:
    """Give the first sentence of the page: how much there is."""
    forms = sum(form.status == "published" for form in site.library.forms.values())
    packages = sum(not package.stage for package in site.packages.values())
    return f"{forms}份Word模板放在一张表里，按办什么事、谁来用、什么文种筛选；另有{packages}个整包，一件事一个。"


def catalogue_page(press: Press) -> Page:
    """Give the page of all forms."""
    view = press.view(CATALOGUE.removesuffix(".html") + ".md")
    catalogue = compose_catalogue(press.site)
    library = press.site.library
    roles = {role for row in catalogue.rows for role in row.roles}
    blocks = [
        f"# {TITLE}",
        render("catalogue_top.html", view=view, summary=summary_of(press.site)),
        "## 模板 {#forms}",
        render(
            "catalogue.html",
            view=view,
            catalogue=catalogue,
            matters=_matters(catalogue),
            roles=sorted((role for role in library.roles.values() if role.id in roles), key=lambda role: role.order),
            titles={role.id: role.title for role in library.roles.values()},
            kinds=KIND_TITLES,
            files=lambda row: _files(press, row),
            shelf=press.shelf,
            most=MOST,
        ),
    ]
    books = [item for address, item in press.shelf.items() if address.endswith(".xlsx")]
    if books:
        blocks += ["## Excel台账和表格 {#workbooks}", render("catalogue_books.html", view=view, books=_books(books))]
    return Page(
        view.page.removesuffix(".html") + ".md", TITLE, summary_of(press.site), "\n\n".join(blocks) + "\n", "_data/forms",
        is_wide=True,
    )  # fmt: skip


def _matters(catalogue: Catalogue) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give what the table can be filtered by, section by section: owner and title of every matter that uses a row."""
    found: dict[str, str] = {}
    for row in catalogue.rows:
        found.update((place.owner, place.title) for place in row.places)
    words = {"procedures": "程序", "meetings": "会议规程", "practices": "单位做法"}
    return [
        (word, sorted((owner, title) for owner, title in found.items() if owner.startswith(f"{section}/")))
        for section, word in words.items()
        if any(owner.startswith(f"{section}/") for owner in found)
    ]


def _files(press: Press, row: Row) -> list[File]:
    if row.form is None:
        return []
    return [File(FILE_WORDS[variant], press.shelf[address]) for variant, address in variants(row.form)]


def _books(books: list[Download]) -> list[tuple[str, list[Download]]]:
    """Give the workbooks by the page they belong to."""
    found: dict[str, list[Download]] = {}
    for book in books:
        found.setdefault(book.owner, []).append(book)
    return list(found.items())
