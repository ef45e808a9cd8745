"""A case's citations: from its stored texts to `kb.Citation` rows, the role told by the field."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kb.citations import Citation as Cited
from kb.linking import link_text, read_text
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


def citations_of(case: "Case", resolver: Resolver | None = None) -> list[Citation]:
    """The citations of the case as it reads in this revision, with what people decided about the stored ones.

    Rows of a draft of a published case are not stored: the stored ones belong to the published text.
    For many cases give one `resolver`, which remembers the laws it has looked at.
    """
    stored = list(Citation.objects.of_source(case).select_related("regulation")) if case.pk else []
    if not case.live:
        return stored
    decided = {(row.field_name, row.raw): row for row in stored}
    resolver, texts = resolver or Resolver(), case.texts()
    read = [row for text in texts for row in _read(case, *text, resolver)]
    return [_as_decided(row, decided.get((row.field_name, row.raw))) for row in read]


def _read(case: "Case", name: str, text: str, role: str, resolver: Resolver) -> list[Citation]:
    return read_text(case, name, text, date=case.basis_date, roles=_always(role), resolver=resolver)


def _as_decided(row: Citation, stored: Citation | None) -> Citation:
    """The row at its place in the draft, with where the stored one leads."""
    if stored is not None:
        row.regulation, row.key, row.status = stored.regulation, stored.key, stored.status
    return row


def _always(role: str) -> Callable[[Cited], str]:
    return lambda cited: role


def unresolved(case: "Case") -> list[str]:
    """Citations of the stored case that lead to no provision, as written."""
    return list(Citation.objects.of_source(case).waiting().values_list("raw", flat=True))
