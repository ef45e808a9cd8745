"""Bytes -> text: UTF-8, UTF-16, GB18030 (GBK), Big5, decided by what reads as Chinese and not by luck."""

import codecs
from dataclasses import dataclass

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ALLOWED_CONTROLS = "\t\n\r\f\v\x85"
# Share of Han characters that must be everyday ones (GB 2312 level 1) for a guess to count as Chinese.
COMMON_SHARE = 0.8
SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str


class UnreadableText(ValueError):
    """The bytes are no text that can be told; the message says what was tried."""


def decode(raw: bytes) -> Decoded:
    """Raises UnreadableText for binary data and for text in no known encoding."""
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _checked(raw, encoding)
    if b"\x00" in raw[:SAMPLE]:
        return _without_bom(raw)
    try:
        return _checked(raw, "utf-8")
    except UnicodeDecodeError as error:
        return _chinese(raw, error)


def _checked(raw: bytes, encoding: str) -> Decoded:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-8":
            raise
        raise UnreadableText(f"文件开头标明为 {encoding}，但内容不是") from None
    if any(c < " " and c not in _ALLOWED_CONTROLS or c == "\x7f" for c in text):
        raise UnreadableText("内容含有控制字符，是二进制数据而不是文字")
    return Decoded(text, encoding)


def _without_bom(raw: bytes) -> Decoded:
    """UTF-16 without its mark: the byte order in which it reads as Chinese."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            decoded = _checked(raw, encoding)
        except (UnicodeDecodeError, UnreadableText):
            continue
        if _reads_as_chinese(decoded.text):
            return decoded
    raise UnreadableText("内容含有空字节，是二进制数据而不是文字")


def _chinese(raw: bytes, error: UnicodeDecodeError) -> Decoded:
    for encoding in ("gb18030", "big5"):
        try:
            decoded = _checked(raw, encoding)
        except (UnicodeDecodeError, UnreadableText):
            continue
        if _reads_as_chinese(decoded.text):
            return decoded
    raise UnreadableText(f"第 {error.start + 1} 个字节起不是 UTF-8，也不是 GBK 编码的中文")


def _reads_as_chinese(text: str) -> bool:
    han = [c for c in text[:SAMPLE] if "\u4e00" <= c <= "\u9fff"]
    odd = sum("\ue000" <= c <= "\uf8ff" or c == "\ufffd" for c in text[:SAMPLE])
    if not han or odd > len(han) // 10:
        return False
    return sum(_is_everyday(c) for c in han) >= COMMON_SHARE * len(han)


def _is_everyday(char: str) -> bool:
    """Level 1 of GB 2312: the 3,755 characters in rows B0 to D7; traditional forms count by their presence in Big5."""
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        try:
            return 0xA4 <= char.encode("big5")[0] <= 0xC6
        except UnicodeEncodeError:
            return False
