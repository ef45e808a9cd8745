"""The law behind a question as pages show it: what a basis leads to today, what has changed since it was checked."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from casebook.review.diffing import Row, compare
from exams.basis import basis_field, changed, cited_in, leads_to_provision, wording_of
from exams.content import Content, Part
from exams.models import Question, QuestionBasis
from kb.linking import read_text
from kb.linking.resolve import Resolver
from kb.lookup import Resolved, provisions_on
from kb.models import Citation

WHOLE_LAW = "只写了法规名称；请写明第几条"
NOWHERE = "没有找到这一法规或者条款"


@dataclass(frozen=True)
class Cited:
    """One citation of a basis: where it leads today, or why it leads nowhere."""

    raw: str
    resolved: Resolved | None = None
    note: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Leads to law that is not in force."""
        return self.resolved is not None and not self.resolved.in_force


@dataclass(frozen=True)
class Moved:
    """A provision that reads differently from what was checked: both texts, or its successor's as the new one."""

    row: QuestionBasis
    now: Resolved | None
    successor: Resolved | None
    rows: list[Row]

    @property
    def is_known(self) -> bool:
        """Whether the wording that was checked is held."""
        return bool(self.row.wording)


def law_of(text: str, question: Question | None = None, field: str = "basis", on: dt.date | None = None) -> list[Cited]:
    """What the basis as typed leads to on the day (today)."""
    on = on or timezone.localdate()
    return _with_texts(cited_in(text, on, question, field), on)


def law_of_parts(content: Content, question: Question | None = None) -> list[list[Cited]]:
    """The same for every part of a content, in order."""
    return [law_of(part.basis, question, basis_field(number)) for number, part in _parts(content)]


def law_of_contents(contents: Iterable[Content], on: dt.date | None = None) -> list[list[list[Cited]]]:
    """The same for many contents that are not stored, by content and part; as many queries for a hundred as for one."""
    on, resolver, contents = on or timezone.localdate(), Resolver().preload(), list(contents)
    read = [
        [read_text(Question(), basis_field(n), part.basis, date=on, resolver=resolver) for n, part in _parts(one)]
        for one in contents
    ]
    found = iter(_with_texts([row for parts in read for rows in parts for row in rows], on))
    return [[[next(found) for _ in rows] for rows in parts] for parts in read]


def _parts(content: Content) -> Iterable[tuple[int, Part]]:
    return enumerate(content.parts, 1)


def law_of_questions(questions: Iterable[Question]) -> dict[tuple[int, str], list[Cited]]:
    """Where kb's rows of the newest versions lead today, by question and field: with what people have decided since.

    As many queries for a hundred questions as for one.
    """
    of_questions = {
        "source_type": ContentType.objects.get_for_model(Question),
        "source_id__in": [one.pk for one in questions],
    }
    standing = Citation.objects.filter(span_end__gt=0, **of_questions)
    rows = list(standing.order_by("source_id", "field_name", "span_start", "pk"))
    found: dict[tuple[int, str], list[Cited]] = defaultdict(list)
    for row, cited in zip(rows, _with_texts(rows, timezone.localdate()), strict=True):
        found[row.source_id, row.field_name].append(cited)
    return found


def moves_of(questions: Iterable[Question], on: dt.date | None = None) -> dict[int, list[Moved]]:
    """What has changed under the approved version of each question; as many queries for a hundred as for one."""
    on, questions = on or timezone.localdate(), list(questions)
    owner = {one.current_id: one.pk for one in questions if one.current_id}
    moved = changed(QuestionBasis.objects.filter(version__in=owner).select_related("regulation"), on)
    now = provisions_on([(row.regulation_id or 0, row.key) for row in moved], on)
    heirs = {pair: one.successor for pair, one in now.items() if one.successor and not one.in_force}
    texts = provisions_on([(heir.regulation, heir.key) for heir in heirs.values()], on)
    found: dict[int, list[Moved]] = {one.pk: [] for one in questions}
    for row in moved:
        pair = (row.regulation_id or 0, row.key)
        heir = heirs.get(pair)
        after = texts.get((heir.regulation.pk, heir.key)) if heir else None
        found[owner[row.version_id]].append(_moved(row, now.get(pair), after))
    return found


def _moved(row: QuestionBasis, now: Resolved | None, successor: Resolved | None) -> Moved:
    reads = successor or (now if now is not None and now.in_force else None)
    return Moved(row, now, successor, compare(row.wording, wording_of(reads)))


def _with_texts(citations: list[Citation], on: dt.date) -> list[Cited]:
    leading = [(one.regulation_id or 0, one.key) for one in citations if leads_to_provision(one)]
    texts = provisions_on(leading, on)
    return [_cited(one, texts.get((one.regulation_id or 0, one.key))) for one in citations]


def _cited(citation: Citation, resolved: Resolved | None) -> Cited:
    if citation.status == Citation.Status.DISMISSED:
        return Cited(citation.raw, note=f"已定为不作引用：{citation.note}")
    if leads_to_provision(citation):
        return Cited(citation.raw, resolved, citation.note)
    whole = citation.status == Citation.Status.RESOLVED
    return Cited(citation.raw, note=WHOLE_LAW if whole else citation.note or NOWHERE)
