"""Laws by title, dates and status, with our own gists: what is known before any text is imported.

A regulation that has its text already keeps its title, dates and text; it only gains aliases,
gists and relations.
"""

import re

from django.utils.text import slugify

from demo.loaders.tables import day, records
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


def _works() -> Works:
    levels = {label: code for code, label in Regulation.Level.choices}
    domains = Domain.objects.in_bulk(field_name="name")
    works = {}
    for row in records("regulations"):
        work, is_new = Regulation.objects.get_or_create(
            title=row["title"],
            defaults={"slug": slug_of(row["title"]), "level_code": levels[row["level"]], "issuers": row["issuers"]},
        )
        _describe(work, row, domains.get(row["domain"]))
        if is_new or not work.versions.exists():
            _announce(work, row)
        works[work.title] = work
    return works


def slug_of(title: str) -> str:
    return slugify(title.removeprefix("中华人民共和国"), allow_unicode=True)[:80]


def _describe(work: Regulation, row: dict, domain: Domain | None) -> None:
    """Fills in what nobody has written yet."""
    wanted = {"short_title": row["short_title"], "doc_number": row["doc_number"], "note": row["note"], "domain": domain}
    missing = {name: value for name, value in wanted.items() if value and not getattr(work, name)}
    if missing:
        for name, value in missing.items():
            setattr(work, name, value)
        work.save()


def _announce(work: Regulation, row: dict) -> None:
    """A version without text: dates and status only."""
    kinds = {label: code for code, label in RegulationVersion.Kind.choices}
    RegulationVersion.objects.create(
        regulation=work,
        kind=kinds[row["version_kind"]],
        promulgated_on=day(row["promulgated_on"]),
        effective_from=day(row["effective_from"]),
        effective_to=day(row["effective_to"]),
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
            effective_on=day(row["effective_on"]),
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


def gist_key(words: str) -> bool:
    """Whether the words are a key that a gist may hang on: `33`, `33.p1`, `34.i2`, `1128.p1.i2`."""
    return bool(re.fullmatch(r"\d+(-\d+)?(\.p\d+)?(\.i\d+)?", words))
