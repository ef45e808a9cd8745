"""Items next to an item: those resting on the same article, then those of the same domain."""

from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from kb.basis_links import BASIS
from kb.hub.basis import Basis
from kb.models import Citation, PowerItem

MOST = 8


def related_to(item: PowerItem, basis: Basis) -> list[tuple[PowerItem, str]]:
    """(item, why) pairs, at most eight."""
    same_article = list(_on_the_same_article(item, basis)[:MOST])
    found = [(other, "同一依据") for other in same_article]
    if len(found) < MOST:
        shown = {item.pk, *(other.pk for other in same_article)}
        neighbours = PowerItem.objects.filter(domain=item.domain_id).exclude(pk__in=shown)
        found += [(other, "同一领域") for other in neighbours[: MOST - len(found)]]
    return found


def _on_the_same_article(item: PowerItem, basis: Basis) -> QuerySet:
    articles = {(a.citation.regulation_id, a.citation.article_key) for a in basis.articles if a.is_linked}
    if not articles:
        return PowerItem.objects.none()
    same = reduce(or_, (Q(regulation_id=pk, article_key=key) for pk, key in articles))
    of_items = Q(source_type=ContentType.objects.get_for_model(PowerItem), field_name=BASIS)
    pks = Citation.objects.resolved().filter(of_items & same).values("source_id")
    return PowerItem.objects.filter(pk__in=pks).exclude(pk=item.pk)
