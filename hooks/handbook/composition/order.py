"""The order in which people count: branch-2 before branch-10."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(\d+)")


def natural(ident: str) -> tuple[tuple[bool, int, str], ...]:
    """Give the key that sorts numbers inside an id by their size."""
    return tuple(
        (part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in _NUMBER.split(ident) if part
    )
