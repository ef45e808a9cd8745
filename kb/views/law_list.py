"""The list of regulations and documents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kb.reading.catalogue import FILTERS, catalogue

TIPS = [
    "只填名称中的一个词，例如：处罚、市容、消防",
    "用文号查找时，只填年份和序号，例如：2021 15",
]


def laws(request: HttpRequest) -> HttpResponse:
    """`?q=&level=&status=&domain=&text=&page=`."""
    found = catalogue(request.GET, timezone.localdate())
    kept = [(name, request.GET[name]) for name in FILTERS if request.GET.get(name)]
    tips = [*TIPS, {"text": "查看全部法规", "url": reverse("kb:laws")}]
    return render(request, "kb/laws.html", {"catalogue": found, "kept": kept, "tips": tips})
