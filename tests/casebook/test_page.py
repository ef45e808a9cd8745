"""What a reader finds on the page of one case."""

import datetime as dt

import pytest

from casebook.models import IssueEntry
from casebook.pages import case_context, days_in_words, stages_in_words
from tests.factories.casebook import CaseFactory, IssueFactory, public_case, section
from tests.factories.kb import PowerItemFactory
from tests.factories.people import UnitFactory

pytestmark = pytest.mark.django_db


def page_of(client, case) -> str:
    return client.get(case.get_absolute_url()).content.decode()


def test_every_case_says_that_it_is_no_legal_basis(client):
    assert "仅供参照，不作为执法依据" in page_of(client, public_case())


@pytest.mark.parametrize(
    ("filed", "decided", "words"),
    [
        (dt.date(2026, 1, 5), dt.date(2026, 2, 3), "29 天（未超过行政处罚法第六十条规定的 90 日）"),
        (dt.date(2026, 1, 5), dt.date(2026, 4, 5), "90 天（未超过行政处罚法第六十条规定的 90 日）"),
        (dt.date(2026, 1, 5), dt.date(2026, 4, 6), "91 天（超过行政处罚法第六十条规定的 90 日）"),
        (dt.date(2026, 1, 5), dt.date(2026, 1, 5), "当场决定（未超过行政处罚法第六十条规定的 90 日）"),
        (None, dt.date(2026, 4, 6), ""),
    ],
)
def test_the_ninety_days_are_counted_from_filing_to_decision(filed, decided, words):
    assert days_in_words(CaseFactory.build(domain=None, filed_on=filed, decided_on=decided)) == words


def test_readers_see_months_not_days(client):
    page = page_of(client, public_case(filed_on=dt.date(2026, 3, 9), decided_on=dt.date(2026, 4, 17)))
    assert "2026年3月立案，4月决定" in page and "3月9日" not in page and "4月17日" not in page


def test_the_stages_are_told_by_month_with_the_year_where_it_changes():
    case = CaseFactory.build(
        domain=None,
        filed_on=dt.date(2025, 12, 1),
        informed_on=dt.date(2026, 1, 6),
        decided_on=dt.date(2026, 1, 22),
        performed_on=dt.date(2026, 2, 27),
        closed_on=dt.date(2026, 3, 12),
    )
    assert stages_in_words(case) == "2025年12月立案，2026年1月告知、决定，2月履行，3月结案"


def test_the_street_is_named_only_when_it_may_be(client):
    street = UnitFactory(name="望津街道办事处", short_name="望津街道")
    assert "望津街道" not in page_of(client, public_case(street=street))
    assert "望津街道" in page_of(client, public_case(street=street, street_shown=True))


def test_the_outline_lists_the_sections_in_their_order():
    case = CaseFactory(body=[section("facts", "一"), section("law", "二"), section("questions", "1. 三\n2. 四")])
    assert [entry["label"] for entry in case_context(case)["outline"]] == ["案件要素", "基本案情", "法律分析", "讨论题"]


def test_discussion_questions_are_a_numbered_list(client):
    page = page_of(client, public_case(body=[section("questions", "1. 能否减轻？\n2. 由谁管辖？")]))
    assert "<li>能否减轻？</li><li>由谁管辖？</li>" in page


def test_similar_cases_share_the_item_before_they_share_the_domain():
    item = PowerItemFactory()
    case = CaseFactory(domain=item.domain, items=[item])
    public_case(title="同领域", domain=item.domain)
    public_case(title="同事项", domain=item.domain, items=[item], decided_on=dt.date(2026, 3, 10))
    public_case(title="无关")
    assert [card["title"] for card in case_context(case)["similar"]] == ["同事项", "同领域"]


def test_the_page_names_the_edition_that_printed_the_case(client):
    case = public_case()
    issue = IssueFactory(year_no=2026, quarter_no=1)
    IssueEntry.objects.create(issue=issue, case=case)
    assert "刊于 2026Q1" in page_of(client, case)


def test_an_unknown_address_is_not_found(client):
    assert client.get("/cases/2099q1-01/").status_code == 404
