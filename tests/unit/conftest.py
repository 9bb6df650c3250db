"""What tests of single doors share."""

import importlib
import shutil
from pathlib import Path

import pytest

import _bootstrap

BASE = Path(__file__).parents[1] / "golden" / "base"


@pytest.fixture
def open_door(tmp_path, monkeypatch, capsys):
    """Open a door on a copy of the small library: a function that gives its exit code, what it printed and what it said."""
    shutil.copytree(BASE / "docs", tmp_path / "docs")
    monkeypatch.setattr(_bootstrap, "PROJECT", tmp_path)
    monkeypatch.setattr(_bootstrap, "enter", lambda _name: None)
    monkeypatch.setattr(_bootstrap, "prepare", lambda: None)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782871200")  # 2026-07-01 10:00 in +08:00

    def of(name):
        script = importlib.import_module(name)

        def run(*arguments):
            try:
                code = script.main(arguments)
            except SystemExit as stop:
                code = stop.code
            said = capsys.readouterr()
            return code, said.out, said.err

        run.project = tmp_path
        return run

    return of
