"""Who may do what with questions, papers, exams and marks. Every view and verb of this app asks here.

The bank is hidden from whoever will be examined on it: practice shows a question with its key only after an answer,
and nobody but editors and reviewers reads the bank. Nobody reviews a question of their own. The bureau holds exams;
trainers prepare them; a street's administrator sees the figures and registers the people of the own street.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from exams.models import Exam, PracticeAnswer, Question, QuestionVersion, Registration, Sitting, SittingItem
from people.models import Officer, User
from people.permissions import require
from people.roles import Role

__all__ = [
    "can_certify",
    "can_edit_questions",
    "can_fix_keys",
    "can_hold_exams",
    "can_look_up_cards",
    "can_make_papers",
    "can_mark",
    "can_practise",
    "can_publish_results",
    "can_read_bank",
    "can_read_results",
    "can_register",
    "can_report_question",
    "can_review_question",
    "can_review_questions",
    "can_review_version",
    "can_see_sitting",
    "can_sit",
    "require",
    "visible_registrations",
]

Asker = User | AnonymousUser


def _holds(user: Asker, *roles: Role) -> bool:
    return isinstance(user, User) and user.has_role(*roles)


def can_read_bank(user: Asker) -> bool:
    """Questions with their keys."""
    return _holds(user, Role.TRAINER, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN)


def can_edit_questions(user: Asker) -> bool:
    """Write, change, stop and import questions."""
    return _holds(user, Role.TRAINER, Role.BUREAU_ADMIN)


def can_review_questions(user: Asker) -> bool:
    return _holds(user, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN)


def can_review_question(user: Asker, question: Question) -> bool:
    """Approve a question: a reviewer who neither wrote it nor made its newest version (asked for by the verb)."""
    return can_review_questions(user) and question.author_id != user.pk


def can_review_version(user: Asker, version: QuestionVersion) -> bool:
    """The same for one version: whoever made it does not approve it either."""
    return can_review_question(user, version.question) and version.made_by_id != user.pk


def can_report_question(user: Asker, version: QuestionVersion) -> bool:
    """Whoever has answered it in practice or in a sitting that is over, and whoever reads the bank."""
    if can_read_bank(user) or not can_practise(user):
        return can_read_bank(user)
    practised = PracticeAnswer.objects.filter(person=user.pk, version=version)
    sat = SittingItem.objects.filter(
        version=version, sitting__state__in=Sitting.FINISHED, sitting__registration__officer__user=user.pk
    )
    return practised.exists() or sat.exists()


def can_make_papers(user: Asker) -> bool:
    return _holds(user, Role.TRAINER, Role.BUREAU_ADMIN)


def can_hold_exams(user: Asker) -> bool:
    """Plan an exam, build its papers, watch it, close it."""
    return _holds(user, Role.TRAINER, Role.BUREAU_ADMIN)


def can_register(user: Asker, officer: Officer | None = None) -> bool:
    """Put people on the list: the bureau and trainers anybody, a street's administrator the own people."""
    if can_hold_exams(user):
        return True
    own = officer is None or officer.unit_id == getattr(user, "unit_id", None)
    return _holds(user, Role.STREET_ADMIN) and own


def can_mark(user: Asker) -> bool:
    """Mark what is marked by hand."""
    return _holds(user, Role.TRAINER, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN)


def can_fix_keys(user: Asker) -> bool:
    """Correct a key after an exam and have it marked again."""
    return _holds(user, Role.BUREAU_ADMIN)


def can_publish_results(user: Asker) -> bool:
    return _holds(user, Role.BUREAU_ADMIN)


def can_certify(user: Asker) -> bool:
    """Issue certificates of passing, issue one anew, revoke one."""
    return _holds(user, Role.BUREAU_ADMIN)


def can_read_results(user: Asker) -> bool:
    """Results of everybody, or of the own street: see `visible_registrations`."""
    return _holds(user, Role.TRAINER, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN, Role.STREET_ADMIN)


def visible_registrations(user: Asker, exam: Exam) -> QuerySet[Registration]:
    """Whose results a person may read: all of them, or those of the own street; for others nobody's."""
    if _holds(user, Role.TRAINER, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN):
        return exam.registrations.all()
    if isinstance(user, User) and user.unit_id and user.has_role(Role.STREET_ADMIN):
        return exam.registrations.filter(officer__unit_id=user.unit_id)
    return exam.registrations.none()


def can_sit(user: Asker, registration: Registration) -> bool:
    """Only the candidate, under the own account."""
    return isinstance(user, User) and user.is_active and registration.officer.user_id == user.pk


def can_see_sitting(user: Asker, sitting: Sitting) -> bool:
    """The candidate, and whoever reads everybody's results."""
    return can_sit(user, sitting.registration) or _holds(user, Role.TRAINER, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN)


def can_practise(user: Asker) -> bool:
    """Whoever has an account with a role, auxiliary staff included."""
    return _holds(user, *Role)


def can_look_up_cards(user: Asker) -> bool:
    """The public look-up of a card by name or number needs no account."""
    return True
