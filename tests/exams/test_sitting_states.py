"""A sitting's states only rise; the clock is the server's; what was saved counts however it ends."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.utils import timezone

from exams.actions import sittings as verbs
from exams.actions.exams import collect_sitting, extend_all, grant, void_sitting
from exams.actions.sittings import close_due, hand_in, save_answers, start_sitting, take_over
from exams.models import AnswerEntry, Incident, Sitting
from exams.sittings.leases import Lease
from exams.sittings.saving import Change
from tests.factories.exams import judge, single
from tests.factories.sittings import built, sat_by, shown_letter

State, Kind = Sitting.State, Incident.Kind
MINUTE = dt.timedelta(minutes=1)
HOUR = 60 * MINUTE


@pytest.fixture
def chen(member):
    return member("chen")


def kinds(sitting):
    return list(sitting.incidents.order_by("pk").values_list("kind", flat=True))


def test_starting_opens_the_sitting_once(chen):
    """However often the button is pressed, there is one attempt and one end (peers 15, 16)."""
    built(single(), users=(chen,), paper={"minutes": 60}, grace_seconds=30)
    sitting, now = Sitting.objects.get(), timezone.now()
    lease = start_sitting(sitting, by=chen, address="10.1.2.3", at=now)
    assert lease == Lease(sitting.pk, 1, chen.pk)
    assert (sitting.ends_at - now, sitting.due_at - now) == (60 * MINUTE, 60 * MINUTE + dt.timedelta(seconds=30))
    assert start_sitting(sitting, by=chen, address="10.1.2.3", at=now + MINUTE) is None
    sitting.refresh_from_db()
    assert sitting.ends_at == now + 60 * MINUTE
    assert kinds(sitting) == [Kind.STARTED]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"opens_at": timezone.now() + HOUR, "closes_at": timezone.now() + 2 * HOUR}, "还没有到开放时间"),
        ({"closes_at": timezone.now() - MINUTE, "opens_at": timezone.now() - 2 * MINUTE}, "已过截止开考时间"),
        ({"status": "planned"}, "试卷还没有生成"),
        ({"status": "closed"}, "已过截止开考时间"),
        ({"ip_ranges": "10.9.0.0/16\n2001:db8::/32"}, "您的地址是 10.1.2.3"),
    ],
)
def test_who_may_not_begin_here_and_now_is_told_why(chen, change, words):
    exam = built(single(), users=(chen,))
    type(exam).objects.update(**change)
    with pytest.raises(ValidationError, match=words):
        start_sitting(Sitting.objects.get(), by=chen, address="10.1.2.3")
    assert Sitting.objects.get().state == State.PREPARED


def test_an_address_within_a_range_is_let_in(chen):
    built(single(), users=(chen,), ip_ranges="192.168.1.5\n10.1.0.0/16")
    assert start_sitting(Sitting.objects.get(), by=chen, address="10.1.2.3")


def test_nobody_sits_for_somebody_else(chen, member):
    """peers 53, 54"""
    built(single(), users=(chen,))
    for name in ("song", "lin", "gao"):
        with pytest.raises(PermissionDenied):
            start_sitting(Sitting.objects.get(), by=member(name), address=None)


def test_the_end_of_the_window_never_cuts_a_running_attempt_short(chen):
    """peers 18"""
    built(single(), users=(chen,), paper={"minutes": 90}, closes_at=timezone.now() + 2 * MINUTE)
    sitting, late = Sitting.objects.get(), timezone.now() + MINUTE
    start_sitting(sitting, by=chen, address=None, at=late)
    assert sitting.ends_at - late == 90 * MINUTE


def test_extra_minutes_of_a_candidate_count_from_the_start_and_at_once_when_running(chen, member):
    exam = built(single(), users=(chen,), paper={"minutes": 60})
    registration = exam.registrations.get()
    grant(registration, minutes=15, reason="视力障碍", by=member("song"))
    sitting = Sitting.objects.get()
    start_sitting(sitting, by=chen, address=None)
    assert sitting.ends_at - sitting.started_at == 75 * MINUTE
    grant(registration, minutes=5, reason="设备故障", by=member("song"))
    sitting.refresh_from_db()
    assert sitting.ends_at - sitting.started_at == 80 * MINUTE
    assert sitting.due_at - sitting.ends_at == dt.timedelta(seconds=30)
    assert kinds(sitting) == [Kind.STARTED, Kind.EXTENDED]


def test_the_whole_room_is_extended_in_a_fixed_number_of_queries(chen, member, django_assert_max_num_queries):
    """peers 27"""
    sitting, lease = sat_by(chen, single())
    before, exam, song = sitting.due_at, sitting.registration.exam, member("song")
    assert song.roles
    with django_assert_max_num_queries(12):
        assert extend_all(exam, 10, reason="停电", by=song) == 1
    sitting.refresh_from_db()
    assert sitting.due_at - before == 10 * MINUTE
    assert save_answers(lease, [Change(1, 1, "A")], at=before + MINUTE).seqs == {1: 1}


def test_handing_in_twice_is_once(chen):
    """Two presses, two tabs or a repeated request after a lost answer: one hand-in (peers 12, 14, 16)."""
    sitting, lease = sat_by(chen, single())
    last = [Change(1, 1, "A")]
    first, second = hand_in(lease, last), hand_in(lease, last)
    assert (first.state, second.state) == (State.HANDED_IN, State.HANDED_IN)
    assert second.seqs == {1: 1}
    assert kinds(sitting) == [Kind.STARTED, Kind.HANDED_IN]
    assert AnswerEntry.objects.count() == 1


def test_the_last_changes_travel_with_the_hand_in(chen):
    """peers 4"""
    sitting, lease = sat_by(chen, judge())
    hand_in(lease, [Change(1, 1, "T"), Change(1, 2, "F")])
    assert sitting.items.get().answer == "F"


def test_a_hand_in_that_fails_in_the_middle_is_none_and_can_be_repeated(chen, monkeypatch):
    """peers 13: half a hand-in would lock the candidate out with answers that nobody has."""
    sitting, lease = sat_by(chen, judge())

    def broken(*args, **kwargs):
        raise DatabaseError("disk full")

    with monkeypatch.context() as patch, pytest.raises(DatabaseError):
        patch.setattr(verbs, "note", broken)
        hand_in(lease, [Change(1, 1, "T")])
    sitting.refresh_from_db()
    assert (sitting.state, sitting.items.get().seq) == (State.OPEN, 0)
    assert hand_in(lease, [Change(1, 1, "T")]).state == State.HANDED_IN
    assert sitting.items.get().answer == "T"


def test_handing_in_costs_little_more_than_saving(chen, django_assert_max_num_queries):
    """peers 27: the whole room hands in when its time ends."""
    _, lease = sat_by(chen, *[judge(f"第{n}题") for n in range(30)])
    with django_assert_max_num_queries(8):
        hand_in(lease, [Change(30, 1, "T")])


def test_nothing_is_taken_after_the_hand_in(chen):
    """peers 12, 19"""
    sitting, lease = sat_by(chen, judge())
    save_answers(lease, [Change(1, 1, "T")])
    hand_in(lease)
    receipt = save_answers(lease, [Change(1, 2, "F")])
    assert receipt.refusal == "已经交卷，不再接受修改。"
    assert receipt.seqs == {1: 1}
    assert sitting.items.get().answer == "T"
    assert kinds(sitting) == [Kind.STARTED, Kind.HANDED_IN, Kind.REFUSED]
    assert "第 1 题" in sitting.incidents.last().detail


@pytest.mark.parametrize(
    ("seconds", "automatic", "state"),
    [
        (-10, False, State.HANDED_IN),
        (-10, True, State.HANDED_IN),
        (-1, True, State.CLOSED),
        (3, True, State.CLOSED),
        (3, False, State.LATE),
        (29, False, State.LATE),
        (31, False, State.CLOSED),
    ],
)
def test_when_a_hand_in_is_in_time_or_late_or_the_clock_s(chen, seconds, automatic, state):
    sitting, lease = sat_by(chen, judge(), grace_seconds=30)
    save_answers(lease, [Change(1, 1, "T")])
    moment = sitting.ends_at + dt.timedelta(seconds=seconds)
    assert hand_in(lease, automatic=automatic, at=moment).state == state
    sitting.refresh_from_db()
    assert sitting.state == state
    assert sitting.items.get().answer == "T"


def test_the_server_closes_by_itself_and_every_saved_answer_counts(chen):
    """No browser is needed for it (peers 1, 6, 8, 13, 20, 54)."""
    sitting, lease = sat_by(chen, single(), judge())
    item = sitting.items.get(order_no=1)
    save_answers(lease, [Change(1, 1, shown_letter(item, "B")), Change(2, 1, "F")])
    assert close_due(sitting.due_at - dt.timedelta(seconds=1)) == 0
    assert close_due(sitting.due_at) == 1
    assert close_due(sitting.due_at) == 0
    sitting.refresh_from_db()
    assert (sitting.state, sitting.finished_at) == (State.CLOSED, sitting.due_at)
    assert list(sitting.items.values_list("answer", flat=True)) == ["B", "F"]
    assert kinds(sitting) == [Kind.STARTED, Kind.CLOSED]


def test_an_answer_after_the_due_time_is_refused_and_closes_the_sitting(chen):
    sitting, lease = sat_by(chen, judge())
    in_grace, late = sitting.due_at, sitting.due_at + dt.timedelta(milliseconds=1)
    assert save_answers(lease, [Change(1, 1, "T")], at=in_grace).seqs == {1: 1}
    receipt = save_answers(lease, [Change(1, 2, "F")], at=late)
    assert receipt.state == State.CLOSED
    assert "此前保存的答案全部有效" in receipt.refusal
    assert sitting.items.get().answer == "T"


def test_another_page_takes_over_with_the_same_remaining_time_and_the_first_only_reads(chen):
    """Power cut, another computer; or a second tab (peers 10, 12, 22, 23)."""
    sitting, first = sat_by(chen, judge())
    save_answers(first, [Change(1, 1, "T")])
    half = sitting.started_at + (sitting.ends_at - sitting.started_at) / 2
    second = take_over(sitting, by=chen, address="10.1.2.4", at=half)
    assert second.lease_no == 2
    assert save_answers(second, at=half).remaining == (sitting.ends_at - half).total_seconds()
    refused = save_answers(first, [Change(1, 2, "F")], at=half)
    assert (refused.state, refused.refusal) == (State.OPEN, "这份答卷正在另一处作答，本页不再接受修改。")
    assert hand_in(first, at=half).refusal == refused.refusal
    assert save_answers(second, [Change(1, 2, "")], at=half).seqs == {1: 2}
    assert sitting.items.get().answer == ""
    assert kinds(sitting) == [Kind.STARTED, Kind.TAKEN_OVER, Kind.REFUSED]


def test_only_the_candidate_takes_over_and_only_where_the_exam_may_be_sat(chen, member):
    sitting, _ = sat_by(chen, judge(), ip_ranges="10.1.2.0/24")
    with pytest.raises(PermissionDenied):
        take_over(sitting, by=member("song"), address="10.1.2.3")
    with pytest.raises(ValidationError, match="指定考场"):
        take_over(sitting, by=chen, address="10.1.3.3")
    with pytest.raises(ValidationError, match="系统已收卷|未知"):
        take_over(sitting, by=chen, address=None)


@pytest.mark.parametrize("state", [State.HANDED_IN, State.LATE, State.CLOSED, State.VOID])
def test_states_never_go_back(chen, member, state):
    """peers 17, 19, 23: an attempt that is over is not opened again by anything."""
    sitting, lease = sat_by(chen, judge())
    Sitting.objects.update(state=state)
    sitting.refresh_from_db()
    for again in (start_sitting, take_over):
        with pytest.raises(ValidationError):
            again(sitting, by=chen, address=None)
    assert save_answers(lease, [Change(1, 1, "T")]).refusal
    assert hand_in(lease, [Change(1, 1, "T")]).state == state
    assert close_due(sitting.due_at + MINUTE) == 0
    assert not collect_sitting(sitting, "重复", by=member("song"))
    assert extend_all(sitting.registration.exam, 5, reason="停电", by=member("song")) == 0
    sitting.refresh_from_db()
    assert (sitting.state, sitting.items.get().answer) == (state, "")


def test_a_voided_sitting_takes_nothing_more_and_says_whom_to_ask(chen, member):
    sitting, lease = sat_by(chen, judge())
    with pytest.raises(ValidationError, match="理由"):
        void_sitting(sitting, " ", by=member("song"))
    void_sitting(sitting, "替考", by=member("song"))
    assert "监考人员" in save_answers(lease, [Change(1, 1, "T")]).refusal
    assert kinds(sitting)[:2] == [Kind.STARTED, Kind.VOIDED]


def test_a_sitting_collected_by_the_bureau_keeps_its_answers(chen, member):
    sitting, lease = sat_by(chen, judge())
    save_answers(lease, [Change(1, 1, "T")])
    assert collect_sitting(sitting, "提前离场", by=member("song"))
    assert (sitting.state, sitting.items.get().answer) == (State.CLOSED, "T")
