"""Power items as documents: what an officer is looking for most of the time."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from kb.models import Citation, Domain, ItemCode, PowerItem, PowerSubItem
from people.models import Unit
from search.chinese import exact_name
from search.documents.source import Source, itself
from search.engines.base import SearchDocument

# An officer's words mean an item before they mean an article.
WEIGHT = 2.4
_ASIDE = re.compile(r"（([^（）]+)）")
_FRAME = re.compile(r"^对|的(?:行政)?(?:处罚|处理|检查|强制)$")


def documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    items = PowerItem.objects.filter(pk__in=pks).select_related("domain", "department")
    for item in items.prefetch_related("other_codes", "sub_items", "citations"):
        yield document(item)


def asides(name: str) -> tuple[str, ...]:
    """What stands in brackets in an item's name, mostly what everybody calls it."""
    return tuple(_ASIDE.findall(name))


def document(item: PowerItem) -> SearchDocument:
    beside = asides(item.name)
    return SearchDocument(
        key=f"item:{item.pk}",
        kind="item",
        title=item.name,
        url=item.get_absolute_url(),
        path=" > ".join((item.domain.name, item.get_power_type_display())),
        body="\n".join(filter(None, (item.penalty_summary, *(sub.name for sub in item.sub_items.all())))),
        aliases=tuple(dict.fromkeys(filter(None, (item.short_name.rstrip("…"), *beside)))),
        extra=" ".join((item.code, item.basis_text, item.scope, item.boundary, item.evidence, item.first_steps)),
        exact=tuple(_exact(item, beside)),
        domain=item.domain.name,
        department=item.department.name,
        weight=WEIGHT,
        unverified=item.needs_review,
    )


def _exact(item: PowerItem, beside: tuple[str, ...]) -> Iterator[str]:
    codes = (item.code, *(other.code for other in item.other_codes.all()))
    yield from (f"code:{code.lower()}" for code in codes)
    core = _FRAME.sub("", _FRAME.sub("", _ASIDE.sub("", item.name)))
    yield from sorted({f"name:{exact_name(name)}" for name in (item.name, core, _ASIDE.sub("", item.name))})
    yield from sorted({f"alias:{exact_name(name)}" for name in (item.short_name, *beside) if name})
    yield from cited(item.citations.all())


def cited(citations: Sequence[Citation]) -> list[str]:
    """Keys under which the source of these citations is found by the provisions it cites."""
    found = [citation for citation in citations if citation.regulation_id and citation.key]
    keys = {f"{c.regulation_id}#{key}" for c in found for key in (c.key, c.article_key or c.key)}
    return [f"cites:{key}" for key in sorted(keys)]


def _of(field: str, row: Domain | Unit) -> list[int]:
    return list(PowerItem.objects.filter(**{field: row}).values_list("pk", flat=True))


def _cited_by(citation: Citation) -> list[int]:
    return [citation.source_id] if citation.source_type.model_class() is PowerItem else []


ITEMS = Source(
    prefix="item",
    rows=PowerItem.objects.all,
    documents=documents,
    names=("name", "short_name", "code", "penalty_summary"),
    watched={
        PowerItem: itself,
        ItemCode: lambda code: [code.item_id],
        PowerSubItem: lambda sub_item: [sub_item.item_id],
        Citation: _cited_by,
        Domain: partial(_of, "domain"),
        Unit: partial(_of, "department"),
    },
)
