"""Editors' pages that anybody may read: notices, guides."""

from collections.abc import Iterator, Sequence

from django.utils.timezone import localdate
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from content.models import NewsPage, StandardPage
from search.chinese import exact_name
from search.documents.source import Source, itself
from search.engines.base import BEGINNING, SearchDocument

GUIDE_WEIGHT, NEWS_WEIGHT = 1.1, 1.0
TYPES = (StandardPage, NewsPage)


def documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    for page in public().filter(pk__in=pks).specific():
        url = page.get_url()
        if url:
            yield document(page, url)


def document(page: StandardPage | NewsPage, url: str) -> SearchDocument:
    news = isinstance(page, NewsPage)
    return SearchDocument(
        key=f"page:{page.pk}",
        kind="document",
        title=page.title,
        url=url,
        path="通知动态" if news else "使用指引",
        body="\n".join((page.summary, *page.body.stream_block.get_searchable_content(page.body))).strip(),
        exact=(f"name:{exact_name(page.title)}",),
        dated=localdate(page.first_published_at) if page.first_published_at else BEGINNING,
        weight=NEWS_WEIGHT if news else GUIDE_WEIGHT,
    )


def public() -> PageQuerySet:
    return Page.objects.live().public().type(*TYPES)


def _tree(page: Page) -> list[int]:
    """A page that moves or hides takes along what is below it."""
    return list(page.get_descendants(inclusive=True).values_list("pk", flat=True)) or [page.pk]


def _restricted(restriction: PageViewRestriction) -> list[int]:
    return _tree(restriction.page)


PAGES = Source(
    prefix="page",
    rows=public,
    documents=documents,
    names=("title",),
    watched={NewsPage: itself, StandardPage: _tree, PageViewRestriction: _restricted},
)
