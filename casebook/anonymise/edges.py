"""Where the name of a shop or a place begins: walking left, word by word, from what ends it. Pure."""

import re
from collections.abc import Callable

from casebook.anonymise.folding import HAN
from casebook.anonymise.words import is_word, tagged

_RUN = re.compile(rf"[{HAN}A-Za-z0-9·]*$")
LONGEST = 24
# Parts of speech that join sentences, not names: prepositions, conjunctions, particles, pronouns, adverbs.
_JOINTS = {"p", "c", "u", "uj", "ul", "uz", "ug", "r", "d", "y", "f"}
# Words of drafts that stand before a name and never in one.
_STOPS = set(
    "规定 楼下 楼上 锁定 找到 查到 看到 来到 送到 暗访 抽查 联合 检查 抽检 查获 查处 发现 位于 经营 开设 承建 承接 委托 约谈 责令 反映 举报 投诉 接到 名为 叫 称 承认 上线 来自 包给 挂靠 联系 全称 名称 字号 "
    "当事人 业主 收运 单位 收运单位 维保 使用 施工 施工单位 业户 登记 售卖 购买 出售 到 去 进入 对 由 由于 的 了 是 系 为 给 从 向 与 和 及 以及 在 于 至 经 经查 "
    "因 被 把 将 让 该 本 其 某 另 名 一家 两家 这家 家 处 个 间 住 家住 现住 户籍 户籍地 地址 住址 住所 住所地 登记 登记地址 附近 门口 旁 旁边 隔壁 对面 南侧 北侧 "
    "巡查 前往 走访 回访 复查 询问 通知 送达 移送 证明 显示 载明 使 据 沿 沿着 途经 区 市 县 省 街道 街道办 派出所 广告主 维修方 老板 店主 属于 属 均 均为 名下 所有 "
    "在场 组织 户 名叫 起 日 月 年 时 分 上午 下午 晚 晚上 凌晨 夜 夜间 当天 当日 次日 日常 无人机 截获 致 经由 案 一 二 两 三 后 前 内 外 上 下 里 中 有 有人 也 都 又 并 等".split()
)


def left_edge(text: str, core: int, end: int, floor: int = 0) -> int:
    """Offset where the name begins whose last part (店, 路) stands at `core` to `end`; `core` when it has no more."""
    run = _RUN.search(text[max(floor, core - LONGEST) : end])
    if not run or not run[0]:
        return core
    start = end
    words = tagged(run[0])
    for place in range(len(words) - 1, -1, -1):
        if start <= core and _stops(words, place):
            break
        start -= len(words[place][0])
    return min(start, core)


def after_verbs(text: str, start: int, core: int, kept: Callable[[str], bool]) -> int:
    """Offset after the last verb of the dictionary between `start` and `core`: 轻信|装修公司. `kept` are no verbs here."""
    place = edge = start
    for word, tag in tagged(text[start:core]):
        place += len(word)
        if tag.startswith("v") and len(word) > 1 and is_word(word) and not kept(word):
            edge = place
    return edge


def _stops(words: list[tuple[str, str]], place: int) -> bool:
    word, tag = words[place]
    if word == "和":  # 当事人和美家园物业: a syllable of the name
        return place > 0 and len(words[place - 1][0]) > 1 and words[place - 1][0] not in _STOPS
    return word in _STOPS or tag in _JOINTS and len(word) < 3
