"""待处理引用: a person says what is meant, or that it is no citation."""

import datetime as dt

import pytest
from django.urls import reverse

from kb.models import Citation
from tests.factories.kb import RegulationVersionFactory
from tests.kb.law_pages import text_of, two_versions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_roles")]
Status = Citation.Status


@pytest.fixture
def law():
    return two_versions()


@pytest.fixture
def source():
    return RegulationVersionFactory(
        regulation__title="某管理办法",
        effective_from=dt.date(2022, 1, 1),
        articles={"5": ["依照处罚老法第三十三条的规定处理。"], "6": ["持营业执照办理。"]},
    )


def waiting(source, article: str = "5", **fields) -> Citation:
    wanted = {"raw": "处罚老法第三十三条", "law_name": "处罚老法", "key": "33", "span_start": 2, "span_end": 11}
    return Citation.objects.create(source=source, source_key=f"{article}.p1", status="unresolved", **(wanted | fields))


def decide(client, citation: Citation, **fields):
    return client.post(reverse("kb_citation_decide", args=[citation.pk]), fields)


def test_the_queue_shows_each_citation_in_its_sentence(as_member, source):
    waiting(source)
    html = as_member("lin").get(reverse("kb_citation_queue")).content.decode()
    assert '依照<span class="kb-mark">处罚老法第三十三条</span>的规定处理。' in html
    assert "处罚老法" in html
    assert "某管理办法" in html


def test_the_queue_is_narrowed_by_name_and_by_words(as_member, source):
    waiting(source)
    waiting(source, law_name="营业执照", raw="营业执照", key="", span_start=1, span_end=5, article="6")
    client = as_member("lin")
    only = text_of(client.get(reverse("kb_citation_queue"), {"name": "营业执照"}))
    assert "持营业执照办理" in only
    assert "的规定处理" not in only
    assert "的规定处理" in text_of(client.get(reverse("kb_citation_queue"), {"q": "老法"}))


def test_a_citation_without_a_name_can_be_filtered_too(as_member, source):
    waiting(source, law_name="", raw="前款")
    assert "共1处" in text_of(as_member("lin").get(reverse("kb_citation_queue"), {"name": "—"}))


def test_choosing_regulation_and_place_resolves_it(as_member, source, law):
    citation = waiting(source)
    response = decide(as_member("lin"), citation, resolve="1", regulation=law.pk, place="第三十三条第一款")
    citation.refresh_from_db()
    assert response.status_code == 302
    assert (citation.status, citation.regulation, citation.key) == (Status.RESOLVED, law, "33.p1")
    assert (citation.origin, citation.decided_by.username) == ("manual", "lin")


def test_choosing_a_provision_resolves_it(as_member, source, law):
    citation = waiting(source)
    decide(as_member("lin"), citation, resolve="1", provision=law.version_on().provision("33.p2").pk)
    citation.refresh_from_db()
    assert (citation.status, citation.key) == (Status.RESOLVED, "33.p2")


def test_all_of_the_same_name_are_resolved_at_once(as_member, source, law):
    citation, alike = waiting(source), waiting(source, key="34")
    other = waiting(source, law_name="别的法")
    page = text_of(as_member("lin").get(reverse("kb_citation_decide", args=[citation.pk])))
    assert "另有1处写作“处罚老法”" in page
    decide(as_member("lin"), citation, resolve="1", regulation=law.pk, place="33", everywhere="on")
    for row in (citation, alike, other):
        row.refresh_from_db()
    assert [citation.status, alike.status, other.status] == [Status.RESOLVED, Status.RESOLVED, Status.UNRESOLVED]
    assert alike.key == "34"


def test_dismissing_needs_a_reason_and_keeps_it(as_member, source):
    citation = waiting(source)
    client = as_member("lin")
    assert decide(client, citation, dismiss="1", reason="").status_code == 200
    decide(client, citation, dismiss="1", reason="证照名称")
    citation.refresh_from_db()
    assert (citation.status, citation.note) == (Status.DISMISSED, "证照名称")


def test_an_article_that_does_not_exist_is_refused_in_words(as_member, source, law):
    citation = waiting(source)
    page = text_of(decide(as_member("lin"), citation, resolve="1", regulation=law.pk, place="999"))
    citation.refresh_from_db()
    assert "未能链接到《中华人民共和国行政处罚法》" in page
    assert citation.status == Status.UNRESOLVED


def test_nothing_chosen_is_explained(as_member, source):
    page = text_of(decide(as_member("lin"), waiting(source), resolve="1"))
    assert "请选择条文，或者选择法规并填写条款项" in page


@pytest.mark.parametrize(
    ("name", "allowed"), [("lin", True), ("wu", True), ("song", True), ("chen", False), ("mei", False)]
)
def test_who_may_work_on_the_queue(as_member, source, name, allowed):
    waiting(source)
    assert (as_member(name).get(reverse("kb_citation_queue")).status_code == 200) is allowed


def test_a_decided_citation_is_no_longer_to_be_decided(as_member, source):
    citation = waiting(source, law_name="x")
    Citation.objects.filter(pk=citation.pk).update(status=Status.DISMISSED)
    assert as_member("lin").get(reverse("kb_citation_decide", args=[citation.pk])).status_code == 404


def test_the_queue_costs_the_same_for_a_full_page(as_member, source, django_assert_max_num_queries):
    for n in range(30):
        waiting(source, key=str(n))
    client = as_member("lin")
    client.get(reverse("kb_citation_queue"))
    with django_assert_max_num_queries(20):
        client.get(reverse("kb_citation_queue"))
