"""A part of an office file as events, read by expat: no document type, hence no entities, and nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from handbook.loading.sheet import SheetError

BROKEN = "请用 Excel 或 WPS 打开这个文件，另存为新的 .xlsx 后再导入"
_PIECE = 1 << 16

Event = tuple[str, str, dict[str, str]]
"""``start``, ``end`` or ``text``; local name or the text; attributes by local name."""


def events(data: bytes, part: str) -> Iterator[Event]:
    """Give the events of a part, piece by piece; raises `SheetError` where it is no sound XML of an office file."""
    found: list[Event] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append(("start", _local(name), {_local(key): value for key, value in attributes.items()}))

    def refused(*_: object) -> None:
        raise SheetError(f"文件的 {part} 里有实体或文档类型声明，正常的表格没有", BROKEN)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: found.append(("end", _local(name), {}))
    parser.CharacterDataHandler = lambda text: found.append(("text", text, {}))
    parser.StartDoctypeDeclHandler = refused
    parser.EntityDeclHandler = refused
    try:
        for at in range(0, len(data), _PIECE):
            parser.Parse(data[at : at + _PIECE], False)  # noqa: FBT003 - expat takes it by position
            yield from found
            found.clear()
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError:
        raise SheetError(f"文件的 {part} 损坏，读不下去", BROKEN) from None
    yield from found


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
