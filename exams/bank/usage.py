"""How much a question has been used, and how it was answered: in exams that were marked, and in practice.

`facility` is the mean share of the marks (0.0 to 1.0) over `answers`, both kinds of answers counted alike; each part of
a case group is an answer of its own. None while nobody has answered.
"""

from django.db.models import Count, ExpressionWrapper, F, FloatField, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce, NullIf

from exams.models import PaperItem, PracticeAnswer, Question, SittingItem

ENOUGH = 10  # answers below which a facility says little
LOW, HIGH = 0.4, 0.9


def with_usage(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Adds `papers` (forms of papers), `candidates` (sittings), `answers` and `facility` to each."""
    marked = SittingItem.objects.filter(marks__isnull=False, full_marks__gt=0)
    share = ExpressionWrapper(Cast("marks", FloatField()) / Cast("full_marks", FloatField()), FloatField())
    right = Cast("is_right", IntegerField())
    answered, practised = _number(marked, Count("pk")), _number(PracticeAnswer.objects.all(), Count("pk"))
    earned = _number(marked, Sum(share), FloatField()) + _number(PracticeAnswer.objects.all(), Sum(right), FloatField())
    return questions.annotate(
        papers=_number(PaperItem.objects.all(), Count("pk")),
        candidates=_number(SittingItem.objects.filter(part_no=1), Count("pk")),
        answers=answered + practised,
        facility=ExpressionWrapper(earned / NullIf(Cast(F("answers"), FloatField()), 0.0), output_field=FloatField()),
    )


def _number(rows: QuerySet, aggregate, output=None) -> Coalesce:
    """An aggregate over the rows of each question; zero where there are none."""
    output = output or IntegerField()
    of_question = rows.filter(question=OuterRef("pk")).order_by().values("question")
    return Coalesce(
        Subquery(of_question.annotate(n=aggregate).values("n"), output_field=output), 0, output_field=output
    )
