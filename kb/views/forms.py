"""执法文书: the library, the page of a form, its files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from content.branding import branding_for
from content.downloads import download
from kb.forms.files import FormFile, blank_file, example_file
from kb.forms.library import FormFilters, library
from kb.forms.page import form_page, version_on
from kb.hub.listing import parsed_day
from kb.models import FormTemplate

PHONE_BAR = [
    {"label": "下载", "url": "#files"},
    {"label": "何时用", "url": "#occasion"},
    {"label": "依据", "url": "#basis"},
    {"label": "栏目", "url": "#fields"},
]


def forms(request: HttpRequest) -> HttpResponse:
    """`/forms/?procedure=&q=`: the forms in use today, by stage."""
    return render(request, "kb/forms.html", {"library": library(FormFilters.from_query(request.GET))})


def form(request: HttpRequest, code: str) -> HttpResponse:
    """`/forms/<code>/?on=`: the version of today or of a day."""
    found = _version(request, code)
    context = {
        "page": form_page(found),
        "form": found,
        "day": _day(request),
        "phone_bar": PHONE_BAR,
        "crumbs": [{"label": "文书", "url": reverse("kb:forms")}],
    }
    return render(request, "kb/form.html", context)


def form_blank(request: HttpRequest, code: str) -> HttpResponse:
    """The blank form: the site's own file where one was uploaded."""
    return _download(blank_file(_version(request, code), branding_for(request).district))


def form_example(request: HttpRequest, code: str) -> HttpResponse:
    """The form filled in with its example."""
    return _download(example_file(_version(request, code), branding_for(request).district))


def _version(request: HttpRequest, code: str) -> FormTemplate:
    found = version_on(code, parsed_day(request.GET.get("on", "")) or timezone.localdate())
    if found is None:
        raise Http404("没有这种文书")
    return found


def _day(request: HttpRequest) -> str:
    """The day, for the links to the files of the same version."""
    day = parsed_day(request.GET.get("on", ""))
    return f"?on={day.isoformat()}" if day else ""


def _download(file: FormFile) -> HttpResponse:
    return download(file.data, file.name, file.content_type)
