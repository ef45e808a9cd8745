"""Which browser somebody signed in with: a random cookie of ours, kept as a hash. A hint for people, never a proof."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "device"
KEPT = 60 * 60 * 24 * 365  # seconds


def device_of(request: HttpRequest) -> tuple[str, str]:
    """(cookie, fingerprint) of the browser; a new cookie for one that has none."""
    cookie = request.COOKIES.get(COOKIE, "")
    if not 20 <= len(cookie) <= 64:
        cookie = secrets.token_urlsafe(24)
    return cookie, salted_hmac("training.device", cookie, algorithm="sha256").hexdigest()


def keep_device(response: HttpResponse, cookie: str) -> HttpResponse:
    """Lets the browser be known again."""
    options = {"httponly": True, "secure": settings.SESSION_COOKIE_SECURE, "samesite": "Lax"}
    response.set_cookie(COOKIE, cookie, max_age=KEPT, path="/training/", **options)  # type: ignore[arg-type]
    return response
