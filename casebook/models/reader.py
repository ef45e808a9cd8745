from django.conf import settings
from django.db import models

from casebook.models.case import Case


class Favourite(models.Model):
    """A case a reader keeps at hand; his alone."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="读者", on_delete=models.CASCADE, related_name="favourite_cases"
    )
    case = models.ForeignKey(Case, verbose_name="案例", on_delete=models.CASCADE, related_name="favourites")
    added_at = models.DateTimeField("收藏时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "收藏"
        db_table = "casebook_favourite"
        ordering = ["-added_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["reader", "case"], name="casebook_favourite_once")]

    def __str__(self) -> str:
        return str(self.case)


class CaseNote(models.Model):
    """What a reader wrote beside a section of a case; his alone."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="读者", on_delete=models.CASCADE, related_name="case_notes"
    )
    case = models.ForeignKey(Case, verbose_name="案例", on_delete=models.CASCADE, related_name="notes")
    field_name = models.CharField("栏目", max_length=40, blank=True, default="")
    text = models.TextField("笔记", max_length=2000)
    written_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "笔记"
        db_table = "casebook_note"
        ordering = ["-written_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["reader", "case", "field_name"], name="casebook_note_once")]

    def __str__(self) -> str:
        return self.text[:40]
