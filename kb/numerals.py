"""Chinese numerals as statutes write them: 三十三, 一百零二, 一千一百六十九; and back."""

import re

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "零〇○一二两三四五六七八九十百千"
LARGEST = 9_999

_UNIT_FORM = re.compile(f"[{NUMERAL}]+")


def to_chinese(value: int) -> str:
    """`1169` -> `一千一百六十九`; `10` -> `十`, `110` -> `一百一十`. Raises ValueError outside 1..9999."""
    if not 1 <= value <= LARGEST:
        raise ValueError(f"{value} is outside 1..{LARGEST}")
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            written += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = bool(written)
    return written.removeprefix("一") if written.startswith("一十") else written


def from_chinese(text: str) -> int:
    """`一千一百六十九` -> 1169, also digit strings (`二〇二一` -> 2021). Raises ValueError on anything else."""
    if not _UNIT_FORM.fullmatch(text):
        raise ValueError(f"not a Chinese numeral: {text!r}")
    if not any(c in UNITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        if char in UNITS:
            # a bare 十 at the front means one ten
            total += (digit or 1) * UNITS[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit


def to_number(text: str) -> int:
    """A number in Arabic (half or full width) or Chinese digits. Raises ValueError."""
    text = text.strip()
    return int(text) if text.isdecimal() else from_chinese(text)
