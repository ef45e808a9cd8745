"""What the search page and the pages below show of saved searches; registered in `SearchConfig.ready`."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from people.models import User
from search import saved as saving
from search.engines.base import Filters
from search.finding import Found
from search.forms import NARROWING
from search.models import SavedSearch


def keeping(request: HttpRequest, found: Found, query: str, filters: Filters) -> dict[str, Any] | None:
    """For search/keep.html: whether this search is kept already, or the fields that would keep it.

    A corrected query is kept as corrected. None for who is not signed in, and where nothing is asked.
    """
    query = found.corrected or " ".join(query.split())
    if not isinstance(request.user, User) or found.plan.empty:
        return None
    same = SavedSearch.objects.of(request.user).filter(query=query, narrowing=saving.narrowing_of(filters))
    fields = {"q": query, **{name: getattr(filters, name) for name in NARROWING}}
    return {
        "kept": same.exists(),
        "fields": {name: value for name, value in fields.items() if value},
        "back": request.get_full_path(),
    }


def today(request: HttpRequest | None, subject: Any) -> str:
    """In the strip of the home page: how much is new, once somebody looked again."""
    user = _reader(request)
    if user is None or not SavedSearch.objects.of(user).exists():
        return ""
    saving.check_due(user)
    unread = saving.unread_of(user)
    return format_html('<a href="{}">我的检索新增 {} 条</a>', reverse("search:saved"), unread) if unread else ""


def desk(request: HttpRequest | None, user: User) -> str:
    """On the desk: the searches with something new first."""
    saving.check_due(user)
    rows = list(SavedSearch.objects.of(user)[:5])
    entries = [
        {
            "title": row.query,
            "url": reverse("search:saved_one", args=[row.pk]),
            "meta": f"新增 {row.unread} 条" if row.unread else "没有新增",
        }
        for row in rows
    ]
    context = {"title": "我的检索", "url": reverse("search:saved"), "entries": entries}
    return render_to_string("components/link_panel.html", {**context, "empty": "在检索结果页可以保存检索。"})


def count(request: HttpRequest | None, subject: Any) -> str:
    """Beside 我的 in the header: the number of new results, nothing for none."""
    user = _reader(request)
    unread = saving.unread_of(user) if user else 0
    return format_html('<span class="nav-count" title="我的检索新增 {0} 条">{0}</span>', unread) if unread else ""


def _reader(request: HttpRequest | None) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None
