"""Every page of the built site is whole: its head, its headings, its links, its source, and nothing from elsewhere."""

from __future__ import annotations

import gzip
import hashlib
import json
import posixpath
import re
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pytest

LIMIT = 100 * 1024
"""Bytes of a first view, gzip level 6, without the search index."""
ADDRESSES = {
    "a": ("href",), "link": ("href",), "script": ("src", "data-search", "data-core", "data-body"),
    "img": ("src", "srcset"), "source": ("src", "srcset"), "iframe": ("src",), "video": ("src", "poster"),
    "audio": ("src",), "object": ("data",), "embed": ("src",), "form": ("action",), "area": ("href",),
    "input": ("src",), "button": ("formaction",), "use": ("href", "xlink:href"), "image": ("href", "xlink:href"),
}  # fmt: skip
LOADED = (
    "link",
    "script",
    "img",
    "source",
    "iframe",
    "video",
    "audio",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "use",
    "image",
    "base",
)
OF_THE_THEME = ("__toc",)
"""The theme's title of a page's contents is a label for its own drawer, which our navigation does not have."""
SAID_WHERE = ("forms/", "reports/")
"""Where 【待填】 may stand."""


def addresses(page):
    """Every address on a page with the element that holds it; those of data-… count from the script's data-base."""
    for element in page.elements:
        for name in ADDRESSES.get(element.tag, ()):
            if name not in element:
                continue
            values = [part.split()[0] for part in element[name].split(",")] if name == "srcset" else [element[name]]
            base = element["data-base"].rstrip("/") + "/" if name.startswith("data-") else ""
            yield from ((element, name, base + value) for value in values)
        if element.tag == "meta" and element["http-equiv"].lower() == "refresh":
            yield element, "content", element["content"].partition("url=")[2]


def resolved(page, address: str) -> tuple[str, str]:
    """An address relative to the root of the site, and its anchor."""
    parts = urlsplit(address)
    path = unquote(parts.path)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.address), path)) if path else page.address
    return target, unquote(parts.fragment)


def is_outside(address: str) -> bool:
    return bool(urlsplit(address).scheme or urlsplit(address).netloc)


def test_there_are_pages_of_every_section(pages) -> None:
    sections = {address.partition("/")[0] for address in pages if "/" in address}
    assert sections >= {"start", "procedures", "meetings", "checklists", "forms", "reports", "ledgers", "practices",
                        "regulations", "calendar", "glossary", "about"}  # fmt: skip
    for section in sections:
        assert f"{section}/index.html" in pages
    assert "procedures/member-admission.html" in pages


def test_every_internal_link_and_anchor_exists(pages, site) -> None:
    wrong, count = [], 0
    for page in pages.values():
        for element, name, address in addresses(page):
            if is_outside(address):
                continue
            count += 1
            target, anchor = resolved(page, address)
            where = f"{page.address}:{element.line}: <{element.tag} {name}={address!r}>"
            if target.startswith("..") or not (site / target).is_file():
                wrong.append(f"{where}: no such file")
            elif anchor and target in pages and anchor not in pages[target].ids:
                wrong.append(f"{where}: no such anchor")
    print(f"{count} internal addresses on {len(pages)} pages")
    assert wrong == []
    assert count > 1000


def test_links_name_files_as_they_are_so_that_a_stick_can_open_them(pages) -> None:
    wrong = [
        f"{page.address}:{element.line}: {address}"
        for page in pages.values()
        for element, _, address in addresses(page)
        if not is_outside(address)
        and (address.startswith("/") or urlsplit(address).query or urlsplit(address).path.endswith(("/", ".md")))
    ]
    assert wrong == []


def test_references_inside_a_page_exist(pages) -> None:
    """Labels, descriptions and controlled parts; what scripts add later is theirs."""
    wrong = []
    for page in pages.values():
        ids = {*page.ids, *OF_THE_THEME}
        for element in page.elements:
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"):
                wrong += [
                    f"{page.address}:{element.line}: {name}={word}" for word in element[name].split() if word not in ids
                ]
    assert wrong == []


def test_ids_are_unique_and_speak_the_grammar(pages) -> None:
    for page in pages.values():
        assert len(set(page.ids)) == len(page.ids), (
            page.address,
            sorted({i for i in page.ids if page.ids.count(i) > 1}),
        )
        for ident in page.ids:
            assert not re.search(r"\s", ident), (page.address, ident)


def test_rendered_items_carry_their_full_id(pages) -> None:
    for page in pages.values():
        for element in page.elements:
            if "data-handbook" in element:
                assert re.fullmatch(r"[a-z-]+(/[a-z0-9-]+)*", element["data-handbook"]), (
                    page.address,
                    element["data-handbook"],
                )
    steps = [
        e
        for e in pages["procedures/member-admission.html"].elements
        if e["data-handbook"].startswith("step/member-admission/")
    ]
    assert len(steps) == 25
    assert all(element["id"] == element["data-handbook"].rpartition("/")[2] for element in steps)


def test_each_page_has_a_title_one_h1_and_speaks_chinese(pages) -> None:
    titles = {}
    for page in pages.values():
        (root,) = page.all("html")
        assert root["lang"].startswith("zh"), page.address
        (title,) = [element for element in page.all("title") if element.text.strip()][:1]
        (heading,) = page.all("h1")
        assert re.search(r"[\u4e00-\u9fff]", title.text), page.address
        titles.setdefault(title.text.strip(), []).append(page.address)
        assert any(element["name"] == "description" and element["content"] for element in page.all("meta")), (
            page.address
        )
        assert any(element["name"] == "viewport" for element in page.all("meta")), page.address
        assert heading.line
    assert {title: where for title, where in titles.items() if len(where) > 1} == {}


def test_headings_leave_out_no_level(pages) -> None:
    for page in pages.values():
        levels = [int(element.tag[1]) for element in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
        for before, after in pairwise(levels):
            assert after <= before + 1, (page.address, levels)


def test_pictures_have_words(pages) -> None:
    for page in pages.values():
        for element in page.all("img"):
            assert "alt" in element, (page.address, element.line)


def test_gaps_stand_only_in_forms_and_reports(pages) -> None:
    wrong = [
        page.address for page in pages.values() if "【待填：" in page.text and not page.address.startswith(SAID_WHERE)
    ]
    assert wrong == []


def test_no_word_of_a_workshop_is_left(pages) -> None:
    words = r"<!--\s*handbook:|\{\{|\{%|TODO|FIXME|待完善|【指标|Traceback|\bundefined\b|\bNone\b|\bnull\b|〔[^〕]*细则[^〕]*第\d"
    for page in pages.values():
        seen = "".join(e.text for e in page.elements if e.tag not in ("script", "style"))
        comments = "".join(re.findall(r"<!--.*?-->", page.source, re.DOTALL))
        assert not re.search(words, seen), (page.address, re.search(words, seen))
        assert "handbook:" not in comments, page.address
    for page in pages.values():
        assert not re.search(r"/tmp/|/home/|/root/|site-packages", page.source), page.address


def test_nothing_is_loaded_from_elsewhere(pages, site) -> None:
    wrong = []
    for page in pages.values():
        for element, name, address in addresses(page):
            if (
                is_outside(address)
                and (element.tag in LOADED or element.tag == "meta")
                and not address.startswith("data:")
            ):
                wrong.append(f"{page.address}:{element.line}: <{element.tag} {name}={address}>")
        wrong += [f"{page.address}: <base>" for _ in page.all("base")]
        wrong += [f"{page.address}: ping" for element in page.all("a") if "ping" in element]
        styles = [e.text for e in page.all("style")] + [e["style"] for e in page.elements if "style" in e]
        wrong += [f"{page.address}: {found}" for text in styles for found in far_urls(text)]
    for path in site.rglob("*.css"):
        wrong += [f"{path.name}: {found}" for found in far_urls(path.read_text(encoding="utf-8"))]
    for path in site.rglob("*.svg"):
        text = path.read_text(encoding="utf-8")
        wrong += [f"{path.name}: {found}" for found in re.findall(r'(?:href|src)="(https?:[^"]+)"', text)]
    assert wrong == []


def far_urls(css: str) -> list[str]:
    """Addresses in a style sheet that lead elsewhere."""
    named = re.findall(r"""(?:url\(|@import\s+)\s*['"]?([^'")\s;]+)""", css)
    return [address for address in named if is_outside(address) and not address.startswith("data:")]


def test_style_sheets_point_at_files_that_exist(site) -> None:
    for path in site.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for address in re.findall(r"""url\(\s*['"]?([^'")]+)""", text):
            if not address.startswith(("data:", "#")):
                assert (path.parent / address.partition("?")[0].partition("#")[0]).is_file(), (path.name, address)


def test_our_scripts_know_no_other_host(site) -> None:
    """They are the only scripts of the site, and can be read."""
    for path in sorted((site / "assets").glob("*.js")):
        if path.name.startswith("search-body"):
            continue
        text = path.read_text(encoding="utf-8")
        found = [
            address
            for address in re.findall(r"https?://[^\s'\"`)]+", text)
            if not address.startswith("http://www.w3.org/")
        ]
        assert found == [], path.name
        assert not re.search(
            r"\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|importScripts|eval)\s*\(|\bimport\s*\(\s*['\"]",
            text,
        ), path.name


def test_links_to_other_hosts_are_official_sources_only(pages) -> None:
    hosts = {urlsplit(address).hostname for page in pages.values() for element, _, address in addresses(page)
             if element.tag == "a" and is_outside(address)}  # fmt: skip
    assert hosts <= {
        "www.12371.cn",
        "12371.cn",
        "www.gov.cn",
        "www.xinhuanet.com",
        "www.moe.gov.cn",
        "openstd.samr.gov.cn",
    }


def test_the_first_view_is_light(pages, site) -> None:
    """The page with its style sheets, scripts and icons, each compressed by itself as a server does."""
    sizes = {}
    weights: dict[str, int] = {}

    def weight(address: str) -> int:
        if address not in weights:
            weights[address] = len(gzip.compress((site / address).read_bytes(), 6, mtime=0))
        return weights[address]

    for page in pages.values():
        loaded = {page.address}
        for element in page.elements:
            rel = element["rel"].split()
            if element.tag == "link" and {"stylesheet", "icon", "preload", "modulepreload"} & set(rel):
                loaded.add(resolved(page, element["href"])[0])
            elif element.tag in ("script", "img") and element["src"] and not element["src"].startswith("data:"):
                loaded.add(resolved(page, element["src"])[0])
        assert not any("search-core" in name or "search-body" in name for name in loaded), page.address
        sizes[page.address] = sum(weight(name) for name in loaded)
    largest = max(sizes, key=sizes.get)
    print(
        f"first view: largest {sizes[largest] / 1024:.1f} KiB ({largest}), smallest {min(sizes.values()) / 1024:.1f} KiB"
    )
    assert sizes[largest] <= LIMIT, {name: size for name, size in sizes.items() if size > LIMIT}


GENERATED = ("checklists/", "forms/", "ledgers/", "reports/", "regulations/")
WRITTEN = ("index.html", "regulations/unverified.html", "regulations/coverage.html")
"""Pages of those sections that are written by hand around what is generated."""
OF_MANY = ("ledgers/checkup.html", "ledgers/metrics.html", "forms/catalogue.html")
"""Pages made from a whole folder of data."""


def test_each_page_names_the_file_it_was_made_from(pages, sites) -> None:
    for page in pages.values():
        if page.address == "404.html":
            continue
        found = re.findall(r"内容来源：<code>([^<]+)</code>", page.source)
        assert len(found) == 1, page.address
        assert (sites.project / found[0]).exists(), (page.address, found[0])
        if page.address.startswith(GENERATED) and not page.address.endswith(WRITTEN):
            assert found[0].startswith("docs/_data/"), page.address
            assert found[0].endswith(".yml") or page.address in OF_MANY, page.address


def search_data(site, name: str) -> dict:
    (path,) = (site / "assets").glob(f"search-{name}.*.js")
    text = path.read_text(encoding="utf-8")
    value = text[text.index("=") + 1 :].strip().removesuffix(";").strip()
    if value.startswith("JSON.parse("):
        value = json.loads(value.removeprefix("JSON.parse(").removesuffix(")"))
    return json.loads(value)


@pytest.mark.parametrize("name", ["core", "body"])
def test_the_name_of_a_search_file_tells_its_content(name: str, site, pages) -> None:
    (path,) = (site / "assets").glob(f"search-{name}.*.js")
    assert path.name == f"search-{name}.{hashlib.sha256(path.read_bytes()).hexdigest()[:10]}.js"
    for page in pages.values():
        (box,) = [element for element in page.all("script") if "data-core" in element]
        assert box[f"data-{name}"] == f"assets/{path.name}"


def test_every_hit_of_the_search_opens(site, pages) -> None:
    core, body = search_data(site, "core"), search_data(site, "body")
    anchors = body["anchors"].split("\n")
    assert len(core["pages"]) == len(body["counts"])
    assert sum(body["counts"]) == len(anchors) == len(body["texts"].split("\n")) == len(body["heads"].split("\n"))
    at, wrong = 0, []
    for entry, count in zip(core["pages"], body["counts"], strict=True):
        url, _, own = entry[0].partition("#")
        wanted = {own, *anchors[at : at + count]} - {""}
        wrong += [f"{url}#{anchor}" for anchor in wanted if url not in pages or anchor not in pages[url].ids]
        at += count
    assert wrong == []
    assert {entry[0].partition("#")[0] for entry in core["pages"]} >= {
        a for a in pages if a.startswith(("procedures/", "meetings/", "forms/"))
    }


def test_the_box_is_there_and_sends_nothing(pages) -> None:
    for page in pages.values():
        boxes = [element for element in page.elements if element["data-handbook"] == "search"]
        assert boxes, page.address
        for box in boxes:
            assert box.tag == "input"
            assert "name" not in box
        assert not [element for element in page.all("form") if "action" in element], page.address


def test_every_figure_of_the_report_opens_to_its_rows(pages) -> None:
    reports = [page for page in pages.values() if any(e["data-handbook"] == "report/text" for e in page.elements)]
    assert reports
    total = 0
    for page in reports:
        sources = {}
        for piece in page.source.split("<details")[1:]:
            attributes, _, rest = piece.partition(">")
            ident = re.search(r'id="([^"]+)"', attributes)
            if ident:
                sources[ident[1]] = rest.partition("</details>")[0]
        links = [element for element in page.all("a") if element["data-handbook"].startswith("figure/")]
        opened = 0
        for link in links:
            inside = sources[link["href"].removeprefix("#")]
            rows = len(re.findall(r"<tr", inside.partition("<tbody>")[2].partition("</tbody>")[0]))
            inputs = re.findall(r'href="#(f-[^"]+)"', inside)
            elsewhere = (
                "不在台账里，来源：" in inside or "记录：" in inside
            )  # a frozen report keeps the numbers of its rows
            assert rows or inputs or elsewhere, link["href"]
            assert all(name in sources for name in inputs)
            stated = re.search(r"合计(\d+)条记录", inside)
            left = re.search(r"其余(\d+)条见台账", inside)
            assert rows == (int(stated[1]) if stated else 0) - (int(left[1]) if left else 0), link["href"]
            assert rows >= 400 or not left, link["href"]
            opened += 1
        assert opened == len(links)
        assert links
        total += opened
    print(f"{total} figures, each opens to its rows")


def test_the_checklist_page_holds_the_same_items_in_every_view(pages) -> None:
    for page in pages.values():
        boxes = [element for element in page.all("input") if "data-item" in element]
        if not boxes:
            continue
        assert not any("checked" in box for box in boxes), "a checklist starts empty"
        owned = [element["data-handbook"] for element in page.all("li") if element["id"] and element["data-handbook"]]
        assert len(set(owned)) == len(owned)
        assert {box["data-item"] for box in boxes} == set(owned)
