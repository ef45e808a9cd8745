"""Who cites a provision. Upper apps add the kinds of sources they own:

    from kb.reading.cited_by import register_source
    register_source("casebook.case", "案例", citing_cases, order=20)       # in casebook.apps

`citing_cases(pks) -> {pk: Source(title, url, meta, code)}` returns only what a reader may see, so
drafts are neither listed nor counted.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from kb.citations.standard import standard_citation
from kb.keys import article_of
from kb.lookup import provision_url
from kb.models import Citation, FormTemplate, PowerItem, Regulation, RegulationVersion
from kb.models.regulation import regulations_by_pk


@dataclass(frozen=True)
class Source:
    """One citing thing, as a link."""

    title: str
    url: str
    meta: str = ""
    code: str = ""


@dataclass(frozen=True)
class SourceKind:
    """A kind of citing thing: how many pks become readable sources."""

    model: str
    label: str
    sources: Callable[[set[int]], dict[int, Source]]
    order: int


@dataclass(frozen=True)
class Group:
    """The sources of one kind on a provision page."""

    label: str
    entries: list[Source]


_kinds: dict[str, SourceKind] = {}


def register_source(model: str, label: str, sources: Callable[[set[int]], dict[int, Source]], order: int = 50) -> None:
    """Count and list citations made by `model` (`app.model`). A later call replaces an earlier one."""
    _kinds[model.lower()] = SourceKind(model.lower(), label, sources, order)


def counts_of(regulation: Regulation, on: dt.date) -> dict[str, int]:
    """Cited-by per article of a regulation: distinct readable sources, articles of laws in their text of the day."""
    counts: dict[str, set] = defaultdict(set)
    for citation, identity in _readable(Citation.objects.resolved().filter(regulation=regulation), on):
        counts[citation.article_key or article_of(citation.key)].add(identity)
    return {key: len(sources) for key, sources in counts.items()}


def citing(regulation: Regulation, key: str, on: dt.date) -> list[Group]:
    """Everything readable that cites the provision or a part of it, grouped by kind."""
    below = Q(key=key) | Q(key__startswith=f"{key}.") | Q(key__startswith=f"{key}/")
    rows = list(Citation.objects.resolved().filter(below, regulation=regulation).order_by("source_id", "pk"))
    groups = [(0, Group("其他条文", list(_citing_articles(rows, on))))]
    for kind in _kinds.values():
        groups.append((kind.order, Group(kind.label, list(_sources_of(kind, rows)))))
    return [group for _, group in sorted(groups, key=lambda one: one[0]) if group.entries]


def _readable(citations: QuerySet[Citation], on: dt.date) -> Iterable[tuple[Citation, tuple]]:
    """Citations whose source a reader may open, each with the source's identity."""
    rows = list(citations.only("source_type_id", "source_id", "source_key", "regulation_id", "key", "article_key"))
    shown = _shown_versions(rows, on)
    for kind_id, readable in _readable_by_kind(rows).items():
        yield from (
            (row, (kind_id, row.source_id))
            for row in rows
            if row.source_type_id == kind_id and row.source_id in readable
        )
    law_type = _type_of("kb.regulationversion")
    for row in rows:
        if row.source_type_id == law_type and row.source_id in shown and not _within_itself(row, shown):
            yield row, (law_type, row.source_id, article_of(row.source_key))


def _readable_by_kind(rows: list[Citation]) -> dict[int, dict[int, Source]]:
    found = {}
    for kind in _kinds.values():
        type_id = _type_of(kind.model)
        pks = {row.source_id for row in rows if row.source_type_id == type_id}
        if pks:
            found[type_id] = kind.sources(pks)
    return found


def _sources_of(kind: SourceKind, rows: list[Citation]) -> Iterable[Source]:
    type_id = _type_of(kind.model)
    pks = {row.source_id for row in rows if row.source_type_id == type_id}
    return kind.sources(pks).values() if pks else ()


def _citing_articles(rows: list[Citation], on: dt.date) -> Iterable[Source]:
    """Articles of other laws and of this one, each once."""
    shown, seen = _shown_versions(rows, on), set()
    law_type = _type_of("kb.regulationversion")
    for row in rows:
        article = article_of(row.source_key)
        regulation = shown.get(row.source_id) if row.source_type_id == law_type else None
        if regulation and (row.source_id, article) not in seen and not _within_itself(row, shown):
            seen.add((row.source_id, article))
            code = regulation.status(on).value
            yield Source(standard_citation(regulation.title, article), provision_url(regulation, article), code=code)


def _within_itself(row: Citation, shown: dict[int, Regulation]) -> bool:
    """前款 and the like: an article that speaks of its own parts."""
    own = shown[row.source_id].pk == row.regulation_id
    return own and article_of(row.source_key) == article_of(row.key)


def _shown_versions(rows: list[Citation], on: dt.date) -> dict[int, Regulation]:
    """Version pk -> regulation, only for the text that readers of the day see. At most three queries."""
    law_type = _type_of("kb.regulationversion")
    pks = {row.source_id for row in rows if row.source_type_id == law_type}
    if not pks:
        return {}
    works = RegulationVersion.objects.filter(pk__in=pks, live=True).values_list("regulation_id", flat=True)
    shown = {}
    for regulation in regulations_by_pk(set(works)):
        version = regulation.current_or_last(on)
        if version and version.pk in pks:
            shown[version.pk] = regulation
    return shown


def _type_of(label: str) -> int:
    return ContentType.objects.get_for_model(apps.get_model(label)).pk


def citing_items(pks: set[int]) -> dict[int, Source]:
    """Power items, by code."""
    items = PowerItem.objects.filter(pk__in=pks).order_by("code")
    return {item.pk: Source(item.name, item.get_absolute_url(), item.code) for item in items}


def citing_forms(pks: set[int]) -> dict[int, Source]:
    """Forms in use today, in the order of use."""
    forms = FormTemplate.objects.in_force().filter(pk__in=pks)
    return {form.pk: Source(form.name, form.get_absolute_url(), form.version_label) for form in forms}


register_source("kb.poweritem", "事项", citing_items, order=10)
register_source("kb.formtemplate", "文书", citing_forms, order=30)
