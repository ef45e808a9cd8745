from django.conf import settings
from django.db import models

from casebook.models.case import Case
from people.models import Unit


class CaseIntake(models.Model):
    """An uploaded draft between reading and confirming. The file itself is not kept: it names its authors."""

    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件校验", max_length=64, db_index=True)
    street = models.ForeignKey(
        Unit, verbose_name="报送街道", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    draft = models.TextField("读取结果")
    report = models.TextField("读取报告", blank=True, default="")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="上传人", on_delete=models.PROTECT, related_name="case_intakes"
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    case = models.ForeignKey(
        Case, verbose_name="形成的案例", on_delete=models.SET_NULL, null=True, blank=True, related_name="intakes"
    )

    class Meta:
        verbose_name = verbose_name_plural = "案例投稿"
        db_table = "casebook_intake"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
