"""What the provision chooser finds: by the law's name and the number, or by words of the text."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from kb.keys import ARTICLE, article_of
from kb.linking import known_names
from kb.models import Provision, Regulation, RegulationVersion
from kb.models.regulation import RegulationQuerySet
from kb.reading.address import key_from_words
from kb.reading.catalogue import named

Kind = Provision.Kind
CITABLE = (Kind.ARTICLE, Kind.PARAGRAPH, Kind.ITEM, Kind.SUBITEM, Kind.LEVEL1, Kind.LEVEL2, Kind.LEVEL3, Kind.LEVEL4)
MOST_LAWS = 20  # laws looked into when a name fits many


def split_query(words: str) -> tuple[str, str]:
    """`处罚法33` -> (处罚法, 33); `处罚法第三十三条第一款` -> (处罚法, 33.p1); no number -> (words, "")."""
    for at in range(len(words)):
        key = key_from_words(words[at:])
        if key:
            return words[:at].strip(" 《》"), key
    return words.strip(" 《》"), ""


def search_provisions(words: str, on: dt.date | None = None) -> QuerySet[Provision]:
    """Provisions of the texts in force: by law and number, else those that hold the words."""
    on = on or timezone.localdate()
    name, key = split_query(words.strip())
    provisions = Provision.objects.filter(kind__in=CITABLE).select_related("version__regulation")
    if key and name:
        versions = [v.pk for v in shown_versions(_named(name), on)]
        return provisions.filter(version_id__in=versions).filter(_at(key)).order_by("version_id", "position")
    holding = provisions.filter(text__icontains=words.strip(), version__live=True)
    return holding.order_by("version_id", "position")


def shown_versions(regulations: RegulationQuerySet, on: dt.date) -> list[RegulationVersion]:
    """The version readers see of each, without works that have none."""
    versions = (work.current_or_last(on) for work in regulations.with_versions())
    return [version for version in versions if version]


def _named(name: str) -> RegulationQuerySet:
    """By name or known abbreviation; an exact name leaves out the laws that only contain it."""
    exact = Regulation.objects.filter(
        Q(title=name) | Q(short_title=name) | Q(title=f"中华人民共和国{name}") | Q(aliases__name=name)
    )
    if exact.exists():
        return exact.distinct()
    known = known_names().find(name)
    titles = [full for title in known.titles for full in (title, f"中华人民共和国{title}")] if known else []
    found = Regulation.objects.filter(title__in=titles)
    if found.exists():
        return found
    return Regulation.objects.filter(pk__in=named(name).values("pk")[:MOST_LAWS])


def _at(key: str) -> Q:
    """The provision and its parts; `57.i4` also means the fourth 项 below any 款."""
    article = article_of(key)
    below = Q(key=key) | Q(key__startswith=f"{key}.")
    if ARTICLE.match(article) and ".i" in key and ".p" not in key:
        below |= Q(article_key=article, key__endswith=key.removeprefix(article))
    return below
