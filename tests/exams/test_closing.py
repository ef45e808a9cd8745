"""Nobody has to look for a sitting to be closed and marked: the keeper does it, in any process, at any time."""

import datetime as dt
import json
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from exams.actions.sittings import save_answers
from exams.models import Sitting, SittingPaper
from exams.sittings import closing, keeper
from exams.sittings.building import prepare_attempt
from exams.sittings.saving import Change
from tests.factories.exams import judge, single
from tests.factories.sittings import candidate, sat_by, short

State = Sitting.State


@pytest.fixture
def overdue(member):
    """A sitting with a right and a wrong answer whose browser died before the end."""
    sitting, lease = sat_by(member("chen"), judge(key="F"), judge("乙", key="T"))
    save_answers(lease, [Change(1, 1, "F"), Change(2, 1, "F")])
    Sitting.objects.update(due_at=timezone.now() - dt.timedelta(seconds=1))
    return sitting


def test_one_round_closes_and_marks(overdue):
    """peers 1, 6, 13, 54"""
    assert keeper.keep_once() == (1, 1)
    assert keeper.keep_once() == (0, 0)
    overdue.refresh_from_db()
    assert (overdue.state, overdue.score, overdue.is_marked) == (State.CLOSED, 2, True)
    assert not SittingPaper.objects.exists(), "the written page is not kept once the sitting is over"


def test_the_command_does_the_same_for_a_timer(overdue):
    out = StringIO()
    call_command("close_sittings", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"closed": 1, "scored": 1}


def test_a_short_answer_is_marked_by_rule_once_and_waits_for_a_person(member):
    sat_by(member("chen"), single(), short())
    Sitting.objects.update(state=State.HANDED_IN, finished_at=timezone.now())
    Sitting.objects.get().items.filter(kind="short").update(answer="责令改正")
    assert keeper.keep_once() == (0, 1)
    assert keeper.keep_once() == (0, 0)
    sitting = Sitting.objects.get()
    assert (sitting.is_marked, sitting.score) == (False, None)


def test_one_faulty_sitting_keeps_no_other_from_being_marked(overdue, member, monkeypatch, caplog):
    """And it is marked itself once its fault is mended (peers 13)."""
    other = candidate(overdue.registration.exam, member("gao"))
    prepare_attempt(other)
    Sitting.objects.update(state=State.CLOSED, finished_at=timezone.now())
    score = closing.score_sitting

    def break_on_one(sitting):
        if sitting == overdue:
            raise KeyError("试题")
        return score(sitting)

    monkeypatch.setattr(closing, "score_sitting", break_on_one)
    assert keeper.keep_once() == (0, 1)
    assert f"答卷 {overdue.pk} 未能判分" in caplog.text
    monkeypatch.setattr(closing, "score_sitting", score)
    assert keeper.keep_once() == (0, 1)


def test_the_thread_starts_where_the_site_wants_it_and_goes_on_after_a_fault(settings, monkeypatch):
    settings.EXAM_KEEPER_SECONDS = 0
    assert keeper.start_keeper() is None
    rounds = []

    def keep():
        rounds.append(1)
        if len(rounds) == 1:
            raise RuntimeError("数据库不在")
        return (0, 0)

    monkeypatch.setattr(keeper, "keep_once", keep)
    settings.EXAM_KEEPER_SECONDS = 0.001
    thread = keeper.start_keeper()
    while len(rounds) < 3:
        time.sleep(0.001)
    thread.stop()
    assert thread.daemon
    assert not thread.is_alive()
