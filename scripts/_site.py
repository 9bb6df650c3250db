"""Build the site: one strict run of MkDocs in a process of its own, into an empty folder.

A process of its own, so that each build sees the hooks as they are on disk now, and nothing it does can end the door.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import _cli
import _mkdocs_log
import _swap

if TYPE_CHECKING:
    from collections.abc import Callable
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


def build(
    project: Path,
    folder: Path,
    on: date,
    *,
    offline: bool,
    started: Callable[[subprocess.Popen[str]], None] | None = None,
) -> Outcome:
    """Build into an empty folder; ``started`` receives the process, for a caller who may want to end it early."""
    began = time.monotonic()
    if not (project / "mkdocs.yml").is_file():
        return Outcome(("mkdocs.yml:1:1: (文件): 项目里没有 mkdocs.yml → 从版本库恢复它",), (), 0.0)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(project / "mkdocs.yml")]
    code, log = _run([*command, "--site-dir", str(folder)], project, environment(on, offline=offline), started)
    notes = _mkdocs_log.notes(log)
    if code:
        return Outcome(_mkdocs_log.problems(log, project), notes, time.monotonic() - began, log)
    (folder / "sitemap.xml.gz").unlink(missing_ok=True)  # its bytes depend on the machine's zlib
    for name in NEEDS_ADDRESS if offline else ():
        (folder / name).unlink(missing_ok=True)
    _swap.finish(folder)
    return Outcome((), notes, time.monotonic() - began)


def check(project: Path, on: date, started: Callable[[subprocess.Popen[str]], None] | None = None) -> tuple[str, ...]:
    """Give all diagnostics as lines, by the code that is on disk now."""
    command = [sys.executable, str(project / "scripts" / "check.py"), "--format", "json"]
    code, output = _run(command, project, environment(on, offline=False), started, errors=subprocess.PIPE)
    try:
        found = json.loads(output)
        return tuple(
            f"{it['path']}:{it['line']}:{it['column']}: {it['key']}: {it['message']} → {it['remedy']}" for it in found
        )
    except (ValueError, KeyError, TypeError):
        return _mkdocs_log.problems(output, project) if code else ()


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


def _run(
    command: list[str],
    project: Path,
    variables: dict[str, str],
    started: Callable[[subprocess.Popen[str]], None] | None,
    errors: int = subprocess.STDOUT,
) -> tuple[int, str]:
    """Run a program to its end and give what it said; it ends with us."""
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        command,
        cwd=project,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if started is not None:
        started(process)
    try:
        output, other = process.communicate()
    except BaseException:
        process.kill()
        process.wait()
        raise
    return process.returncode, output if output.strip() or not other else other
