"""Whatever arrives twice, late or in the wrong order: an older answer never overwrites a newer one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exams.actions.sittings import save_answers, take_over
from exams.models import AnswerEntry, Incident, Sitting, SittingItem
from exams.sittings.answers import LONGEST_TEXT
from exams.sittings.incidents import MOST_INCIDENTS, Event, read_events
from exams.sittings.leases import Lease, read, signed
from exams.sittings.saving import MOST_CHANGES, Change, Malformed, read_changes
from tests.factories.exams import judge, single
from tests.factories.sittings import one_of_each, sat_by, short, shown_letter

ANY_ORDER = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def chen(member):
    return member("chen")


@pytest.fixture
def sitting_and_lease(chen):
    return sat_by(chen, judge("甲"), judge("乙"), judge("丙"))


CHANGES = st.builds(Change, st.integers(1, 3), st.integers(1, 8), st.sampled_from(["", "T", "F"]), st.booleans())


@ANY_ORDER
@given(batches=st.lists(st.lists(CHANGES, max_size=5), max_size=8))
def test_an_item_ends_with_the_first_answer_of_its_highest_number(sitting_and_lease, batches):
    """peers 3, 5, 16: what was acknowledged is stored, and what is shown is the last."""
    sitting, lease = sitting_and_lease
    AnswerEntry.objects.all().delete()
    SittingItem.objects.update(seq=0, answer="", is_flagged=False)
    held: dict[int, Change] = {}
    acknowledged = set()
    for batch in batches:
        receipt = save_answers(lease, batch)
        for change in batch:
            before = held.get(change.order_no)
            if before is None or change.seq > before.seq:
                held[change.order_no] = change
                acknowledged.add(change)
        assert receipt.seqs == {change.order_no: held[change.order_no].seq for change in batch}
    for item in sitting.items.all():
        last = held.get(item.order_no, Change(item.order_no, 0, ""))
        assert (item.seq, item.answer, item.is_flagged) == (last.seq, last.answer, last.is_flagged)
    logged = AnswerEntry.objects.values_list("item__order_no", "seq", "answer")
    assert sorted(logged) == sorted((one.order_no, one.seq, one.answer) for one in acknowledged)
    assert save_answers(lease).total == sum(one.seq for one in held.values())


@ANY_ORDER
@given(changes=st.lists(CHANGES, min_size=1, max_size=6), copies=st.integers(2, 3), order=st.randoms())
def test_duplicates_in_any_order_store_nothing_twice(sitting_and_lease, changes, copies, order):
    _, lease = sitting_and_lease
    AnswerEntry.objects.all().delete()
    SittingItem.objects.update(seq=0, answer="", is_flagged=False)
    posts = changes * copies
    order.shuffle(posts)
    for change in posts:
        save_answers(lease, [change])
    numbers = list(AnswerEntry.objects.values_list("item", "seq"))
    assert len(numbers) == len(set(numbers))


def test_the_same_number_with_another_answer_is_asked_for_again(sitting_and_lease):
    """Two pages of one lease counted alike: what was not stored is not acknowledged."""
    _, lease = sitting_and_lease
    assert save_answers(lease, [Change(1, 1, "T")]).again == []
    assert save_answers(lease, [Change(1, 1, "T")]).again == []
    assert save_answers(lease, [Change(1, 1, "F")]).again == [1]
    assert save_answers(lease, [Change(1, 2, "F")]).seqs == {1: 2}


def test_an_answer_that_does_not_fit_is_named_and_keeps_no_other_out(sitting_and_lease):
    sitting, lease = sitting_and_lease
    receipt = save_answers(lease, [Change(1, 1, "X"), Change(2, 1, "T"), Change(9, 1, "T")])
    assert receipt.faults == {1: "第 1 题：请选择“对”或“错”。", 9: "没有第 9 题"}
    assert list(sitting.items.values_list("answer", flat=True)) == ["", "T", ""]


def test_answers_are_kept_with_the_bank_s_letters(chen):
    sitting, lease = sat_by(chen, *one_of_each())
    items = {item.order_no: item for item in sitting.items.all()}
    several = "".join(shown_letter(items[2], letter) for letter in "DAC")
    given = [shown_letter(items[1], "B"), several, "F", ["五日", ""], "事实确凿", [2], shown_letter(items[7], "A"), "T"]
    save_answers(lease, [Change(number, 1, answer) for number, answer in enumerate(given, 1)])
    kept = ["B", "ACD", "F", '["五日", ""]', "事实确凿", "2", "A", "T"]
    assert list(sitting.items.values_list("answer", flat=True)) == kept
    assert list(AnswerEntry.objects.order_by("item__order_no").values_list("answer", flat=True)) == kept


def test_a_long_answer_is_kept_whole_and_one_too_long_is_refused_in_words(chen):
    """peers 53: a column of 255 characters cuts off what somebody wrote for half an hour."""
    sitting, lease = sat_by(chen, short())
    save_answers(lease, [Change(1, 1, "证" * LONGEST_TEXT)])
    assert sitting.items.get().answer == "证" * LONGEST_TEXT
    assert "请缩短" in save_answers(lease, [Change(1, 2, "证" * (LONGEST_TEXT + 1))]).faults[1]
    assert len(sitting.items.get().answer) == LONGEST_TEXT


def test_saving_one_answer_asks_neither_session_nor_account(sitting_and_lease, django_assert_num_queries):
    """Guard, item with the end, item's update, log: what five hundred candidates do every few seconds."""
    _, lease = sitting_and_lease
    with django_assert_num_queries(6) as asked:
        save_answers(lease, [Change(1, 1, "T")])
    assert not [query["sql"] for query in asked if "session" in query["sql"] or "people_user" in query["sql"]]


def test_saving_a_hundred_times_is_one_attempt_and_no_hand_in(sitting_and_lease):
    """peers 7: where each save is a submission, saving by itself makes thousands of them."""
    sitting, lease = sitting_and_lease
    for number in range(1, 101):
        save_answers(lease, [Change(1, number, "TF"[number % 2])])
    sitting.refresh_from_db()
    assert (Sitting.objects.count(), SittingItem.objects.count(), sitting.state) == (1, 3, Sitting.State.OPEN)
    assert sitting.items.get(order_no=1).answer == "T"


def test_a_sign_of_life_is_remembered_and_answered_with_the_total(sitting_and_lease):
    sitting, lease = sitting_and_lease
    save_answers(lease, [Change(1, 4, "T"), Change(2, 3, "T")])
    before = sitting.seen_at
    assert save_answers(lease).total == 7
    sitting.refresh_from_db()
    assert sitting.seen_at > before


def test_a_slip_is_worth_something_only_as_it_was_signed(chen):
    lease = Lease(3, 1, 9)
    slip = signed(lease)
    assert read(slip) == lease
    assert read(slip[:-1]) is None
    assert read("") is None


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {},
        "A",
        [1],
        [{"no": 1, "seq": 1}],
        [{"no": "1", "seq": 1, "answer": ""}],
        [{"no": 1, "seq": 0, "answer": ""}],
        [{"no": 1, "seq": True, "answer": ""}],
        [{"no": 1, "seq": 10**9, "answer": ""}],
        [{"no": 1, "seq": 1, "answer": ""}] * (MOST_CHANGES + 1),
    ],
)
def test_what_is_no_list_of_changes_is_refused(sent):
    with pytest.raises(Malformed):
        read_changes(sent)


def test_what_a_page_reports_is_kept_as_evidence_and_has_an_end(sitting_and_lease):
    """peers 51"""
    sitting, lease = sitting_and_lease
    sent = [
        {"kind": "left", "ago": 20.5},
        {"kind": "returned", "ago": 3},
        {"kind": "voided", "ago": 0},
        {"kind": "left"},
        7,
    ]
    events = read_events(sent)
    assert events == [Event(Incident.Kind.LEFT, 20.5), Event(Incident.Kind.RETURNED, 3.0)]
    save_answers(lease, events=events, address="10.1.2.3")
    noted = sitting.incidents.exclude(kind="started").order_by("at")
    assert [(one.kind, one.address) for one in noted] == [("left", "10.1.2.3"), ("returned", "10.1.2.3")]
    for _ in range(MOST_INCIDENTS // 10):
        save_answers(lease, events=events * 10)
    assert sitting.incidents.count() == MOST_INCIDENTS
    sitting.refresh_from_db()
    assert sitting.state == "open"


def test_a_page_that_was_taken_over_learns_what_was_kept_of_its_posts(chen):
    sitting, first = sat_by(chen, single())
    save_answers(first, [Change(1, 1, "A")])
    take_over(sitting, by=chen, address=None)
    assert save_answers(first, [Change(1, 1, "A")]).seqs == {1: 1}
    assert not sitting.incidents.filter(kind="refused").exists()
