"""Style sheets that are written in small files and shipped as one."""

from __future__ import annotations

import re
from collections.abc import Iterable


def combine(sheets: Iterable[str]) -> bytes:
    """Give one sheet in the order given, without comments and indentation: fewer requests, and it compresses better."""
    text = "\n".join(sheets)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()).encode() + b"\n"
