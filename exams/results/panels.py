"""Results on other pages of this app: below a sitting that is over."""

from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string

from exams.models import Sitting
from exams.results.result_page import later
from exams.results.visibility import seen
from people.models import User


def result_of(request: HttpRequest | None, sitting: Sitting) -> str:
    """Place `sitting_done`: the score when it may be seen, and the way to the result; else when it may."""
    if request is None or not sitting.is_finished:
        return ""
    what = seen(cast(User, request.user), sitting)
    context = {"sitting": sitting, "seen": what, "later": later(sitting.registration.exam, what)}
    return render_to_string("exams/panels/result.html", context)
