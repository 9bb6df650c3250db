"""Tell what changed on disk, by looking twice a second: works alike on all systems and on network drives."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    Snapshot = dict[str, tuple[int, int]]

WATCHED = ("docs", "hooks", "mkdocs.yml")
IGNORED_ENDINGS = ("~", ".pyc", ".swp", ".swx", ".tmp", ".bak")


def snapshot(project: Path) -> Snapshot:
    """Give time and size of every file that a build reads."""
    found: Snapshot = {}
    for name in WATCHED:
        place = project / name
        if place.is_dir():
            _collect(str(place), found)
        else:
            _note(str(place), found)
    return found


def changed(before: Snapshot, after: Snapshot, project: Path) -> list[str]:
    """Name the files that are new, gone or different, relative to the project."""
    differing = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    return sorted(os.path.relpath(path, project).replace(os.sep, "/") for path in differing)


def _collect(folder: str, found: Snapshot) -> None:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith((".", "~$", "#")) or entry.name == "__pycache__":
                    continue
                if entry.is_dir():
                    _collect(entry.path, found)
                elif not entry.name.endswith(IGNORED_ENDINGS):
                    _note(entry.path, found)
    except OSError:  # the folder has just been moved; the next look sees it
        return


def _note(path: str, found: Snapshot) -> None:
    try:
        status = os.stat(path)  # noqa: PTH116 - thousands of files, twice a second
    except OSError:
        return
    found[path] = (status.st_mtime_ns, status.st_size)
