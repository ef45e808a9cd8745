"""How far the drafts of a quarter are, by stage and by street: counted from the cases, never typed in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from casebook.models import Case, CasebookIssue, Stage
from casebook.models.queries import CaseQuerySet
from people.models import Unit


class Lane(Enum):
    """Where a case stands on its way to the public."""

    DRAFT = "撰写中"
    REVIEW = "审核中"
    READY = "待发布"
    PUBLIC = "已发布"
    WITHDRAWN = "已撤下"


@dataclass(frozen=True)
class Placed:
    """A case of the quarter and where it stands."""

    case: Case
    lane: Lane


@dataclass(frozen=True)
class StreetProgress:
    """One street's duty and what it has sent; a street without a duty that sent something owes 0."""

    street: Unit
    wanted: int
    lanes: Counter[Lane]

    @property
    def sent(self) -> int:
        """Drafts that exist, wherever they stand; what was taken down does not count."""
        return sum(n for lane, n in self.lanes.items() if lane is not Lane.WITHDRAWN)

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.sent)

    @property
    def counts(self) -> list[int]:
        """In the order of the lanes, without those taken down."""
        return [self.lanes[lane] for lane in Lane if lane is not Lane.WITHDRAWN]


def cases_of(issue: CasebookIssue, among: CaseQuerySet | None = None) -> list[Placed]:
    """The quarter's cases (of those a person may see) in the order of their numbers. Three queries."""
    seen = Case.objects.all() if among is None else among
    cases = seen.filter(case_no__startswith=f"{issue.code}-").select_related("street", "domain")
    reviewed = set(Case.objects.at_stage(Stage.LEGAL, Stage.CHIEF).values_list("pk", flat=True))
    return [
        Placed(case, lane_of(case, case.pk in reviewed))
        for case in cases.order_by("case_no").prefetch_related("replacements")
    ]


def lane_of(case: Case, in_review: bool) -> Lane:
    if case.withdrawn_at:
        return Lane.WITHDRAWN
    if case.live:
        return Lane.PUBLIC
    if case.signed_by_id:
        return Lane.READY
    return Lane.REVIEW if in_review else Lane.DRAFT


def streets_of(issue: CasebookIssue, placed: Iterable[Placed]) -> list[StreetProgress]:
    """Every street with a duty in its order, then those that sent drafts without one. One query."""
    lanes: dict[int, Counter[Lane]] = {}
    streets: dict[int, Unit] = {}
    for one in placed:
        if one.case.street:
            streets[one.case.street.pk] = one.case.street
            lanes.setdefault(one.case.street.pk, Counter())[one.lane] += 1
    quotas = list(issue.quotas.select_related("street"))
    wanted = {quota.street_id: quota.wanted for quota in quotas}
    streets |= {quota.street_id: quota.street for quota in quotas}
    rows = [StreetProgress(street, wanted.get(pk, 0), lanes.get(pk, Counter())) for pk, street in streets.items()]
    return sorted(rows, key=lambda row: (not row.wanted, row.street.sort_order, row.street.name))
