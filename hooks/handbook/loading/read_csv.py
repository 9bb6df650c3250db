"""A ``.csv`` file into a sheet: UTF-8, UTF-16 or GBK; commas, semicolons or tabs. Every cell is text."""

from __future__ import annotations

import csv
import io

from handbook.loading.sheet import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Cell, Sheet, SheetError

_SEPARATORS = (",", ";", "\t")
_LOOKED_AT = 10
"""Rows that tell the separator: a title, a header and some rows."""
_AGAIN = "请用 Excel 或 WPS 打开原表，另存为 .xlsx 或“CSV UTF-8（逗号分隔）”后再导入"


def read_csv(data: bytes, name: str) -> Sheet:
    """Give the sheet; raises `SheetError`. `name` is what its cells are named after."""
    if len(data) > MOST_BYTES:
        raise SheetError(f"文件有 {len(data) // 2**20} MB，超过 {MOST_BYTES // 2**20} MB", "请按年份拆成几个文件再导入")
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    separator = ""
    if text.startswith("sep=") and text[4:6].endswith("\n"):
        # a line that Excel writes for itself; it stays a row, so that row numbers are those of the file
        separator = text[4]
    separator = separator or _separator(text)
    rows: dict[int, dict[int, Cell]] = {}
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator, strict=True), 1):
            cells = {column: Cell(value.strip()) for column, value in enumerate(row, 1) if value.strip()}
            if cells and not (number == 1 and text.startswith("sep=")):
                rows[number] = cells
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                limits = f"{MOST_ROWS} 行或 {MOST_COLUMNS} 列"
                raise SheetError(f"表超过 {limits}", "请只留台账的行和栏，按年份拆开再导入")
    except csv.Error:
        raise SheetError("引号不成对，分不清各栏", _AGAIN) from None
    return Sheet(name, rows)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetError("不是文字文件，或者编码认不出来（只认 UTF-8 和 GBK）", _AGAIN)


def _separator(text: str) -> str:
    """Give the separator by which the first rows part into most columns."""
    head = "\n".join(text.split("\n", _LOOKED_AT)[:_LOOKED_AT])

    def columns(separator: str) -> int:
        try:
            return max((len(row) for row in csv.reader(io.StringIO(head), delimiter=separator)), default=0)
        except csv.Error:
            return 0

    return max(_SEPARATORS, key=columns)
