"""Words that the handbook does not use (``wording.yml``): wrong names, past campaigns, typing errors, empty phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.diagnostics import Diagnostic
from handbook.loading.yaml_events import KeyPath
from handbook.model.wording import Wording, Wordings
from handbook.rules.context import Context

_PLACES: Mapping[str, frozenset[str]] = {
    "mistakes": frozenset({"wrong", "mistakes", "traps", "flaws"}),
    "history": frozenset({"notices", "history", "differences", "notes"}),
}
"""Keys under which a text tells about mistakes, or about what was before."""
_NAMES = frozenset({"alias", "misnomers"})
_STOPS = "。！？\n"
_LONGEST_QUOTE = 40


@dataclass(frozen=True, slots=True)
class WordChoice:
    """The list, ready to be looked for."""

    pattern: re.Pattern[str] | None
    entries: Mapping[str, Wording]
    """By wrong wording; right ones that hold a wrong one are in the pattern only, and take its characters away."""

    @classmethod
    def of(cls, wordings: Wordings) -> WordChoice:
        """Make it ready."""
        entries = {wrong: entry for entry in wordings.wording for wrong in entry.wrong}
        words = {*entries, *(word for entry in wordings.wording for word in entry.inside)}
        if not entries:
            return cls(None, {})
        longest_first = sorted(words, key=lambda word: (-len(word), word))
        return cls(re.compile("|".join(map(re.escape, longest_first))), entries)

    def shows_up(self, text: str) -> bool:
        """Tell whether a text holds any of them, rightly or not."""
        return self.pattern is not None and self.pattern.search(text) is not None

    def wrong_words(self, text: str, at: KeyPath, names: frozenset[str]) -> Iterator[tuple[int, str, str]]:
        """Give offset, message and remedy of each that may not stand here; `names` are those of the page or term."""
        if self.pattern is None or not _NAMES.isdisjoint(map(str, at)):
            return
        for match in self.pattern.finditer(text):
            entry = self.entries.get(match[0])
            if entry and not _may_stand(entry, match, at, names):
                yield match.start(), f"不用“{match[0]}”：{entry.why}", f"请改为：{entry.right}"


def wording_is_sound(context: Context) -> Iterator[Diagnostic]:
    """Check the list itself: no wording twice, no remedy that holds what it mends."""
    choice = WordChoice.of(context.library.wording)
    seen: dict[str, int] = {}
    for index, entry in enumerate(context.library.wording.wording):
        for position, wrong in enumerate(entry.wrong):
            first = seen.setdefault(wrong, index)
            if first != index:
                line = context.source("wording").value("wording", first).line
                at: KeyPath = ("wording", index, "wrong", position)
                yield context.say("wording", at, f"“{wrong}”已经列过", f"第 {line} 行已有，请删去一处")
        for _, message, _ in choice.wrong_words(entry.right, (), frozenset()):
            at = ("wording", index, "right")
            yield context.say(
                "wording", at, f"改法里又有不用的词（{message}）", "请换一种改法，或把较长的正确写法列进 inside"
            )


def _may_stand(entry: Wording, match: re.Match[str], at: KeyPath, names: frozenset[str]) -> bool:
    if any(match[0] in name for name in names):
        return True
    keys = {str(part) for part in at}
    if any(not _PLACES[place].isdisjoint(keys) for place in entry.allowed if place in _PLACES):
        return True
    text = match.string
    if "quoted" in entry.allowed and _within(text, match, "“", "”"):
        return True
    if "titled" in entry.allowed and _within(text, match, "《", "》"):
        return True
    return bool(entry.beside) and any(word in _sentence(text, match) for word in entry.beside)


def _within(text: str, match: re.Match[str], left: str, right: str) -> bool:
    start = max(0, match.start() - _LONGEST_QUOTE)
    before = text[start : match.start()]
    after = text[match.end() : match.end() + _LONGEST_QUOTE]
    return before.rfind(left) > before.rfind(right) and right in after


def _sentence(text: str, match: re.Match[str]) -> str:
    start = max(text.rfind(stop, 0, match.start()) for stop in _STOPS) + 1
    ends = [end for stop in _STOPS if (end := text.find(stop, match.end())) >= 0]
    return text[start : min(ends, default=len(text))]
