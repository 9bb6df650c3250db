"""Numbers and comparing words written one way: 一/1, 半年/6个月, 过半数/超过半数, ≥/不少于, 俩/2个, 一回/1次 are the same.

What is never folded: 半数以上 and 超过半数, 应到 and 实到, 备案 and 同意 and 审批, and whether 一般 stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from handbook.model.citation import chinese_number

COUNTED = (
    r"个工作日|工作日|个自然日|自然日|个季度|个月|个半月|个百分点|个学时|学时|个小时|小时|个字|个人|年|天|日|周岁|周|次|回|趟|遍|人次|人|名|个|岁|元"
    r"|角|块|面|堂|节|字|票|项|份|届|分之|成|倍|行|厘米|公分|毫米|月底|月末|磅|号|条|季度|半年|月|级|位|章|种|类|步|张|联|页(?!码)|方面|年半|小时"
)
"""Measure words before which a numeral is a number."""
_NUMERAL = "[零一二两三四五六七八九十百千万]+"
_DIGIT = "[一二两三四五六七八九]"
_WIDTH = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
_SIGNS = (("≥", "不少于"), ("⩾", "不少于"), ("≧", "不少于"), ("≤", "不超过"), ("⩽", "不超过"), ("≦", "不超过"))
_WORDS = (
    (re.compile(r"[＞>](?=\d|半数|一半)"), "超过"),
    (re.compile(r"[＜<](?=\d|半数|一半)"), "少于"),
    (re.compile("俩"), "两个"),
    (re.compile("仨"), "三个"),
    (re.compile("(年年|逐年)(?=[都要得会开召至不])"), "每年"),
    (re.compile("月月"), "每月"),
    (re.compile("季季"), "每季度"),
    (re.compile("小半"), "少于半数"),
    (re.compile("(?<!超)(?<!不)过半数?(?!年|月|天)"), "超过半数"),
    (re.compile("(?<!不)(?<!没)(?:达|满|够)(?:到)?半数(?!以上)"), "半数以上"),
    (re.compile("够不够|到没到|满没满"), ""),
    (re.compile("钟头"), "小时"),
    (re.compile("星期"), "周"),
    (re.compile("个把月"), "几个月"),
)
_EXAMPLE = re.compile("（(?:比如|例如|譬如|如|建议|最好|可以先|可先|注)[^）]*）")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Fold numerals, widths and words that mean the same."""
    folded = text.translate(_WIDTH).replace(" ", "").replace("　", "")
    for sign, word in _SIGNS:
        folded = folded.replace(sign, word)
    for pattern, replacement in _STEPS if _NUMBERED.search(folded) else _PLAIN:
        folded = pattern.sub(replacement, folded)
    return folded


def number(word: str) -> str:
    """Read 两千五百 as 2500, 零点五 as 0.5; 万 and 千 stand here because no article has such a number."""
    whole, point, part = word.partition("点")
    if point:
        return f"{number(whole)}.{''.join(number(digit) for digit in part)}"
    if re.fullmatch(r"[\d.]+", word):
        return word
    return str(_whole(word))


def _whole(word: str) -> int:
    word = word.replace("两", "二")
    for unit, value in (("万", 10000), ("千", 1000)):
        if unit in word:
            many, _, rest = word.partition(unit)
            rest = rest.lstrip("零")
            return (_whole(many) if many else 1) * value + (_whole(rest) if rest else 0)
    return chinese_number(word)


_NUMBERED = re.compile("[0-9零一二两三四五六七八九十百千万半俩仨]")
_PLAIN: tuple[tuple[re.Pattern[str], str], ...] = (*_WORDS, (_EXAMPLE, ""), (re.compile("或者"), "或"))
"""What is left to fold in a text without any number."""
_STEPS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    *_WORDS,
    (_EXAMPLE, ""),
    # 两三天, 三五个: an estimate is no number to be checked
    (re.compile(rf"({_DIGIT})({_DIGIT})(?![零一二两三四五六七八九十百千万点])(?={COUNTED})"), "几"),
    (re.compile("百分之"), "%之"),
    (re.compile("千分之"), "‰之"),
    (re.compile(rf"([%‰])之((?:{_NUMERAL}|\d+)(?:点{_NUMERAL})?|\d+\.\d+)"), lambda m: f"{number(m[2])}{m[1]}"),
    (re.compile(r"(?<=\d月)末"), "底"),
    (re.compile(rf"({_NUMERAL}|\d+)分之({_NUMERAL}|\d+)"), lambda m: f"{number(m[2])}/{number(m[1])}"),
    (re.compile(rf"({_NUMERAL})成(?=[，。；、的左（]|以[上下]|$)"), lambda m: f"{number(m[1])}0%"),
    (re.compile(rf"({_NUMERAL}点{_NUMERAL}|{_NUMERAL})(?=[—–~～至到-]?(?:{COUNTED}))"), lambda m: number(m[1])),
    (re.compile(rf"({_NUMERAL})(?=(?:[—–~～至到-]|或者?)\d)"), lambda m: number(m[1])),
    (re.compile("(?<![0-9几])半个月"), "0.5个月"),
    (re.compile(r"(\d+)个半月"), r"\1.5个月"),
    (re.compile("(?<![0-9几])半年"), "6个月"),
    (re.compile(r"(\d+)年半"), lambda m: f"{int(m[1]) * 12 + 6}个月"),
    (re.compile(r"(\d+)(?:角(?!括号|形|度)|毛)(?!\d)"), r"0.\1元"),
    (re.compile(r"(\d)块钱?(?=[，。；、的]|$)"), r"\1元"),
    (re.compile(r"(\d)(?:回|趟|遍)"), r"\1次"),
    (re.compile(r"(\d)个(学时|小时|字|人(?!大|民|次))"), r"\1\2"),
    (re.compile(r"每(?:间)?隔(?=\d|年|季|月|周)"), "每"),
    # 一年里头…至少1次: 每年
    (
        re.compile(
            r"(?<![\d第的续])1(个?(?:年度?|季度|月|周))(?:里头?|当中|之中|下来|到头)[，来]?(?=[^，。；：、\d]{0,16}\d+(?:次|场))"
        ),
        r"每\1",
    ),
    (re.compile(r"(每(?:\d+个?)?(?:年度?|月|季度|周))，"), r"\1"),
    (re.compile("(?<![0-9第])1(?=[面行](?:一般|排|印|都))"), "每"),
    (re.compile(r"(\d)[堂节](?=[^，。；]{0,2}课)"), r"\1次"),
    (re.compile("超超过"), "超过"),
    (re.compile("或者"), "或"),
)
"""In this order: estimates before numerals, numerals before measures."""
