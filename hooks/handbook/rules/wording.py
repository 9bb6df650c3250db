"""Words that stand for each other, and words that rule each other out: tables, read by the clause check.

A *contrast* is a set of words of which a statement means one: 党员大会 or 支委会, 到会 or 赞成, 接收 or 转正. Where a text
names one and a fact names another, the fact is hardly what the text is about (`TOPICS`); where they are about the same
thing, the text is wrong (`VALUES`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_SAME = (
    ("支委会会议", "支部委员会会议"), ("支委会", "支部委员会"), ("支委", "支部委员"), ("支部大会", "支部党员大会"), ("党代会", "党员代表大会"),
    ("积极分子", "入党积极分子"), ("入党入党", "入党"), ("总支部", "总支"), ("总支", "党总支"), ("党党", "党"), ("工委", "机关工委"), ("机关机关", "机关"),
    ("失联", "失去联系"), ("联系不上", "失去联系"), ("缴纳", "交纳"), ("来不了", "不能参加"), ("参加不了", "不能参加"), ("派人去谈", "派人谈话"),
    ("任期满", "任期届满"), ("基层党委", "基层委员会"), ("工程项目", "工程、项目"), ("一个个", "逐个"), ("一个一个", "逐个"), ("票决", "表决"),
    ("没满", "未满"), ("没有满", "未满"), ("任期未满", "任期内"), ("调整书记", "变动书记"), ("换书记", "变动书记"),
    ("没参加过培训", "没有经过培训"), ("没参加培训", "没有经过培训"), ("未经培训", "没有经过培训"), ("每段开头空", "每个自然段左空"), ("每段", "每个自然段"),
)  # fmt: skip
"""In this order; what follows may mend what went before (入党入党)."""


class Contrast(NamedTuple):
    """Words of which a statement means one."""

    name: str
    words: tuple[tuple[str, re.Pattern[str]], ...]
    any: re.Pattern[str]
    """All of them at once: most texts name none."""
    needs: str = ""
    """The contrast of topics that must be shared before these words are compared, or `SURE`."""


START = "起算"
SURE = "*"
"""Compared only where a part says enough to be surely about the fact."""


def _contrast(name: str, needs: str = "", /, **words: str) -> Contrast:
    each = tuple((word, re.compile(pattern)) for word, pattern in words.items())
    return Contrast(name, each, re.compile("|".join(f"(?:{pattern})" for pattern in words.values())), needs)


TOPICS = (
    _contrast(
        "会议", 党员大会="(?:党员|支部)大会", 代表大会="代表大会|党代会", 支委会="支委会|支部委员会", 党小组="党小组", 组织生活会="组织生活会",
        民主生活会="民主生活会", 党课="党课", 主题党日="党日", 民主评议="民主评议|评议党员|党员评议", 谈心谈话="谈心", 干部大会="干部大会",
        中心组="中心组", 轮训="轮训",
    ),
    _contrast("票", 到会="(?<!应)(?<!应当)(?<!不能)到会|实到|出席|参会|开会", 赞成="赞成|同意票|得票|当选"),
    _contrast("选择", 弃权="弃权", 不赞成="不赞成|反对"),
    _contrast("事", 接收="(?<![同和与跟像])接收", 转正="转正", 延长="延长", 追认="追认", 推迟="推迟"),
    _contrast(
        "组织", 机关党委="机关党委", 机关纪委="机关纪委", 党总支="总支", 党支部="(?<!总)支部(?!大会|党员大会|委员|书记)", 基层委员会="基层(?:党的)?委员会|基层党委",
    ),
    _contrast(
        "委员会", 基层委员会="基层(?:党的)?委员会", 总支委员会="总支部?委员会", 支部委员会="(?<!总)支部委员会|支委会",
    ),
    _contrast("支部", 联合="联合党?支部", 临时="临时党?支部", 流动="流动党员党支部"),
    _contrast("职务", 委员="委员(?!会)|支委(?!会)", 书记="书记"),
    _contrast("党员身份", 申请="申请", 积极分子="积极分子", 发展对象="发展对象"),
    _contrast("义务权利", 义务="义务", 权利="权利"),
    _contrast("文件", 综合="综合性?(?:文件|报告)", 专项="专项"),
    _contrast("处分", 警告="(?<!严重)警告", 严重警告="严重警告", 撤职="撤销党内职务", 留党察看="留党察看", 开除="开除"),
    _contrast("介绍", 介绍人="介绍人", 联系人="联系人"),
    _contrast("票员", 监票="监票", 计票="计票"),
    _contrast("证信", 介绍信="介绍信", 证明信="证明信", 活动证="活动证", 回执="回执"),
    _contrast(
        "党费身份", 离退休="离退休|退休", 农民="农民", 学生="学生", 下岗="下岗", 年薪="年薪", 按月="按月(?:领|取|发)|工资", 不按月="不按月|个体",
        抚恤="抚恤|救济", 低保="低保|最低生活保障",
    ),
    _contrast("党费事项", 补交="补交|补缴", 多交="多交|特殊党费", 不交="不交", 代交="代交"),
    _contrast("党员去向", 出国="出国|国外", 失联="失去联系|失联", 外出="外出|在外", 毕业="毕业"),
    _contrast(
        "公文要素", 标题="标题", 正文="正文(?!下)", 附件="附件(?!说明)", 附件说明="附件说明", 页码="页码", 抄送="抄送", 印发="印发", 主送="主送", 份号="份号",
        密级="密级", 紧急="紧急程度", 签发人="签发人", 发文字号="发文字号", 署名="署名", 印章="印章", 签名章="签名章", 附注="附注", 标志="标志",
        成文日期="成文日期",
    ),
    _contrast("版心", 天头="天头", 订口="订口", 版心="版心(?:宽|高)|版心.{0,2}\\d", 订眼="订眼"),
    _contrast("多少", 多="多于|(?<!不)超过|超出|多出|(?<![至最不])多(?=[，的；]|$)", 少="(?<!不)少于|等于(?!或?者?多)|相等|不多于|不超过|不足|不到|(?<![至最不多])少(?=[，的；]|$)"),
    _contrast("步骤", 审查="(?<!政治)审查", 预审="预审", 审批="审批|批准", 培训="培训", 公示="公示", 宣誓="宣誓", 考察="考察|分析"),
)  # fmt: skip
"""By these a fact is chosen."""

_START = "(?:的)?(?:之日|那天|那日|那一天|当天|当日|之时|时|日)?(?:起|算|开始|计)"
VALUES = (
    _contrast(
        START,
        支部大会通过=rf"(?:大会|决议)[^，。；]{{0,6}}通过[^，。；]{{0,12}}?{_START}|(?:从|自)[^，。；]{{0,8}}通过",
        批准=rf"(?:党委|上级|组织)[^，。；]{{0,6}}(?:批准|审批|批复|批下来|批了)[^，。；]{{0,8}}?{_START}|(?:从|自)[^，。；]{{0,8}}(?:批准|批复)",
        宣誓=rf"宣誓[^，。；]{{0,4}}?{_START}|(?:从|自)[^，。；]{{0,8}}宣誓",
        期满=rf"期满[^，。；]{{0,14}}?{_START}|(?:从|自)[^，。；]{{0,8}}期满",
        申请=rf"(?:递交|提出|提交|交)[^，。；]{{0,4}}申请书?[^，。；]{{0,4}}?{_START}",
    ),
    _contrast("上一期", 上季度="上[一1]?个?季度", 上年度="上[一1]?个?年度?|去年", 上月="上[一1]?个?月"),
    _contrast("收入口径", 实收="实收|实际收", 应收="应收"),
    _contrast("税", 税前="税前|扣税前|未扣税|没扣税", 税后="税后|扣税后|扣除(?:个人)?所得税"),
    _contrast("收入", 纯收入="纯收入|净收入", 总收入="总收入|毛收入|全部收入"),
    _contrast("效力", "多少", 有效="有效|算数", 无效="无效|作废|不算数"),
    _contrast("级别", 以上="[县市省]级?(?:及)?以上", 以下="[县市省]级?(?:及)?以下"),
    _contrast("选票口径", "多少", 投票人数="投票(?:的)?人数|参加投票", 应到="选票[^，。；]*应到", 实到="选票[^，。；]*(?:实到|(?<!应)到会的?人数)"),
    _contrast("轻重", SURE, 不宜="不宜", 不得="不[得能](?!超过|少于|多于|低于|早于|晚于|不)|不准|不许"),
    _contrast("到会口径", SURE, 应到="应到|应参加", 实到="实到|实际到会"),
    _contrast("投票方式", 无记名="[无不]记名", 记名="(?<![无不])记名", 举手="举手"),
    _contrast("选举方式", 等额="等额", 差额="差额"),
    _contrast("票权", 表决权="表决权", 选举权="选举权"),
    _contrast("审批机关", 上级="上级", 同级="同级"),
)  # fmt: skip
"""By these a statement is right or wrong."""

_SPECIAL = re.compile("(?<!乡)村(?!镇)|社区")


def special(text: str) -> bool:
    """Tell whether a text is about villages and communities, for which the same things are ruled otherwise."""
    return _SPECIAL.search(text) is not None


NEEDS = tuple(
    next((place for place, topic in enumerate(TOPICS) if topic.name == value.needs), None) for value in VALUES
)
"""Per contrast of `VALUES` the place of the one it needs in `TOPICS`."""

_COMPARES = re.compile("比|不同于|区别于|有别于|一样|相同|不是一回事")
_COMPARED = re.compile(
    "(?:比|不同于|区别于|有别于)[^，。；、比]{2,12}?(?:重|轻|严|宽|高|低|早|晚|不同|不一样)|[同与和跟][^，。；、]{2,10}?(?:一样|相同|不是一回事)"
)

TITLE_END = re.compile("(?:条例|规定|办法|细则|准则|规则|规划|意见|通知|法|章程)(?:\\([^)]*\\))?$")
"""How the titles of regulations end."""
TITLE = re.compile("《([^《》]{4,40})》")
TELLS = re.compile(
    "(?:(?:按照|依照|根据|依据|遵照|对照|按|照|据|依)《[^《》]{4,40}》(?:的规定|的要求|规定|要求)?，?"
    "|《[^《》]{4,40}(?:条例|规定|办法|细则|准则|规则|规划|意见|通知|法|章程)(?:[（(][^）)]*[）)])?》(?:里|中|上)?"
    "(?:也|都|还|就|又)?(?:明确)?(?:规定|要求|说|讲|写明|写着|写的是|写|提出)(?:得很清楚|明白|了|的是|的)?[，：]?)"
)
"""The name of a text in front of what it says; what it says is not about the name."""
TOLD_ABOUT = re.compile("误|错|旧|原|不是|曾|废止|停止|停用|取代|替代|接替|从前|以前|试行|暂行|修订前|别称|俗称|简称")
"""Where it stands, an old or wrong title is told about, not used."""

Kinds = tuple[int, ...]
"""Per contrast the words that a text names, as bits."""


@lru_cache(maxsize=8192)
def canonical(text: str) -> str:
    """Write what has two names under one, so that texts can be compared by their characters."""
    for old, new in _SAME:
        text = text.replace(old, new)
    return text


@lru_cache(maxsize=8192)
def topics_named(text: str, within: int = -1) -> Kinds:
    """Give per contrast of `TOPICS` which words a text names, those left out with which it only compares.

    `within` are the contrasts that can be named at all, as `mask` gives them for a text of which this is a part.
    """
    return _named(TOPICS, _COMPARED.sub("", text) if _COMPARES.search(text) else text, within)


@lru_cache(maxsize=8192)
def values_named(text: str) -> Kinds:
    """Give per contrast of `VALUES` which words a text names."""
    return _named(VALUES, text)


def apart(one: Kinds, other: Kinds, both: int) -> int:
    """Count the contrasts, of those that `both` name, in which two texts name nothing in common."""
    count = 0
    while both:
        place = (both & -both).bit_length() - 1
        count += not one[place] & other[place]
        both &= both - 1
    return count


def mask(kinds: Kinds) -> int:
    """Give as bits in which contrasts something is named, to see at once that two texts have none in common."""
    return sum(1 << place for place, bits in enumerate(kinds) if bits)


def words_of(contrast: Contrast, bits: int) -> str:
    """Name the words behind the bits."""
    return "、".join(word for place, (word, _) in enumerate(contrast.words) if bits >> place & 1)


def _named(contrasts: tuple[Contrast, ...], text: str, within: int = -1) -> Kinds:
    return tuple(
        sum(1 << place for place, (_, pattern) in enumerate(contrast.words) if pattern.search(text))
        if within >> at & 1 and contrast.any.search(text)
        else 0
        for at, contrast in enumerate(contrasts)
    )
