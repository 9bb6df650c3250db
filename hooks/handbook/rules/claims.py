"""What a sentence claims: quantities with their comparators, shares with their base, frequencies, strength, key verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from handbook.model.base import Strength
from handbook.rules.numerals import fold
from handbook.rules.shares import Base, base_of, counted_of

Side = Literal["min", "over", "max", "under", "none", "exact"]
"""``min``: at least, itself included · ``over``: more than · ``max``: at most · ``under``: less than · ``exact``: only facts."""

_NOT = ("不得", "不能", "不可", "不应", "不要", "不准", "不许", "不宜", "不会", "不")
_PREFIX: tuple[tuple[str, Side], ...] = (
    *((no + word, "min") for no in _NOT for word in ("少于", "低于", "小于", "短于", "早于")),
    *((no + word, "max") for no in _NOT for word in ("超过", "多于", "大于", "高于", "长于", "超出", "晚于", "突破")),
    ("至少", "min"), ("最少", "min"), ("起码", "min"), ("最短", "min"), ("最低", "min"), ("年满", "min"), ("达到", "min"), ("不足", "under"), ("不够", "under"),
    ("不满", "under"), ("未满", "under"), ("没满", "under"), ("不到", "under"), ("未到", "under"), ("没到", "under"), ("满", "min"), ("够", "min"), ("不止", "over"),
    ("至多", "max"), ("最多", "max"), ("顶多", "max"), ("最长", "max"), ("最迟", "max"), ("最晚", "max"), ("最高", "max"), ("上限", "max"),
    ("超过", "over"), ("超出", "over"), ("多于", "over"), ("大于", "over"), ("高于", "over"), ("少于", "under"), ("低于", "under"), ("小于", "under"),
)  # fmt: skip
_SUFFIX: tuple[tuple[str, Side], ...] = (
    ("及以上", "min"), ("以上", "min"), ("起步", "min"), ("打底", "min"), ("或更多", "min"), ("以内", "max"), ("之内", "max"), ("及以下", "max"),
    ("以下", "max"), ("里", "max"), ("封顶", "max"), ("为限", "max"), ("为上限", "max"), ("内", "max"),
)  # fmt: skip
_PREFIXES = "|".join(sorted((word for word, _ in _PREFIX), key=len, reverse=True))
_SUFFIXES = "|".join(sorted((word for word, _ in _SUFFIX), key=len, reverse=True))
_SIDES: dict[str, Side] = {**dict(_PREFIX), **dict(_SUFFIX)}
_UNIT = (
    r"个工作日|工作日|个自然日|自然日|个季度|个月|年|天|日|学时|小时|周岁|周|人次|次|人|名|岁|元|%|个字|字|票|项|份|届|行"
    r"|厘米|公分|毫米|cm|mm|‰|月底|磅|页(?!码)|克|级|位|种|类|章|步|方面|联|个(?!月|工作日|季|自然)|号(?=[^，。；]{0,2}[字仿黑楷小宋半]|$|[，。；])|条(?=[，。；]|$|原则|一字线)"
)
_BETWEEN = "(?:只有|都要有|要有|应有|都要|只能|要|须|有|为|是|达到|到了|到|保留|补|开|设|的|了)?"
_QUANTITY = re.compile(
    rf"(?:(?P<prefix>{_PREFIXES}){_BETWEEN}(?P<again>{_PREFIXES})?)?(?P<low>\d+(?:\.\d+)?)"
    rf"(?:(?P<first>{_UNIT})?(?:[—–~～至到-]|[、，]?或)(?P<high>\d+(?:\.\d+)?))?"
    rf"(?P<unit>{_UNIT})(?P<suffix>{_SUFFIXES})?"
)
_SHARE = re.compile(rf"(?P<share>半数|一半|(?P<top>\d+)/(?P<bottom>\d+))(?:的)?(?P<suffix>{_SUFFIXES})?")
_BEFORE_SHARE = re.compile(rf"{_PREFIXES}|(?<![不超])过|比")
_FREQUENCY = re.compile(
    r"(?:(?P<every>每)|(?=\d))(?P<many>\d+(?:\.\d+)?)?(?P<of>个)?(?P<per>年度?|季度?|月|周|天|日|届)"
    r"(?:之?内(?=[^，。；]{0,3}(?:至少|最少|起码|不少于|至多|最多|不超过|应|要开)))?(?!以|之?[内上下]|后|前|满|底|初|份|龄|生|领|休|会|委|审|终)(?(every)，?)"
    r"(?P<between>(?:(?!延长)[^，。；：、\d]){0,16}?)(?:(?P<count>\d+)(?P<unit>次|天|场)(?!以内|之内|会)|一(?=[查报考评训讲述开换议]))"
)
_EVERY = re.compile(
    r"(?:每(?P<many>\d+)?个?|(?<![\d第的续])1个?(?=[^\s不没未]{1,2}(?:里|下来|到头|当中|之中|交|缴)))(?P<per>年度?|季度?|月|周|天)(?!领)"
)
_BY_PERIOD = re.compile(r"按(?P<per>月|季度?|年)(?=[交缴收报开])")
_QUARTER = re.compile(r"(?<![每\d个])第?(?P<number>[1-4])季度")
_MONTHS = {"年": 12, "年度": 12, "季度": 3, "季": 3, "月": 1}
_FACTORS = {"年": (12, "个月"), "个季度": (3, "个月"), "厘米": (10, "毫米"), "公分": (10, "毫米"), "cm": (10, "毫米")}
"""Units that are told in smaller ones."""
SAME_UNITS = {
    "日": "天", "周岁": "岁", "工作日": "个工作日", "人": "名", "位": "名", "mm": "毫米", "个字": "字", "个自然日": "天", "自然日": "天", "种": "项",
    "类": "项", "步": "步", "个人": "名",
}  # fmt: skip
"""Measure words that count the same."""
_STRENGTH: tuple[tuple[Strength, re.Pattern[str]], ...] = (
    ("usual", re.compile("(?<!较好、)一般(?!议题|事项|党员|支部|情况|干部|群众|性|规定|、|以外)|通常|大多")),
    ("principle", re.compile("原则上")),
    ("may", re.compile("(?<![就才方不])可以|可在|可由|可不|(?<![不许认])可(?=[延推提委依视设随结合])")),
    (
        "must",
        re.compile(
            "应当|必须|不得(?!超过|少于|多于)|须|应(?!到|参加|届|选|收|交|该收|知)|(?<!能)不能|应该|(?<!两个)(?<!“)务必|不可(?!超)|不准|不许"
        ),
    ),
)
PASSED = re.compile("通过")
LOOSE = (
    "名", "项", "个", "份", "届", "级", "票", "行", "字", "页", "次", "章", "号", "人次", "条", "张", "步", "联", "方面",
)  # fmt: skip
"""Measure words of everyday counting: checked only where the clause counts the same sort of thing."""
_THINGS = ("项", "个", "份", "次", "级", "届", "条", "步", "方面", "张")
HOURS = ("天", "学时", "小时")
SHARES = ("比例", "%")
MONEY = "元"
RATE = "%"
REACHED = ("满", "达到", "年满")
"""Ways of saying that a number is reached, which an exact number allows as well."""
VERB_GROUPS: dict[str, str] = {"同意": "同意", "备案": "备案", "审批": "审批", "批准": "审批"}
"""The verbs of superiors that are never each other; 批准 and 审批 count as one."""
_VERB = re.compile(
    r"(?<!不)同意(?!票)|备案(?!材料|表)|报备|(?:审批|批准)(?!日|时间|时限|权限|期限|权|意见|结果|手续|机关|之后|之前|表|前|后|之日|那天)"
)
"""Where a verb names a thing (审批意见, 审批日) nobody is told to do it."""
_CANDIDATE = re.compile(
    "[0-9０-９零一二两三四五六七八九十百千万半俩仨几每年月季]|过半|" + "|".join((*VERB_GROUPS, "报备"))
)
_COUNTS = re.compile(r"\d|半|每|按[月季年]")
"""In folded text: without any of these it has no quantity."""
_DEMAND = re.compile("[应须得过≥⩾≧≤⩽≦＞>＜<]|一般|通常|大多|原则上|务必|不|至少|以[上内]|半数")
_DONE = re.compile("(同意|备案|审批|批准)[^，。；]{0,8}(?:后|前|完的?|时|了)(?=，|$)")
_MODALS = re.compile("不得|不能|不少于|不超过|至少|不低于|超过|以上|以内")
_LASTS = re.compile("的?(?:时间|工夫|期限|时限)")
_AHEAD = re.compile("(最多|至多|顶多|至少|最少|起码|最长|最短)[^，。；：、（）\\d每]{1,4}$")
"""最多贴5个工作日, 至少提前3天: the comparing word stands before the verb."""
_LOOSELY = re.compile("[头那这同当改差晚早有缺哪某换挑选]$")
ADVICE = re.compile(
    "建议|可先|最好|例如|比如|譬如|示例|没有见到|未见|算一算|算笔账|假设|假如支部|(?:^|[，；：（。])如(?!果)|多留|提前几"
    "|心里有数|经验|虚构|惯例|习惯上|对照过|只对照|核到|待核"
)
"""Where it stands, a piece of a sentence says what is wise, or gives an example; no clause is needed for it."""
_CONTRAST = re.compile(
    "(?<!不)(?<!没有)(?<!没)(?<!未)(?<!无)(?<!未经)不行(?!，)|(?<!是)不是(?!.{0,4}不)|不算(?!数)|(?<![分特])别写|(?<!者)不写|不从|不以|并非|而非|不按(?!月|规定|期|时)|误(?:写|作|当|以为)|错(?:写|当)|(?<!应)当成|不要(?!超|多|少|低)|光[^，]{2,4}不"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as a sentence has it."""

    low: Fraction
    high: Fraction
    unit: str
    """Folded: 年 counts as 12个月, frequencies are ``次/3月``, shares ``比例``."""
    side: Side
    base: Base
    text: str
    """As it stands in the folded sentence."""
    implied: bool = False
    """每年 without a number: once a year."""
    counted: Base = ""
    """Of a share: whose number is measured by the base (到会 …)."""
    about: bool = False
    """左右, 大约: only near the number."""
    key: tuple[int, int, int, int, str] = field(init=False, compare=False, repr=False)
    """What two equal quantities share, comparators aside; 次/月 and 天/月 are one frequency."""

    def __post_init__(self) -> None:
        period = self.unit.partition("/")[2]
        thing = f"/{period}" if period else self.unit
        key = (self.low.numerator, self.low.denominator, self.high.numerator, self.high.denominator, thing)
        object.__setattr__(self, "key", key)


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything checkable in one sentence."""

    text: str
    """Folded."""
    quantities: tuple[Quantity, ...]
    strengths: frozenset[Strength]
    verbs: frozenset[str]
    named: frozenset[str]
    """The same verbs wherever they stand, as in 审批后."""
    modals: frozenset[tuple[Strength, str]]
    """Words of strength with the two characters they stand before: 可以 with 委托."""
    normative: bool
    """Has a modal and something that can be checked, and is no advice."""
    advice: bool
    """Says 建议, 可先, 例如: what it says rests on no clause."""

    @property
    def stated(self) -> tuple[Quantity, ...]:
        """The numbers that stand there in so many words."""
        return tuple(quantity for quantity in self.quantities if not quantity.implied)


def may_claim(sentence: str) -> bool:
    """Tell whether a sentence may be normative; most have no number and no verb that is checked, or demand nothing."""
    return _CANDIDATE.search(sentence) is not None and _DEMAND.search(sentence) is not None


def is_advice(sentence: str) -> bool:
    """Tell whether a sentence says what is wise, or gives an example."""
    return ADVICE.search(fold(sentence)) is not None


def read_claims(sentence: str) -> Claims:
    """Give the claims of one sentence."""
    return claims_of(fold(sentence))


@lru_cache(maxsize=8192)
def claims_of(text: str) -> Claims:
    """Give the claims of a sentence that is folded already."""
    quantities = tuple(_quantities(text))
    verbs = frozenset(VERB_GROUPS["备案" if word == "报备" else word] for word in _VERB.findall(text))
    strengths = strengths_of(text)
    checkable = bool(verbs) or any(_rules(quantity) for quantity in quantities)
    advice = ADVICE.search(text) is not None
    modal = bool(strengths - {"may"}) or _MODALS.search(text) is not None
    return Claims(
        text, quantities, strengths, verbs, _named(text), _modals(text), checkable and modal and not advice, advice
    )


def _rules(quantity: Quantity) -> bool:
    """Tell whether a number may be a rule: 两种, 一份 without any comparing word only count things."""
    return not quantity.implied and not (quantity.unit in _THINGS and quantity.side == "none")


def verbs_done(text: str) -> frozenset[str]:
    """Give the verbs that only say when: 审批预备党员后, 备案以前."""
    return frozenset(VERB_GROUPS[word] for word in _DONE.findall(text))


def _named(text: str) -> frozenset[str]:
    return frozenset(group for word, group in VERB_GROUPS.items() if word in text)


def strengths_of(text: str) -> frozenset[Strength]:
    """Give the strengths that a folded text names."""
    return frozenset(name for name, words in _STRENGTH if words.search(text))


@lru_cache(maxsize=8192)
def is_contrast(text: str) -> bool:
    """Tell whether a piece of a sentence names the wrong thing in order to rule it out."""
    return _CONTRAST.search(text) is not None


def _modals(text: str) -> frozenset[tuple[Strength, str]]:
    return frozenset(
        (name, text[match.end() : match.end() + 2])
        for name, words in _STRENGTH
        for match in words.finditer(text)
        if re.fullmatch("[\u4e00-\u9fff]{2}", text[match.end() : match.end() + 2])
    )


def _quantities(text: str) -> Iterator[Quantity]:
    if not _COUNTS.search(text):
        return
    taken: list[tuple[int, int]] = []
    for match in _FREQUENCY.finditer(text):
        period = _period(text, match)
        if period:
            taken.append(match.span())
            side: Side = next((_SIDES[word] for word, _ in _PREFIX if word in match["between"]), "none")
            count = Fraction(match["count"] or 1)
            if side == "none" and (suffix := re.match("以上|打底|起步|以下|为限|封顶", text[match.end() :])):
                side = _SIDES[suffix[0]]
            yield Quantity(count, count, f"次/{period}", side, "", match[0])
    for match in (*_EVERY.finditer(text), *_BY_PERIOD.finditer(text)):
        if not _inside(match.start(), taken):
            many = Fraction(match.groupdict().get("many") or 1)
            unit = f"次/{_length(many, match['per'])}"
            yield Quantity(Fraction(1), Fraction(1), unit, "none", "", match[0], implied=True)
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
    yield from _counted(text, taken)


def _counted(text: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    """Numbers with a measure word; 3天或24学时 are two, and 不少于 before the first holds for both."""
    position, lent = 0, (0, "")
    while match := _QUANTITY.search(text, position):
        position = match.end()
        if _inside(match.start("low"), taken) or _is_date(text, match):
            position = max(match.start("low") + 1, match.end("low")) if not match["high"] else match.start("high")
            continue
        prefix = match["again"] or match["prefix"] or (lent[1] if lent[0] == match.start() else "")
        first = match["first"] or ""
        if first and SAME_UNITS.get(first, first) != SAME_UNITS.get(match["unit"], match["unit"]):
            position = match.start("high")
            lent = (position, prefix)
            yield _quantity(text, match["low"], match["low"], first, prefix, "", match.start("low"), match.end("first"))
            continue
        high = match["high"] or match["low"]
        suffix = match["suffix"] or ""
        yield _quantity(text, match["low"], high, match["unit"], prefix, suffix, match.start(), match.end())


def _period(text: str, match: re.Match[str]) -> str:
    """How long the period of a frequency is, ``3月``; nothing where the words are no frequency (12月, 2026年, 第1季度)."""
    many, per, before = match["many"], match["per"], text[: match.start()]
    if per == "届" and match["unit"] != "次":
        return ""
    if not match["every"]:
        if not many or before.endswith(("第", "/")) or re.search(r"\d[.—-]?$", before):
            return ""
        if (per == "年" and len(many) == 4) or (per == "月" and not match["of"]) or (per == "日"):
            return ""
        if re.search(f"(?:{_PREFIXES})$", before):
            return ""  # 不超过1年…: a length
    return _length(Fraction(many or 1), per)


def _length(many: Fraction, per: str) -> str:
    if per in _MONTHS:
        return f"{many * _MONTHS[per]}月"
    return f"{many}{per}"


def _share(text: str, match: re.Match[str]) -> Quantity:
    value = Fraction(int(match["top"]), int(match["bottom"])) if match["top"] else Fraction(1, 2)
    around = text[max(0, match.start("share") - 24) : match.start("share")]
    word = _word_before(around)
    side: Side = "none"
    if match["suffix"]:
        side = _SIDES[match["suffix"]]
    elif word != "比" or re.match("[^，。；]{0,2}多", text[match.end() :]):
        side = _SIDES.get(word, "over") if word else "none"
    base = base_of(text, match.start("share"), match.end())
    return Quantity(value, value, "比例", side, base, match[0], counted=counted_of(text, match.start("share")))


def _word_before(text: str) -> str:
    """Give the last comparing word that stands before a share in the same part."""
    found = _BEFORE_SHARE.findall(re.split("[，。；、]", text)[-1])
    return found[-1] if found else ""


def _quantity(  # noqa: PLR0913, PLR0917 - the pieces of one match
    text: str, first: str, last: str, unit: str, prefix: str, suffix: str, start: int, end: int
) -> Quantity:
    low, high = _fraction(first), _fraction(last)
    factor, unit = _FACTORS.get(unit, (1, unit))
    low, high = low * factor, high * factor
    unit = SAME_UNITS.get(unit, unit)
    side: Side = _SIDES.get(suffix or prefix, "none")
    if side == "none" and not (suffix or prefix) and (ahead := _AHEAD.search(text[max(0, start - 8) : start])):
        side = _SIDES[ahead[1]]
    if side == "none" and unit == "%":
        side = _SIDES.get(_word_before(text[max(0, start - 16) : start]), "none")
    base = base_of(text, start, end) if unit == "%" else ""
    near = re.match("左右|上下", text[end:]) is not None
    return Quantity(low, high, unit, side, base, text[start:end], about=near)


@lru_cache(maxsize=512)
def _fraction(digits: str) -> Fraction:
    return Fraction(digits)


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _is_date(text: str, match: re.Match[str]) -> bool:
    """2026年, 5月11日, 第3条, 那一天 are no quantities."""
    before = text[: match.start("low")]
    if match["unit"] == "年" and (len(match["low"]) == 4 or (match["high"] and len(match["high"]) == 4)):
        return True
    if match["unit"] == "日" and re.search(r"\d月$", before):
        return True
    if match["low"] == "1" and not (match["prefix"] or match["suffix"]) and _LOOSELY.search(before):
        # 头一天, 有一个月没开, 缺一个半年; but 有一个月的时间 is a length
        return not _LASTS.match(text, match.end()) and match["unit"] in ("天", "日", "年", "个月", "个季度", "周", "次")
    if match["low"] == "1" and before.endswith("的") and match["unit"] in ("种", "个", "项", "类", "步", "条"):
        return True  # 组织处置的一种
    if match["unit"] == "行" and match["low"] == "1" and re.match("一般|排", text[match.end() :]):
        return True  # 一行排28个字: each line
    if re.search(r"第(?:\d+[—–~～至到-]?)?$", before) and match["unit"] != "行":
        return True
    return re.search(r"\d{4}年$|〔$|\d[.-]$", before) is not None
