"""Published cases as documents. A case whose basis has changed counts as history and comes last."""

from collections.abc import Iterator, Sequence

from casebook import layer
from casebook.models import Case, CaseItem, Replacement
from casebook.models.queries import CaseQuerySet
from kb.models import Citation, Domain
from search.chinese import exact_name
from search.documents.items import cited
from search.documents.source import Source, itself
from search.engines.base import BEGINNING, END, SearchDocument

ON_CURRENT_LAW, ON_CHANGED_LAW = 1.4, 1.0
# Sections that a query can ask for alone, by the names of search/fields.py.
PARTS = {"facts": "facts", "handling": "handling", "law": "reasons", "disputes": "reasons", "value": "value"}


def documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    cases = _published().filter(pk__in=pks).select_related("domain", "street").with_standing()
    for case in cases.prefetch_related("items__department", "citations", "replacements"):
        yield document(case)


def document(case: Case) -> SearchDocument:
    """`case` carries `basis_changed` from `with_standing()`. Its texts are those that readers see."""
    shown = layer.shown(case)
    items = list(case.items.all())
    street = [case.street.name] if case.street_shown and case.street else []
    return SearchDocument(
        key=f"case:{case.pk}",
        kind="case",
        title=shown.title,
        url=case.get_absolute_url(),
        path=" > ".join((case.domain.name, case.get_kind_display(), *case.tag_labels)),
        body="\n".join(section.text for section in shown.sections),
        extra=" ".join((*(item.name for item in items), shown.outcome, *street, *(role.text for role in shown.basis))),
        exact=(f"name:{exact_name(shown.title)}", f"code:{case.case_no.lower()}", *cited(case.citations.all())),
        parts=tuple((PARTS[one.kind], one.text) for one in shown.sections if one.kind in PARTS),
        domain=case.domain.name,
        department=items[0].department.name if items else "",
        dated=case.basis_date or BEGINNING,
        until=BEGINNING if case.basis_changed else END,
        weight=ON_CHANGED_LAW if case.basis_changed else ON_CURRENT_LAW,
    )


def _published() -> CaseQuerySet:
    return Case.objects.published()


def _cited_by(citation: Citation) -> list[int]:
    return [citation.source_id] if citation.source_type.model_class() is Case else []


CASES = Source(
    prefix="case",
    rows=_published,
    documents=documents,
    names=("title", "case_no", "outcome"),
    watched={
        Case: itself,
        Replacement: lambda row: [row.case_id],
        CaseItem: lambda case_item: [case_item.case_id],
        Citation: _cited_by,
        Domain: lambda domain: Case.objects.filter(domain=domain).values_list("pk", flat=True),
    },
)
