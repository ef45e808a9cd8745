"""A backslash before a mark says that the mark is text: `A\\. ` opens no option, `\\答案：` no field.

Only writing our own files needs it; a backslash before anything else is a character like any other. Pure.
"""

import re

DOCUMENT_END = "文书完"
_FIRST = ".．、:：)）(（【[#；;|｜"
_MARKS = re.escape("\\" + _FIRST)
_ESCAPED = re.compile(rf"\\([{_MARKS}])")
# what may open an option or a field, in the middle of a line, too
_OPENING = re.compile(r"(?<=[A-Ha-hＡ-Ｈａ-ｈ])(\s*)([.．、:：)）])|([:：【\[])")


def unescaped(text: str) -> str:
    """The text meant."""
    return _ESCAPED.sub(r"\1", text)


def escaped(text: str) -> str:
    """The text with its own backslashes kept."""
    return text.replace("\\", "\\\\")


def guarded(text: str) -> str:
    """The text with everything marked that a reader could take for the beginning of an option or of a field."""
    text = _OPENING.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", escaped(text))
    return f"\\{text}" if text[:1] in _FIRST else text


def document_line(text: str) -> str:
    """A line of a faulty document as it is written; only 文书完 itself must not be taken for the end."""
    return f"\\{text}" if text.lstrip("\\") == DOCUMENT_END else text


def document_line_read(text: str) -> str:
    return text.removeprefix("\\") if text.lstrip("\\") == DOCUMENT_END else text


def line_start(text: str) -> tuple[bool, str]:
    """(whether the line is text because it begins with a backslash, the text meant)."""
    if len(text) > 1 and text[0] == "\\":
        return True, text[1] + unescaped(text[2:])
    return False, text
