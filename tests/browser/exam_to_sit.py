"""A timed mock exam for 侯知阳 (duiyuan), with a question of every kind; made beside the server, on its database."""

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from exams.actions.exams import build_exam
from exams.content import Content
from exams.models import Paper, PaperForm, PaperItem, PaperSection, Sitting
from kb.models import Domain
from people.models import User
from tests.factories.exams import ExamFactory, PaperFactory, QuestionFactory, RegistrationFactory, judge, single
from tests.factories.sittings import one_of_each

TITLE = "2026年冬季模拟考试"
CANDIDATE = "duiyuan"
SECRET = "这一句只在成绩公布后才能看到"


def contents() -> list[Content]:
    """Ten questions; every explanation is SECRET."""
    asked = [single("听证的期限一"), single("听证的期限二"), *one_of_each()]
    told = [tuple(replace(part, explanation=SECRET, basis=SECRET) for part in one.parts) for one in asked]
    return [replace(one, parts=parts) for one, parts in zip(asked, told, strict=True)] + [judge("最后一题")]


def make() -> None:
    """Open now, two attempts of an hour, order as written."""
    paper = PaperFactory(title=TITLE, status=Paper.Status.READY, minutes=60)
    form = PaperForm.objects.create(paper=paper, seed=1)
    domain = Domain.objects.first()
    for number, content in enumerate(contents(), 1):
        PaperSection.objects.create(
            paper=paper, section_no=number, title=content.kind.label, kind=content.kind, count=1, marks_each=10
        )
        question = QuestionFactory(content=content, reviewed=True, code=f"K{number}", domain=domain)
        PaperItem.objects.create(
            form=form, section_no=number, order_no=number, question=question, version=question.current
        )
    exam = ExamFactory(title=TITLE, paper=paper, attempts=2, note="请独立完成。")
    RegistrationFactory(exam=exam, officer=User.objects.get(username=CANDIDATE).officer)
    build_exam(exam, by=None)


def nearly_over() -> None:
    """Eight seconds are left of the attempt that is being written, with grace after them."""
    ends_at = timezone.now() + dt.timedelta(seconds=8)
    writing = Sitting.objects.filter(registration__exam__title=TITLE, state=Sitting.State.OPEN)
    assert writing.update(ends_at=ends_at, due_at=ends_at + dt.timedelta(seconds=30)) == 1
