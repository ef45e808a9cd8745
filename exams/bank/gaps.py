"""缺题事项: power items that streets hold and that no usable question is about; as a list and as Excel."""

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from content.downloads import download
from exams.models import Question
from exams.permissions import can_read_bank, require
from kb.models import Domain, PowerItem
from people.importing.spreadsheets import workbook

PER_PAGE = 50
HEAD = ["事项编码", "事项名称", "职权类型", "领域", "赋权部门", "高频", "疑难", "停用或待审的试题"]


def items_without_question(on: dt.date | None = None) -> QuerySet[PowerItem]:
    """Items that some street holds on the day, the frequent and difficult first, with `unusable`: what they had."""
    usable = Question.objects.drawable().filter(items=OuterRef("pk"))
    held = PowerItem.objects.assigned(on).order_by().values("pk")
    items = PowerItem.objects.annotate(unusable=Count("questions", distinct=True)).filter(~Exists(usable), pk__in=held)
    return items.for_lists().order_by("-is_frequent", "-is_difficult", "domain__sort_order", "code")


def gaps(request: HttpRequest) -> HttpResponse:
    """Of one domain or all; `format=xlsx` gives the same list as a file."""
    require(can_read_bank(request.user), "查看缺题事项")
    items = items_without_question()
    chosen = request.GET.get("domain", "")
    shown = items.filter(domain__slug=chosen) if chosen else items
    if request.GET.get("format") == "xlsx":
        return download(gap_sheet(shown), "没有试题的事项.xlsx")
    context = {
        "page_title": "没有试题的事项",
        "header_icon": "list-ul",
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "domains": _domains(items),
        "chosen": chosen,
        "total": items.count(),
    }
    return render(request, "exams/admin/gaps.html", context)


def _domains(items: QuerySet[PowerItem]) -> list[tuple[Domain, int]]:
    lacking = Q(items__in=items.values("pk"))
    counts = Domain.objects.annotate(gap=Count("items", filter=lacking)).filter(gap__gt=0)
    return [(domain, domain.gap) for domain in counts.order_by("-gap", "sort_order")]


def gap_sheet(items: QuerySet[PowerItem]) -> bytes:
    """The list as .xlsx."""
    return workbook(HEAD, (_row(item) for item in items), "没有试题的事项")


def _row(item) -> list:
    marks = ["是" if item.is_frequent else "", "是" if item.is_difficult else ""]
    type_label = item.get_power_type_display()
    return [item.code, item.name, type_label, item.domain.name, item.department.name, *marks, item.unusable]


urlpatterns = [path("questions/gaps/", gaps, name="exams_gaps")]
