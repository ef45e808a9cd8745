"""What a version rests on: the provisions its basis names, each with a digest of the wording that was checked."""

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256

from exams.content import Content
from exams.models import QuestionBasis, QuestionVersion
from kb.linking import read_text
from kb.linking.resolve import Resolver
from kb.lookup import Resolved, provisions_on
from kb.models import Citation


def read_basis(version: QuestionVersion, content: Content, resolver: Resolver | None = None) -> list[QuestionBasis]:
    """The rows of a version, not saved; a citation that leads nowhere has no regulation and no digest."""
    resolver = resolver or Resolver()
    rows = [
        QuestionBasis(version=version, part_no=number, raw=cited.raw, regulation_id=_target(cited), key=_key(cited))
        for number, part in enumerate(content.parts, 1)
        for cited in read_text(version, "basis", part.basis, date=version.read_on, resolver=resolver)
    ]
    found = provisions_on(_pairs(rows), version.read_on)
    for row in rows:
        row.digest = digest_of(found.get((row.regulation_id or 0, row.key)))
    return rows


def digest_of(resolved: Resolved | None) -> str:
    """A digest of the provision in force: empty where there is none in force or its text is not held."""
    if resolved is None or not resolved.in_force or not resolved.rows:
        return ""
    return sha256("\n".join(resolved.lines).encode()).hexdigest()


def changed(rows: Iterable[QuestionBasis], on: dt.date) -> list[QuestionBasis]:
    """Those whose wording on the day is not the wording that was checked. At most five queries.

    A provision whose text was not held when it was checked says nothing, unless its law is no longer in force.
    """
    rows = [row for row in rows if row.regulation_id]
    now = provisions_on(_pairs(rows), on)
    return [row for row in rows if _differs(row, now.get((row.regulation_id or 0, row.key)))]


def _differs(row: QuestionBasis, now: Resolved | None) -> bool:
    if now is None:
        return True
    if not row.digest:
        return now.version is not None and now.version.ended_by(now.on)
    return digest_of(now) != row.digest


def _pairs(rows: Iterable[QuestionBasis]) -> list[tuple[int, str]]:
    return [(row.regulation_id, row.key) for row in rows if row.regulation_id]


def _resolved(cited: Citation) -> bool:
    return cited.status == Citation.Status.RESOLVED and bool(cited.key)


def _target(cited: Citation) -> int | None:
    return cited.regulation_id if _resolved(cited) else None


def _key(cited: Citation) -> str:
    return cited.key if _resolved(cited) else ""
