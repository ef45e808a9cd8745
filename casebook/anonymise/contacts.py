"""E-mail, WeChat, QQ and other accounts; numbers of licences and of the case's own documents. Pure."""

import re
from collections.abc import Iterator

from casebook.anonymise.findings import Hit, Kind
from casebook.anonymise.folding import HAN

_EMAIL = re.compile(r"[A-Za-z0-9_.+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_NAMED_ACCOUNT = re.compile(
    r"(?:微信|QQ|支付宝|抖音|快手|小红书|微博|淘宝|账号|帐号|用户名|昵称|网名)"
    r"[^A-Za-z0-9。；\n]{0,8}(?P<id>[A-Za-z0-9][A-Za-z0-9_\-]{4,24})(?![A-Za-z0-9_@])"
)
_WECHAT = re.compile(r"wxid_[A-Za-z0-9_]{4,}")
_QUOTED_NAME = re.compile(r"(?:微信|QQ|抖音|好友|网名|昵称|微信名|账号名|网友)[^“”\n。]{0,4}“(?P<id>[^“”\n]{2,12})”")
_WORDS = {"WiFi", "APP", "GPS"}

# numbers that lead to the party through the disclosure of licences and decisions
_CASE_DOCUMENT = re.compile(rf"[{HAN}]{{1,10}}(?:字)?\s?[〔\[(](?:19|20)\d{{2}}[〕\])]\s?(?:字)?第?\s?\d{{1,6}}\s?号")
_OF_CASE = re.compile(r"罚|决|立|强|责|催|复|听|送|扣|封|证|字|用")
_OF_RULES = re.compile(r"(?:政|办|令|规|函|发|法释|公告|通)$")
_NUMBERED = re.compile(
    r"(?:证号|许可证号?码?|编号|编码|执照号|注册号|证书号|备案号|备案表|设备代码|工号|文号|喷号|牌号|登记号|档案号|学号|警号)"
    rf"(?:[^A-Za-z0-9{HAN}。；\n]|[为是系:]){{0,3}}"
    rf"(?P<id>(?=[^。；，\n]{{0,12}}\d)[{HAN}]{{0,8}}(?:[A-Za-z0-9〔〕\[\]\-第字年号]|\((?:19|20)\d\d\)){{4,28}})"
)
_PRINTED = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,4}(?:-[A-Z0-9]{2,6}){1,4}(?![A-Za-z0-9])")
_DEGREES = (
    r"(?:[东西南北]经|[东西南北]纬|[EWNS])?\s?\d{1,3}"
    r"(?:°\d{1,2}[′'](?:\d{1,2}(?:\.\d+)?[″\"])?|\.\d{4,8}°?)[EWNS]?"
)
_GPS = re.compile(rf"{_DEGREES}(?:\s?[,，、; ]\s?{_DEGREES})?")


def contacts(text: str) -> Iterator[Hit]:
    """Addresses and names by which somebody is reached on the net."""
    for found in _EMAIL.finditer(text):
        yield Hit(Kind.CONTACT, *found.span(), "电子邮箱可以找到本人")
    for found in _WECHAT.finditer(text):
        yield Hit(Kind.CONTACT, *found.span(), "微信号可以找到本人")
    for found in _NAMED_ACCOUNT.finditer(text):
        if found["id"].isdigit() and len(found["id"]) > 13:
            continue  # a bank account
        if found["id"] not in _WORDS and not found["id"].isalpha() or "号" in found[0]:
            yield Hit(Kind.CONTACT, *found.span("id"), "网络账号可以找到本人")
    for found in _QUOTED_NAME.finditer(text):
        yield Hit(Kind.CONTACT, *found.span("id"), "网名可能认出本人", False)


def numbered(text: str) -> Iterator[Hit]:
    """Licences, decisions and coordinates; documents that make rules are none."""
    for found in _CASE_DOCUMENT.finditer(text):
        letters = re.split(r"[〔\[(]", found[0])[0]
        start = found.start() + _issuer_start(letters)
        if _OF_CASE.search(letters) and not _OF_RULES.search(letters):
            yield Hit(Kind.OTHER, start, found.end(), "文书或证照编号可以查到当事人", True, "文号")
    for found in _NUMBERED.finditer(text):
        yield Hit(Kind.OTHER, *found.span("id"), "证照或登记编号可以查到当事人", True, "编号")
    for found in _PRINTED.finditer(text):
        if any(sign.isdigit() for sign in found[0]):
            yield Hit(Kind.OTHER, *found.span(), "像证照或登记编号", False, "编号")
    for found in _GPS.finditer(text):
        yield Hit(Kind.ADDRESS, *found.span(), "坐标比门牌更精确", True, "坐标")


def _issuer_start(letters: str) -> int:
    """Where the number begins, after words such as 文号为 and 许可证."""
    cue = re.match(r".*(?:文号|编号|证号|为|是|系|书|证(?!字))", letters)
    return cue.end() if cue and cue.end() < len(letters) else 0
