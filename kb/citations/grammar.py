"""The written forms, as regular expressions over folded text.

Folding replaces character by character (full-width digits, every bracket, blanks, traditional
unit words), so that a position in the folded text is a position in the text as given.
"""

import re

WIDE = "０１２３４５６７８９（）［］〔〕【】﹝﹞　\u00a0\u2002\u2003－–—～條項"
PLAIN = "0123456789()[][][][]    ----条项"
FOLDING = str.maketrans(WIDE, PLAIN)


def fold(text: str) -> str:
    """The text in one width, of the same length."""
    return text.translate(FOLDING)


HAN = "[一-鿿]"
NUMERAL = r"(?:\d{1,4}|[零〇○一二三四五六七八九十百千]{1,10})"
NUMBER = rf"\(?\s?{NUMERAL}\s?\)?"
TO = r"(?:至|到|-)"
AND = r"(?:、|和|与|及|以及|或者|或)"
NUMBERS = rf"第?\s?{NUMBER}(?:\s?(?:{TO}|{AND})\s?第?\s?{NUMBER}){{0,40}}"

# A unit word that is part of another word (条件, 项目, 款项, 编号) is no unit.
UNIT_WORD = r"条(?![件例款约])|款(?![项式待])|项(?!目)|目(?![标录的前])|章(?!程)|节(?![假能约])|分编|编(?![号制辑写])"
UNIT = re.compile(rf"(?P<numbers>{NUMBERS})\s?(?P<unit>{UNIT_WORD})(?:\s?之\s?(?P<sub>{NUMERAL}))?")
ONE_NUMBER = re.compile(rf"(?P<joint>{TO})?\s?第?\s?\(?\s?(?P<number>{NUMERAL})")

CONNECTOR = re.compile(rf"\s?(?P<word>{TO}|{AND})\s?")
LEADING_LAW = re.compile(r"\s?(?:的|之|规定的)?\s?")

PART = re.compile(r"的?(?P<part>前半段|后半段|前段|后段|但书|第[一二三四]句)")
PART_NAMES = {"前半段": "前段", "后半段": "后段"}

VERSION = re.compile(
    r"\s?\(\s?(?P<year>(?:19|20)\d\d)\s?年?[^()\n]{0,12}?(?:修订|修正|版|本|公布|施行|制定)?[^()\n]{0,6}\)"
)
ASIDE = re.compile(r"\s?\((?:以下[简统]称[^()]{1,40}|[^()\n]{0,20}\[\d{4}\]\s?\d+号[^()\n]{0,6})\)")

BOOK = r"《[^《》\n]{1,120}(?:《[^《》\n]{0,100}》[^《》\n]{0,100}){0,3}》"
KINDS = (
    "实施条例|实施细则|实施办法|暂行条例|暂行规定|暂行办法|"
    "法典|法|条例|办法|规定|细则|决定|解释|规则|通则|章程|准则|意见|通知|标准|规范|公约|议定书|协定|制度"
)
# 基本法, 合同法 and the like hold the same characters.
OWN = rf"(?<![基原资样文版])本(?:{KINDS})的?(?=\s?第)"
THAT = rf"(?<![应合共相])(?:该|同)(?:{KINDS})的?(?=\s?第)"
RELATIVE = (
    r"(?<![目之提以日])(?:前|上)(?P<count>[一二两三四五六七八九])?(?P<before>款(?!项)|条(?![件例约款])"
    # 前三项污染物 counts pollutants
    r"|项(?!目)(?(count)(?=[规所情的之以第行各中、，。；)外和或除]|$)))"
    r"|(?<![基原资样文脚])(?<!(?<!构)成)本(?P<here>条(?![例件约款])|款(?!项)|项(?!目)|章(?!程)|节|编)"
)
SECTION = r"§\s?\d{1,4}(?:-\d{1,2})?"
DECREE = rf"令\s?\(?(?:(?:19|20)\d\d年\s?)?第?\s?{NUMERAL}\s?号\)?|第?{NUMERAL}号令"
DOCUMENT = r"[\[(]?(?:19|20)\d\d[\])]?\s?年?\s?第?\d{1,4}\s?号"
LOOSE_NUMBER = r"(?<=[法例定则典程令])\s?(?:[一二三四五六七八九十百千零]{1,9}(?=条)|\d{1,4}(?!\d))"
# `第三十三条　文字` at the beginning of a line opens an article, it cites none.
OPENING = re.compile(rf"第\s?{NUMERAL}\s?条(?:之{NUMERAL})?\s+(?=[^\s第])")

HEAD = re.compile(
    rf"(?P<book>{BOOK})|(?P<own>{OWN})|(?P<that>{THAT})|(?P<relative>{RELATIVE})|(?P<section>{SECTION})"
    rf"|(?P<decree>{DECREE})|(?P<document>{DOCUMENT})|(?P<bare>第\s?{NUMBER})|(?P<loose>{LOOSE_NUMBER})"
)

ATTACHMENT = re.compile(r"\s?(?:的)?附件\s?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})")
LIST_NUMBER = re.compile(rf"\s?(?:的)?第\s?(?P<number>{NUMERAL})\s?项(?!目)")
LEVELS = re.compile(
    r"\s?(?P<a>[一二三四五六七八九十]{1,3})、?\s?\((?P<b>[一二三四五六七八九十]{1,3})\)"
    r"(?:\s?(?P<c>\d{1,2})[.．]?(?!\d|年|月|日))?(?:\s?\((?P<d>\d{1,2})\))?"
)

LAW_ENDING = re.compile(
    r"(?:法典|法|条例|办法|规定|细则|决定|解释|规则|通则|章程|准则|意见|通知|公约|议定书|协定|通告|批复|方案)$"
)
SENTENCE_END = re.compile(r"[。\n]")
WORTH_READING = re.compile(r"第|前|上[款条项]|本[条款项章节编]|《|§|号|条|法\d|例\d")
