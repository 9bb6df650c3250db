"""The content controls of one file: numbers that never change with a label, and what they show while empty."""

from __future__ import annotations

import hashlib

from handbook.composition.document import FigureRef, Inlines, Todo
from handbook.renderers.docx_shapes import Control, Part, Placeholder
from handbook.renderers.office import clean

LONGEST_NAME = 64
"""Word refuses a file whose control has a longer title or tag."""
_LARGEST = 0x7FFFFFFF


_OPEN = "【待填"
"""Whoever searches a file for it must find every place, and only places."""


class Controls:
    """Makes the controls of one file and remembers them."""

    def __init__(self) -> None:
        self.placeholders: dict[str, Placeholder] = {}
        self._numbers: set[int] = set()
        self._seen: dict[str, int] = {}

    def parts(self, content: Inlines) -> tuple[Part, ...]:
        """Give inlines as runs and controls: neighbouring texts are joined, a figure is text here."""
        out: list[Part] = []
        for part in content:
            if isinstance(part, Todo):
                out.append(self._control(part))
                continue
            text = clean(part.text if isinstance(part, FigureRef) else part)
            if _OPEN in text:
                raise ValueError(f"a place to fill in stands in the text without a control: {text[:60]!r}")
            if out and isinstance(out[-1], str):
                out[-1] += text
            elif text:
                out.append(text)
        return tuple(out)

    def _control(self, todo: Todo) -> Control:
        """Give the control its number from its tag and how often that occurred: rewording a label changes no number."""
        if not 0 < len(todo.id) <= LONGEST_NAME:
            raise ValueError(f"the tag of a control has 1 to {LONGEST_NAME} characters: {todo.id!r}")
        self._seen[todo.id] = self._seen.get(todo.id, 0) + 1
        digest = hashlib.sha256(f"{todo.id}#{self._seen[todo.id]}".encode()).digest()
        number = int.from_bytes(digest[:4], "big") & _LARGEST or 1
        while number in self._numbers:
            number = number % _LARGEST + 1
        self._numbers.add(number)
        options = tuple(dict.fromkeys(option for option in map(clean, todo.options) if option))
        kind = "text" if todo.kind == "choice" and not options else todo.kind
        alias = clean(todo.label).replace("\n", " ")[:LONGEST_NAME]
        shows = clean(todo.text).replace("\n", " ")
        return Control(number, clean(todo.id), alias, kind, options, self._placeholder(shows))

    def _placeholder(self, text: str) -> Placeholder:
        if text not in self.placeholders:
            name = hashlib.sha256(text.encode()).hexdigest().upper()[:32]
            guid = "{" + "-".join((name[:8], name[8:12], name[12:16], name[16:20], name[20:])) + "}"
            self.placeholders[text] = Placeholder(name, guid, text)
        return self.placeholders[text]


def shown(content: Inlines) -> str:
    """Give what the reader sees, to measure it."""
    return "".join(clean(part if isinstance(part, str) else part.text) for part in content)
