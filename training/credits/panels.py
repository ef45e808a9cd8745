"""The own year on the desk and in the strip of the home page."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from content.numbers import plain_number
from people.models import Officer, User
from training.credits.standing import standing_of


def desk_panel(request: HttpRequest | None, user: User) -> str:
    """A bar for each category."""
    officer = Officer.objects.filter(user=user).first()
    if officer is None:
        return ""
    standing = standing_of(officer, timezone.localdate())
    lines = [(label, plain_number(hours), plain_number(asked)) for label, hours, asked in standing.lines()]
    return render_to_string("training/credits/desk.html", {"standing": standing, "lines": lines})


def today_strip(request: HttpRequest | None, subject: None) -> str:
    """学时 32/60, for whoever is signed in and has to learn."""
    if request is None or not request.user.is_authenticated:
        return ""
    officer = Officer.objects.filter(user=request.user, in_enforcement_post=True).first()
    if officer is None:
        return ""
    standing = standing_of(officer, timezone.localdate())
    words = f"学时 {plain_number(standing.counted)}/{plain_number(standing.wanted)}"
    return format_html('<a href="{}">{}</a>', reverse("training:my_hours"), words)
