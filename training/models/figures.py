from django.conf import settings
from django.db import models

from people.models import Unit


class ImportedFigure(models.Model):
    """A number that comes from elsewhere (the case platform's monthly counts), with its source and day."""

    name = models.CharField("指标", max_length=60)
    unit = models.ForeignKey(
        Unit, verbose_name="单位", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField("统计期自")
    ends_on = models.DateField("统计期至")
    quantity = models.DecimalField("数值", max_digits=14, decimal_places=2)
    source = models.CharField("来源", max_length=120)
    as_of = models.DateField("截至日")
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "外部数据"
        db_table = "training_figure"
        ordering = ["name", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "unit", "starts_on", "ends_on", "source", "as_of"], name="training_figure_once"
            ),
            # SQL takes no two NULLs for the same
            models.UniqueConstraint(
                fields=["name", "starts_on", "ends_on", "source", "as_of"],
                condition=models.Q(unit__isnull=True),
                name="training_figure_once_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.quantity}"
