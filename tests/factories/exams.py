"""Questions and exams for tests. `QuestionFactory(reviewed=True)` is in use; `single("甲", key="B")` is a content."""

import datetime as dt

import factory
from django.utils import timezone

from exams.actions.questions import stem_digest
from exams.content import Content, Kind, Part, to_json
from exams.models import Exam, Paper, PaperSection, Question, QuestionBasis, QuestionVersion, Registration
from kb.models import Regulation
from tests.factories.kb import DomainFactory
from tests.factories.people import OfficerFactory


def single(stem: str = "当事人要求听证的期限", key: str = "B", options: tuple[str, ...] = (), **values) -> Content:
    """A single choice of four options."""
    options = options or ("三日", "五日", "七日", "十日")
    return Content(Kind.SINGLE, (Part(Kind.SINGLE, stem, options, key, **values),))


def multiple(stem: str = "应当告知的内容", key: str = "ACD", **values) -> Content:
    return Content(Kind.MULTIPLE, (Part(Kind.MULTIPLE, stem, ("事实", "心情", "理由", "依据"), key, **values),))


def judge(stem: str = "罚款可以当场收缴", key: str = "F", **values) -> Content:
    return Content(Kind.JUDGE, (Part(Kind.JUDGE, stem, key=key, **values),))


class QuestionFactory(factory.django.DjangoModelFactory):
    """`QuestionFactory(content=multiple(), reviewed=True)`; without a content a single choice of its own."""

    class Meta:
        model = Question
        skip_postgeneration_save = True

    # not Params: `_create` would not be given those
    content = factory.Sequence(lambda n: single(f"第{n}道题"))
    reviewed = False
    code = factory.Sequence(lambda n: f"Q9{n:05d}")
    kind = factory.LazyAttribute(lambda o: o.content.kind.value)
    stem_digest = factory.LazyAttribute(lambda o: stem_digest(o.content))
    status = factory.LazyAttribute(lambda o: Question.Status.REVIEWED if o.reviewed else Question.Status.DRAFT)
    domain = factory.SubFactory(DomainFactory, slug="general", name="通用程序")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        content, reviewed = kwargs.pop("content", None), kwargs.pop("reviewed", False)
        question = super()._create(model_class, *args, **kwargs)
        version = QuestionVersionFactory(question=question, content=content)
        question.newest, question.current = version, version if reviewed else None
        question.save(update_fields=["newest", "current"])
        return question

    @classmethod
    def _build(cls, model_class, *args, **kwargs):
        kwargs.pop("content", None), kwargs.pop("reviewed", None)
        return super()._build(model_class, *args, **kwargs)


class QuestionVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuestionVersion

    class Params:
        content = factory.LazyFunction(single)

    question = factory.SubFactory(QuestionFactory)
    version_no = 1
    title = factory.LazyAttribute(lambda o: o.content.title)
    body = factory.LazyAttribute(lambda o: to_json(o.content))
    words = factory.LazyAttribute(lambda o: o.content.words())
    read_on = dt.date(2026, 1, 1)


def rests_on(question: Question, law: Regulation, key: str = "33", read_on: dt.date = dt.date(2026, 1, 1)) -> None:
    """The version in use rests on that provision."""
    QuestionBasis.objects.create(version=question.current, raw=f"第{key}条", regulation=law, key=key, read_on=read_on)


class PaperFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Paper

    title = factory.Sequence(lambda n: f"第{n}套试卷")
    minutes = 60


class PaperSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PaperSection

    paper = factory.SubFactory(PaperFactory)
    section_no = factory.LazyAttribute(lambda o: o.paper.sections.count() + 1)
    title = "单项选择题"
    kind = Question.Kind.SINGLE
    count = 2


class ExamFactory(factory.django.DjangoModelFactory):
    """Open now, for an hour."""

    class Meta:
        model = Exam

    title = factory.Sequence(lambda n: f"第{n}次模拟考试")
    paper = factory.SubFactory(PaperFactory)
    opens_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(minutes=1))
    closes_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(hours=1))


class RegistrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Registration

    exam = factory.SubFactory(ExamFactory)
    officer = factory.SubFactory(OfficerFactory)
