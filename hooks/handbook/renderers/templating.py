"""The one Jinja environment for HTML fragments: values are escaped, a missing name is an error, no blank line comes out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import jinja2

from handbook.composition.duties import how_often

_NUMERALS = "零一二三四五六七八九十"


def render(template: str, **values: object) -> str:
    """Render one template; blank lines go, because Markdown would end an HTML block at one."""
    text = _environment().get_template(template).render(**values)
    return re.sub(r"\n\s*\n+", "\n", text).strip("\n")


def chinese_ordinal(number: int) -> str:
    """Give 一 … 十, 十一 …, 二十."""
    if number <= 10:
        return _NUMERALS[number]
    tens, ones = divmod(number, 10)
    return f"{_NUMERALS[tens] if tens > 1 else ''}十{_NUMERALS[ones] if ones else ''}"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # templates do not change while a build runs
    )
    environment.filters["ordinal"] = chinese_ordinal
    environment.filters["how_often"] = how_often
    return environment
