"""What the library lacks: domains and power items without a case, cases on changed law."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from casebook.models import Case, CasebookIssue, CaseItem
from kb.models import Domain, PowerItem
from people.importing.spreadsheets import workbook

HEAD = ["事项编码", "事项名称", "职权类型", "领域", "赋权部门", "高频", "疑难"]


def domains_without_case(issue: CasebookIssue) -> QuerySet[Domain]:
    """Domains for which nothing was drafted this quarter."""
    drafted = Case.objects.filter(case_no__startswith=f"{issue.code}-", withdrawn_at__isnull=True)
    return Domain.objects.exclude(pk__in=drafted.values("domain_id"))


def items_without_case(on: dt.date | None = None) -> QuerySet[PowerItem]:
    """Items that some street holds on the day and no public case teaches; the frequent and difficult ones first."""
    taught = CaseItem.objects.filter(item=OuterRef("pk"), case__in=Case.objects.published())
    held = PowerItem.objects.assigned(on).order_by().values("pk")
    items = PowerItem.objects.filter(~Exists(taught), pk__in=held).for_lists()
    return items.order_by("-is_frequent", "-is_difficult", "domain__sort_order", "code")


def domain_counts(items: QuerySet[PowerItem]) -> list[tuple[Domain, int]]:
    """(domain, items without a case), the largest gap first."""
    counts = Domain.objects.annotate(gap=Count("items", filter=Q(items__in=items))).filter(gap__gt=0)
    return [(domain, domain.gap) for domain in counts.order_by("-gap", "sort_order")]


def gap_sheet(items: Iterable[PowerItem]) -> bytes:
    """The list as .xlsx."""
    rows = (
        [
            item.code,
            item.name,
            item.get_power_type_display(),
            item.domain.name,
            item.department.name,
            "是" if item.is_frequent else "",
            "是" if item.is_difficult else "",
        ]
        for item in items
    )
    return workbook(HEAD, rows, "缺少案例的事项")
