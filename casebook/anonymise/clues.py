"""Clues that no replacement of a name takes away: minors, and what there is only one of. Pure."""

import re
from collections.abc import Iterator

from casebook.anonymise.findings import Hit, Kind
from casebook.anonymise.folding import NUMERAL

ADULT = 18
_AGE = re.compile(
    rf"(?<![\d\-至到])(?P<first>\d{{1,2}}|[{NUMERAL}]{{1,3}})(?:[至到\-]\d{{1,2}})?(?:周)?岁(?P<half>半)?"
)
_GRADE = re.compile(
    r"(?:小学|初中|高中)?[一二三四五六七八九1-9](?:年级)(?:学生|男生|女生)?|(?:初|高)[一二三](?:学生|男生|女生|年级)?"
    r"|[一二三四五六七八九]\s?[(（]\d{1,2}[)）]班|(?:小|中|大|学前)班(?:幼儿|学生|儿童)?(?=[，。、的在])"
)
_PERSON = re.compile(
    r"\d?名?(?:未成年(?:人|子女|女儿|儿子|学生)?)|男童|女童|幼童|幼女|男孩|女孩|婴儿|幼儿(?!园)|小学生|中学生"
)
_RULE = re.compile(r"规定|禁止|不得|应当|《|保护")
_ONLY = re.compile(
    r"(?:本|该|全)?(?:街道?|社区|辖区|镇|村|片区|全区|全市|本市|城区|区|市)[^，。；\n]{0,4}?"
    r"(?:唯一|仅有|独一)[^，。；\n]{0,14}|(?:唯一|仅有)(?:的)?(?:一家|一名|一位|一处|一座)[^，。；\n]{0,10}"
    r"|(?:非遗|代表性)[^，。；\n]{0,6}传承人|百岁老人|(?:人大代表|政协委员|劳动模范|道德模范)"
)
_BODY = re.compile(r"捺印|指印|指纹|人脸|声纹|手写签名|签名(?:照片|图片|扫描件)")
_FIGURES = {sign: n for n, sign in enumerate("〇一二三四五六七八九")}


def minors(text: str) -> Iterator[Hit]:
    """Ages under 18, school years and words for children. Any of them asks for a person's decision."""
    for found in _AGE.finditer(text):
        if _number(found["first"]) < ADULT and not _in_rule(text, found.start()):
            yield Hit(Kind.MINOR, *found.span(), "未满十八周岁：有未成年人线索的案例原则上不公开", True, "若干岁")
    for found in _GRADE.finditer(text):
        yield Hit(Kind.MINOR, *found.span(), "年级、班级是未成年人的线索，原则上不公开", True, "某年级学生")
    for found in _PERSON.finditer(text):
        if not _in_rule(text, found.start()):
            yield Hit(Kind.MINOR, *found.span(), "提到未成年人，请确认没有可以认出本人的线索", False, "相关人员")


def unique(text: str) -> Iterator[Hit]:
    """The small community test: who is the only one of its kind needs no name; and traces of a body."""
    for found in _ONLY.finditer(text):
        yield Hit(Kind.OTHER, *found.span(), "当地独一无二的描述等于说出名字", False, "独有")
    for found in _BODY.finditer(text):
        yield Hit(Kind.OTHER, *found.span(), "签名、指印、人脸等不能随文公开", False, "签名")


def _in_rule(text: str, start: int) -> bool:
    """In a sentence that says what the law forbids, not who did it."""
    begin = max(text.rfind(stop, 0, start) for stop in "。；\n") + 1
    return bool(_RULE.search(text[begin:start]))


def _number(written: str) -> int:
    """`15`, `六`, `十五`, `三十`; what cannot be read counts as an adult."""
    if written.isascii():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if any(sign not in _FIGURES for sign in tens + ones):
        return ADULT
    return (_FIGURES[tens] if tens else 1) * 10 * bool(ten) + (_FIGURES[ones] if ones else 0)
