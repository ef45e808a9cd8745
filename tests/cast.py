"""The small cast of every test.

Anonymous reads; Chen is an officer of 滨江街; Gao administers that street; Lin edits cases;
Mei is a mentor; Wu reviews; Zhou is a department's instructor; Song runs the district bureau.
"""

from people.models import Unit, User
from people.roles import Role
from tests.factories.people import UnitFactory, UserFactory

CAST = {
    "chen": Role.OFFICER,
    "gao": Role.STREET_ADMIN,
    "lin": Role.TRAINER,
    "mei": Role.MENTOR,
    "wu": Role.LEGAL_REVIEWER,
    "zhou": Role.INSTRUCTOR,
    "song": Role.BUREAU_ADMIN,
}


def street() -> Unit:
    return Unit.objects.filter(name="滨江街道办事处").first() or UnitFactory(name="滨江街道办事处", short_name="滨江街")


def member(name: str) -> User:
    """One person of the cast, made when first asked for."""
    return User.objects.filter(username=name).first() or UserFactory(
        username=name, display_name=name, role=CAST[name], unit=street()
    )
