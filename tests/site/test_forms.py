"""Forms on the built site: files, packages, catalogue, and each form's page."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest


@pytest.fixture(scope="module")
def forms(site) -> list[dict]:
    return json.loads((site / "api/forms.json").read_text(encoding="utf-8"))["items"]


def test_every_file_of_a_form_is_there_and_linked_from_its_page(forms, pages, site) -> None:
    assert len(forms) >= 45
    for form in forms:
        links = {
            element["href"]: element["download"] for element in pages[form["address"]].all("a") if "download" in element
        }
        for file in form["downloads"]:
            assert (site / file["address"]).is_file(), file
            name = links[f"../{file['address']}"]
            assert name.endswith(".docx"), form["id"]
            marks = {"blank": "", "guide": "-带说明", "head": "（红头版式）", "example": "虚构"}
            assert marks[file["variant"]] in name, form["id"]


def test_a_form_page_says_its_state_and_its_uses(forms, pages) -> None:
    for form in forms:
        page = pages[form["address"]]
        codes = [
            element.text.strip()
            for element in page.all("code")
            if element["data-handbook"] == f"freshness/{form['id']}"
        ]
        assert codes == [form["freshness"]["code"]]
        assert form["kind_title"] in page.text
        links = {element["href"] for element in page.all("a")}
        for use in form["used_by"]:
            assert f"../{use['address']}" in links, (form["id"], use["address"])
        for field in form.get("fields", []):
            assert f"field-{field['id']}" in page.ids
        for demand in form.get("demands", []):
            assert all(element["name"] in page.text for element in demand["elements"]), form["id"]


def test_the_filled_example_is_shown_and_marked_as_invented(forms, pages) -> None:
    for form in forms:
        if any(file["variant"] == "example" for file in form["downloads"]):
            folded = pages[form["address"]].source.partition('<details class="hb-more hb-example">')[2]
            folded = folded.partition("</details>")[0]
            assert "虚构" in folded
            assert 'class="hb-made"' in folded
            assert "【待填" not in folded, form["id"]


def test_each_package_holds_the_published_files_in_order(forms, site) -> None:
    numbers: dict[str, list[tuple[int, dict]]] = {}
    for form in forms:
        for package in form["packages"]:
            numbers.setdefault(package["address"], []).append((package["number"], form))
    assert {path.relative_to(site).as_posix() for path in (site / "forms/packages").iterdir()} == set(numbers)
    for address, listed in numbers.items():
        listed.sort(key=lambda pair: pair[0])
        assert [number for number, _ in listed] == list(range(1, len(listed) + 1)), address
        with zipfile.ZipFile(site / address) as archive:
            names = archive.namelist()
            assert names[0] == "00-目录.docx"
            assert [int(name[:2]) for name in names] == list(range(len(listed) + 1))
            assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())
            for (_, form), name in zip(listed, names[1:], strict=True):
                assert archive.read(name) == (site / f"forms/{form['id']}.docx").read_bytes(), (address, name)
            with zipfile.ZipFile(io.BytesIO(archive.read(names[0]))) as contents:
                text = re.sub(r"<[^>]+>", "", contents.read("word/document.xml").decode())
            assert all(form["title"] in text for _, form in listed), address


def test_packages_are_linked_where_they_are_needed(forms, pages) -> None:
    owners = {use["owner"] for form in forms for use in form["used_by"]}
    addresses = {package["address"] for form in forms for package in form["packages"]}
    for owner in owners:
        ident = owner.partition("/")[2]
        if f"forms/packages/{ident}.zip" not in addresses or owner.startswith("practices/"):
            continue
        links = {element["href"] for element in pages[f"{owner}.html"].all("a")}
        own = [a for a in addresses if a == f"forms/packages/{ident}.zip" or a.startswith(f"forms/packages/{ident}--")]
        several = [a for a in own if sum(p["address"] == a for form in forms for p in form["packages"]) > 1]
        assert {f"../{address}" for address in several} <= links, owner


def test_the_catalogue_holds_each_form_once_with_all_its_files(forms, pages) -> None:
    page = pages["forms/catalogue.html"]
    rows = [element for element in page.all("tr") if "data-kind" in element]
    listed = [row["data-handbook"].removeprefix("form/") for row in rows if row["data-handbook"].startswith("form/")]
    assert sorted(listed) == sorted(form["id"] for form in forms)
    links = {element["href"] for element in page.all("a")}
    assert {f"../{file['address']}" for form in forms for file in form["downloads"]} <= links
    assert {row["data-kind"] for row in rows} <= {
        element["value"] for element in page.all("option") if element["value"]
    }
    official = [row for row in rows if row["data-kind"] == "official"]
    assert any("入党志愿书" in row["data-words"] for row in official)
    (sift,) = [element for element in page.all("form") if "data-sift" in element]
    assert "hidden" in sift, "without its script the table stands alone"
    named = {element["data-matter"] for element in page.all("tbody") if "data-matter" in element}
    assert "procedures/member-admission" in named


def test_the_navigation_of_a_form_stays_light(pages) -> None:
    for address, page in pages.items():
        if address.startswith("forms/"):
            links = [element for element in page.all("a") if "hb-nav__link" in element["class"]]
            assert len(links) <= 80, address
