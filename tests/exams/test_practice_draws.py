"""Which question comes next, in each way of practising; and what is kept out of practice."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import timezone

from exams.actions.practice import answer_question, keep_question
from exams.models import Exam, Paper, PracticeAnswer, PracticeState, Question
from exams.practice.drawing import next_question
from exams.practice.open_questions import practisable
from exams.practice.scope import Mode, Scope, UnknownScope, read_scope
from exams.practice.tokens import make_token, read_token
from tests.factories.exams import ExamFactory, PaperFactory, QuestionFactory, rests_on, single
from tests.factories.kb import DomainFactory, PowerItemFactory
from tests.factories.results import sat
from tests.factories.sittings import fixed_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def chen(member):
    return member("chen")


@pytest.fixture
def bank(db) -> list[Question]:
    """Five questions in the order of their codes; the second and the fourth of 市容环境."""
    general, city = DomainFactory(), DomainFactory(slug="shirong", name="市容环境")
    domains = [general, city, general, city, general]
    return [
        QuestionFactory(content=single(f"第{n}题"), reviewed=True, code=f"Q0{n}", domain=domain)
        for n, domain in enumerate(domains, 1)
    ]


def answered(person, question: Question, given: str = "B") -> None:
    answer_question(read_token(make_token(question, person), person), [given], by=person, mode="random")


def run(person, scope: Scope, most: int = 20) -> list[str]:
    """The codes of a run in which every question is passed over."""
    codes: list[str] = []
    after = None
    while len(codes) < most and (found := next_question(person, scope, after)):
        codes.append(found.question.code)
        after = found.question.pk
    return codes


def test_a_sequential_run_goes_by_code_and_goes_on_where_one_stopped(chen, bank):
    assert run(chen, Scope(Mode.SEQUENTIAL)) == ["Q01", "Q02", "Q03", "Q04", "Q05"]
    answered(chen, bank[0])
    answered(chen, bank[1])
    first = next_question(chen, Scope(Mode.SEQUENTIAL))
    assert (first.question.code, first.number, first.total) == ("Q03", 3, 5)


def test_a_sequential_run_through_what_is_all_known_begins_again(chen, bank):
    for question in bank:
        answered(chen, question)
    assert next_question(chen, Scope(Mode.SEQUENTIAL)).question.code == "Q01"


def test_a_random_run_asks_everything_once_in_an_order_of_its_own(chen, bank):
    runs = [run(chen, Scope(Mode.RANDOM, seed=seed)) for seed in range(1, 9)]
    assert all(sorted(codes) == ["Q01", "Q02", "Q03", "Q04", "Q05"] for codes in runs)
    assert len({tuple(codes) for codes in runs}) > 1
    assert runs[0] == run(chen, Scope(Mode.RANDOM, seed=1))


def test_a_run_is_narrowed_to_a_domain_a_law_or_an_item(chen, bank, law):
    item = PowerItemFactory()
    bank[4].items.add(item)
    rests_on(bank[2], law)
    assert run(chen, Scope(Mode.SEQUENTIAL, domain=bank[1].domain)) == ["Q02", "Q04"]
    assert run(chen, Scope(Mode.SEQUENTIAL, law=law)) == ["Q03"]
    assert run(chen, Scope(Mode.SEQUENTIAL, item=item)) == ["Q05"]


def test_the_wrong_book_and_the_favourites_are_ones_own(chen, member, bank):
    answered(chen, bank[1], "A")
    answered(chen, bank[3], "A")
    answered(member("lin"), bank[0], "A")
    keep_question(bank[4], by=chen)
    assert run(chen, Scope(Mode.WRONG)) == ["Q02", "Q04"]
    assert run(chen, Scope(Mode.FAVOURITE)) == ["Q05"]


def test_a_run_goes_on_behind_a_question_that_left_the_book_meanwhile(chen, bank):
    for question in bank[:3]:
        answered(chen, question, "A")
    PracticeState.objects.filter(question=bank[1]).update(in_wrong_book=False)
    assert next_question(chen, Scope(Mode.WRONG), bank[1].pk).question.code == "Q03"


def test_what_is_due_comes_longest_overdue_first(chen, bank):
    now = timezone.now()
    for question, days in ((bank[0], 1), (bank[1], 3), (bank[2], -2)):
        answered(chen, question)
        PracticeState.objects.filter(question=question).update(due_at=now - dt.timedelta(days=days))
    assert run(chen, Scope(Mode.DUE)) == ["Q02", "Q01"]


def test_a_paper_is_practised_in_its_own_order(chen):
    paper = fixed_paper(single("甲"), single("乙"), single("丙"), open_for_practice=True)
    items = paper.forms.get().items
    Question.objects.filter(pk=items.get(order_no=1).question_id).update(code="Z")
    codes = list(items.order_by("order_no").values_list("question__code", flat=True))
    assert run(chen, Scope(Mode.PAPER, paper=paper)) == codes
    assert codes[0] == "Z"


@pytest.mark.parametrize(
    "address", ["mode=nonsense", "domain=none", "law=none", "item=none", "mode=paper", "mode=paper&paper=99"]
)
def test_what_does_not_exist_is_refused(db, address):
    with pytest.raises(UnknownScope):
        read_scope(QueryDict(address))


@pytest.mark.parametrize("values", [{"open_for_practice": False}, {"status": Paper.Status.DRAFT}])
def test_a_paper_that_is_not_open_for_practice_cannot_be_practised(db, values):
    paper = PaperFactory(**{"open_for_practice": True, "status": Paper.Status.READY, **values})
    with pytest.raises(UnknownScope):
        read_scope(QueryDict(f"mode=paper&paper={paper.pk}"))


def test_a_scope_survives_its_own_address(bank):
    scope = Scope(Mode.RANDOM, domain=bank[1].domain, seed=4711)
    assert read_scope(QueryDict(scope.query())) == scope


@pytest.mark.parametrize("status", [Question.Status.STOPPED, Question.Status.NEEDS_REVIEW, Question.Status.DRAFT])
def test_what_is_not_in_use_is_not_drawn_in_any_mode(chen, bank, status):
    """Peers B32: hidden or draft versions were offered."""
    answered(chen, bank[0], "A")
    keep_question(bank[0], by=chen)
    PracticeState.objects.update(due_at=timezone.now())
    Question.objects.filter(pk=bank[0].pk).update(status=status)
    for mode in (Mode.SEQUENTIAL, Mode.RANDOM, Mode.WRONG, Mode.FAVOURITE, Mode.DUE, Mode.DAILY):
        assert "Q01" not in run(chen, Scope(mode, seed=1), most=6)
    assert PracticeAnswer.objects.filter(question=bank[0]).exists()


# --- exams keep their questions back ---


def of_paper(paper: Paper) -> list[int]:
    return list(paper.forms.get().items.values_list("question", flat=True))


@pytest.mark.parametrize("purpose", [Exam.Purpose.CERTIFICATION, Exam.Purpose.CONTEST])
@pytest.mark.parametrize("status", [Exam.Status.PLANNED, Exam.Status.BUILT])
def test_the_questions_of_an_exam_are_kept_back_until_it_is_closed(bank, purpose, status):
    paper = fixed_paper(single("考题甲"), single("考题乙"), open_for_practice=True)
    exam = ExamFactory(paper=paper, purpose=purpose, status=status)
    assert not practisable().filter(pk__in=of_paper(paper)).exists()
    assert practisable().count() == len(bank)
    Exam.objects.filter(pk=exam.pk).update(status=Exam.Status.CLOSED)
    assert practisable().filter(pk__in=of_paper(paper)).count() == 2


def test_what_was_drawn_for_one_candidate_of_a_random_paper_is_kept_back_from_everybody(bank, chen):
    paper = PaperFactory(mode=Paper.Mode.RANDOM)
    exam = ExamFactory(paper=paper, purpose=Exam.Purpose.CERTIFICATION, status=Exam.Status.BUILT)
    sat(exam, [bank[2]], ["B"])
    assert run(chen, Scope(Mode.SEQUENTIAL)) == ["Q01", "Q02", "Q04", "Q05"]


def test_a_mock_exam_keeps_nothing_back(bank):
    paper = fixed_paper(single("模拟题"))
    ExamFactory(paper=paper, purpose=Exam.Purpose.MOCK, status=Exam.Status.BUILT)
    assert practisable().filter(pk__in=of_paper(paper)).exists()


def test_a_question_shown_before_the_exam_was_built_is_not_told_after_it(chen):
    from django.core.exceptions import ValidationError

    paper = fixed_paper(single("考题"))
    question = Question.objects.get(pk=of_paper(paper)[0])
    shown = read_token(make_token(question, chen), chen)
    ExamFactory(paper=paper, purpose=Exam.Purpose.CERTIFICATION, status=Exam.Status.BUILT)
    with pytest.raises(ValidationError, match="暂时不能练习"):
        answer_question(shown, ["B"], by=chen, mode="random")
