"""Checks of a Word file's sections: the upright, the turned and the small sheet, their footers, 填写说明."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree
from office_word import R, W, Word, ints, merge, text_of

SHEETS = {(11906, 16838): "upright", (16838, 11906): "turned", (8391, 11906): "small"}
MARGINS = {"upright": (37, 26, 35, 28), "turned": (28, 37, 26, 35)}
"""Top, right, bottom, left in millimetres; 1 mm more or less."""
AREAS = {"upright": (156, 225, 22, 28), "turned": (225, 156, 15, 40)}
"""Width and height in millimetres, lines, characters."""
GUIDE = "填写说明"
SONG = "宋体"


def check_sheets(word: Word) -> None:
    """Check every section and how they follow each other."""
    targets = {node.get("Id"): node.get("Target") for node in word.trees["word/_rels/document.xml.rels"]}
    sections = word.sections()
    starts, kinds = [], []
    for index, (section, held) in enumerate(sections):
        size = section.find(W + "pgSz")
        kind = SHEETS.get((int(size.get(W + "w")), int(size.get(W + "h"))), "")
        kinds.append(kind)
        word.need(kind, "X03", dict(size.attrib))
        word.need((size.get(W + "orient") == "landscape") == (kind == "turned"), "X03", "orientation")
        _area(word, section, kind)
        footers = {node.get(W + "type"): targets[node.get(R + "id")] for node in section.iter(W + "footerReference")}
        guide = index == 0 and len(sections) > 1 and not footers and kind == "upright"
        if guide:
            title = next((text_of(node) for node in held if _style(node) == "Title"), "")
            word.need(title == GUIDE, "X42", f"pages without numbers: {title}")
        else:
            _footers(word, section, kind, footers, first=not starts)
            starts.append(section.find(W + "pgNumType").get(W + "start"))
        start = section.find(W + "pgNumType").get(W + "start")
        word.need(not guide or start is None, "X42", "填写说明 counts as page 1")
    word.need(starts[:1] == ["1"] and not any(starts[1:]), "X42", f"page numbers do not run on: {starts}")


def _style(node: etree._Element) -> str | None:
    style = node.find(f"{W}pPr/{W}pStyle")
    return style.get(W + "val") if style is not None else None


def _area(word: Word, section: etree._Element, kind: str) -> None:
    size, margin, grid = ints(section.find(W + "pgSz")), ints(section.find(W + "pgMar")), section.find(W + "docGrid")
    pitch = int(grid.get(W + "linePitch"))
    width, height = size["w"] - margin["left"] - margin["right"], size["h"] - margin["top"] - margin["bottom"]
    word.need(grid.get(W + "type") == "lines", "X07", grid.get(W + "type"))
    word.need(margin["gutter"] == 0, "X04", margin)
    if kind == "small":
        sides = [margin[side] for side in ("top", "right", "bottom", "left")]
        word.need(all(15 <= _mm(side) <= 25 for side in sides), "X40", margin)
        word.need(pitch == 579, "X06", pitch)
        return
    if kind not in AREAS:
        return
    for side, millimetres in zip(("top", "right", "bottom", "left"), MARGINS[kind], strict=True):
        word.need(abs(_mm(margin[side]) - millimetres) <= 1, "X04", (side, margin))
    across, down, lines, characters = AREAS[kind]
    word.need(abs(_mm(width) - across) <= 0.5 and abs(_mm(height) - down) <= 0.5, "X05", (width, height))
    word.need(lines * pitch <= height < (lines + 1) * pitch, "X06", pitch)
    word.need(characters * 315 <= width < (characters + 1) * 315, "X06", width)


def _mm(twips: int) -> float:
    return twips / 1440 * 25.4


def _footers(word: Word, section: etree._Element, kind: str, footers: dict[str, str], *, first: bool) -> None:
    """Numbers on every page of the two A4 sheets, none on a small sheet."""
    if kind == "small":
        # Without footers of its own a later section would go on with the numbers of the one before.
        word.need(first or set(footers) == {"default", "even"}, "X40", footers)
        texts = [text_of(word.trees[f"word/{name}"]) for name in footers.values()]
        fields = [name for name in footers.values() if word.trees[f"word/{name}"].find(f".//{W}instrText") is not None]
        word.need(not any(texts) and not fields, "X40", "a number on a small sheet")
        return
    letter = section.find(W + "titlePg") is not None
    word.need(set(footers) == ({"default", "even", "first"} if letter else {"default", "even"}), "X08", footers)
    one: Callable[[Word, etree._Element, str], None] = _turned if kind == "turned" else _upright
    for type_, side in (("default", "right"), ("even", "left")):
        if type_ in footers:
            tree = word.trees["word/" + footers[type_]]
            _number(word, tree, side)
            one(word, tree, side)
    if kind == "upright":
        margin = ints(section.find(W + "pgMar"))
        word.need(margin["footer"] == 1443, "X09", margin)


def _number(word: Word, tree: etree._Element, side: str) -> None:
    """``— 1 —``: 4号宋体, one character from the outer edge."""
    paragraph = next(node for node in tree.iter(W + "p") if text_of(node)) if text_of(tree) else tree.find(W + "p")
    effective = word.properties("Footer", "pPr")
    merge(effective, paragraph.find(W + "pPr"))
    run = word.properties("Footer", "rPr")
    word.need(re.fullmatch(r"— \d+ —", text_of(tree)), "X08", text_of(tree))
    word.need("PAGE" in "".join(node.text for node in tree.iter(W + "instrText")), "X08", "no page field")
    indent = effective.get("ind", {}).get(side + "Chars")
    word.need(effective["jc"] == {"val": side} and indent == "100", "X09", effective)
    word.need(run["rFonts"]["eastAsia"] == run["rFonts"]["ascii"] == SONG, "X09", run["rFonts"])
    word.need(run["sz"] == {"val": "28"}, "X09", run["sz"])


def _upright(word: Word, tree: etree._Element, side: str) -> None:
    word.need(tree.find(f".//{W}tbl") is None, "X09", f"a table in the footer, {side}")


def _turned(word: Word, tree: etree._Element, side: str) -> None:
    """At the foot of the sheet held upright: left of the text, as high as the type area, turned clockwise."""
    cell, place = tree.find(f".//{W}tc"), tree.find(f".//{W}tblpPr")
    if cell is None or place is None:
        word.need(None, "X41", f"the number of a turned page stands at its screen's foot, {side}")
        return
    word.need(cell.find(f"{W}tcPr/{W}textDirection").get(W + "val") == "tbRl", "X41", "not turned")
    anchors = (place.get(W + "vertAnchor"), place.get(W + "horzAnchor"))
    word.need(anchors == ("page", "page"), "X41", anchors)
    height = tree.find(f".//{W}trHeight")
    word.need(height.get(W + "val") == "8844" and height.get(W + "hRule") == "exact", "X41", dict(height.attrib))
    word.need(place.get(W + "tblpY") == "1588", "X41", dict(place.attrib))
    # Its middle is as far from the text as on upright pages: 35 mm margin, 7 mm, half the line.
    middle = int(place.get(W + "tblpX")) + int(cell.find(f"{W}tcPr/{W}tcW").get(W + "w")) // 2
    word.need(abs(_mm(1984 - middle) - 7) <= 0.5, "X41", middle)
