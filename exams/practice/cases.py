"""One public case beside an answer: 仅供参照."""

from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q

from casebook.models import Case
from casebook.models.queries import STANDING_FIELDS
from exams.models import Question, QuestionVersion
from kb.keys import article_of
from kb.models import Citation


def case_beside(question: Question, version: QuestionVersion) -> Case | None:
    """A case on an item of the question, else one whose basis is an article of it; those on current law first.

    Four queries at most.
    """
    cases = Case.objects.published().for_lists().order_by("basis_changed", "-decided_on", "pk")
    items = list(question.items.values_list("pk", flat=True))
    if items and (found := cases.filter(case_items__item__in=items).first()):
        return found
    on_articles = _on_the_articles(version)
    return cases.filter(on_articles).first() if on_articles else None


def _on_the_articles(version: QuestionVersion) -> Exists | None:
    rows = version.basis_rows.exclude(regulation=None).values_list("regulation_id", "key")
    articles = {(regulation, article_of(key)) for regulation, key in rows}
    if not articles:
        return None
    same = reduce(or_, (Q(regulation_id=pk, article_key=key) for pk, key in articles))
    return Exists(
        Citation.objects.resolved().filter(
            same,
            source_type=ContentType.objects.get_for_model(Case),
            source_id=OuterRef("pk"),
            field_name__in=STANDING_FIELDS,
        )
    )
