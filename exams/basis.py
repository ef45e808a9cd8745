"""What a version rests on: the provisions its basis names, each with the wording that was checked.

The citations of a question are also rows of kb's table (field `basis`, `basis.2` ... of the newest version): what leads
nowhere waits in the queue of citations, and what a person decided there is used here from then on.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from hashlib import sha256

from exams.content import Content
from exams.models import Question, QuestionBasis, QuestionVersion
from kb.linking import link_text, read_text
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
    on = on or version.read_on
    cited = list(_link(version.question, content, resolver or Resolver(), on))
    rows = [
        QuestionBasis(
            version=version, part_no=number, raw=one.raw, regulation_id=_target(one), key=_key(one), read_on=on
        )
        for number, one in cited
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


def _link(question: Question, content: Content, resolver: Resolver, on: dt.date) -> Iterator[tuple[int, Citation]]:
    """(part, citation) for every citation that stands in the text and that nobody dismissed."""
    fields = {basis_field(number): (number, part.basis) for number, part in enumerate(content.parts, 1)}
    Citation.objects.of_source(question).exclude(field_name__in=fields).delete()
    for field, (number, text) in fields.items():
        for row in link_text(question, field, text, date=on, resolver=resolver):
            if row.span_end and row.status != Citation.Status.DISMISSED:
                yield number, row


def _pairs(rows: Iterable[QuestionBasis]) -> list[tuple[int, str]]:
    return [(row.regulation_id, row.key) for row in rows if row.regulation_id]


def _target(cited: Citation) -> int | None:
    return cited.regulation_id if leads_to_provision(cited) else None


def _key(cited: Citation) -> str:
    return cited.key if leads_to_provision(cited) else ""
