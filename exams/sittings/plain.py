"""The paper as a plain form, for a browser without script: saves page by page, hands in after a question."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from exams.actions.sittings import hand_in, save_answers
from exams.content import Kind
from exams.models import Sitting, SittingItem
from exams.sittings import answers
from exams.sittings.page import held_lease, own_sitting
from exams.sittings.saving import Change, seconds_left
from exams.sittings.shown import shown_sections
from exams.sittings.writing import contents_of, sections_of
from people.addresses import client_address
from people.views import AuthenticatedHttpRequest

PER_PAGE = 10


@never_cache
@login_required
def form(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Ten questions; POST saves them and goes on to the page that was asked for."""
    sitting = own_sitting(pk, request.user)
    lease = held_lease(request, sitting)
    if sitting.state != Sitting.State.OPEN or lease is None:
        return redirect("exams:sitting", pk)
    page = Paginator(sitting.items.order_by("order_no"), PER_PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        changes = changes_of(list(page), request.POST)
        receipt = save_answers(lease, changes, address=client_address(request))
        for words in filter(None, [receipt.refusal, *receipt.faults.values()]):
            messages.error(request, words)
        if not receipt.refusal and not receipt.faults:
            messages.success(request, f"已保存 {timezone.localtime():%H:%M:%S}")
        return redirect(_next(pk, request.POST.get("go", ""), page))
    return render(request, "exams/sitting/plain.html", _context(sitting, page))


@never_cache
@login_required
def confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Names what is not answered and asks; POST hands in."""
    sitting = own_sitting(pk, request.user)
    lease = held_lease(request, sitting)
    if sitting.state == Sitting.State.OPEN and lease and request.method == "POST":
        hand_in(lease, address=client_address(request))
        return redirect("exams:sitting_done", pk)
    if sitting.state != Sitting.State.OPEN or lease is None:
        return redirect("exams:sitting", pk)
    items = sitting.items.order_by("order_no")
    context = {
        "sitting": sitting,
        "exam": sitting.registration.exam,
        "unanswered": list(items.filter(answer="").values_list("order_no", flat=True)),
        "total": items.count(),
    }
    return render(request, "exams/sitting/plain_hand_in.html", context)


def changes_of(items: list[SittingItem], sent: QueryDict) -> list[Change]:
    """The items whose answer or flag the form changes; what does not fit its question is passed on to be refused."""
    found = []
    for item in items:
        given, is_flagged = _given(item, sent), f"f{item.order_no}" in sent
        try:
            same = answers.kept(item.kind, item.option_order, item.size, given) == item.answer
        except answers.BadAnswer:
            same = False
        if not same or is_flagged != item.is_flagged:
            found.append(Change(item.order_no, item.seq + 1, given, is_flagged))
    return found


def _given(item: SittingItem, sent: QueryDict) -> object:
    name = f"q{item.order_no}"
    if item.kind == Kind.DOCUMENT:
        return [int(one) for one in sent.getlist(name) if one.isdecimal()]
    if item.kind == Kind.FILL:
        return sent.getlist(name)
    if item.kind == Kind.MULTIPLE:
        return "".join(sent.getlist(name))
    return sent.get(name, "").replace("\r\n", "\n")


def _next(pk: int, go: str, page: Page) -> str:
    if go == "hand_in":
        return reverse("exams:sitting_form_hand_in", args=[pk])
    number = int(go) if go.isdecimal() else page.number
    return f"{reverse('exams:sitting_form', args=[pk])}?page={number}"


def _context(sitting: Sitting, page: Page) -> dict:
    items = list(page)
    contents = contents_of(item.version_id for item in items)
    left = seconds_left(sitting.ends_at, timezone.now())
    return {
        "sitting": sitting,
        "exam": sitting.registration.exam,
        "page": page,
        "pages": list(page.paginator.page_range),
        "sections": shown_sections(items, sections_of(sitting), contents),
        "minutes_left": int(left // 60),
    }
