"""Cases on the pages of items, laws and provisions, and on the home page."""

import pytest

from casebook import actions, panels
from content.panels import rendered
from tests.factories.casebook import CaseFactory, public_case
from tests.factories.kb import PowerItemFactory, RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def law():
    law = RegulationFactory(title="某某条例", slug="some-law")
    RegulationVersionFactory(regulation=law, articles={"9": ["一。"]})
    return law


def shown(place: str, subject=None) -> str:
    return "".join(rendered(place, None, subject))


def test_an_items_page_shows_its_public_cases(client):
    item = PowerItemFactory()
    public_case(title="公开的案", items=[item])
    CaseFactory(title="草稿的案", items=[item])
    page = client.get(item.get_absolute_url()).content.decode()
    assert "公开的案" in page and "草稿的案" not in page


def test_an_item_without_cases_shows_no_empty_panel():
    assert panels.cases_of_item(None, PowerItemFactory()) == ""


def test_more_than_fit_leads_to_the_list():
    item = PowerItemFactory()
    for _ in range(panels.SHOWN + 1):
        public_case(items=[item], domain=item.domain)
    assert f"/cases/?item={item.code}" in panels.cases_of_item(None, item)


def test_a_laws_page_shows_the_cases_that_cite_it(law):
    public_case(title="引用它的案", duty_basis="《某某条例》第九条")
    public_case(title="不引用它的案")
    html = shown("law", law)
    assert "引用它的案" in html and "不引用它的案" not in html


def test_a_provisions_cited_by_lists_public_cases_only(client, law):
    public_case(title="公开的案", duty_basis="《某某条例》第九条")
    CaseFactory(title="草稿的案", duty_basis="《某某条例》第九条")
    page = client.get("/laws/some-law/9").content.decode()
    assert "公开的案" in page and "草稿的案" not in page


def test_the_home_page_shows_the_newest_edition(member):
    old, new = public_case(title="旧期的案"), public_case(title="新期的案")
    actions.compile_issue(2026, 2, [old], by=member("lin"))
    actions.compile_issue(2026, 3, [new], by=member("lin"))
    html = panels.newest_issue(None, None)
    assert "新期的案" in html and "旧期的案" not in html and "/cases/issues/2026Q3/" in html


def test_without_an_edition_the_home_page_shows_nothing_of_it():
    assert panels.newest_issue(None, None) == ""
