"""The style guide: every component in every state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content.specimens import specimens


def styleguide(request: HttpRequest) -> HttpResponse:
    """All components from the partials that the pages use, with made-up contents."""
    return render(request, "content/styleguide.html", specimens())
