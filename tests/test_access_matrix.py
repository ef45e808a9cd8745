"""Roles by views: who gets in, who is asked to sign in, who is refused. One table for the whole site."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from search.models import SavedSearch
from tests import cast

ANYONE = ["anonymous", *cast.CAST]
SIGNED_IN = list(cast.CAST)
BUREAU = ["song"]
EDITORS = ["lin", "wu", "song"]


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


@pytest.fixture
def somewhere(db):
    """The smallest site on which every address of the table exists."""
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


LEGAL = ["wu", "song"]
STREETS = ["gao", "song"]
CASES = ["lin", "wu", "song"]
COMPILERS = ["lin", "song"]
DRAFTERS = ["gao", "lin", "song"]
WRITERS = ["gao", *CASES]

RUNNERS = ["gao", "lin", "zhou", "song"]
PLANNERS = ["gao", "lin", "song"]
FIGURES = ["gao", "lin", "zhou", "song"]

# address -> who gets a page (200); everybody else is sent to sign in (302) or refused (403, 404)
TABLE = {
    "/": ANYONE,
    "/search/?q=占道": ANYONE,
    "/search/suggest/?q=占道": ANYONE,
    "/search/clicked/": [],
    "/me/searches/": SIGNED_IN,
    "/me/searches/save/": [],
    "{saved_search}": ["chen"],
    "{saved_search}delete/": [],
    "/items/": ANYONE,
    "/items/export.xlsx": ANYONE,
    "/items/changes/?from=2021-01-01&to=2026-01-01": ANYONE,
    "/items/420102C01CF01700/": ANYONE,
    "/items/matrix.xlsx": BUREAU,
    "/forms/": ANYONE,
    "/forms/WS202/": ANYONE,
    "/forms/WS202/blank/": ANYONE,
    "/forms/WS202/example/": ANYONE,
    "/laws/": ANYONE,
    "/laws/jcsr/": ANYONE,
    "/laws/jcsr/33": ANYONE,
    "/cases/": ANYONE,
    "/cases/issues/": ANYONE,
    "/cases/issues/2031Q1/": [],
    "/cases/issues/2031Q2/": ANYONE,
    "/cases/issues/2031Q2/files/1.epub": ANYONE,
    "/cases/discussions/": ANYONE,
    "/cases/reading-list.docx": ANYONE,
    "/me/cases/": SIGNED_IN,
    "/me/cases/reading-list.docx": SIGNED_IN,
    "{case}favourite/": [],
    "{case}note/": [],
    "/cases/contests/{contest}/": ["lin", "mei", "song"],
    "/cases/contests/{contest}/sheets/": ["mei"],
    "/cases/contests/{contest}/scores.xlsx": COMPILERS,
    "{case}": ANYONE,
    "{case}case.docx": ANYONE,
    "{draft_case}": CASES,
    "{draft_case}case.docx": [],
    "{findings}": CASES,
    "/practice/": SIGNED_IN,
    "/practice/question/": SIGNED_IN,
    "/practice/answers/nobodys/": [],
    "/practice/answers/nobodys/rate/": [],
    "/practice/wrong/": SIGNED_IN,
    "/practice/favourites/": SIGNED_IN,
    "/practice/favourites/1/": [],
    "/contests/{street_contest}/": SIGNED_IN,
    "/contests/{street_contest}/rule/": [],
    "/contests/{street_contest}/ranking.xlsx": BUREAU,
    "/training/": SIGNED_IN,
    "/training/sign/": SIGNED_IN,
    "/training/sign/{training}/": SIGNED_IN,
    "/training/sessions/{training}/screen/": RUNNERS,
    "/training/sessions/{training}/screen/now/": RUNNERS,
    "/training/sessions/{training}/live/": RUNNERS,
    "/training/sessions/{training}/live/act/": [],
    "/training/sessions/{training}/roster.xlsx": RUNNERS,
    "/training/sessions/{training}/result.xlsx": RUNNERS,
    "/admin/trainings/plans/": PLANNERS,
    "/admin/trainings/plans/board/": PLANNERS,
    "/admin/trainings/plans/new/": PLANNERS,
    "/admin/trainings/plans/{plan}/": PLANNERS,
    "/admin/trainings/sessions/": PLANNERS,
    "/admin/trainings/sessions/new/": PLANNERS,
    "/admin/trainings/sessions/{training}/": PLANNERS,
    "/admin/trainings/walk-ins/": PLANNERS,
    "/admin/trainings/corrections/": COMPILERS,
    "/admin/trainings/imports/attendance/": PLANNERS,
    "/admin/trainings/imports/sessions/template.xlsx": PLANNERS,
    "/figures/": FIGURES,
    "/figures/hours/": FIGURES,
    "/me/hours/": SIGNED_IN,
    "/courses/": SIGNED_IN,
    "/admin/course/": COMPILERS,
    "/admin/lesson/": COMPILERS,
    "/readings/": SIGNED_IN,
    "/questions/": SIGNED_IN,
    "/items/420102C01CF01700/ask/": SIGNED_IN,
    "/mentoring/": [],
    "/mentoring/assign/": COMPILERS,
    "/admin/pairing/": COMPILERS,
    "/admin/mentorscope/": COMPILERS,
    "/admin/readingtemplate/": COMPILERS,
    "/admin/templateentry/": COMPILERS,
    "/admin/creditrule/": BUREAU,
    "/figures/sessions/": FIGURES,
    "/figures/attendances/?format=xlsx": FIGURES,
    "/figures/persons/": FIGURES,
    "/figures/platform/": ["lin", "song"],
    "/figures/coachings/": ["gao", "lin", "song"],
    "/figures/lists/plans/": FIGURES,
    "/figures/lists/duties/?format=xlsx": ["lin", "zhou", "song"],
    "/figures/lists/no-reviewer/": ["gao", "lin", "song"],
    "/cards/": ANYONE,
    "/figures/cards/": STREETS,
    "/figures/cards/names/?have=without": STREETS,
    "/figures/cards/names/?format=xlsx": STREETS,
    "/figures/cards/expiring/": STREETS,
    "/figures/cards/unregistered/?format=xlsx": STREETS,
    "/me/": SIGNED_IN,
    "/styleguide/": [],
    "/admin/": WRITERS,
    "/admin/items/": EDITORS,
    "/admin/items/new/": BUREAU,
    "/admin/imports/items/": BUREAU,
    "/admin/imports/forms/": BUREAU,
    "/admin/form-templates/": EDITORS,
    "/admin/form-templates/new/": EDITORS,
    "/admin/form-templates/version/{form}/": EDITORS,
    "/admin/search-log/": ["lin", "song"],
    "/admin/unit/": BUREAU,
    "/admin/officer/": BUREAU,
    "/admin/card/": BUREAU,
    "/admin/cardissuer/": BUREAU,
    "/admin/card/new/": BUREAU,
    "/admin/card/inspect/{card}/": BUREAU,
    "/admin/cards/{card}/suspended/": BUREAU,
    "/admin/cards/events/{card_event}/void/": BUREAU,
    "/admin/imports/cards/": BUREAU,
    "/admin/auditentry/": BUREAU,
    "/admin/auditentry/new/": [],
    "/admin/instructorappointment/": BUREAU,
    "/admin/streetassignment/": BUREAU,
    "/admin/adjustmentbatch/": BUREAU,
    "/admin/snippets/kb/regulation/": EDITORS,
    "/admin/snippets/kb/regulationversion/": EDITORS,
    "/admin/regulations/import/": LEGAL,
    "/admin/citations/": EDITORS,
    "/admin/cases/intake/": DRAFTERS,
    "/admin/cases/intake/{intake}/": DRAFTERS,
    "/admin/cases/intake/{other_intake}/": ["lin", "song"],
    "/admin/session/": WRITERS,
    "/admin/snippets/casebook/case/": WRITERS,
    "/admin/snippets/casebook/case/add/": ["gao", "lin", "song"],
    "{review}": CASES,
    "{confirm}": ["lin", "song"],
    "{withdraw}": LEGAL,
    "/admin/cases/quarters/2031Q2/files/": ["lin", "song"],
    "/admin/cases/quarters/2031Q2/files/state/": ["lin", "song"],
    "/admin/snippets/casebook/casebookissue/": WRITERS,
    "/admin/snippets/casebook/discussion/": COMPILERS,
    "/admin/snippets/casebook/contest/": COMPILERS,
    "/admin/cases/contests/{contest}/": WRITERS,
    "/admin/cases/quarters/open/": COMPILERS,
    "/admin/cases/quarters/gaps/": WRITERS,
    "/admin/cases/quarters/2031Q1/": WRITERS,
    "/admin/cases/quarters/2031Q1/edition/": COMPILERS,
    "/admin/cases/quarters/2031Q1/close/": [],
    "/admin/cases/quarters/2031Q1/publish/": [],
    "/admin/cases/quarters/2031Q1/discussion/": [],
    "/admin/users/": BUREAU,
    "/questions/{version}/report/": EDITORS,  # and whoever has answered it: tests/exams/test_remarks.py
    "/admin/questions/": EDITORS,
    "/admin/questions/results/": EDITORS,
    "/admin/questions/new/": COMPILERS,
    "/admin/questions/new/group/": COMPILERS,
    "/admin/questions/new/group/preview/": [],
    "/admin/questions/basis/": [],
    "/admin/questions/{question}/": EDITORS,
    "/admin/questions/{question}/edit/": COMPILERS,
    "/admin/questions/{question}/preview/": EDITORS,
    "/admin/questions/{question}/history/": EDITORS,
    "/admin/questions/{question}/step/approve/": [],
    "/admin/questions/review/": EDITORS,
    "/admin/questions/review/approve/": [],
    "/admin/questions/remarks/": EDITORS,
    "/admin/questions/gaps/": EDITORS,
    "/admin/questions/import/": COMPILERS,
    "/admin/questions/import/preview/": [],
    "/admin/questions/import/templates/excel/": COMPILERS,
    "/admin/questions/export/": EDITORS,
    "/admin/questions/export/text/": EDITORS,
    "/certificates/": ANYONE,
    "/certificates/{certificate}/": ANYONE,
    "/exams/sittings/{result}/result/": ["chen", *EDITORS],
    "/admin/marking/": EDITORS,
    "/admin/marking/{results_exam}/{asked}/1/": EDITORS,
    "/admin/results/": WRITERS,
    "/admin/results/{results_exam}/": WRITERS,
    "/admin/results/{results_exam}/results.xlsx": WRITERS,
    "/admin/results/{results_exam}/publish/": [],
    "/admin/results/{results_exam}/withdraw/": [],
    "/admin/results/{results_exam}/statistics/": EDITORS,
    "/admin/results/{results_exam}/fixes/": BUREAU,
    "/admin/results/{results_exam}/fixes/{asked}/1/": BUREAU,
    "/admin/results/fixes/{fix}/": BUREAU,
    "/admin/results/fixes/{fix}/apply/": [],
    "/admin/results/fixes/{fix}/discard/": [],
    "/admin/results/{results_exam}/certificates/": BUREAU,
    "/admin/results/certificates/{certificate_pk}/": [],
    "/admin/papers/": EDITORS,
    "/admin/papers/new/": COMPILERS,
    "/admin/papers/{paper}/": EDITORS,
    "/admin/papers/{paper}/edit/": COMPILERS,
    "/admin/papers/{paper}/check/": [],
    "/admin/papers/{paper}/step/": [],
    "/admin/papers/forms/{paper_form}/": EDITORS,
    "/admin/papers/forms/{paper_form}/key.docx": EDITORS,
    "/admin/papers/forms/{paper_form}/discard/": [],
    "/admin/exams/": WRITERS,
    "/admin/exams/new/": COMPILERS,
    "/admin/exams/{exam}/": WRITERS,
    "/admin/exams/{exam}/edit/": COMPILERS,
    "/admin/exams/{exam}/step/": [],
    "/admin/exams/{exam}/candidates/": DRAFTERS,
    "/admin/exams/{exam}/board/": WRITERS,
    "/admin/exams/sittings/{sitting}/": EDITORS,
    "/exams/": SIGNED_IN,
    "/exams/{exam}/": ["chen"],
    "/exams/{exam}/start/": [],
    "/exams/sittings/{sitting}/": ["chen"],
    "/exams/sittings/{sitting}/take/": [],
    "/exams/sittings/{sitting}/save/": [],
    "/exams/sittings/{sitting}/hand-in/": [],
    "/exams/sittings/{over}/done/": ["chen"],
}


# The smallest site costs more than the pages: some addresses share one.
SHARED = 24
SLICES = [list(TABLE)[n : n + SHARED] for n in range(0, len(TABLE), SHARED)]


@pytest.mark.parametrize("addresses", SLICES, ids=lambda addresses: addresses[0])
def test_a_view_opens_for_its_roles_and_for_nobody_else(addresses, somewhere):
    clients = {name: Client() for name in ANYONE}
    for name in cast.CAST:
        clients[name].force_login(cast.member(name))
    opened = {address: _who_opens(address.format(**somewhere), clients) for address in addresses}
    assert opened == {address: set(TABLE[address]) for address in addresses}


def _who_opens(address: str, clients: dict[str, Client]) -> set[str]:
    return {name for name, client in clients.items() if client.get(address).status_code == 200}
