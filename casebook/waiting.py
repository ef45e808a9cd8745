"""What waits in the case library, by the step that is due; the home page counts, the list filters."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from casebook.models import Case
from casebook.models.queries import CaseQuerySet
from casebook.permissions import can_edit_cases, can_publish
from content.dashboard import Waiting
from people.models import User


@dataclass(frozen=True)
class Due:
    """Cases that wait for one step, and whose step it is."""

    label: str
    note: str
    select: Callable[[CaseQuerySet, User], CaseQuerySet]
    concerns: Callable[[User], bool]


def _to_sign(cases: CaseQuerySet, user: User) -> CaseQuerySet:
    """Never by the one who anonymised the case."""
    return cases.filter(anonymised_by__isnull=False, signed_by__isnull=True).exclude(anonymised_by=user)


DUE = {
    "anonymise": Due(
        "待确认匿名", "核对后确认匿名", lambda cases, user: cases.filter(anonymised_by__isnull=True), can_edit_cases
    ),
    "sign": Due("待审签", "审阅后审签", _to_sign, can_publish),
    "publish": Due(
        "待发布",
        "已审签，尚未公开",
        lambda cases, user: cases.filter(signed_by__isnull=False, live=False),
        can_publish,
    ),
    "changed": Due(
        "有未公开的修改",
        "公开的仍是修改前的文本",
        lambda cases, user: cases.filter(live=True, has_unpublished_changes=True),
        lambda user: can_edit_cases(user) or can_publish(user),
    ),
    "basis": Due(
        "依据已变更", "核对现行依据，注明变化", lambda cases, user: cases.published().on_changed_law(), can_edit_cases
    ),
}


def due_cases(name: str, cases: CaseQuerySet, user: User) -> CaseQuerySet:
    """The cases of the query that wait for the named step, as far as this person can take it."""
    return DUE[name].select(cases, user)


def waiting_for(user: User) -> list[Waiting]:
    """One query a number."""
    address = reverse(Case.snippet_viewset.get_url_name("list"))
    return [
        Waiting(
            f"{due.label}的案例", due_cases(name, Case.objects.all(), user).count(), f"{address}?due={name}", due.note
        )
        for name, due in DUE.items()
        if due.concerns(user)
    ]
