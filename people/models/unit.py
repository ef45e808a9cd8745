from django.db import models


class UnitQuerySet(models.QuerySet):
    def streets(self) -> "UnitQuerySet":
        """Streets and towns that took over powers, in the district's own order."""
        return self.filter(kind=Unit.Kind.STREET)

    def departments(self) -> "UnitQuerySet":
        """District departments that delegated powers."""
        return self.filter(kind=Unit.Kind.DEPARTMENT)


class Unit(models.Model):
    """A node of the district's tree: the district, its departments, its streets, their offices."""

    class Kind(models.TextChoices):
        DISTRICT = "district", "区"
        DEPARTMENT = "department", "区级部门"
        STREET = "street", "街道"
        OFFICE = "office", "科室（中心）"

    name = models.CharField("名称", max_length=80, unique=True)
    short_name = models.CharField("简称", max_length=40, blank=True, default="")
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", verbose_name="上级", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    code = models.CharField("代码", max_length=20, blank=True, default="")
    phone = models.CharField("电话", max_length=40, blank=True, default="")
    address = models.CharField("地址", max_length=120, blank=True, default="")
    sort_order = models.PositiveIntegerField("排序", default=0)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["sort_order", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.short_name or self.name
