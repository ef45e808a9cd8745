"""Numbers that name a person or a firm: identity cards, bank cards, credit codes, telephones, plates. Pure."""

import re
from collections.abc import Iterator

from casebook.anonymise import checksums
from casebook.anonymise.findings import Hit, Kind

_APART = r"[ \-\r\n]{0,2}"  # between the digits of one number: typists and line ends part them
_LONG = re.compile(rf"(?<![0-9A-Za-z])[0-9A-Z](?:{_APART}[0-9A-Za-z*]){{14,20}}(?![0-9A-Za-z])")
_ORGANISATION = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{8}-?[0-9X](?![0-9A-Za-z\-])")
_ORGANISATION_CUE = re.compile(r"机构代码|代码证")
_MASKED_CARD = re.compile(r"(?<![0-9A-Za-z])\d{4,6}(?:\d|\*){4,12}\*(?:\d|\*){0,8}[\dXx]{2,4}(?![0-9A-Za-z])")

PHONES = (
    re.compile(rf"(?<![\d.])(?:\+?86{_APART})?1[3-9](?:{_APART}[\d*]){{9}}(?![\d*])"),
    re.compile(r"(?<![\d.])(?:\(0\d{2,3}\)|0\d{2,3})[ \-]{0,3}\d{3,4}[ \-]?\d{3,4}(?:[ \-转]{1,3}\d{2,5})?(?!\d)"),
    re.compile(r"(?<![\d.])[48]00[ \-]?\d{3,4}[ \-]?\d{3,4}(?!\d)"),
)
_LOCAL_PHONE = re.compile(
    r"(?:电话|座机|热线|号码|联系方式|传真)[^0-9\n。]{0,6}(?P<number>\d{3,4}[ \-]?\d{4}(?:[ \-转]{1,3}\d{2,5})?)(?!\d)"
)
_PUBLIC_LINES = re.compile(r"^(?:110|119|120|122|123\d\d|12\d{3})$")

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCES}][A-HJ-Z][ ·.•]?[A-HJ-NP-Z0-9*]{{4,5}}[A-HJ-NP-Z0-9*挂学警港澳试超](?![0-9A-Za-z*])"
)


def identities(text: str) -> Iterator[Hit]:
    """身份证号 of 18 and 15 digits, bank cards and credit codes: one run of characters is only one of them."""
    for found in _LONG.finditer(text):
        value = re.sub(r"[^0-9A-Za-z*]", "", found[0]).upper()
        hit = _classified(value, text[: found.start()])
        if hit:
            kind, why, sure = hit
            yield Hit(kind, *found.span(), why, sure)
    for found in _MASKED_CARD.finditer(text):
        yield Hit(Kind.IDENTITY, *found.span(), "遮盖了一部分的证件或账户号码，仍可能认出本人", False)


def organisation_codes(text: str) -> Iterator[Hit]:
    """组织机构代码 with the right check character, or named as one."""
    for found in _ORGANISATION.finditer(text):
        named = _ORGANISATION_CUE.search(text[max(0, found.start() - 12) : found.start()])
        dashed = "-" in found[0] and checksums.organisation_code(found[0])
        if named or dashed:
            yield Hit(Kind.CREDIT_CODE, *found.span(), "组织机构代码可以查到单位")


def phones(text: str) -> Iterator[Hit]:
    """Mobile, fixed and 400 numbers, half masked ones too; lines of the public (12345) are none."""
    for pattern in PHONES:
        for found in pattern.finditer(text):
            yield Hit(Kind.PHONE, *found.span(), "电话号码可以找到本人")
    for found in _LOCAL_PHONE.finditer(text):
        if not _PUBLIC_LINES.match(found["number"]):
            yield Hit(Kind.PHONE, *found.span("number"), "没有区号的电话号码")


def plates(text: str) -> Iterator[Hit]:
    """Plates of cars, new energy cars, trailers; masked ones still tell who it was."""
    for found in _PLATE.finditer(text):
        masked = "*" in found[0]
        why = "号牌遮盖了一部分，仍可能查到车主" if masked else "号牌可以查到车主"
        if any(sign.isdigit() for sign in found[0]):
            yield Hit(Kind.PLATE, *found.span(), why)


def _classified(value: str, before: str) -> tuple[Kind, str, bool] | None:
    """Kind, reason, certainty of a run of 15 to 21 characters."""
    if checksums.identity_18(value) and checksums.has_birthday(value[6:14]):
        return Kind.IDENTITY, "公民身份号码，校验位正确", True
    if checksums.credit_code(value) and not value.isdigit():
        return Kind.CREDIT_CODE, "统一社会信用代码，校验位正确", True
    if re.fullmatch(r"[1-8]\d{16}[\dX]", value) and checksums.has_birthday(value[6:14]):
        return Kind.IDENTITY, "像公民身份号码，但校验位不符，请核对", False
    if re.fullmatch(r"[1-8]\d{14}", value) and checksums.has_birthday(value[6:12]):
        return Kind.IDENTITY, "十五位身份证号", True
    if checksums.luhn(value) and len(value) >= 15:
        return Kind.ACCOUNT, "银行卡号，校验位正确", True
    return _by_its_cue(value, before[-12:])


def _by_its_cue(value: str, cue: str) -> tuple[Kind, str, bool] | None:
    if re.search(r"信用代码|代码", cue) and len(value) == 18:
        return Kind.CREDIT_CODE, "像统一社会信用代码，但校验位不符，请核对", False
    if re.search(r"账号|账户|卡号|银行卡|对公", cue):
        return Kind.ACCOUNT, "银行账号", True
    if re.search(r"身份证|证件号", cue):
        return Kind.IDENTITY, "证件号码", False
    return None
