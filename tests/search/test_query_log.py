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
from search.models import QueryLog, Synonym
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
def test_nothing_of_persons_is_kept(typed, kept):
    assert without_persons(typed) == kept


def test_the_log_has_no_place_for_a_person():
    assert not [one for one in QueryLog._meta.get_fields() if one.is_relation]


def test_a_query_that_is_only_a_number_is_not_logged(ask):
    ask("13812345678")
    assert not QueryLog.objects.exists()


def test_an_opened_result_is_counted(ask, client):
    ask("摆摊")
    assert client.post("/search/clicked/", {"q": "摆摊"}).status_code == 204
    client.post("/search/clicked/", {"q": "没有查过的词"})
    assert logged("摆摊") == (1, 0, 1, 1)
    assert QueryLog.objects.count() == 1


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
    assert [one.query for one in troublesome()] == ["无果", "少开"]


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
