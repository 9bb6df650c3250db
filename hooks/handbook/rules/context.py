"""What every rule gets: the reading, the clauses of the day, and a short way to say what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from handbook.diagnostics import Diagnostic
from handbook.loading.read_library import Reading, Source
from handbook.loading.validate import near
from handbook.loading.yaml_events import KeyPath, key_text
from handbook.model.citation import Citation
from handbook.model.library import Library
from handbook.rules.clauses import ClauseIndex, Unresolved


@dataclass(frozen=True, slots=True)
class Context:
    """One run of the checks."""

    reading: Reading
    clauses: ClauseIndex
    on: dt.date

    @property
    def library(self) -> Library:
        """Give the library under check."""
        return self.reading.library

    def source(self, name: str) -> Source:
        """Give the source of ``section/id``."""
        return self.reading.sources[name]

    def say(self, name: str, at: KeyPath, message: str, remedy: str) -> Diagnostic:
        """Give a diagnostic at the value `at` of the object called `name`."""
        source = self.source(name)
        return Diagnostic(source.value(*at), key_text((*source.base, *at)), message, remedy)

    def unknown(self, name: str, at: KeyPath, what: str, word: str, choices: Iterable[str]) -> Diagnostic:
        """Give the diagnostic for an id that does not exist; a section nobody could read does not count as absent."""
        return self.say(name, at, f"没有编号为 {word} 的{what}", near(word, choices))

    def unread(self, section: str) -> bool:
        """Tell whether some file of this section could not be read: what it holds cannot be called absent."""
        known = self.library.of_kind(section)
        names = (name.partition("/") for name in self.reading.sources)
        return any(kind == section and ident not in known for kind, _, ident in names)

    def clause_problem(self, citation: Citation) -> Unresolved | None:
        """Say why a citation leads nowhere; silent where the regulation may stand in a file that could not be read."""
        found = self.clauses.resolve(citation)
        if not isinstance(found, Unresolved):
            return None
        return None if not self.clauses.knows(citation.short) and self.unread("regulations") else found

    def exists(self, section: str, ident: str) -> bool:
        """Tell whether ``section/ident`` has a file, even one that could not be read: its own mistakes are said there."""
        return f"{section}/{ident}" in self.reading.sources
