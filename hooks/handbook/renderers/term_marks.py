"""Terms explained in place: the first occurrence of each on a page becomes a link to its entry in the glossary.

A script (``assets/terms.js``) lets the explanation come up beside the word; without one the link leads to the entry. The
page carries only the links, the explanations come with the first word that a reader asks about.

Which names are marked: every title, and an alias of four characters or more, unless two terms share it or `SearchWords`
lists it as ordinary. Shorter aliases (联系人, 应到) mostly mean something else where they stand alone. All names, and the
ordinary words, still take their characters away from shorter ones: 党组织 holds no 党组.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from handbook.model.library import Library
from handbook.renderers.term_reading import entry_address

GLOSSARY = "glossary/"
CLASS = "hb-term"
Tree = dict[str, "Tree"]
MOST = 20
"""Marks on one page: more would make a page look like a list of links."""
SHORTEST_ALIAS = 4

_SKIPPED = frozenset(
    [
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "code",
        "pre",
        "button",
        "label",
        "select",
        "textarea",
        "script",
        "style",
        "svg",
        "summary",
        "th",
        "dt",
        "caption",
        "figcaption",
        "mark",
        "nav",
        "legend",
        "sup",
        "title",
    ]
)
"""Elements in which nothing is marked: headings, what is pressed or filled in, what names something else."""
_BLOCKS = frozenset(
    [
        "p",
        "li",
        "dd",
        "td",
        "div",
        "section",
        "article",
        "blockquote",
        "details",
        "aside",
        "tr",
        "ul",
        "ol",
        "dl",
        "table",
        "figure",
    ]
)
_SKIPPED_CLASSES = re.compile(
    r'\bclass="[^"]*\bhb-(?:sheet|status|flow|run|tasks|files|line|acts|noprint|tier|mark|role|strength|clause|fig'
    r"|state|choose|terms|year|az|foot|views)(?![\w-])"
)
"""Parts that are chips, controls, lists of links or the picture of a document."""

_ELEMENT = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")


@dataclass(frozen=True)
class TermMarks:
    """Marks the terms of one library in finished HTML."""

    library: Library

    def mark(self, html: str, page: str, title: str, alias: Iterable[str] = ()) -> str:
        """Give the HTML of a page's content with its terms marked; what the page is about stays unmarked."""
        if page.startswith(GLOSSARY) or not self._ids:
            return html
        about = self._about(title, alias)
        marks = _marked(html, self._pattern, self._ids, about)
        return "".join(self._link(*piece, page) if isinstance(piece, tuple) else piece for piece in marks)

    def _link(self, ident: str, name: str, page: str) -> str:
        up = "../" * page.count("/")
        return f'<a class="{CLASS}" href="{up}{self._addresses[ident]}">{name}</a>'

    @cached_property
    def _addresses(self) -> Mapping[str, str]:
        return {term.id: entry_address(term) for term in self.library.terms.values()}

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """Names that are marked, and the id of their term."""
        terms = self.library.terms.values()
        owners = Counter(name for term in terms for name in {term.title, *term.alias})
        titles = {term.title for term in terms}
        ordinary = frozenset(self.library.words.ordinary)
        found: dict[str, str] = {}
        for term in terms:
            if len(term.title) > 1:
                found.setdefault(term.title, term.id)
            for name in term.alias:
                if len(name) >= SHORTEST_ALIAS and owners[name] == 1 and name not in titles:
                    found[name] = term.id
        return {name: ident for name, ident in found.items() if name not in ordinary and not _has_markup(name)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """A tag, the name of a document, or the longest name that begins here."""
        names = {name for term in self.library.terms.values() for name in (term.title, *term.alias)}
        names |= set(self.library.words.ordinary)
        known = _longest(name for name in names if len(name) > 1 and not _has_markup(name))
        return re.compile("|".join(("<[^>]*>", "《[^《》<]*》", *known)))

    def _about(self, title: str, alias: Iterable[str]) -> frozenset[str]:
        """Give the ids of terms that the page itself explains."""
        own = {title, *alias}
        return frozenset(
            term.id
            for term in self.library.terms.values()
            if term.title in title or not own.isdisjoint((term.title, *term.alias))
        )


def _marked(
    html: str, pattern: re.Pattern[str], ids: Mapping[str, str], about: frozenset[str]
) -> Iterable[str | tuple[str, str]]:
    """Give the pieces of the page, id and name where a mark stands: one at most in a block, and one for each term."""
    used = set(about)
    room = MOST
    free = True  # no mark in this block yet
    written = at = 0
    search = pattern.search
    while room and (match := search(html, at)):
        token, begin, at = match[0], match.start(), match.end()
        if token[0] == "<":
            name = _element(token)
            if name in _BLOCKS:
                free = True
            if token[1] != "/":
                at = _behind(html, at, token, name)
            continue
        if token[0] == "《":
            token, begin = token[1:-1], begin + 1
        ident = ids.get(token)
        end = begin + len(token)
        if ident is None or ident in used or not free or (html[begin - 1] == ">" and html[end : end + 1] == "<"):
            continue
        yield html[written:begin]
        yield ident, token
        written = end
        used.add(ident)
        free = False
        room -= 1
    yield html[written:]


def _element(tag: str) -> str:
    match = _ELEMENT.match(tag)
    return match[1].lower() if match else ""


def _behind(html: str, at: int, tag: str, name: str) -> int:
    """Give where reading goes on after an opening tag: behind the element when nothing in it is marked."""
    if tag.startswith("<!--"):
        end = html.find("-->", at - 1)
        return at if end < 0 or tag.endswith("-->") else end + 3
    if name not in _SKIPPED and not (name and " class=" in tag and _SKIPPED_CLASSES.search(tag)):
        return at
    depth = 1
    for other in re.compile(rf"<(/?){name}\b[^>]*>").finditer(html, at):
        depth += -1 if other[1] else 1
        if not depth:
            return other.end()
    return at


def _has_markup(name: str) -> bool:
    return any(sign in name for sign in "<>&《》")


def _longest(names: Iterable[str]) -> list[str]:
    """Give alternatives that together take the longest of the names: a tree of characters, one alternative for each first.

    Each begins with a plain character, so that the pattern machine looks for those and stops nowhere else.
    """
    tree: Tree = {}
    for name in names:
        here = tree
        for character in name:
            here = here.setdefault(character, {})
        here[""] = {}
    return [re.escape(character) + _branches(rest) for character, rest in sorted(tree.items())]


def _branches(tree: Tree) -> str:
    parts = [re.escape(character) + _branches(rest) for character, rest in sorted(tree.items()) if character]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)}){'?' if '' in tree else ''}"
