"""Questions of the bank as files carry them: the newest version of each, where it belongs, its code."""

from django.db.models import QuerySet

from exams.exchange.values import Outgoing
from exams.models import Question


def outgoing(questions: QuerySet[Question]) -> list[Outgoing]:
    """In the order given; two queries and one for the items, whatever the number."""
    rows = questions.filter(newest__isnull=False).select_related("newest", "domain").prefetch_related("items")
    return [_outgoing(one) for one in rows]


def _outgoing(question: Question) -> Outgoing:
    if question.newest is None:
        raise ValueError(f"{question.code} 没有内容")
    return Outgoing(
        question.newest.content,
        question.code,
        question.domain.name,
        tuple(sorted(item.code for item in question.items.all())),
        question.difficulty,
        question.origin,
    )
