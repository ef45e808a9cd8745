"""The queue of citations that no rule could decide: a person resolves or dismisses them.

Whatever is decided here stays through every later import and linking (kb/linking/decided.py).
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kb.citations import plain_name
from kb.linking import known_names
from kb.linking.resolve import Decision, Resolver
from kb.linking.sources import apply_decision, day_of
from kb.models import Citation, Regulation, RegulationAlias
from kb.permissions import can_resolve_citations, require
from people import audit
from people.models import User

_DECIDED = ["regulation", "key", "article_key", "status", "note", "origin", "decided_by", "decided_at"]


@transaction.atomic
def resolve_citation(
    citation: Citation, *, regulation: Regulation, key: str, by: User, everywhere: bool = False
) -> list[Citation]:
    """Says what a citation means; with `everywhere` also for the other waiting ones of that name.

    The others keep the provision they were read with and are resolved where that provision
    exists; the name becomes an alias of the regulation, so that it is known from now on. Gives
    the rows that were resolved. Raises PermissionDenied, and ValidationError when the regulation
    has no such provision on the day of the source.
    """
    require(can_resolve_citations(by), "处理引用")
    resolver = Resolver()
    decision = resolver.decide_in(regulation.pk, key, day_of(citation.source))
    if decision.status != Citation.Status.RESOLVED:
        raise ValidationError(f"未能链接到《{regulation.title}》：{decision.note}。请核对条款项后重新选择。")
    resolved = [_decide(citation, decision, by)]
    if everywhere:
        resolved += _resolve_alike(citation, regulation, by, resolver)
        _remember_name(citation.law_name, regulation)
    Citation.objects.bulk_update(resolved, _DECIDED)
    target = f"《{regulation.title}》{key}"
    audit.record(by=by, verb="链接引用", target=citation, detail=f"{target}，共 {len(resolved)} 处")
    return resolved


@transaction.atomic
def dismiss_citation(citation: Citation, *, by: User, reason: str, everywhere: bool = False) -> list[Citation]:
    """Says that the words are no citation; with `everywhere` for all waiting ones of that name.

    Gives the dismissed rows. Raises PermissionDenied, and ValidationError without a reason.
    """
    require(can_resolve_citations(by), "处理引用")
    if not reason.strip():
        raise ValidationError("请写明不作引用的理由。")
    rows = [citation, *(_alike(citation) if everywhere else ())]
    for row in rows:
        row.status, row.note = Citation.Status.DISMISSED, reason.strip()[:300]
        _sign(row, by)
    Citation.objects.bulk_update(rows, _DECIDED)
    audit.record(by=by, verb="不作引用", target=citation, detail=f"{reason}，共 {len(rows)} 处")
    return rows


@transaction.atomic
def reopen_citation(citation: Citation, *, by: User) -> Citation:
    """Takes a decision back: the citation waits again, and the next linking decides it anew."""
    require(can_resolve_citations(by), "处理引用")
    citation.status, citation.origin, citation.note = Citation.Status.UNRESOLVED, Citation.Origin.AUTOMATIC, ""
    citation.regulation = citation.decided_by = citation.decided_at = None
    citation.save(update_fields=_DECIDED)
    audit.record(by=by, verb="重新处理引用", target=citation)
    return citation


def _resolve_alike(citation: Citation, regulation: Regulation, by: User, resolver: Resolver) -> list[Citation]:
    resolved = []
    for row in _alike(citation):
        decision = resolver.decide_in(regulation.pk, row.key, day_of(row.source))
        if decision.status == Citation.Status.RESOLVED:
            resolved.append(_decide(row, decision, by))
    return resolved


def _alike(citation: Citation) -> list[Citation]:
    """The other waiting citations of the same name; none when no name was written."""
    if not citation.law_name:
        return []
    waiting = Citation.objects.waiting().filter(law_name=citation.law_name).exclude(pk=citation.pk)
    return list(waiting.prefetch_related("source"))


def _decide(row: Citation, decision: Decision, by: User) -> Citation:
    apply_decision(row, decision)
    return _sign(row, by)


def _sign(row: Citation, by: User) -> Citation:
    row.origin, row.decided_by, row.decided_at = Citation.Origin.MANUAL, by, timezone.now()
    return row


def _remember_name(name: str, regulation: Regulation) -> None:
    """Keeps the name as an alias, unless it is ambiguous or the regulation's own."""
    known = known_names().find(name)
    if name and plain_name(name) != plain_name(regulation.title) and not (known and known.ambiguous):
        RegulationAlias.objects.get_or_create(regulation=regulation, name=name)
