"""Build the site: one strict run of MkDocs in a process of its own, into an empty folder.

A process of its own, so that each build sees the hooks as they are on disk now, and nothing it does can end the door.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import _cli
import _mkdocs_log
import _process
import _swap

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

NEEDS_ADDRESS = ("404.html", "sitemap.xml")
"""What has no meaning without an address; left out of an offline build."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build ended: without problems it stands in the folder, complete and marked."""

    problems: tuple[str, ...]
    notes: tuple[str, ...]
    seconds: float
    log: str = ""

    @property
    def succeeded(self) -> bool:
        """Tell whether the folder holds a whole site."""
        return not self.problems


def build(project: Path, folder: Path, on: date, *, offline: bool) -> Outcome:
    """Build into an empty folder; broken data end it with the diagnostics that the hooks print."""
    began = time.monotonic()
    if not (project / "mkdocs.yml").is_file():
        return Outcome(("mkdocs.yml:1:1: (文件): 项目里没有 mkdocs.yml → 从版本库恢复它",), (), 0.0)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(project / "mkdocs.yml")]
    variables = environment(on, offline=offline)
    code, log = _process.output([*command, "--site-dir", str(folder)], variables, project)
    notes = _mkdocs_log.notes(log)
    if code:
        return Outcome(_mkdocs_log.problems(log, project), notes, time.monotonic() - began, log)
    (folder / "sitemap.xml.gz").unlink(missing_ok=True)  # its bytes depend on the machine's zlib
    for name in NEEDS_ADDRESS if offline else ():
        (folder / name).unlink(missing_ok=True)
    _swap.finish(folder)
    return Outcome((), notes, time.monotonic() - began)


def environment(on: date, *, offline: bool) -> dict[str, str]:
    """Give the variables of a build: the date is its only clock, and nothing of this machine's locale shows in the bytes."""
    mine = {
        "SOURCE_DATE_EPOCH": _cli.noon(on),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONIOENCODING": "utf-8",
        "NO_COLOR": "1",
    }
    others = {key: value for key, value in os.environ.items() if key != "HANDBOOK_OFFLINE"}
    return {**others, **mine, **({"HANDBOOK_OFFLINE": "1"} if offline else {})}


def describe(folder: Path) -> str:
    """Give the number of pages and the size of a built site."""
    files = [entry for entry in folder.rglob("*") if entry.is_file()]
    pages = sum(entry.suffix == ".html" for entry in files)
    size = sum(entry.stat().st_size for entry in files)
    return f"{pages} 页，{len(files)} 个文件，共 {size / 1024 / 1024:.1f} MB"
