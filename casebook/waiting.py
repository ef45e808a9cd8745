"""What waits in the case library for one person, by the step that is due; the home page counts, the list filters."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from casebook.models import Case, CaseComment, Stage
from casebook.models.queries import CaseQuerySet
from casebook.permissions import can_edit_cases, can_publish_cases, can_work_on_cases, can_write_cases, visible_cases
from content.dashboard import Waiting
from people.models import User
from people.roles import Role


@dataclass(frozen=True)
class Due:
    """Cases that wait for one step, and whose step it is."""

    label: str
    note: str
    select: Callable[[CaseQuerySet, User], CaseQuerySet]
    concerns: Callable[[User], bool]


def _mine(user: User) -> Q:
    """Written, anonymised or handed in by this person: who mends it when it comes back."""
    return Q(author=user) | Q(anonymised_by=user)


def _to_anonymise(cases: CaseQuerySet, user: User) -> CaseQuerySet:
    return cases.in_hand().filter(live=False, anonymised_by__isnull=True)


def _to_submit(cases: CaseQuerySet, user: User) -> CaseQuerySet:
    unsigned = cases.filter(live=False, anonymised_by__isnull=False, signed_by__isnull=True)
    return unsigned.in_hand()


def _to_review(cases: CaseQuerySet, user: User) -> CaseQuerySet:
    """Never by who wrote or anonymised the case."""
    return cases.at_stage(Stage.LEGAL).exclude(_mine(user))


def _to_approve(cases: CaseQuerySet, user: User) -> CaseQuerySet:
    """Never by who signed it."""
    return cases.at_stage(Stage.CHIEF).filter(Q(live=True) | Q(signed_by__isnull=True) | ~Q(signed_by=user))


def _returned(cases: CaseQuerySet, user: User) -> CaseQuerySet:
    mine = _mine(user)
    if user.has_role(Role.STREET_ADMIN) and user.unit_id:
        mine |= Q(street=user.unit_id)
    return cases.at_stage(Stage.RETURNED).filter(mine)


def _remarked(cases: CaseQuerySet, user: User) -> CaseQuerySet:
    """Open remarks of others on one's own cases."""
    remarks = CaseComment.objects.filter(case=OuterRef("pk"), resolved_at__isnull=True, answers__isnull=True)
    return cases.filter(_mine(user)).filter(Exists(remarks.exclude(author=user)))


def _holds(*roles: Role) -> Callable[[User], bool]:
    return lambda user: user.has_role(*roles)


DUE = {
    "anonymise": Due("待确认匿名", "核对后确认匿名", _to_anonymise, can_write_cases),
    "submit": Due("待送审", "已确认匿名", _to_submit, can_write_cases),
    "review": Due("待法制审核", "核对清单后审签或者退回", _to_review, _holds(Role.LEGAL_REVIEWER)),
    "approve": Due("待主编审定", "已审签，待发布", _to_approve, can_publish_cases),
    "returned": Due("退回给我", "按意见修改后再送审", _returned, can_write_cases),
    "remarks": Due("有意见待我处理", "回复或者修改后标为已处理", _remarked, can_work_on_cases),
    "changed": Due(
        "有未公开的修改",
        "公开的仍是修改前的文本",
        lambda cases, user: cases.filter(live=True, has_unpublished_changes=True),
        can_edit_cases,
    ),
    "basis": Due(
        "依据已变更", "核对现行依据，注明变化", lambda cases, user: cases.published().on_changed_law(), can_edit_cases
    ),
    "withdrawn": Due(
        "已撤下", "修改后重新送审", lambda cases, user: cases.filter(withdrawn_at__isnull=False), can_edit_cases
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
            f"{due.label}的案例", due_cases(name, visible_cases(user), user).count(), f"{address}?due={name}", due.note
        )
        for name, due in DUE.items()
        if due.concerns(user)
    ]
