"""What waits in the bank for one person; the home page of the admin counts it, the lists show it."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from content.dashboard import Waiting
from exams.models import Question, QuestionRemark
from exams.permissions import can_edit_questions, can_read_bank, can_review_questions
from people.models import User

Status = Question.Status


def to_approve(user: User) -> QuerySet[Question]:
    """Drafts that this reviewer neither wrote nor changed last."""
    return _of_others(Question.objects.waiting().filter(status=Status.DRAFT), user)


def overtaken(user: User) -> QuerySet[Question]:
    """待复核 by a change of law, of others."""
    return _of_others(Question.objects.filter(status=Status.NEEDS_REVIEW), user)


def with_open_remarks() -> QuerySet[Question]:
    """Questions about which somebody has reported something that nobody has settled."""
    open_ones = QuestionRemark.objects.filter(version__question=OuterRef("pk"), settled_at__isnull=True)
    return Question.objects.filter(Exists(open_ones))


def waiting_for(user: User) -> list[Waiting]:
    """One query a number."""
    entries, listing, queue = [], reverse("exams_bank"), reverse("exams_review_queue")
    if can_review_questions(user):
        entries.append(Waiting("待审定的试题", to_approve(user).count(), queue, "核对答案和依据后审定或者退回"))
        entries.append(Waiting("待复核的试题", overtaken(user).count(), f"{queue}?why=law", "依据已有变化，暂不抽用"))
    elif can_read_bank(user):
        count = Question.objects.filter(status=Status.NEEDS_REVIEW).count()
        entries.append(Waiting("待复核的试题", count, f"{queue}?why=law", "依据已有变化，需要修改的请修改"))
    if can_edit_questions(user):
        count = Question.objects.sent_back().count()
        entries.append(Waiting("退回修改的试题", count, f"{listing}?due=returned", "按意见修改后重新送审"))
    if can_read_bank(user):
        count = QuestionRemark.objects.filter(settled_at__isnull=True).count()
        entries.append(Waiting("待处理的试题纠错", count, reverse("exams_remarks"), "核对后写明处理结果"))
    return entries


def _of_others(questions: QuerySet[Question], user: User) -> QuerySet[Question]:
    return questions.exclude(author=user).exclude(newest__made_by=user)
