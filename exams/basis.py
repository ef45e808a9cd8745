"""What a version rests on: the provisions its basis names, each with the wording that was checked.

The citations of a question are also rows of kb's table (field `basis`, `basis.2` ... of the newest version): what leads
nowhere waits in the queue of citations, and what a person decided there is used here from then on.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.contrib.contenttypes.models import ContentType

from exams.content import Content
from exams.models import Question, QuestionBasis, QuestionVersion
from kb.linking import read_text
from kb.linking.decided import store
from kb.linking.resolve import Resolver
from kb.lookup import Resolved, provisions_on
from kb.models import Citation
from kb.models.status import LegalStatus

BASIS = "basis"


def read_basis(
    version: QuestionVersion, content: Content, resolver: Resolver | None = None, on: dt.date | None = None
) -> list[QuestionBasis]:
    """The rows of a version as its law reads on the day (by default that of writing), not saved; kb's follow.

    A citation that leads nowhere has no regulation and no digest; one that somebody dismissed has no row.
    """
    return read_bases([(version, content)], on or version.read_on, resolver)


def read_bases(
    written: Iterable[tuple[QuestionVersion, Content]], on: dt.date, resolver: Resolver | None = None
) -> list[QuestionBasis]:
    """The same for many versions, each of another question: for a hundred as many queries as for one."""
    cited = list(_link(list(written), resolver or Resolver(), on))
    rows = [
        QuestionBasis(
            version=version, part_no=number, raw=one.raw, regulation_id=_target(one), key=_key(one), read_on=on
        )
        for version, number, one in cited
    ]
    found = provisions_on(_pairs(rows), on)
    for row in rows:
        resolved = found.get((row.regulation_id or 0, row.key))
        row.wording, row.digest = wording_of(resolved), digest_of(resolved)
    return rows


def cited_in(text: str, on: dt.date, question: Question | None = None, field: str = BASIS) -> list[Citation]:
    """The citations of a basis as it is typed, with what people decided for the stored question; writes nothing."""
    read = read_text(question or Question(), field, text, date=on)
    if question is None:
        return read
    stored = Citation.objects.of_source(question).filter(field_name=field)
    decided = {row.raw: row for row in stored if row.decided_by_id}
    return [decided.get(row.raw, row) for row in read]


def basis_field(part_no: int) -> str:
    """`basis`, `basis.2`: the field under which kb keeps the citations of a part."""
    return BASIS if part_no == 1 else f"{BASIS}.{part_no}"


def leads_to_provision(cited: Citation) -> bool:
    """Whether the citation names a provision that exists; a whole law is none."""
    return cited.status == Citation.Status.RESOLVED and bool(cited.key)


def wording_of(resolved: Resolved | None) -> str:
    """The provision's text, its number in front; empty where the text is not held."""
    return resolved.text if resolved is not None and resolved.rows else ""


def digest_of(resolved: Resolved | None) -> str:
    """A digest of the provision's text and of its standing; empty where its text is not held.

    A question may rest on repealed law on purpose (从旧兼从轻): it was checked as repealed, and moves only with that.
    """
    if resolved is None or not resolved.rows:
        return ""
    return sha256("\n".join([_standing(resolved), *resolved.lines]).encode()).hexdigest()


def changed(rows: Iterable[QuestionBasis], on: dt.date) -> list[QuestionBasis]:
    """Those whose wording on the day is not the wording that was checked. At most five queries.

    A provision whose text was not held when it was checked says nothing, unless its law has ended since.
    """
    rows = [row for row in rows if row.regulation_id]
    now = provisions_on(_pairs(rows), on)
    return [row for row in rows if _differs(row, now.get((row.regulation_id or 0, row.key)))]


def not_in_force(rows: Iterable[QuestionBasis], on: dt.date) -> list[QuestionBasis]:
    """Those whose law has ended or not begun on the day; a date that nobody has verified does not count."""
    rows = [row for row in rows if row.regulation_id]
    now = provisions_on(_pairs(rows), on)
    return [row for row in rows if (one := now.get((row.regulation_id or 0, row.key))) and _standing(one)]


def _differs(row: QuestionBasis, now: Resolved | None) -> bool:
    if now is None:
        return True
    if not row.digest:
        version = now.version
        return version is not None and version.ended_by(now.on) and not version.ended_by(row.read_on)
    return digest_of(now) != row.digest


def _standing(resolved: Resolved) -> str:
    """Nothing for law in force; a date that nobody has verified does not count."""
    if resolved.version is not None and resolved.version.ended_by(resolved.on):
        return "ended"
    return "pending" if resolved.status == LegalStatus.PENDING else ""


def _link(
    written: list[tuple[QuestionVersion, Content]], resolver: Resolver, on: dt.date
) -> Iterator[tuple[QuestionVersion, int, Citation]]:
    """(version, part, citation) for every citation that stands in the texts and that nobody dismissed."""
    stored = _stored([version.question for version, _ in written])
    fresh: list[Citation] = []
    for version, content in written:
        question = version.question
        fields = {basis_field(number): (number, part.basis) for number, part in enumerate(content.parts, 1)}
        wanted = [
            row
            for field, (_, text) in fields.items()
            for row in read_text(question, field, text, date=on, resolver=resolver)
        ]
        old = stored.get(question.pk, [])
        if old:
            _drop([row for row in old if row.field_name not in fields])
            wanted = store([row for row in old if row.field_name in fields], wanted)
        else:
            fresh += wanted
        for row in wanted:
            if row.span_end and row.status != Citation.Status.DISMISSED:
                yield version, fields[row.field_name][0], row
    Citation.objects.bulk_create(fresh, batch_size=500)


def _stored(questions: list[Question]) -> dict[int, list[Citation]]:
    """The citations that kb has of each question."""
    found: dict[int, list[Citation]] = defaultdict(list)
    kind = ContentType.objects.get_for_model(Question)
    for row in Citation.objects.filter(source_type=kind, source_id__in=[one.pk for one in questions]):
        found[row.source_id].append(row)
    return found


def _drop(rows: list[Citation]) -> None:
    if rows:
        Citation.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _pairs(rows: Iterable[QuestionBasis]) -> list[tuple[int, str]]:
    return [(row.regulation_id, row.key) for row in rows if row.regulation_id]


def _target(cited: Citation) -> int | None:
    return cited.regulation_id if leads_to_provision(cited) else None


def _key(cited: Citation) -> str:
    return cited.key if leads_to_provision(cited) else ""
