"""The head of a law page: what it is, how it stands, what the reader must know before quoting it."""

from dataclasses import dataclass

from kb.models import Regulation, RegulationRelation
from kb.models.regulation import regulations_by_pk
from kb.models.status import LegalStatus
from kb.reading.selection import Selection
from kb.reading.timeline import version_url

# How a relation reads on the page of the one that does it, and on the page of the other.
FORWARD = {
    "repeals": "废止",
    "replaces": "替代",
    "amends": "修改",
    "implements": "配套于",
    "superior": "下位规定",
    "interprets": "解释",
}
REVERSED = {
    "repeals": "被其废止",
    "replaces": "被其替代",
    "amends": "被其修改",
    "implements": "配套规定",
    "superior": "上位法",
    "interprets": "有关解释",
}
DATED = {"repeals", "replaces", "amends"}


@dataclass(frozen=True)
class Warning:
    """One notice above the text."""

    text: str
    tone: str = "info"
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Related:
    """Another regulation, and how it stands to this one."""

    words: str
    title: str
    url: str
    code: str
    since: str = ""


def written(day) -> str:
    """2026年8月15日, 待核 for an unknown day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "待核"


def warnings_of(selection: Selection, address: str, arrived_by: str = "") -> list[Warning]:
    """Everything that keeps the text shown from being simply the law of today."""
    found = [Warning(f"已按引文「{arrived_by}」直达本条。")] if arrived_by else []
    if selection.problem:
        found.append(Warning(selection.problem, "warn"))
    if selection.version is None:
        return [*found, Warning("尚未收录本法规的任何版本。", "warn")]
    standing = _standing(selection, address)
    return [*found, *filter(None, [standing, _unverified(selection)])]


def _standing(selection: Selection, address: str) -> Warning | None:
    """尚未施行, 已被修改, 已废止; also when the reader asked for another day."""
    version, status = selection.version, selection.status
    if version is None:
        return None
    link = (
        {"url": version_url(selection, selection.current, address), "action": "查看现行文本"}
        if selection.current
        else {}
    )
    if status == LegalStatus.PENDING:
        return Warning(f"本文本尚未施行，自{written(version.effective_from)}起施行。", "info", **link)
    if status == LegalStatus.AMENDED:
        return Warning(f"本文本不是现行文本，{_span(version)}。", "warn", **link)
    if status == LegalStatus.REPEALED:
        return Warning(f"已废止，{_span(version)}。此前发生的行为是否适用，按从旧兼从轻原则判断。", "seal", **link)
    return None


def _span(version) -> str:
    """适用于2018年1月1日至2026年8月14日."""
    if version.effective_to is None:
        return f"自{written(version.effective_from)}起施行"
    start = f"自{written(version.effective_from)}起施行，" if version.effective_from else ""
    return f"{start}自{written(version.effective_to)}起不再适用"


def _unverified(selection: Selection) -> Warning | None:
    """Only an unknown beginning gets a notice; dates nobody has checked yet carry the badge 待核."""
    if selection.version is None or selection.version.effective_from:
        return None
    return Warning("施行日期待核，引用前请以官方公布的文本为准。", "warn")


def facts_of(selection: Selection) -> list[dict[str, str]]:
    """Rows of the fact table; empty ones are left out by the component."""
    regulation, version = selection.regulation, selection.version
    facts = [
        {"term": "制定机关", "text": regulation.issuers},
        {"term": "文号", "text": regulation.doc_number},
        {"term": "适用地域", "text": regulation.region},
    ]
    if version:
        facts += _version_facts(version)
    return facts


def _version_facts(version) -> list[dict[str, str]]:
    def day(term: str, value) -> dict[str, str]:
        return {"term": term, "text": written(value) if value else ""}

    checked = "，".join(filter(None, [version.checked_by, written(version.checked_on) if version.checked_on else ""]))
    return [
        day("通过", version.passed_on),
        day("公布", version.promulgated_on),
        {"term": "施行", "text": written(version.effective_from)},
        day("失效", version.effective_to),
        {"term": "文本来源", "text": version.source or version.get_source_kind_display()},
        {"term": "核对", "text": checked or "尚未核对"},
    ]


def related(regulation: Regulation, today) -> list[Related]:
    """Relations in both directions. Three queries at most."""
    out = list(RegulationRelation.objects.filter(from_regulation=regulation).order_by("kind", "pk"))
    into = list(RegulationRelation.objects.filter(to_regulation=regulation).order_by("kind", "pk"))
    pks = {one.to_regulation_id for one in out} | {one.from_regulation_id for one in into}
    works = {work.pk: work for work in regulations_by_pk(pks)} if pks else {}
    pairs = [(FORWARD[one.kind], works[one.to_regulation_id], one) for one in out]
    pairs += [(REVERSED[one.kind], works[one.from_regulation_id], one) for one in into]
    return [
        Related(
            words,
            work.title,
            work.get_absolute_url(),
            work.status(today).value,
            f"自{written(relation.effective_on)}起" if relation.effective_on and relation.kind in DATED else "",
        )
        for words, work, relation in pairs
    ]
