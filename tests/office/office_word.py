"""A Word file taken apart, for checking: its parts as trees, and the effective properties of styles and paragraphs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


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

    def sections(self) -> list[tuple[etree._Element, list[etree._Element]]]:
        """Give each section's properties with the paragraphs and tables it holds."""
        out, held = [], []
        for node in self.body:
            if node.tag == W + "sectPr":
                out.append((node, held))
                continue
            held.append(node)
            inner = node.find(f"{W}pPr/{W}sectPr")
            if inner is not None:
                out.append((inner, held))
                held = []
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


def ints(node: etree._Element) -> dict[str, int]:
    """Give the attributes of an element whose values are whole numbers."""
    return {etree.QName(key).localname: int(value) for key, value in node.attrib.items() if value.lstrip("-").isdigit()}
