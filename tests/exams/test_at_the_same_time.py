"""Threads with connections of their own, on a real file database or a server: what happens at the same time."""

import random

from exams.actions.sittings import close_due, hand_in, save_answers, start_sitting, take_over
from exams.models import AnswerEntry, Incident, Registration, Sitting, SittingItem
from exams.sittings.building import prepare_attempt
from exams.sittings.saving import Change
from people.models import User
from tests.factories.exams import judge
from tests.factories.sittings import built, sat_by

State = Sitting.State
WRITERS = 6


def test_pages_that_write_at_once_lose_nothing_and_double_nothing(together, member):
    """peers 12, 14, 16, 29: six copies of one page send the same changes in orders of their own."""
    sitting, lease = sat_by(member("chen"), judge("甲"), judge("乙"))
    changes = [Change(no, seq, "TF"[seq % 2]) for no in (1, 2) for seq in range(1, 16)]

    def write(seed):
        own = random.Random(seed).sample(changes, len(changes))
        for change in own:
            assert save_answers(lease, [change]).seqs[change.order_no] >= change.seq

    together(*(lambda seed=seed: write(seed) for seed in range(WRITERS)))

    def look():
        logged = list(AnswerEntry.objects.filter(item__sitting=sitting).values_list("item", "seq"))
        return logged, list(SittingItem.objects.filter(sitting=sitting).values_list("seq", "answer"))

    ((logged, held),) = together(look)
    assert held == [(15, "F"), (15, "F")]
    assert len(logged) == len(set(logged))
    assert {seq for _, seq in logged} >= {15}


def test_pressed_at_once_there_is_one_start_and_one_hand_in(together, member):
    chen = member("chen")
    built(judge(), users=(chen,))
    pk = Sitting.objects.get().pk

    def press():
        return start_sitting(Sitting.objects.get(pk=pk), by=User.objects.get(pk=chen.pk), address="10.1.2.3")

    leases = together(*[press] * WRITERS)
    assert sum(lease is not None for lease in leases) == 1
    lease = next(lease for lease in leases if lease)

    works = [lambda: hand_in(lease, [Change(1, 1, "T")]).state] * (WRITERS - 1)
    *states, _ = together(*works, close_due)
    (kinds,) = together(lambda: list(Incident.objects.order_by("pk").values_list("kind", flat=True)))
    assert states == [State.HANDED_IN] * (WRITERS - 1)
    assert kinds == ["started", "handed_in"]


def test_a_hand_in_beside_saves_takes_each_whole_or_not_at_all(together, member):
    """peers 12: what was acknowledged before the hand-in is in, what comes after it is refused in words."""
    sitting, lease = sat_by(member("chen"), *[judge(f"第{n}题") for n in range(1, 25)])

    def write():
        receipts = [save_answers(lease, [Change(no, 1, "T")]) for no in range(1, 25)]
        return [no for no, receipt in enumerate(receipts, 1) if not receipt.refusal]

    acknowledged, state = together(write, lambda: hand_in(lease).state)
    assert state == State.HANDED_IN

    def held():
        return list(SittingItem.objects.filter(sitting=sitting, answer="T").values_list("order_no", flat=True))

    (held_now,) = together(held)
    assert held_now == acknowledged


def test_of_two_devices_that_take_over_at_once_one_writes(together, member):
    chen = member("chen")
    sitting, _ = sat_by(chen, judge())

    def take():
        row = Sitting.objects.select_related("registration__exam", "registration__officer").get(pk=sitting.pk)
        return take_over(row, by=User.objects.get(pk=chen.pk), address="10.1.2.3")

    leases = together(*[take] * 3)
    assert sorted(lease.lease_no for lease in leases) == [2, 3, 4]

    def write():
        return [
            save_answers(lease, [Change(1, 1, "T")]).refusal for lease in sorted(leases, key=lambda one: one.lease_no)
        ]

    (refusals,) = together(write)
    assert [bool(words) for words in refusals] == [True, True, False]


def test_next_attempts_prepared_at_once_are_one(together, member):
    """peers 15, 29: six tabs of the waiting room."""
    chen = member("chen")
    exam = built(judge(), users=(chen,), attempts=3)
    Sitting.objects.update(state=State.HANDED_IN)
    registration = Registration.objects.get(exam=exam)

    def prepare():
        row = Registration.objects.select_related("exam__paper").get(pk=registration.pk)
        return prepare_attempt(row).pk

    attempts = together(*[prepare] * WRITERS)
    assert len(set(attempts)) == 1
    (kept,) = together(lambda: list(Sitting.objects.order_by("pk").values_list("attempt_no", "state")))
    assert kept == [(1, State.HANDED_IN), (2, State.PREPARED)]
