"""What the rules in force show on the home page, through content.panels: domains, changed laws, today."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from content.panels import register
from kb.models import AdjustmentBatch, Domain, PowerItem, RegulationRelation, RegulationVersion

TILES = 8
CHANGED_LAWS = 6
# A change is news on the home page for half a year.
NEWS_DAYS = 183
REPEALING = (RegulationRelation.Kind.REPEALS, RegulationRelation.Kind.REPLACES)


def register_panels() -> None:
    """Called once, when the app is ready."""
    register("home_today", latest_law, order=10)
    register("home_today", latest_batch, order=20)
    register("home_today", waiting_for_review, order=30)
    register("home_lead", domain_tiles, order=10)
    register("home", changed_laws, order=10)


def domain_tiles(request: HttpRequest | None, subject: Any) -> str:
    """The first eight domains, in the order the district keeps, and a way to the others."""
    domains = list(Domain.objects.annotate(count=Count("items")).filter(count__gt=0).order_by("sort_order", "pk"))
    if not domains:
        return ""
    items = reverse("kb:items")
    tiles = [{"label": d.name, "url": f"{items}?domain={d.slug}", "count": d.count} for d in domains[:TILES]]
    total = sum(domain.count for domain in domains)
    return render_to_string("kb/home/domains.html", {"tiles": tiles, "domains": len(domains), "items": total})


def changed_laws(request: HttpRequest | None, subject: Any) -> str:
    """The latest versions, coming ones first, with how many older works each took the place of."""
    versions = list(_begun().order_by("-effective_from", "regulation__title")[:CHANGED_LAWS])
    if not versions:
        return ""
    replaced = _replaced({version.regulation_id for version in versions})
    entries = [_law_entry(version, replaced.get(version.regulation_id, 0)) for version in versions]
    return render_to_string("kb/home/laws.html", {"entries": entries})


def latest_law(request: HttpRequest | None, subject: Any) -> str:
    """The newest law that has begun within half a year."""
    since = timezone.localdate() - dt.timedelta(days=NEWS_DAYS)
    in_force = _begun().filter(effective_from__gte=since, effective_from__lte=timezone.localdate())
    version = in_force.order_by("-effective_from", "pk").first()
    if version is None:
        return ""
    words = f"《{version.regulation.name}》{_day(version.effective_from)}起施行"
    return _today(words, version.regulation.get_absolute_url())


def latest_batch(request: HttpRequest | None, subject: Any) -> str:
    """The newest change of the list of items, with a link to the difference it made."""
    since = timezone.localdate() - dt.timedelta(days=NEWS_DAYS)
    batch = AdjustmentBatch.objects.filter(decided_on__gte=since, decided_on__lte=timezone.localdate()).first()
    if batch is None:
        return ""
    before = batch.decided_on - dt.timedelta(days=1)
    url = f"{reverse('kb:item_changes')}?from={before}&to={batch.decided_on}"
    return _today(f"事项{batch.get_kind_display()} {batch.doc_number}", url)


def waiting_for_review(request: HttpRequest | None, subject: Any) -> str:
    """How many items are still 待核: an officer should know before relying on one."""
    count = PowerItem.objects.filter(needs_review=True).count()
    return _today(f"{count} 项事项待核", f"{reverse('kb:items')}?tag=review") if count else ""


def _begun() -> QuerySet[RegulationVersion]:
    """Live versions with a beginning that end nothing but their predecessors."""
    known = Q(effective_from__isnull=False) & ~Q(kind=RegulationVersion.Kind.REPEAL)
    return RegulationVersion.objects.filter(known, live=True, effective_to__isnull=True).select_related("regulation")


def _replaced(regulations: set[int]) -> dict[int, int]:
    """How many works each of the given ones repealed or took the place of."""
    relations = RegulationRelation.objects.filter(from_regulation__in=regulations, kind__in=REPEALING)
    counted = relations.values_list("from_regulation").annotate(count=Count("to_regulation", distinct=True))
    return dict(counted.order_by())


def _law_entry(version: RegulationVersion, replaced: int) -> dict[str, Any]:
    meta = f"{version.get_kind_display()}，{_day(version.effective_from)}起施行"
    status = version.status()
    return {
        "title": version.regulation.name,
        "url": version.regulation.get_absolute_url(),
        "meta": meta + (f"，取代 {replaced} 部旧法" if replaced else ""),
        "code": status.value if status != status.IN_FORCE else "",
    }


def _today(words: str, url: str) -> str:
    return render_to_string("kb/home/today.html", {"words": words, "url": url})


def _day(day: dt.date | None) -> str:
    return date_format(day, "Y年n月j日") if day else "待核"
