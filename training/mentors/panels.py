"""What mentors' work shows on other pages: settled questions on an item, readings on the desk and the home page."""

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from kb.models import PowerItem
from people.models import User
from training.mentors.evaluation_pages import to_evaluate
from training.models import Consultation, Reader
from training.permissions import can_coach

SHOWN = 8


def questions_of_item(request: HttpRequest | None, item: PowerItem) -> str:
    """常见问答, and the way to ask."""
    settled = list(Consultation.objects.settled().filter(item=item).order_by("-approved_at")[:SHOWN])
    return render_to_string("training/mentors/item_panel.html", {"questions": settled, "item": item})


def desk_panel(request: HttpRequest | None, user: User) -> str:
    """What I have to read, whom I am paired with; a mentor's way to the own desk."""
    context = {"readings": _due(user)[:SHOWN], "is_mentor": can_coach(user), "pairs": to_evaluate(user)}
    if not any(context.values()):
        return ""
    return render_to_string("training/mentors/desk.html", context | {"today": timezone.localdate()})


def today_strip(request: HttpRequest | None, subject: None) -> str:
    """待读 2，最近截止 12月3日."""
    if request is None or not request.user.is_authenticated:
        return ""
    due = _due(request.user)
    if not due:
        return ""
    nearest = due[0].assignment.due_on
    late = "，已逾期" if nearest < timezone.localdate() else ""
    words = f"待读 {len(due)}，最近截止 {nearest.month}月{nearest.day}日{late}"
    return format_html('<a href="{}">{}</a>', reverse("training:readings"), words)


def _due(user) -> list[Reader]:
    waiting = Q(finished_at__isnull=True, assignment__withdrawn_at__isnull=True)
    rows = Reader.objects.filter(waiting, officer__user=user).select_related("assignment")
    return list(rows.order_by("assignment__due_on", "pk"))
