"""The main navigation: links to the apps that are there."""

from typing import NamedTuple

from django.urls import NoReverseMatch, reverse

MAIN = (("事项", "kb:items"), ("法规", "kb:laws"), ("案例", "casebook:cases"))
ACCOUNT = (("我的", "people:me"), ("登录", "people:login"))


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


def _link(label: str, name: str, path: str) -> NavLink | None:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    return NavLink(label, url, path.startswith(url))
