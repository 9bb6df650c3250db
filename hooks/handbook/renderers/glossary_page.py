"""The glossary: an index of all names by letter on one light page, and the full entries on one page for each letter.

Five hundred entries with their clauses are far too heavy for one view. The index keeps the permanent anchors
``glossary/index.html#<term>``; each line leads to the entry, and with a script opens the explanation on the spot.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from handbook.composition.site import Site
from handbook.model.glossary import Term
from handbook.renderers.press import Page, Press
from handbook.renderers.templating import render
from handbook.renderers.term_reading import SIGNS, entry_address, letter, order, toned
from handbook.renderers.to_terms import UNEXPLAINED
from handbook.renderers.view import View

Groups = tuple[tuple[str, tuple[Term, ...]], ...]


def glossary(view: View) -> str:
    """Give the index: names by the first letter of their pinyin, with a box to narrow them down."""
    groups = _groups(view.site)
    numeric = [term for _, terms in groups for term in terms if term.members]
    letters = [(f"#letter-{key}", _name(key)) for key, _ in groups]
    blocks = [render("terms_top.html", view=view, letters=letters, numeric=numeric)]
    for key, terms in groups:
        blocks.append(f"## {_name(key)} {{#letter-{key}}}")
        blocks.append(render("terms_index.html", view=view, terms=[(term, entry_address(term)) for term in terms]))
    return "\n\n".join(blocks)


def letter_pages(press: Press) -> Iterator[Page]:
    """Give the full entries, one page for each letter."""
    groups = _groups(press.site)
    for key, terms in groups:
        uri = f"glossary/letter-{key}.md"
        view = press.view(uri)
        title = f"{_name(key)}开头的术语" if key != SIGNS else "数字开头的术语"
        summary = f"{len(terms)}个术语的含义、依据和别名，按拼音排列。"
        letters = [(view.href(f"glossary/letter-{other}.html"), _name(other)) for other, _ in groups if other != key]
        entries = [(term, toned(term)) for term in terms]
        body = render(
            "terms.html", view=view, entries=entries, unexplained=UNEXPLAINED, letters=letters, summary=summary
        )
        yield Page(uri, title, summary, f"# {title}\n\n{body}\n", "_data/terms")


def _groups(site: Site) -> Groups:
    """Give the terms by letter, in the order of their pinyin."""
    ordered = sorted(site.library.terms.values(), key=order)
    ordered.sort(key=lambda term: letter(term) != SIGNS)  # digits first, as in any index
    return tuple((key, tuple(terms)) for key, terms in groupby(ordered, key=letter))


def _name(key: str) -> str:
    return "数字" if key == SIGNS else key.upper()
