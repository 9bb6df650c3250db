"""A file to download, with the words that pages show beside its link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_KINDS = {"docx": "Word文档", "xlsx": "Excel工作簿", "ics": "日历文件", "zip": "压缩包"}


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download."""

    address: str
    title: str
    content: bytes
    owner: str
    """``forms/public-notice``: whose page it belongs to."""
    note: str = ""
    """What tells it from its siblings, in a few words."""

    @property
    def kind(self) -> str:
        """Word文档, Excel工作簿, 日历文件, 压缩包."""
        return _KINDS[self.address.rpartition(".")[2]]

    @property
    def filename(self) -> str:
        """The name under which a browser saves it."""
        return f"{self.title}.{self.address.rpartition('.')[2]}"

    @property
    def size(self) -> str:
        """``24KB``, ``1.3MB``."""
        kilobytes = max(1, round(len(self.content) / 1024))
        return f"{kilobytes}KB" if kilobytes < 1000 else f"{kilobytes / 1024:.1f}MB"


Shelf = Mapping[str, Download]
"""All files for download by address."""
