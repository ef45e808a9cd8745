"""检索日志: queries of the last days that found nothing or were seldom opened, each with one click to a synonym."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from wagtail.admin.menu import MenuItem

from kb.models import PowerItem
from people.models import User
from people.permissions import require
from search.actions import make_synonym
from search.permissions import can_read_query_log
from search.querylog import DAYS, troublesome
from search.typos import corrections
from search.vocabulary import lexicon

HEADER = {"page_title": "检索日志", "header_icon": "search"}


class QueryLogMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__("检索日志", reverse("search_query_log"), name="query-log", icon_name="search", order=181)

    def is_shown(self, request: HttpRequest) -> bool:
        return can_read_query_log(request.user)


def query_log(request: HttpRequest) -> HttpResponse:
    """GET the list; POST `colloquial` and `statutory` to make them a pair of the synonym table."""
    require(can_read_query_log(request.user), "查看检索日志")
    if request.method == "POST":
        _make(request)
        return redirect("search_query_log")
    known = set(lexicon().meanings)
    rows = [{"asked": one, "guess": _guess(one.query), "known": one.query in known} for one in troublesome()]
    names = PowerItem.objects.values_list("name", flat=True)
    return render(request, "search/admin/query_log.html", {**HEADER, "rows": rows, "names": names, "days": DAYS})


def _make(request: HttpRequest) -> None:
    colloquial, statutory = request.POST.get("colloquial", ""), request.POST.get("statutory", "")
    try:
        made = make_synonym(colloquial=colloquial, statutory=statutory, by=cast(User, request.user))
    except ValidationError as error:
        messages.error(request, f"没有保存“{colloquial}”：{'；'.join(error.messages)}")
    else:
        messages.success(request, f"已设为同义词：{made}，下一次检索即生效。")


def _guess(query: str) -> str:
    """What may have been meant, to begin with."""
    return next((one.meant for one in corrections(query, lexicon()) if one.typed == query), "")


urlpatterns = [path("search-log/", query_log, name="search_query_log")]
