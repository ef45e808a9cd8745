"""Laws by title, dates and status, with our own gists: what is known before any text is imported.

A regulation that has its text already keeps its title, dates and text; it only gains aliases,
gists and relations.
"""

from django.db import transaction

from demo.loaders.tables import day_if_known, records
from kb.citations import normalise_document_number
from kb.importers.regulations import Catalogue
from kb.models import (
    Domain,
    Gist,
    ProvisionSuccession,
    Regulation,
    RegulationAlias,
    RegulationRelation,
    RegulationVersion,
)

SOURCE = "演示数据条旨"
Works = dict[str, Regulation]


def load_regulations() -> dict[str, int]:
    """Returns counts by what was loaded."""
    works = _works()
    return {
        "法规": len(works),
        "简称": _aliases(works),
        "关系": _relations(works),
        "条旨": _gists(works),
        "新旧对照": _successions(works),
    }


@transaction.atomic
def _works() -> Works:
    levels = {label: code for code, label in Regulation.Level.choices}
    domains = Domain.objects.in_bulk(field_name="name")
    catalogue, works = Catalogue(), {}
    for row in records("regulations"):
        title = row["title"]
        work = catalogue.find(title) or Regulation(
            title=title,
            slug=catalogue.free_slug(title),
            level_code=levels[row["level"]],
            doc_number_norm=normalise_document_number(row["doc_number"]),
        )
        _describe(work, row, domains.get(row["domain"]))
        catalogue.add(work)
        if not work.versions.exists():
            _announce(work, row)
        works[title] = work
    return works


def _describe(work: Regulation, row: dict, domain: Domain | None) -> None:
    """Fills in what nobody has written yet."""
    wanted = {name: row[name] for name in ("short_title", "issuers", "doc_number", "region", "note")} | {
        "domain": domain
    }
    missing = {name: value for name, value in wanted.items() if value and not getattr(work, name)}
    if missing or work.pk is None:
        for name, value in missing.items():
            setattr(work, name, value)
        work.save()


def _announce(work: Regulation, row: dict) -> None:
    """A version without text: dates and status only."""
    kinds = {label: code for code, label in RegulationVersion.Kind.choices}
    RegulationVersion.objects.create(
        regulation=work,
        kind=kinds[row["version_kind"]],
        promulgated_on=day_if_known(row["promulgated_on"]),
        effective_from=day_if_known(row["effective_from"]),
        effective_to=day_if_known(row["effective_to"]),
        dates_verified=row["dates_verified"] == "是",
        source_kind=RegulationVersion.SourceKind.GIST,
        source=SOURCE,
    )


def _aliases(works: Works) -> int:
    kinds = {label: code for code, label in RegulationAlias.Kind.choices}
    rows = [
        RegulationAlias(regulation=works[row["regulation"]], name=row["name"], kind=kinds[row["kind"]])
        for row in records("aliases")
    ]
    RegulationAlias.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _relations(works: Works) -> int:
    kinds = {label: code for code, label in RegulationRelation.Kind.choices}
    rows = [
        RegulationRelation(
            from_regulation=works[row["from"]],
            to_regulation=works[row["to"]],
            kind=kinds[row["kind"]],
            effective_on=day_if_known(row["effective_on"]),
            note=row["note"],
        )
        for row in records("relations")
    ]
    RegulationRelation.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _gists(works: Works) -> int:
    rows = [
        Gist(regulation=works[row["law"]], key=row["key"], text=row["gist"], source=SOURCE) for row in records("gists")
    ]
    Gist.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _successions(works: Works) -> int:
    rows = [
        ProvisionSuccession(
            old_regulation=works[row["old_law"]],
            old_key=row["old_key"],
            new_regulation=works[row["new_law"]],
            new_key=row["new_key"],
            note=row["change"],
        )
        for row in records("successions")
    ]
    ProvisionSuccession.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
