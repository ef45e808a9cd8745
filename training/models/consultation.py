from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kb.models import PowerItem
from people.models import Unit


class ConsultationQuerySet(models.QuerySet):
    def settled(self) -> "ConsultationQuerySet":
        """Questions and answers that everybody may read on the item's page."""
        return self.filter(state=Consultation.State.SETTLED)


class Consultation(models.Model):
    """问指导员: a question on a power item, answered by its instructor or a mentor.

    What everybody reads later (沉淀为问答) are the public words: without names, and approved by a second person.
    """

    class State(models.TextChoices):
        ASKED = "asked", "待答复"
        ANSWERED = "answered", "已答复"
        PROPOSED = "proposed", "待审核"
        SETTLED = "settled", "已沉淀"
        CLOSED = "closed", "已关闭"

    item = models.ForeignKey(PowerItem, verbose_name="事项", on_delete=models.PROTECT, related_name="consultations")
    question = models.TextField("问题")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="questions_asked")
    street = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)
    answer = models.TextField("答复", blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="questions_answered"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    public_question = models.TextField("公开的问题", blank=True, default="")
    public_answer = models.TextField("公开的答复", blank=True, default="")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    points = models.PositiveSmallIntegerField("提问人评分", null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "咨询"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["item", "state"], name="training_consult_item")]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="training_consult_two_hands",
            )
        ]

    def __str__(self) -> str:
        return self.question[:30]
