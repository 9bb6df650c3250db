"""A document as a Word file laid out by GB/T 9704-2012.

The text is laid out by `docx_layout` and written by `docx_xml`; the parts around it are readable XML (``docx_parts``)
filled by Jinja. This module packs them. The numbers are in `gbt9704`.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from xml.parsers import expat

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handbook.composition.document import Document, title_text
from handbook.renderers.docx_layout import lay_out
from handbook.renderers.docx_shapes import Body, Footers
from handbook.renderers.docx_xml import document_xml
from handbook.renderers.gbt9704 import PROFILE
from handbook.renderers.office import clean, in_utc, stored_zip

_PARTS = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "docx_parts", encoding="utf-8"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_THEME = re.compile(rb"w:(?:ascii|hAnsi|eastAsia|cs)(?:Theme|theme)=|<a:theme")
_FOOTERS = (
    ("footer1.xml", "rId4", "footer.xml", "right", ("numbers", "letter")),
    ("footer2.xml", "rId5", "footer.xml", "left", ("numbers", "letter")),
    ("footer3.xml", "rId7", "footer_turned.xml", "right", ("turned",)),
    ("footer4.xml", "rId8", "footer_turned.xml", "left", ("turned",)),
    ("footer5.xml", "rId9", "footer_empty.xml", "", ("empty",)),
    ("footer6.xml", "rId10", "footer_letter.xml", "", ("letter",)),
)
"""Part, relationship, template, side of the number, and for which kinds of sections it is there."""


def render_docx(document: Document, *, stamp: str) -> bytes:
    """Give the bytes of the ``.docx``. `stamp` (ISO; without a zone it is +08:00) is when it says it was made."""
    body = lay_out(document)
    glossary = bool(body.placeholders)
    used = _used(body.footers())
    moment = in_utc(dt.datetime.fromisoformat(stamp))
    parts = [
        ("[Content_Types].xml", _frame("content_types.xml", used, glossary=glossary)),
        ("_rels/.rels", _fixed("package_rels.xml")),
        ("word/document.xml", sound("word/document.xml", document_xml(body))),
        ("word/_rels/document.xml.rels", _frame("document_rels.xml", used, glossary=glossary)),
        ("word/styles.xml", _fixed("styles.xml")),
        ("word/settings.xml", _fixed("settings.xml")),
        ("word/fontTable.xml", _fixed("font_table.xml")),
        *((f"word/{name}", _footer(source, side)) for name, _, source, side, _ in _FOOTERS if name in used),
        *(_glossary(body) if glossary else ()),
        ("docProps/core.xml", _core(document, moment.strftime("%Y-%m-%dT%H:%M:%SZ"))),
        ("docProps/app.xml", _fixed("app.xml")),
        ("docProps/custom.xml", _custom(document)),
    ]
    return stored_zip(parts)


def sound(name: str, xml: str) -> bytes:
    """Give the bytes of a part, having made sure here, not in Word, that it is well formed."""
    data = xml.encode()
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)  # noqa: FBT003  (the parser takes it so only)
    except expat.ExpatError as error:
        raise ValueError(f"{name} is not well-formed: {error}") from error
    return data


def _used(kinds: frozenset[Footers]) -> tuple[str, ...]:
    return tuple(name for name, *_, sections in _FOOTERS if kinds.intersection(sections))


def _render(source: str, **context: object) -> bytes:
    return sound(source, _PARTS.get_template(source).render(p=PROFILE, **context))


@cache
def _fixed(source: str) -> bytes:
    """Render a part that is the same in every file; none may leave its fonts to a theme, which beats their names."""
    data = _render(source)
    if found := _THEME.search(data):
        raise ValueError(f"docx_parts/{source}: {found[0].decode()} leaves the font to a theme; name the font itself")
    return data


@cache
def _footer(source: str, side: str) -> bytes:
    return _render(source, side=side)


@cache
def _frame(source: str, used: tuple[str, ...], *, glossary: bool) -> bytes:
    """Render a part that lists the others."""
    footers = [(name, relation) for name, relation, *_ in _FOOTERS if name in used]
    return _render(source, footers=footers, glossary=glossary)


def _glossary(body: Body) -> tuple[tuple[str, bytes], ...]:
    return (
        ("word/glossary/document.xml", _render("glossary.xml", placeholders=body.placeholders)),
        ("word/glossary/_rels/document.xml.rels", _fixed("glossary_rels.xml")),
        ("word/glossary/styles.xml", _fixed("styles.xml")),
    )


def _core(document: Document, stamp: str) -> bytes:
    return _render(
        "core.xml",
        title=clean(title_text(document)),
        subject=clean(document.subject),
        keywords=clean("；".join(document.keywords)),
        stamp=stamp,
    )


def _custom(document: Document) -> bytes:
    """Render what traces a file back to its page and tells an old copy from a current one."""
    properties = (
        ("TemplateId", document.template),
        ("TemplateVersion", document.version),
        ("RuleVersion", document.rules),
        ("Freshness", document.freshness),
    )
    return _render("custom.xml", properties=[(name, clean(value)) for name, value in properties if value])
