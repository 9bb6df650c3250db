"""Fill in a Word file of ours by the tags of its content controls.

The same operation runs in the browser (``docs/assets/fill.js``) and must give the same bytes, so it is string work on the
shape that `to_docx` writes, with no XML parser in between; what comes out is parsed once, to be sure of it.

What is filled loses the look of a placeholder. A text of several lines becomes paragraphs in the body, so that each
keeps its first-line indent, and line breaks elsewhere. A list's row is copied for each entry and takes the place of the
empty rows below it; what may stay empty in an entry is empty at once. Signatures are indented anew, since GB/T 9704 derives their place from the length of the words. Once
everything required is filled, optional controls left empty become empty text: nobody hands in 【待填】 by mistake.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from handbook.composition.filling import Fillable, Lists, Place, Rows, Values, example_values, fillable_form, shown
from handbook.model.form import Form
from handbook.renderers.gbt9704 import PROFILE, signature_indents
from handbook.renderers.office import stored_zip
from handbook.rules.form_values import normal, value_problem, written

MOST_ROWS = 500
"""Entries of one list."""
DOCUMENT = "word/document.xml"
_CONTROL = re.compile(r"<w:sdt><w:sdtPr>(.*?)</w:sdtPr><w:sdtContent>(.*?)</w:sdtContent></w:sdt>", re.DOTALL)
_RUN = re.compile(r'<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/>(.*?)</w:rPr>.*</w:r>', re.DOTALL)
_TAG = re.compile(r'<w:tag w:val="([^"]*)"/>')
_ID = re.compile(r'<w:id w:val="([0-9]+)"/>')
_PIECE = re.compile(r"<w:tc>|</w:tc>|<w:p>.*?</w:p>", re.DOTALL)
_SPLITS = re.compile(r'<w:p>(<w:pPr><w:pStyle w:val="GW(?:Body|Plain)"/>.*?</w:pPr>)(.*)</w:p>', re.DOTALL)
_SECTION = re.compile(r"<w:sectPr\b.*?</w:sectPr>", re.DOTALL)
_ROW = re.compile(r"\s*<w:tr>.*?</w:tr>", re.DOTALL)
_SIGNATURE = re.compile(
    r'(<w:p><w:pPr><w:pStyle w:val="GWSign"/>.*?</w:p>)(\s*)(<w:p><w:pPr><w:pStyle w:val="GWDate"/>.*?</w:p>)',
    re.DOTALL,
)
_INDENT = re.compile(r'<w:ind w:rightChars="[^"]*" w:right="[^"]*"/>')
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_DOUBLE_STOP = re.compile(
    r'[，。；：、](</w:t></w:r></w:sdtContent></w:sdt><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    r'<w:t xml:space="preserve">)(?=[，。；：、])'
)
_NO_COPIES = "抄送：。"
_FIRST_NUMBER = '<w:t xml:space="preserve">1</w:t>'


class FillError(ValueError):
    """What cannot be filled in; the message is for people."""


def fill(docx: bytes, fillable: Fillable, values: Values, lists: Lists | None = None) -> bytes:
    """Give the file with these values in it; what has no value stays 【待填】.

    Raises:
        FillError: an unknown field or list, a wrong value, or a file that is not ours; nothing has been made then.
    """
    lists = lists or {}
    if problems := tuple(entry_problems(fillable, values, lists)):
        raise FillError("；".join(problems))
    parts = _parts(docx)
    names = [name for name, _ in parts]
    if DOCUMENT not in names:
        raise FillError(f"这个文件里没有{DOCUMENT}，不是本手册的Word文件")
    xml = _Filler(fillable, values, lists).fill(dict(parts)[DOCUMENT].decode())
    _well_formed(xml)
    return stored_zip([(name, xml.encode() if name == DOCUMENT else data) for name, data in parts])


def filled_example(form: Form, docx: bytes) -> bytes:
    """Give the form's own file filled with its invented example."""
    return fill(docx, fillable_form(form), *example_values(form))


def entry_problems(fillable: Fillable, values: Values, lists: Lists) -> Iterator[str]:
    """Give everything that keeps these values from being filled in, in the words a reader sees."""
    known = {field.id: field for field in fillable.fields}
    yield from _value_problems("", known, values)
    for ident, rows in lists.items():
        found = next((item for item in fillable.lists if item.id == ident), None)
        if found is None:
            yield f"没有表“{ident}”"
            continue
        if len(rows) > MOST_ROWS:
            yield f"{found.title}有{len(rows)}行，最多{MOST_ROWS}行"
        fields = {field.id: field for field in found.fields}
        for number, row in enumerate(rows, 1):
            yield from _value_problems(f"{found.title}第{number}行", fields, row)


def _value_problems(where: str, known: Mapping[str, Place], values: Values) -> Iterator[str]:
    for ident, value in values.items():
        field = known.get(ident)
        if field is None:
            yield f"{where}没有栏目“{ident}”"
        elif problem := value_problem(field, value):
            yield f"{where}{field.label}：{problem}"


def open_places(fillable: Fillable, values: Values, lists: Lists, absent: Container[str] = ()) -> int:
    """Give how many places are still to be filled in; a list without entries is one. `absent` fields are not in the file."""
    count = sum(_lacks(field, values) for field in fillable.fields if field.id not in absent)
    for rows in fillable.lists:
        entries = written(lists.get(rows.id, ()))
        count += sum(_lacks(field, entry) for entry in entries for field in rows.fields)
        count += not entries and not rows.optional
    return count


def _lacks(field: Place, values: Values) -> bool:
    return not field.optional and not normal(values.get(field.id, ""))


class _Filler:
    """Fills one document; remembers which numbers its controls have."""

    def __init__(self, fillable: Fillable, values: Values, lists: Lists) -> None:
        self._fillable = fillable
        self._lists = lists
        self._given = values
        self._finished = False
        self._values: Values = {}
        self._numbers: set[int] = set()
        self._seen: Counter[str] = Counter()
        self._in_cell = False

    def fill(self, xml: str) -> str:
        """Give the document's XML filled in."""
        self._numbers = {int(number) for number in _ID.findall(xml)}
        self._seen = Counter(_TAG.findall(xml))
        absent = {field.id for field in self._fillable.fields if field.id not in self._seen}
        self._finished = not open_places(self._fillable, self._given, self._lists, absent)
        self._values = self._texts(self._fillable.fields, self._given)
        for rows in self._fillable.lists:
            entries = written(self._lists.get(rows.id, ()))
            if entries or self._finished:
                xml = self._list(xml, rows, entries or [{}])
        self._in_cell = False
        xml = self._sign(_PIECE.sub(self._piece, xml))
        # Who writes a whole sentence ends it; the form's own stop follows, and one of the two is enough.
        xml = _DOUBLE_STOP.sub(r"\1", xml)
        # 版记 has no line for copies that go to nobody.
        return _ROW.sub(lambda row: "" if _visible(row[0]) == _NO_COPIES else row[0], xml) if self._finished else xml

    def _texts(self, fields: Sequence[Place], values: Values) -> dict[str, str]:
        """Give the value of each field that has one; a finished document has an empty text for the others."""
        texts = {field.id: normal(values.get(field.id, "")) for field in fields}
        return {ident: text for ident, text in texts.items() if text or self._finished}

    def _list(self, xml: str, rows: Rows, entries: Sequence[Values]) -> str:
        """Copy the row with the list's fields for each entry; empty rows are kept as far as fewer came than were there."""
        tags = {field.id for field in rows.fields}
        place = next((match.start() for match in _TAG.finditer(xml) if match[1] in tags), -1)
        begin, end = xml.rfind("<w:tr>", 0, max(place, 0)), xml.find("</w:tr>", place) + len("</w:tr>")
        if place < 0 or begin < 0:
            raise FillError(f"文件里没有表“{rows.title}”的那一行，请下载最新的模板再填")
        after = xml.find("</w:tbl>", end)
        template, rest = xml[begin:end], xml[end:after]
        spare = _ROW.findall(rest)
        tail = rest[sum(map(len, spare)) :]
        made = []
        for index, entry in enumerate(entries):
            # The first row stays with the next; if its copies did too, the table could not be parted at all.
            row = template.replace("<w:keepNext/>", "") if index else template
            row = _numbered(row, index + 1) if index and rows.numbered else row
            texts = self._texts(rows.fields, entry)
            if entry:
                texts = {**{field.id: "" for field in rows.fields if field.optional}, **texts}
            made.append(self._controls(row, rows.fields, texts, copy=index > 0))
        return xml[:begin] + "\n".join(made) + "".join(spare[len(entries) - 1 :]) + tail + xml[after:]

    def _piece(self, match: re.Match[str]) -> str:
        """Fill one paragraph; cells only say where we are."""
        piece = match[0]
        if piece in ("<w:tc>", "</w:tc>"):
            self._in_cell = piece == "<w:tc>"
            return piece
        if "<w:sdt>" not in piece:
            return piece
        body = None if self._in_cell else _SPLITS.fullmatch(piece)
        return self._split(*body.groups()) if body else self._controls(piece, self._fillable.fields, self._values)

    def _controls(self, xml: str, fields: Sequence[Place], texts: Values, *, copy: bool = False) -> str:
        """Fill the controls of these fields; in a copied row every control gets a number of its own."""
        known = {field.id: field for field in fields}

        def one(match: re.Match[str]) -> str:
            tag = _tag(match[1])
            settings = self._renumbered(match[1], tag) if copy else match[1]
            if tag not in texts:
                return _control(settings, match[2])
            return _filled(settings, match[2], texts[tag], shown(known[tag], texts[tag]))

        return _CONTROL.sub(one, xml)

    def _split(self, settings: str, content: str) -> str:
        """Give a body paragraph as many paragraphs as its values have lines."""
        fields = {field.id: field for field in self._fillable.fields}
        paragraphs = [""]
        position = 0
        for match in _CONTROL.finditer(content):
            paragraphs[-1] += content[position : match.start()]
            position = match.end()
            tag = _tag(match[1])
            if tag not in self._values:
                paragraphs[-1] += match[0]
                continue
            for index, line in enumerate(shown(fields[tag], self._values[tag]).split("\n")):
                if index:
                    paragraphs.append("")
                own = self._renumbered(match[1], tag) if index else match[1]
                paragraphs[-1] += _filled(own, match[2], self._values[tag], line)
        paragraphs[-1] += content[position:]
        last = len(paragraphs) - 1
        made = []
        for index, paragraph in enumerate(paragraphs):
            own = settings.replace("<w:pageBreakBefore/>", "") if index else settings
            if index < last:
                # What is bound to the next block, and the end of a section, belong to the last line alone.
                own = _SECTION.sub("", own.replace("<w:keepNext/>", ""))
            made.append(f"<w:p>{own}{paragraph}</w:p>")
        return "\n".join(made)

    def _renumbered(self, settings: str, tag: str) -> str:
        """Give a copied control the number that the writer gives a control of this tag when it comes once more."""
        self._seen[tag] += 1
        digest = hashlib.sha256(f"{tag}#{self._seen[tag]}".encode()).digest()
        number = int.from_bytes(digest[:4], "big") & 0x7FFFFFFF or 1
        while number in self._numbers:
            number = number % 0x7FFFFFFF + 1
        self._numbers.add(number)
        return _ID.sub(f'<w:id w:val="{number}"/>', settings, count=1)

    def _sign(self, xml: str) -> str:
        """Indent the signatures by what they say now."""
        signatures = iter(self._fillable.signatures)

        def one(match: re.Match[str]) -> str:
            signed = next(signatures, None)
            if signed is None:
                return match[0]
            room = PROFILE.characters(PROFILE.sheet(signed.paper))
            organ, date = signature_indents(_visible(match[1]), _visible(match[3]), seal=signed.seal, room=room)
            return _indented(match[1], organ) + match[2] + _indented(match[3], date)

        return _SIGNATURE.sub(one, xml)


def _parts(docx: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, EOFError, NotImplementedError):
        raise FillError("这不是完整的Word文件，请重新下载模板") from None


def _well_formed(xml: str) -> None:
    try:
        ET.fromstring(xml)  # noqa: S314  (our own text)
    except ET.ParseError as error:
        raise FillError(f"填好的{DOCUMENT}不完整（{error}），没有生成文件") from None


def _numbered(row: str, number: int) -> str:
    """Give the row with another 序号 in its first cell."""
    end = row.find("</w:tc>")
    return row[:end].replace(_FIRST_NUMBER, _run_text(str(number)), 1) + row[end:]


def _tag(settings: str) -> str:
    match = _TAG.search(settings)
    return match[1] if match else ""


def _control(settings: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{settings}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _filled(settings: str, content: str, value: str, text: str) -> str:
    """Give a control that no longer shows its placeholder."""
    run = _RUN.fullmatch(content)
    if run is None or "<w:showingPlcHdr/>" not in settings:
        raise FillError(f"栏目“{_tag(settings)}”已经填过，或者不是本手册的栏目，请用空白的模板填写")
    settings = settings.replace("<w:showingPlcHdr/>", "")
    if value:
        settings = settings.replace("<w:date>", f'<w:date w:fullDate="{value}T00:00:00Z">')
    words = "<w:br/>".join(map(_run_text, text.split("\n")))
    return _control(settings, f"<w:r><w:rPr>{run[1]}</w:rPr>{words}</w:r>")


def _run_text(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<w:t xml:space="preserve">{escaped}</w:t>'


def _visible(xml: str) -> str:
    """Give the words of a paragraph, to measure them."""
    return html.unescape("".join(_TEXT.findall(xml)))


def _indented(paragraph: str, right: float) -> str:
    indent = f'<w:ind w:rightChars="{round(right * 100)}" w:right="{round(right * PROFILE.lattice.character)}"/>'
    return _INDENT.sub(indent, paragraph, count=1)
