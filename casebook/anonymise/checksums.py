"""Check characters of Chinese numbers, by the standards that define them. Pure."""

import datetime as dt
import re

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def identity_18(number: str) -> bool:
    """公民身份号码: ISO 7064 MOD 11-2 over 17 digits (GB 11643)."""
    if not re.fullmatch(r"\d{17}[\dXx]", number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == number[17].upper()


def has_birthday(digits: str) -> bool:
    """Whether YYYYMMDD, or YYMMDD of the 20th century, is a day of a living person's calendar."""
    try:
        day = dt.datetime.strptime(digits if len(digits) == 8 else f"19{digits}", "%Y%m%d").date()
    except ValueError:
        return False
    return dt.date(1900, 1, 1) <= day <= dt.date(2100, 1, 1)


def luhn(number: str) -> bool:
    """Bank cards: ISO/IEC 7812-1."""
    if not re.fullmatch(r"\d{12,19}", number):
        return False
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def credit_code(code: str) -> bool:
    """统一社会信用代码: MOD 31 with powers of 3 (GB 32100)."""
    if not re.fullmatch(f"[{_CREDIT_ALPHABET}]{{18}}", code):
        return False
    total = sum(_CREDIT_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return _CREDIT_ALPHABET[-total % 31] == code[17]


def organisation_code(code: str) -> bool:
    """组织机构代码: eight characters, a dash perhaps, and a check of MOD 11 (GB 11714)."""
    found = re.fullmatch(r"([0-9A-Z]{8})-?([0-9X])", code)
    if not found:
        return False
    total = sum(int(sign, 36) * weight for sign, weight in zip(found[1], _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11] == found[2]
