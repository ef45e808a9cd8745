"""Gaps and repetitions in the numbers of articles and chapters."""

from collections.abc import Iterable

from kb.keys import ARTICLE
from kb.parser.nodes import Kind, Node, Note

MOST_LISTED = 12


def check(nodes: Iterable[Node], *, amending: bool = False) -> list[Note]:
    """Notes on numbers that are missing, come twice or run backwards. An amendment need not begin with 第一条."""
    found = [(n, int(m[1]), int(m[2] or 0)) for n in nodes if n.kind is Kind.ARTICLE and (m := ARTICLE.match(n.key))]
    notes: list[Note] = []
    last = found[0][1] - 1 if found and amending else 0
    for node, number, _ in found:
        if number > last + 1:
            notes.append(Note("article_gap", f"缺少{_missing(last + 1, number - 1)}", node.line, node.label))
        elif number < last:
            notes.append(Note("article_backwards", f"{node.label}排在第 {last} 条之后", node.line, node.label))
        last = max(last, number)
    return notes


def missing_numbers(nodes: Iterable[Node]) -> list[int]:
    """Article numbers that do not occur between the first and the last."""
    numbers = {int(m[1]) for n in nodes if n.kind is Kind.ARTICLE and (m := ARTICLE.match(n.key))}
    return [i for i in range(min(numbers), max(numbers)) if i not in numbers] if numbers else []


def _missing(first: int, last: int) -> str:
    return f"第 {first} 条" if first == last else f"第 {first} 条至第 {last} 条"
