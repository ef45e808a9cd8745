from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey

from casebook.models.case import Case


class Replacement(models.Model):
    """What an editor decided about one recognisable text of a case: a name, a number, an address.

    The case keeps its original wording; readers see `shown` in its place, wherever the original
    stands. Part of each revision, so that an edition prints the decisions of its day.
    """

    class Kind(models.TextChoices):
        PERSON = "person", "自然人姓名"
        IDENTITY = "identity", "证件号码"
        PHONE = "phone", "电话"
        PLATE = "plate", "车牌"
        ACCOUNT = "account", "银行账号"
        CREDIT_CODE = "credit_code", "统一社会信用代码"
        ADDRESS = "address", "地址"
        ORGANISATION = "organisation", "单位、店铺"
        CONTACT = "contact", "邮箱、微信、QQ"
        DAY = "day", "具体日期"
        MINOR = "minor", "未成年人线索"
        OTHER = "other", "其他"

    class Decision(models.TextChoices):
        OPEN = "open", "待处理"
        ACCEPTED = "accepted", "已替换"
        EDITED = "edited", "已改写"
        DISMISSED = "dismissed", "不处理"

    case = ParentalKey(Case, verbose_name="案例", on_delete=models.CASCADE, related_name="replacements")
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    original = models.CharField("原文", max_length=200)
    shown = models.CharField("替换为", max_length=200, blank=True, default="")
    decision = models.CharField("处理", max_length=10, choices=Decision.choices, default=Decision.OPEN)
    reason = models.CharField("理由", max_length=200, blank=True, default="")
    by_hand = models.BooleanField("人工添加", default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="处理人", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "匿名替换"
        db_table = "casebook_replacement"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "original"], name="casebook_replacement_once")]

    def __str__(self) -> str:
        """Never the original: this goes into logs and audit entries."""
        return f"{self.get_kind_display()} → {self.shown}"
