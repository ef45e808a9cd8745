"""The case library: facets that count what a click would give."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.urls import reverse

from casebook.library import Library
from casebook.models import Case
from tests.factories.casebook import CaseFactory, public_case
from tests.factories.kb import DomainFactory, PowerItemFactory, RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db


def titles(query: str) -> set[str]:
    return {case.title for case in Library(QueryDict(query)).cases()}


def counts(query: str, label: str) -> dict[str, int]:
    facet = next(facet for facet in Library(QueryDict(query)).facets() if facet["label"] == label)
    return {choice["label"]: choice["count"] for choice in facet["choices"]}


@pytest.fixture
def three():
    noise, smoke = DomainFactory(name="噪声", slug="noise"), DomainFactory(name="油烟", slug="smoke")
    public_case(title="甲", domain=noise, is_typical=True, kind=Case.Kind.PENALTY)
    public_case(title="乙", domain=noise, kind=Case.Kind.NO_PENALTY, procedure=Case.Procedure.SIMPLE)
    public_case(title="丙", domain=smoke, decided_on=dt.date(2025, 12, 1), filed_on=None, is_negative=True)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"甲", "乙", "丙"}),
        ("domain=noise", {"甲", "乙"}),
        ("kind=no_penalty", {"乙"}),
        ("procedure=simple", {"乙"}),
        ("tag=typical", {"甲"}),
        ("tag=negative", {"丙"}),
        ("year=2025", {"丙"}),
        ("domain=noise&tag=negative", set()),
        ("year=' or 1=1", set()),
        ("tag=password", set()),
        ("kind=nonsense", set()),
        ("law=nonsense", set()),
        ("item=unknown", set()),
        ("cites=unknown/9", set()),
    ],
)
def test_each_facet_narrows_the_list(three, query, expected):
    assert titles(query) == expected


def test_a_facet_counts_with_the_other_facets_applied(three):
    assert counts("domain=noise", "案件类型") == {"处罚": 1, "不予处罚": 1}
    assert counts("domain=noise", "领域") == {"噪声": 2, "油烟": 1}


def test_an_active_choice_leads_back(three):
    facet = next(f for f in Library(QueryDict("domain=noise&page=2")).facets() if f["label"] == "领域")
    active = next(choice for choice in facet["choices"] if choice["active"])
    assert active["label"] == "噪声" and active["url"] == "?"


def test_cases_on_changed_law_are_told_apart():
    law = RegulationFactory(title="某某旧条例", slug="old")
    RegulationVersionFactory(regulation=law, effective_to=dt.date(2026, 8, 15), articles={"9": ["旧。"]})
    public_case(title="旧", duty_basis="《某某旧条例》第九条")
    public_case(title="新")
    assert titles("law=changed") == {"旧"} and titles("law=current") == {"新"}
    assert counts("", "依据状态") == {"依据现行有效": 1, "依据已变更": 1}


def test_the_list_of_an_item_shows_its_cases():
    item = PowerItemFactory()
    public_case(title="此事项", items=[item])
    public_case(title="别的")
    CaseFactory(title="草稿", items=[item])
    assert titles(f"item={item.code}") == {"此事项"}


def test_the_list_of_an_article_shows_the_cases_that_cite_it():
    law = RegulationFactory(title="某某条例", slug="some-law")
    RegulationVersionFactory(regulation=law, articles={"9": ["一。"], "10": ["二。"]})
    public_case(title="九", duty_basis="《某某条例》第九条")
    public_case(title="十", duty_basis="《某某条例》第十条")
    assert titles("cites=some-law/9") == {"九"} and titles("cites=some-law") == {"九", "十"}


def test_an_empty_result_says_what_to_try(client, three):
    page = client.get(reverse("casebook:cases"), {"domain": "noise", "tag": "negative"}).content.decode()
    assert "没有符合条件的案例" in page and "清除全部筛选" in page


def test_the_list_is_paged(client):
    domain = DomainFactory()
    for _ in range(13):
        public_case(domain=domain)
    reply = client.get(reverse("casebook:cases"), {"page": "2"})
    assert len(reply.context["cards"]) == 1 and "共 13 条" in reply.content.decode()


def test_a_page_number_out_of_range_shows_the_last(client, three):
    assert client.get(reverse("casebook:cases"), {"page": "99"}).status_code == 200
