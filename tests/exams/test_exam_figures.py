"""The figures of an exam: of a common paper as Moodle takes them, of random ones among those who had the item."""

import random
from decimal import Decimal

import pytest

from exams.content import Content, Kind, Part
from exams.documents import read_markup
from exams.results.figures import exam_figures
from exams.results.responses import NOT_ANSWERED, Answer, responses, untaken
from exams.results.scoring import score_exam
from exams.results.verdicts import verdicts
from exams.statistics import figures, item_figures, random_papers
from tests.factories.exams import ExamFactory, QuestionFactory, judge, multiple, single
from tests.factories.people import OfficerFactory
from tests.factories.results import fixed, sat

KEY = "B"


@pytest.fixture
def exam(db):
    return ExamFactory(paper__pass_marks=1)


def questions(count: int) -> list:
    return [QuestionFactory(content=single(f"第{n}题", key=KEY)) for n in range(count)]


def answered(chance: random.Random, count: int) -> list[str]:
    return [chance.choice("BBA") for _ in range(count)]


def test_a_common_paper_has_the_figures_of_its_matrix(exam):
    asked, chance = questions(4), random.Random(6)
    given = [answered(chance, 4) for _ in range(7)]
    for answers in given:
        sat(exam, asked, answers, marks=2)
    score_exam(exam)
    found = exam_figures(exam)
    expected = figures([[2.0 * (answer == KEY) for answer in answers] for answers in given], [2.0] * 4)
    assert not found.is_random
    assert found.paper == expected.paper
    assert tuple(item.figures for item in found.items) == expected.items


def test_an_item_of_random_papers_is_compared_among_those_who_had_it(exam):
    asked, chance = questions(5), random.Random(2)
    papers = [chance.sample(range(5), 3) for _ in range(9)]
    given = [answered(chance, 3) for _ in papers]
    for paper, answers in zip(papers, given, strict=True):
        sat(exam, [asked[n] for n in paper], answers)
    score_exam(exam)
    found = exam_figures(exam)
    assert found.is_random
    marks = [
        {n: float(a == KEY) for n, a in zip(paper, answers, strict=True)}
        for paper, answers in zip(papers, given, strict=True)
    ]
    for item, number in zip(found.items, range(5), strict=True):
        mine = [row for row in marks if number in row]
        assert item.figures == item_figures([row[number] for row in mine], 1.0, [sum(row.values()) for row in mine])
    assert found.paper == random_papers([[list(row.values())] for row in marks])


def test_dropped_items_unmarked_sittings_and_second_attempts_are_left_out(exam):
    asked = questions(2)
    short = QuestionFactory(content=Content(Kind.SHORT, (Part(Kind.SHORT, "简述", key="略"),)))
    officer = OfficerFactory()
    for answers in (["B", "A"], ["B", "B"]):
        sat(exam, asked, answers, officer=officer)
    waiting = OfficerFactory()
    sat(exam, [short], ["写了"], officer=waiting)
    sat(exam, asked, ["A", "A"], officer=waiting)
    sat(exam, asked, ["A", "B"])
    fixed(exam, asked[0], "drop")
    score_exam(exam)
    found = exam_figures(exam)
    assert [total.score for total in found.totals] == [0, 1]
    assert (found.left_out, found.dropped, len(found.items)) == (1, 1, 1)
    assert found.pass_rate == 50


def test_an_exam_without_sittings_has_no_figures_and_no_error(exam):
    found = exam_figures(exam)
    assert (found.paper.count, found.items, found.pass_rate) == (0, [], None)


def test_the_number_of_queries_does_not_grow(exam, django_assert_max_num_queries):
    asked = questions(3)
    for n in range(12):
        sat(exam, asked, ["B", "A", "B"][n % 3 :] + ["B", "A", "B"][: n % 3])
    score_exam(exam)
    with django_assert_max_num_queries(6):
        exam_figures(exam)


def answers(*texts: str) -> list[Answer]:
    return [Answer(text, 10.0 * n) for n, text in enumerate(texts)]


def test_options_are_counted_with_the_mean_of_those_who_chose_them():
    rows = responses(single(key="B").parts[0], answers("B", "A", "B", ""))
    assert [(row.label, row.count, row.mean_total) for row in rows] == [
        ("A", 1, 10.0),
        ("B", 2, 10.0),
        ("C", 0, None),
        ("D", 0, None),
        ("", 1, 30.0),
    ]
    assert rows[-1].text == NOT_ANSWERED and [row.is_right for row in rows] == [False, True, False, False, False]
    assert untaken(rows) == ["C", "D"]


def test_each_kind_has_its_choices():
    many = responses(multiple(key="ACD").parts[0], answers("AC", "ACD", "B"))
    assert [(row.label, row.count) for row in many] == [("A", 2), ("B", 1), ("C", 2), ("D", 1)]
    said = responses(judge(key="F").parts[0], answers("T", "F", "F"))
    assert [(row.label, row.count, row.is_right) for row in said] == [("对", 1, False), ("错", 2, True)]
    blank = Part(Kind.FILL, "（____）内", blanks=(("五日", "5日"),))
    words = responses(blank, answers('["五日"]', '["5 日"]', '["三日"]', '["五日"]'))
    assert [(row.text, row.count, row.is_right) for row in words] == [
        ("五日", 2, True),
        ("5 日", 1, True),
        ("三日", 1, False),
    ]
    document = Part(Kind.DOCUMENT, "找错", segments=read_markup("限{三十日=>十五日}内缴纳。逾期加处罚款。可以复议。"))
    sentences = responses(document, answers("1", "1,2", ""))
    assert [(row.label, row.count, row.is_right) for row in sentences] == [
        ("第 1 句", 2, True),
        ("第 2 句", 1, False),
        ("", 1, False),
    ]
    assert responses(Part(Kind.SHORT, "简述"), answers("写了")) == []


def about(column: list[float], totals: list[float], *texts: str) -> list[str]:
    rows = responses(single(key="B").parts[0], answers(*texts)) if texts else []
    return [one.words for one in verdicts(item_figures(column, 1.0, totals), rows)]


RISING = [float(n) for n in range(20)]


def test_items_are_flagged_in_words():
    assert about([1.0] * 20, RISING) == ["太易"]
    assert about([0.0] * 17 + [1.0] * 3, RISING) == ["太难"]
    assert about([1.0] * 10 + [0.0] * 10, RISING) == ["区分度为负，请检查答案"]
    assert about([0.0, 1.0] * 10, RISING) == ["区分度低"]
    assert about([0.0] * 8 + [1.0] * 12, RISING) == []


def test_a_favourite_that_is_not_the_key_points_to_the_key_first():
    said = about([0.0] * 17 + [1.0] * 3, RISING, *["C"] * 17, *["B"] * 3)
    assert said == ["选“C”的多于选答案的，请检查答案", "太难", "无人选择：A、D"]


def test_nothing_is_said_of_few_candidates():
    """Peers 39: figures of a handful are chance."""
    assert about([0.0, 1.0], [1.0, 2.0]) == []


def test_a_new_key_is_the_one_that_answers_are_compared_with(exam):
    (question,) = questions(1)
    for n in range(3):
        sat(exam, [question], ["C" if n else "B"])
    fixed(exam, question, "new_key", "C")
    score_exam(exam)
    (item,) = exam_figures(exam).items
    assert [row.label for row in item.responses if row.is_right] == ["C"]
    assert item.figures.facility == pytest.approx(2 / 3) and item.fix and item.full_marks == Decimal(1)
