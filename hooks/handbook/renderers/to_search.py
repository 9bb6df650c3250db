"""Renders the two data files of the handbook's own search.

``search-core.js`` holds titles, aliases, pinyin and traditional characters: small, it answers first. ``search-body.js``
holds heading and text of every section. Both are classic scripts that assign one global, so that they load from
``file://`` as well. The page names them by content hash; here are only the bytes.

Pinyin and traditional characters are tables of pypinyin and OpenCC, made at build time and published: no dictionary
runs in the browser. Both libraries load slowly and are imported only when an index is really rendered.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from handbook.model.glossary import SearchWords, Synonyms

VERSION = 2
"""Shape of the data; the script of the same build reads it."""

_HAN = ("\u4e00", "\u9fff")
_NARROW = {code: code - 0xFEE0 for span in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
           for code in range(span[0], span[1] + 1)}  # fmt: skip
"""Full-width digits and letters to half-width: queries are folded the same way."""


@dataclass(frozen=True, slots=True)
class SearchSection:
    """A place of a page that a hit may open: a step, an article, a table of fields, a term."""

    anchor: str
    """HTML id, empty for the top of the page."""
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page as search sees it."""

    url: str
    """Address relative to the root of the site."""
    title: str
    kind: str
    """In Chinese; results are grouped by it, and the weights of `SearchWords` go by it."""
    alias: tuple[str, ...]
    badge: str
    """Tier or status in a word (``单位做法``, ``已废止``), empty where there is nothing to say."""
    sections: tuple[SearchSection, ...]


def render_search(pages: Sequence[SearchPage], words: SearchWords, synonyms: Synonyms) -> tuple[bytes, bytes]:
    """Give the bytes of ``search-core.js`` and ``search-body.js``.

    The order of the pages decides between equal scores, so the caller passes them in a settled order.
    """
    sections = [section for page in pages for section in page.sections]
    anchors = _lines(section.anchor for section in sections)
    heads = _lines(section.heading for section in sections)
    texts = _lines(section.text for section in sections)
    used = frozenset("".join([heads, texts, *(name for page in pages for name in (page.title, *page.alias))]))
    kinds = sorted({page.kind for page in pages})
    core = {
        "version": VERSION,
        "kinds": kinds,
        "homes": _homes(pages, kinds),
        "pages": [[p.url, _line(p.title), kinds.index(p.kind), p.badge, *map(_line, p.alias)] for p in pages],
        "odd": _odd_readings({_line(name) for page in pages for name in (page.title, *page.alias)}),
        "syllables": _syllables(used),
        "traditional": "".join(old + new for old, new in _traditional() if new in used and old not in used),
        "prior": {kind: float(weight) for kind, weight in words.prior.items()},
        "asks": words.asks,
        "synonyms": synonyms.groups,
    }
    body = {
        "version": VERSION,
        "counts": [len(page.sections) for page in pages],
        "anchors": anchors,
        "heads": heads,
        "texts": texts,
    }
    return as_script("HANDBOOK_SEARCH_CORE", core), as_script("HANDBOOK_SEARCH_BODY", body)


def _line(text: str) -> str:
    """Give the text on one line: a break inside it would shift every section after it."""
    return " ".join(text.split()).translate(_NARROW)


def _lines(values: Iterable[str]) -> str:
    return "\n".join(map(_line, values))


def _homes(pages: Sequence[SearchPage], kinds: Sequence[str]) -> list[str]:
    """Give, per kind, the index page of the folder where most of its pages are; empty where there is none."""
    urls = {page.url for page in pages}
    homes = []
    for kind in kinds:
        folders = Counter(page.url.rpartition("/")[0] for page in pages if page.kind == kind)
        folder = min(folders, key=lambda name: (-folders[name], name))
        home = f"{folder}/index.html"
        homes.append(home if folder and home in urls else "")
    return homes


def _is_han(character: str) -> bool:
    return _HAN[0] <= character <= _HAN[1]


@lru_cache(maxsize=1)
def _gb2312() -> tuple[str, ...]:
    """Give the 6763 characters of GB 2312: what a misspelling is most likely made of."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return tuple(character for code in codes if (character := code.decode("gb2312", "ignore")))


@cache
def _syllable(character: str) -> str:
    """Give the commonest reading of a character without tone, ``lv`` for lü; empty where none is known."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - slow to load

    reading = pinyin(character, style=Style.NORMAL, errors="ignore")
    return str(reading[0][0]).replace("ü", "v") if reading else ""


def _syllables(used: frozenset[str]) -> dict[str, str]:
    """Give syllable → characters read so, one reading each: serves pinyin input and homophones alike."""
    common = _gb2312()
    table: dict[str, list[str]] = {}
    for character in (*common, *sorted(filter(_is_han, used.difference(common)))):
        if syllable := _syllable(character):
            table.setdefault(syllable, []).append(character)
    return {syllable: "".join(table[syllable]) for syllable in sorted(table)}


@cache
def _in_context(name: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - slow to load

    return tuple(syllable.replace("ü", "v") for syllable in lazy_pinyin(name))


def _odd_readings(names: set[str]) -> dict[str, tuple[str, ...]]:
    """Give the names whose reading in context differs from the table of single characters (双重, 调查, 会计)."""
    odd = {}
    for name in sorted(names):
        han = "".join(character for character in name if _is_han(character) and _syllable(character))
        reading = _in_context(han)
        if len(reading) == len(han) and reading != tuple(map(_syllable, han)):
            odd[name] = reading
    return odd


@lru_cache(maxsize=1)
def _traditional() -> tuple[tuple[str, str], ...]:
    """Give all pairs of a traditional character and the one simplified character it becomes."""
    from opencc import OpenCC  # noqa: PLC0415 - slow to load

    convert = OpenCC("t2s").convert
    every = [chr(code) for code in range(ord(_HAN[0]), ord(_HAN[1]) + 1)]
    # Lines keep phrase rules from joining neighbours, and one call is far cheaper than twenty thousand.
    simple = str(convert("\n".join(every))).split("\n")
    return tuple((old, new) for old, new in zip(every, simple, strict=True) if old != new and len(new) == 1)


def as_script(name: str, value: object) -> bytes:
    """Give ``window.NAME=JSON.parse("…")``: faster to load than an object literal, and it cannot carry markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    literal = json.dumps(text, ensure_ascii=False)
    for plain, escaped in (("</", "<\\/"), ("<!--", "<\\u0021--"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        literal = literal.replace(plain, escaped)
    return f"window.{name}=JSON.parse({literal});\n".encode()
