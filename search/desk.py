"""我的检索: saved searches of the person signed in. Every query begins with the owner."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from people.views import AuthenticatedHttpRequest
from search import saved as saving
from search.actions import MOST_SAVED, delete_saved_search, open_saved_search, save_search
from search.engines.base import EngineUnavailable
from search.forms import SearchForm
from search.models import SavedSearch
from search.presenting import narrowing_words, shown_hit
from search.query import understand
from search.vocabulary import lexicon


@login_required
def searches(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The list, what is new first; looks again where nobody has for an hour."""
    saving.check_due(request.user)
    rows = [(one, narrowing_words(saving.filters_of(one))) for one in SavedSearch.objects.of(request.user)]
    return render(request, "search/saved_list.html", {"rows": rows, "most": MOST_SAVED})


@login_required
def opened(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What is new for one search; from now on it counts as seen."""
    saved = get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)
    open_saved_search(saved, by=request.user)
    try:
        hits = saving.fresh_hits(saved)
    except EngineUnavailable:
        hits = []
    marked = understand(saved.query, lexicon()).marked
    context = {
        "saved": saved,
        "narrowing": narrowing_words(saving.filters_of(saved)),
        "hits": [shown_hit(hit, marked, timezone.localdate()) for hit in hits],
        "all_url": saving.address_of(saved),
    }
    return render(request, "search/saved.html", context)


@require_POST
@login_required
def save(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Keeps `q` with its filters and returns to the results."""
    form = SearchForm(request.POST)
    try:
        saved = save_search(form.query, form.filters(), by=request.user)
    except ValidationError as error:
        messages.error(request, f"没有保存检索：{'；'.join(error.messages)}")
        return redirect(_back(request))
    messages.success(request, f"已保存检索“{saved.query}”，有新内容时在首页和“我的”提示。")
    return redirect(_back(request))


@require_POST
@login_required
def delete(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)
    delete_saved_search(saved, by=request.user)
    messages.success(request, f"已删除检索“{saved.query}”。")
    return redirect("search:saved")


def _back(request: HttpRequest) -> str:
    """Where the button stood, on this site; else the list."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}) else "search:saved"
