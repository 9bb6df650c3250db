"""Start a program whose own children end with it.

Installers start further programs, which would go on writing after the first was ended.
"""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def start(command: list[str], variables: dict[str, str], folder: Path | None = None) -> subprocess.Popen[str]:
    """Start a program in a group of its own, with all it says in one stream."""
    return subprocess.Popen(  # noqa: S603 - our own commands
        command,
        cwd=folder,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=os.name != "nt",
    )


def end(process: subprocess.Popen[str]) -> None:
    """End a program and, where the system has groups, everything it started."""
    if os.name == "nt":
        process.kill()
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    process.wait()


def output(command: list[str], variables: dict[str, str], folder: Path | None = None) -> tuple[int, str]:
    """Run a program to its end; give its exit code and what it said."""
    process = start(command, variables, folder)
    try:
        said, _ = process.communicate()
    except BaseException:
        end(process)
        raise
    return process.returncode, said
