"""The sentences of a curated page, each with the brackets that cover it and with what says what it is about.

A bracket covers the sentence before it, or its whole list item or table cell; a cell that holds nothing but brackets
covers its row. What a short piece is about is often said elsewhere: in the row, the column's head, the item, the heading,
the question before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handbook.diagnostics import Place
from handbook.loading.pages import MarkdownPage, prose_lines
from handbook.rules.sentences import cited_pieces, sentences, unpaired, without_brackets

_ITEM = re.compile(r"[\s>]*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?")
_QUOTE = re.compile(r"(?:\s*>)*\s*")
_RULE = re.compile(r"\s*\|?[\s:|-]+\|?\s*")
_APART = re.compile(r"\s*(?:!!!|\?\?\?|===|<!--|#|\[\^?[^\]]+\]:)")
_MARKUP = re.compile(r"<[^>\u4e00-\u9fff]*>|\]\([^)]*\)|\{[^}\u4e00-\u9fff]*\}|[\[*`]|(?<=[\u4e00-\u9fff])\]")
_LITTLE = 16
"""A sentence shorter than this may need its surroundings to be understood."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of prose with the text of the brackets that cover it."""

    text: str
    brackets: str
    place: Place
    context: str
    beside: bool = False
    """Stands without brackets in a table row beside cells that have some."""
    label: bool = False
    """A cell without brackets of its own: it names something and states nothing in a whole sentence."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that belong together: a paragraph, a list item, a table cell."""

    text: str
    starts: tuple[tuple[int, int, int], ...]
    """Offset in the text, line, column of each piece of a line."""
    whole: bool
    """A bracket covers all of it."""
    covered: str = ""
    """Brackets of a cell of their own, which cover the row."""
    beside: bool = False
    """Other cells of the row have brackets: this one is a label or an example of theirs."""
    context: str = ""

    def place(self, path: str, offset: int) -> Place:
        """Give where an offset stands in the file."""
        start, line, column = self.starts[bisect_right([entry[0] for entry in self.starts], offset) - 1]
        return Place(path, line, column + offset - start)


def pieces_of(page: MarkdownPage) -> Iterator[Piece]:
    """Give the pieces of a page, in order."""
    for block in _blocks(page):
        yield from _pieces(page.path, block)


def unpaired_in(page: MarkdownPage) -> Iterator[Place]:
    """Give the places of brackets that do not close or stand inside others."""
    for block in _blocks(page):
        offset = unpaired(block.text)
        if offset is not None:
            yield block.place(page.path, offset)


def _pieces(path: str, block: _Block) -> Iterator[Piece]:
    found: list[tuple[int, str, str]] = []
    for start, sentence in sentences(block.text):
        offset = start + len(sentence) - len(sentence.lstrip())
        found += [(offset, text, brackets) for text, brackets in cited_pieces(sentence)]
    shared = "".join(brackets for _, _, brackets in found)
    separate = not block.whole or all(brackets for _, _, brackets in found)
    before = ""
    for offset, text, brackets in found:
        covering = brackets if separate else shared
        plain = plain_text(text)
        around = [block.context] if block.context else []
        if before and (before.endswith("？") or block.whole or len(plain) < _LITTLE):
            around.append(before)
        yield Piece(
            plain,
            covering or block.covered,
            block.place(path, offset),
            "，".join(around),
            block.beside,
            label=bool(block.covered),
        )
        before = plain


def plain_text(text: str) -> str:
    """Give a text without links, tags and emphasis."""
    return _MARKUP.sub("", text)


def _blocks(page: MarkdownPage) -> Iterator[_Block]:
    lines: list[tuple[int, int, str]] = []  # number, column, text of the lines of the block being read
    whole = False
    heading = ""
    table: list[tuple[int, str]] = []
    last = 0
    for number, line in prose_lines(page.body, page.body_line):
        row = line.lstrip(" >").startswith("|")
        item = _ITEM.match(line)
        apart = not line.strip(" >") or row or item or _APART.match(line) or "<!--" in line or number != last + 1
        if apart and lines:
            yield _joined(lines, heading, whole=whole)
            lines = []
        if table and not row:
            yield from _table(table, heading)
            table = []
        last = number
        if row:
            table.append((number, line))
        elif line.lstrip().startswith("#"):
            heading = line.strip("# ")
        elif not line.strip(" >") or "<!--" in line or _APART.match(line):
            continue
        else:
            begins = item or _QUOTE.match(line)
            column = begins.end() if begins else 0
            whole = whole if lines else item is not None
            lines.append((number, column, line[column:].rstrip()))
    if lines:
        yield _joined(lines, heading, whole=whole)
    yield from _table(table, heading)


def _joined(lines: Sequence[tuple[int, int, str]], heading: str, *, whole: bool) -> _Block:
    starts: list[tuple[int, int, int]] = []
    text = ""
    for number, column, line in lines:
        starts.append((len(text), number, column + 1))
        text += line
    return _Block(text, tuple(starts), whole, context=heading if len(without_brackets(text)) < _LITTLE else "")


def _table(rows: Sequence[tuple[int, str]], heading: str) -> Iterator[_Block]:
    """Cells with their row and the head of their column."""
    heads: list[str] = []
    for index, (number, line) in enumerate(rows):
        if _RULE.fullmatch(line):
            continue
        cells = list(_cells(line))
        if index + 1 < len(rows) and _RULE.fullmatch(rows[index + 1][1]) and not heads:
            heads = [text.strip() for _, text in cells]
            continue
        texts = [without_brackets(text).strip() for _, text in cells]
        lone = "".join(text.strip() for (_, text), bare in zip(cells, texts, strict=True) if not bare)
        every = "".join("".join(re.findall("〔[^〕]*〕", text)) for _, text in cells)
        for place, (column, text) in enumerate(cells):
            if not texts[place]:
                continue
            head = heads[place] if place < len(heads) else ""
            labels = [texts[at] for at in (0, place - 1) if at != place and 0 < len(texts[at]) <= _LITTLE]
            around = "，".join(dict.fromkeys(filter(None, (heading, head, *labels))))
            starts = ((0, number, column + 1),)
            yield _Block(text, starts, whole=True, covered=lone, beside=bool(every), context=plain_text(around))


def _cells(line: str) -> Iterator[tuple[int, str]]:
    position = 0
    for cell in line.split("|"):
        if cell.strip():
            yield position, cell
        position += len(cell) + 1
