"""Sentences, the pieces of them that have brackets of their own, and brackets that do not close."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.rules.wording import TELLS

_PIECE = re.compile(r"([^〔]*)((?:〔[^〕]*〕\s*)+)([。！？]?)")
_BRACKETS = re.compile("〔[^〕]*〕")
_SENTENCE = re.compile(r"(?:〔[^〕]*〕|[^。！？\n〔])+(?:[。！？](?:\s*〔[^〕]*〕)*)?")
_AHEAD = re.compile("(?:^|[，；：。])(?:根据|按照|依照|依据|遵照|按|据|依)$")


def without_brackets(text: str) -> str:
    """Give a text without its brackets."""
    return _BRACKETS.sub("", text)


def told(text: str) -> str:
    """Give what a text says without brackets and without the name of the regulation in front of it."""
    return TELLS.sub("", without_brackets(text)) if "《" in text else without_brackets(text)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield start and text of each sentence; 〔citations〕 that follow a full stop stay with the sentence before it."""
    for match in _SENTENCE.finditer(text):
        if match[0].strip():
            yield match.start(), match[0]


def cited_pieces(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield text and brackets of each piece of a sentence that has brackets of its own in the middle.

    X〔A〕，Y〔B〕。: each bracket covers what stands before it; what follows the last one belongs to the last piece.
    根据〔A〕X，根据〔B〕Y。: each covers what stands after it.
    """
    if "〔" not in sentence:
        yield sentence, ""
        return
    pieces = _PIECE.findall(sentence)
    rest = sentence[sum(len(a) + len(b) + len(c) for a, b, c in pieces) :]
    if not pieces:
        yield sentence, ""
    elif _AHEAD.search(pieces[0][0]):
        followed = [text for text, _, _ in pieces[1:]] + [rest]
        for (_, brackets, stop), text in zip(pieces, followed, strict=True):
            yield stop + text, brackets
    else:
        for index, (text, brackets, stop) in enumerate(pieces):
            tail = rest if index == len(pieces) - 1 else ""
            yield text + stop + tail, brackets


def unpaired(text: str) -> int | None:
    """Give the place of the first 〔 or 〕 that has no partner or stands inside another pair."""
    opened: int | None = None
    for match in re.finditer("[〔〕]", text):
        if match[0] == "〔":
            if opened is not None:
                return match.start()
            opened = match.start()
        elif opened is None:
            return match.start()
        else:
            opened = None
    return opened
