"""One spelling for looking at text: half width, simplified characters, of the same length as what was written."""

from kb.traditional import simplified

_WIDE = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: " ", 0xA0: " ", 0xFE55: ":", 0x2236: ":"}


def fold(text: str) -> str:
    """Places in the folded text are places in the text itself."""
    return simplified(text.translate(_WIDE))
