"""A wrong key after an exam: tried out, applied once and for this exam only, every mark before and after on record."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError

from exams.actions import key_fixes
from exams.actions.key_fixes import apply_fix, discard_fix, propose_fix
from exams.actions.marks import give_marks
from exams.content import Content, Kind, Part
from exams.models import KeyFix, ManualMark, MarkChange, Question, QuestionRemark, Sitting, SittingItem
from exams.results.regrade import planned
from exams.results.scoring import score_exam
from people.models import AuditEntry
from tests.cast import CAST, member
from tests.factories.exams import ExamFactory, QuestionFactory, single
from tests.factories.results import sat

pytestmark = pytest.mark.django_db


@pytest.fixture
def exam():
    return ExamFactory(paper__pass_marks=2)


@pytest.fixture
def questions():
    return [QuestionFactory(content=single(f"第{n}题", key="B"), reviewed=True) for n in range(3)]


@pytest.fixture
def sittings(exam, questions):
    """Scores 3, 2, 1, 0; the pass line is 2."""
    rows = [sat(exam, questions, answers) for answers in ("BBB", "ABB", "CAB", "CAA")]
    score_exam(exam)
    return rows


def proposed(exam, question, action="new_key", new_key="C", by="song", **values) -> KeyFix:
    values.setdefault("reason", "法条已修改")
    return propose_fix(exam, question.newest, 1, action, new_key=new_key, by=member(by), **values)


def scores(exam) -> list:
    return list(Sitting.objects.filter(registration__exam=exam).order_by("pk").values_list("score", flat=True))


def test_a_dry_run_says_what_would_change_and_changes_nothing(exam, questions, sittings):
    fix = proposed(exam, questions[0])
    changes = planned(fix)
    assert [(one.sitting.score, one.new_score, one.turns) for one in changes] == [
        (3, 2, ""),
        (2, 2, ""),
        (1, 2, "pass"),
        (0, 1, ""),
    ]
    assert [one.is_other for one in changes] == [True, False, True, True]
    assert scores(exam) == [3, 2, 1, 0] and not MarkChange.objects.exists()


def test_applying_does_what_the_dry_run_said_and_keeps_old_and_new(exam, questions, sittings):
    """Peers 34: a closed exam is marked again without anybody editing a table by hand."""
    fix = proposed(exam, questions[0])
    expected = [one.new_score for one in planned(fix)]
    apply_fix(fix, by=member("song"))
    assert scores(exam) == expected == [2, 2, 2, 1]
    rows = MarkChange.objects.filter(fix=fix).order_by("sitting")
    assert [(row.old_score, row.new_score, row.old_passed, row.new_passed) for row in rows] == [
        (3, 2, True, True),
        (2, 2, True, True),
        (1, 2, False, True),
        (0, 1, False, False),
    ]
    said = AuditEntry.objects.get(verb="应用答案更正").detail
    assert "3 份答卷分数有变，1 人改为及格，0 人改为不及格" in said


def test_everybody_can_be_given_full_marks(exam, questions, sittings):
    """Peers 35."""
    apply_fix(proposed(exam, questions[1], "full", ""), by=member("song"))
    assert scores(exam) == [3, 2, 2, 1]


def test_a_dropped_item_lowers_full_marks_and_pass_line(exam, questions, sittings):
    fix = proposed(exam, questions[2], "drop", "")
    (third,) = [one for one in planned(fix) if one.sitting == sittings[2]]
    assert (third.new_score, third.new_full_marks, third.new_pass_marks) == (0, 2, Decimal("1.33"))
    apply_fix(fix, by=member("song"))
    sittings[1].refresh_from_db()
    assert (sittings[1].score, sittings[1].full_marks, sittings[1].has_passed) == (1, 2, False)
    change = MarkChange.objects.get(sitting=sittings[1])
    assert (change.old_full_marks, change.new_full_marks, change.old_passed, change.new_passed) == (3, 2, True, False)


def test_a_fix_is_applied_once(exam, questions, sittings):
    fix = proposed(exam, questions[0])
    apply_fix(fix, by=member("song"))
    with pytest.raises(ValidationError, match="已经应用"):
        apply_fix(fix, by=member("song"))
    with pytest.raises(ValidationError, match="不能放弃"):
        discard_fix(fix, by=member("song"))
    assert MarkChange.objects.count() == 4


def test_a_second_fix_of_one_item_takes_the_place_of_the_first(exam, questions, sittings):
    apply_fix(proposed(exam, questions[0], "drop", ""), by=member("song"))
    again = proposed(exam, questions[0], new_key="B/C")
    assert [one.new_score for one in planned(again)] == [3, 2, 2, 1]
    apply_fix(again, by=member("song"))
    assert scores(exam) == [3, 2, 2, 1]
    assert set(Sitting.objects.values_list("full_marks", flat=True)) == {3}


def test_what_fails_in_the_middle_leaves_nothing_changed(exam, questions, sittings, monkeypatch):
    """Peers 36: no total is ever half old and half new."""
    fix = proposed(exam, questions[0])

    def broken(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(key_fixes, "refresh_totals", broken)
    with pytest.raises(DatabaseError):
        apply_fix(fix, by=member("song"))
    fix.refresh_from_db()
    assert fix.applied_at is None and scores(exam) == [3, 2, 1, 0]
    assert SittingItem.objects.get(sitting=sittings[0], question=questions[0]).marks == 1


def test_answers_and_marks_by_hand_stay_as_they_were(exam, questions):
    """Peers 37: regrading keeps everything that was known about an attempt."""
    short = QuestionFactory(content=Content(Kind.SHORT, (Part(Kind.SHORT, "简述", key="略"),)))
    sitting = sat(exam, [questions[0], short], ["C", "写了"], marks=2, marked=True)
    give_marks(sitting.items.last(), Decimal("1.5"), by=member("lin"))
    kept = ("answer", "option_order", "seq", "answered_at", "version_id", "rule", "full_marks")
    before = list(sitting.items.values_list(*kept))
    apply_fix(proposed(exam, questions[0]), by=member("song"))
    apply_fix(proposed(exam, short, "drop", ""), by=member("song"))
    assert list(sitting.items.values_list(*kept)) == before
    assert ManualMark.objects.get().marks == Decimal("1.5")
    sitting.refresh_from_db()
    assert (sitting.score, sitting.full_marks) == (2, 2)
    apply_fix(proposed(exam, short, "full", ""), by=member("song"))
    sitting.refresh_from_db()
    assert (sitting.score, sitting.full_marks) == (4, 4)


def test_an_unmarked_sitting_keeps_waiting_unless_the_fix_settles_it(exam, questions):
    short = QuestionFactory(content=Content(Kind.SHORT, (Part(Kind.SHORT, "简述", key="略"),)))
    sitting = sat(exam, [questions[0], short], ["C", "写了"], marked=True)
    (change,) = planned(proposed(exam, questions[0]))
    assert change.new_score is None and change.new_marks == 1
    (change,) = planned(proposed(exam, short, "drop", ""))
    assert (change.new_score, change.new_full_marks) == (0, 1)
    assert sitting.score is None


def test_other_exams_and_the_bank_keep_the_key(exam, questions, sittings):
    other = sat(ExamFactory(), questions, "CBB", marked=True)
    content = questions[0].newest.content
    apply_fix(proposed(exam, questions[0]), by=member("song"))
    other.refresh_from_db(), questions[0].refresh_from_db()
    assert other.score == 2 and questions[0].newest.content == content


def test_the_bank_is_told_and_draws_the_question_no_more(exam, questions, sittings):
    apply_fix(proposed(exam, questions[0]), by=member("song"))
    question = Question.objects.get(pk=questions[0].pk)
    assert question.status == Question.Status.NEEDS_REVIEW and "法条已修改" in question.review_reason
    assert "更正答案（C）" in QuestionRemark.objects.get().text
    assert question not in Question.objects.drawable()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"new_key": "E"}, "没有对应的选项"),
        ({"new_key": "B"}, "相同"),
        ({"reason": " "}, "理由"),
        ({"action": "nonsense"}, "处理方式"),
    ],
)
def test_a_faulty_proposal_is_refused_in_words(exam, questions, sittings, values, says):
    with pytest.raises(ValidationError, match=says):
        proposed(exam, questions[0], **values)
    with pytest.raises(ValidationError, match="没有这道题"):
        proposed(exam, QuestionFactory())
    assert not KeyFix.objects.exists()


def test_only_the_bureau_fixes_keys_and_a_proposal_can_be_given_up(exam, questions, sittings):
    allowed = set()
    for name in CAST:
        try:
            discard_fix(proposed(exam, questions[0], by=name), by=member(name))
            allowed.add(name)
        except PermissionDenied:
            continue
    assert allowed == {"song"} and not KeyFix.objects.exists()


def test_trying_out_and_applying_take_few_queries(exam, questions, django_assert_max_num_queries):
    for n in range(30):
        sat(exam, questions, ["BBB", "CAB"][n % 2])
    score_exam(exam)
    fix, bureau = proposed(exam, questions[0]), member("song")
    with django_assert_max_num_queries(8):
        planned(fix)
    with django_assert_max_num_queries(30):
        apply_fix(fix, by=bureau)
