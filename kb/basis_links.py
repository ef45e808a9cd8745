"""From an item's basis as written to citations with roles.

`link_items` may be called again at any time: after an import of items, or when regulations
arrive that the items cite. What a person decided about a citation stays.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType

from kb.models import Citation, PowerItem

BASIS, PREVIOUS = "basis_text", "previous_basis"


def link_items(items: Iterable[PowerItem]) -> int:
    """Finds the citations in 实施依据 and 原依据 of the items; returns how many there are."""
    return sum(link_item(item) for item in items)


def link_item(item: PowerItem) -> int:
    """The same for one item, with the role of each citation."""
    try:
        from kb.linking import link_text
    except ImportError:
        return 0
    for name in (BASIS, PREVIOUS):
        link_text(item, name, getattr(item, name))
    return assign_roles(item)


def assign_roles(item: PowerItem) -> int:
    """Gives the automatic citations of the basis the role that follows from their place."""
    found = list(Citation.objects.of_source(item).filter(field_name=BASIS))
    roles = roles_of([c.regulation_id or c.law_name for c in found], item.power_type)
    changed = []
    for citation, role in zip(found, roles, strict=True):
        if citation.origin == Citation.Origin.AUTOMATIC and citation.role != role:
            citation.role = role
            changed.append(citation)
    Citation.objects.bulk_update(changed, ["role"])
    return len(found)


def roles_of(laws: list, power_type: str) -> list[str]:
    """Roles in the order of the text, told from the law each citation belongs to.

    Lists write the duty first and the penalty clause last, law by law; a coercive measure names
    its power first and the procedure after it; an inspection names powers only.
    """
    if power_type == PowerItem.PowerType.INSPECTION:
        return [Citation.Role.POWER] * len(laws)
    if power_type == PowerItem.PowerType.COERCION:
        return [Citation.Role.POWER if i == 0 else Citation.Role.PROCEDURE for i in range(len(laws))]
    last = {law: i for i, law in enumerate(laws)}
    return [Citation.Role.PENALTY if last[law] == i else Citation.Role.DUTY for i, law in enumerate(laws)]


def items_citing(regulation_pks: Iterable[int]) -> list[PowerItem]:
    """Items with a resolved citation of one of the works."""
    content_type = ContentType.objects.get_for_model(PowerItem)
    pks = Citation.objects.filter(source_type=content_type, regulation_id__in=regulation_pks).values("source_id")
    return list(PowerItem.objects.filter(pk__in=pks))
