"""How far the drafts of a quarter are, by stage and by street: counted from the cases, never typed in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.contrib.contenttypes.models import ContentType
from wagtail.models import WorkflowState

from casebook.models import Case, CasebookIssue
from casebook.models.queries import CaseQuerySet
from people.models import Unit


class Stage(Enum):
    """Where a case stands on its way to the public."""

    DRAFT = "撰写中"
    REVIEW = "审核中"
    READY = "待发布"
    PUBLIC = "已发布"
    WITHDRAWN = "已撤下"


@dataclass(frozen=True)
class Placed:
    """A case of the quarter with its stage."""

    case: Case
    stage: Stage


@dataclass(frozen=True)
class StreetProgress:
    """One street's duty and what it has sent; a street without a duty that sent something owes 0."""

    street: Unit
    wanted: int
    stages: Counter[Stage]

    @property
    def sent(self) -> int:
        """Drafts that exist, whatever their stage; what was taken down does not count."""
        return sum(n for stage, n in self.stages.items() if stage is not Stage.WITHDRAWN)

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.sent)

    @property
    def counts(self) -> list[int]:
        """In the order of the stages, without those taken down."""
        return [self.stages[stage] for stage in Stage if stage is not Stage.WITHDRAWN]


def cases_of(issue: CasebookIssue, among: CaseQuerySet | None = None) -> list[Placed]:
    """The quarter's cases (of those a person may see) in the order of their numbers. Two queries."""
    seen = Case.objects.all() if among is None else among
    cases = seen.filter(case_no__startswith=f"{issue.code}-").select_related("street", "domain", "author")
    reviewed = _in_review()
    return [Placed(case, stage_of(case, case.pk in reviewed)) for case in cases.order_by("case_no")]


def stage_of(case: Case, in_review: bool) -> Stage:
    if case.withdrawn_at:
        return Stage.WITHDRAWN
    if case.live:
        return Stage.PUBLIC
    if case.signed_by_id:
        return Stage.READY
    return Stage.REVIEW if in_review else Stage.DRAFT


def streets_of(issue: CasebookIssue, placed: Iterable[Placed]) -> list[StreetProgress]:
    """Every street with a duty in its order, then those that sent drafts without one. One query."""
    stages: dict[int, Counter[Stage]] = {}
    streets: dict[int, Unit] = {}
    for one in placed:
        if one.case.street:
            streets[one.case.street.pk] = one.case.street
            stages.setdefault(one.case.street.pk, Counter())[one.stage] += 1
    quotas = list(issue.quotas.select_related("street"))
    wanted = {quota.street_id: quota.wanted for quota in quotas}
    streets |= {quota.street_id: quota.street for quota in quotas}
    rows = [StreetProgress(street, wanted.get(pk, 0), stages.get(pk, Counter())) for pk, street in streets.items()]
    return sorted(rows, key=lambda row: (not row.wanted, row.street.sort_order, row.street.name))


def _in_review() -> set[int]:
    """Cases with a reviewer; one that was returned for changes is a draft again."""
    running = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Case), status=WorkflowState.STATUS_IN_PROGRESS
    )
    return {int(pk) for pk in running.values_list("object_id", flat=True)}
