"""Bytes of a file into text, with what an editor's machine may have done to it: encoding, BOM, line ends, odd characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.diagnostics import WHOLE_FILE, Diagnostic, Place

RADICALS = dict(
    zip(
        "⺁⺄⺆⺇⺈⺊⺌⺍⺎⺐⺑⺗⺝⺟⺠⺩⺫⺬⺮⺳⺴⺵⺻⺼⻀⻁⻃⻄⻅⻆⻇⻉⻊⻋⻌⻍⻏⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻳",
        "厂乙冂几刀卜小小兀尢尢心月母民王目示竹网网网聿肉艹虎覀西见角角贝足车辶辶阝长长长门阜雨青韦页风飞食饣食马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟",
        strict=True,
    )
)
"""Radicals of the supplement block that Unicode does not fold into the character they look like."""
_ODD = re.compile(
    r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\ue000-\uf8ff\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_BREAKS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", " "))
"""What YAML takes for a line end and an editor does not: left in place, all later line numbers would be wrong."""
_MOST = 20
"""Odd characters listed one by one; the rest of a file that is full of them is counted."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file with LF line ends; `value` is None when the bytes could not be read at all."""

    value: str | None
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(data: bytes, path: str) -> Text:
    """Read the bytes of one file as UTF-8 and say what is wrong with them."""
    found: list[Diagnostic] = []
    if data.startswith(b"\xef\xbb\xbf"):
        found.append(Diagnostic(Place(path), WHOLE_FILE, "文件开头有 BOM（看不见的标记）", "请另存为“UTF-8（无 BOM）”"))
        data = data[3:]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf16(data):
        problem = Diagnostic(Place(path), WHOLE_FILE, "文件是 UTF-16 编码", "请用编辑器另存为“UTF-8（无 BOM）”")
        return Text(None, (*found, problem))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        guess = "像是 GBK 编码" if _reads_as_gbk(data) else "含有不能解读的字节"
        return Text(
            None,
            (*found, Diagnostic(place, WHOLE_FILE, f"不是 UTF-8 文字，{guess}", "请用编辑器另存为“UTF-8（无 BOM）”")),
        )
    if "\r" in text:
        text, problems = _unify_line_ends(text, path)
        found.extend(problems)
    odd = tuple(_odd_characters(text, path))
    # all of them are odd characters: a large file without any is not copied
    return Text(text.translate(_BREAKS) if odd else text, (*found, *odd))


def _looks_like_utf16(data: bytes) -> bool:
    """Without a mark at the start: a tenth of the bytes are zero, as in no text of one byte per character."""
    return data.count(0) * 10 > len(data) and len(data) % 2 == 0


def _reads_as_gbk(data: bytes) -> bool:
    try:
        data.decode("gbk")
    except UnicodeDecodeError:
        return False
    return True


def _unify_line_ends(text: str, path: str) -> tuple[str, list[Diagnostic]]:
    """CRLF throughout is read as LF; a mixture is a mistake, since editors then disagree about line numbers."""
    pairs = text.count("\r\n")
    alone = text.count("\r") - pairs
    feeds = text.count("\n") - pairs
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    if not alone and (not pairs or not feeds):
        return unified, []
    kinds = re.findall(r"\r\n|\r|\n", text)
    line = next(i for i, kind in enumerate(kinds, 1) if kind != kinds[0]) if len(set(kinds)) > 1 else 1
    message = "换行符混用（CRLF、LF 或 CR）" if len(set(kinds)) > 1 else "换行符是单独的 CR"
    return unified, [Diagnostic(Place(path, line), WHOLE_FILE, message, "请在编辑器里把换行统一为 LF 后保存")]


def _odd_characters(text: str, path: str) -> Iterator[Diagnostic]:
    for count, match in enumerate(_ODD.finditer(text)):
        character = match[0]
        start = match.start()
        place = Place(path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
        usual = RADICALS.get(character) or unicodedata.normalize("NFKC", character)
        code = f"U+{ord(character):04X}"
        if count == _MOST:
            rest = len(_ODD.findall(text, start))
            yield Diagnostic(
                place, WHOLE_FILE, f"这类字符从这里起还有 {rest} 处", "请整段重新输入，或从原文重新复制为纯文字"
            )
            return
        if usual != character and usual.strip():
            yield Diagnostic(
                place, WHOLE_FILE, f"形近的部首字符 {character}（{code}），多半从 PDF 复制而来", f"请改成 {usual}"
            )
        else:
            yield Diagnostic(place, WHOLE_FILE, f"看不见或不能显示的字符（{code}）", "请删去这个字符后重新输入")
