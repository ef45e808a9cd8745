"""Who may do what with cases. Reading published cases needs no account.

A case goes through three hands: who writes and anonymises it, who signs it after the legal review,
and who publishes it. Nobody signs what they wrote or anonymised, and nobody publishes what they
signed. While a case is under review, only those whose step it is may change it.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from casebook.models import Case, CaseComment, CaseIntake, Stage
from casebook.models.queries import CaseQuerySet
from casebook.models.workflow import stage_of
from people.models import Unit, User
from people.permissions import require
from people.roles import Role

__all__ = [
    "can_cancel_review",
    "can_comment",
    "can_compile_issues",
    "can_confirm_anonymised",
    "can_delete_case",
    "can_edit_case",
    "can_edit_cases",
    "can_import_cases",
    "can_nominate",
    "can_publish",
    "can_publish_cases",
    "can_read",
    "can_resolve_comment",
    "can_review_cases",
    "can_see_case",
    "can_see_street",
    "can_see_intake",
    "can_send_back",
    "can_sign",
    "can_submit",
    "can_withdraw",
    "can_work_on_cases",
    "can_write_cases",
    "nominable_cases",
    "require",
    "visible_cases",
    "visible_intakes",
]

ANYWHERE = (Role.TRAINER, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN)
Asker = User | AnonymousUser


def _holds(user: Asker, *roles: Role) -> bool:
    return isinstance(user, User) and user.has_role(*roles)


def _own_street(user: Asker) -> int | None:
    """The street whose cases a street's administrator edits."""
    return user.unit_id if isinstance(user, User) and user.has_role(Role.STREET_ADMIN) else None


def _of_own_street(user: Asker, case: Case) -> bool:
    return case.street_id is not None and case.street_id == _own_street(user)


def can_edit_cases(user: Asker) -> bool:
    """Write cases of every street and confirm that they are anonymised."""
    return _holds(user, Role.TRAINER, Role.BUREAU_ADMIN)


def can_write_cases(user: Asker) -> bool:
    """Begin a case by typing or uploading; a street's editor only for the own street."""
    return can_edit_cases(user) or _own_street(user) is not None


def can_work_on_cases(user: Asker) -> bool:
    """The cases in the admin: who writes, reviews or publishes them."""
    return can_write_cases(user) or can_review_cases(user)


def can_review_cases(user: Asker) -> bool:
    return _holds(user, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN)


def can_publish_cases(user: Asker) -> bool:
    """The chief editor's role; whether a certain case is theirs to publish, `can_publish` says."""
    return _holds(user, Role.BUREAU_ADMIN)


def can_import_cases(user: Asker) -> bool:
    return can_edit_cases(user)


def visible_cases(user: Asker) -> CaseQuerySet:
    """The cases a person meets in the admin: all of them, or those of the own street.

    Public cases of other streets are read in the library: their forms hold the original wording.
    """
    if _holds(user, *ANYWHERE):
        return Case.objects.all()
    street = _own_street(user)
    return Case.objects.none() if street is None else Case.objects.filter(street_id=street)


def can_see_street(user: Asker, street: Unit) -> bool:
    """How far a street is with its drafts: the bureau's people every one, a street's editor the own one."""
    return _holds(user, *ANYWHERE) or _own_street(user) == street.pk


def can_see_case(user: Asker, case: Case) -> bool:
    """The rule of `visible_cases` for one case: its form, its review page, its history."""
    return _holds(user, *ANYWHERE) or _of_own_street(user, case)


def visible_intakes(user: Asker) -> QuerySet[CaseIntake]:
    """The uploads a person may confirm: all of them, or those of the own street."""
    if can_edit_cases(user):
        return CaseIntake.objects.all()
    street = _own_street(user)
    return CaseIntake.objects.none() if street is None else CaseIntake.objects.filter(street_id=street)


def can_see_intake(user: Asker, intake: CaseIntake) -> bool:
    """The rule of `visible_intakes` for one upload."""
    own = intake.street_id is not None and intake.street_id == _own_street(user)
    return can_edit_cases(user) or own


def can_edit_case(user: Asker, case: Case) -> bool:
    """Change the text: its editors while it is with them, those whose step it is while it is under review."""
    stage = stage_of(case)
    if stage.in_review:
        return _takes_step(user, case, stage)
    return can_edit_cases(user) or _of_own_street(user, case)


def can_confirm_anonymised(user: Asker, case: Case) -> bool:
    return can_edit_cases(user) and not stage_of(case).in_review


def can_submit(user: Asker, case: Case) -> bool:
    """Hand the case to the legal review."""
    return not stage_of(case).in_review and can_edit_case(user, case)


def can_sign(user: Asker, case: Case) -> bool:
    """The second person: never who wrote or anonymised the case."""
    return stage_of(case) == Stage.LEGAL and _takes_step(user, case, Stage.LEGAL)


def can_publish(user: Asker, case: Case) -> bool:
    """The chief editor, who is not the one who signed."""
    return stage_of(case) == Stage.CHIEF and _takes_step(user, case, Stage.CHIEF)


def can_cancel_review(user: Asker, case: Case) -> bool:
    """Take a case back out of the review: whoever edits cases of every street, and the street that handed it in."""
    return stage_of(case) != Stage.DRAFT and (can_edit_cases(user) or _of_own_street(user, case))


def can_send_back(user: Asker, case: Case) -> bool:
    """Return a case with remarks: whoever might approve it at its present step."""
    return _takes_step(user, case, stage_of(case))


def can_withdraw(user: Asker) -> bool:
    """Take a case down at once. Nobody is barred from that by having written or signed it."""
    return can_review_cases(user)


def can_delete_case(user: Asker, case: Case) -> bool:
    """Drafts that were never published; what readers saw is taken down instead."""
    return can_edit_cases(user) and case.first_published_at is None and not stage_of(case).in_review


def can_comment(user: Asker, case: Case) -> bool:
    return can_see_case(user, case)


def can_resolve_comment(user: Asker, comment: CaseComment) -> bool:
    """Close a remark: who made it, and who edits the case."""
    return comment.author_id == user.pk or can_edit_case(user, comment.case)


def can_compile_issues(user: Asker) -> bool:
    return _holds(user, Role.TRAINER, Role.BUREAU_ADMIN)


def can_nominate(user: Asker, case: Case) -> bool:
    """Put a case forward for the ten best: the editors any, a street's administrator those of the own street."""
    return can_compile_issues(user) or _of_own_street(user, case)


def nominable_cases(user: Asker) -> CaseQuerySet:
    """The rule of `can_nominate` for lists: public cases, all of them or those of the own street."""
    if can_compile_issues(user):
        return Case.objects.published()
    street = _own_street(user)
    return Case.objects.none() if street is None else Case.objects.published().filter(street_id=street)


def can_read(user: Asker, case: Case) -> bool:
    """Everybody reads public cases, whoever has a role the internal ones; drafts are for those who work on them."""
    internal = case.is_released and _holds(user, *Role)
    return case.is_public or internal or can_see_case(user, case)


def _takes_step(user: Asker, case: Case, stage: Stage) -> bool:
    if stage == Stage.LEGAL:
        return _holds(user, Role.LEGAL_REVIEWER) and user.pk not in (case.author_id, case.anonymised_by_id)
    return stage == Stage.CHIEF and _holds(user, Role.BUREAU_ADMIN) and case.signed_by_id != user.pk
