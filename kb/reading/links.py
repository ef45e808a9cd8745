"""Citations found in a version's text, as links to where they lead on the day shown."""

import datetime as dt
from collections import defaultdict

from django.urls import reverse

from kb.citations.markup import Link
from kb.keys import article_of
from kb.lookup import provision_url
from kb.models import Citation, Regulation
from kb.reading.selection import Selection


def links_of(selection: Selection, keys: set[str] | None = None) -> dict[str, list[Link]]:
    """Links by provision key; `keys` limits them to some articles. One query."""
    if selection.version is None:
        return {}
    links: dict[str, list[Link]] = defaultdict(list)
    for one in Citation.objects.of_source(selection.version).resolved().select_related("regulation"):
        if keys is None or article_of(one.source_key) in keys:
            links[one.source_key].append(_link(one, selection))
    return links


def _link(citation: Citation, selection: Selection) -> Link:
    regulation: Regulation = citation.regulation
    own = regulation.pk == selection.regulation.pk
    url = provision_url(regulation, citation.key, selection.address_day)
    card = card_url(regulation, citation.key, selection.address_day) if citation.key else ""
    return Link(citation.span_start, citation.span_end, url, "" if own else regulation.title, data={"card": card})


def card_url(regulation: Regulation, key: str, on: dt.date | None) -> str:
    """What the hover card fetches: `/laws/<slug>/33.p1?card=1`."""
    day = f"&on={on.isoformat()}" if on else ""
    return f"{reverse('kb:provision', args=[regulation.slug, key])}?card=1{day}"
