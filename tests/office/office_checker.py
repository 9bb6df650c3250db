"""A checker of official Word files that shares nothing with their writer: own numbers, own reading of the style chain.

`check` gives findings ``Xnn: what``; nothing means that the file keeps GB/T 9704-2012 as far as XML can show it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
BODY, HEI, KAI, SONG, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
NUMBERS = {"1": r"[一二三四五六七八九十]+、", "2": r"（[一二三四五六七八九十]+）", "3": r"\d+\.", "4": r"（\d+）"}
CELLS = {"GWCell": (24, "400"), "GWForm": (24, "480"), "GWDense": (21, "320")}
FORBIDDEN = ("comments", "vbaProject", "theme", "thumbnail", "printerSettings", "settings/", "media")
MARKS = ("commentReference", "ins", "del", "vanish", "specVanish", "tab", "drawing", "pict", "text", "dataBinding")


@dataclass
class Word:
    """A file taken apart."""

    data: bytes
    findings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(self.data))
        self.parts = {name: self.archive.read(name) for name in self.archive.namelist()}
        self.trees = {name: etree.fromstring(data) for name, data in self.parts.items()}
        self.styles = {style.get(W + "styleId"): style for style in self.trees["word/styles.xml"].iter(W + "style")}
        self.body = self.trees["word/document.xml"].find(W + "body")

    def need(self, ok: object, name: str, what: object = "") -> None:
        """Record a finding where `ok` does not hold."""
        if not ok:
            self.findings.append(f"{name}: {what}")

    def properties(self, style: str | None, kind: str) -> dict[str, dict[str, str]]:
        """Give the effective properties of a style: defaults, then the chain of bases, then its own."""
        chain = []
        while style:
            chain.append(self.styles[style])
            based = self.styles[style].find(W + "basedOn")
            style = based.get(W + "val") if based is not None else None
        defaults = self.trees["word/styles.xml"].find(f"{W}docDefaults/{W}{kind}Default/{W}{kind}")
        out: dict[str, dict[str, str]] = {}
        for source in ([defaults] if defaults is not None else []) + [
            node for item in reversed(chain) if (node := item.find(W + kind)) is not None
        ]:
            merge(out, source)
        return out

    def paragraphs(self) -> Iterator[tuple[etree._Element, str, dict[str, dict[str, str]]]]:
        """Give each paragraph of the text with its style and effective properties."""
        for paragraph in self.body.iter(W + "p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle").get(W + "val")
            effective = self.properties(style, "pPr")
            merge(effective, paragraph.find(W + "pPr"))
            yield paragraph, style, effective


def merge(out: dict[str, dict[str, str]], source: etree._Element) -> None:
    """Lay the properties of one element over those collected before."""
    for node in source:
        values = {etree.QName(name).localname: value for name, value in node.attrib.items()}
        out.setdefault(etree.QName(node).localname, {}).update(values)


def text_of(node: etree._Element) -> str:
    """Give all text inside an element."""
    return "".join(part.text or "" for part in node.iter(W + "t"))


def val(node: etree._Element | None) -> str | None:
    """Give ``w:val``."""
    return None if node is None else node.get(W + "val")


def check(data: bytes) -> list[str]:
    """Give everything that is wrong with the file."""
    word = Word(data)
    for part in (_package, _page, _footers, _settings, _text, _controls, _tables):
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
    properties = {node.get("name"): "".join(node.itertext()) for node in word.trees["docProps/custom.xml"]}
    word.need(properties.get("TemplateId") and properties.get("TemplateVersion"), "X38", properties)


def _page(word: Word) -> None:
    for section in word.body.iter(W + "sectPr"):
        size = {key: int(section.find(W + "pgSz").get(W + key)) for key in "wh"}
        margin = {etree.QName(k).localname: int(v) for k, v in section.find(W + "pgMar").attrib.items()}
        grid = section.find(W + "docGrid")
        pitch = int(grid.get(W + "linePitch"))
        width, height = size["w"] - margin["left"] - margin["right"], size["h"] - margin["top"] - margin["bottom"]
        word.need((size["w"], size["h"]) == (11906, 16838), "X03", size)
        word.need(_mm(margin["top"], 37, 1) and _mm(margin["left"], 28, 1), "X04", margin)
        word.need(_mm(width, 156, 0.5) and _mm(height, 225, 0.5), "X05", (width, height))
        word.need(22 * pitch <= height < 23 * pitch, "X06", pitch)
        word.need(28 * 315 <= width < 29 * 315, "X06", width)
        word.need(grid.get(W + "type") == "lines", "X07", grid.get(W + "type"))
        word.need(margin["footer"] == 1443 and margin["gutter"] == 0, "X09", margin)


def _mm(twips: int, millimetres: float, tolerance: float) -> bool:
    return abs(twips / 1440 * 25.4 - millimetres) <= tolerance


def _footers(word: Word) -> None:
    relations = {node.get("Id"): node.get("Target") for node in word.trees["word/_rels/document.xml.rels"]}
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    kinds = {node.get(W + "type"): relations[node.get(key)] for node in word.body.iter(W + "footerReference")}
    word.need(set(kinds) == {"default", "even"}, "X08", kinds)
    for kind, side in (("default", "right"), ("even", "left")):
        tree = word.trees["word/" + kinds.get(kind, "footer1.xml")]
        effective = word.properties("Footer", "pPr")
        merge(effective, tree.find(f"{W}p/{W}pPr"))
        run = word.properties("Footer", "rPr")
        word.need(re.fullmatch(r"— \d+ —", text_of(tree)), "X08", text_of(tree))
        word.need("PAGE" in "".join(node.text for node in tree.iter(W + "instrText")), "X08", "no page field")
        word.need(effective["jc"] == {"val": side} and effective["ind"].get(side + "Chars") == "100", "X09", effective)
        word.need(run["rFonts"]["eastAsia"] == run["rFonts"]["ascii"] == SONG, "X09", run["rFonts"])
        word.need(run["sz"] == {"val": "28"}, "X09", run["sz"])


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
    font = {"1": HEI, "2": KAI, "Title": TITLE, "GWAttachmentTitle": TITLE, "GWAttachmentLabel": HEI, "GWCaption": HEI}
    size = {"Title": 44, "GWAttachmentTitle": 44, "GWCaption": 28, "GWTail": 2}
    return font.get(style, BODY), size.get(style, 32), "20" if style == "GWTail" else "579"


def _text(word: Word) -> None:
    level = 0
    for paragraph, style, effective in word.paragraphs():
        text = text_of(paragraph)
        font, size, line = _role(style)
        spacing = {"before": "0", "after": "0", "line": line, "lineRule": "exact"}
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
            word.need(fonts["eastAsia"] == fonts["hAnsi"] == font, "X17", (style, fonts))
            word.need(own["sz"] == own["szCs"] == {"val": str(size)}, "X18", (style, own["sz"]))
            tracking = "-5" if size in (32, 2) else "0"
            word.need(own["spacing"]["val"] == tracking, "X19", (style, own["spacing"]))
            word.need(own.get("b", {"val": "0"})["val"] == "0", "X20", style)
            word.need(character is not None or "color" not in own, "X21", style)
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
        if style in ("Title", "GWAttachmentTitle"):
            word.need(effective.get("snapToGrid") == {"val": "0"} and effective["jc"] == {"val": "center"}, "X37", text)
        if style == "GWDate" and "待填" not in text:
            word.need(re.fullmatch(r"\d{4}年[1-9]\d?月[1-9]\d?日", text), "X35", text)
    marks = [name for name in MARKS if next(word.body.iter(W + name), None) is not None]
    word.need(not marks, "X34", marks)


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
    for control in controls:
        own = control.find(W + "sdtPr")
        tag, alias = val(own.find(W + "tag")), val(own.find(W + "alias"))
        word.need(tag and alias and len(tag) <= 64 and len(alias) <= 64, "X30", (tag, alias))
        word.need(0 < int(val(own.find(W + "id")) or 0) < 2**31, "X30", "id out of range")
        shown = own.find(W + "showingPlcHdr") is not None
        shaded = [val(node) for node in control.iter(W + "rStyle")]
        word.need(shown and shaded == ["PlaceholderText"], "X31", (tag, shaded))
        place = val(own.find(f"{W}placeholder/{W}docPart"))
        word.need(glossary.get(place) == text_of(control), "X31", (tag, glossary.get(place)))
        options = [node.get(W + "value") for node in own.iter(W + "listItem")]
        word.need(len(set(options)) == len(options) and all(options), "X30", options)


def _inside(node: etree._Element, name: str) -> bool:
    return any(parent.tag == W + name for parent in node.iterancestors())


def _tables(word: Word) -> None:
    for table in word.body.iter(W + "tbl"):
        grid = [int(node.get(W + "w")) for node in table.find(W + "tblGrid")]
        total = int(table.find(f"{W}tblPr/{W}tblW").get(W + "w"))
        word.need(sum(grid) == total <= 8844 and min(grid) > 0, "X32", (grid, total))
        word.need(table.find(f"{W}tblPr/{W}tblLayout").get(W + "type") == "fixed", "X32", "not fixed")
        headed = True
        for row in table.iter(W + "tr"):
            column = 0
            for cell in row.iter(W + "tc"):
                span = int(val(cell.find(f"{W}tcPr/{W}gridSpan")) or 1)
                width = int(cell.find(f"{W}tcPr/{W}tcW").get(W + "w"))
                word.need(width == sum(grid[column : column + span]), "X32", (width, column, span))
                column += span
            word.need(column == len(grid), "X32", f"{column} of {len(grid)} columns")
            header = row.find(f"{W}trPr/{W}tblHeader") is not None
            word.need(headed or not header, "X33", "a header row after other rows")
            headed = header
            if header:
                word.need(row.find(f"{W}trPr/{W}cantSplit") is not None, "X33", "a header row that splits")
        after = table.getnext()
        word.need(after is not None and after.tag == W + "p", "X33", "no paragraph after a table")
