"""Units, users and officers for tests: `OfficerFactory()`, `UserFactory(role=Role.TRAINER)`."""

import datetime as dt

import factory
from django.contrib.auth.models import Group

from people.models import Card, CardIssuer, Officer, Unit, User


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"第{n}街道办事处")
    kind = Unit.Kind.STREET
    sort_order = factory.Sequence(lambda n: n)

    class Params:
        department = factory.Trait(kind=Unit.Kind.DEPARTMENT, name=factory.Sequence(lambda n: f"区第{n}局"))


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    display_name = factory.Sequence(lambda n: f"用户{n}")

    @factory.post_generation
    def role(self, create, extracted, **kwargs):
        if extracted:
            self.groups.add(Group.objects.get_or_create(name=extracted.value)[0])


class OfficerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Officer

    unit = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"人员{n}")
    staff_no = factory.Sequence(lambda n: f"S{n:04d}")
    phone = factory.Sequence(lambda n: f"010-5550-{n:04d}")


class CardIssuerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CardIssuer
        django_get_or_create = ("name",)

    name = "江城区人民政府"
    valid_years = 5


class CardFactory(factory.django.DjangoModelFactory):
    """Valid from 2024 to 2028; `CardFactory(officer=..., valid_until=...)`."""

    class Meta:
        model = Card

    officer = factory.SubFactory(OfficerFactory, in_enforcement_post=True)
    card_no = factory.Sequence(lambda n: f"JC9{n:06d}")
    issuer = factory.SubFactory(CardIssuerFactory)
    field = "综合执法"
    issued_on = dt.date(2024, 1, 1)
    valid_until = dt.date(2028, 12, 31)
