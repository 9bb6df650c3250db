"""All diagnostics of a project, without building anything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from handbook.diagnostics import Diagnostic
from handbook.rules.dates import nothing_is_ahead
from handbook.rules.sentence_length import longest_sentences
from handbook.use_cases.prepare import examine


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check has to say."""

    diagnostics: tuple[Diagnostic, ...]
    """Mistakes, in order of their places."""
    notes: tuple[Diagnostic, ...]
    """Hints: nothing that must be mended."""


def check(project: Path, on: dt.date) -> tuple[Diagnostic, ...]:
    """Give every mistake in the project's ``docs/``, seen on the day `on`; empty when there is none."""
    return _in_order(examine(project / "docs", project, on).found)


def check_today(project: Path, today: dt.date) -> Checked:
    """Give mistakes and hints, and what is dated after today: only a person at work can ask that of the calendar."""
    examined = examine(project / "docs", project, today)
    found = (*examined.found, *nothing_is_ahead(examined.context, today))
    return Checked(_in_order(found), longest_sentences(examined.context))


def _in_order(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(set(found)))
