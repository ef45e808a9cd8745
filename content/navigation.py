"""The main navigation: links to the apps that are there."""

from typing import NamedTuple

from django.core.cache import cache
from django.db import DatabaseError
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

MAIN = (("事项", "kb:items"), ("法规", "kb:laws"), ("案例", "casebook:cases"), ("练习", "exams:practice"))
# Services that need no account, below every page, before the editors' pages.
SERVICES = (("执法证查询", "exams:card_lookup"),)
ACCOUNT = (("我的", "people:me"), ("登录", "people:login"))

FOOTER_KEPT = 300  # seconds


class NavLink(NamedTuple):
    """One entry; `current` when the page is in its part of the site."""

    label: str
    url: str
    current: bool


def main_links(path: str) -> list[NavLink]:
    """The entries whose app is installed, the one that `path` lies in marked."""
    found = (_link(label, name, path) for label, name in MAIN)
    return [link for link in found if link]


def account_link(path: str, logged_in: bool) -> NavLink | None:
    """我的 or 登录; nothing where the installation has no accounts."""
    label, name = ACCOUNT[0] if logged_in else ACCOUNT[1]
    return _link(label, name, path)


def footer_links() -> list[NavLink]:
    """Services for everybody; help, about, privacy: what an editor lists in menus, none of it without a database."""
    services = [link for link in (_link(label, name, "") for label, name in SERVICES) if link]
    try:
        return services + (cache.get_or_set("content.footer_links", _menu_pages, FOOTER_KEPT) or [])
    except DatabaseError:
        return services


def _menu_pages() -> list[NavLink]:
    pages = Page.objects.live().public().in_menu().filter(depth=3)
    return [NavLink(page.title, page.url, False) for page in pages if page.url]


def _link(label: str, name: str, path: str) -> NavLink | None:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    return NavLink(label, url, path.startswith(url))
