"""Short answers are marked by people: anonymous, in half points, with history; results are published apart from it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from exams.actions.marks import give_marks, publish_results, withdraw_results
from exams.content import Content, Kind, Part
from exams.models import Exam, ManualMark, Sitting
from exams.results.queue import anonymous_code, heaps, second_looks_for, unmarked
from people.models import AuditEntry
from tests.cast import CAST, member
from tests.factories.exams import ExamFactory, QuestionFactory, single
from tests.factories.people import OfficerFactory
from tests.factories.results import fixed, sat

pytestmark = pytest.mark.django_db


@pytest.fixture
def exam():
    return ExamFactory(status=Exam.Status.CLOSED)


@pytest.fixture
def question():
    return QuestionFactory(content=Content(Kind.SHORT, (Part(Kind.SHORT, "简述听证的范围", key="较大数额罚款等"),)))


@pytest.fixture
def sitting(exam, question):
    return sat(exam, [question, QuestionFactory(content=single(key="B"))], ["较大数额罚款", "B"], marks=5, marked=True)


def give(sitting: Sitting, marks: str, by: str = "lin", **values) -> ManualMark:
    return give_marks(sitting.items.first(), Decimal(marks), by=member(by), **values)


def test_the_last_marks_count_and_the_earlier_ones_stay(sitting):
    give(sitting, "2")
    give(sitting, "3.5", by="wu", remark="要点二也答到")
    sitting.refresh_from_db()
    assert (sitting.score, sitting.is_marked) == (Decimal("8.5"), True)
    item = sitting.items.first()
    assert list(item.manual_marks.values_list("marks", flat=True)) == [2, Decimal("3.5")]
    assert "2.00 → 3.5" in AuditEntry.objects.filter(verb="评分").first().detail


@pytest.mark.parametrize(("marks", "says"), [("5.5", "0 至 5"), ("-1", "0 至 5"), ("1.3", "0.5 分为一档")])
def test_marks_lie_in_half_points_between_nothing_and_full(sitting, marks, says):
    with pytest.raises(ValidationError, match=says):
        give(sitting, marks)
    assert not ManualMark.objects.exists()


def test_full_marks_can_be_given_where_they_are_no_half_point(exam, question):
    odd = sat(exam, [question], ["写了"], marks=Decimal("3.33"), marked=True)
    give(odd, "3.33")
    odd.refresh_from_db()
    assert odd.score == Decimal("3.33")


def test_only_who_marks_and_never_the_own_answer(exam, question):
    sitting = sat(exam, [question], ["我写的"], officer=OfficerFactory(user=member("lin")), marks=5, marked=True)
    allowed = set()
    for name in CAST:
        try:
            give(sitting, "1", by=name)
            allowed.add(name)
        except PermissionDenied:
            continue
    assert allowed == {"wu", "song"}
    assert heaps(member("lin")) == []


def test_what_the_rules_mark_or_is_still_written_is_not_marked_by_hand(exam, question, sitting):
    with pytest.raises(ValidationError, match="不由人工评分"):
        give_marks(sitting.items.last(), Decimal(1), by=member("lin"))
    writing = sat(exam, [question], ["写着"], state=Sitting.State.OPEN)
    with pytest.raises(ValidationError, match="不由人工评分"):
        give(writing, "1")


def test_two_markers_at_one_answer_do_not_overrule_each_other_unread(sitting):
    give(sitting, "2", seen=0)
    with pytest.raises(ValidationError, match="您打开之后，lin 已评 2.00 分"):
        give(sitting, "4", by="wu", seen=0)
    give(sitting, "4", by="wu", seen=ManualMark.objects.get().pk)
    assert sitting.items.first().marks == 4


def test_a_second_look_is_for_somebody_else_and_holds_up_the_publication(exam, sitting):
    give(sitting, "2", asks_second=True, remark="是否算要点三")
    assert not second_looks_for(member("lin")).exists() and second_looks_for(member("wu")).count() == 1
    with pytest.raises(ValidationError, match="待他人复看"):
        publish_results(exam, by=member("song"))
    give(sitting, "1")
    assert second_looks_for(member("wu")).count() == 1, "nobody settles the own doubt"
    give(sitting, "2", by="wu")
    publish_results(exam, by=member("song"))
    assert exam.results_published_at


def test_marks_given_after_publication_need_a_reason(exam, sitting):
    give(sitting, "2")
    publish_results(exam, by=member("song"))
    with pytest.raises(ValidationError, match="写明理由"):
        give(sitting, "3")
    give(sitting, "3", remark="复核：要点二成立")
    sitting.refresh_from_db()
    assert sitting.score == 8


def test_marks_by_hand_are_kept_below_a_fix_that_overrules_them(exam, question, sitting):
    """Peers 37: regrading loses nothing that was known about an answer."""
    fixed(exam, question, "full")
    give(sitting, "1")
    sitting.refresh_from_db()
    assert (sitting.items.first().marks, sitting.score) == (5, 10)
    assert ManualMark.objects.get().marks == 1


def test_results_are_published_once_everything_is_marked(exam, sitting):
    with pytest.raises(ValidationError, match="1 份答卷没有评完"):
        publish_results(exam, by=member("song"))
    give(sitting, "2")
    publish_results(exam, by=member("song"))
    first = exam.results_published_at
    publish_results(exam, by=member("song"))
    assert exam.results_published_at == first
    assert AuditEntry.objects.filter(verb="公布成绩").count() == 1


def test_results_of_a_running_exam_are_not_published():
    with pytest.raises(ValidationError, match="还没有结束"):
        publish_results(ExamFactory(status=Exam.Status.BUILT), by=member("song"))
    with pytest.raises(PermissionDenied):
        publish_results(ExamFactory(status=Exam.Status.CLOSED), by=member("lin"))


def test_a_publication_is_taken_back_with_a_reason(exam):
    publish_results(exam, by=member("song"))
    with pytest.raises(ValidationError, match="理由"):
        withdraw_results(exam, " ", by=member("song"))
    withdraw_results(exam, "漏评一份", by=member("song"))
    exam.refresh_from_db()
    assert exam.results_published_at is None


def test_the_queue_counts_by_exam_and_question(exam, question, sitting, django_assert_max_num_queries):
    for n in range(4):
        sat(exam, [question], [f"第{n}份"], marks=5, marked=True)
    give(sitting, "2")
    sat(exam, [question], [""], marks=5, marked=True)
    marker = member("wu")
    with django_assert_max_num_queries(4):
        (heap,) = heaps(marker)
    assert (heap.title, heap.waiting, heap.marked) == ("简述听证的范围", 4, 1)
    assert unmarked().count() == 4


def test_the_code_of_an_answer_says_nothing_of_the_candidate(sitting):
    assert len(anonymous_code(sitting)) == 7
