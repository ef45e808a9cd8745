"""Saying on the next page that something was done, or why not: what every button of a page does."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def told(request: HttpRequest, act: Callable[[], object], done: str = "") -> bool:
    """Acts; says `done`, or each sentence of the refusal. Whether it was done.

    Without `done` the words are what `act` returns, where it returns text. PermissionDenied goes on to its own page.
    """
    try:
        outcome = act()
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return False
    if words := done or (outcome if isinstance(outcome, str) else ""):
        messages.success(request, words)
    return True
