"""The provisions behind many items at once, as they read today; six queries, whatever the number of items."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from exams.basis import digest_of
from exams.models import QuestionBasis
from exams.results.scoring import Place
from kb.lookup import Resolved, provisions_on


@dataclass(frozen=True)
class Ground:
    """One citation: today's provision, and the wording that was checked where today's differs."""

    raw: str
    now: Resolved | None = None
    was: str = ""

    @property
    def label(self) -> str:
        """The standard citation; the words as written where they lead nowhere."""
        return self.now.citation if self.now else self.raw


def grounds_of(versions: Iterable[int]) -> dict[Place, list[Ground]]:
    """By version and part, in the order of the basis."""
    rows = list(QuestionBasis.objects.filter(version__in=set(versions)).order_by("version", "part_no", "pk"))
    now = provisions_on([(row.regulation_id, row.key) for row in rows if row.regulation_id], timezone.localdate())
    found: dict[Place, list[Ground]] = defaultdict(list)
    for row in rows:
        found[row.version_id, row.part_no].append(_ground(row, now.get((row.regulation_id or 0, row.key))))
    return found


def _ground(row: QuestionBasis, now: Resolved | None) -> Ground:
    if now is None:
        return Ground(row.raw)
    moved = bool(row.digest) and digest_of(now) != row.digest
    return Ground(row.raw, now, row.wording if moved else "")
