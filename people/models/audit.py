from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """Who did what to what, when. Rows are only ever added."""

    # nobody asks who is named in the trail by Wagtail's index, which would cost five queries more for every entry
    wagtail_reference_index_ignore = True

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="操作人", on_delete=models.PROTECT, null=True, blank=True
    )
    verb = models.CharField("操作", max_length=60)
    target_type = models.CharField("对象类型", max_length=60)
    target_id = models.CharField("对象编号", max_length=40)
    target_label = models.CharField("对象", max_length=200)
    detail = models.TextField("说明", blank=True, default="")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "操作记录"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="people_audit_target")]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_label}"

    def save(self, *args, **kwargs) -> None:
        if self.pk:
            raise TypeError("操作记录只能新增，不能修改")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> None:  # type: ignore[override]
        raise TypeError("操作记录不能删除")
