"""The front door of a new installation, and what editors make of it."""

import datetime as dt

import pytest
from wagtail.models import Page, Site

from content import panels
from content.models import HomePage, NewsIndexPage, NewsPage, SiteBranding
from content.site import ensure_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return ensure_site(district="江城区", hotline="027-80001234")


def add_news(title: str, day: int, **fields) -> NewsPage:
    page = NewsPage(title=title, slug=f"n{day}", issued_on=dt.date(2026, 11, day), **fields)
    return NewsIndexPage.objects.get().add_child(instance=page)


def test_a_new_installation_has_a_home_page(client, home):
    html = client.get("/").content.decode()
    assert "江城区" in html and "027-80001234" in html
    assert html.count("?q=") == 6
    assert "autofocus" in html


def test_making_the_site_again_changes_nothing(home):
    SiteBranding.objects.update(district="湖畔区")
    assert ensure_site(district="江城区") == home
    assert SiteBranding.objects.get().district == "湖畔区"
    assert HomePage.objects.count() == NewsIndexPage.objects.count() == Site.objects.count() == 1
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_editors_choose_the_example_queries(client, home):
    home.example_queries = "渣土车\n\n  夜间施工  \n"
    home.save_revision().publish()
    html = client.get("/").content.decode()
    assert html.count("?q=") == 2 and ">夜间施工<" in html


def test_news_are_shown_newest_first_and_drafts_not_at_all(client, home):
    add_news("十日的通知", 10)
    add_news("二十日的通知", 20)
    add_news("没有发布的通知", 21, live=False)
    html = client.get("/").content.decode()
    assert html.index("二十日的通知") < html.index("十日的通知")
    assert "没有发布的通知" not in html


def test_the_list_of_news_has_pages(client, home):
    for day in range(1, 26):
        add_news(f"通知{day:02}", day)
    first = client.get("/news/").content.decode()
    assert "通知25" in first and "通知01" not in first and "共 25 条" in first
    assert "通知01" in client.get("/news/?page=2").content.decode()
    assert client.get("/news/?page=999").status_code == 200


def test_apps_show_their_panels_on_the_home_page(client, home):
    def render(request, subject):
        return "<p>八个领域</p>"

    panels.register("home_lead", render)
    try:
        assert "<p>八个领域</p>" in client.get("/").content.decode()
    finally:
        panels.unregister("home_lead", render)


def test_the_home_page_costs_few_queries(client, home, django_assert_max_num_queries):
    add_news("通知", 1)
    client.get("/")
    with django_assert_max_num_queries(20):
        client.get("/")


def test_a_notice_of_the_site_is_on_every_page(client, home):
    SiteBranding.objects.update(notice="今晚八时停机维护")
    assert "今晚八时停机维护" in client.get("/").content.decode()
    assert "今晚八时停机维护" in client.get("/nowhere/").content.decode()
