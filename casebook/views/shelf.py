from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casebook.library import Library
from casebook.models import Case, CaseNote
from casebook.pages import card
from casebook.permissions import can_read
from casebook.shelf import actions
from casebook.shelf.reading_list import LONGEST, reading_list
from content.downloads import WORD, download
from people.views import AuthenticatedHttpRequest

TIPS = ("打开一个案例，点“收藏”，就会出现在这里。", "笔记只有您自己能看到。")
KEPT_A_PAGE = 20


@login_required
def shelf(request: AuthenticatedHttpRequest) -> HttpResponse:
    """我的案例: what this reader keeps and has written; cases that were taken down are gone from it."""
    page = Paginator(_kept(request), KEPT_A_PAGE).get_page(request.GET.get("page"))
    notes = _notes(request, [case.pk for case in page])
    rows = [{"card": card(case), "notes": notes.get(case.pk, []), "slug": case.slug} for case in page]
    return render(request, "casebook/shelf.html", {"rows": rows, "page_obj": page, "tips": TIPS})


@login_required
@require_POST
def favourite(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """`keep=1` adds the case, anything else takes it away."""
    case = _readable(request, slug)
    try:
        (actions.keep if request.POST.get("keep") else actions.let_go)(case, by=request.user)
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))
    return redirect(case.get_absolute_url())


@login_required
@require_POST
def note(request: AuthenticatedHttpRequest, slug: str) -> HttpResponse:
    """Stores `text` beside the section `place`; an empty text removes the note."""
    case = _readable(request, slug)
    try:
        actions.write_note(
            case, request.POST.get("text", ""), by=request.user, field_name=request.POST.get("place", "")
        )
        messages.success(request, "已保存笔记，只有您自己能看到。")
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))
    return redirect(f"{case.get_absolute_url()}#notes")


@login_required
def shelf_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The reader's favourites with the notes, as a Word file."""
    cases = list(_kept(request)[:LONGEST])
    notes = {pk: "\n".join(texts) for pk, texts in _notes(request, [case.pk for case in cases]).items()}
    return download(reading_list("我的案例阅读清单", cases, timezone.localdate(), notes), "我的案例阅读清单.docx", WORD)


def library_list(request: HttpRequest) -> HttpResponse:
    """What the library shows for this address, as a Word file; the first LONGEST of them."""
    cases = Library(request.GET).cases().prefetch_related("case_items__item")[:LONGEST]
    return download(reading_list("案例阅读清单", cases, timezone.localdate()), "案例阅读清单.docx", WORD)


def _kept(request: AuthenticatedHttpRequest):
    mine = Case.objects.published().filter(favourites__reader=request.user)
    return mine.order_by("-favourites__added_at").for_lists().prefetch_related("case_items__item")


def _notes(request: AuthenticatedHttpRequest, cases: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for one in CaseNote.objects.filter(reader=request.user, case__in=cases).order_by("pk"):
        found.setdefault(one.case_id, []).append(one.text)
    return found


def _readable(request: AuthenticatedHttpRequest, slug: str) -> Case:
    case = get_object_or_404(Case, slug=slug)
    if not can_read(request.user, case):
        raise Http404("没有这个案例")
    return case
