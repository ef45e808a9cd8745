"""Plans, sessions and what happens at them, for tests."""

import datetime as dt

import factory
from django.utils import timezone

from people.models import Mentor
from tests.factories.people import OfficerFactory, UnitFactory
from training.models import Attendance, Pairing, Plan, TrainingSession
from training.models.choices import OrganiserLevel


class PlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Plan

    year_no = 2026
    title = factory.Sequence(lambda n: f"第{n}项培训计划")
    unit = factory.SubFactory(UnitFactory)
    organiser = OrganiserLevel.STREET
    starts_on = dt.date(2026, 6, 1)
    ends_on = dt.date(2026, 7, 31)


class SessionFactory(factory.django.DjangoModelFactory):
    """Began ten minutes ago, lasts two hours, is open."""

    class Meta:
        model = TrainingSession

    title = factory.Sequence(lambda n: f"第{n}场培训")
    unit = factory.SubFactory(UnitFactory)
    organiser = OrganiserLevel.STREET
    starts_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(minutes=5))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + dt.timedelta(hours=2))
    status = TrainingSession.Status.OPEN


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    session = factory.SubFactory(SessionFactory)
    officer = factory.SubFactory(OfficerFactory)
    unit = factory.LazyAttribute(lambda o: o.officer.unit)
    status = Attendance.Status.PRESENT
    way = Attendance.Way.ROSTER


class MentorFactory(factory.django.DjangoModelFactory):
    """Appointed since 2025, without an end."""

    class Meta:
        model = Mentor

    officer = factory.SubFactory(OfficerFactory)
    kind = Mentor.Kind.FULL_TIME
    valid_from = dt.date(2025, 1, 1)


class PairingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Pairing

    mentor = factory.SubFactory(MentorFactory)
    officer = factory.SubFactory(OfficerFactory)
    valid_from = dt.date(2025, 6, 1)
