"""An ``.xlsx`` file into a sheet: what its cells show when somebody opens it, no more.

Own reader, because the file comes from anywhere: sizes are bounded before anything is unpacked, XML is read without entities,
and what cannot be taken over (an error value, a formula that was never worked out) is told cell by cell. openpyxl stays a
reader of the tests, so that the writer of the workbook is checked by somebody else.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace

from handbook.loading.sheet import MOST_BYTES, Sheet, SheetError
from handbook.loading.xlsx_cells import Formats, read_cells
from handbook.loading.xml_events import BROKEN, events

_MOST_PARTS = 2000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e".encode("latin-1")
_BESIDE = ("填写说明", "选项", "标准")
"""Sheets of our own workbook that hold no records."""


def read_xlsx(data: bytes, wanted: str = "") -> Sheet:
    """Give the sheet called `wanted`, or the one that must be meant; raises `SheetError`."""
    _refuse_others(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Book(archive).sheet(wanted)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, zlib.error):
        raise SheetError("文件不完整或已损坏，打不开", BROKEN) from None


def _refuse_others(data: bytes) -> None:
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise SheetError("文件加了打开密码，读不了", "请用 Excel 或 WPS 打开，去掉打开密码后另存，再导入")
        raise SheetError("这是旧版 Excel 的 .xls 文件", "请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入")
    if not data.startswith(b"PK"):
        raise SheetError("不是 .xlsx 文件，可能只是改了扩展名", "请用 Excel 或 WPS 打开原表，另存为 .xlsx 后再导入")


class _Book:
    """A workbook: its parts by name, read one at a time and never beyond the bound."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        listed = archive.infolist()
        self.parts = {info.filename.lstrip("/").lower(): info for info in listed}
        if len(listed) > _MOST_PARTS or sum(info.file_size for info in listed) > MOST_BYTES:
            said = f"文件展开后超过 {MOST_BYTES // 2**20} MB 或 {_MOST_PARTS} 个部件，不像一本台账"
            raise SheetError(said, "请删去图片和无关的工作表，按年份拆开再导入")

    def part(self, name: str) -> bytes | None:
        """Give the bytes of a part; what the list of parts says about its size is not believed."""
        info = self.parts.get(name.lstrip("/").lower())
        if info is None:
            return None
        with self.archive.open(info) as stream:
            data = stream.read(info.file_size + 1)
        if len(data) > info.file_size:
            raise SheetError("文件不完整或已损坏，打不开", BROKEN)
        return data

    def sheet(self, wanted: str) -> Sheet:
        """Read one sheet with what its cells refer to."""
        links = self._links("_rels/.rels", "")
        book = next((target for kind, target in links.values() if kind == "officeDocument"), "xl/workbook.xml")
        content = self.part(book)
        if content is None:
            raise SheetError("压缩包里没有工作簿，不是 Excel 表格", "请用 Excel 或 WPS 打开原表，另存为 .xlsx 后再导入")
        folder, file = posixpath.split(book)
        beside = self._links(f"{folder}/_rels/{file}.rels", folder)
        names: dict[str, str] = {}
        old_epoch = False
        for kind, name, attributes in events(content, book):
            if kind == "start" and name == "sheet":
                names[attributes.get("name", "")] = attributes.get("id", "")
            elif kind == "start" and name == "workbookPr":
                old_epoch = attributes.get("date1904", "0") in ("1", "true")
        chosen = _choose(tuple(names), wanted)
        _, target = beside.get(names[chosen], ("", ""))
        cells = self.part(target) if target else None
        if cells is None:
            raise SheetError(f"工作表“{chosen}”在文件里找不到内容", BROKEN)
        found = dict(beside.values())
        formats = Formats.read(self.part(found.get("styles", "")), old_epoch=old_epoch)
        sheet = read_cells(cells, chosen, self.part(found.get("sharedStrings", "")), formats)
        return replace(sheet, others=tuple(name for name in names if name != chosen))

    def _links(self, name: str, folder: str) -> Mapping[str, tuple[str, str]]:
        """Give kind and target of every relationship of a part, by id."""
        content = self.part(name)
        found: dict[str, tuple[str, str]] = {}
        for kind, element, attributes in events(content or b"<none/>", name):
            if kind == "start" and element == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                path = target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path.lstrip("/"))
        return found


def _choose(names: tuple[str, ...], wanted: str) -> str:
    if wanted:
        if wanted not in names:
            raise SheetError(f"没有名为“{wanted}”的工作表", f"文件里有：{'、'.join(names)}")
        return wanted
    left = [name for name in names if name not in _BESIDE]
    if "台账" in left:
        return "台账"
    if len(left) != 1:
        listed = f"文件里有：{'、'.join(left)}" if left else "请检查文件"
        raise SheetError(
            "文件里不止一个工作表，不知道读哪一个" if left else "文件里没有工作表",
            f"请用 --sheet 写明；{listed}" if left else listed,
        )
    return left[0]
