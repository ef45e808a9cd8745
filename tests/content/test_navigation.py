"""The navigation offers what is installed, and nothing else."""

from django.test import override_settings
from django.urls import include, path

from content.navigation import account_link, main_links


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
