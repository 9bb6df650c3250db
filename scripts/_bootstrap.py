"""Start every door the same way: right Python, readable console, own environment.

Standard library only. This file and the doors themselves keep to words that Python 3.6 can read (no evaluated ``X |
Y`` or ``list[str]``, no ``match``), so that an old Python gets a sentence instead of a syntax error; everything else
is imported after `require_python`.
"""

import os
import subprocess
import sys
from pathlib import Path

from _console import make_safe, say

MINIMUM = (3, 11)
"""The oldest Python that the packages of the locks accept."""

PROJECT = Path(__file__).resolve().parent.parent
"""The folder with ``mkdocs.yml``; no door depends on the current directory."""


def prepare():
    # type: () -> None
    """Give the door a console that never fails on Chinese, and a Python that can run the rest."""
    for stream in (sys.stdout, sys.stderr):
        make_safe(stream)
    trouble = too_old(sys.version_info[:3], os.name)
    if trouble:
        say(trouble)
        sys.exit(2)


def enter(name):
    # type: (str) -> None
    """Return only inside an interpreter that holds the packages of the lock ``name``; the core can be imported then."""
    import _environment  # noqa: PLC0415 - older Pythons cannot read it and have been refused by now

    python = _environment.ensure(PROJECT, name)
    if python is not None:
        run_again(str(python))
    hooks = str(PROJECT / "hooks")
    if hooks not in sys.path:
        sys.path.insert(0, hooks)
    import _swap  # noqa: PLC0415

    _swap.heal_pending(PROJECT)


def too_old(version, system):
    # type: (tuple, str) -> str
    """Give the sentence that refuses an old Python, or nothing."""
    if tuple(version[:2]) >= MINIMUM:
        return ""
    where = (
        "https://www.python.org/downloads/" if system == "nt" else "系统的软件源或 https://www.python.org/downloads/"
    )
    example = "py -3.11 scripts\\serve.py" if system == "nt" else "python3.11 scripts/serve.py"
    return "Python 版本太低：需要 {}.{} 或更新的版本，现在运行的是 {}（{}）。\n办法：从{}安装新版本，再用它运行，例如：{}".format(
        MINIMUM[0], MINIMUM[1], ".".join(map(str, version)), sys.executable, where, example
    )


def run_again(python):
    # type: (str) -> None
    """Run the same door with another interpreter and end as it ends."""
    command = [python, os.path.abspath(sys.argv[0])] + sys.argv[1:]  # noqa: PTH100, RUF005 - as typed; read by old Pythons
    if os.name != "nt":
        os.execv(python, command)  # noqa: S606 - our own interpreter, and signals reach the door itself
    child = subprocess.Popen(command)  # noqa: S603 - our own interpreter
    while True:
        try:
            code = child.wait()
        except KeyboardInterrupt:  # the console sends Ctrl+C to the child too, which says goodbye itself
            continue
        sys.exit(code)
