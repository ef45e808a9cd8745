"""The law reader: the list, a law, one provision, two versions side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from kb.models import Regulation


def laws(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def law(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(get_object_or_404(Regulation, slug=slug).title)


def compare(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(get_object_or_404(Regulation, slug=slug).title)


def provision(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    return HttpResponse(get_object_or_404(Regulation, slug=slug).title)
