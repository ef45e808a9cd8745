"""Cells with overlapping pools are filled whenever they can be, with the questions that are preferred."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from exams.papers.assignment import Assignment, most_placed

CELLS = 3
fits = st.lists(st.sets(st.integers(0, CELLS - 1), min_size=1).map(lambda s: tuple(sorted(s))), max_size=7)
sizes = st.lists(st.integers(0, 3), min_size=CELLS, max_size=CELLS)


def fillings(room, questions):
    """Every way of putting each question into one of its cells or nowhere, as the set of those placed."""
    for places in product(*[(None, *fit) for fit in questions]):
        if all(places.count(cell) <= size for cell, size in enumerate(room)):
            yield {number for number, place in enumerate(places) if place is not None}


def offered(room, questions):
    assignment = Assignment(room)
    return assignment, {number for number, fit in enumerate(questions) if assignment.add(fit)}


@given(sizes, fits)
def test_no_filling_holds_more(room, questions):
    assignment, placed = offered(room, questions)
    assert len(placed) == max(len(filling) for filling in fillings(room, questions))
    assert assignment.missing == sum(room) - len(placed)


@given(sizes, fits)
def test_of_the_fullest_fillings_it_holds_the_first_questions(room, questions):
    _, placed = offered(room, questions)
    fullest = [filling for filling in fillings(room, questions) if len(filling) == len(placed)]
    assert sorted(placed) == min(sorted(filling) for filling in fullest)


@given(sizes, fits)
def test_each_question_is_in_one_of_its_own_cells(room, questions):
    assignment, placed = offered(room, questions)
    held = [(cell, fit) for cell, inside in enumerate(assignment.held) for fit, n in inside.items() for _ in range(n)]
    assert all(cell in fit for cell, fit in held)
    assert sorted(fit for _, fit in held) == sorted(questions[number] for number in placed)
    assert [sum(inside.values()) for inside in assignment.held] == [
        size - left for size, left in zip(room, assignment.room, strict=True)
    ]


@given(sizes, fits)
def test_many_at_once_are_as_many_as_one_by_one(room, questions):
    counted = {fit: questions.count(fit) for fit in questions}
    assert most_placed(room, counted.items()) == len(offered(room, questions)[1])


@given(sizes, fits)
def test_the_competing_cells_account_for_what_is_missing(room, questions):
    """Hall: they hold everything that fits into any of them, and still have room."""
    assignment, _ = offered(room, questions)
    for cell in assignment.short_cells():
        together = assignment.competing(cell)
        theirs = [fit for fit in questions if together & set(fit)]
        left = sum(assignment.room[one] for one in together)
        assert sum(room[one] for one in together) - len(theirs) == left > 0


def test_a_chain_of_moves_makes_room():
    assignment = Assignment([1, 1, 1])
    assert [assignment.add(fit) for fit in [(0, 1), (1, 2), (1, 0), (0,)]] == [1, 1, 1, 0]
    assert assignment.is_full
