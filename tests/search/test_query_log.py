"""The log of queries: counts without persons, and one click from a query in vain to a synonym."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from people.models import AuditEntry
from search import outbox, querylog
from search.actions import make_synonym
from search.models import QueryClick, QueryLog, Synonym
from search.querylog import troublesome, without_persons
from tests import cast
from tests.factories.kb import PowerItemFactory


@pytest.fixture
def site(db):
    Synonym.objects.all().delete()
    PowerItemFactory(name="对擅自占用城市道路摆摊经营的处罚", code="420102C01CF01700")
    outbox.rebuild()


@pytest.fixture
def ask(client, site):
    return lambda query, **more: client.get("/search/", {"q": query, **more}).content.decode()


def test_words_of_the_trade_that_read_like_names_are_kept(db):
    for word in ("广场舞", "阳光房", "麻木", "撒传单"):
        Synonym.objects.create(colloquial=word, statutory="市容", relation="REL")
    outbox.rebuild()
    assert without_persons("广场舞 阳光房 麻木 撒传单") == "广场舞 阳光房 麻木 撒传单"


def logged(query):
    return QueryLog.objects.filter(query=query).values_list("asked", "in_vain", "found_item", "clicks").first()


def test_a_query_is_counted_in_one_spelling(ask):
    ask("擺攤  经营")
    ask("摆摊 经营")
    assert logged("摆摊 经营") == (2, 0, 1, 0)


def test_a_query_in_vain_is_counted_as_such(ask):
    ask("量子纠缠")
    assert logged("量子纠缠") == (1, 1, 0, 0)


@pytest.mark.parametrize("more", [{"kind": "item"}, {"domain": "市容"}, {"page": "2"}])
def test_narrowing_the_same_query_is_not_asking_again(ask, more):
    ask("摆摊", **more)
    assert not QueryLog.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张某 摆摊", "摆摊"),
        ("王建国 摆摊", "摆摊"),
        ("欧阳文澜", ""),
        ("李某某占道", "占道"),
        ("王某甲 无证", "无证"),
        ("13812345678 占道", "占道"),
        ("138 1234 5678占道", "占道"),
        ("42010219900101123x", ""),
        ("鄂a12345 违停", "违停"),
        ("岸政〔2021〕9号", "岸政〔2021〕9号"),
        ("处罚法33条", "处罚法33条"),
    ],
)
def test_nothing_of_persons_is_kept(typed, kept, db):
    assert without_persons(typed) == kept


def test_the_log_has_no_place_for_a_person():
    assert {one.name for one in QueryLog._meta.get_fields() if one.is_relation} == {"opened"}
    assert {one.name for one in QueryClick._meta.get_fields() if one.is_relation} == {"log"}


def test_a_query_that_is_only_a_number_is_not_logged(ask):
    ask("13812345678")
    assert not QueryLog.objects.exists()


def opened(client, query, kind="item", rank="1"):
    return client.post("/search/clicked/", {"q": query, "kind": kind, "rank": rank}).status_code


def test_an_opened_result_is_counted_with_its_kind_and_place(ask, client):
    ask("摆摊")
    assert opened(client, "摆摊", rank="3") == 204
    opened(client, "擺攤", rank="3")
    opened(client, "没有查过的词")
    assert logged("摆摊") == (1, 0, 1, 2)
    assert list(QueryClick.objects.values_list("log__query", "kind", "place", "clicks")) == [("摆摊", "item", 3, 2)]
    assert QueryLog.objects.count() == 1


@pytest.mark.parametrize(
    "said", [{}, {"kind": "nonsense"}, {"rank": "0"}, {"rank": "x"}, {"rank": "99999999999"}, {"q": "长" * 300}]
)
def test_a_twisted_click_counts_for_nothing(ask, client, said):
    ask("摆摊")
    data = {"q": "摆摊", "kind": "item", "rank": "1", **said} if said else {}
    assert client.post("/search/clicked/", data).status_code == 204
    assert not QueryClick.objects.exists()


def test_the_page_tells_the_script_what_it_needs(ask):
    shown = ask("摆摊")
    assert 'data-clicked="/search/clicked/" data-query="摆摊"' in shown
    assert 'data-kind="item"' in shown
    assert 'data-kind="item"' in ask("摆摊", kind="item")


def test_a_database_that_cannot_be_written_stops_no_search(ask, monkeypatch):
    def locked(**values):
        raise DatabaseError("locked")

    monkeypatch.setattr(querylog.QueryLog.objects, "create", locked)
    assert "420102C01CF01700" in ask("摆摊")


def test_the_report_holds_what_needs_a_look(db):
    for query, asked, in_vain, clicks in (("无果", 1, 1, 0), ("少开", 5, 0, 0), ("常开", 5, 0, 3), ("偶查", 1, 0, 0)):
        QueryLog.objects.create(query=query, asked=asked, in_vain=in_vain, clicks=clicks)
    long_ago = timezone.localdate() - dt.timedelta(days=40)
    QueryLog.objects.create(query="旧词", asked=9, in_vain=9, asked_on=long_ago)
    deep = QueryLog.objects.create(query="翻到后面", asked=4, clicks=4)
    QueryClick.objects.create(log=deep, kind="article", place=9, clicks=3)
    QueryClick.objects.create(log=deep, kind="item", place=1, clicks=1)
    found = troublesome()
    assert [(one.query, one.trouble) for one in found] == [
        ("无果", "无结果"),
        ("少开", "少有打开"),
        ("翻到后面", "位次靠后"),
    ]
    assert found[2].place == 7.0


def test_old_queries_are_forgotten(db):
    today = timezone.localdate()
    for days in (0, 89, 91):
        QueryLog.objects.create(query=f"查过 {days}", asked=1, asked_on=today - dt.timedelta(days=days))
    assert querylog.forget_old() == 1
    assert not QueryLog.objects.filter(query="查过 91").exists()


def test_a_query_seldom_opened_becomes_a_synonym_from_the_log_as_well(ask, as_member):
    call_command("set_up_roles", verbosity=0)
    for _ in range(3):
        ask("城市道路")
    page = as_member("lin").get("/admin/search-log/").content.decode()
    assert "少有打开" in page
    assert 'name="colloquial" value="城市道路"' in page


def test_one_click_makes_a_synonym_that_works_at_once(ask, as_member):
    call_command("set_up_roles", verbosity=0)
    assert "420102C01CF01700" not in ask("摞地摊")
    lin = as_member("lin")
    assert "摞地摊" in lin.get("/admin/search-log/").content.decode()
    lin.post("/admin/search-log/", {"colloquial": "摞地摊", "statutory": "擅自占用城市道路摆摊经营"})
    assert Synonym.objects.get(colloquial="摞地摊").relation == Synonym.Relation.UP
    assert "420102C01CF01700" in ask("摞地摊")
    assert AuditEntry.objects.filter(verb="设为同义词").count() == 1


def test_a_pair_that_was_switched_off_is_switched_on_again(site):
    Synonym.objects.create(colloquial="摞地摊", statutory="摆摊经营", is_active=False)
    assert make_synonym(colloquial="摞地摊", statutory="摆摊经营", by=cast.member("lin")).is_active
    assert Synonym.objects.count() == 1


@pytest.mark.parametrize("statutory", ["", "摞地摊", "长" * 121])
def test_a_pair_that_says_nothing_is_refused(site, statutory):
    with pytest.raises(ValidationError):
        make_synonym(colloquial="摞地摊", statutory=statutory, by=cast.member("lin"))


def test_only_editors_of_synonyms_make_one(site):
    with pytest.raises(PermissionDenied):
        make_synonym(colloquial="摞地摊", statutory="摆摊经营", by=cast.member("chen"))
