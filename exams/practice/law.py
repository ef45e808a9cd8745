"""The provisions on which an answer rests, with their text in force today, in place."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from exams.models import QuestionBasis, QuestionVersion
from kb.hub.basis import BasisArticle
from kb.keys import article_of
from kb.lookup import Resolved, Successor, provisions_on
from kb.models import Citation


@dataclass(frozen=True)
class Successive:
    """Where repealed law went, with the text of what took its place."""

    successor: Successor
    now: Resolved | None


@dataclass(frozen=True)
class Ground:
    """One provision under an answer; `successors` only where its law has ended."""

    article: BasisArticle
    successors: tuple[Successive, ...] = ()


def grounds_of(version: QuestionVersion) -> dict[int, list[Ground]]:
    """Part number -> provisions, as they stand today. At most six queries, another five where law has ended."""
    rows = list(version.basis_rows.order_by("part_no", "pk"))
    today = timezone.localdate()
    pairs = {(r.regulation_id, key) for r in rows if r.regulation_id for key in (r.key, article_of(r.key))}
    found = provisions_on(pairs, today)
    ended = [here for here in found.values() if here.version is not None and here.version.ended_by(today)]
    later = provisions_on({(s.regulation.pk, s.key) for here in ended for s in here.successors}, today)
    grounds: dict[int, list[Ground]] = defaultdict(list)
    for row in rows:
        grounds[row.part_no].append(_ground(row, found, later))
    return grounds


def _ground(row: QuestionBasis, found: dict, later: dict) -> Ground:
    cited = Citation(raw=row.raw, regulation_id=row.regulation_id, key=row.key)
    here = found.get((row.regulation_id, row.key))
    article = BasisArticle(cited, here, found.get((row.regulation_id, article_of(row.key))))
    if here is None or here.version is None or not here.version.ended_by(here.on):
        return Ground(article)
    return Ground(article, tuple(Successive(s, later.get((s.regulation.pk, s.key))) for s in here.successors))
