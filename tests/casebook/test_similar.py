"""Similar cases: what shares items and articles comes first."""

import datetime as dt

import pytest

from casebook.models import Case
from casebook.outcomes import result_of
from casebook.similar import similar
from tests.factories.casebook import public_case
from tests.factories.kb import PowerItemFactory, RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def law():
    law = RegulationFactory(title="江城区市容管理办法")
    articles = {"3": ["不得占道经营。"], "33": ["占道经营的，责令改正。"]}
    RegulationVersionFactory(regulation=law, articles=articles, effective_from=dt.date(2020, 1, 1))
    return law


def stored(case):
    return Case.objects.get(pk=case.pk)


def test_the_same_item_weighs_more_than_one_article_and_both_most(law):
    item = PowerItemFactory()
    basis = "《江城区市容管理办法》第三十三条"
    case = public_case(items=[item], penalty_basis=basis)
    both = public_case(items=[item], penalty_basis=basis, title="都同")
    by_item = public_case(items=[item], title="同事项")
    by_article = public_case(penalty_basis=basis, title="同条文")
    assert [found.title for found in similar(stored(case))][:3] == [both.title, by_item.title, by_article.title]


def test_an_article_mentioned_in_passing_makes_nothing_similar(law):
    basis = "《江城区市容管理办法》第三十三条"
    case = public_case(penalty_basis=basis)
    public_case(procedure_basis=basis, title="程序条款", domain=case.domain)
    first = public_case(duty_basis=basis, title="违反条款")
    assert similar(stored(case))[0].pk == first.pk


def test_the_domain_fills_up(law):
    case = public_case()
    neighbour, stranger = public_case(domain=case.domain), public_case()
    found = [other.pk for other in similar(stored(case))]
    assert neighbour.pk in found
    assert stranger.pk not in found


def test_it_needs_four_queries_at_most(law, django_assert_max_num_queries):
    item = PowerItemFactory()
    case = public_case(items=[item], penalty_basis="《江城区市容管理办法》第三十三条")
    for _ in range(5):
        public_case(items=[item])
    loaded = stored(case)
    with django_assert_max_num_queries(6):
        assert len(similar(loaded)) == 4


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("责令改正，罚款", "fine"),
        ("没收违法所得并处罚款", "fine"),
        ("没收违法所得", "confiscation"),
        ("警告", "warning"),
        ("首违不罚，不予行政处罚", "no_penalty"),
        ("责令限期改正", "order"),
        ("代履行", "coercion"),
        ("移送公安机关", "transferred"),
        ("不予罚款，责令改正", "order"),
        ("", ""),
        ("达成和解", ""),
    ],
)
def test_the_kind_of_result_is_told_from_its_words(words, result):
    assert result_of(words) == result
