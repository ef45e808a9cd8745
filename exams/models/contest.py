from django.core.validators import MinValueValidator
from django.db import models

from exams.models.exam import Exam

FEWEST = 3


class ContestRule(models.Model):
    """How the streets of one contest are ranked. A contest without a row is ranked by the defaults of these fields."""

    exam = models.OneToOneField(Exam, on_delete=models.CASCADE, related_name="contest_rule")
    best_of = models.PositiveSmallIntegerField(
        "计入人数", default=0, help_text="每个街道计分数最高的几人；填 0 计全体参赛人员"
    )
    fewest = models.PositiveSmallIntegerField(
        "最少参赛人数", default=FEWEST, validators=[MinValueValidator(1)], help_text="不足此数的街道不排名次"
    )
    counts_absent = models.BooleanField("缺考按零分计", default=False)
    time_breaks_ties = models.BooleanField("同分按平均用时排先后", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "大比武排名规则"
        db_table = "exams_contest_rule"

    def __str__(self) -> str:
        return str(self.exam)
