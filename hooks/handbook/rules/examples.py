"""Which stretch of a sentence is an example: its people, dates and head counts are invented, and so is what follows from them."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(
    "(?:^|(?<=[，；：。（“]))(?:再?(?:例如|比如|譬如|比方|打个比方|举个?例|示例|举例)|假设|假定|假如|假使|设想|[以拿][^，。；：]{1,16}(?:为例|来说))"
)
_MARKED = re.compile("虚构|（[^（）]*(?:示例|举例|例子|假设|假定)[^（）]*）")
"""Said of its stretch without any 例如: （虚构）, （数字为假设）."""
_INVENTED = re.compile(
    "虚构|某(?:个|一)?(?:机关|单位|局|处|科|支部|总支|党|同志|人|干部|委员|年|月|日|天)|[老小][\u4e00-\u9fff](?=[，（是的在把交有同入转])|张三|李四|王五"
    "|[甲乙丙丁](?=同志|支部|单位|[，（是的在有])|\\d+月\\d+[日号]|\\d{4}年|[今去明]年|[昨今]天|(?:应到|实到|实际到会|到会|来了?|赞成|同意|得了?|投了?)[^，。；\\d]{0,12}\\d+(?:名|人|个|票)"
    "|(?<![—超满够到于])\\d+(?:\\.\\d+)?(?:名|人|票|元|块)(?!以[上下内]|[—～至到])"
)
"""Who or what is named as if it were somebody's case."""
_RULE = re.compile("应当|应该|必须|(?<!务)须|才[能可算行]|方[可能]|按规定|按照规定|规定[是要]|要求")
_SHARE = re.compile("半数|一半|\\d/\\d")
_COUNT = re.compile("\\d+(?:\\.\\d+)?(?:名|人|个|票|元|份|天|日|月|年)")
_STRETCH = re.compile("[^；]+")


@lru_cache(maxsize=8192)
def examples_in(text: str) -> tuple[tuple[int, int], ...]:
    """Give start and end of the stretches of a folded sentence that are examples."""
    first = _WORD.search(text)
    if first is None and _MARKED.search(text) is None:
        return ()
    if first and first.start() <= 1 and _INVENTED.search(text):
        return ((0, len(text)),)
    found = []
    for stretch in _STRETCH.finditer(text):
        word = _WORD.search(text, stretch.start(), stretch.end())
        if word and _INVENTED.search(text, word.start(), stretch.end()):
            found.append((word.start(), stretch.end()))
        elif word is None and _MARKED.search(stretch[0]):
            found.append(stretch.span())
    return tuple(found)


def states_rule(piece: str) -> bool:
    """Tell whether a piece of an example says a share as a rule (须超过半数): that is not invented."""
    return _RULE.search(piece) is not None and _SHARE.search(piece) is not None and _COUNT.search(piece) is None
