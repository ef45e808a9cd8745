"""Texts as the rules read them: full width as half width, dashes and spaces of one kind. Offsets stay exact."""

import re

_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}  # ０-９
_WIDE |= {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}  # Ａ-Ｚ ａ-ｚ
_SIGNS = {ord(a): b for a, b in zip("－–—―‐‑（）：．＠＋＊×　\u00a0\t", "------():.@+**   ", strict=True)}
_TABLE: dict[int, int | str] = {**_WIDE, **_SIGNS}

NUMERAL = "〇零一二三四五六七八九十百"
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_IS_HAN = re.compile(f"[{HAN}]+")


def folded(text: str) -> str:
    """The same text, character by character, so that an offset means the same in both."""
    return text.translate(_TABLE)


def is_han(text: str) -> bool:
    return _IS_HAN.fullmatch(text) is not None


def bare(text: str) -> str:
    """Folded and without white space: how two spellings of one name are told to be the same."""
    return re.sub(r"\s+", "", folded(text))
