"""Home page, news, help and the site's own words."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page

from content.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from content.site import ensure_site
from demo.loaders.manuscript import Manuscript, read
from demo.loaders.tables import DATA, day

DISTRICT, HOTLINE = "江城区", "010-5550-1201"


def load_pages() -> dict[str, int]:
    """Makes pages that are missing; what an editor has changed since stays as it is."""
    home = ensure_site(district=DISTRICT, hotline=HOTLINE)
    index = NewsIndexPage.objects.get()
    for path in sorted((DATA / "news").glob("*.md")):
        _news(index, path.stem, read(path))
    for path in sorted((DATA / "pages").glob("*.md")):
        _standard(home, read(path))
    return {"通知动态": NewsPage.objects.count(), "普通页面": StandardPage.objects.count()}


def _news(index: NewsIndexPage, stem: str, text: Manuscript) -> None:
    slug = slugify(stem)
    if index.get_children().filter(slug=slug).exists():
        return
    page = NewsPage(
        title=text.head["title"],
        slug=slug,
        summary=text.head["summary"],
        issued_on=day(text.head["date"]),
        issued_by=text.head["issuer"],
        body=text.body,
    )
    _place(index, page)


def _standard(home: HomePage, text: Manuscript) -> None:
    slug = text.head["slug"]
    if StandardPage.objects.filter(slug=slug).exists():
        return
    parent = StandardPage.objects.filter(slug=text.head.get("parent", "")).first() or home
    page = StandardPage(
        title=text.head["title"],
        slug=slug,
        summary=text.head["summary"],
        body=text.body,
        show_in_menus=text.head.get("menu") == "是",
    )
    _place(parent, page)


@transaction.atomic
def _place(parent: Page, page: Page) -> None:
    """Below the parent and live; an editor's first change makes the first revision."""
    parent.refresh_from_db()
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
