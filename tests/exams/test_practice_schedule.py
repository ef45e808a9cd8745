"""When a question comes back: FSRS's own vectors, and the rule of the wrong-answer book."""

import datetime as dt
import json
from pathlib import Path

import pytest
from fsrs import Card, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from exams.practice.schedule import DAILY, LONGEST_DAYS, Book, Recall, after_answer, days_ahead, reviewed

GOLDEN = json.loads((Path(__file__).parent / "data" / "fsrs_golden.json").read_text(encoding="utf-8"))
CASES = {case["name"]: case for case in GOLDEN["cases"]}
START = dt.datetime.fromisoformat(GOLDEN["start"].replace("Z", "+00:00"))
# the vectors were made with the library's own steps of minutes
AS_PUBLISHED = Scheduler(enable_fuzzing=GOLDEN["enable_fuzzing"])
RECALL = {"Again": Recall.FORGOTTEN, "Hard": Recall.BARELY, "Good": Recall.REMEMBERED, "Easy": Recall.EASILY}
moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 1, 1)).map(lambda at: at.replace(tzinfo=dt.UTC))
recalls = st.sampled_from(list(Recall))


def test_the_published_intervals_come_out():
    case, card, at, days = CASES["test_review_card"], "", START, []
    for rating in case["ratings"]:
        after = reviewed(card, RECALL[rating], at, scheduler=AS_PUBLISHED)
        days.append((after.due_at - at).days)
        card, at = after.card, after.due_at
    assert days == case["interval_days"]


@pytest.mark.parametrize("scheduler", [AS_PUBLISHED, DAILY])
def test_the_published_memory_comes_out_with_and_without_steps(scheduler):
    case, card, at = CASES["test_memo_state"], "", START
    for rating, days in zip(case["ratings"], case["days_before_each_review"], strict=True):
        at += dt.timedelta(days=days)
        card = reviewed(card, RECALL[rating], at, scheduler=scheduler).card
    memory = Card.from_json(card)
    assert memory.stability == pytest.approx(case["stability"], abs=case["abs_tol"])
    assert memory.difficulty == pytest.approx(case["difficulty"], abs=case["abs_tol"])


@pytest.mark.parametrize("scheduler", [AS_PUBLISHED, DAILY])
def test_what_is_always_easy_reaches_the_lowest_difficulty(scheduler):
    case, card, at = CASES["test_repeated_correct_reviews"], "", START
    for n, rating in enumerate(case["ratings"]):
        card = reviewed(card, RECALL[rating], at + dt.timedelta(microseconds=n), scheduler=scheduler).card
    assert Card.from_json(card).difficulty == case["difficulty"]


@given(st.lists(st.tuples(recalls, st.integers(0, 400)), min_size=1, max_size=12), moments)
def test_nothing_is_due_in_the_past_or_later_than_in_a_year(answers, at):
    card = ""
    for recall, days_later in answers:
        at += dt.timedelta(days=days_later)
        after = reviewed(card, recall, at)
        assert at + dt.timedelta(days=1) <= after.due_at <= at + dt.timedelta(days=LONGEST_DAYS)
        assert after == reviewed(card, recall, at), "the same answers give the same days"
        card = after.card


@given(st.lists(recalls, max_size=5), moments)
def test_the_better_it_was_remembered_the_later_it_comes_back(answers, at):
    card = ""
    for recall in answers:
        after = reviewed(card, recall, at)
        card, at = after.card, after.due_at
    days = days_ahead(card, at)
    assert [days[recall] for recall in Recall] == sorted(days.values())


def test_a_wrong_answer_comes_back_tomorrow():
    assert days_ahead("", START)[Recall.FORGOTTEN] == 1


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        reviewed("", Recall.REMEMBERED, dt.datetime(2026, 11, 30))


@given(st.lists(st.booleans(), max_size=30), st.integers(1, 4))
def test_the_book_takes_what_was_wrong_and_gives_it_up_after_so_many_right_answers_in_a_row(answers, needed):
    book = Book()
    for is_right in answers:
        book = after_answer(book, is_right, needed)
    since = len(answers) - 1 - max((n for n, is_right in enumerate(answers) if not is_right), default=len(answers))
    was_ever_wrong = False in answers
    assert book.is_in == (was_ever_wrong and since < needed)
    assert book.wrongs == answers.count(False)
