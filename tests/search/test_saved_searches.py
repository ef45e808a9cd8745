"""Saved searches: what is new since the last look, shown to the owner and to nobody else."""

import datetime as dt
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from content.site import ensure_site
from people.models import AuditEntry
from search import outbox, saved
from search.actions import MOST_SAVED, delete_saved_search, open_saved_search, save_search
from search.engines import get_engine
from search.engines.base import EngineUnavailable, Filters
from search.models import SavedSearch, Synonym
from tests import cast
from tests.factories.kb import PowerItemFactory

MOST_QUERIES = 14
MOST_ON_SEARCH_PAGE = 20


@pytest.fixture
def chen(db):
    Synonym.objects.all().delete()
    stall = PowerItemFactory(name="对擅自占用城市道路摆摊经营的处罚", domain__name="市容环境", domain__slug="sr")
    PowerItemFactory(name="对养犬不拴犬绳的处罚", domain__name="养犬", domain__slug="yq", department=stall.department)
    outbox.rebuild()
    return cast.member("chen")


@pytest.fixture
def kept(chen):
    return save_search("摆摊", Filters(), by=chen)


def new_item(name):
    item = PowerItemFactory(name=name, domain=PowerItemFactory._meta.model.objects.first().domain)
    outbox.rebuild()
    return item


def looked(row):
    row.refresh_from_db()
    return row.unread, row.total


def test_what_is_there_when_a_search_is_saved_is_no_news(kept):
    assert saved.check(kept) == 0
    assert looked(kept) == (0, 1)


def test_a_new_document_is_news_once(kept):
    new_item("对在桥面摆摊的处罚")
    assert saved.check(kept) == 1
    assert saved.check(kept) == 0
    assert looked(kept) == (1, 2)


def test_news_adds_up_until_it_is_opened_and_stays_on_the_page_until_there_is_more(kept, chen):
    first = new_item("对在桥面摆摊的处罚")
    saved.check(kept)
    second = new_item("对在隧道摆摊的处罚")
    saved.check(kept)
    assert looked(kept)[0] == 2
    open_saved_search(kept, by=chen)
    assert looked(kept)[0] == 0
    assert {hit.document.key for hit in saved.fresh_hits(kept)} == {f"item:{first.pk}", f"item:{second.pk}"}
    third = new_item("对在站台摆摊的处罚")
    saved.check(kept)
    assert [hit.document.key for hit in saved.fresh_hits(kept)] == [f"item:{third.pk}"]


def test_what_was_hidden_for_a_while_is_no_news(kept):
    everything = saved.results_of(kept)
    get_engine().rebuild(())
    assert saved.check(kept) == 0
    outbox.rebuild()
    assert saved.results_of(kept) == everything
    assert saved.check(kept) == 0


def test_what_hardly_fits_is_no_news(chen):
    row = save_search("占用城市道路摆摊经营", Filters(), by=chen)
    new_item("对在城市绿地、广场、公园、景观水体、公共场所烧烤的处罚")
    assert saved.check(row) == 0
    assert row.total == 2, "though it is found"


def test_filters_are_kept(chen):
    row = save_search("处罚", Filters(kind="item", domain="养犬"), by=chen)
    assert saved.filters_of(row).terms() == [("kind", "item"), ("domain", "养犬")]
    assert row.total == 1


def test_the_same_search_is_saved_once_and_twenty_at_most(kept, chen):
    assert save_search(" 摆摊 ", Filters(), by=chen) == kept
    for number in range(MOST_SAVED - 1):
        save_search(f"摆摊 {number}", Filters(), by=chen)
    with pytest.raises(ValidationError, match="最多保存"):
        save_search("养犬", Filters(), by=chen)


def test_nothing_is_no_search(chen):
    with pytest.raises(ValidationError, match="请先输入"):
        save_search("  ", Filters(), by=chen)


@pytest.mark.parametrize("verb", [open_saved_search, delete_saved_search])
def test_nobody_else_opens_or_deletes_it_no_administrator_either(kept, verb):
    with pytest.raises(PermissionDenied):
        verb(kept, by=cast.member("song"))


def test_searches_leave_no_trace_in_the_audit(kept, chen):
    delete_saved_search(kept, by=chen)
    assert not AuditEntry.objects.exists()


def test_the_nightly_command_looks_at_everybodys_and_names_nobody(kept):
    new_item("对在桥面摆摊的处罚")
    out = StringIO()
    call_command("check_saved_searches", stdout=out)
    assert out.getvalue().strip() == "核对 1 个检索，1 个有新内容；清除旧日志 0 条。"
    assert looked(kept)[0] == 1


def test_a_broken_engine_changes_nothing(kept, chen, monkeypatch):
    def broken(query):
        raise EngineUnavailable("aus")

    SavedSearch.objects.update(checked_at=timezone.now() - dt.timedelta(hours=2))
    monkeypatch.setattr(get_engine(), "search", broken)
    saved.check_due(chen)
    with pytest.raises(CommandError, match="检索引擎不可用"):
        call_command("check_saved_searches")
    with pytest.raises(ValidationError, match="暂不可用"):
        save_search("养犬", Filters(), by=chen)
    assert looked(kept) == (0, 1)


# --- the pages ---


def test_a_search_is_saved_from_its_results(as_member, chen):
    client = as_member("chen")
    assert "保存这个检索" in client.get("/search/", {"q": "摆摊", "domain": "市容环境"}).content.decode()
    data = {"q": "摆摊", "domain": "市容环境", "back": "/search/?q=摆摊&domain=市容环境"}
    shown = client.post("/me/searches/save/", data, follow=True).content.decode()
    assert "已保存检索“摆摊”" in shown
    assert "保存这个检索" not in shown
    assert SavedSearch.objects.get().narrowing == "domain=%E5%B8%82%E5%AE%B9%E7%8E%AF%E5%A2%83"


def test_who_is_not_signed_in_is_offered_nothing_and_saves_nothing(client, chen):
    assert "保存这个检索" not in client.get("/search/", {"q": "摆摊"}).content.decode()
    assert client.post("/me/searches/save/", {"q": "摆摊"}).url.startswith("/login/")
    assert not SavedSearch.objects.exists()


def test_saving_never_leads_off_the_site(as_member, chen):
    response = as_member("chen").post("/me/searches/save/", {"q": "摆摊", "back": "https://example.com/"})
    assert response.url == "/me/searches/"


def test_news_shows_on_the_home_page_in_the_header_and_on_the_desk(as_member, kept):
    ensure_site()
    new_item("对在桥面摆摊的处罚")
    client = as_member("chen")
    assert "新增 1 条" not in client.get("/").content.decode(), "an hour has not passed"
    SavedSearch.objects.update(checked_at=timezone.now() - dt.timedelta(hours=2))
    home = client.get("/").content.decode()
    assert "我的检索新增 1 条</a>" in home
    assert '<span class="nav-count"' in client.get("/laws/").content.decode()
    assert "新增 1 条" in client.get("/me/").content.decode()
    page = client.get(f"/me/searches/{kept.pk}/").content.decode()
    assert "对在桥面<mark>摆摊</mark>的处罚" in page
    assert '<span class="nav-count"' not in page
    assert "新增 1 条" not in client.get("/").content.decode()


def test_others_see_neither_list_nor_search(as_member, kept):
    song = as_member("song")
    assert "摆摊" not in song.get("/me/searches/").content.decode()
    assert song.get(f"/me/searches/{kept.pk}/").status_code == 404
    assert song.post(f"/me/searches/{kept.pk}/delete/").status_code == 404
    assert SavedSearch.objects.count() == 1


def test_a_search_is_deleted_by_its_owner(as_member, kept):
    shown = as_member("chen").post(f"/me/searches/{kept.pk}/delete/", follow=True).content.decode()
    assert "已删除检索“摆摊”" in shown
    assert not SavedSearch.objects.exists()


def test_the_list_costs_the_same_for_many(as_member, kept, chen, django_assert_max_num_queries):
    for number in range(8):
        save_search(f"摆摊 {number}", Filters(), by=chen)
    client = as_member("chen")
    client.get("/me/searches/")
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/me/searches/")


def test_the_search_page_costs_few_queries_for_who_is_signed_in(as_member, kept, django_assert_max_num_queries):
    client = as_member("chen")
    client.get("/search/", {"q": "摆摊"})
    with django_assert_max_num_queries(MOST_ON_SEARCH_PAGE):
        client.get("/search/", {"q": "摆摊"})
