"""Questions are drawn by plan: as many as asked for, none twice, least used first, the same for the same seed."""

from collections import Counter
from decimal import Decimal

import pytest

from exams.bank.law_watch import ensure_checked
from exams.models import PaperForm, PaperItem, Question
from exams.papers.drawing import Drawer, draw
from exams.papers.plan import CellSpec
from exams.papers.shortage import NotEnoughQuestions
from tests.factories.exams import QuestionVersionFactory, RegistrationFactory, single
from tests.factories.kb import RegulationFactory
from tests.factories.papers import domain, paper_of, section, stock, twin_of

pytestmark = pytest.mark.django_db

HALF = Decimal(50)


def ids(drawn) -> set[int]:
    return {one.question_id for one in drawn}


def used_in_a_form(questions) -> None:
    form = PaperForm.objects.create(paper=paper_of(), label="A", seed=1)
    PaperItem.objects.bulk_create(
        PaperItem(form=form, section_no=1, order_no=n, question=question, version=question.current)
        for n, question in enumerate(questions, 1)
    )


def sat(questions, times: int = 1) -> None:
    """The questions stood in so many sittings of one exam."""
    registration = RegistrationFactory()
    for attempt in range(1, times + 1):
        sitting = registration.sittings.create(attempt_no=attempt, seed=attempt)
        for n, question in enumerate(questions, 1):
            sitting.items.create(
                order_no=n,
                section_no=1,
                question=question,
                version=question.current,
                kind=question.kind,
                rule="all",
                full_marks=1,
            )


def test_the_same_seed_gives_the_same_paper_and_another_seed_another():
    stock(40)
    paper = paper_of(section(10))
    assert draw(paper, 7) == draw(paper, 7)
    assert draw(paper, 7) != draw(paper, 8)


def test_places_are_counted_through_the_paper_and_versions_are_those_in_use():
    questions = stock(6) + stock(4, "judge")
    drawn = draw(paper_of(section(5), section(3, kind="judge")), 1)
    assert [(one.section_no, one.order_no) for one in drawn] == [(1, n) for n in range(1, 6)] + [
        (2, n) for n in range(6, 9)
    ]
    current = {question.pk: question.current_id for question in questions}
    assert all(one.version_id == current[one.question_id] for one in drawn)


def test_cells_get_their_quotas():
    law = RegulationFactory()
    stock(20, law=law, difficulty=1)
    stock(20, domain_name="燃气", difficulty=4)
    stock(20, difficulty=2)
    cells = (
        CellSpec(Decimal(40), regulation=law),
        CellSpec(Decimal(30), domain=domain("通用程序"), excludes_domain=True, hardest=4),
        CellSpec(Decimal(30), domain=domain("通用程序"), easiest=2, hardest=2),
    )
    drawn = draw(paper_of(section(10, *cells)), 3)
    levels = Counter(Question.objects.filter(pk__in=ids(drawn)).values_list("difficulty", flat=True))
    assert levels == {1: 4, 4: 3, 2: 3}


def test_no_question_stands_twice_where_cells_and_sections_overlap():
    """Complaints 30 and 26: overlapping pools gave the same question twice, or fewer questions than planned."""
    law = RegulationFactory()
    stock(4, law=law, domain_name="燃气")
    stock(3, domain_name="燃气")
    stock(3, law=law)
    gas = CellSpec(HALF, domain=domain("燃气"))
    paper = paper_of(section(6, gas, CellSpec(HALF, regulation=law)), section(4))
    for seed in range(20):
        assert len(ids(draw(paper, seed))) == 10


def test_a_filling_is_found_whenever_there_is_one():
    stock(1, difficulty=1)
    stock(1, difficulty=2)
    narrow, wide = CellSpec(HALF, easiest=1, hardest=1), CellSpec(HALF, easiest=1, hardest=2)
    paper = paper_of(section(2, wide, narrow))
    assert all(len(draw(paper, seed)) == 2 for seed in range(20))


def test_same_stems_count_as_one_question():
    """Complaint 30: duplicate records."""
    (first,) = stock(1)
    twin = twin_of(first, domain_name="燃气")
    stock(2)
    for seed in range(10):
        assert len({first.pk, twin.pk} & ids(draw(paper_of(section(3)), seed))) == 1
    with pytest.raises(NotEnoughQuestions):
        draw(paper_of(section(4)), 1)


def test_of_two_with_the_same_stem_the_cell_takes_the_one_that_suits_it():
    (first,) = stock(1)
    twin = twin_of(first, domain_name="燃气")
    assert ids(draw(paper_of(section(1, CellSpec(domain=domain("燃气")))), 1)) == {twin.pk}


def test_only_what_is_reviewed_is_drawn_in_its_reviewed_version():
    """Complaint 32: draft versions were offered and used."""
    (used,) = stock(1)
    for status in (Question.Status.DRAFT, Question.Status.NEEDS_REVIEW, Question.Status.STOPPED):
        stock(1, status=status)
    QuestionVersionFactory(question=used, version_no=2, content=single("改写中的题干"))
    (drawn,) = draw(paper_of(section(1)), 1)
    assert (drawn.question_id, drawn.version_id) == (used.pk, used.current_id)


def test_the_least_used_come_first():
    printed, examined, fresh = stock(5), stock(5), stock(5)
    used_in_a_form(printed)
    used_in_a_form(printed)
    sat(examined, times=3)
    assert ids(draw(paper_of(section(5)), 1)) == {question.pk for question in fresh}
    assert ids(draw(paper_of(section(10)), 1)) == {question.pk for question in fresh + examined}


def test_a_question_used_more_often_is_taken_when_the_cell_needs_it():
    easy, hard = stock(2, difficulty=1), stock(4, difficulty=5)
    used_in_a_form(easy)
    paper = paper_of(section(4, CellSpec(HALF, hardest=2), CellSpec(HALF)))
    assert {question.pk for question in easy} < ids(draw(paper, 1))
    assert len(ids(draw(paper, 1)) & {question.pk for question in hard}) == 2


def test_a_second_attempt_avoids_what_was_seen_where_it_can():
    """Complaint 31: a retry showed the questions already seen."""
    stock(15)
    drawer = Drawer(paper_of(section(10)))
    first = drawer.draw(1)
    second = drawer.draw(2, seen=ids(first))
    assert len(ids(second)) == 10
    assert len(ids(first) & ids(second)) == 5


def test_what_was_seen_is_known_by_its_stem():
    (seen,) = stock(1)
    twin_of(seen)
    (other,) = stock(1)
    assert all(ids(draw(paper_of(section(1)), seed, seen={seen.pk})) == {other.pk} for seed in range(10))


def test_papers_of_one_exam_spread_over_the_bank():
    questions = stock(60)
    drawer = Drawer(paper_of(section(10)))
    given = Counter(one.question_id for seed in range(30) for one in drawer.take(seed))
    assert set(given) == {question.pk for question in questions}
    assert set(given.values()) == {5}


def test_drawing_alone_changes_nothing():
    stock(30)
    drawer = Drawer(paper_of(section(10)))
    first = drawer.draw(1)
    drawer.draw(2)
    assert drawer.draw(1) == first


def test_too_few_questions_are_named_by_their_cell():
    stock(5, "multiple", difficulty=4)
    stock(9, "multiple", difficulty=1)
    paper = paper_of(section(8, CellSpec(easiest=3), kind="multiple", title="多选题"))
    with pytest.raises(NotEnoughQuestions, match="大题一 多选题 / 难度 3-5：需要 8 题，可用 5 题"):
        draw(paper, 1)


def test_the_bank_is_loaded_once(django_assert_num_queries):
    law = RegulationFactory()
    stock(30, law=law)
    paper = paper_of(section(10, CellSpec(regulation=law)))
    # has the law moved since the last look; sections and cells; questions and their laws; usage in forms and in exams
    ensure_checked()
    with django_assert_num_queries(9):
        drawer = Drawer(paper)
    with django_assert_num_queries(0):
        [drawer.take(seed) for seed in range(50)]
