"""Nobody takes a text for the law of today that is not: every version says how it stands."""

import datetime as dt

import pytest
from django.core.cache import cache

from kb.models import Gist, ProvisionSuccession, Regulation, RegulationRelation
from kb.models.status import LegalStatus
from tests.factories.kb import RegulationFactory, RegulationVersionFactory
from tests.kb.law_pages import text_of, two_versions

pytestmark = pytest.mark.django_db
FUTURE = dt.date(2999, 1, 1)


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


def test_a_law_in_force_shows_its_badge_its_dates_and_its_versions(client):
    two_versions()
    page = text_of(client.get("/laws/xzcf/"))
    assert "现行有效" in page
    assert "2021年7月15日起施行" in page
    assert "2018年1月1日" in page  # the earlier version in the timeline


def test_the_day_switches_the_version_and_says_that_it_is_not_current(client):
    two_versions()
    page = text_of(client.get("/laws/xzcf/?on=2020-05-01"))
    assert "及时修复" in page
    assert "首次损坏" not in page
    assert "本文本不是现行文本，自2018年1月1日起施行，自2021年7月15日起不再适用" in page


@pytest.mark.parametrize("day", ["2020-05-01", "2020/5/1", "2020年5月1日", "20200501"])
def test_a_day_may_be_written_as_people_write_it(client, day):
    two_versions()
    assert "及时修复" in text_of(client.get("/laws/xzcf/", {"on": day}))


@pytest.mark.parametrize("day", ["昨天", "2020-13-01", "0000-00-00", "x" * 500])
def test_a_day_that_is_none_is_explained_and_today_is_shown(client, day):
    two_versions()
    page = text_of(client.get("/laws/xzcf/", {"on": day}))
    assert "无法识别" in page
    assert "首次损坏" in page


def test_before_the_first_version_the_oldest_is_shown_and_said_to_be_later(client):
    two_versions()
    page = text_of(client.get("/laws/xzcf/?on=1990-01-01"))
    assert "1990年1月1日尚无已收录的施行文本" in page
    assert "及时修复" in page


def test_a_future_version_is_marked_and_never_the_default(client):
    law = two_versions()
    future = RegulationVersionFactory(regulation=law, effective_from=FUTURE, articles={"1": ["未来的文本。"]})
    assert "未来的文本" not in text_of(client.get("/laws/xzcf/"))
    page = text_of(client.get(f"/laws/xzcf/?v={future.pk}"))
    assert "未来的文本" in page
    assert "本文本尚未施行，自2999年1月1日起施行" in page


def test_a_law_that_only_begins_later_is_readable_as_pending(client):
    RegulationVersionFactory(regulation__slug="later", effective_from=FUTURE, articles={"1": ["未来的文本。"]})
    page = text_of(client.get("/laws/later/"))
    assert "未来的文本" in page
    assert "尚未施行" in page


def test_repealed_law_stays_readable_with_its_dates_and_successor(client):
    old = RegulationFactory(title="中华人民共和国大气污染防治法", slug="air")
    new = RegulationFactory(title="中华人民共和国生态环境法典", slug="code")
    repealed = dt.date(2026, 8, 15)
    RegulationVersionFactory(regulation=old, effective_to=repealed, articles={"118": ["排放油烟的，责令改正。"]})
    RegulationVersionFactory(regulation=new, effective_from=repealed, articles={"1132": ["排放油烟的，责令改正。"]})
    RegulationRelation.objects.create(from_regulation=new, to_regulation=old, kind="replaces", effective_on=repealed)
    ProvisionSuccession.objects.create(
        old_regulation=old, old_key="118", new_regulation=new, new_key="1132", note="幅度未变"
    )
    law = text_of(client.get("/laws/air/"))
    assert "排放油烟的" in law
    assert "已废止" in law
    assert "自2026年8月15日起被其替代中华人民共和国生态环境法典" in law
    article = text_of(client.get("/laws/air/118"))
    assert "自2026年8月15日起由《中华人民共和国生态环境法典》第一千一百三十二条替代" in article
    assert "变化要点：幅度未变" in article
    assert "承接《中华人民共和国大气污染防治法》第一百一十八条" in text_of(client.get("/laws/code/1132"))


def test_a_repealed_law_does_not_offer_itself_as_current_text(client):
    RegulationVersionFactory(regulation__slug="old", effective_to=dt.date(2024, 1, 1), articles={"1": ["甲。"]})
    assert "查看现行文本" not in text_of(client.get("/laws/old/"))


def test_an_unknown_beginning_is_marked_to_be_checked(client):
    RegulationVersionFactory(
        regulation__slug="undated", effective_from=None, dates_verified=False, articles={"1": ["甲。"]}
    )
    page = text_of(client.get("/laws/undated/"))
    assert "待核" in page
    assert "施行日期待核，引用前请以官方公布的文本为准" in page


def test_source_and_checker_of_the_version_shown_are_named(client):
    RegulationVersionFactory(
        regulation__slug="sourced",
        source="区司法局2026年汇编",
        checked_by="吴审核",
        checked_on=dt.date(2026, 9, 1),
        articles={"1": ["甲。"]},
    )
    page = text_of(client.get("/laws/sourced/"))
    assert "区司法局2026年汇编" in page
    assert "吴审核，2026年9月1日" in page


def test_a_law_known_by_gist_says_how_to_get_the_text(client):
    version = RegulationVersionFactory(regulation__slug="gist", has_text=False)
    Gist.objects.create(regulation=version.regulation, key="118", text="餐饮油烟违法排放的处罚")
    response = client.get("/laws/gist/")
    page = text_of(response)
    assert "第一百一十八条餐饮油烟违法排放的处罚" in page
    assert "pythonmanage.pyimport_statutes" in page
    assert client.get("/laws/gist/118").status_code == 200
    assert "尚未收录本条全文" in text_of(client.get("/laws/gist/118"))


def test_the_gist_stands_beside_the_article_when_the_text_has_come(client):
    law = two_versions()
    Gist.objects.create(regulation=law, key="33", text="首违不罚")
    assert "首违不罚" in text_of(client.get("/laws/xzcf/"))
    assert "首违不罚" in text_of(client.get("/laws/xzcf/33"))


def test_a_draft_version_is_shown_only_to_those_who_may_read_drafts(client, as_member):
    law = two_versions()
    draft = RegulationVersionFactory(regulation=law, live=False, effective_from=FUTURE, articles={"1": ["草稿文本。"]})
    address = f"/laws/xzcf/?v={draft.pk}"
    public = text_of(client.get(address))
    assert "草稿文本" not in public
    assert "没有找到所选的版本" in public
    assert "草稿文本" in text_of(as_member("wu").get(address))


def test_the_version_selector_offers_no_drafts(client):
    law = two_versions()
    RegulationVersionFactory(regulation=law, live=False, label="未公开稿")
    assert "未公开稿" not in text_of(client.get("/laws/xzcf/"))


def test_two_amendments_on_one_day_are_both_in_the_timeline(client):
    law = RegulationFactory(slug="twice")
    for label in ("第一次修正", "第二次修正"):
        RegulationVersionFactory(regulation=law, label=label, articles={"1": [label]})
    page = text_of(client.get("/laws/twice/"))
    assert "第一次修正" in page
    assert "第二次修正" in page


def test_a_repeal_is_never_a_text_in_force():
    law = RegulationFactory()
    RegulationVersionFactory(regulation=law, effective_from=dt.date(2000, 1, 1), effective_to=dt.date(2020, 1, 1))
    RegulationVersionFactory(regulation=law, kind="repeal", effective_from=dt.date(2020, 1, 1))
    law = Regulation.objects.get(pk=law.pk)
    assert law.version_on(dt.date(2021, 1, 1)) is None
    assert law.status(dt.date(2021, 1, 1)) == LegalStatus.REPEALED
