"""The navigation offers what is installed, and nothing else."""

from django.core.cache import cache
from django.test import override_settings
from django.urls import include, path

from content.models import StandardPage
from content.navigation import account_link, main_links
from content.site import ensure_site


def view(request):
    raise NotImplementedError


items = ([path("items/", view, name="items")], "kb")
people = ([path("me/", view, name="me"), path("login/", view, name="login")], "people")


class WithItems:
    urlpatterns = [path("", include(items)), path("", include(people))]


class Bare:
    urlpatterns: list = []


@override_settings(ROOT_URLCONF=WithItems)
def test_only_what_is_there_is_linked():
    assert [link.label for link in main_links("/")] == ["事项"]


@override_settings(ROOT_URLCONF=WithItems)
def test_the_part_one_is_in_is_marked():
    assert main_links("/items/420102/")[0].current
    assert not main_links("/laws/")[0].current


@override_settings(ROOT_URLCONF=WithItems)
def test_who_is_logged_in_finds_the_desk():
    assert account_link("/", logged_in=True).label == "我的"
    assert account_link("/", logged_in=False).label == "登录"


@override_settings(ROOT_URLCONF=Bare)
def test_a_site_without_apps_has_no_links():
    assert main_links("/") == [] and account_link("/", logged_in=False) is None


def test_the_footer_leads_to_the_pages_that_editors_list_in_menus(client, db):
    home = ensure_site(district="江城区")
    home.add_child(instance=StandardPage(title="使用帮助", slug="help", show_in_menus=True))
    home.add_child(instance=StandardPage(title="草稿说明", slug="draft", show_in_menus=True, live=False))
    cache.delete("content.footer_links")
    page = client.get("/").content.decode()
    cache.delete("content.footer_links")
    assert '<a href="/help/">使用帮助</a>' in page
    assert "草稿说明" not in page
