"""Replace a built folder by two renames, so that there is always a whole one: the new or the last good.

``<out>.new-<pid>`` is built beside the target; then ``<out>`` → ``<out>.old`` and the new one → ``<out>``. Whoever
dies between the two leaves a note behind, and the next start of any door finishes the work (`heal_pending`). Only
folders with our mark are ever removed: a person's own ``site.old`` is none of our business.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterator

    class _Pending(TypedDict):
        out: str
        pid: int


MARK = ".handbook-build"
MARK_TEXT = "本文件夹由《机关党务工作手册》的构建程序生成，下次构建会整个替换，请不要在这里手工修改。\n"
PROTECTED = ("docs", "hooks", "scripts", "tests", ".git", ".ci", ".venv")
FORGOTTEN_AFTER = 6 * 3600
"""Seconds after which a half-built folder belongs to nobody, whatever process has its number now."""

RENAMES_TAKE = 10


class SwapError(Exception):
    """A target that must not be replaced, or a swap that could not be done; the text is for the reader."""


def refuse_dangerous(out: Path, project: Path) -> None:
    """Raise where replacing ``out`` would destroy something that no build made."""
    if out.exists() and not out.is_dir():
        message = f"{out} 是一个文件，不能作为输出文件夹。办法：换一个位置。"
        raise SwapError(message)
    if any(_same(out, place) for place in (project, *project.parents)):
        message = f"{out} 是项目文件夹或它的上级，构建会替换整个文件夹。办法：换成项目里的 site，或别处的一个新文件夹。"
        raise SwapError(message)
    for name in PROTECTED:
        if any(_same(place, project / name) for place in (out, *out.parents)):
            message = (
                f"{out} 在项目的 {name} 文件夹里，那里放的是原始资料。办法：换成项目里的 site，或别处的一个新文件夹。"
            )
            raise SwapError(message)
    if out.is_dir() and any(out.iterdir()) and not is_ours(out):
        message = f"{out} 不是空文件夹，也不是以前构建的结果（里面没有 {MARK}）。办法：换一个新文件夹，或先自行清空它。"
        raise SwapError(message)


def staging(out: Path) -> Path:
    """Make the empty folder in which the next ``out`` grows; beside it, so that a rename is enough later."""
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f"{out.name}.new-{os.getpid()}")
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir()
    return fresh


def finish(fresh: Path) -> None:
    """Put the mark on a folder that is complete; written last, so the mark vouches for the whole."""
    (fresh / MARK).write_text(MARK_TEXT, encoding="utf-8", newline="\n")


def swap(fresh: Path, out: Path, project: Path) -> None:
    """Put a complete folder in the place of the old one; after a failure the old one is back."""
    old = _old(out)
    if old.exists() and not is_ours(old):
        message = f"{old} 已存在，而且不是构建的结果，替换时要用这个名字。办法：把它移走或改名。"
        raise SwapError(message)
    if old.exists():
        shutil.rmtree(old)
    if out.is_dir() and not any(out.iterdir()):
        out.rmdir()
    replaced = out.exists()
    with _noted(out, project):
        try:
            if replaced:
                _rename(out, old)
            _rename(fresh, out)
        except BaseException:
            if replaced and not out.exists():
                _rename(old, out)
            raise
    shutil.rmtree(old, ignore_errors=True)


def heal(out: Path) -> bool:
    """Make ``out`` whole after an interruption; tell whether anything had to be done."""
    old, done = _old(out), False
    complete = [fresh for fresh in _half_built(out) if is_ours(fresh) and not _alive(fresh)]
    if not out.exists() and is_ours(old):
        _rename(complete[0] if complete else old, out)
        done = True
    if out.exists() and is_ours(old):
        shutil.rmtree(old, ignore_errors=True)
        done = True
    for fresh in _half_built(out):
        if not _alive(fresh):
            shutil.rmtree(fresh, ignore_errors=True)
            done = True
    return done


def heal_pending(project: Path) -> None:
    """Heal the usual target and the one a swap was interrupted at, wherever that lies."""
    note = _note(project)
    pending = _read(note)
    if pending and _under_way(note, pending["pid"]):
        return
    targets = [project / "site", project / "export", *([Path(pending["out"])] if pending else [])]
    for out in targets:
        try:
            heal(out)
        except OSError:
            continue
    _forget(note)


def is_ours(folder: Path) -> bool:
    """Tell whether a build made this folder, and made it to the end."""
    return (folder / MARK).is_file()


def _old(out: Path) -> Path:
    return out.with_name(out.name + ".old")


def _half_built(out: Path) -> list[Path]:
    pattern = out.name + ".new-"
    try:
        return sorted(entry for entry in out.parent.iterdir() if entry.name.startswith(pattern) and entry.is_dir())
    except OSError:
        return []


def _alive(fresh: Path) -> bool:
    """Tell whether somebody may still be building here."""
    number = fresh.name.rpartition("-")[2]
    return not number.isdigit() or (_runs(int(number)) and time.time() - fresh.stat().st_mtime < FORGOTTEN_AFTER)


def _runs(pid: int) -> bool:
    """Tell whether a process exists; Windows cannot be asked without harm, there it may."""
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@contextmanager
def _noted(out: Path, project: Path) -> Iterator[None]:
    """Leave a note while a swap is under way; without a place for it the usual target is healed all the same."""
    note = _note(project)
    try:
        note.parent.mkdir(exist_ok=True)
        note.write_text(json.dumps({"out": str(out), "pid": os.getpid()}), encoding="utf-8")
    except OSError:
        pass
    try:
        yield
    finally:
        if out.exists():
            _forget(note)


def _note(project: Path) -> Path:
    return project / ".venv" / "pending-swap.json"


def _read(note: Path) -> _Pending | None:
    try:
        found = json.loads(note.read_text(encoding="utf-8"))
        return {"out": str(found["out"]), "pid": int(found["pid"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _under_way(note: Path, pid: int) -> bool:
    """Tell whether another door is between its two renames now; they take no time, so ten seconds are generous."""
    return time.time() - note.stat().st_mtime < RENAMES_TAKE and _runs(pid)


def _forget(note: Path) -> None:
    try:
        note.unlink(missing_ok=True)
    except OSError:
        pass


def _rename(source: Path, target: Path) -> None:
    """Rename, trying for two seconds where Windows holds a folder that a virus scanner looks at."""
    for attempt in range(5):
        try:
            source.rename(target)
        except PermissionError:
            if attempt == 4 or os.name != "nt":
                raise
            time.sleep(0.5)
        else:
            return


def _same(one: Path, other: Path) -> bool:
    """Compare places, not spellings: macOS and Windows do not mind capitals."""
    try:
        return one.samefile(other)
    except OSError:
        return os.path.normcase(one) == os.path.normcase(other)
