"""Characters that look like others: foreign letters, full-width digits, old and Japanese forms, dashes, odd blanks.

Radicals copied from PDF files and invisible marks are found while reading (`loading.text_checks`); here is what is a sound
character elsewhere and a mistake in our texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_LETTERS = dict(
    zip(
        "АВЕЅІЈКМНОРСТХаеіјорѕсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν",
        "ABESIJKMHOPCTXaeijopscyxABEZHIKMNOPTYXoiv",
        strict=True,
    )
)
"""Cyrillic and Greek letters and the Latin ones they are taken for."""
_FORM_PAIRS = "内內别別没沒青靑说説说說录錄录録查査决決况況减減强強户戶户戸吕呂吴吳黄黃值値真眞温溫教敎虚虛产産产產岁歲步歩每毎税稅锐銳绝絶即卽既旣清淸研硏并並"
_FORMS = dict(zip(_FORM_PAIRS[1::2], _FORM_PAIRS[::2], strict=True))
"""Traditional and Japanese forms that the eye takes for ours."""
_DASHES = "‐‑‒–―﹘﹣─"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_HIDDEN = "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u3164\ufe00-\ufe0f\uffa0"
_NUMERAL = "〇零一二三四五六七八九"
_WIDE = "Ａ-Ｚａ-ｚ０-９％＂＇\ufe10-\ufe19\ufe30-\ufe57\ufe59-\ufe62\ufe64-\ufe6b\uff61-\uff9f"
_DOTS = "・•‧∙⋅"
_RINGS = "○◯◦"
_LONG = "ーｰ"
_FOREIGN = "\u0370-\u052f"
_RARE = re.compile(f"[{_HIDDEN}{_BLANKS}{_DASHES}{''.join(_FORMS)}{_WIDE}{_DOTS}{_RINGS}{_LONG}{_FOREIGN}]")
_NUMBERS = re.compile(rf"[{_NUMERAL}][O0零][{_NUMERAL}]{{1,2}}年|\d[OolI]\d")
_PATTERN = re.compile(
    rf"(?P<hidden>[{_HIDDEN}])|(?P<blank>[{_BLANKS}])|(?P<dash>[{_DASHES}])|(?P<form>[{''.join(_FORMS)}])"
    rf"|(?P<long>[{_LONG}])|(?P<wide>[{_WIDE}])|(?P<dot>[{_DOTS}])|(?P<letter>[{_FOREIGN}])"
    rf"|(?<=[{_NUMERAL}])(?P<ring>[{_RINGS}])|(?<=[{_NUMERAL}])(?P<year>[O0零])(?=[{_NUMERAL}]{{1,2}}年)"
    r"|(?<=\d)(?P<digit>[OolI])(?=\d)"
)
"""A group per kind."""
_PLAIN = {"＂": "“或”", "＇": "‘或’"}


def any_in(text: str) -> bool:
    """Tell whether there may be any: one quick look over a whole page."""
    return _RARE.search(text) is not None or _NUMBERS.search(text) is not None


def look_alikes(text: str) -> Iterator[tuple[int, str, str]]:
    """Give offset, message and remedy of each."""
    for match in _PATTERN.finditer(text):
        kind, character = str(match.lastgroup), match[0]
        code = f"（U+{ord(character):04X}）"
        yield match.start(), *_words(kind, character, code)


def _words(kind: str, character: str, code: str) -> tuple[str, str]:
    if kind == "hidden":
        return f"夹着看不见的字符{code}", "请删去这个字符后重新输入前后两个字"
    if kind == "blank":
        return f"用了全角空格或不间断空格{code}", "请删去；要留空请用版式，不用空格"
    if kind == "dash":
        return f"形近的横线 {character}{code}", "范围请用—，破折号用——，编号里用半角 -"
    if kind == "form":
        return f"形近的繁体或日文字形 {character}{code}", f"请改成 {_FORMS[character]}"
    if kind == "wide":
        return f"用了全角或竖排的字符 {character}{code}", f"请改成 {_PLAIN.get(character) or _folded(character)}"
    if kind == "dot":
        return f"形近的间隔号 {character}{code}", "间隔号请用 ·"
    if kind == "letter":
        usual = _LETTERS.get(character)
        return f"混进了希腊或俄文字母 {character}{code}", f"请改成 {usual}" if usual else "请改成要写的汉字或拉丁字母"
    if kind in ("year", "ring"):
        return f"汉字年份里的零写成了 {character}", "请改成 〇"
    if kind == "digit":
        return f"数字中间夹着字母 {character}", f"请改成 {'0' if character in 'Oo' else '1'}"
    return f"形近的假名长音 {character}{code}", "请改成 一 或 —"


def _folded(character: str) -> str:
    return {"｡": "。", "､": "、", "｢": "“", "｣": "”"}.get(character) or unicodedata.normalize("NFKC", character)
