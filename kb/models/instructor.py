import datetime as dt

from django.db import models
from django.db.models import F, Q

from kb.models.power_item import PowerItem
from kb.validity import valid_on
from people.models import Officer, Unit


class InstructorQuerySet(models.QuerySet):
    def current(self, on: dt.date) -> "InstructorQuerySet":
        """Appointments that cover the day."""
        return self.filter(valid_on(on))


class InstructorAppointment(models.Model):
    """业务指导员: exactly one current person an item and street scope (no street = all streets)."""

    item = models.ForeignKey(PowerItem, verbose_name="事项", on_delete=models.CASCADE, related_name="instructors")
    street = models.ForeignKey(
        Unit, verbose_name="适用街道", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    officer = models.ForeignKey(
        Officer, verbose_name="指导员", on_delete=models.PROTECT, related_name="instructorships"
    )
    valid_from = models.DateField("起始日期")
    valid_to = models.DateField("终止日期", null=True, blank=True)

    objects = InstructorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "业务指导员"
        db_table = "kb_instructor"
        ordering = ["item_id", "-valid_from"]
        constraints = [
            # two constraints, because NULL never equals NULL
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(valid_to__isnull=True, street__isnull=True),
                name="kb_instructor_all",
            ),
            models.UniqueConstraint(
                fields=["item", "street"],
                condition=Q(valid_to__isnull=True, street__isnull=False),
                name="kb_instructor_street",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="kb_instructor_span",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} — {self.item}"
