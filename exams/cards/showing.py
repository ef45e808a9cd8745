"""Cards on pages of the apps below: the admin's home page, the desk, the strip of the home page, issuing a card."""

import datetime as dt
from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from content.dashboard import Waiting
from exams.cards.pages import address, scope_of
from exams.cards.rows import LISTS
from exams.models import Exam, Sitting
from people.card_facts import chains_of, reminder_for
from people.cards import SOON, VERY_SOON, coverage
from people.models import Officer, User
from people.permissions import can_read_card_figures

NOTES = {"unregistered": "安排报名资格考试", "without": "督促领证或者调整岗位", "returning": "收回注销"}


def waiting_for(user: User) -> list[Waiting]:
    """On the admin's home page: what runs out within 30 and 90 days, who stands without. One query a number."""
    if not can_read_card_figures(user):
        return []
    within, today = scope_of(user), timezone.localdate()
    soon = LISTS["expiring"]
    entries = [
        Waiting(
            f"{days} 天内到期的执法证",
            soon.rows(today, days, within).count(),
            f"{address(soon)}?days={days}",
            "办理换发",
        )
        for days in (VERY_SOON, SOON)
    ]
    return entries + [
        Waiting(f"{LISTS[name].title}", LISTS[name].rows(today, SOON, within).count(), address(LISTS[name]), note)
        for name, note in NOTES.items()
    ]


def desk(request: HttpRequest | None, user: User) -> str:
    """On the desk of the bureau and of street administrators: 持证率 today, and the way to its names."""
    if not can_read_card_figures(user):
        return ""
    found = coverage(timezone.localdate(), scope_of(user)).total
    return render_to_string("exams/cards/desk_panel.html", {"found": found, "lists": LISTS.values()})


def today(request: HttpRequest | None, subject: object) -> str:
    """In the strip of the home page: that the reader's own card is about to end."""
    if request is None or not request.user.is_authenticated:
        return ""
    on = timezone.localdate()
    reminder = reminder_for(chains_of(cast(User, request.user), on), on)
    return format_html('<a href="{}">{}</a>', reverse("people:me"), reminder.text) if reminder else ""


def no_pass_known(officer: Officer, on: dt.date) -> str:
    """When a card is issued: a warning, no refusal, for the exam may have been held elsewhere."""
    certified = Sitting.objects.passed().filter(
        registration__officer=officer, registration__exam__purpose=Exam.Purpose.CERTIFICATION
    )
    if certified.exists():
        return ""
    return f"本系统中没有{officer.name}通过资格考试的记录；在别处考试的，请核对并留存成绩证明。"
