"""A checker of official Word files that shares nothing with their writer: own numbers, own reading of the style chain.

`check` gives findings ``Xnn: what``; nothing means that the file keeps GB/T 9704-2012 as far as XML can show it.
X01—X37 are the properties of the style guide; X38—X45 are ours: traceable (38), no person (39), small (40) and turned sheets (41), 填写说明 (42), red head (43), 版记 (44),
rows one can write in (45), where a table parts (46).
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree
from office_heads import check_heads
from office_sheets import check_sheets
from office_word import W, Word, merge, text_of, val

__all__ = ["W", "Word", "check", "text_of", "val"]

CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
AUTHOR = "{http://purl.org/dc/elements/1.1/}creator"
BODY, HEI, KAI, SONG, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
NUMBERS = {"1": r"[一二三四五六七八九十]+、", "2": r"（[一二三四五六七八九十]+）", "3": r"\d+\.", "4": r"（\d+）"}
CELLS = {"GWCell": (24, "400"), "GWForm": (24, "480"), "GWDense": (21, "320")}
FONTS = {
    "1": HEI, "2": KAI, "Title": TITLE, "GWAttachmentTitle": TITLE, "GWAttachmentLabel": HEI, "GWCaption": HEI,
    "GWSigner": KAI,
}  # fmt: skip
LABELS = {"GWSignerLabel": BODY, "GWAttendanceLabel": HEI}
"""Words set apart from the rest of their line."""
MARKS = {"Large": (90, "990"), "Middle": (66, "726"), "Small": (48, "528")}
"""Sizes of a red mark and the heights of their lines."""
OTHER = {
    "Title": (44, "579"), "GWAttachmentTitle": (44, "579"), "GWCaption": (28, "579"), "GWTail": (2, "20"),
    "GWRedLine": (2, "107"), "GWLetterLine": (2, "20"), "GWImprint": (28, "520"), "GWImprintDate": (28, "520"), "GWCopies": (28, "520"),
}  # fmt: skip
BEFORE = {"GWMarkLarge": "1984", "GWMarkMiddle": "1984", "GWMarkSmall": "1984", "GWLetterNumber": "119"}
PROPERTIES = ["TemplateId", "TemplateVersion", "RuleVersion", "Freshness"]
FORBIDDEN = ("comments", "vbaProject", "theme", "thumbnail", "printerSettings", "settings/", "media")
UNWANTED = ("commentReference", "ins", "del", "vanish", "specVanish", "tab", "drawing", "pict")


def check(data: bytes) -> list[str]:
    """Give everything that is wrong with the file."""
    word = Word(data)
    for part in (_package, _properties, check_sheets, check_heads, _settings, _text, _notes, _controls, _tables):
        part(word)
    return word.findings


def _package(word: Word) -> None:
    infos = word.archive.infolist()
    word.need(all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in infos), "X01", "dates in the zip")
    word.need(all(info.compress_type == 0 and info.create_system == 0 for info in infos), "X01", "stored, no system")
    word.need(infos[0].filename == "[Content_Types].xml", "X02", infos[0].filename)
    word.need(not [name for name in word.parts if any(bad in name for bad in FORBIDDEN)], "X02", "unwanted part")
    types = word.trees["[Content_Types].xml"]
    named = {node.get("PartName", "").lstrip("/") for node in types.iter(CONTENT + "Override")}
    others = {name for name in word.parts if not name.endswith(".rels") and name != "[Content_Types].xml"}
    word.need(named == others, "X02", named ^ others)
    for name, tree in word.trees.items():
        if name.endswith(".rels"):
            base = name.replace("_rels/", "").rsplit("/", 1)[0] + "/" if "/" in name.replace("_rels/", "") else ""
            targets = [base + node.get("Target", "") for node in tree]
            word.need(all(target in word.parts for target in targets), "X02", targets)


def _properties(word: Word) -> None:
    """A file can be traced to its page and its rules, and to no person."""
    found = [(node.get("name"), "".join(node.itertext())) for node in word.trees["docProps/custom.xml"]]
    names = [name for name, _ in found]
    word.need(names == [name for name in PROPERTIES if name in names] and names[:2] == PROPERTIES[:2], "X38", names)
    word.need(all(text.strip() for _, text in found), "X38", found)
    freshness = dict(found).get("Freshness", "0" * 8)
    word.need(re.fullmatch(r"[0-9a-f]{8}", freshness), "X38", freshness)
    numbers = [node.get("pid") for node in word.trees["docProps/custom.xml"]]
    word.need(numbers == [str(number) for number in range(2, len(numbers) + 2)], "X38", numbers)
    core = word.trees["docProps/core.xml"]
    traces = [node.tag for node in core if node.tag in (AUTHOR, CORE + "lastModifiedBy", CORE + "revision")]
    word.need(not traces, "X39", traces)


def _settings(word: Word) -> None:
    tree = word.trees["word/settings.xml"]
    compat = {node.get(W + "name"): val(node) for node in tree.iter(W + "compatSetting")}
    word.need(tree.find(W + "evenAndOddHeaders") is not None, "X08", "odd and even pages are the same")
    word.need(compat.get("compatibilityMode") == "15", "X10", compat)
    word.need(val(tree.find(W + "characterSpacingControl")) == "doNotCompress", "X11", "punctuation is squeezed")
    styles = word.parts["word/styles.xml"].decode()
    word.need(set(re.findall(r'w:lang [^>]*w:eastAsia="([^"]+)"', styles)) == {"zh-CN"}, "X12", "language")
    word.need("Theme=" not in styles.replace("themeFontLang", ""), "X13", "theme fonts")
    fonts = {node.get(W + "name"): val(node.find(W + "altName")) for node in word.trees["word/fontTable.xml"]}
    word.need(all(fonts.get(name) for name in (BODY, HEI, KAI, SONG, TITLE)), "X17", f"no substitute: {fonts}")


def _role(style: str) -> tuple[str, int, str]:
    """Give font, size and line height that a style must have."""
    for cell, (size, line) in CELLS.items():
        if style.startswith(cell):
            return (HEI if style.endswith("Head") else BODY), size, line
    mark = MARKS.get(style.removeprefix("GWMark").removeprefix("GWLetter"))
    if mark:
        return TITLE, *mark
    return FONTS.get(style, BODY), *OTHER.get(style, (32, "579"))


def _text(word: Word) -> None:
    level = 0
    for paragraph, style, effective in word.paragraphs():
        text = text_of(paragraph)
        font, size, line = _role(style)
        title_like = font == TITLE
        spacing = {"before": BEFORE.get(style, "0"), "after": "0", "line": line, "lineRule": "exact"}
        word.need(effective["spacing"] == spacing, "X14", (style, effective["spacing"]))
        word.need(effective["widowControl"] == {"val": "0"}, "X15", style)
        off = all(effective[key] == {"val": "0"} for key in ("overflowPunct", "autoSpaceDE", "autoSpaceDN"))
        word.need(off, "X16", style)
        for run in paragraph.iter(W + "r"):
            own = word.properties(style, "rPr")
            character = run.find(f"{W}rPr/{W}rStyle")
            if character is not None:
                merge(own, word.styles[val(character)].find(W + "rPr"))
            merge(own, run.find(W + "rPr"))
            fonts = own["rFonts"]
            wanted = LABELS.get(val(character) or "", font)
            word.need(fonts["eastAsia"] == fonts["hAnsi"] == wanted, "X17", (style, fonts))
            word.need(own["sz"] == own["szCs"] == {"val": str(size)}, "X18", (style, own["sz"]))
            tracking = "-5" if size in (32, 2) else "0"
            word.need(own["spacing"]["val"] == tracking, "X19", (style, own["spacing"]))
            word.need(own.get("b", {"val": "0"})["val"] == "0", "X20", style)
            red = title_like and style != "Title" and not style.startswith("GWAttachment")
            color = {"val": "FF0000"} if red else None
            word.need(val(character) == "PlaceholderText" or own.get("color") == color, "X21", style)
            word.need(fonts.get("hint") == "eastAsia", "X22", text_of(run))
        word.need(not re.search(r"[一-龥][,;:!?()]|[,;:!?()][一-龥]", text), "X23", text)
        word.need(not re.match(r"[ 　]", text), "X24", text)
        outline = effective.get("outlineLvl", {}).get("val")
        found = next((key for key, pattern in NUMBERS.items() if re.match(pattern, text)), None)
        if style in NUMBERS:
            word.need(found == style and outline == str(int(style) - 1), "X26", (style, text, outline))
            word.need(int(style) <= level + 1, "X28", text)
            word.need("keepNext" in effective, "X27", text)
            level = int(style)
        elif style == "GWBody":
            word.need(found is None or found in "34", "X26", text)
        if style in (*NUMBERS, "GWBody"):
            indent = {"firstLineChars": "200", "firstLine": "640"}
            word.need(effective["ind"] == indent, "X29", (style, effective.get("ind")))
        if style == "GWAttendance":
            label = next((text_of(run) for run in paragraph.iter(W + "r")), "")
            word.need(label in ("出席：", "请假：", "列席："), "X43", text)
            indent = (effective["ind"]["leftChars"], effective["ind"]["hangingChars"])
            word.need(indent == ("500", "300"), "X43", indent)
        if title_like:
            word.need(effective.get("snapToGrid") == {"val": "0"} and effective["jc"] == {"val": "center"}, "X37", text)
        if style == "GWDate" and "待填" not in text:
            word.need(re.fullmatch(r"\d{4}年[1-9]\d?月[1-9]\d?日", text), "X35", text)
    marks = [name for name in UNWANTED if next(word.body.iter(W + name), None) is not None]
    word.need(not marks, "X34", marks)


def _notes(word: Word) -> None:
    """附件说明: a blank line above, numbered where there are several, no stop, what wraps below the name."""
    paragraphs = [item for item in word.paragraphs() if item[0].getparent() is word.body]
    for index, (paragraph, style, effective) in enumerate(paragraphs):
        text = text_of(paragraph)
        before = paragraphs[index - 1][1] if index else ""
        if style != "GWNote":
            word.need(not re.match(r"附件：", text), "X36", text)
            continue
        if before != "GWNote":
            number, several = 1, index + 1 < len(paragraphs) and paragraphs[index + 1][1] == "GWNote"
            word.need(before == "GWBlank", "X36", f"no blank line before {text}")
        opening = ("附件：" if number == 1 else "") + (f"{number}." if several else "")
        word.need(text.startswith(opening) and not re.match(r"\s|附件|\d+[.．、]", text[len(opening) :]), "X36", text)
        word.need(not re.search(r"[。；;，,、]$", text), "X36", text)
        figures = 50 * len(str(number)) + 25 if several else 0
        hanging = 300 + figures if number == 1 else figures
        indent = effective["ind"]
        word.need((indent["leftChars"], indent["hangingChars"]) == (str(500 + figures), str(hanging)), "X36", indent)
        follows = paragraphs[index + 1 :]
        signed = next((name for _, name, _ in follows if name not in ("GWNote", "GWBlank")), "") == "GWSign"
        word.need(not signed or "keepNext" in effective, "X36", "the note may part from the signature")
        number += 1


def _controls(word: Word) -> None:
    controls = list(word.body.iter(W + "sdt"))
    ids = Counter(val(control.find(f"{W}sdtPr/{W}id")) for control in controls)
    word.need(all(count == 1 for count in ids.values()), "X30", ids)
    loose = [node.text for node in word.body.iter(W + "t") if "待填" in (node.text or "") and not _inside(node, "sdt")]
    word.need(not loose, "X25", loose)
    glossary = {}
    for entry in word.trees.get("word/glossary/document.xml", etree.Element("none")).iter(W + "docPart"):
        name = val(entry.find(f"{W}docPartPr/{W}name"))
        word.need(name not in glossary, "X31", f"placeholder twice: {name}")
        glossary[name] = text_of(entry)
    unfilled = any(control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None for control in controls)
    for control in controls:
        own = control.find(W + "sdtPr")
        tag, alias = val(own.find(W + "tag")), val(own.find(W + "alias"))
        word.need(tag and alias and len(tag) <= 64 and len(alias) <= 64, "X30", (tag, alias))
        word.need(0 < int(val(own.find(W + "id")) or 0) < 2**31, "X30", "id out of range")
        kinds = [name for name in ("text", "dataBinding", "repeatingSection") if own.find(W + name) is not None]
        word.need(not kinds, "X30", (tag, kinds))
        shown = own.find(W + "showingPlcHdr") is not None
        shaded = [val(node) for node in control.iter(W + "rStyle")]
        place = val(own.find(f"{W}placeholder/{W}docPart"))
        word.need(place in glossary, "X31", (tag, place))
        if shown:
            word.need(shaded == ["PlaceholderText"], "X31", (tag, shaded))
            word.need(glossary.get(place) == text_of(control), "X31", (tag, glossary.get(place)))
        else:
            # What is optional may be empty, but only once nothing else is left to fill in.
            filled = text_of(control) or ("" if unfilled else "empty")
            word.need("PlaceholderText" not in shaded, "X31", (tag, "filled in, but shaded"))
            word.need(filled.strip() and "待填" not in filled, "X31", (tag, filled))
        options = [node.get(W + "value") for node in own.iter(W + "listItem")]
        word.need(len(set(options)) == len(options) and all(options), "X30", options)


def _inside(node: etree._Element, name: str) -> bool:
    return any(parent.tag == W + name for parent in node.iterancestors())


def _tables(word: Word) -> None:
    for properties, held in word.sections():
        size, margin = properties.find(W + "pgSz"), properties.find(W + "pgMar")
        room = int(size.get(W + "w")) - int(margin.get(W + "left")) - int(margin.get(W + "right"))
        for table in held:
            if table.tag == W + "tbl":
                _table(word, table, room)


def _table(word: Word, table: etree._Element, room: int) -> None:
    grid = [int(node.get(W + "w")) for node in table.find(W + "tblGrid")]
    total = int(table.find(f"{W}tblPr/{W}tblW").get(W + "w"))
    ruled = table.find(f"{W}tblPr/{W}tblStyle") is not None
    word.need(sum(grid) == total <= room and min(grid) > 0, "X32", (grid, total))
    word.need(total == room if ruled else total > room - 30, "X32", (total, room))
    word.need(table.find(f"{W}tblPr/{W}tblLayout").get(W + "type") == "fixed", "X32", "not fixed")
    if ruled:
        _parting(word, table)
    headed = True
    for row in table.iter(W + "tr"):
        column = 0
        for cell in row.iter(W + "tc"):
            span = int(val(cell.find(f"{W}tcPr/{W}gridSpan")) or 1)
            width = int(cell.find(f"{W}tcPr/{W}tcW").get(W + "w"))
            word.need(width == sum(grid[column : column + span]), "X32", (width, column, span))
            column += span
        word.need(column == len(grid), "X32", f"{column} of {len(grid)} columns")
        height = row.find(f"{W}trPr/{W}trHeight")
        # 0.8 cm: people write by hand in what is empty.
        tall = height.get(W + "hRule") == "atLeast" and int(val(height) or 0) >= 454
        word.need(tall, "X45", "a row too low to write in")
        # With its upper rule of half a point it is whole lines; off the grid LibreOffice leaves out rows.
        word.need((int(val(height) or 0) + 10) % 579 == 0, "X45", f"a row off the grid: {val(height)}")
        header = row.find(f"{W}trPr/{W}tblHeader") is not None
        word.need(headed or not header, "X33", "a header row after other rows")
        headed = header
        if header:
            word.need(row.find(f"{W}trPr/{W}cantSplit") is not None, "X33", "a header row that splits")
    after = table.getnext()
    word.need(after is not None and after.tag == W + "p", "X33", "no paragraph after a table")


def _parting(word: Word, table: etree._Element) -> None:
    """Where a table may part: never below its header or below the first row, and hardly anywhere else by force."""
    rows = list(table.iter(W + "tr"))
    kept = [all(node.find(f"{W}pPr/{W}keepNext") is not None for node in row.iter(W + "p")) for row in rows]
    loose = [not any(node.find(f"{W}pPr/{W}keepNext") is not None for node in row.iter(W + "p")) for row in rows]
    word.need(all(left != right for left, right in zip(kept, loose, strict=True)), "X46", "cells of a row differ")
    whole = [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows]
    header = sum(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows)
    if header and len(rows) > header + 1 and all(whole[: header + 1]):
        word.need(all(kept[: header + 1]), "X46", "a page may end with a header and one row")
    # LibreOffice 7.4 dies of a chain of rows that is longer.
    last = len(rows) - 1
    word.need(not any(kept[header + 1 : last]) and (header or not any(kept[:last])), "X46", f"a chain of rows: {kept}")
    word.need(not any(held and not own for held, own in zip(kept, whole, strict=True)), "X46", "kept, but may split")
