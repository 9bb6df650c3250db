"""The core stays a core: imports point down only, and nothing in it knows MkDocs, a clock, the network or where it runs."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
HOOKS = PROJECT / "hooks"
CORE = HOOKS / "handbook"
ROOMS = ("use_cases", "renderers", "composition", "rules", "loading", "model", "diagnostics")
"""From the top down: a room may import itself and what stands after it."""
ENGINES = ("mkdocs", "material", "mkdocs_material", "properdocs", "zensical", "markdown", "pymdownx")
OUTSIDE = (
    "socket",
    "ssl",
    "urllib",
    "http",
    "ftplib",
    "smtplib",
    "asyncio",
    "requests",
    "subprocess",
    "multiprocessing",
)
CLOCKS = ("time", "random", "secrets", "uuid", "locale", "tempfile", "getpass", "platform")
PACKAGES = (
    "pydantic",
    "pydantic_core",
    "yaml",
    "jinja2",
    "markupsafe",
    "xlsxwriter",
    "icalendar",
    "pypinyin",
    "opencc",
)
"""The third-party packages that the core may know."""
FORBIDDEN_ATTRIBUTES = ("now", "utcnow", "today", "environ", "getenv", "getcwd", "cwd", "expanduser", "gettempdir")
FORBIDDEN_CALLS = ("hash", "input", "print", "eval", "exec")

MODULES = sorted(path.relative_to(HOOKS) for path in CORE.rglob("*.py"))
THIN = sorted(HOOKS.glob("*.py"))


def imported(path: Path) -> list[tuple[int, str]]:
    """Every module that a file names in an import, wherever it stands, with its line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: a relative import hides its room"
            found.append((node.lineno, node.module or ""))
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def room_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "handbook" and len(parts) > 1 and parts[1] in ROOMS else None


def named(module: Path) -> str:
    return ".".join(module.with_suffix("").parts).removesuffix(".__init__")


def test_the_rooms_are_those_of_the_design() -> None:
    folders = {path.name for path in CORE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    files = {path.stem for path in CORE.glob("*.py")} - {"__init__"}
    assert folders | files == set(ROOMS)
    assert " → ".join(ROOMS) in (CORE / "__init__.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_imports_point_down(module: Path) -> None:
    own = room_of(named(module))
    if own is None:
        assert not imported(HOOKS / module)
        return
    upward = [
        f"{module}:{line}: {name}"
        for line, name in imported(HOOKS / module)
        if (room := room_of(name)) and ROOMS.index(room) < ROOMS.index(own)
    ]
    assert upward == []


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_the_core_knows_no_engine_no_network_and_no_clock(module: Path) -> None:
    tops = {(line, name.partition(".")[0]) for line, name in imported(HOOKS / module)}
    foreign = {top for _, top in tops if top not in sys.stdlib_module_names and top not in ("handbook", *PACKAGES)}
    assert foreign == set()
    assert {top for _, top in tops} & {*ENGINES, *OUTSIDE, *CLOCKS} == set()
    tree = ast.parse((HOOKS / module).read_text(encoding="utf-8"))
    used = [
        f"{module}:{node.lineno}: .{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and (node.attr in FORBIDDEN_ATTRIBUTES or ast.unparse(node) == "Path.home")
    ]
    used += [
        f"{module}:{node.lineno}: {node.func.id}()"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS
    ]
    assert used == []


def test_yaml_is_known_to_loading_only() -> None:
    users = {room_of(named(module)) for module in MODULES if "yaml" in {name for _, name in imported(HOOKS / module)}}
    assert users <= {"loading"}


def test_only_the_thin_files_import_mkdocs() -> None:
    places = [path for folder in ("hooks", "scripts") for path in (PROJECT / folder).rglob("*.py")]
    users = {path for path in places if any(name.partition(".")[0] == "mkdocs" for _, name in imported(path))}
    assert users <= set(THIN)
    assert users, "a hook without MkDocs would be none"


def test_the_hooks_use_what_is_made_and_not_how_it_is_read() -> None:
    """They hand on pages, files and the date; models, files and rules are none of their business."""
    strangers = [
        f"{path.name}:{line}: {name}"
        for path in THIN
        for line, name in imported(path)
        if room_of(name) in ("loading", "model", "rules")
    ]
    assert strangers == []


def test_each_module_can_be_imported_first() -> None:
    """In a fresh interpreter, each time without any other module of the core: a circle would show here."""
    program = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    for loaded in [m for m in sys.modules if m.partition('.')[0] == 'handbook']:\n"
        "        del sys.modules[loaded]\n"
        "    importlib.import_module(name)\n"
        f"assert not {{m.partition('.')[0] for m in sys.modules}} & {set(ENGINES)!r}\n"
    )
    variables = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *map(named, MODULES)],
        env={**variables, "PYTHONPATH": str(HOOKS), "PYTHONUTF8": "1"},
        cwd=PROJECT.parent,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout == ""
