"""A finished sitting is marked by rule, by hand and by the key fixes of its exam, as often as one likes."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from exams.content import Content, Kind, Part
from exams.models import ManualMark, Sitting
from exams.results.scoring import score_exam, score_sitting, score_sittings
from exams.sittings.closing import score_one
from tests.cast import member
from tests.factories.exams import ExamFactory, QuestionFactory, multiple, single
from tests.factories.results import fixed, sat

pytestmark = pytest.mark.django_db


def short(stem: str = "简述听证的范围") -> Content:
    return Content(Kind.SHORT, (Part(Kind.SHORT, stem, key="较大数额罚款等"),))


@pytest.fixture
def exam():
    return ExamFactory(paper__pass_marks=60)


def test_items_and_totals_follow_the_rule_and_the_pass_mark(exam):
    questions = [QuestionFactory(content=single("一", key="B")), QuestionFactory(content=multiple("二", key="ACD"))]
    half = sat(exam, questions, ["B", "AC"], marks=50, rule="half")
    assert score_sitting(half)
    assert [item.marks for item in half.items.all()] == [50, 1]
    assert (half.score, half.full_marks, half.pass_marks) == (51, 100, 60)
    assert half.is_marked and half.scored_at and not half.has_passed


def test_marking_again_changes_nothing(exam):
    sitting = sat(exam, [QuestionFactory(content=single(key="B"))], ["B"], marks=100)
    assert score_sitting(sitting)
    first = sitting.scored_at
    assert not score_sitting(sitting)
    assert (sitting.score, sitting.scored_at) == (100, first) and sitting.has_passed
    assert list(Sitting.objects.passed()) == [sitting]


def test_a_short_answer_waits_for_a_person_and_the_sitting_has_no_score_until_then(exam):
    questions = [QuestionFactory(content=single(key="B")), QuestionFactory(content=short())]
    sitting = sat(exam, questions, ["B", "较大数额罚款"], marks=50)
    score_sitting(sitting)
    by_rule, by_hand = sitting.items.all()
    assert (by_rule.marks, by_hand.marks) == (50, None)
    assert sitting.score is None and not sitting.is_marked and not sitting.has_passed
    for marks in (10, 30):
        ManualMark.objects.create(item=by_hand, marks=marks, given_by=member("lin"))
    score_sitting(sitting)
    assert (sitting.score, sitting.is_marked) == (80, True)


def test_an_empty_short_answer_waits_for_nobody(exam):
    sitting = sat(exam, [QuestionFactory(content=short())], [""], marks=50)
    score_sitting(sitting)
    assert (sitting.score, sitting.is_marked) == (0, True)


def test_a_new_key_counts_in_its_exam_only(exam):
    question = QuestionFactory(content=single(key="B"))
    here, there = sat(exam, [question], ["C"]), sat(ExamFactory(), [question], ["C"])
    fixed(exam, question, "new_key", "C")
    assert score_sittings([here.pk, there.pk]) == 2
    here.refresh_from_db(), there.refresh_from_db()
    assert (here.score, there.score) == (1, 0)


def test_a_dropped_item_leaves_the_full_marks_and_the_pass_line_keeps_its_share(exam):
    questions = [QuestionFactory(content=single(f"题{n}", key="B")) for n in range(50)]
    sitting = sat(exam, questions, ["B"] * 30 + ["A"] * 20, marks=2)
    fixed(exam, questions[0], "drop")
    score_sitting(sitting)
    assert (sitting.score, sitting.full_marks, sitting.pass_marks) == (58, 98, Decimal("58.80"))
    assert not sitting.has_passed


def test_full_marks_for_everybody_reach_those_who_answered_nothing(exam):
    question = QuestionFactory(content=short())
    sitting = sat(exam, [question], [""], marks=10)
    fixed(exam, question, "full")
    score_sitting(sitting)
    assert (sitting.score, sitting.is_marked) == (10, True)


def test_of_two_fixes_the_one_applied_last_counts(exam):
    question = QuestionFactory(content=single(key="B"))
    sitting = sat(exam, [question], ["B"])
    fixed(exam, question, "drop", at=timezone.now() - dt.timedelta(hours=1))
    fixed(exam, question, "new_key", "B/C")
    score_sitting(sitting)
    assert (sitting.score, sitting.full_marks) == (1, 1)


@pytest.mark.parametrize("state", [Sitting.State.PREPARED, Sitting.State.OPEN, Sitting.State.VOID])
def test_what_is_not_finished_is_not_marked(exam, state):
    sitting = sat(exam, [QuestionFactory(content=single(key="B"))], ["B"], state=state)
    assert not score_sitting(sitting)
    assert sitting.score is None and sitting.scored_at is None and sitting.items.get().marks is None


def test_an_exam_of_many_is_marked_in_few_queries(exam, django_assert_max_num_queries):
    questions = [QuestionFactory(content=single(f"题{n}", key="B")) for n in range(6)]
    for n in range(12):
        sat(exam, questions, ["B"] * (n % 6) + ["A"] * (6 - n % 6))
    with django_assert_max_num_queries(15):
        assert score_exam(exam) == 12
    assert Sitting.objects.unscored().count() == 0
    assert sorted(Sitting.objects.values_list("score", flat=True)) == sorted(n % 6 for n in range(12))


def test_whoever_closes_a_sitting_has_it_marked_once(exam):
    sitting = sat(exam, [QuestionFactory(content=single(key="B"))], ["B"])
    assert score_one(sitting.pk) and not score_one(sitting.pk)
    sitting.refresh_from_db()
    assert sitting.score == 1
