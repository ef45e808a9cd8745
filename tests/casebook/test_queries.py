"""How many queries the pages cost: the same for one case as for many."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from casebook import actions
from tests.factories.casebook import public_case
from tests.factories.kb import DomainFactory, PowerItemFactory, RegulationFactory, RegulationVersionFactory
from tests.factories.people import UnitFactory

pytestmark = pytest.mark.django_db
LIST_BUDGET, DETAIL_BUDGET, ISSUE_BUDGET = 17, 27, 12


@pytest.fixture
def law():
    law = RegulationFactory(title="某某烟尘条例", slug="smoke")
    RegulationVersionFactory(
        regulation=law,
        effective_to=dt.date(2026, 8, 15),
        articles={str(n): ["甲款。", "乙款。"] for n in range(1, 6)},
    )
    return law


@pytest.fixture
def fill(law):
    domain, item, street = DomainFactory(), PowerItemFactory(), UnitFactory()

    def fill(count: int):
        basis = "\n".join(f"《某某烟尘条例》第{n}条第一款" for n in "一二三四五")
        return [
            public_case(domain=domain, street=street, items=[item], duty_basis=basis, penalty_basis=basis)
            for _ in range(count)
        ]

    return fill


@pytest.fixture
def queries_of(client, django_assert_max_num_queries):
    """Queries of one GET, caches warm as on a running site."""

    def count(url: str, budget: int) -> int:
        ContentType.objects.clear_cache()
        client.get(url)
        with django_assert_max_num_queries(budget) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count


def test_the_list_costs_the_same_for_two_cases_as_for_ten(fill, queries_of):
    url = reverse("casebook:cases")
    fill(2)
    few = queries_of(url, LIST_BUDGET)
    fill(8)
    assert queries_of(url, LIST_BUDGET) == few


def test_a_case_costs_the_same_with_more_cases_beside_it(fill, queries_of):
    case = fill(2)[0]
    few = queries_of(case.get_absolute_url(), DETAIL_BUDGET)
    fill(6)
    assert queries_of(case.get_absolute_url(), DETAIL_BUDGET) <= few + 1


def test_a_case_costs_the_same_with_ten_citations_as_with_two(fill, queries_of, law):
    many = fill(1)[0]
    few = public_case(duty_basis="《某某烟尘条例》第一条第一款", domain=many.domain, items=many.items.all())
    assert queries_of(many.get_absolute_url(), DETAIL_BUDGET) == queries_of(few.get_absolute_url(), DETAIL_BUDGET)


def test_an_edition_costs_the_same_for_two_cases_as_for_eight(fill, queries_of, member):
    cases = fill(2)
    issue = actions.compile_issue(2026, 3, cases, by=member("lin"))
    few = queries_of(issue.get_absolute_url(), ISSUE_BUDGET)
    longer = actions.compile_issue(2026, 4, cases + fill(6), by=member("lin"))
    assert queries_of(longer.get_absolute_url(), ISSUE_BUDGET) == few
