"""Short names of power items: what an officer calls 对……的处罚."""

import re

LONGEST = 24
WRAPPING = re.compile(r"^对(.+?)(?:的(?:行政)?(?:处罚|处理|检查|强制))$")
BRACKETED = re.compile(r"（([^（）]*)）")
# What stands in brackets without being a name of its own.
NO_NAME = re.compile(r"[、，；]|^含|等$|^规章$|^委托")
ACTORS = re.compile(
    r"^(?:[一-龥、]{0,10}(?:经营单位|施工单位|建设单位|用人单位|供水单位|经营者|物业服务企业|医疗卫生机构|排水户)"
    r"|燃气用户及相关单位和个人|单位|个人)(?=未|不|将|擅自|在|拒|关闭|向|倒卖|无|非法|涂改|安装|改变|进行|违反|超)"
)
PLACES = re.compile(r"^在[一-龥、]{2,24}?(?:范围内|区域内|的场所|地区|地点以外|过程中|市区内|上|内)(?=[一-龥]{4,})")
BREAKS = ("或者", "以及", "，", "、")


def short_name(name: str) -> str:
    """At most 24 characters: the colloquial name in brackets, else the core of the conduct.

    `对擅自占用……摆摊设点经营（占道经营）的处罚` -> `占道经营`;
    `对随地吐痰、便溺……的处罚` -> `随地吐痰、便溺`.
    """
    bracketed = [text for text in BRACKETED.findall(name) if 2 <= len(text) <= 8 and not NO_NAME.search(text)]
    if bracketed:
        return bracketed[0]
    core = BRACKETED.sub("", name).strip()
    wrapped = WRAPPING.match(core)
    return shortened(wrapped[1] if wrapped else core)


def shortened(core: str) -> str:
    """Who and where are dropped before the conduct itself is cut, and then only between two parts."""
    for prefix in (ACTORS, PLACES):
        if len(core) > LONGEST:
            core = prefix.sub("", core, count=1)
    if len(core) <= LONGEST:
        return core
    cuts = [core.rfind(mark, 0, LONGEST) for mark in BREAKS]
    return core[: max((cut for cut in cuts if cut >= 10), default=LONGEST - 1)] + "…"
