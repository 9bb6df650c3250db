"""Rows of a sheet as XML, straight from typed values: a ledger of two hundred rows in a few milliseconds.

XlsxWriter writes what is there once (styles, dropdowns, printing); the many cells are put into its part afterwards, since a
call per cell would cost more than everything else. Texts stand in their cells (``inlineStr``), as in the streaming writers
of other libraries: no table of strings has to be kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from handbook.composition.formula_values import SheetError, Value, serial
from handbook.renderers.office import clean

MOST_CHARACTERS = 32_767
"""What a cell of Excel can hold, counted as it counts: in UTF-16 units."""
_FIRST_SAFE_DAY = dt.date(1900, 3, 1)
"""Earlier days Excel counts wrongly or not at all, so they are written as text; as are numbers of more digits than it keeps."""
_SAFE_DIGITS = 15
_SURE = 10**_SAFE_DIGITS
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')


def cell_value(value: object) -> Value:
    """Give what a cell holds of a typed value: a date as its number, several codes as one text."""
    match value:
        case None | () | "":
            return None
        case str():
            return clean(value) or None
        case int():
            return value if -_SURE < value < _SURE else str(value)
        case Decimal():
            return value if len(value.normalize().as_tuple().digits) <= _SAFE_DIGITS else f"{value:f}"
        case dt.date():
            return serial(value) if value >= _FIRST_SAFE_DAY else value.isoformat()
        case tuple():
            return clean("、".join(map(str, value)))
    raise TypeError(f"no cell can hold {value!r}")


def escaped(text: str) -> str:
    """Give the text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fits(text: str) -> bool:
    """Tell whether a cell can hold the text."""
    return len(text) * 2 <= MOST_CHARACTERS or len(text.encode("utf-16-le")) // 2 <= MOST_CHARACTERS


def row_xml(number: int, height: float, cells: Iterable[str]) -> str:
    """Give a row; `number` counts from 1."""
    return f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'


def text_content(value: str) -> str:
    """Give what follows the style of a cell with a text; raises `ValueError` where no cell can hold it."""
    if not fits(value):
        raise ValueError(f"a cell cannot hold {value[:20]!r}…")
    if "_x" in value:  # Excel reads _x0041_ as a character by its number
        value = _LOOKS_ESCAPED.sub("_x005F_", value)
    space = ' xml:space="preserve"' if value != value.strip() or "\n" in value or "  " in value else ""
    return f' t="inlineStr"><is><t{space}>{escaped(value)}</t></is></c>'


def formula_cell(address: str, style: int, formula: str, value: Value | SheetError) -> str:
    """Give the cell of a formula (escaped, without =) with the value that lies beside it."""
    kind, shown = cached(value)
    return f'<c r="{address}" s="{style}"{kind}><f>{formula}</f><v>{shown}</v></c>'


def cached(value: Value | SheetError) -> tuple[str, str]:
    """Give the type attribute and the text of a value that lies beside a formula."""
    match value:
        case SheetError():
            return ' t="e"', str(value)
        case bool():
            return ' t="b"', str(int(value))
        case None | "":
            return ' t="str"', ""
        case str():
            return ' t="str"', escaped(clean(value))
    return "", plain(value)


def plain(value: Decimal | int) -> str:
    """Give a number as sheets show it: fifteen digits at most, none needless."""
    return str(value) if isinstance(value, int) else f"{float(value):.15g}"


def short(value: Decimal | int) -> float:
    """Give the number that XlsxWriter shall write: whole where it is whole."""
    return value if isinstance(value, int) else int(value) if value == int(value) else float(plain(value))


def with_rows(
    parts: Mapping[str, bytes], rows: Mapping[str, Sequence[str]], used: Mapping[str, str]
) -> dict[str, bytes]:
    """Give the parts of a workbook with these rows behind those that the sheets have; `used` names their ranges."""
    found = dict(parts)
    for name, lines in rows.items():
        content = found[name]
        if content.count(b"</sheetData>") != 1:
            raise ValueError(f"{name} has no rows to put others behind")
        content = _DIMENSION.sub(f'<dimension ref="{used[name]}"/>'.encode(), content, count=1)
        found[name] = content.replace(b"</sheetData>", "".join(lines).encode() + b"</sheetData>", 1)
    return found
