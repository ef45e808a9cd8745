"""Proof that nothing was lost: the nodes, put together again, must equal the text that went in, white space aside."""

from collections.abc import Iterable

from kb.parser.nodes import Line, Node, ParsedRegulation

SHOWN_AROUND = 12


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def wording(node: Node) -> str:
    """Everything a node says, in reading order."""
    return node.label + node.heading + node.text


def of_nodes(nodes: Iterable[Node]) -> str:
    return squeeze("".join(wording(n) for n in nodes))


def of_lines(lines: Iterable[Line]) -> str:
    return squeeze("".join(line.lead + line.text for line in lines))


def of_parsed(parsed: ParsedRegulation) -> str:
    """Title, history note and body of a reading, squeezed."""
    title = "" if parsed.title_in_body else parsed.title
    return squeeze(title + "".join(parsed.history)) + of_nodes(parsed.nodes)


def first_difference(expected: str, actual: str) -> str:
    """Where two squeezed texts part: `…甲乙丙` against `…甲乙丁`; empty when they are equal."""
    if expected == actual:
        return ""
    at = next(
        (i for i, (a, b) in enumerate(zip(expected, actual, strict=False)) if a != b), min(len(expected), len(actual))
    )
    start = max(0, at - SHOWN_AROUND)
    return f"第 {at} 字处：“{expected[start : at + SHOWN_AROUND]}” / “{actual[start : at + SHOWN_AROUND]}”"
