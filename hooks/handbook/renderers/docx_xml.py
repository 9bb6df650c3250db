"""Lines, tables and controls as WordprocessingML.

Written as strings, not by a template: a file of three pages has hundreds of these, and templates took two thirds of
the time. Every text passes `escape`. The shape of a control and of a row is a contract: filling in edits them by tag.
"""

from __future__ import annotations

from markupsafe import escape as _escape

from handbook.renderers.docx_shapes import Body, Control, Footers, Item, Line, Part, Section, Styled, Table, TableRow
from handbook.renderers.gbt9704 import PROFILE

_OPENING = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>\n'
)
_RUN = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
_GRAY = '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/><w:rFonts w:hint="eastAsia"/></w:rPr>'
_DATE = (
    '<w:date><w:dateFormat w:val="yyyy年M月d日"/><w:lid w:val="zh-CN"/><w:storeMappedDataAs w:val="dateTime"/>'
    '<w:calendar w:val="gregorian"/></w:date>'
)
_REFERENCES: dict[Footers, str] = {
    "numbers": '<w:footerReference w:type="even" r:id="rId5"/><w:footerReference w:type="default" r:id="rId4"/>',
    "turned": '<w:footerReference w:type="even" r:id="rId8"/><w:footerReference w:type="default" r:id="rId7"/>',
    "empty": '<w:footerReference w:type="even" r:id="rId9"/><w:footerReference w:type="default" r:id="rId9"/>',
    "letter": '<w:footerReference w:type="even" r:id="rId5"/><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:footerReference w:type="first" r:id="rId10"/>',
    "none": "",
}
_UNIT = PROFILE.lattice.character
_PITCH, _RULE = PROFILE.lattice.pitch, PROFILE.tables.rule
_PADDING = PROFILE.tables.padding
_MARGINS = (
    f'<w:tblCellMar><w:top w:w="{PROFILE.tables.gap}" w:type="dxa"/><w:left w:w="{_PADDING}" w:type="dxa"/>'
    f'<w:bottom w:w="{PROFILE.tables.gap}" w:type="dxa"/><w:right w:w="{_PADDING}" w:type="dxa"/></w:tblCellMar>'
)
_FLUSH = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)
_FOOT = (
    '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="{}" w:vertAnchor="margin" w:horzAnchor="page" '
    'w:tblpX="{}" w:tblpYSpec="bottom"/>'
)
"""Across from the edge of the page: else LibreOffice leaves so wide a table in the text."""
_CLOSING = PROFILE.closing
_RULES = "<w:tblBorders>{}</w:tblBorders>".format(
    "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>'
        for edge, size in (("top", _CLOSING.outer), ("bottom", _CLOSING.outer), ("insideH", _CLOSING.inner))
    )
)
_FRAME = (
    f'<w:framePr w:w="{PROFILE.head.double_width}" w:vSpace="0" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page" '
    'w:xAlign="center" w:y="{}"/>'
)


def escape(text: str) -> str:
    """Give the text as it stands in an element or an attribute."""
    return str(_escape(text))


def document_xml(body: Body) -> str:
    """Give ``word/document.xml``."""
    items = "\n".join(map(_item, body.items))
    return f"{_OPENING}{items}\n{_section(body.last)}\n</w:body></w:document>\n"


def _item(item: Item) -> str:
    return _line(item) if isinstance(item, Line) else _table(item)


def _line(line: Line) -> str:
    own = f'<w:pStyle w:val="{line.style}"/>'
    if line.keep:
        own += "<w:keepNext/>"
    if line.new_page:
        own += "<w:pageBreakBefore/>"
    if line.frame:
        own += _FRAME.format(line.frame)
    if line.right is not None:
        own += f'<w:ind w:rightChars="{round(line.right * 100)}" w:right="{round(line.right * _UNIT)}"/>'
    if line.hang:
        left, hanging = line.hang
        own += (
            f'<w:ind w:leftChars="{round(left * 100)}" w:left="{round(left * _UNIT)}" '
            f'w:hangingChars="{round(hanging * 100)}" w:hanging="{round(hanging * _UNIT)}"/>'
        )
    if line.justify:
        own += f'<w:jc w:val="{line.justify}"/>'
    if line.section:
        own += _section(line.section)
    return f"<w:p><w:pPr>{own}</w:pPr>{''.join(map(_part, line.content))}</w:p>"


def _part(part: Part) -> str:
    if isinstance(part, str):
        return f"{_RUN}{_words(part)}</w:r>"
    if isinstance(part, Styled):
        style = f'<w:rStyle w:val="{part.style}"/>'
        return f'<w:r><w:rPr>{style}<w:rFonts w:hint="eastAsia"/></w:rPr>{_words(part.text)}</w:r>'
    return _control(part)


def _words(text: str) -> str:
    safe = escape(text)
    if "\n" in safe:
        safe = safe.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:t xml:space="preserve">{safe}</w:t>'


def _control(control: Control) -> str:
    """Rich text, date or list: the plain-text control loses its shading in LibreOffice."""
    kind = ""
    if control.kind == "date":
        kind = _DATE
    elif control.kind == "choice":
        options = map(escape, control.options)
        items = "".join(f'<w:listItem w:displayText="{option}" w:value="{option}"/>' for option in options)
        kind = f"<w:dropDownList>{items}</w:dropDownList>"
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escape(control.alias)}"/><w:tag w:val="{escape(control.tag)}"/>'
        f'<w:id w:val="{control.number}"/><w:placeholder><w:docPart w:val="{control.placeholder.name}"/></w:placeholder>'
        f"<w:showingPlcHdr/>{kind}</w:sdtPr>"
        f"<w:sdtContent>{_GRAY}{_words(control.placeholder.text)}</w:r></w:sdtContent></w:sdt>"
    )


def _table(table: Table) -> str:
    total = sum(table.widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
    rows = "\n".join(_row(row, header=index < table.header) for index, row in enumerate(table.rows))
    size = f'<w:tblW w:w="{total}" w:type="dxa"/>'
    fixed = '<w:tblLayout w:type="fixed"/>'
    if table.kind == "grid":
        own = (
            f'<w:tblStyle w:val="TableGrid"/>{size}<w:jc w:val="center"/>{fixed}{_MARGINS}'
            f'<w:tblLook w:val="0420" w:firstRow="{int(table.header > 0)}" w:lastRow="0" w:firstColumn="0" '
            f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        )
    elif table.kind == "head":
        own = f"{size}{fixed}{_FLUSH}"
    else:
        rules = _RULES if table.kind == "imprint" else ""
        own = f"{_FOOT.format(table.above, table.left)}{size}{rules}{fixed}{_FLUSH}"
    return f"<w:tbl><w:tblPr>{own}</w:tblPr>\n<w:tblGrid>{grid}</w:tblGrid>\n{rows}\n</w:tbl>"


def _row(row: TableRow, *, header: bool) -> str:
    own = "<w:cantSplit/>" if row.whole else ""
    own += f'<w:trHeight w:val="{row.lines * _PITCH - _RULE}" w:hRule="atLeast"/>'
    if header:
        own += "<w:tblHeader/>"
    cells = []
    for cell in row.cells:
        width = f'<w:tcW w:w="{cell.width}" w:type="dxa"/>'
        if cell.span > 1:
            width += f'<w:gridSpan w:val="{cell.span}"/>'
        if cell.middle:
            width += '<w:vAlign w:val="center"/>'
        cells.append(f"<w:tc><w:tcPr>{width}</w:tcPr>{_line(cell.line)}</w:tc>")
    joined = "\n".join(cells)
    return f"<w:tr><w:trPr>{own}</w:trPr>\n{joined}\n</w:tr>"


def _section(section: Section) -> str:
    page = section.page
    turned = ' w:orient="landscape"' if page.width > page.height else ""
    start = ' w:start="1"' if section.restart else ""
    first = "<w:titlePg/>" if section.footers == "letter" else ""
    return (
        f'<w:sectPr>{_REFERENCES[section.footers]}<w:pgSz w:w="{page.width}" w:h="{page.height}"{turned}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" w:left="{page.left}" '
        f'w:header="{page.header}" w:footer="{page.footer}" w:gutter="0"/><w:pgNumType w:fmt="decimal"{start}/>'
        f'<w:cols w:space="425"/>{first}<w:docGrid w:type="lines" w:linePitch="{PROFILE.lattice.pitch}"/></w:sectPr>'
    )
