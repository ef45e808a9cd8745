"""The list of regulations: filters with counts, names of every kind, pages."""

import datetime as dt

import pytest

from kb.models import RegulationAlias
from kb.reading.catalogue import with_status
from tests.factories.kb import DomainFactory, RegulationFactory, RegulationVersionFactory
from tests.kb.law_pages import text_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


def law(title: str, level: str = "law", **version):
    regulation = RegulationFactory(title=title, level_code=level)
    RegulationVersionFactory(regulation=regulation, **version)
    return regulation


def titles(response) -> list[str]:
    return [card["title"] for card in response.context["catalogue"].page.object_list]


@pytest.fixture
def shelf():
    law("中华人民共和国行政处罚法")
    law("市容环境卫生管理条例", "admin_regulation", has_text=False)
    law("旧办法", "department_rule", effective_to=dt.date(2024, 1, 1))
    law("将来法", effective_from=dt.date(2999, 1, 1))
    law("待核规定", "normative", effective_from=None)


def test_laws_come_by_authority_then_by_title(client, shelf):
    assert titles(client.get("/laws/")) == [
        "中华人民共和国行政处罚法",
        "将来法",
        "市容环境卫生管理条例",
        "旧办法",
        "待核规定",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"level": "normative"}, ["待核规定"]),
        ({"status": "repealed"}, ["旧办法"]),
        ({"status": "pending"}, ["将来法"]),
        ({"status": "unverified"}, ["待核规定"]),
        ({"text": "no"}, ["市容环境卫生管理条例"]),
        ({"q": "处罚"}, ["中华人民共和国行政处罚法"]),
        ({"q": "市容 条例"}, ["市容环境卫生管理条例"]),
        ({"q": "没有这种法"}, []),
        ({"level": "nonsense"}, []),
    ],
)
def test_filters_narrow_the_list(client, shelf, query, found):
    response = client.get("/laws/", query)
    assert titles(response) == found
    if not found:
        assert "没有符合条件的法规" in text_of(response)


def test_the_status_in_the_list_is_the_status_of_the_page(shelf):
    from kb.models import Regulation

    listed = {r.title: r.status_code for r in with_status(Regulation.objects.all(), TODAY)}
    assert listed == {r.title: r.status(TODAY).value for r in Regulation.objects.all()}


def test_an_alias_and_a_document_number_find_the_law(client, shelf):
    regulation = RegulationFactory(title="某某意见", doc_number="江政规〔2026〕3号")
    RegulationVersionFactory(regulation=regulation)
    RegulationAlias.objects.create(regulation=regulation, name="两轻两免意见")
    assert titles(client.get("/laws/", {"q": "两轻两免"})) == ["某某意见"]
    assert titles(client.get("/laws/", {"q": "2026 3号"})) == ["某某意见"]


def test_a_count_says_what_a_click_gives(client, shelf):
    facets = {
        f.label: {c.label: c for c in f.choices} for f in client.get("/laws/?text=yes").context["catalogue"].facets
    }
    choice = facets["效力级别"]["法律"]
    assert len(titles(client.get("/laws/" + choice.url))) == choice.count == 2


def test_an_active_choice_takes_itself_away(client, shelf):
    facets = client.get("/laws/?level=law").context["catalogue"].facets
    active = next(c for f in facets for c in f.choices if c.active)
    assert len(titles(client.get("/laws/" + active.url))) == 5


def test_domains_are_offered_only_where_there_are_any(client, shelf):
    assert "领域" not in [f.label for f in client.get("/laws/").context["catalogue"].facets]
    RegulationFactory(title="有领域的法", domain=DomainFactory(name="市容环境", slug="shirong"))
    assert titles(client.get("/laws/?domain=shirong")) == ["有领域的法"]


def test_the_list_has_pages_and_costs_the_same_for_any_length(client, django_assert_max_num_queries):
    for n in range(70):
        law(f"第{n:02d}号办法", articles={"1": ["甲。"]})
    with django_assert_max_num_queries(12):
        response = client.get("/laws/?page=2")
    assert len(titles(response)) == 30
    assert response.context["catalogue"].page.paginator.num_pages == 3
    assert len(titles(client.get("/laws/?page=99"))) == 10
