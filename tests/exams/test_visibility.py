"""What a candidate sees when: every setting at every stage of an exam, for each kind of exam. Never a key too early."""

import datetime as dt

import pytest
from django.utils import timezone

from exams.models import Exam, Sitting
from exams.results.visibility import EVERYTHING, NOTHING, Seen, may_read_scores, seen, seen_by_candidate
from tests.cast import CAST, member
from tests.factories.exams import ExamFactory, QuestionFactory
from tests.factories.people import OfficerFactory
from tests.factories.results import sat

pytestmark = pytest.mark.django_db
When, State, Purpose = Exam.When, Sitting.State, Exam.Purpose
NOW = timezone.now()
# stage -> (exam's values, state of the candidate's sitting, whether somebody else is writing)
STAGES = {
    "writing": ({"closes_at": NOW + dt.timedelta(hours=1)}, State.OPEN, True),
    "handed in, window open": ({"closes_at": NOW + dt.timedelta(hours=1)}, State.HANDED_IN, False),
    "handed in, others writing after the window": ({"closes_at": NOW - dt.timedelta(minutes=1)}, State.HANDED_IN, True),
    "window over, nobody writing": ({"closes_at": NOW - dt.timedelta(minutes=1)}, State.LATE, False),
    "closed": ({"status": Exam.Status.CLOSED, "closes_at": NOW + dt.timedelta(hours=1)}, State.CLOSED, False),
    "published": (
        {"status": Exam.Status.CLOSED, "closes_at": NOW - dt.timedelta(1), "results_published_at": NOW},
        State.HANDED_IN,
        False,
    ),
    "published, voided": (
        {"status": Exam.Status.CLOSED, "closes_at": NOW - dt.timedelta(1), "results_published_at": NOW},
        State.VOID,
        False,
    ),
}
# setting -> stages at which it shows, in a mock exam; and where an early key would help others
SHOWN = {
    When.NEVER: ("", ""),
    When.HANDED_IN: (
        "handed in, window open|handed in, others writing after the window|"
        "window over, nobody writing|closed|published",
        "window over, nobody writing|closed|published",
    ),
    When.CLOSED: ("window over, nobody writing|closed|published", "window over, nobody writing|closed|published"),
    When.PUBLISHED: ("published", "published"),
}


def staged(stage: str, **values) -> Sitting:
    facts, state, others = STAGES[stage]
    window = {"opens_at": NOW - dt.timedelta(days=2), "status": Exam.Status.BUILT}
    exam = ExamFactory(**{**window, **facts, **values})
    question = QuestionFactory()
    if others:
        sat(exam, [question], [""], state=State.OPEN)
    return sat(exam, [question], ["B"], state=state)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("purpose", Purpose)
def test_each_setting_shows_from_its_moment_on(stage, purpose):
    """Peers 38: right and wrong before the end would leak the key."""
    for when, (mock, guarded) in SHOWN.items():
        early = mock if purpose == Purpose.MOCK else guarded
        expected = Seen(stage in mock.split("|"), stage in early.split("|"), stage in early.split("|"))
        sitting = staged(stage, purpose=purpose, score_shown=when, answers_shown=when, key_shown=when)
        assert seen_by_candidate(sitting) == expected, (stage, purpose, when)


def test_the_settings_are_independent_of_each_other():
    sitting = staged("closed", score_shown=When.HANDED_IN, answers_shown=When.CLOSED, key_shown=When.PUBLISHED)
    assert seen_by_candidate(sitting) == Seen(score=True, answers=True, key=False)


def test_a_publication_to_come_has_not_come():
    sitting = staged("closed")
    sitting.registration.exam.results_published_at = timezone.now() + dt.timedelta(hours=1)
    assert seen_by_candidate(sitting) == NOTHING


def test_the_candidate_sees_as_candidate_whatever_the_role_and_others_nothing():
    exam = ExamFactory(purpose=Purpose.MOCK)
    mine = sat(exam, [QuestionFactory()], ["B"], officer=OfficerFactory(user=member("lin")))
    everything = {name for name in CAST if seen(member(name), mine) == EVERYTHING}
    assert everything == {"wu", "song"}
    assert seen(member("lin"), mine) == NOTHING
    assert seen(None, mine) == NOTHING


@pytest.mark.parametrize("state", [State.PREPARED, State.OPEN, State.VOID])
def test_nobody_reads_the_marks_of_what_is_not_finished(state):
    assert seen(member("song"), sat(ExamFactory(), [QuestionFactory()], ["B"], state=state)) == NOTHING


def test_streets_read_scores_after_publication_and_candidates_never_a_list():
    exam = ExamFactory()
    assert {name for name in CAST if may_read_scores(member(name), exam)} == {"lin", "wu", "song"}
    exam.results_published_at = timezone.now()
    assert {name for name in CAST if may_read_scores(member(name), exam)} == {"gao", "lin", "wu", "song"}


def test_one_query_at_most_says_what_is_seen(django_assert_max_num_queries):
    values = {name: When.CLOSED for name in ("score_shown", "answers_shown", "key_shown")}
    sitting = staged("window over, nobody writing", **values)
    with django_assert_max_num_queries(1):
        assert seen_by_candidate(sitting) == EVERYTHING
