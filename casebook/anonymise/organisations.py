"""Names of companies, shops, schools; kinds of shop without a name (一家烧烤店) are none. Pure."""

import re
from collections.abc import Iterator

from casebook.anonymise.edges import after_verbs, left_edge
from casebook.anonymise.findings import Hit, Kind
from casebook.anonymise.folding import HAN
from casebook.anonymise.words import SURNAMES, tagged

_COMPANIES = "有限责任公司 股份有限公司 集团有限公司 有限公司 集团公司 公司 集团 合作社 律师事务所 事务所 工作室"
_PLANTS = "厂 经营部 门市部 服务部 清运部 装饰部 工程部 销售部 维修部 加工部 清运队 施工队 工程队 搅拌站 加油站 燃气站 租赁站 回收站 养殖场 农场"
_SHOPS = (
    "店 馆 坊 超市 酒店 宾馆 客栈 旅馆 旅社 酒楼 酒家 餐厅 食府 茶楼 茶社 发廊 美容院 棋牌室 洗车行 琴行 商行 车行 网吧 网咖 KTV 会所 俱乐部 便利 "
    "药房 诊所 门诊部 医院 卫生室 幼儿园 小学 中学 学校 学院 大学 培训中心 健身中心 养老院 福利院 商场 百货 市场部 物业 影城 浴场 火锅 臭豆腐 糖画 烤鱼"
)
SUFFIXES = sorted({*_COMPANIES.split(), *_PLANTS.split(), *_SHOPS.split()}, key=len, reverse=True)
_SUFFIX = re.compile(rf"(?:(?:百货|便利|火锅|烤鱼|物业)(?=店|超市|商行|馆|公司|有限))?(?:{'|'.join(SUFFIXES)})")
_AFTER = re.compile(r"(?:[(（]个体工商户[)）])?")
# What such a place does: kept in the replacement, and no name by itself.
TRADES = sorted(
    "烧烤 餐饮 小吃 早餐 火锅 龙虾 面馆 烤鱼 川菜 水果 蔬菜 生鲜 百货 日用 便民 便利 杂货 五金 建材 石材 木材 建筑工程 建筑安装 建筑 建设工程 建设 装饰工程 装饰 装修 "
    "装潢 物业服务 物业管理 物业 运输 物流 搬家清运 搬家 清运 保洁 环保科技 环保 环境检测 检测技术 检测 电梯工程 电梯 管网工程 市政 混凝土 广告装饰 广告 传媒 "
    "房屋租赁 设备租赁 租赁 房产中介 房地产 燃气 液化气 加油 汽车美容 汽车维修 汽车 洗车 手机维修 维修 电动车 美容 美发 理发 足浴 洗浴 洗涤 游泳健身 游泳 健身 "
    "台球 量贩 棋牌 麻将 网络 电子雾化体验 电子烟 烟酒 茶叶 花卉 宠物 服装 鞋帽 家具 窗帘 玻璃 印刷 打印 图文 文具 书 药 中医 口腔 眼镜 养老 托育 教育科技 教育 "
    "培训 钢琴 舞蹈 驾驶 农资 种子 饲料 养殖 水产 屠宰 冷冻食品 食品 粮油 豆制品 酒 饮料 化工 金属制品 金属 机械 塑料 纸品 家电 回收 再生资源 废品 劳务 投资 咨询 "
    "科技 商贸 贸易 文化 体育 旅游 泥浆清运 渣土 建筑垃圾 安装 工程 公共服务 服务 管理 制品 加工 经营 人民 第一 第二 第三 第六 实验 中心 社区 街道 职业 技术 初级 高级".split(),
    key=len,
    reverse=True,
)
TRADE = re.compile("|".join(TRADES))
_GENERIC = set(
    "路段 相邻 紧邻 全部 家具 养生 该 另 另一家 小作 作 轻信 四家 两家 三家 五家 几家 多家 小 大 家 老 新 无证 涉事 涉案 隔壁 楼下 附近 个体 私营 民营 国有 外地 本地 有关 相关 专业 正规 违规 违法 第三方 连锁 夜宵 露天 临街 沿街 各 各类 部分 多 几 某 "
    "开发 承包 供应 总 分 子 母 个人 集体 普通 大型 小型 中型 高档 室内 室外 公共 私立 公立 民办 公办 体 场 门 街 路边 路 店 馆 网 饭 酒 茶 厨房 家庭 作坊 黑 "
    "保险 证券 银行 供电 供水 通信 出租 客运 公交 地铁 广场 娱乐 歌舞 桑拿 早点 夜 快餐 餐 菜 面 粉 奶茶 蛋糕 糕点 副食 零售 批发 医疗 体检 疗养 牙科 兽医 幼儿 "
    "城市 农村 乡村 驻地 县级 市级 区级 省级 附属 中等 普通 综合 图书 博物 美术 体育 文化 展览 纪念 档案 科技 大使 领事 报 使 领 宾 殡仪 等级 星级 定点 机构 场所".split()
)
_REGION = re.compile(rf"^(?:[{HAN}]{{2,3}}?(?:省|市|区|县|镇|街道|村))+")
_MASKED = re.compile(r"某|[×*]")
_NO_END = re.compile(r"[到进入在本该此其出离]$")  # 到店, 该店
_SIGNBOARD = re.compile(
    rf"(?<![{HAN}])?[{''.join(sorted(SURNAMES))}]记(?![录载者账得性入忆号名住叙述明])[{HAN}]{{2,3}}?(?=[”、，。的（(两二和]|$)"
)
_KNOWN_SHORT = re.compile(r"公司|厂|物业")


def organisations(text: str) -> Iterator[Hit]:
    """Names that end in a word for a firm, a shop or a school, as far left as the name goes."""
    cursor = 0
    for found in _SUFFIX.finditer(text):
        if found.start() < cursor or _goes_on(text, found):
            continue
        start = left_edge(text, *found.span(), cursor)
        end = _AFTER.match(text, found.end()).end()  # type: ignore[union-attr]  # an optional group always matches
        start += _inner_start(text[start : found.start()])
        if not found[0].endswith(("有限公司", "有限责任公司", "律师事务所")):
            start = after_verbs(text, start, found.start(), _is_trade)
        if _is_name(text[start : found.start()], found[0]):
            yield Hit(Kind.ORGANISATION, start, end, "单位、店铺名称，只保留行业", True, found[0])
        cursor = found.end()
    for found in _SIGNBOARD.finditer(text):
        yield Hit(Kind.ORGANISATION, *found.span(), "招牌字号", True, "摊点")


def short_names(name: str) -> Iterator[str]:
    """How the text goes on to call a firm: 江城鸿远建筑工程有限公司 -> 鸿远公司, 鸿远."""
    core = TRADE.sub("", _SUFFIX.sub("", _AFTER_ALL.sub("", name)))
    core = _strip_place(core)
    if 2 <= len(core) <= 4:
        yield from (core + ending for ending in ("公司", "厂", "物业", "店", "集团", "工程部", "学校"))


def described(name: str) -> str:
    """某餐饮店, 某建筑公司: the kind of place and what it does."""
    suffix = _last_suffix(name)
    trades = [trade for trade in TRADE.findall(name) if trade not in _TOO_COMMON]
    plain = "公司" if suffix.endswith("公司") else suffix
    trade = next((trade for trade in reversed(trades) if trade not in plain), "")
    return f"某{trade}{plain}" if plain else f"某{trade or '单位'}"


_AFTER_ALL = re.compile(r"[(（]个体工商户[)）]")
_TOO_COMMON = {
    "人民",
    "第一",
    "第二",
    "第三",
    "第六",
    "服务",
    "管理",
    "中心",
    "经营",
    "工程",
    "初级",
    "高级",
    "投资",
    "科技",
    "技术",
}


def _last_suffix(name: str) -> str:
    found = _SUFFIX.findall(_AFTER_ALL.sub("", name))
    return found[-1] if found else ""


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """公司 in 公司法, 厂 in 厂房, 店 in 店铺: the word does not end here; a longer suffix follows."""
    after = text[found.end() : found.end() + 1]
    if found[0] in {"店", "馆", "厂", "坊", "集团", "物业", "便利", "百货", "市场部", "火锅", "烤鱼"}:
        return bool(after) and after in "铺面主员长堂房区商家名招子址公有股超费服管人企项用"
    return False


def _inner_start(name: str) -> int:
    """Cuts what is still no name: words before a closing bracket or quotation, digits of a date."""
    cut = re.match(r"^(?:\d+[年月日时分]?)+", name)
    return cut.end() if cut else 0


def _is_name(name: str, suffix: str) -> bool:
    """Something is left besides the trade, the kind and the district."""
    if _MASKED.search(name) or _NO_END.search(name):
        return False
    core = _strip_place(TRADE.sub("", name))
    words = [word for word, tag in tagged(core) if word not in _GENERIC and tag not in {"m", "q", "x"}]
    needed = 2 if len(suffix) == 1 or suffix in {"火锅", "烤鱼", "便利", "百货", "物业", "集团"} else 1
    return len("".join(words)) >= needed


def _is_trade(word: str) -> bool:
    return any(word in trade or trade in word for trade in TRADES)


def _strip_place(core: str) -> str:
    return _REGION.sub("", core)
