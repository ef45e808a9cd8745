"""法规 in the admin: found by Chinese names, edited in Chinese, chosen by 处罚法33."""

import pytest
from django.urls import reverse

from kb.admin.provision_search import search_provisions, split_query
from kb.models import Gist, ProvisionSuccession, Regulation, RegulationAlias, RegulationRelation, RegulationVersion
from kb.reading.catalogue import named
from tests.factories.kb import RegulationFactory, RegulationVersionFactory
from tests.kb.law_pages import document, text_of, two_versions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_roles")]


@pytest.fixture
def law():
    return two_versions()


def keys(words: str) -> list[str]:
    return [provision.key for provision in search_provisions(words)]


@pytest.mark.parametrize(
    ("words", "name", "key"),
    [
        ("处罚法33", "处罚法", "33"),
        ("处罚法 33条", "处罚法", "33"),
        ("《行政处罚法》第三十三条第一款", "行政处罚法", "33.p1"),
        ("建设部令第157号第四十二条", "建设部令第157号", "42"),
        ("占道经营", "占道经营", ""),
        ("33", "", "33"),
    ],
)
def test_a_query_is_split_into_law_and_place(words, name, key):
    assert split_query(words) == (name, key)


def test_the_chooser_finds_an_article_by_part_of_the_name_and_number(law):
    assert keys("处罚法33") == ["33", "33.p1", "33.p2"]
    assert keys("行政处罚法第三十三条第二款") == ["33.p2"]


def test_the_chooser_offers_the_text_in_force_only(law):
    assert keys("处罚法27") == []


def test_the_chooser_finds_words_of_the_text(law):
    assert "33.p2" in keys("守桥人")


def test_the_chooser_knows_aliases_and_documents(law):
    RegulationAlias.objects.create(regulation=law, name="两轻")
    assert keys("两轻33")[0] == "33"
    assert [p.key for p in search_provisions("每季度编写")] == []
    document()
    assert keys("每季度编写") == ["二/一"]


def test_an_exact_name_leaves_out_laws_that_only_contain_it(law):
    other = RegulationFactory(title="行政处罚法实施办法")
    RegulationVersionFactory(regulation=other, articles={"33": ["办法。"]})
    assert {p.version.regulation for p in search_provisions("行政处罚法33")} == {law}


def test_regulations_are_found_by_any_name(law):
    RegulationAlias.objects.create(regulation=law, name="罚法")
    assert list(named("《行政处罚》")) == [law]
    assert list(named("罚法")) == [law]
    assert list(named("没有")) == []


@pytest.mark.parametrize("query", ["处罚", "行政处罚法", "中华人民共和国行政"])
def test_the_list_is_searched_in_chinese(as_member, law, query):
    response = as_member("wu").get(reverse("wagtailsnippets_kb_regulation:list"), {"q": query})
    assert "中华人民共和国行政处罚法" in text_of(response)


def test_choosers_answer_in_the_window(as_member, law):
    client = as_member("wu")
    found = client.get(reverse("provision_chooser:choose_results"), {"q": "处罚法33"})
    assert "《中华人民共和国行政处罚法》第三十三条第二款" in text_of(found)
    chosen = client.get(reverse("provision_chooser:chosen", args=[law.version_on().provision("33").pk]))
    assert chosen.json()["result"]["title"] == "《中华人民共和国行政处罚法》第三十三条"
    chooser = reverse("wagtailsnippetchoosers_kb_regulation:choose_results")
    assert "现行有效" in text_of(client.get(chooser, {"q": "处罚"}))


def regulation_form(**fields) -> dict:
    empty = {"title": "", "short_title": "", "slug": "", "other_names": "", "issuers": "", "doc_number": ""}
    return empty | {"level_code": "normative", "domain": "", "region": "", "note": ""} | fields


def test_a_regulation_is_added_with_names_and_an_address_of_its_own(as_member):
    form = regulation_form(
        title="江城区市容管理办法", other_names="市容办法\n\n 老市容办法 ", doc_number="江政规[2026]3号"
    )
    as_member("song").post(reverse("wagtailsnippets_kb_regulation:add"), form)
    added = Regulation.objects.get(title="江城区市容管理办法")
    assert added.slug
    assert set(added.aliases.values_list("name", flat=True)) == {"市容办法", "老市容办法"}
    assert "2026" in added.doc_number_norm


def test_names_that_stay_keep_their_kind(as_member, law):
    RegulationAlias.objects.create(regulation=law, name="旧名", kind="former")
    RegulationAlias.objects.create(regulation=law, name="多余")
    form = regulation_form(title=law.title, slug=law.slug, other_names="旧名\n新名", level_code="law")
    as_member("song").post(reverse("wagtailsnippets_kb_regulation:edit", args=[law.pk]), form)
    assert dict(law.aliases.values_list("name", "kind")) == {"旧名": "former", "新名": "short"}


def test_a_version_form_holds_metadata_and_no_provisions(as_member, law):
    page = as_member("wu").get(reverse("wagtailsnippets_kb_regulationversion:edit", args=[law.version_on().pk]))
    assert "施行日期" in text_of(page)
    assert "首次损坏" not in page.content.decode()


def test_a_version_can_be_kept_as_a_draft_and_published(as_member, law):
    version = law.version_on()
    fields = {"regulation": law.pk, "label": "新标签", "kind": "revised", "source_kind": "manual"}
    dates = {"passed_on": "", "promulgated_on": "2021-01-22", "effective_from": "2021-07-15", "effective_to": ""}
    empty = {"history_note": "", "source": "", "source_url": "", "checked_by": "", "checked_on": ""}
    edit = reverse("wagtailsnippets_kb_regulationversion:edit", args=[version.pk])
    client = as_member("song")
    client.post(edit, fields | dates | empty)
    assert RegulationVersion.objects.get(pk=version.pk).label == "2021年修订"
    client.post(edit, fields | dates | empty | {"action-publish": "1"})
    assert RegulationVersion.objects.get(pk=version.pk).label == "新标签"
    assert version.provisions.count() == 7


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"effective_to": "2020-01-01"}, "失效日期应当晚于施行日期"),
        ({"kind": "repeal"}, "废止不另建版本"),
    ],
)
def test_a_version_that_cannot_be_is_refused_in_words(as_member, law, fields, words):
    version = law.version_on()
    form = {"regulation": law.pk, "label": "", "kind": "revised", "source_kind": "manual", "passed_on": ""}
    form |= {"promulgated_on": "", "effective_from": "2021-07-15", "effective_to": "", "history_note": "", "source": ""}
    form |= {"source_url": "", "checked_by": "", "checked_on": "", "action-publish": "1"} | fields
    edit = reverse("wagtailsnippets_kb_regulationversion:edit", args=[version.pk])
    assert words in text_of(as_member("song").post(edit, form))


def test_a_version_is_previewed_with_its_text(as_member, law):
    from django.test import RequestFactory

    version = law.version_on()
    request = RequestFactory().get("/")
    preview = version.make_preview_request(request, "")
    assert "首次损坏" in text_of(
        preview.render() if hasattr(preview, "render") and not preview.is_rendered else preview
    )


def test_a_gist_takes_the_article_as_people_write_it(as_member, law):
    add = reverse("wagtailsnippets_kb_gist:add")
    client = as_member("wu")
    client.post(add, {"regulation": law.pk, "key": "第三十三条", "text": "首违不罚", "source": ""})
    assert Gist.objects.get().key == "33"
    refused = client.post(add, {"regulation": law.pk, "key": "某一条", "text": "乱", "source": ""})
    assert "不是条款编号" in text_of(refused)


@pytest.mark.parametrize(
    "name",
    [
        "wagtailsnippets_kb_regulation:list",
        "wagtailsnippets_kb_regulationversion:list",
        "wagtailsnippets_kb_gist:list",
        "wagtailsnippets_kb_provisionsuccession:list",
        "wagtailsnippets_kb_regulationrelation:list",
        "kb_regulation_upload",
        "kb_citation_queue",
    ],
)
def test_editors_reach_the_lists_and_officers_do_not(client, as_member, law, name):
    assert as_member("wu").get(reverse(name)).status_code == 200
    assert as_member("chen").get(reverse(name)).status_code in (302, 403)


@pytest.mark.parametrize(
    "model", ["regulation", "regulationversion", "gist", "provisionsuccession", "regulationrelation"]
)
def test_every_row_of_a_list_opens_its_form(as_member, law, model):
    other = RegulationFactory(title="某办法")
    Gist.objects.create(regulation=law, key="33", text="首违不罚")
    ProvisionSuccession.objects.create(old_regulation=other, old_key="1", new_regulation=law, new_key="33")
    RegulationRelation.objects.create(from_regulation=law, to_regulation=other, kind="repeals")
    html = as_member("wu").get(reverse(f"wagtailsnippets_kb_{model}:list")).content.decode()
    assert f"/admin/snippets/kb/{model}/edit/" in html
