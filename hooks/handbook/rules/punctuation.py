"""Punctuation in Chinese text: full-width marks, one at a time, in pairs, no hand-made blanks, ranges with —."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HAN = "\u3400-\u9fff"
_MARKS = "，。；：、！？（）“”‘’《》【】"
_AFTER = f"{_HAN}”’》）】"
_PATTERN = re.compile(
    rf"(?P<dots>\.{{2,}}(?![./\w])|(?<=[{_HAN}])…(?!…))"
    rf"|(?P<half>(?<=[{_AFTER}])[,;:?!()]|[,;:?!()](?=[{_HAN}“‘《（【])|(?<=[{_AFTER}])\.(?![0-9A-Za-z.]))"
    rf"|(?P<quote>[\"'](?=[{_HAN}《（])|(?<=[{_HAN}，。；：、！？）》])[\"'])"
    r"|(?P<twice>[，。；：、][，。；：、！？]+|[！？]+[，。；：、])"
    r"|(?P<ahead>(?<=[（“‘《【])[，。；：、！？](?![”’）》】]))"
    rf"|(?P<blank>(?<=[{_HAN}{_MARKS}]) +(?=[{_HAN}{_MARKS}0-9A-Za-z])|(?<=[0-9A-Za-z%]) +(?=[{_HAN}{_MARKS}]))"
    r"|(?P<range>(?<![0-9A-Za-z./:-])(?:\d{1,3}|(?:19|20)\d\d)[%年月日天次人名岁元条步周]?(?:[-~～]|——)"
    r"(?:(?:19|20)\d\d|\d{1,3})(?![0-9A-Za-z-]|\s*[=＝]|\.\d))"
    r"|(?P<minus>(?<=\d)－(?=\d{1,4}[%年月日天次人名岁个条步周]))"
    rf"|(?P<wave>(?<=[{_HAN}])[~～](?=[{_HAN}]))"
    r"|(?P<corner>[「」『』])"
)
"""A group per kind."""
_RARE = re.compile(r"[,;?!()\"'~～－「」『』]|[ :](?:[^0-9A-Za-z]|(?<=[^0-9A-Za-z].))|\.(?!\d)")
_DOUBLE = re.compile("[，。；：、！？（“‘《【][，。；：、！？]")
_DASHED = re.compile(r"\d[%年月日天次人名岁元条步周]?(?:-|——)\d")
_STANDARD = re.compile(r"(?:GB|DB|ISO)[/A-Z]*\s?[\d.]*(?:-\d{4})?$")
"""The number of a standard keeps its blank and its hyphen: GB/T 9704-2012 党政机关公文格式."""
_FULL = dict(zip(",;:?!().", "，；：？！（）。", strict=True))
_PAIRS = (("（", "）"), ("“", "”"), ("《", "》"), ("‘", "’"))


def any_in(text: str) -> bool:
    """Tell whether there may be any: a few quick looks over a whole page."""
    return (
        _RARE.search(text) is not None
        or _DOUBLE.search(text) is not None
        or _DASHED.search(text) is not None
        or text.count("…") != 2 * text.count("……")
        or any(text.count(left) != text.count(right) for left, right in _PAIRS)
    )


def slips(text: str) -> Iterator[tuple[int, str, str]]:
    """Give offset, message and remedy of each."""
    for match in _PATTERN.finditer(text):
        kind, found = str(match.lastgroup), match[0]
        if kind in ("blank", "range") and _standard(text, match):
            continue
        if kind == "range" and re.fullmatch(r"\d{4}-\d{2}", found):
            continue  # a year and its month
        if kind == "half" and text.endswith(("【待填", "【指标"), 0, match.start()):
            continue  # said by the rule for placeholders
        yield match.start(), *_words(kind, found)


def single_marks(text: str) -> Iterator[tuple[int, str, str]]:
    """Give quotation marks and brackets without a partner."""
    for left, right in _PAIRS:
        if text.count(left) == text.count(right):
            continue
        opened: list[int] = []
        for match in re.finditer(f"[{left}{right}]", text):
            if match[0] == left:
                opened.append(match.start())
            elif opened:
                opened.pop()
            elif not re.search(r"(?:^|[；。，\s])[\d一二三四五六七八九十a-z]{1,2}$", text[: match.start()]):  # 1）
                yield match.start(), f"{right} 没有对应的 {left}", f"请补上 {left}，或删去这个 {right}"
        for start in opened:
            yield start, f"{left} 没有对应的 {right}", f"请补上 {right}，或删去这个 {left}"


def _standard(text: str, match: re.Match[str]) -> bool:
    return _STANDARD.search(text[max(0, match.start() - 24) : match.start()]) is not None


def _words(kind: str, found: str) -> tuple[str, str]:
    if kind == "dots":
        return f"省略号写成了 {found}", "请改成 ……"
    if kind == "half":
        return f"汉字旁边用了半角标点 {found}", f"请改成 {_FULL[found]}"
    if kind == "quote":
        return f"汉字旁边用了直引号 {found}", "请改成 “”（引号里再用引号写 ‘’）"
    if kind == "twice":
        return f"标点重叠 {found}", "请只留一个"
    if kind == "ahead":
        return f"前引号或前括号后面紧跟 {found}", "请删去，或移到前面"
    if kind == "blank":
        return "汉字、数字、字母之间有手打的空格", "请删去空格，间距由版式给出"
    if kind in ("range", "minus", "wave"):
        return f"范围 {found} 没有用一字线", "请用 — 连接，如 3—5"
    return f"用了直角引号 {found}", "请改成 “”"
