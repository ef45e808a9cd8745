"""From an item's basis as written to citations with roles.

`link_items` may be called again at any time: after an import of items, or when regulations
arrive that the items cite. What a person decided about a citation stays.
"""

from collections.abc import Iterable

from kb.citations import Context, defined_names, parse
from kb.citations.values import Role
from kb.linking import link_text
from kb.linking.resolve import Resolver
from kb.models import Citation, PowerItem

BASIS, PREVIOUS = "basis_text", "previous_basis"


def link_items(items: Iterable[PowerItem]) -> int:
    """Finds the citations in 实施依据 and 原依据 of the items; returns how many there are."""
    resolver = Resolver()
    return sum(len(link_item(item, resolver)) for item in items)


def link_item(item: PowerItem, resolver: Resolver | None = None) -> list[Citation]:
    """The same for one item; gives the citations of its basis in the order of the text."""
    resolver = resolver or Resolver()
    link_text(item, PREVIOUS, item.previous_basis, resolver=resolver)
    text = item.basis_text
    context = Context(aliases=defined_names(text))
    found = parse(text, context, resolver.directory.names)
    roles = dict(zip(((c.start, c.key) for c in found), roles_of([c.law for c in found], item.power_type), strict=True))
    return link_text(item, BASIS, text, context, roles=lambda c: roles[c.start, c.key], resolver=resolver)


def roles_of(laws: list[str], power_type: str) -> list[str]:
    """Roles in the order of the text, told from the law that each citation belongs to.

    Lists write the duty first and the penalty clause last, law by law; a coercive measure names
    its power first and the procedure after it; an inspection names powers only.
    """
    if power_type == PowerItem.PowerType.INSPECTION:
        return [Role.POWER] * len(laws)
    if power_type == PowerItem.PowerType.COERCION:
        return [Role.POWER if i == 0 else Role.PROCEDURE for i in range(len(laws))]
    last = {law: i for i, law in enumerate(laws)}
    return [Role.PENALTY if last[law] == i else Role.DUTY for i, law in enumerate(laws)]
