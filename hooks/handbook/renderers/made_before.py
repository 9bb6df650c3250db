"""Files that were made before in this process: ``serve`` builds again and again, and most files stay as they were."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable

LIMIT = 256 * 1024 * 1024
"""Bytes kept. What is kept is nearly always the very object that the shelf of the last build holds, so it costs little."""


class MadeBefore:
    """Keeps what was made by the content it was made from; the least recently used goes first."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self.size = 0
        """Bytes kept at present."""
        self.made = 0
        """How often something had to be made."""

    def get(self, writer: str, sources: tuple[str | bytes, ...], make: Callable[[], bytes]) -> bytes:
        """Give what `make` gives; `writer` and `sources` must say everything that it depends on."""
        key = _key(writer, sources)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        content = make()
        self.made += 1
        self._kept[key] = content
        self.size += len(content)
        while self.size > self._limit:
            self.size -= len(self._kept.popitem(last=False)[1])
        return content

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self.size = 0


MADE = MadeBefore()
"""The one of this process. A changed writer means a new process: nothing in it is loaded twice."""


def _key(writer: str, sources: tuple[str | bytes, ...]) -> bytes:
    """Give a digest in which no boundary between two sources can move."""
    digest = hashlib.sha256()
    for source in (writer, *sources):
        data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.digest()
