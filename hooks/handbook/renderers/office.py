"""What all office files share: a zip with the same bytes everywhere, text that XML may hold, one way to read the clock.

Stored, not deflated: zlib's versions compress differently, and a browser can write stored files without a compressor.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence

_EPOCH = (1980, 1, 1, 0, 0, 0)
_ARCHIVE = 0x20
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHINA = dt.timezone(dt.timedelta(hours=8))


def stored_zip(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """Give a zip of these parts in this order: uncompressed, dated 1980-01-01, made on no particular system."""
    names = [name for name, _ in parts]
    if len(set(names)) != len(names):
        raise ValueError(f"a name stands twice in the zip: {sorted(name for name in names if names.count(name) > 1)}")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED
            entry.create_system = 0
            # Left at 0, zipfile would write Unix permissions here.
            entry.external_attr = _ARCHIVE
            archive.writestr(entry, data)
    return buffer.getvalue()


def repack(data: bytes) -> bytes:
    """Give the same package stored and with the list of content types first; for what XlsxWriter wrote."""
    return repacked(read_parts(data))


def read_parts(data: bytes) -> dict[str, bytes]:
    """Give the parts of a package by name, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(parts: Mapping[str, bytes]) -> bytes:
    """Give the package of these parts, stored and with the list of content types first."""
    ahead = [name for name in _FIRST if name in parts]
    return stored_zip([(name, parts[name]) for name in [*ahead, *(name for name in parts if name not in ahead)]])


def clean(text: str) -> str:
    """Give the text without characters that XML forbids; line ends become one kind, a tab becomes a space."""
    if text.isprintable():  # the common case, several times faster
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _ILLEGAL.sub("", text)


def in_utc(stamp: dt.datetime) -> dt.datetime:
    """Give a moment in UTC; one without a time zone is taken as China's (+08:00)."""
    return (stamp if stamp.tzinfo else stamp.replace(tzinfo=_CHINA)).astimezone(dt.UTC)
