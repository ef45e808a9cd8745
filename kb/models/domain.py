from django.db import models


class Domain(models.Model):
    """A field of enforcement (领域), such as 市容环境 or 安全生产."""

    name = models.CharField("名称", max_length=40, unique=True)
    slug = models.SlugField("网址标识", max_length=40, unique=True)
    sort_order = models.PositiveIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "领域"
        ordering = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.name
