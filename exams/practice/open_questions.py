"""Which questions practice may show.

Practice shows a question with its key after one answer, and the key of a paper that people are about to sit must not
be had that way. So everything drawn for a 资格考试 or 大比武 is kept out of practice, for everybody, until that exam is
closed; the questions of mock exams stay, because those are practice themselves.
"""

from django.db.models import QuerySet

from exams.models import Exam, Paper, PaperItem, Question, SittingItem
from exams.models.question import QuestionQuerySet
from exams.results.visibility import GUARDED


def protecting_exams() -> QuerySet[Exam]:
    """Exams whose questions are kept back: planned or going on."""
    return Exam.objects.filter(purpose__in=GUARDED).exclude(status=Exam.Status.CLOSED)


def practisable() -> QuestionQuerySet:
    """Reviewed questions that no exam keeps back."""
    return without_kept_back(Question.objects.drawable())


def without_kept_back(questions: QuestionQuerySet) -> QuestionQuerySet:
    """One query for the exams; where there are none, which is most of the year, nothing is added to the questions'."""
    exams = list(protecting_exams().values_list("pk", "paper_id", "paper__mode"))
    if not exams:
        return questions
    fixed = PaperItem.objects.filter(form__paper__in=[paper for _, paper, _ in exams])
    # the sittings of a fixed paper hold the questions of its forms
    at_random = [pk for pk, _, mode in exams if mode == Paper.Mode.RANDOM]
    drawn = SittingItem.objects.filter(sitting__registration__exam__in=at_random)
    kept = questions.exclude(pk__in=fixed.values("question"))
    return kept.exclude(pk__in=drawn.values("question")) if at_random else kept


def is_kept_back(question: Question) -> bool:
    """Whether an exam keeps this question back."""
    return not without_kept_back(Question.objects.filter(pk=question.pk)).exists()
