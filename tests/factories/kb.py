"""Rules in force for tests. `RegulationVersionFactory(articles={"33": ["款一", "款二"]})` lays provisions."""

import datetime as dt

import factory

from kb.models import (
    Domain,
    FormField,
    FormTemplate,
    InstructorAppointment,
    PowerItem,
    Provision,
    Regulation,
    RegulationVersion,
    StreetAssignment,
)
from kb.numerals import to_chinese
from tests.factories.people import OfficerFactory, UnitFactory


class DomainFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Domain
        django_get_or_create = ("slug",)

    name = factory.Sequence(lambda n: f"领域{n}")
    slug = factory.Sequence(lambda n: f"domain-{n}")


class RegulationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Regulation

    title = factory.Sequence(lambda n: f"江城区第{n}号管理办法")
    slug = factory.Sequence(lambda n: f"law-{n}")
    level_code = Regulation.Level.LAW


def lay_articles(version: RegulationVersion, articles: dict[str, list[str]]) -> None:
    """Rows for articles given as key -> paragraphs."""
    for key, paragraphs in articles.items():
        number, _, sub = key.partition("-")
        label = f"第{to_chinese(int(number))}条" + (f"之{to_chinese(int(sub))}" if sub else "")
        position = version.provisions.count() + 1
        article = Provision.objects.create(
            version=version, kind="article", key=key, article_key=key, label=label, position=position
        )
        for index, text in enumerate(paragraphs, 1):
            Provision.objects.create(
                version=version,
                parent=article,
                kind="paragraph",
                key=f"{key}.p{index}",
                article_key=key,
                text=text,
                position=position + index,
                depth=1,
            )


class RegulationVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RegulationVersion
        skip_postgeneration_save = True

    regulation = factory.SubFactory(RegulationFactory)
    promulgated_on = dt.date(2020, 1, 1)
    effective_from = dt.date(2020, 7, 1)
    dates_verified = True
    has_text = True

    @factory.post_generation
    def articles(self, create, extracted, **kwargs):
        lay_articles(self, extracted or {})


class PowerItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PowerItem

    code = factory.Sequence(lambda n: f"420102C01CF{n:05d}")
    name = factory.Sequence(lambda n: f"对第{n}种违法行为的处罚")
    power_type = PowerItem.PowerType.PENALTY
    domain = factory.SubFactory(DomainFactory)
    department = factory.SubFactory(UnitFactory, department=True)
    process = "立案\n调查\n决定"
    supervision = "监督电话 010-5550-0000"


class StreetAssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StreetAssignment

    item = factory.SubFactory(PowerItemFactory)
    street = factory.SubFactory(UnitFactory)
    valid_from = dt.date(2021, 9, 1)


class InstructorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InstructorAppointment

    item = factory.SubFactory(PowerItemFactory)
    officer = factory.SubFactory(OfficerFactory)
    valid_from = dt.date(2021, 9, 1)


class FormTemplateFactory(factory.django.DjangoModelFactory):
    """`FormTemplateFactory(form_fields=[("询问地点", "line"), ...])` lays the fields of a form."""

    class Meta:
        model = FormTemplate
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"WS{n:03d}")
    name = factory.Sequence(lambda n: f"第{n}种笔录")
    stage = FormTemplate.Stage.EVIDENCE
    in_ordinary = True
    version_label = "2026年版"
    valid_from = dt.date(2026, 1, 1)
    purpose = "记录询问的经过。"

    @factory.post_generation
    def form_fields(self, create, extracted, **kwargs):
        for position, (name, kind) in enumerate(extracted or [], 1):
            FormField.objects.create(
                template=self,
                name=name,
                kind=kind,
                hint=f"怎样填{name}",
                example=f"{name}的示例",
                sort_order=position,
            )
