"""The editor-owned pages of the site (a few hundred at most) and the site's own words.

Regulations, items and cases are not pages: they are rows with their own views (README.md).
All pages stand on `SitePage`; Wagtail's swappable page model is experimental and not used.
"""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page

from content.blocks import PROSE
from content.fields import BodyField
from content.jobs.models import Job

__all__ = ["HomePage", "Job", "NewsIndexPage", "NewsPage", "SiteBranding", "SitePage", "StandardPage"]

EXAMPLE_QUERIES = "楼下烧烤油烟\n占道经营\n处罚法33条\n建筑工地夜间施工\n乱倒渣土\n小区里养鸡"
NEWS_PER_PAGE = 20
NEWS_ON_HOME = 5


@register_setting(icon="cog")
class SiteBranding(BaseSiteSetting):
    """What header, footer and paper call this installation."""

    site_name = models.CharField("网站名称", max_length=40, default="执法宝典")
    district = models.CharField(
        "区名", max_length=40, blank=True, default="", help_text="显示在网站名称之后，例如：江城区"
    )
    hotline = models.CharField("业务咨询电话", max_length=40, blank=True, default="")
    notice = models.CharField(
        "全站提示", max_length=200, blank=True, default="", help_text="显示在每页顶部，例如停机维护时间；没有就留空"
    )

    panels = [FieldPanel(name) for name in ("site_name", "district", "hotline", "notice")]

    class Meta:
        db_table = "content_branding"
        verbose_name = "网站名称与联系方式"


class SitePage(Page):
    """Base of every page type: one optional sentence that says what the page answers."""

    summary = models.CharField(
        "摘要", max_length=200, blank=True, default="", help_text="一句话说明本页内容，显示在标题下方和列表里"
    )

    content_panels = Page.content_panels + [FieldPanel("summary")]

    class Meta:
        abstract = True


class HomePage(SitePage):
    """The front door: the search box, what changed, the domains, the news."""

    example_queries = models.TextField("示例查询", default=EXAMPLE_QUERIES, help_text="每行一个，最多显示六个")

    content_panels = SitePage.content_panels + [FieldPanel("example_queries")]
    parent_page_types = ["wagtailcore.Page"]
    template = "content/home_page.html"
    max_count = 1

    class Meta:
        db_table = "content_home"
        verbose_name = "首页"

    @property
    def examples(self) -> list[str]:
        """The first six example queries."""
        lines = (line.strip() for line in self.example_queries.splitlines())
        return [line for line in lines if line][:6]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict:
        """Adds `news`, the newest notices, and `news_index`, the page that lists them all."""
        context = super().get_context(request, *args, **kwargs)
        context["news"] = NewsPage.newest()[:NEWS_ON_HOME]
        context["news_index"] = NewsIndexPage.objects.live().first()
        return context


class StandardPage(SitePage):
    """Help, rules of use, privacy: text that an editor writes."""

    body = BodyField(PROSE, verbose_name="正文", blank=True)

    content_panels = SitePage.content_panels + [FieldPanel("body")]
    parent_page_types = ["content.HomePage", "content.StandardPage"]
    subpage_types = ["content.StandardPage"]

    class Meta:
        db_table = "content_standard"
        verbose_name = "普通页面"


class NewsIndexPage(SitePage):
    """The list of notices, newest first."""

    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.NewsPage"]

    class Meta:
        db_table = "content_news_index"
        verbose_name = "通知动态栏目"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict:
        """Adds `news`, one page (paginator.Page) of the notices below this one."""
        context = super().get_context(request, *args, **kwargs)
        paginator = Paginator(NewsPage.newest().filter(path__startswith=self.path), NEWS_PER_PAGE)
        context["news"] = paginator.get_page(request.GET.get("page"))
        return context


class NewsPage(SitePage):
    """One notice, with the day it was issued and who issued it."""

    issued_on = models.DateField("发布日期", default=timezone.localdate)
    issued_by = models.CharField("发布单位", max_length=80, blank=True, default="")
    body = BodyField(PROSE, verbose_name="正文", blank=True)

    content_panels = SitePage.content_panels + [FieldPanel(name) for name in ("issued_on", "issued_by", "body")]
    parent_page_types = ["content.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        db_table = "content_news"
        verbose_name = "通知动态"

    @classmethod
    def newest(cls) -> models.QuerySet["NewsPage"]:
        """Live notices, the latest first."""
        return cls.objects.live().public().order_by("-issued_on", "-first_published_at")
