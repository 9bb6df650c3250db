"""The editorial rules over every text: characters, punctuation, wording, length; and how titles and summaries end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from handbook.diagnostics import Diagnostic, Place
from handbook.loading.yaml_events import KeyPath
from handbook.rules import characters, punctuation
from handbook.rules.context import Context
from handbook.rules.sentence_length import LONGEST, long_sentences, too_long
from handbook.rules.texts import Block, blocks, models
from handbook.rules.walk import walk
from handbook.rules.word_choice import WordChoice

_MOST = 5
"""Slips of one kind shown per text: a text that is full of them is mended as a whole."""
_UNSEEN = frozenset({"misnomers"})
"""Wrong names are kept as people write them."""
_TRAILING = re.compile("[，。；：、！,.;:!]$")


def texts_are_clean(context: Context) -> Iterator[Diagnostic]:
    """Look through all texts once."""
    choice = WordChoice.of(context.library.wording)
    for block in blocks(context):
        if characters.any_in(block.whole):
            yield from _characters(context, block)
        if punctuation.any_in(block.whole):
            yield from _punctuation(context, block)
        if choice.shows_up(block.whole):
            for text in block.texts():
                for offset, message, remedy in choice.wrong_words(text.value, text.at, block.names):
                    yield text.say(context, offset, message, remedy)
        for text, offset, length in long_sentences(block):
            if length > LONGEST:
                yield too_long(context, text, offset, length)


def members_are_grounded(context: Context) -> Iterator[Diagnostic]:
    """The parts of a national abbreviation rest on a clause, or say how far their wording was held against a text."""
    for term in context.library.terms.values():
        if term.members and term.tier == "national" and not term.basis and not term.verification:
            remedy = "请写明 basis；没有登记的条款可依，就写 verification: unverified，让读者看到待核"
            yield context.say(f"terms/{term.id}", ("members",), "写了组成部分，却没有依据，也没有核验状态", remedy)


def ends_are_right(context: Context) -> Iterator[Diagnostic]:
    """Check that titles end without a mark, summaries with a full stop, and the note on the division without one."""
    for name, model in models(context):
        if _looks_wrong(model):
            for at, value in walk(model):
                if isinstance(value, str):
                    yield from _end(context, name, at, value)
    for page in context.reading.markdown.values():
        for _, title, number in page.headings:
            if _TRAILING.search(title):
                yield Diagnostic(Place(page.path, number), "(标题)", f"标题末尾有标点 {title[-1]}", "请删去")


def _looks_wrong(value: object) -> bool:
    """Tell whether some end inside a model is wrong: only then its key paths are made."""
    if isinstance(value, tuple):
        return any(_looks_wrong(item) for item in value if not isinstance(item, str))
    if not isinstance(value, BaseModel):
        return False
    return any(
        _problem(field, item) is not None if isinstance(item, str) else bool(item) and _looks_wrong(item)
        for field, item in value.__dict__.items()
    )


def _problem(field: str | int, value: str) -> tuple[str, str] | None:
    if field == "title" and _TRAILING.search(value):
        return f"标题末尾有标点 {value[-1]}", "请删去"
    if field == "summary" and not value.endswith(("。", "？", "！")):
        return "一句话说明没有用句号收尾", "请在末尾加上 。"
    if field == "division" and value.endswith("。"):
        return "划分说明末尾有句号", "请删去：页面会把它接在别的话后面"
    return None


def _end(context: Context, name: str, at: KeyPath, value: str) -> Iterator[Diagnostic]:
    problem = _problem(at[-1] if at else "", value)
    if problem:
        yield context.say(name, at, *problem)


def _characters(context: Context, block: Block) -> Iterator[Diagnostic]:
    for text in block.texts():
        for offset, message, remedy in list(characters.look_alikes(text.value))[:_MOST]:
            yield text.say(context, offset, message, remedy)


def _punctuation(context: Context, block: Block) -> Iterator[Diagnostic]:
    for text in block.texts():
        if not _UNSEEN.isdisjoint(map(str, text.at)):
            continue
        found = [*punctuation.slips(text.value), *punctuation.single_marks(text.value)]
        for offset, message, remedy in found[:_MOST]:
            yield text.say(context, offset, message, remedy)
