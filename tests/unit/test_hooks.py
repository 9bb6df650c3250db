"""The hook files are thin, are called by MkDocs as they expect, and shadow nobody else's module."""

from __future__ import annotations

import ast
import datetime as dt
import importlib.metadata
import importlib.util
import inspect
import sys
from pathlib import Path

import pytest
import yaml
from mkdocs import plugins

PROJECT = Path(__file__).resolve().parents[2]
HOOKS = PROJECT / "hooks"
FILES = sorted(HOOKS.glob("*.py"))
LONGEST = 80
"""Lines of a hook file: more belongs into the core."""
LONGER = {"publish_library": 100}
"""Its two events share what the site consists of, pages, files and style sheets, and each needs MkDocs' own classes."""


def load(path: Path):
    """Execute a hook file under a name of its own, as MkDocs does."""
    spec = importlib.util.spec_from_file_location(f"hook_under_test_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def configured() -> dict:
    """mkdocs.yml as plain text values: its own tags mean nothing here."""
    return yaml.load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


def parameters() -> dict[str, set[str]]:
    """What MkDocs hands to each event. It deletes these methods once they are defined, so they are read from its source."""
    tree = ast.parse(inspect.getsource(plugins))
    (base,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "BasePlugin")
    methods = [node for node in ast.walk(base) if isinstance(node, ast.FunctionDef) and node.name.startswith("on_")]
    return {
        method.name: {argument.arg for argument in ast.walk(method.args) if isinstance(argument, ast.arg)}
        for method in methods
    }


def events_of(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("on_")]


def test_three_or_four_hooks_and_all_of_them_configured() -> None:
    assert 3 <= len(FILES) <= 4
    assert sorted(configured()["hooks"]) == [f"hooks/{path.name}" for path in FILES]


def test_no_plugin_but_the_hooks() -> None:
    assert configured()["plugins"] in ([], "[]")


@pytest.mark.parametrize("name", [*(path.stem for path in FILES), "handbook"])
def test_no_name_is_taken(name: str) -> None:
    """A hook becomes a top-level module for the length of a build, and its folder comes first on the path."""
    assert name not in sys.stdlib_module_names
    assert name not in importlib.metadata.packages_distributions()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_hook_is_thin(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGER.get(path.stem, LONGEST)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_called_on_something_is_an_event_with_its_own_parameters(path: Path) -> None:
    """MkDocs passes arguments by name and ignores a function whose name it does not know."""
    module = load(path)
    names = events_of(path)
    assert names
    for name in names:
        assert name.removeprefix("on_") in plugins.EVENTS
        assert set(inspect.signature(getattr(module, name)).parameters) <= parameters()[name]


def test_an_event_has_one_hook() -> None:
    names = [name for path in FILES for name in events_of(path)]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        ("1795233600", dt.date(2026, 11, 21)),
        ("1767196799", dt.date(2025, 12, 31)),
        ("1767196800", dt.date(2026, 1, 1)),
        ("1767225600", dt.date(2026, 1, 1)),
    ],
)
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_the_date_of_a_build_is_that_of_beijing(epoch: str, day: dt.date, zone: str, monkeypatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    monkeypatch.setenv("TZ", zone)
    assert load(HOOKS / "load_library.py").build_date() == day
