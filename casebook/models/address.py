"""The address of a case says nothing that its text does not say: it is the number, or the title as readers see it.

What an editor typed may hold a name, in Pinyin, too; so a live case gets its address made anew. The old one leads on
for those who work on the case (`casebook.addresses`); to everybody else it never existed.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.text import slugify

from casebook import layer

if TYPE_CHECKING:
    from casebook.models import Case

LONGEST = 80  # Case.slug


class FormerAddress(models.Model):
    """An address that a case had. It may hold what is not shown any more."""

    case = models.ForeignKey(
        "casebook.Case", verbose_name="案例", on_delete=models.CASCADE, related_name="former_addresses"
    )
    slug = models.SlugField("原网址标识", max_length=LONGEST, unique=True, allow_unicode=True)
    left_at = models.DateTimeField("停用时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "停用的网址"
        db_table = "casebook_former_address"

    def __str__(self) -> str:
        return f"{self.case_id} {self.left_at:%Y-%m-%d}"


def slug_for_readers(case: "Case") -> str:
    """The number where that is the slug already, else the shown title; with the number where another has that one."""
    number = case.case_no.lower()
    if case.slug in ("", number):
        return number
    wanted = slugify(layer.title(case), allow_unicode=True)[:LONGEST] or number
    taken = type(case).objects.filter(slug=wanted).exclude(pk=case.pk).exists()
    return f"{wanted[: LONGEST - len(number) - 1]}-{number}" if taken else wanted


def keep_former(case: "Case") -> None:
    """Remembers the address that the stored row has and `case`, about to be saved, has no more."""
    left = type(case).objects.filter(pk=case.pk).exclude(slug=case.slug).values_list("slug", flat=True).first()
    if left:
        FormerAddress.objects.filter(slug=case.slug).delete()
        FormerAddress.objects.get_or_create(slug=left, defaults={"case_id": case.pk})
