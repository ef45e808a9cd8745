"""The home page shows the domains in the district's order and what has changed of late."""

import datetime as dt

import pytest
from django.utils import timezone

from kb import home
from kb.models import AdjustmentBatch, RegulationRelation
from tests.factories.kb import DomainFactory, PowerItemFactory, RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db


def days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def test_eight_domains_in_the_districts_order_with_their_counts():
    for at in range(10):
        domain = DomainFactory(name=f"领域{chr(0x4E00 + at)}", slug=f"d{at}", sort_order=10 - at)
        PowerItemFactory.create_batch(at + 1, domain=domain)
    html = home.domain_tiles(None, None)
    assert html.count("?domain=") == 8
    assert html.index("?domain=d9") < html.index("?domain=d2")
    assert "全部 10 个领域 55 项" in html


def test_a_domain_without_items_is_no_tile():
    DomainFactory(name="空领域")
    assert home.domain_tiles(None, None) == ""


def test_a_coming_law_is_listed_first_and_says_so():
    RegulationVersionFactory(regulation__title="旧办法", effective_from=days_ago(30))
    RegulationVersionFactory(regulation__title="新办法", effective_from=days_ago(-30))
    html = home.changed_laws(None, None)
    assert html.index("新办法") < html.index("旧办法")
    assert html.count("尚未施行") == 1


def test_a_code_says_how_many_laws_it_took_the_place_of():
    code = RegulationVersionFactory(regulation__title="法典", effective_from=days_ago(30)).regulation
    for _ in range(3):
        RegulationRelation.objects.create(from_regulation=code, to_regulation=RegulationFactory(), kind="repeals")
    assert "取代 3 部旧法" in home.changed_laws(None, None)


def test_only_what_changed_within_half_a_year_is_news():
    RegulationVersionFactory(regulation__title="老办法", effective_from=days_ago(400))
    assert home.latest_law(None, None) == ""
    RegulationVersionFactory(regulation__title="新办法", effective_from=days_ago(3))
    assert "《新办法》" in home.latest_law(None, None)


def test_the_newest_batch_links_to_the_difference_it_made():
    day = days_ago(10)
    AdjustmentBatch.objects.create(doc_number="江城政发〔2026〕11号", decided_on=day, kind="take_back")
    html = home.latest_batch(None, None)
    assert "事项收回 江城政发〔2026〕11号" in html
    assert f"to={day}" in html


def test_items_to_be_checked_are_counted():
    PowerItemFactory(needs_review=True)
    PowerItemFactory(needs_review=False)
    assert "1 项事项待核" in home.waiting_for_review(None, None)


def test_the_panels_of_a_full_site_cost_few_queries(django_assert_max_num_queries):
    PowerItemFactory.create_batch(5)
    for at in range(8):
        RegulationVersionFactory(effective_from=days_ago(at))
    with django_assert_max_num_queries(6):
        for panel in (home.domain_tiles, home.changed_laws, home.latest_law, home.latest_batch):
            panel(None, None)
