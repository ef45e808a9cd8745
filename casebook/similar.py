"""Similar cases: those that share items and articles of the basis, weighed; then the domain's newest."""

from collections import Counter

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from casebook.models import Case, CaseItem
from casebook.models.queries import STANDING_FIELDS
from kb.models import Citation

SHOWN = 4
ITEM, ARTICLE, DOMAIN = 3, 2, 1  # what sharing one of these is worth


def similar(case: Case) -> list[Case]:
    """Public cases, the most alike first, newer before older. Four queries at most."""
    points = _points(case)
    others = Case.objects.published().exclude(pk=case.pk)
    near = {pk: n for pk, n in points.most_common() if n}
    found = list(others.filter(pk__in=near).for_lists())
    found.sort(key=lambda other: near[other.pk] + DOMAIN * (other.domain_id == case.domain_id), reverse=True)
    missing = SHOWN - len(found)
    if missing > 0:
        seen = [other.pk for other in found]
        found += others.filter(domain_id=case.domain_id).exclude(pk__in=seen).for_lists()[:missing]
    return found[:SHOWN]


def _points(case: Case) -> Counter[int]:
    """case pk -> what it shares, by items and by articles that one of the basis fields cites."""
    items = [entry.item_id for entry in case.case_items.all()]
    points: Counter[int] = Counter()
    for pk in CaseItem.objects.filter(item__in=items).exclude(case_id=case.pk).values_list("case_id", flat=True):
        points[pk] += ITEM
    for pk, *_ in _sharing_articles(case):
        points[pk] += ARTICLE
    return points


def _sharing_articles(case: Case) -> set[tuple[int, int, str]]:
    """(case, regulation, article) of other cases on the articles of this one."""
    if not case.pk:
        return set()
    cited = Citation.objects.resolved().filter(
        source_type=ContentType.objects.get_for_model(Case), field_name__in=STANDING_FIELDS
    )
    own = set(cited.filter(source_id=case.pk).exclude(article_key="").values_list("regulation_id", "article_key"))
    if not own:
        return set()
    same = Q()
    for regulation, article in own:
        same |= Q(regulation_id=regulation, article_key=article)
    shared = cited.filter(same).exclude(source_id=case.pk)
    return set(shared.values_list("source_id", "regulation_id", "article_key"))
