"""What a build leaves behind: the same bytes from anywhere, only what belongs there, and files that open."""

from __future__ import annotations

import filecmp
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from site_tools import ADDRESS, OF_THIS_MACHINE, REPOSITORY, copy_project, read, start


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_two_builds_from_different_places_zones_and_seeds_are_the_same_bytes(sites) -> None:
    names = files(sites.plain)
    assert names == files(sites.twin)
    _, different, unreadable = filecmp.cmpfiles(sites.plain, sites.twin, names, shallow=False)
    assert (different, unreadable) == ([], [])
    print(f"{len(names)} files, byte for byte the same")


def test_the_share_of_the_hooks_is_said(sites) -> None:
    for name, log in sites.logs.items():
        assert re.search(r"钩子用时 \d+\.\d\d 秒，占构建 \d+\.\d\d 秒的 \d+%", log), name


def test_nothing_that_changes_from_machine_to_machine(sites) -> None:
    for root in (sites.plain, sites.addressed, sites.offline):
        assert not list(root.rglob("*.gz"))
        assert not [name for name in files(root) if name.startswith("_data/") or name.endswith((".md", ".yml", ".py"))]
        assert not (root / "assets" / "readme.png").exists()


def test_the_scripts_of_the_theme_are_left_out(sites) -> None:
    """Nothing refers to them, and they are larger than the rest of the frame together."""
    for root in (sites.plain, sites.addressed, sites.offline):
        names = files(root)
        assert not [name for name in names if name.startswith("assets/javascripts/") or name.endswith(".map")]
        assert "assets/frame.js" in names
        assert [name for name in names if name.startswith("assets/stylesheets/main.")], "its style sheets stay"
        for path in root.rglob("*.html"):
            assert not re.search(r'assets/javascripts/|id="__config"', path.read_text(encoding="utf-8")), path.name


def test_an_offline_build_leaves_out_only_what_needs_an_address(sites) -> None:
    online, offline = set(files(sites.addressed)), set(files(sites.offline))
    assert online - offline == {"404.html", "sitemap.xml"}
    assert offline - online == set()
    for name in sorted(offline):
        if name.endswith(".html"):
            text = (sites.addressed / name).read_text(encoding="utf-8")
            assert re.sub(r'<link rel="canonical"[^>]*>\s*', "", text) == (sites.offline / name).read_text(
                encoding="utf-8"
            ), name
        else:
            assert filecmp.cmp(sites.addressed / name, sites.offline / name, shallow=False), name


def test_an_address_gives_canonical_links_a_sitemap_and_a_lost_page(sites) -> None:
    for path in sites.addressed.rglob("*.html"):
        page = read(path, sites.addressed)
        canonical = [element["href"] for element in page.all("link") if element["rel"] == "canonical"]
        assert canonical == ([] if path.name == "404.html" else [ADDRESS + page.address]), page.address
    listed = re.findall(r"<loc>([^<]+)</loc>", (sites.addressed / "sitemap.xml").read_text(encoding="utf-8"))
    pages = {ADDRESS + name for name in files(sites.addressed) if name.endswith(".html") and name != "404.html"}
    assert set(listed) == pages
    assert not (sites.plain / "404.html").exists()
    assert "sitemap.xml" not in files(sites.plain)


def test_a_repository_gives_every_page_its_place_to_edit(sites) -> None:
    for path in sites.addressed.rglob("*.html"):
        page = read(path, sites.addressed)
        links = [element["href"] for element in page.all("a") if element["rel"] == "edit"]
        source = re.findall(r"内容来源：<code>([^<]+)</code>", page.source)
        if source and source[0].endswith((".yml", ".md")):
            assert [link.startswith(REPOSITORY) and link.endswith(source[0]) for link in links] == [True], (
                page.address,
                links,
                source,
            )
    assert not any('rel="edit"' in path.read_text(encoding="utf-8") for path in sites.plain.rglob("*.html"))


def downloads(pages) -> list[str]:
    found = {re.sub(r"^(\.\./)+", "", e["href"]) for page in pages.values() for e in page.all("a") if "download" in e}
    return sorted(name if "/" in name else f"?/{name}" for name in found)


def test_every_download_is_listed_and_every_listed_one_exists(site, pages) -> None:
    listed = downloads(pages)
    there = [name for name in files(site) if name.endswith((".docx", ".xlsx", ".ics", ".zip"))]
    assert listed == there
    assert {name.rpartition(".")[2] for name in there} == {"docx", "xlsx", "ics", "zip"}


def test_office_files_open_and_are_stored_not_deflated(site) -> None:
    found = [path for path in sorted(site.rglob("*")) if path.suffix in (".docx", ".xlsx")]
    assert len(found) >= 15
    for path in found:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            assert len(set(names)) == len(names)
            for part in archive.infolist():
                assert part.compress_type == zipfile.ZIP_STORED, (path.name, part.filename)
                assert part.filename.isascii()
                if part.filename.endswith((".xml", ".rels")):
                    ET.fromstring(archive.read(part))
            assert names[0] == "[Content_Types].xml"
            assert ("word/document.xml" if path.suffix == ".docx" else "xl/workbook.xml") in names


def test_the_report_file_traces_as_many_figures_as_the_page(site, pages) -> None:
    for page in pages.values():
        figures = {e["data-handbook"] for e in page.all("a") if e["data-handbook"].startswith("figure/")}
        if not figures:
            continue
        with zipfile.ZipFile(site / page.address.replace(".html", ".docx")) as archive:
            text = archive.read("word/document.xml").decode()
        assert "数字来源表" in text
        gaps = [e for e in page.all("mark") if e["data-handbook"].startswith("field/")]
        assert ("【待填：" in text) == bool(gaps)
        table = text.rpartition("<w:tbl>")[2].partition("</w:tbl>")[0]
        rows = [re.sub(r"<[^>]+>", "", row) for row in re.split(r"<w:tr[ >]", table)[1:]]
        assert rows[0].split()[0] == "序号"
        assert [row.split()[0] for row in rows[1:]] == [str(number) for number in range(1, len(figures) + 1)]


def test_calendars_are_of_the_year_of_the_build_and_the_next(site) -> None:
    paths = sorted(site.rglob("*.ics"))
    assert {"duties-2026.ics", "duties-2027.ics", "secretary-2026.ics", "secretary-2027-plain.ics"} <= {
        p.name for p in paths
    }
    for path in paths:
        data = path.read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n"), "calendars end their lines with CRLF"
        assert max(len(line) for line in data.split(b"\r\n")) <= 75
        text = data.decode().replace("\r\n ", "")
        assert text.startswith("BEGIN:VCALENDAR\r\n")
        assert text.endswith("END:VCALENDAR\r\n")
        assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") >= 1
        year = re.search(r"-(20\d\d)", path.name)[1]
        assert {day[:4] for day in re.findall(r"DTSTART[^:]*:(\d{8})", text) if day != "19910915"} == {year}
        assert ("暂算" in text) == (year == "2027")
        moved = text.count("RECURRENCE-ID")
        uids = re.findall(r"\r\nUID:(.*)\r\n", text)
        assert len(set(uids)) == len(uids) - moved


def test_published_data_can_be_read_and_followed(site, pages) -> None:
    index = json.loads((site / "api/index.json").read_text(encoding="utf-8"))
    assert index["schema_version"] >= 1
    kinds = {entry["kind"] for entry in index["kinds"]}
    assert kinds >= {"regulations", "procedures", "meetings", "duties", "checklists", "forms", "ledgers", "metrics", "genres",
                     "reports", "terms", "units", "roles"}  # fmt: skip
    count = 0
    for entry in index["kinds"]:
        data = json.loads((site / entry["address"]).read_text(encoding="utf-8"))
        assert data["schema_version"] >= 1
        if "items" not in data:
            continue
        assert data["kind"] == entry["kind"]
        assert len(data["items"]) == entry["count"]
        for item in data["items"]:
            for part in (item, *(item.get("items", ()) if entry["kind"] == "checklists" else ())):
                if "address" in part and isinstance(part["address"], str) and not part["address"].startswith("http"):
                    target, _, anchor = part["address"].partition("#")
                    assert target in pages, part["address"]
                    assert not anchor or anchor in pages[target].ids, part["address"]
                    count += 1
    assert count > 50
    listed = {entry["address"] for entry in index["kinds"]} | {"api/index.json"}
    assert {name for name in files(site) if name.startswith("api/") and "/schemas/" not in name} == listed
    for name in kinds:
        assert (site / f"api/schemas/{name}.json").is_file() or name in ("checklists", "coverage")


@pytest.fixture
def broken(tmp_path) -> Path:
    """A project with three mistakes in three files."""
    project = copy_project(tmp_path / "project")
    data = project / "docs" / "_data"
    procedure = data / "procedures" / "member-admission.yml"
    procedure.write_text(procedure.read_text(encoding="utf-8").replace("roles:", "rolls:", 1), encoding="utf-8")
    (data / "roles" / "member.yml").write_text("id: member\ntitle: [\n", encoding="utf-8")
    (data / "forms" / "public-notice.yml").write_bytes("id: public-notice\ntitle: 公示\n".encode("gbk"))
    return project


def test_broken_data_end_the_build_with_every_diagnostic_and_no_traceback(broken, tmp_path) -> None:
    out = tmp_path / "out"
    job = start(broken, out)
    log, _ = job.communicate(timeout=120)
    assert job.returncode != 0
    assert "Traceback" not in log
    for name in ("procedures/member-admission.yml", "roles/member.yml", "forms/public-notice.yml"):
        assert re.search(rf"docs/_data/{name}:\d+:\d+: .+: .+ → .+", log), log
    assert not list(out.rglob("*.html"))


def test_the_core_exports_the_same_without_mkdocs(sites, tmp_path) -> None:
    """The exported tree holds every page and the same downloads, written by a Python that cannot load MkDocs."""
    out = tmp_path / "out"
    program = (
        "import sys, datetime, pathlib; sys.modules['mkdocs'] = None; from handbook.use_cases.export import export; "
        "export(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), datetime.date(2026, 11, 21))"
    )
    variables = {key: value for key, value in os.environ.items() if key not in OF_THIS_MACHINE}
    subprocess.run(
        [sys.executable, "-c", program, str(sites.project), str(out)],
        env={**variables, "PYTHONPATH": str(sites.project / "hooks")},
        check=True,
        timeout=120,
    )
    names = files(sites.plain)
    for name in names:
        if name.endswith((".docx", ".xlsx", ".ics", ".json")):
            assert filecmp.cmp(sites.plain / name, out / name, shallow=False), name
    pages = {name.removesuffix(".html") for name in names if name.endswith(".html")}
    assert {name.removesuffix(".md") for name in files(out) if name.endswith(".md")} == pages
