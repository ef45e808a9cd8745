"""Nodes of the parser -> Provision rows, and the comparison of two texts of one version."""

from collections.abc import Iterable, Sequence

from kb.keys import ARTICLE, article_of
from kb.models import Provision, RegulationVersion
from kb.parser import Node
from kb.parser.fidelity import squeeze, wording

BATCH = 500
LONGEST_LABEL = 60


def write_rows(version: RegulationVersion, nodes: Sequence[Node]) -> int:
    """Replaces the provisions of a version. Parents are written before their children, order is `position`."""
    if version.provisions.exists():
        version.provisions.all().delete()
    written: dict[str, Provision] = {}
    positions = {node.key: position for position, node in enumerate(nodes, 1)}
    for depth in sorted({node.depth for node in nodes}):
        rows = [_row(version, n, positions[n.key], written.get(n.parent)) for n in nodes if n.depth == depth]
        for row in Provision.objects.bulk_create(rows, batch_size=BATCH):
            written[row.key] = row
    return len(written)


def _row(version: RegulationVersion, node: Node, position: int, parent: Provision | None) -> Provision:
    article = article_of(node.key)
    fits = len(node.label) <= LONGEST_LABEL
    return Provision(
        version=version,
        parent=parent,
        kind=node.kind.value,
        key=node.key,
        article_key=article if ARTICLE.match(article) else "",
        label=node.label if fits else "",
        heading=node.heading if fits else node.label + node.heading,
        text=node.text,
        position=position,
        depth=node.depth,
    )


def differing_keys(version: RegulationVersion, nodes: Iterable[Node]) -> list[str]:
    """Keys whose wording differs between the stored text and a new one, white space aside, in reading order."""
    rows = version.provisions.order_by("position").values_list("key", "label", "heading", "text")
    stored = {key: squeeze(label + heading + text) for key, label, heading, text in rows}
    incoming = {node.key: squeeze(wording(node)) for node in nodes}
    return [key for key in {**incoming, **stored} if stored.get(key) != incoming.get(key)]
