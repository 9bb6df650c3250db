"""How these tests build the site and take built pages apart."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
NOON = "1795233600"
"""2026-11-21 12:00 +08:00: the clock of every build here."""
ADDRESS = "https://handbook.example/"
REPOSITORY = "https://github.com/example/handbook"
OF_THIS_MACHINE = ("SITE_URL", "REPO_URL", "HANDBOOK_OFFLINE", "TZ", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONHASHSEED")
SOURCES = ("docs", "hooks", "scripts", "mkdocs.yml", "pyproject.toml")


def copy_project(target: Path, original: Path = PROJECT) -> Path:
    """Copy what a build reads, and nothing that one leaves behind."""
    target.mkdir(parents=True)
    for name in SOURCES:
        source = original / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        else:
            shutil.copyfile(source, target / name)
    return target


def start(project: Path, out: Path, **variables: str) -> subprocess.Popen[str]:
    """Start one build in a process of its own."""
    environment = {key: value for key, value in os.environ.items() if key not in OF_THIS_MACHINE}
    environment |= {"SOURCE_DATE_EPOCH": NOON, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--config-file",
            str(project / "mkdocs.yml"),
            "--site-dir",
            str(out),
        ],
        cwd=project,
        env={**environment, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


@dataclass(frozen=True)
class Sites:
    """A copy of the project, and what was built: as it is, from elsewhere, with an address, and with one but offline."""

    project: Path
    plain: Path
    twin: Path
    addressed: Path
    offline: Path
    logs: dict[str, str]


@dataclass
class Element:
    """A start tag with its attributes, and the text that follows it up to the next tag of any kind."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes


@dataclass
class Html:
    """A built page taken apart."""

    path: Path
    address: str
    """Relative to the root of the site, with ``/``."""
    source: str
    elements: list[Element] = field(default_factory=list)

    @cached_property
    def ids(self) -> list[str]:
        return [element["id"] for element in self.elements if element["id"]]

    @cached_property
    def text(self) -> str:
        return "".join(element.text for element in self.elements)

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]


class _Reader(HTMLParser):
    def __init__(self, page: Html) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"{self.page.address}:{self.getpos()[0]}: <{tag}> has an attribute twice"
        self.page.elements.append(Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0]))

    def handle_data(self, data: str) -> None:
        if self.page.elements:
            self.page.elements[-1].text += data


def read(path: Path, root: Path) -> Html:
    """Take one page apart."""
    page = Html(path, path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    reader = _Reader(page)
    reader.feed(page.source)
    reader.close()
    return page
