"""Lines that belong together: sentences cut by a page or a hard wrap, names set on several lines."""

from collections.abc import Collection, Sequence

from kb.parser.nodes import BLANK, Line

SHORTEST_BROKEN_LINE = 18
MOST_TITLE_LINES = 3
TERMINALS = tuple('。；;：:！？!?”"』」）)…')
_SENTENCE_ENDS = ("。", "；", ";", "：", ":")
_COMMAS = ("，", "、", ",")


def stops_mid_sentence(before: str, line: Line, *, after_page: bool) -> bool:
    """Whether the text before stops in the middle of a sentence that this line ends.

    Short lines are headings and entries of lists, unless a page number has just been cut off (`after_page`).
    """
    if len(before) < (1 if after_page else SHORTEST_BROKEN_LINE) or before.endswith(TERMINALS) or "＝" in before:
        return False
    return line.visible.endswith(_SENTENCE_ENDS)


def last_line(text: str) -> str:
    return text.rsplit("\n", 1)[-1].strip(BLANK)


def ends_in_comma(text: str) -> bool:
    return last_line(text).endswith(_COMMAS)


def title_lines(lines: Sequence[Line], at: int, titles: Collection[str]) -> int:
    """How many lines from here on spell one of the titles (given without blanks); 0 for none."""
    for count in range(1, MOST_TITLE_LINES + 1):
        joined = "".join("".join(line.text.split()) for line in lines[at : at + count])
        if joined in titles:
            return count
    return 0
