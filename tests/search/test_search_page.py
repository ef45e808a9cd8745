"""The page an officer sees: groups, facets, highlights, the answer, and what happens when things fail."""

import pytest

from kb.models import PowerItem, RegulationAlias
from search import outbox
from search.engines import get_engine
from search.engines.base import EngineUnavailable
from search.models import Synonym
from tests.factories.kb import PowerItemFactory, RegulationFactory, RegulationVersionFactory

MOST_QUERIES = 16
LARGEST_PAGE = 120_000


@pytest.fixture
def site(db):
    """One law of three articles, two items, two terms of the trade and none of those shipped."""
    Synonym.objects.all().delete()
    law = RegulationVersionFactory(
        regulation__title="中华人民共和国江城处罚法",
        regulation__slug="jccff",
        articles={
            "1": ["为了规范江城的处罚，制定本法。"],
            "33": ["违法行为轻微并及时改正的，不予处罚。", "初次违法的，可以不予处罚。"],
            "63": ["当事人要求听证的，应当组织听证。"],
        },
    )
    RegulationAlias.objects.create(regulation=law.regulation, name="处罚法")
    PowerItemFactory(
        name="对擅自占用城市道路摆摊经营（占道经营）的处罚",
        code="420102C01CF01700",
        domain__name="市容环境",
        domain__slug="sr",
        department__name="区城管局",
        needs_review=True,
    )
    PowerItemFactory(name="对擅自挖掘城市道路的处罚", domain__name="市政道路", domain__slug="sz")
    Synonym.objects.create(colloquial="练摊", statutory="摆摊经营", relation="UP")
    Synonym.objects.create(
        colloquial="乱停车", statutory="机动车违法停放", relation="WARN", note="机动车道违停属公安交管"
    )
    outbox.rebuild()
    return law


@pytest.fixture
def page(client, site):
    def get(query, **more):
        response = client.get("/search/", {"q": query, **more})
        assert response.status_code == 200
        return response.content.decode()

    return get


def test_an_item_is_found_by_what_officers_call_it(page):
    shown = page("练摊")
    assert "/items/420102C01CF01700/" in shown
    assert "<mark>摆摊经营</mark>" in shown


def test_hits_stand_in_groups_with_totals(page):
    shown = page("处罚")
    assert 'class="section__title panel__title"><span>事项 <span class="muted num">2</span>' in shown
    assert "条文 <span" in shown


def test_a_chosen_kind_leaves_the_others(page):
    shown = page("处罚", kind="item")
    assert "/items/420102C01CF01700/" in shown
    assert "/laws/jccff/33" not in shown


def test_facets_narrow_and_can_be_lifted(page):
    shown = page("城市道路", domain="市容环境")
    assert "420102C01CF01700" in shown
    assert "擅自挖掘" not in shown
    assert "取消筛选：市容环境" in shown


def test_what_still_waits_for_a_check_says_so(page):
    assert "待核" in page("占道经营")


@pytest.mark.parametrize("citation", ["处罚法33条", "处罚法33", "《江城处罚法》第三十三条", "江城處罰法第３３條"])
def test_a_citation_goes_straight_to_the_provision_and_says_so(client, site, citation):
    response = client.get("/search/", {"q": citation})
    assert response.status_code == 302
    assert response.url.startswith("/laws/jccff/33")
    (said,) = list(response.wsgi_request._messages)
    assert "已按引文直达《中华人民共和国江城处罚法》第三十三条" in str(said)


def test_a_citation_may_stay_on_the_results(page):
    shown = page("处罚法33条", stay="1")
    assert "search-answer" in shown
    assert "违法行为轻微并及时改正的" in shown


def test_words_after_a_citation_search_inside_that_law(page):
    shown = page("处罚法33条 听证")
    assert "/laws/jccff/63" in shown
    assert "/items/" not in shown.partition("<main")[2].partition("</main")[0]


def test_an_article_that_is_not_there_is_said_not_to_be(page):
    assert "没有这一条" in page("处罚法99条")


def test_a_law_named_alone_is_the_answer(page):
    shown = page("处罚法")
    assert "search-answer" in shown
    assert 'href="/laws/jccff/"' in shown


def test_a_power_that_is_not_the_streets_shows_whose_it_is(page):
    assert "机动车道违停属公安交管" in page("乱停车")


def test_nothing_found_says_what_to_try(page):
    shown = page("量子纠缠")
    assert "没有找到“量子纠缠”" in shown
    assert "处罚法33条" in shown


def test_an_empty_box_shows_how_to_ask(page):
    assert "想查什么" in page("")


def test_what_was_typed_is_shown_as_text(page):
    assert "<script>alert" not in page("<script>alert(1)</script>")


def test_a_page_beyond_the_last_leads_back_to_the_first(client, site):
    response = client.get("/search/", {"q": "处罚", "kind": "item", "page": "7"})
    assert response.status_code == 302
    assert "page" not in response.url


@pytest.mark.parametrize("more", [{"page": "x"}, {"page": "0"}, {"page": "99999"}, {"kind": "nonsense"}, {"on": "x"}])
def test_a_twisted_address_is_no_error(page, more):
    page("处罚", **more)


def test_results_come_in_pages(page, site):
    for number in range(25):
        PowerItemFactory(
            name=f"对第{number}种摆摊行为的处罚", domain=site.regulation.domain or PowerItemFactory().domain
        )
    outbox.rebuild()
    first, second = page("摆摊", kind="item"), page("摆摊", kind="item", page=2)
    assert 'aria-label="分页"' in first
    assert first != second


def test_a_page_costs_few_queries_and_bytes(client, site, django_assert_max_num_queries):
    client.get("/search/", {"q": "处罚"})
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get("/search/", {"q": "处罚"})
    assert len(response.content) < LARGEST_PAGE


def test_without_the_engine_the_database_answers_and_says_so(page, monkeypatch):
    def broken(*args):
        raise EngineUnavailable("aus")

    monkeypatch.setattr(get_engine(), "search", broken)
    shown = page("占道经营")
    assert "检索服务暂不可用" in shown
    assert "/items/420102C01CF01700/" in shown
    assert "/laws/jccff/33" in page("轻微")


def test_a_new_synonym_works_at_once(page):
    assert "/items/420102C01CF01700/" not in page("摆地摊卖袜子")
    Synonym.objects.create(colloquial="摆地摊", statutory="占用城市道路摆摊经营", relation="UP")
    assert "/items/420102C01CF01700/" in page("摆地摊卖袜子")


def test_a_word_of_the_same_sound_is_searched_instead_and_said(page):
    shown = page("占到经营")
    assert "以下是“<strong>占道经营</strong>”的结果" in shown
    assert "/items/420102C01CF01700/" in shown
    assert "的结果。" not in page("占到经营", exactly="1")


def test_what_may_have_been_meant_is_offered(page):
    shown = page("城市道路 练滩")
    assert "是不是要找" in shown
    assert "城市道路 练摊</a>" in shown
    assert "仍按原词搜索" not in shown
    assert "是不是要找" not in page("城市道路 练摊")


def test_a_field_that_is_not_there_is_explained(page):
    shown = page("领域:火星 占道经营")
    assert "「领域：火星」没有这个领域" in shown
    assert "/items/420102C01CF01700/" in shown
    assert "/items/420102C01CF01700/" not in page("领域:市政 道路")


def test_who_asks_whom_to_call_is_led_to_the_item(page):
    shown = page("占道经营 找谁")
    assert "业务指导员和电话" in shown
    assert "业务指导员和电话" not in page("占道经营")


def test_who_asks_for_a_departments_number_is_led_to_its_items(page, site):
    department = PowerItem.objects.get(code="420102C01CF01700").department
    shown = page("找谁 电话 城管")
    assert f"/items/?department={department.pk}" in shown
    assert "区城管局的业务指导员和电话在各事项页" in shown


def test_a_document_number_nobody_has_is_said_to_be_unknown(page):
    assert "没有文号为“岸政〔1999〕9号”的文件" in page("岸政1999 9号 处罚")
    assert "没有文号为" not in page("处罚")


def test_a_law_named_alone_shows_its_facts_and_a_way_to_an_article(page):
    shown = page("处罚法")
    assert "2020年7月1日起施行" in shown
    assert "现行有效" in shown
    assert 'data-jump="/laws/jccff/"' in shown


def test_a_law_in_pinyin_goes_straight_to_the_provision(client, site):
    response = client.get("/search/", {"q": "jccff 33"})
    assert response.url.startswith("/laws/jccff/33")


def test_a_new_alias_of_a_law_works_at_once(client, page, site):
    assert "search-answer" not in page("江处33条")
    RegulationAlias.objects.create(regulation=site.regulation, name="江处")
    assert client.get("/search/", {"q": "江处33条"}).status_code == 302


def test_only_editors_see_why(as_member, site):
    assert "为什么是这些结果" not in as_member("chen").get("/search/?q=练摊").content.decode()
    shown = as_member("lin").get("/search/?q=练摊").content.decode()
    why = shown.partition('<details class="section search-why">')[2]
    assert "练摊 → 摆摊经营（口语转法定）" in why
    assert "名称完全相同：摆摊经营" in why
    assert "对擅自占用城市道路摆摊经营（占道经营）的处罚" in why
    assert not [code for code in ("item:", "article:", "name:", "alias:", "（UP）") if code in why]


def test_an_editor_reads_what_was_shut_out_and_asked_for(as_member, site):
    shown = as_member("lin").get("/search/", {"q": "标题:占道 -挖掘 领域:市容"}).content.decode()
    assert "必须含有：占道" in shown
    assert "不得含有：挖掘" in shown
    assert "限定领域：市容环境" in shown


def test_an_editor_reads_which_law_was_meant(as_member, site):
    shown = as_member("lin").get("/search/", {"q": "处罚法33条", "stay": "1"}).content.decode()
    assert "条文：江城处罚法 33" in shown
    assert "引用该条的内容：江城处罚法 33" in shown


def test_suggestions_name_what_could_be_meant(client, site):
    shown = client.get("/search/suggest/", {"q": "占道"}).content.decode()
    assert 'role="option"' in shown
    assert "/items/420102C01CF01700/" in shown
    assert "role" not in client.get("/search/suggest/", {"q": "占"}).content.decode()


def test_a_repealed_law_carries_its_badge_and_comes_last(page):
    import datetime as dt

    for name, ends in (("旧养犬办法", dt.date(2026, 1, 1)), ("新养犬办法", None)):
        RegulationVersionFactory(
            regulation=RegulationFactory(title=name, slug=name), effective_to=ends, articles={"1": ["养犬应当登记。"]}
        )
    outbox.rebuild()
    shown = page("养犬登记")
    assert "已废止" in shown
    assert shown.index("新养犬办法 第一条".replace("养犬", "<mark>养犬</mark>")) < shown.index(
        "旧养犬办法 第一条".replace("养犬", "<mark>养犬</mark>")
    )


def test_trainers_edit_the_synonyms_in_the_admin(as_member, site):
    from django.core.management import call_command

    call_command("set_up_roles", verbosity=0)
    assert "练摊" in as_member("lin").get("/admin/snippets/search/synonym/").content.decode()
    assert as_member("wu").get("/admin/snippets/search/synonym/").status_code == 302
