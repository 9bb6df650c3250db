"""What a sentence claims: quantities with their comparators, shares with their base, frequencies, strength, key verbs.

Numerals, widths and synonyms are folded first: 一/1, 半年/6个月, 过半数/超过半数, 至少/不少于 are the same. What is never
folded: 半数以上 and 超过半数, 应到 and 实到, 备案 and 同意 and 审批, and whether 一般 stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from handbook.model.base import Strength
from handbook.model.citation import chinese_number

Side = Literal["min", "over", "max", "under", "none"]
"""``min``: at least, itself included · ``over``: more than · ``max``: at most · ``under``: less than."""
BaseWord = Literal["due", "present", "other", ""]

_WIDTH = str.maketrans("０１２３４５６７８９％", "0123456789%")
_NUMERAL = r"[零一二两三四五六七八九十百千万]+"
_COUNTED = r"(?:个工作日|工作日|个自然日|自然日|个月|个百分点|年|天|日|学时|小时|周岁|周|次|人次|人|名|个|岁|元|字|票|项|份|届|分之|倍|行|厘米|毫米|磅|号|条|季度|半年|级|位|章|种)"
_NOT = ("不得", "不能", "不可", "不应", "不要", "不准", "不")
_PREFIX: tuple[tuple[str, Side], ...] = (
    *((no + word, "min") for no in _NOT for word in ("少于", "低于", "足")),
    *((no + word, "max") for no in _NOT for word in ("超过", "多于", "大于", "高于")),
    ("至少", "min"), ("最少", "min"), ("起码", "min"), ("最短", "min"), ("年满", "min"), ("满", "min"),
    ("至多", "max"), ("最多", "max"), ("最长", "max"), ("最迟", "max"), ("最晚", "max"),
    ("超过", "over"), ("多于", "over"), ("大于", "over"), ("少于", "under"), ("低于", "under"), ("未满", "under"),
)  # fmt: skip
_SUFFIX: tuple[tuple[str, Side], ...] = (
    ("及以上", "min"), ("以上", "min"), ("以内", "max"), ("之内", "max"), ("以下", "max"), ("内", "max"),
)  # fmt: skip
_PREFIXES = "|".join(word for word, _ in _PREFIX)
_SUFFIXES = "|".join(word for word, _ in _SUFFIX)
_SIDES: dict[str, Side] = {**dict(_PREFIX), **dict(_SUFFIX), "不足": "under"}
_UNIT = (
    r"个工作日|工作日|个自然日|自然日|个月|年|天|日|学时|小时|周岁|周|人次|次|人|名|岁|元|%|个字|字|票|项|份|届|行"
    r"|厘米|毫米|mm|磅|克|级|位|种|类|章|步|个(?!月|工作日|季)|号(?=字|[仿黑楷小宋半]|$)"
)
_QUANTITY = re.compile(
    rf"(?:(?P<prefix>{_PREFIXES})(?:只有|要有|有|要|为|是|达到)?)?(?P<low>\d+(?:\.\d+)?)"
    rf"(?:(?P<first>{_UNIT})?(?:[—–~～至到-]|至少)(?P<high>\d+(?:\.\d+)?))?"
    rf"(?P<unit>{_UNIT})(?P<suffix>{_SUFFIXES})?"
)
_SHARE = re.compile(rf"(?P<share>半数|一半|(?P<top>\d+)/(?P<bottom>\d+))(?P<suffix>{_SUFFIXES})?")
_BEFORE_SHARE = re.compile(rf"({_PREFIXES}|(?<!不)过)[^，。；、]*$")
_FREQUENCY = re.compile(
    r"(?:每1?个?|(?<![\d第.])1个?(?=[年季月周])|(?<![\d每])(?=6个月))(?P<per>6个月|年度|年|季度|季|月|周|届)(?!以|内|后|前|满)"
    r"(?P<between>[^，。；]{0,16}?)(?P<count>\d+)(?P<unit>次|天|场)"
)
_QUARTER = re.compile(r"(?<![每\d个])(?P<number>[1-4])季度")
_EVERY = re.compile(r"每(?:1)?(?:个)?(?P<per>6个月|年度|年|季度|季|月|周)")
SAME_UNITS = {
    "日": "天", "周岁": "岁", "工作日": "个工作日", "人": "名", "位": "名", "mm": "毫米", "个字": "字", "个自然日": "天", "自然日": "天", "种": "项", "类": "项", "届期": "届",
}  # fmt: skip
"""Measure words that count the same."""
_PER = {"6个月": "半年", "年度": "年", "年": "年", "季度": "季度", "季": "季度", "月": "月", "周": "周", "届": "届"}
DUE = ("应到", "应当到", "应参加")
PRESENT = ("实到", "实际到会")
_STRENGTH: tuple[tuple[Strength, re.Pattern[str]], ...] = (
    ("usual", re.compile("(?<!、)一般(?!议题|事项|党员|支部|情况|干部|群众|性|规定|、)|通常")),
    ("principle", re.compile("原则上")),
    ("may", re.compile("(?<![就才方])可以|可在|可由|可(?=[延推提委依视])")),
    ("must", re.compile("应当|必须|不得(?!超过|少于)|须|应(?!到|参加|届)|不能")),
)
VERB_GROUPS: dict[str, str] = {"同意": "同意", "备案": "备案", "审批": "审批", "批准": "审批"}
"""The verbs of superiors that are never each other; 批准 and 审批 count as one."""
_VERB = re.compile(r"同意|备案(?!材料)|(?:审批|批准)(?!日|时间|权|意见|结果|手续|机关|之后|之前)")
"""Where a verb names a thing (审批意见, 审批日) nobody is told to do it."""
_MODALS = re.compile("不得|不能|不少于|不超过|至少|不低于|超过|以上|以内")
_ADVICE = re.compile("建议|可先|最好|例如|比如|示例|没有见到|未见|(?:^|[，；：（。])如(?!果)")

_CONTRAST = re.compile("不行|不是|不算|别写|不写|不要(?!超|多|少|低)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as a sentence has it."""

    low: Fraction
    high: Fraction
    unit: str
    """Folded: 年 counts as 12个月, frequencies are ``次/季度``, shares ``比例``."""
    side: Side
    base: BaseWord
    text: str
    """As it stands in the folded sentence."""
    implied: bool = False
    """每年 without a number: once a year."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything checkable in one sentence."""

    text: str
    """Folded."""
    quantities: tuple[Quantity, ...]
    strengths: frozenset[Strength]
    verbs: frozenset[str]
    normative: bool
    """Has a modal and something that can be checked, and is no advice."""
    advice: bool
    """Says 建议, 可先, 例如: what it says rests on no clause."""


def read_claims(sentence: str) -> Claims:
    """Give the claims of one sentence."""
    text = fold(sentence)
    quantities = tuple(_quantities(text))
    verbs = frozenset(VERB_GROUPS[word] for word in _VERB.findall(text))
    strengths = strengths_of(text)
    checkable = bool(verbs) or any(not quantity.implied for quantity in quantities)
    advice = _ADVICE.search(text) is not None
    modal = bool(strengths - {"may"}) or _MODALS.search(text) is not None
    normative = checkable and modal and not advice
    return Claims(text, quantities, strengths, verbs, normative, advice)


def strengths_of(text: str) -> frozenset[Strength]:
    """Give the strengths that a folded text names."""
    return frozenset(name for name, words in _STRENGTH if words.search(text))


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield start and text of each sentence; 〔citations〕 that follow a full stop stay with the sentence before it."""
    for match in re.finditer(r"(?:〔[^〕]*〕|[^。！？\n〔])+(?:[。！？](?:\s*〔[^〕]*〕)*)?", text):
        if match[0].strip():
            yield match.start(), match[0]


def cited_pieces(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield text and brackets of each piece of a sentence that has brackets of its own in the middle.

    X〔A〕，Y〔B〕。: each bracket covers what stands before it; what follows the last one belongs to the last piece.
    """
    pieces = re.findall(r"([^〔]*)((?:〔[^〕]*〕\s*)+)([。！？]?)", sentence)
    rest = sentence[sum(len(a) + len(b) + len(c) for a, b, c in pieces) :]
    for index, (text, brackets, stop) in enumerate(pieces):
        tail = rest if index == len(pieces) - 1 else ""
        yield text + stop + tail, brackets
    if not pieces:
        yield sentence, ""


def fold(text: str) -> str:
    """Fold numerals, widths and words that mean the same."""
    folded = text.translate(_WIDTH).replace(" ", "").replace("　", "")
    folded = folded.replace("百分之", "%之")
    folded = re.sub(rf"%之({_NUMERAL}|\d+)", lambda m: f"{_number(m[1])}%", folded)
    folded = re.sub(rf"({_NUMERAL}|\d+)分之({_NUMERAL}|\d+)", lambda m: f"{_number(m[2])}/{_number(m[1])}", folded)
    folded = re.sub(rf"({_NUMERAL})(?=[—–~～至到-]?{_COUNTED})", _counted, folded)
    folded = re.sub(r"(?<![0-9])半年", "6个月", folded)
    folded = re.sub(r"(\d+)年半", lambda m: f"{int(m[1]) * 12 + 6}个月", folded)
    folded = re.sub(r"(\d)角(?!\d)", r"0.\1元", folded)
    folded = re.sub(r"（(?:比如|例如|如|含)[^）]*）", "", folded)
    folded = re.sub(r"(?<!超)(?<!不)过半数", "超过半数", folded)
    return folded.replace("超超过", "超过")


def is_contrast(text: str) -> bool:
    """Tell whether a piece of a sentence names the wrong thing in order to rule it out."""
    return _CONTRAST.search(text) is not None


def topic(text: str) -> frozenset[str]:
    """Give the pairs of Han characters of a text without its numbers: what it is about."""
    runs = re.findall(r"[\u4e00-\u9fff]+", re.sub(r"〔[^〕]*〕", "", text))
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


def _counted(match: re.Match[str]) -> str:
    word = match[1]
    # 一般, 一律, 第一 and the like are not followed by a counted noun, so they never come here
    return str(_number(word))


def _number(word: str) -> int:
    """Read 两千五百 as 2500; 万 and 千 stand here because no article has such a number."""
    word = word.replace("两", "二")
    for unit, value in (("万", 10000), ("千", 1000)):
        if unit in word:
            many, _, rest = word.partition(unit)
            return (_number(many) if many else 1) * value + (_number(rest.lstrip("零")) if rest.lstrip("零") else 0)
    return chinese_number(word)


def _quantities(text: str) -> Iterator[Quantity]:
    taken: list[tuple[int, int]] = []
    for match in _FREQUENCY.finditer(text):
        taken.append(match.span())
        side: Side = next((_SIDES[word] for word, _ in _PREFIX if word in match["between"]), "none")
        unit = f"{match['unit']}/{_PER[match['per']]}"
        yield Quantity(Fraction(match["count"]), Fraction(match["count"]), unit, side, "", match[0])
    for match in _EVERY.finditer(text):
        if not _inside(match.start(), taken):
            yield Quantity(Fraction(1), Fraction(1), f"次/{_PER[match['per']]}", "none", "", match[0], implied=True)
            taken.append(match.span())
    for match in _QUARTER.finditer(text):
        if not _inside(match.start(), taken):
            taken.append(match.span())
            yield Quantity(Fraction(match["number"]), Fraction(match["number"]), "季", "none", "", match[0])
    for match in _SHARE.finditer(text):
        if match["top"] and not int(match["bottom"]):
            continue
        taken.append(match.span("share"))
        yield _share(text, match)
    for match in _QUANTITY.finditer(text):
        if not _inside(match.start("low"), taken) and not _is_date(text, match):
            yield _quantity(text, match)


def _share(text: str, match: re.Match[str]) -> Quantity:
    value = Fraction(int(match["top"]), int(match["bottom"])) if match["top"] else Fraction(1, 2)
    around = text[max(0, match.start("share") - 24) : match.start("share")]
    prefix = _BEFORE_SHARE.search(around)
    side: Side = "none"
    if match["suffix"]:
        side = _SIDES[match["suffix"]]
    elif prefix:
        side = _SIDES.get(prefix[1], "over")
        around = around[prefix.start() :]
    due = max((around.rfind(word) for word in DUE), default=-1)
    present = max((around.rfind(word) for word in PRESENT), default=-1)
    base: BaseWord = "" if due == present == -1 else "due" if due > present else "present"
    if not base and re.search("到会[^，]{0,12}的$", around):
        base = "present"  # 过到会党员的半数: those who came
    if not base and re.search("以实到|按实到", text):
        base = "present"
    if not base and re.search("[\u4e00-\u9fff]{2}的$", around):
        base = "other"  # 超过全体党员的半数: somebody is named, and it is neither those due nor those present
    return Quantity(value, value, "比例", side, base, match[0])


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    low, high = Fraction(match["low"]), Fraction(match["high"] or match["low"])
    unit = match["unit"]
    if unit == "年" or (match["first"] == "年" and unit == "年"):
        low, high, unit = low * 12, high * 12, "个月"
    unit = SAME_UNITS.get(unit, unit)
    side: Side = _SIDES.get(match["prefix"] or "", "none")
    if match["suffix"]:
        side = _SIDES[match["suffix"]]
    elif unit == "%" and not match["prefix"]:
        before = _BEFORE_SHARE.search(text[max(0, match.start() - 16) : match.start()])
        side = _SIDES.get(before[1], "over") if before else "none"
    return Quantity(low, high, unit, side, "", match[0])


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _is_date(text: str, match: re.Match[str]) -> bool:
    """2026年, 5月11日, 第3条, 第1步 are no quantities."""
    before = text[: match.start("low")]
    if match["unit"] == "年" and len(match["low"]) == 4:
        return True
    if match["unit"] == "日" and re.search(r"\d月$", before):
        return True
    return before.endswith("第")
