"""Trainings on the pages of what they are about: a power item, a discussion."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from people.models import User
from training.models import TrainingSession

SHOWN = 5


def about_item(request: HttpRequest | None, subject: Any) -> str:
    return _panel(request, TrainingSession.objects.filter(items=subject))


def about_discussion(request: HttpRequest | None, subject: Any) -> str:
    return _panel(request, TrainingSession.objects.filter(discussion=subject))


def _panel(request: HttpRequest | None, sessions: QuerySet[TrainingSession]) -> str:
    """The newest few, for who is signed in: which units train what is no business of strangers. One query."""
    if request is None or not isinstance(request.user, User):
        return ""
    found = list(sessions.exclude(status=TrainingSession.Status.CANCELLED).select_related("unit")[:SHOWN])
    return render_to_string("training/sessions/about.html", {"sessions": found}) if found else ""
