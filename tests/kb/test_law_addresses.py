"""Every provision has one permanent address; whatever people type leads to it or says what is near."""

import pytest
from django.core.cache import cache

from kb.reading.address import key_from_words, nearest
from tests.kb.law_pages import document, text_of, two_versions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def law():
    cache.clear()
    return two_versions()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("33", "33"),
        ("第三十三条", "33"),
        ("33条", "33"),
        ("三十三条", "33"),
        ("１２０之一", "120-1"),
        ("第一百二十条之一", "120-1"),
        ("120-1", "120-1"),
        ("第三十三条第一款", "33.p1"),
        ("第33条第1款第（二）项", "33.p1.i2"),
        ("第五十七条第（四）项", "57.i4"),
        ("第三十三条第一款第二项第3目", "33.p1.i2.s3"),
        ("三", ""),
        ("附则", ""),
        ("", ""),
        ("第条", ""),
        ("<script>", ""),
    ],
)
def test_what_people_write_becomes_a_key(written, key):
    assert key_from_words(written) == key


@pytest.mark.parametrize("written", ["第三十三条", "33条", "３３", "33/", "三十三"])
def test_words_are_redirected_to_the_permanent_address(client, written):
    assert client.get(f"/laws/xzcf/{written}").url == "/laws/xzcf/33"


def test_a_paragraph_in_the_address_becomes_an_anchor(client):
    assert client.get("/laws/xzcf/第三十三条第一款第（二）项?on=2022-01-01").url == "/laws/xzcf/33?on=2022-01-01#p1-i2"
    assert client.get("/laws/xzcf/33.p2").url == "/laws/xzcf/33#p2"


def test_the_jump_field_works_without_script(client):
    assert client.get("/laws/xzcf/", {"article": "33"}).url == "/laws/xzcf/33"
    assert client.get("/laws/xzcf/", {"article": "27", "on": "2020-01-01"}).url == "/laws/xzcf/27?on=2020-01-01"


def test_the_address_without_a_day_is_the_text_in_force_today(client):
    page = text_of(client.get("/laws/xzcf/33"))
    assert "首次损坏" in page
    assert "现行有效" in page


def test_the_address_with_a_day_is_the_text_of_that_day(client):
    page = text_of(client.get("/laws/xzcf/27?on=2020-01-01"))
    assert "及时修复" in page
    assert "已被修改" in page


def test_33_does_not_answer_for_133_or_3(client):
    assert client.get("/laws/xzcf/3").status_code == 404
    assert client.get("/laws/xzcf/133").status_code == 404


def test_an_unknown_article_names_the_nearest_and_the_last(client):
    response = client.get("/laws/xzcf/99")
    page = text_of(response)
    assert response.status_code == 404
    assert "没有第九十九条" in page
    assert "共3条，最后一条是第三十四条" in page
    assert "/laws/xzcf/34" in response.content.decode()


def test_an_article_of_another_version_says_which_has_it(client):
    response = client.get("/laws/xzcf/27")
    assert response.status_code == 404
    assert "以下版本有这一条：2017年修正" in text_of(response)


def test_the_nearest_articles_come_in_their_order():
    articles = [(str(n), f"第{n}条") for n in range(1, 87)] + [("86-1", "第86条之一")]
    assert [key for key, _ in nearest("99", articles, 3)] == ["85", "86", "86-1"]
    assert [key for key, _ in nearest("40-1", articles, 3)] == ["39", "40", "41"]


def test_a_level_of_a_document_has_its_address_and_is_not_an_article(client):
    document()
    page = text_of(client.get("/laws/guifan/二/一"))
    assert "报送初稿" in page
    assert "坚持依法行政" not in page
    assert client.get("/laws/guifan/二").status_code == 200


def test_a_heading_or_table_leads_to_its_place_in_the_text(client):
    document()
    assert client.get("/laws/guifan/tab1").url == "/laws/guifan/#tab1"


def test_hostile_addresses_are_not_found_and_not_echoed_raw(client):
    response = client.get("/laws/xzcf/<script>alert(1)</script>")
    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()
    assert client.get("/laws/nothing-here/").status_code == 404


def test_arriving_by_a_citation_is_said_on_the_page(client):
    response = client.get("/laws/xzcf/33", {"from": "citation", "q": "处罚法33条<b>"})
    assert "已按引文「处罚法33条&lt;b&gt;」直达本条" in response.content.decode()
