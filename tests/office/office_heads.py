"""Checks of the red head and of 版记, with their own numbers."""

from __future__ import annotations

import re
from itertools import takewhile

from lxml import etree
from office_word import R, W, Word, ints, merge, text_of, val

RED = "FF0000"


def check_heads(word: Word) -> None:
    """Check what of both there is."""
    body = [node for _, held in word.sections() for node in held]
    marks = [node for node in body if re.match(r"GW(Mark|Letter(Large|Middle|Small))", _style(node))]
    word.need(len(marks) <= 1, "X43", f"{len(marks)} red heads")
    for mark in marks:
        section, held = next(item for item in word.sections() if mark in item[1])
        before = word.sections().index((section, held))
        word.need(held[0] is mark and before <= 1, "X43", "the red head does not open the document")
        if _style(mark).startswith("GWMark"):
            _file(word, held)
        else:
            _letter(word, section, held)
    lines = [node for node in word.body.iter(W + "p") if _style(node) in ("GWRedLine", "GWLetterLine")]
    word.need(len(lines) == len(marks), "X43", f"{len(lines)} red lines for {len(marks)} marks")
    _imprint(word, body)


def _style(node: etree._Element) -> str:
    return val(node.find(f"{W}pPr/{W}pStyle")) or ""


def _blanks(nodes: list[etree._Element]) -> int:
    return len(list(takewhile(lambda node: _style(node) == "GWBlank", nodes)))


def _border(word: Word, style: str, edge: str) -> tuple[str | None, str | None]:
    node = word.styles[style].find(f"{W}pPr/{W}pBdr/{W}{edge}")
    return (None, None) if node is None else (node.get(W + "val"), node.get(W + "color"))


def _file(word: Word, held: list[etree._Element]) -> None:
    """Mark, two lines, 文号, red line, two lines, title (7.2)."""
    line = next((index for index, node in enumerate(held) if _style(node) == "GWRedLine"), -1)
    word.need(line > 0, "X43", "no red line")
    if line <= 0:
        return
    word.need(_border(word, "GWRedLine", "bottom") == ("single", RED), "X43", "the line is not red")
    if line > 1:
        word.need(_blanks(held[1:]) == 2, "X43", "文号 does not stand two lines below the mark")
        number = held[line - 1]
        if number.tag == W + "tbl":
            styles = [_style(node) for node in number.iter(W + "p")]
            word.need(styles == ["GWNumber", "GWSigner"], "X43", styles)
            label = next((text_of(run) for run in number.iter(W + "r") if _character(run) == "GWSignerLabel"), "")
            word.need(label == "签发人：", "X43", label)
            for style, side in (("GWNumber", "leftChars"), ("GWSigner", "rightChars")):
                indent = word.properties(style, "pPr").get("ind", {}).get(side)
                word.need(indent == "100", "X43", (style, indent))
            sides = [int(node.get(W + "w")) for node in number.iter(W + "tcW")]
            # One character in each: a 文号 of 14 characters, 签发人： with a name of four.
            texts = [text_of(node) for node in number.iter(W + "tc")]
            wide = [sum(0.5 if character.isascii() else 1 for character in text) for text in texts]
            room = [
                most if "待填" in text else min(own, most) for text, own, most in zip(texts, wide, (14, 8), strict=True)
            ]
            wraps = [side < (1 + wanted) * 315 for side, wanted in zip(sides, room, strict=True)]
            word.need(not any(wraps), "X43", f"文号 or 签发人 wraps: {sides}")
            word.need(number.find(f"{W}tblPr/{W}tblBorders") is None, "X43", "文号 in a ruled table")
        else:
            centred = val(number.find(f"{W}pPr/{W}jc")) == "center"
            word.need(centred and text_of(number), "X43", f"文号 not centred: {text_of(number)}")
    after = held[line + 1 :]
    word.need(_blanks(after) == 2 and _style(after[2]) == "Title", "X43", "the title is not two lines below the line")


def _character(run: etree._Element) -> str | None:
    return val(run.find(f"{W}rPr/{W}rStyle"))


def _letter(word: Word, section: etree._Element, held: list[etree._Element]) -> None:
    """Mark 30 mm from the edge, double lines 170 mm long, the lower one 20 mm from the edge, no number on page 1 (10.1)."""
    frames = [node.find(f"{W}pPr/{W}framePr") for node in held[:2]]
    word.need(all(frame is not None for frame in frames) and _style(held[1]) == "GWLetterLine", "X43", "no frames")
    if any(frame is None for frame in frames):
        return
    tops = [int(frame.get(W + "y")) for frame in frames]
    line = int(word.properties(_style(held[0]), "pPr")["spacing"]["line"])
    word.need(tops[0] == 1701 and abs(tops[1] - tops[0] - line - 227) <= 60, "X43", tops)
    word.need(section.find(W + "titlePg") is not None, "X43", "a number on the first page")
    targets = {node.get("Id"): node.get("Target") for node in word.trees["word/_rels/document.xml.rels"]}
    first = next((n for n in section.iter(W + "footerReference") if n.get(W + "type") == "first"), None)
    if first is None:
        word.need(None, "X43", "no lower line")
        return
    tree = word.trees["word/" + targets[first.get(R + "id")]]
    word.need(tree.find(f".//{W}instrText") is None and not text_of(tree), "X43", "a number on the first page")
    foot = tree.find(f".//{W}framePr")
    frames.append(foot)
    word.need(foot is not None and abs(16838 - 1134 - int(foot.get(W + "y"))) <= 100, "X43", "the lower line")
    for frame in frames:
        if frame is not None:
            place = {etree.QName(key).localname: value for key, value in frame.attrib.items()}
            word.need((place["vAnchor"], place["xAlign"], place["w"]) == ("page", "center", "9638"), "X43", place)
    for style, heavy in (("GWLetterLine", "top"), ("GWLetterFoot", "bottom")):
        light = "bottom" if heavy == "top" else "top"
        edges = {edge: ints(word.styles[style].find(f"{W}pPr/{W}pBdr/{W}{edge}")) for edge in (heavy, light)}
        word.need(edges[heavy]["sz"] > edges[light]["sz"], "X43", (style, edges))
        word.need({_border(word, style, edge) for edge in edges} == {("single", RED)}, "X43", style)


def _imprint(word: Word, body: list[etree._Element]) -> None:
    """At the foot of the last page: first and last line 0.35 mm, the others 0.25 mm, 印发 at the end (7.4)."""
    tables = [node for node in body if node.tag == W + "tbl" and node.find(f"{W}tblPr/{W}tblpPr") is not None]
    styled = [node for node in word.body.iter(W + "p") if _style(node) in ("GWImprint", "GWImprintDate", "GWCopies")]
    word.need(len(tables) == bool(styled), "X44", f"{len(tables)} tables at the foot")
    for table in tables:
        own = table.find(W + "tblPr")
        place = own.find(W + "tblpPr")
        foot = (place.get(W + "vertAnchor"), place.get(W + "tblpYSpec"))
        _company(word, body, table)
        word.need(foot == ("margin", "bottom"), "X44", foot)
        word.need(body[-2] is table and _style(body[-1]) == "GWTail", "X44", "版记 is not the last")
        ruled = own.find(W + "tblBorders")
        borders = {etree.QName(node).localname: int(node.get(W + "sz")) for node in ([] if ruled is None else ruled)}
        rows = [[text_of(cell) for cell in row.iter(W + "tc")] for row in table.iter(W + "tr")]
        if any(_style(node) == "GWLetterLine" for node in body):
            # A letter has neither rules nor printer (10.1).
            word.need(not borders and len(rows) == 1, "X44", (borders, rows))
        else:
            word.need(borders == {"top": 8, "bottom": 8, "insideH": 6}, "X44", borders)
            word.need(len(rows) in (1, 2) and rows[-1][-1].endswith("印发"), "X44", rows)
        if len(rows) == 2 or not borders:
            word.need(re.fullmatch(r"抄送：[^。]+。", rows[0][0]), "X44", rows[0])
        for row in table.iter(W + "tr"):
            # One character in at both sides; where two cells meet, nothing, so that both have the room.
            indents = [_indents(word, paragraph) for paragraph in row.iter(W + "p")]
            word.need((indents[0][0], indents[-1][1]) == (100, 100), "X44", indents)
        dates = [node for node in table.iter(W + "tc") if _style(node.find(W + "p")) == "GWImprintDate"]
        for cell in dates:
            # 2026年11月30日印发 in 4号, one character in, and half a character for gaps beside figures.
            width = int(cell.find(f"{W}tcPr/{W}tcW").get(W + "w"))
            word.need(10.5 * 280 <= width <= 4414, "X44", f"room of the date: {width}")


def _indents(word: Word, paragraph: etree._Element) -> tuple[int, int]:
    """Give left and right indent of the first line in hundredths of a character."""
    effective = word.properties(_style(paragraph), "pPr")
    merge(effective, paragraph.find(W + "pPr"))
    own = {key: int(effective["ind"].get(key, "0")) for key in ("leftChars", "hangingChars", "rightChars")}
    return own["leftChars"] - own["hangingChars"], own["rightChars"]


def _company(word: Word, body: list[etree._Element], table: etree._Element) -> None:
    """版记 never has a page of its own: what stands before it stays with it, unless it is a long paragraph."""
    before = body[body.index(table) - 1]
    kept = before.tag == W + "p" and before.find(f"{W}pPr/{W}keepNext") is not None
    style = before.find(f"{W}pPr/{W}pStyle")
    long = len(text_of(before)) > 200
    word.need(kept or long, "X44", f"版记 may stand alone: {None if style is None else val(style)}")
    above = int(table.find(f"{W}tblPr/{W}tblpPr").get(W + "topFromText") or 0)
    after_table = _style(before) == "GWTail" and body[body.index(before) - 1].tag == W + "tbl"
    word.need(above >= 200 or not after_table, "X44", "版记 touches the table above it")
