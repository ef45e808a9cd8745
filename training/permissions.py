"""Who may do what with trainings, hours, mentors and figures. Every view and verb of this app asks here.

Nobody sees other people's records but those who keep them: the bureau's people all, a street's administrator those
of the own street, a mentor those of the own mentees, everybody the own.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from kb.models import InstructorAppointment
from people.models import Mentor, Officer, Unit, User
from people.permissions import require
from people.roles import Role
from training.models import Attendance, Consultation, MentorScope, Pairing, ReadingAssignment, TrainingSession

__all__ = [
    "answerable",
    "can_answer",
    "can_approve_answers",
    "can_approve_changes",
    "can_assign_readings",
    "can_change_attendance",
    "can_coach",
    "can_import_figures",
    "can_keep_mentors",
    "can_plan",
    "can_read_figures",
    "can_read_question",
    "can_run_session",
    "can_see_assignment",
    "can_see_officer",
    "can_set_rules",
    "current_mentor",
    "require",
    "visible_officers",
]

Asker = User | AnonymousUser
EVERYWHERE = (Role.TRAINER, Role.BUREAU_ADMIN)


def _holds(user: Asker, *roles: Role) -> bool:
    return isinstance(user, User) and user.has_role(*roles)


def can_plan(user: Asker, unit: Unit | None = None) -> bool:
    """Plans and sessions: trainers and the bureau of every unit, a street's administrator and a department's
    instructor of the own one."""
    if _holds(user, *EVERYWHERE):
        return True
    own = unit is None or unit.pk == getattr(user, "unit_id", None)
    return own and _holds(user, Role.STREET_ADMIN, Role.INSTRUCTOR)


def can_run_session(user: Asker, session: TrainingSession) -> bool:
    """Show the code, call the roll, import the list."""
    return can_plan(user, session.unit)


def can_change_attendance(user: Asker, attendance: Attendance) -> bool:
    """Ask for a correction."""
    return can_run_session(user, attendance.session)


def can_approve_changes(user: Asker) -> bool:
    """Approve corrections that somebody else asked for (the verb refuses the own)."""
    return _holds(user, *EVERYWHERE)


def can_set_rules(user: Asker) -> bool:
    """What a year asks for, what counts, revoking hours."""
    return _holds(user, Role.BUREAU_ADMIN)


def can_keep_mentors(user: Asker) -> bool:
    """Appointments, pairings, templates."""
    return _holds(user, *EVERYWHERE)


def current_mentor(user: Asker) -> Mentor | None:
    """The appointment under which the person acts today."""
    if not isinstance(user, User):
        return None
    return Mentor.objects.appointed_on(timezone.localdate()).filter(officer__user=user).first()


def can_coach(user: Asker) -> bool:
    return _holds(user, Role.MENTOR) and current_mentor(user) is not None


def can_assign_readings(user: Asker) -> bool:
    return can_keep_mentors(user) or can_coach(user)


def can_see_assignment(user: Asker, assignment: ReadingAssignment) -> bool:
    """Who reads what, and how far they are: who assigned it, and who keeps the mentors."""
    return can_keep_mentors(user) or assignment.assigned_by_id == user.pk


def answerable(user: Asker) -> QuerySet[Consultation]:
    """What a person may answer: of the items that they instruct, of a mentor's items (all, where none are named)."""
    if can_keep_mentors(user):
        return Consultation.objects.all()
    items = Q(pk__in=[])
    if _holds(user, Role.INSTRUCTOR):
        own = InstructorAppointment.objects.current(timezone.localdate()).filter(officer__user=user)
        items |= Q(item__in=own.values("item"))
    if mentor := current_mentor(user):
        scope = MentorScope.objects.filter(mentor=mentor).first()
        named = set(scope.items.values_list("pk", flat=True)) if scope else set()
        items |= Q(item__in=named) if named else ~Q(pk__in=[])
    return Consultation.objects.filter(items)


def can_answer(user: Asker, consultation: Consultation) -> bool:
    """The rule of `answerable` for one question."""
    return answerable(user).filter(pk=consultation.pk).exists()


def can_read_question(user: Asker, consultation: Consultation) -> bool:
    """Who asked, who answers; who approves, once there is something to approve: the page promises it to who asks."""
    own = isinstance(user, User) and consultation.asked_by_id == user.pk
    reviewed = consultation.state in (Consultation.State.PROPOSED, Consultation.State.SETTLED)
    return own or (reviewed and can_approve_answers(user)) or can_answer(user, consultation)


def can_approve_answers(user: Asker) -> bool:
    """Let an answer be read by everybody; never the own proposal (the verb and the database refuse it)."""
    return _holds(user, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN)


def can_read_figures(user: Asker) -> bool:
    """Dashboards: the bureau's people of everything, street administrators of the own street."""
    return _holds(user, *EVERYWHERE, Role.STREET_ADMIN, Role.INSTRUCTOR)


def can_import_figures(user: Asker) -> bool:
    return _holds(user, Role.BUREAU_ADMIN)


def visible_officers(user: Asker) -> QuerySet[Officer]:
    """Whose hours, attendance and readings a person may see."""
    if _holds(user, *EVERYWHERE):
        return Officer.objects.all()
    if not isinstance(user, User) or not user.is_active:
        return Officer.objects.none()
    seen = Q(user=user)
    if user.has_role(Role.STREET_ADMIN) and user.unit_id:
        seen |= Q(unit_id=user.unit_id)
    if mentor := current_mentor(user):
        mine = Pairing.objects.on().filter(mentor=mentor)
        seen |= Q(pk__in=mine.values("officer")) | Q(unit__in=mine.values("street"))
    return Officer.objects.filter(seen)


def can_see_officer(user: Asker, officer: Officer) -> bool:
    return visible_officers(user).filter(pk=officer.pk).exists()
