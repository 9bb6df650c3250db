"""Whose number a share is taken of: 应到, 实到, 全体党员, 委员, 应选人数, 投票人数, 机关总数, 实收."""

from __future__ import annotations

import re
from typing import Literal

Base = Literal[
    "due",
    "present",
    "all",
    "committee",
    "posts",
    "candidates",
    "ballots",
    "staff",
    "members",
    "authorised",
    "received",
    "receivable",
    "votes",
    "other",
    "",
]
"""``members``: 党员 without saying which; ``other``: somebody is named, and it is none of the known."""

BASE_WORDS: dict[Base, str] = {
    "due": "应到", "present": "实到", "all": "全体党员", "committee": "委员", "posts": "应选人数", "candidates": "候选人数", "ballots": "投票人数",
    "staff": "机关总数", "members": "党员", "authorised": "核定职数", "received": "实收", "receivable": "应收", "other": "别的人数", "votes": "赞成", "": "",
}  # fmt: skip
_BASES: tuple[tuple[Base, str], ...] = (
    (
        "all",
        "(?:应到会?的?)?(?:全体|全部|所有|在册)(?:的)?(?:正式)?党员(?!大会)|党员(?:总数|总人数|人数)|支部(?:总)?人数|在册人数|在册",
    ),
    ("due", "应到|应当到|应参加|应该到"),
    (
        "present",
        "实到|实际到会|(?<!应)(?<!应当)到会(?:的)?(?:有(?:表决|选举)权的?)?(?:党员|人数|人员|的人|正式党员|的)的?(?=[^，。；]{0,2}$)|到场",
    ),
    ("committee", "委员(?:总数|人数)?(?!会)|支委(?!会)"),
    ("posts", "应选"),
    ("candidates", "候选人(?:总)?(?:人)?数"),
    ("ballots", "投票(?:的)?人数|参加投票|收回(?:的)?选票|有效票|选票总数"),
    ("staff", "机关(?:工作人员|人员|干部职工|干部)?(?:总人?数|人员?总数|编制|人数)|编制总?数"),
    ("authorised", "核定|职数|编制内"),
    ("received", "实收|实际收"),
    ("receivable", "应收"),
)
_PATTERNS = tuple((base, re.compile(words)) for base, words in _BASES)
_NAMED_BY_FACT: dict[str, Base] = {
    "应到会有表决权党员": "due", "应到会有选举权党员": "due", "应到会人数": "due", "实到会有选举权党员": "present", "投票人数": "ballots",
    "全体委员": "committee", "机关总数": "staff", "应选人数": "posts", "全体党员": "all",
}  # fmt: skip
_QUALIFIED = {
    "应到会有表决权党员": ("表决权", re.compile("应(?:当|该)?(?:到会?|参加)的?(?:全体|全部)?党员")),
    "应到会有选举权党员": ("选举权", re.compile("应(?:当|该)?(?:到会?|参加)的?(?:全体|全部)?党员")),
    "实到会有选举权党员": ("选举权", re.compile("(?:实|实际)到会?的?(?:全体|全部)?党员|(?<!应)到会党员")),
}
_SAID_OTHERWISE = re.compile("表决权|选举权|有权|预备党员[^，。；]{0,6}不")
_DENOMINATOR = re.compile(
    "(?:以(?![上下内])|按|按照|拿|用|分母[都]?[是为用]|基数[都]?[是为用])([^，。；]{2,18}?)(?:为|作|做|当|来|计|算|，|。|；|$)"
)
_MEASURED = re.compile("超过|达到|不少于|多于|大于|不低于|占|过|够|比")
_CAME = re.compile(
    "(?:实际|能|真)?(?:到会|到场|参会|出席|实到)"
    "(?:(?:了|的)?(?:人数|人)?(?:必须|须|需|要|应当|应该|应|得|至少|起码|只|已|有|在|是|为|占|够|满|达|不少于|不低于|多于|超过?|过)+到?|)$"
)
"""委员到会的须有半数以上: who came is what is counted; of whom, stands before it."""
_PROPORTION = re.compile("(?:占比|比例|比重)$")
_VOTES = ("赞成", "同意票", "得票")
_COUNTED = re.compile("应到|应参加|应当到|实到|到会|出席|赞成|同意票|得票")
_REACH = 26
"""How far before a share its base may stand."""


def base_of(text: str, start: int, end: int) -> Base:
    """Give the base of a share that stands at `start`: the nearest one named before it, else what it is said to be counted by."""
    pieces = re.split("[，；：。]", text[max(0, start - _REACH) : start])
    before = pieces[-1]
    if len(pieces) > 1 and _PROPORTION.search(pieces[-2]) and not re.search("[党委人员]", before):
        before = pieces[-2] + before  # X在Y里的占比，一般为…
    found = _last(before)
    measured = _MEASURED.search(before)
    came = _CAME.search(before) if found == "present" else None
    if came and (came[0][-1] not in "会场席到" or not measured):
        return _whose(before[: came.start()]) or denominator(text)
    if found == "present" and measured and not _last(before[measured.end() :]):
        return denominator(text)  # 实到过了半数: who is counted, not by whom
    if found:
        return found
    after = re.match(
        "(?:以上|以内|以下)?的?((?:有(?:表决|选举)权的?)?(?:[^，。；]{0,3}(?:党员|委员(?!会)|应到|实到|在册)[^，。；]{0,3}))",
        text[end:],
    )
    if after:
        named = _last(after[1].replace("到会", ""))
        if named in ("all", "committee", "due"):
            return named
        if re.match("(?:正式)?党员", after[1]):
            return "members"
    named = denominator(text)
    if named:
        return named
    return "other" if re.search("[\u4e00-\u9fff]{2}的$", before) else ""


def _whose(before: str) -> Base:
    """Give of whom those came who are counted."""
    named = _last(before)
    if named and named != "present":
        return named
    return "members" if re.search("党员(?!大会)", before) else ""


def denominator(text: str) -> Base:
    """Give what a text says shares are counted by: 按应到会…算, 以实到…为基数."""
    for match in _DENOMINATOR.finditer(text):
        named = _last(match[1])
        if named:
            return named
    return ""


def counted_of(text: str, start: int) -> Base:
    """Give whose number is compared with the share: 实到 in 实到会…超过应到会…的半数."""
    before = re.split("[；：。]", text[max(0, start - 44) : start])[-1]
    last = before.rpartition("，")[2]
    match = _MEASURED.search(last)
    if match is None or not _last(last[match.end() :]):
        return ""
    found = _COUNTED.findall(before[: len(before) - len(last) + match.start()])
    if not found or found[-1] in _VOTES:
        return ""
    return "due" if found[-1].startswith("应") else "present"


def dropped_qualifier(name: str | None, text: str) -> str:
    """Give 表决权 or 选举权 where a fact counts by those who have it, and a sentence by 应到会党员 without saying so."""
    right, plain = _QUALIFIED.get(name or "", ("", None))
    return right if plain and plain.search(text) and not _SAID_OTHERWISE.search(text) else ""


def base_of_fact(name: str | None) -> Base:
    """Give the base that a fact's data name."""
    return _NAMED_BY_FACT.get(name or "", "")


def _last(text: str) -> Base:
    found: tuple[int, Base] = (-1, "")
    for base, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if match.start() > found[0]:
                found = (match.start(), base)
    return found[1]
