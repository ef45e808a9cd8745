"""The smallest site on which every address of the access matrix exists."""

import datetime as dt

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from search.models import SavedSearch
from tests import cast


def intake_of(street):
    """An unconfirmed upload of that street."""
    from casebook.intake.keeping import to_json
    from casebook.intake.values import Draft, Part
    from casebook.models import CaseIntake

    draft = to_json(Draft("某店案", (Part("facts", "", "案情。"),)))
    return CaseIntake.objects.create(
        file_name="稿.docx", sha256=str(street), draft=draft, street=street, uploaded_by=cast.member("lin")
    )


def a_card():
    """One that is suspended."""
    from people.models import CardEvent
    from tests.factories.people import CardFactory

    card = CardFactory()
    held = CardEvent.objects.create(card=card, kind="suspended", happened_on=card.issued_on, reason="考核")
    return {"card": card.pk, "card_event": held.pk}


def examined():
    """A published certification exam at which Chen passed and her street's administrator has a candidate."""
    from exams.actions.certificates import issue_certificates
    from exams.actions.key_fixes import propose_fix
    from exams.models import Exam
    from tests.factories.exams import ExamFactory, QuestionFactory, RegistrationFactory
    from tests.factories.people import OfficerFactory
    from tests.factories.results import sat

    question = QuestionFactory()
    exam = ExamFactory(
        purpose=Exam.Purpose.CERTIFICATION,
        status=Exam.Status.CLOSED,
        results_published_at=timezone.now(),
        paper__pass_marks=1,
    )
    RegistrationFactory(exam=exam, officer=OfficerFactory(unit=cast.street()))
    sat(exam, [question], ["B"], officer=cast.member("chen").officer, marked=True)
    (certificate,) = issue_certificates(exam, issuer_name="江城区司法局", by=cast.member("song"))
    fix = propose_fix(exam, question.newest, 1, "drop", reason="歧义", by=cast.member("song"))
    return {
        "results_exam": exam.pk,
        "result": certificate.sitting_id,
        "fix": fix.pk,
        "asked": fix.version_id,
        "certificate": certificate.code,
        "certificate_pk": certificate.pk,
    }


def sittings_of_chen():
    """Primary keys of an exam that she may begin, of a sitting that is open, and of one that is over."""
    from exams.models import Sitting
    from tests.factories.exams import single
    from tests.factories.sittings import built, sat_by

    chen = cast.member("chen")
    waiting = built(single("甲"), users=(chen,))
    writing, _ = sat_by(chen, single("乙"))
    over, _ = sat_by(chen, single("丙"))
    Sitting.objects.filter(pk=over.pk).update(state=Sitting.State.HANDED_IN)
    return {"exam": waiting.pk, "sitting": writing.pk, "over": over.pk}


def mentored(item):
    """Mei mentors Chen: a reading, a pair to evaluate, Chen's question, an open course; hours of Chen."""
    from tests.factories.training import MentorFactory, PairingFactory
    from training.actions.consultations import ask
    from training.models import Course, Lesson, Reader, ReadingAssignment

    chen, mei = cast.member("chen"), cast.member("mei")
    pair = PairingFactory(mentor=MentorFactory(officer__user=mei), officer=chen.officer)
    due_on = timezone.localdate() + dt.timedelta(days=9)
    reading = ReadingAssignment.objects.create(title="新到岗两周包", assigned_by=mei, due_on=due_on)
    reader = Reader.objects.create(assignment=reading, officer=chen.officer)
    course = Course.objects.create(title="办案入门", slug="ban-an", is_open=True, hours=1)
    Lesson.objects.create(course=course, order_no=1, title="立案", body="先核对事项。")
    return {
        "mentor": pair.mentor_id,
        "pair": pair.pk,
        "reading": reading.pk,
        "reader": reader.pk,
        "asked_question": ask(item, "拒绝签字怎么办？", by=chen).pk,
        "hours_of": chen.officer.pk,
    }


def build():
    """Address parts by name."""
    from casebook.models import CasebookIssue, Contest, IssueFile, Judge
    from exams.models import Exam, Paper, PaperForm
    from tests.factories.casebook import CaseFactory
    from tests.factories.exams import ExamFactory, QuestionFactory
    from tests.factories.kb import FormTemplateFactory, InstructorFactory, RegulationFactory, RegulationVersionFactory
    from tests.factories.training import PlanFactory, SessionFactory

    call_command("set_up_roles", verbosity=0)
    law = RegulationFactory(title="江城区市容管理办法", slug="jcsr")
    RegulationVersionFactory(regulation=law, articles={"33": ["对占用道路的，责令改正。"]})
    appointment = InstructorFactory(item__code="420102C01CF01700", valid_from=dt.date(2021, 9, 1))
    form = FormTemplateFactory(code="WS202")
    case = CaseFactory(published=True, items=[appointment.item])
    draft = CaseFactory(items=[appointment.item])
    contest = Contest.objects.create(title="2031年度十佳案例", year_no=2031)
    Judge.objects.create(contest=contest, person=cast.member("mei"))
    CasebookIssue.objects.create(year_no=2031, quarter_no=1)
    printed = CasebookIssue.objects.create(year_no=2031, quarter_no=2, status=CasebookIssue.Status.PUBLISHED)
    IssueFile.objects.create(issue=printed, form="epub", file=ContentFile(b"book", "book.epub"), size=4)
    kept = SavedSearch.objects.create(owner=cast.member("chen"), query="占道")
    paper = Paper.objects.create(title="秋季考试")
    paper_form = PaperForm.objects.create(paper=paper, seed=1)
    street_contest = ExamFactory(purpose=Exam.Purpose.CONTEST)
    training = SessionFactory(unit=cast.street(), plan=PlanFactory(unit=cast.street()))
    own, other = (intake_of(street) for street in (cast.street(), None))
    question = QuestionFactory(reviewed=True)
    return (
        sittings_of_chen()
        | examined()
        | mentored(appointment.item)
        | {
            "question": question.pk,
            "version": question.current.pk,
            "paper": paper.pk,
            "street_contest": street_contest.pk,
            "paper_form": paper_form.pk,
            "training": training.pk,
            "plan": training.plan_id,
            "intake": own.pk,
            "other_intake": other.pk,
            "form": form.pk,
            "case": case.get_absolute_url(),
            "contest": contest.pk,
            "draft_case": draft.get_absolute_url(),
            "review": f"/admin/cases/{draft.pk}/review/",
            "confirm": f"/admin/cases/{draft.pk}/step/confirm/",
            "withdraw": f"/admin/cases/{case.pk}/step/withdraw/",
            "findings": f"/admin/cases/{draft.pk}/anonymise/",
            "saved_search": f"/me/searches/{kept.pk}/",
        }
        | a_card()
    )
