"""A case's citations: from its stored texts to `kb.Citation` rows, the role told by the field."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kb.citations import Citation as Cited
from kb.linking import link_text
from kb.linking.resolve import Resolver
from kb.models import Citation

if TYPE_CHECKING:
    from casebook.models import Case


def relink(case: "Case") -> None:
    """Makes the citations follow the texts. What a person decided about a citation stays."""
    resolver, texts = Resolver(), case.texts()
    for name, text, role in texts:
        link_text(case, name, text, date=case.basis_date, roles=_always(role), resolver=resolver)
    gone = Citation.objects.of_source(case).exclude(field_name__in=[name for name, _, _ in texts])
    gone.delete()


def _always(role: str) -> Callable[[Cited], str]:
    return lambda cited: role


def unresolved(case: "Case") -> list[str]:
    """Citations of the stored case that lead to no provision, as written."""
    return list(Citation.objects.of_source(case).waiting().values_list("raw", flat=True))
