"""A certification exam that is over, as the journey of results finds it; runs beside the server, on its database.

Four choices and a short answer, 20 marks each. The key of the third choice is wrong: whoever knows the law chooses A.
侯知阳 (duiyuan) has 40 by rule, and wrote a short answer; with the key put right she passes.
"""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from exams.basis import read_basis
from exams.content import Content, Kind, Part, Point
from exams.models import Exam, Question, QuestionBasis, Sitting, SittingItem
from exams.results.scoring import score_exam
from kb.models import Domain
from people.models import Officer, User
from tests.factories.exams import ExamFactory, PaperSectionFactory, QuestionFactory, RegistrationFactory, single

TITLE = "2026年冬季资格考试"
CANDIDATE = "duiyuan"
BASIS = "《中华人民共和国行政处罚法》第六十条"
WRONG_KEY = "处罚决定应当自立案之日起（　）作出"
OTHERS = 23


def contents() -> list[Content]:
    told = {"explanation": "自立案之日起九十日内。", "basis": BASIS}
    options = ("九十日内", "六十日内", "三十日内", "一百八十日内")
    choices = [single(f"第{n}种情形的期限", key="A", options=options, **told) for n in ("一", "二", "三")]
    choices.insert(2, single(WRONG_KEY, key="C", options=options, **told))
    points = (Point("事实确凿", 50), Point("数额", 50))
    short = Part(
        Kind.SHORT, "简述当场处罚的条件", key="违法事实确凿并有法定依据，数额在限度内。", points=points, **told
    )
    return [*choices, Content(Kind.SHORT, (short,))]


def make() -> None:
    domain = Domain.objects.first()
    questions = [
        QuestionFactory(content=one, reviewed=True, code=f"J{n}", domain=domain) for n, one in enumerate(contents())
    ]
    for question in questions:
        QuestionBasis.objects.bulk_create(read_basis(question.newest, question.newest.content))
    over = timezone.now() - dt.timedelta(hours=3)
    exam = ExamFactory(
        title=TITLE,
        purpose=Exam.Purpose.CERTIFICATION,
        status=Exam.Status.CLOSED,
        opens_at=over - dt.timedelta(hours=2),
        closes_at=over,
        paper__pass_marks=60,
    )
    for number, (title, kind, count) in enumerate((("单项选择题", "single", 4), ("简答题", "short", 1)), 1):
        PaperSectionFactory(paper=exam.paper, section_no=number, title=title, kind=kind, count=count, marks_each=20)
    own = User.objects.get(username=CANDIDATE).officer
    _sit(exam, own, questions, ["A", "A", "A", "B", "事实确凿，数额在限度内。"])
    for n, officer in enumerate(Officer.objects.exclude(pk=own.pk).order_by("pk")[:OTHERS]):
        if n == OTHERS - 1:
            RegistrationFactory(exam=exam, officer=officer)
            continue
        knows = n % 3 != 0
        third = "A" if knows else "C"
        _sit(exam, officer, questions, ["A" if knows else "B", "A", third, "BA"[n % 2], "略" if n == 4 else ""])
    score_exam(exam)


def _sit(exam: Exam, officer: Officer, questions: list[Question], answers: list[str]) -> None:
    registration = RegistrationFactory(exam=exam, officer=officer)
    begun = exam.opens_at + dt.timedelta(minutes=officer.pk % 10)
    sitting = Sitting.objects.create(
        registration=registration,
        state=Sitting.State.HANDED_IN,
        seed=officer.pk * 104729,
        started_at=begun,
        finished_at=begun + dt.timedelta(minutes=40),
    )
    SittingItem.objects.bulk_create(
        SittingItem(
            sitting=sitting,
            order_no=n,
            section_no=1 if question.kind == Kind.SINGLE else 2,
            question=question,
            version=question.newest,
            kind=question.kind,
            option_order="CADB" if question.kind == Kind.SINGLE else "",
            rule="all",
            full_marks=Decimal(20),
            answer=answer,
        )
        for n, (question, answer) in enumerate(zip(questions, answers, strict=True), 1)
    )
