"""Whether the editor is still signed in, asked by `static/js/session.js` before text could be lost."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token


def session_state(request: HttpRequest) -> JsonResponse:
    """The token that forms on open pages must send from now on. Who is not signed in never gets here."""
    return JsonResponse({"token": get_token(request)}, headers={"Cache-Control": "no-store"})
