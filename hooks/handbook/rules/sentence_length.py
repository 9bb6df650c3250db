"""Long sentences: one that nobody can read in a breath is a mistake, the longest of the others are named as a hint."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.diagnostics import Diagnostic
from handbook.rules.context import Context
from handbook.rules.texts import BLANK, Block, Text, blocks

LONGEST = 120
"""Characters, citations and markup left out."""
NOTICED = 90
MOST_NOTES = 5
_STOP = re.compile("[。！？\n]")
_SENTENCE = re.compile("[^。！？\n|]+[。！？]?")
_PLACEHOLDER = re.compile("【(?:待填|指标)：[^】]*】")
_ITEM = re.compile(r"[\s>]*(?:[-*+#]+|\d+[.)])\s+")


def long_sentences(block: Block) -> Iterator[tuple[Text, int, int]]:
    """Give the sentences of a block with more than `NOTICED` characters: text, offset, length."""
    if all(len(piece) < NOTICED for piece in _STOP.split(block.whole)):
        return
    for text in block.texts():
        if len(text.value) <= NOTICED:
            continue
        for match in _SENTENCE.finditer(text.value):
            begin = _ITEM.match(match[0])
            plain = _PLACEHOLDER.sub("【】", match[0][begin.end() :] if begin else match[0])
            length = len(plain.replace(BLANK, "").replace("*", "").strip())
            if length > NOTICED:
                yield text, match.start(), length


def too_long(context: Context, text: Text, offset: int, length: int) -> Diagnostic:
    """Give the mistake of a sentence over `LONGEST`."""
    return text.say(context, offset, f"这一句有 {length} 字，超过 {LONGEST} 字", "请拆成两句以上，一句只说一件事")


def longest_sentences(context: Context) -> tuple[Diagnostic, ...]:
    """Give the longest sentences that are still allowed, as hints."""
    found = [
        (-length, text.say(context, offset, f"这一句有 {length} 字", "能拆成两句更好读"))
        for block in blocks(context)
        for text, offset, length in long_sentences(block)
        if length <= LONGEST
    ]
    return tuple(hint for _, hint in sorted(found)[:MOST_NOTES])
