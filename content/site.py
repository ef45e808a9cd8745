"""The pages a new installation starts with."""

from django.db import transaction
from wagtail.models import Page, Site

from content.models import HomePage, NewsIndexPage, SiteBranding


@transaction.atomic
def ensure_site(*, district: str = "", hotline: str = "") -> HomePage:
    """The home page, published and set as the site's root, with the list of notices below it.

    May be called again: what is there stays as it is, only missing pages are made and empty
    district and hotline filled in. Wagtail's welcome page is taken away.
    """
    home = HomePage.objects.first() or _new_home()
    # editors see the top of the tree by its title, which Wagtail lays down in English
    Page.objects.filter(depth=1, title="Root").update(title="全部页面", draft_title="全部页面")
    site = _site_at(home)
    if not NewsIndexPage.objects.exists():
        home.add_child(instance=NewsIndexPage(title="通知动态", slug="news", show_in_menus=True))
    _fill_branding(site, district=district, hotline=hotline)
    return home


def _new_home() -> HomePage:
    root = Page.get_first_root_node()
    for welcome in root.get_children().filter(slug="home").exact_type(Page):
        Site.objects.filter(root_page=welcome).update(root_page=root)
        welcome.delete()
    root.refresh_from_db()
    return root.add_child(instance=HomePage(title="执法宝典", slug="home", summary="街道综合行政执法一站查"))


def _site_at(home: HomePage) -> Site:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="执法宝典")
    if site.root_page_id != home.pk:
        site.root_page = home
        site.save()
    return site


def _fill_branding(site: Site, **words: str) -> None:
    branding = SiteBranding.for_site(site)
    missing = {name: word for name, word in words.items() if word and not getattr(branding, name)}
    if missing:
        for name, word in missing.items():
            setattr(branding, name, word)
        branding.save()
