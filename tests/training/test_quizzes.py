"""小测: marked by what the paper asks, whatever a page posts."""

import pytest
from django.http import QueryDict

from exams.models import PaperItem
from exams.sittings.answers import BadAnswer
from tests.factories.exams import PaperFactory, PaperSectionFactory, QuestionFactory, judge
from training.quizzes import marked, quiz_of


@pytest.fixture
def quiz(db):
    """Two questions of one mark each; both are needed."""
    paper = PaperFactory(pass_marks=2)
    PaperSectionFactory(paper=paper, section_no=1, kind="judge", count=2, marks_each=1)
    form = paper.forms.create(label="A", seed=1)
    for number in (1, 2):
        question = QuestionFactory(content=judge(f"第{number}题", key="T"), reviewed=True)
        PaperItem.objects.create(form=form, section_no=1, order_no=number, question=question, version=question.current)
    return quiz_of(paper)


@pytest.mark.parametrize(("posted", "score"), [("a1=T&a2=T", 2), ("a1=T", 1), ("a1=T&a9=T", 1), ("", 0)])
def test_what_is_left_out_counts_towards_the_total(quiz, posted, score):
    """peers 55: where only what is posted is marked, one right answer is all of it."""
    result = marked(quiz, QueryDict(posted))
    assert (result.score, result.total, result.passed) == (score, 2, score == 2)


def test_one_question_posted_twice_is_refused(quiz):
    """peers 55: marks beyond the total."""
    with pytest.raises(BadAnswer):
        marked(quiz, QueryDict("a1=T&a1=T"))
