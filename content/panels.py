"""The registry by which upper apps show themselves on lower pages.

`content` and `kb` must not import the apps above them; those apps register a renderer for a
named place in their `AppConfig.ready()`, and the page prints whatever has been registered:

    from content.panels import register
    register("home", recent_cases, order=20)      # in casebook.apps
    {% load ui %}{% panels "home" %}              # in the page
    {% panels "power_item" item %}                # with a subject

A renderer is `render(request, subject) -> str`: safe HTML, or "" for nothing to show.
`content/README.md` lists the places.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest

Render = Callable[[HttpRequest | None, Any], str]


class Panel(NamedTuple):
    """One registered renderer; panels of a place are shown by rising order."""

    order: int
    render: Render


_places: dict[str, list[Panel]] = defaultdict(list)


def register(place: str, render: Render, order: int = 100) -> None:
    """Show `render(request, subject)` at `place`. Registering the same renderer again moves it."""
    unregister(place, render)
    _places[place].append(Panel(order, render))
    _places[place].sort(key=lambda panel: panel.order)


def unregister(place: str, render: Render) -> None:
    """Take a renderer away again (tests do)."""
    _places[place] = [panel for panel in _places[place] if panel.render != render]


def rendered(place: str, request: HttpRequest | None, subject: Any = None) -> list[str]:
    """The HTML of every panel of a place that has something to show, in order."""
    pieces = (panel.render(request, subject) for panel in _places[place])
    return [piece for piece in pieces if piece]
