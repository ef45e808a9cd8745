"""Amounts of money as law writes them: 5000 -> 五千元, 5000–50000 -> 五千元以上五万元以下."""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零一二三四五六七八九"
UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
MYRIADS = ((10**8, "亿"), (10**4, "万"), (1, ""))

Amount = int | Decimal | None


def in_figures(amount: Amount) -> str:
    """`¥5,000`; fen only where there are some. Unknown is an empty string."""
    if amount is None:
        return ""
    value = Decimal(amount)
    places = 0 if value == value.to_integral_value() else 2
    return f"¥{value:,.{places}f}"


def in_words(amount: Amount) -> str:
    """`五千元`, `十二万五千元`, `二百五十元五角`, as statutes and decisions write amounts."""
    if amount is None:
        return ""
    fen = int((Decimal(amount) * 100).to_integral_value(ROUND_HALF_UP))
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    words = f"{_number(yuan)}元" if yuan or not fen else ""
    words += f"{DIGITS[jiao]}角" if jiao else ""
    return words + (f"{DIGITS[rest]}分" if rest else "")


def range_in_figures(low: Amount, high: Amount) -> str:
    """`¥5,000 — ¥50,000`; one figure when the bounds are equal; `不超过 ¥200` / `¥200 以上` when open."""
    if low is None or high is None:
        return _open_range(in_figures(low), in_figures(high), "{} 以上", "不超过 {}")
    return in_figures(low) if low == high else f"{in_figures(low)} — {in_figures(high)}"


def range_in_words(low: Amount, high: Amount) -> str:
    """`五千元以上五万元以下`; `五千元以上`; `五千元以下`; one amount when the bounds are equal."""
    if low is None or high is None or low == high:
        fixed = low if low == high else None
        return in_words(fixed) or _open_range(in_words(low), in_words(high), "{}以上", "{}以下")
    return f"{in_words(low)}以上{in_words(high)}以下"


def _open_range(low: str, high: str, from_low: str, to_high: str) -> str:
    return from_low.format(low) if low else to_high.format(high) if high else ""


def _number(value: int) -> str:
    """A whole number in Chinese, 0 up to 10^12: 10 is 十, 110 is 一百一十, 10005 is 一万零五."""
    if value == 0:
        return DIGITS[0]
    words = ""
    for size, name in MYRIADS:
        group, value = divmod(value, size)
        if not group:
            continue
        words += (DIGITS[0] if words and group < 1000 else "") + _group(group) + name
    return words.removeprefix("一") if words.startswith("一十") else words


def _group(value: int) -> str:
    """One to 9999 without its myriad: 1005 is 一千零五."""
    words, gap = "", False
    for size, name in UNITS:
        digit, value = divmod(value, size)
        if digit:
            words += (DIGITS[0] if gap and words else "") + DIGITS[digit] + name
        gap = not digit
    return words
