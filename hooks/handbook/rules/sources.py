"""Whether a text names where something stands: 后续口径, 中央和国家机关实施办法."""

from __future__ import annotations

import re
from functools import lru_cache

from handbook.rules.numerals import fold

_KIND = re.compile("(?:实施办法|办法|说明|口径|意见|通知|规定|材料)$")
_HEAD = 4
"""A label is also named by what stands before 实施办法, 说明 where that is at least so long."""


def is_named(label: str, text: str) -> bool:
    """Tell whether a text names a source: 后续口径 as 后续执行口径, 中央和国家机关实施办法 as 中央和国家机关."""
    return _pattern(label).search(text) is not None


@lru_cache(maxsize=64)
def _pattern(label: str) -> re.Pattern[str]:
    whole = fold(label)
    kind = _KIND.search(whole)
    head = whole[: kind.start()] if kind else whole
    ways = [re.escape(whole)]
    if kind:
        ways.append(f"{re.escape(head)}[^，；：]{{0,4}}{kind[0]}")
    if kind and len(head) >= _HEAD:
        ways.append(re.escape(re.sub(r"\d{4}年$", "", head)))
    return re.compile("|".join(ways))
