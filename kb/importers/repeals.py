"""《…》同时废止: a law that says which others it ends is taken at its word.

Only titles known exactly are acted on, only from the day the repealing law itself begins, and
never against a date that is already there.
"""

import re

from django.db import transaction

from kb.importers.matching import title_key
from kb.models import Provision, Regulation, RegulationRelation, RegulationVersion

_SENTENCE = re.compile(r"[^。；\n]*同时废止")
_TITLE = re.compile(r"《([^《》]+(?:《[^《》]+》[^《》]*)*)》")


def repealed_titles(text: str) -> list[str]:
    """Titles in 《》 that the sentence ends: `《A》、《B》同时废止` gives A and B."""
    return [title for sentence in _SENTENCE.findall(text) for title in _TITLE.findall(sentence)]


@transaction.atomic
def record_repeals(version: RegulationVersion) -> int:
    """Relations and ends that follow from the version's text; gives the number of laws ended now."""
    begins = version.effective_from
    if begins is None or not version.dates_verified:
        return 0
    texts = Provision.objects.filter(version=version, text__contains="同时废止").values_list("text", flat=True)
    titles = [title for text in texts for title in repealed_titles(text)]
    return sum(_end(regulation, version) for regulation in _known(titles, version.regulation))


def _known(titles: list[str], own: Regulation) -> list[Regulation]:
    """The works of exactly those titles, but never the law's own former self."""
    keys = {title_key(title) for title in titles} - {title_key(own.title)}
    if not keys:
        return []
    names = {name for key in keys for name in (key, f"中华人民共和国{key}")}
    found = Regulation.objects.filter(title__in=names | set(titles)).exclude(pk=own.pk)
    return [regulation for regulation in found if title_key(regulation.title) in keys]


def _end(regulation: Regulation, by: RegulationVersion) -> bool:
    RegulationRelation.objects.get_or_create(
        from_regulation=by.regulation,
        to_regulation=regulation,
        kind=RegulationRelation.Kind.REPEALS,
        defaults={"effective_on": by.effective_from},
    )
    last = regulation.versions.live_only().last()
    if last is None or last.effective_to or (last.effective_from and last.effective_from >= by.effective_from):
        return False
    last.effective_to = by.effective_from
    last.save(update_fields=["effective_to"])
    return True
