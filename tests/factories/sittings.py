"""Exams ready to be sat: `sat_by(member("chen"), single(), judge())` is her open sitting of these questions."""

from itertools import groupby

from exams.actions.exams import build_exam
from exams.actions.sittings import start_sitting
from exams.content import LETTERS, Content, Kind, Part, Segment
from exams.models import Exam, Paper, PaperForm, PaperItem, PaperSection, Registration, Sitting
from exams.sittings.leases import Lease
from people.models import User
from tests.factories.exams import (
    ExamFactory,
    PaperFactory,
    QuestionFactory,
    RegistrationFactory,
    judge,
    multiple,
    single,
)
from tests.factories.people import OfficerFactory


def fill(stem: str = "应当自收到申请之日起（____）内提出，延长不超过（____）。") -> Content:
    return Content(Kind.FILL, (Part(Kind.FILL, stem, blanks=(("五日", "5日"), ("三十日",)), explanation="见规定"),))


def short(stem: str = "简述当场处罚的条件") -> Content:
    return Content(Kind.SHORT, (Part(Kind.SHORT, stem, key="事实确凿并有法定依据"),))


def document(stem: str = "指出下列决定书的错误") -> Content:
    lines = (
        Segment("当事人张某违反规定。", ends_line=True),
        Segment("限三十日内缴纳罚款。", wrong="三十日", right="十五日", at=1),
        Segment("逾期加处罚款。", ends_line=True),
    )
    return Content(Kind.DOCUMENT, (Part(Kind.DOCUMENT, stem, segments=lines, key="2"),))


def group(stem: str = "某店占道经营，拒不改正。") -> Content:
    return Content(Kind.GROUP, (*single("应当先做什么").parts, *judge("可以当场收缴").parts), stem)


def one_of_each() -> list[Content]:
    return [single(), multiple(), judge(), fill(), short(), document(), group()]


def fixed_paper(*contents: Content, marks_each: int = 2, **values) -> Paper:
    """A finished paper with form A: a section for each run of one kind."""
    paper = PaperFactory(status=Paper.Status.READY, **values)
    form = PaperForm.objects.create(paper=paper, seed=1)
    number = 0
    for section_no, (kind, group_of_kind) in enumerate(groupby(contents, key=lambda one: one.kind), 1):
        members = list(group_of_kind)
        PaperSection.objects.create(
            paper=paper, section_no=section_no, title=kind.label, kind=kind, count=len(members), marks_each=marks_each
        )
        for content in members:
            number += 1
            question = QuestionFactory(content=content, reviewed=True)
            PaperItem.objects.create(
                form=form, section_no=section_no, order_no=number, question=question, version=question.current
            )
    return paper


def candidate(exam: Exam, user: User | None = None, **values) -> Registration:
    """A registration, of an officer with that account."""
    officer = getattr(user, "officer", None) or OfficerFactory(user=user, name=user.display_name if user else "某人")
    return RegistrationFactory(exam=exam, officer=officer, **values)


def built(*contents: Content, users: tuple[User, ...] = (), paper: dict | None = None, **exam) -> Exam:
    """An exam with its papers built for these people."""
    exam = ExamFactory(paper=fixed_paper(*contents, **(paper or {})), **exam)
    for user in users:
        candidate(exam, user)
    build_exam(exam, by=None)
    return exam


def sat_by(user: User, *contents: Content, **values) -> tuple[Sitting, Lease]:
    """An open sitting and the lease of its page."""
    exam = built(*contents, users=(user,), **values)
    sitting = Sitting.objects.get(registration__exam=exam)
    lease = start_sitting(sitting, by=user, address="10.1.2.3")
    assert lease
    return sitting, lease


def shown_letter(item, letter: str) -> str:
    """Under which letter the page shows the bank's."""
    return LETTERS[item.option_order.index(letter)]
