"""Citations found in a version's text, as links to where they lead on the day shown.

A law that has been written anew since the text was made opens as it stood then: its numbers meant other articles.
"""

import datetime as dt
from collections import defaultdict

from django.urls import reverse

from kb.citations.markup import Link
from kb.keys import article_of
from kb.linking.resolve import reading_day, text_day
from kb.lookup import provision_url
from kb.models import Citation, Regulation
from kb.models.regulation import regulations_by_pk
from kb.reading.selection import Selection


def links_of(selection: Selection, keys: set[str] | None = None) -> dict[str, list[Link]]:
    """Links by provision key; `keys` limits them to some articles. Three queries."""
    if selection.version is None:
        return {}
    wanted = Citation.objects.of_source(selection.version).resolved()
    citations = [c for c in wanted if keys is None or article_of(c.source_key) in keys]
    cited = {r.pk: r for r in regulations_by_pk({c.regulation_id for c in citations})} if citations else {}
    links: dict[str, list[Link]] = defaultdict(list)
    for one in citations:
        links[one.source_key].append(_link(one, cited[one.regulation_id], selection))
    return links


def _link(citation: Citation, regulation: Regulation, selection: Selection) -> Link:
    own = regulation.pk == selection.regulation.pk
    day = selection.address_day
    if not own and citation.key and selection.version:
        day = reading_day(regulation, text_day(selection.version, selection.on), day)
    card = card_url(regulation, citation.key, day) if citation.key else ""
    url = provision_url(regulation, citation.key, day)
    return Link(citation.span_start, citation.span_end, url, "" if own else regulation.title, data={"card": card})


def card_url(regulation: Regulation, key: str, on: dt.date | None) -> str:
    """What the hover card fetches: `/laws/<slug>/33.p1?card=1`."""
    day = f"&on={on.isoformat()}" if on else ""
    return f"{reverse('kb:provision', args=[regulation.slug, key])}?card=1{day}"
