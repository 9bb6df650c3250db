"""All diagnostics of a project, without building anything."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from handbook.diagnostics import DataError, Diagnostic
from handbook.use_cases.prepare import prepare


def check(project: Path, on: dt.date) -> tuple[Diagnostic, ...]:
    """Give every mistake in the project's ``docs/``; empty when there is none."""
    try:
        prepare(project / "docs", project, on)
    except DataError as error:
        return error.diagnostics
    return ()
