"""What practice shows on the pages below: the home page's strip, the desk, a law's page."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateformat import format as written
from django.utils.html import format_html_join

from content.panels import register
from exams.models import Question, QuestionBasis
from exams.permissions import can_practise
from exams.practice.hub import start_address
from exams.practice.progress import Today, today_of
from exams.practice.scope import Mode, Scope
from kb.models import Regulation
from people.models import User


def register_panels() -> None:
    """Called once, when the app is ready."""
    register("home_today", strip, order=50)
    register("desk", desk, order=30)
    register("law", of_law, order=55)


def strip(request: HttpRequest | None, subject: Any) -> str:
    """On the home page: the daily five and the wrong-answer book of who is signed in."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not can_practise(user):
        return ""
    today = today_of(user)
    entries = [entry for entry in _entries(today) if entry["count"] or entry["always"]]
    return format_html_join("", '<a href="{}">{}</a>', ((one["url"], one["short"]) for one in entries))


def desk(request: HttpRequest | None, user: User) -> str:
    """On the own page: the same, and when something is due next."""
    if not can_practise(user):
        return ""
    today = today_of(user)
    rows = [{"title": one["short"], "url": one["url"], "meta": one["meta"]} for one in _entries(today)]
    context = {"title": "练习", "url": reverse("exams:practice"), "more": "进入练习", "entries": rows}
    return render_to_string("components/link_panel.html", context)


def of_law(request: HttpRequest | None, law: Regulation) -> str:
    """On a law's page, for who may practise: a way to its questions. An item's page has one by `bank`."""
    if request is None or not can_practise(request.user):
        return ""
    rests = QuestionBasis.objects.filter(regulation=law, version__in=Question.objects.drawable().values("current"))
    url = f"{reverse('exams:practice')}?law={law.slug}"
    return render_to_string("exams/practice/law_panel.html", {"url": url}) if rests.exists() else ""


def _entries(today: Today) -> list[dict[str, Any]]:
    next_due = f"下次到期 {written(today.next_due, 'Y年n月j日')}" if today.next_due else "没有安排复习"
    return [
        {
            "short": f"今日五题 {today.done}/{today.size}",
            "url": start_address(Scope(Mode.DAILY)),
            "meta": "今天已完成" if today.is_done else "",
            "count": today.size - today.done,
            "always": True,
        },
        {
            "short": f"错题本 {today.wrong}",
            "url": reverse("exams:wrong_book"),
            "meta": "",
            "count": today.wrong,
            "always": False,
        },
        {
            "short": f"到期复习 {today.due}",
            "url": start_address(Scope(Mode.DUE)),
            "meta": next_due,
            "count": today.due,
            "always": False,
        },
    ]
