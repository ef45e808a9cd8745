"""Five normative documents of the district, written for the demo, in full."""

from pathlib import Path

from demo.loaders.tables import DATA, RefusedData
from kb.importers.refusal import Refused
from kb.importers.regulations import Action, Catalogue, apply_import, parse_regulation, plan_import, read_document
from kb.models import Domain, Regulation

REGION, DOMAIN, ISSUER = "江城区", "通用程序", "江城区司法局"


def load_documents() -> dict[str, int]:
    """Returns how many documents there are, and their articles."""
    catalogue = Catalogue()
    works = [_import(path, catalogue) for path in sorted((DATA / "documents").glob("*.md"))]
    articles = sum(work.current_or_last().provisions.articles().count() for work in works)
    return {"规范性文件": len(works), "文件条文": articles}


def _import(path: Path, catalogue: Catalogue) -> Regulation:
    try:
        parsed = parse_regulation(read_document(path))
    except Refused as refused:
        raise RefusedData(str(refused)) from refused
    result = apply_import(plan_import(parsed, catalogue=catalogue), catalogue=catalogue)
    if result.plan.action in {Action.REFUSED, Action.SKIPPED} or result.regulation is None:
        raise RefusedData(f"{path.name}：{result.plan.reason}")
    _classify(result.regulation)
    return result.regulation


def _classify(work: Regulation) -> None:
    """Level, region and issuer, as an editor would enter them."""
    wanted = {"level_code": Regulation.Level.NORMATIVE, "region": REGION, "issuers": ISSUER}
    if any(getattr(work, name) != value for name, value in wanted.items()) or work.domain_id is None:
        for name, value in wanted.items():
            setattr(work, name, value)
        work.domain = Domain.objects.filter(name=DOMAIN).first()
        work.save()
