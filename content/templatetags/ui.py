"""The tag library `ui`: components as tags, and the filters that keep dates and money alike everywhere."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import nh3
from django import template
from django.core.paginator import Paginator
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.encoding import uri_to_iri
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from content import money as money_text
from content import numbers
from content import panels as panel_registry
from content.branding import Branding, branding_for
from content.navigation import NavLink, account_link, main_links
from content.navigation import footer_links as links_of_footer

register = template.Library()

# code -> (words, tone). The tone names a CSS class; the words say the state without colour.
STATUS = {
    "pending": ("尚未施行", "info"),
    "in_force": ("现行有效", "ok"),
    "amended": ("已被修改", "warn"),
    "repealed": ("已废止", "seal"),
    "unverified": ("待核", "open"),
}
RICH_TEXT_TAGS = {"a", "b", "br", "em", "h2", "h3", "h4", "i", "li", "mark", "ol", "p", "strong", "sub", "sup", "ul"}
RICH_TEXT_TAGS |= {"blockquote", "caption", "hr", "table", "tbody", "td", "th", "thead", "tr"}


@register.inclusion_tag("components/status_badge.html")
def status_badge(code: str, note: str = "") -> dict[str, str]:
    """A status in words and tone; `note` becomes its title. An unknown code shows as 待核."""
    words, tone = STATUS.get(code, STATUS["unverified"])
    return {"words": words, "tone": tone, "code": code, "note": note}


@register.simple_tag(takes_context=True)
def panels(context: Context, place: str, subject: Any = None) -> SafeString:
    """Everything the upper apps registered for `place` (content/panels.py)."""
    pieces = panel_registry.rendered(place, context.get("request"), subject)
    return mark_safe("".join(pieces))  # noqa: S308  renderers return template output


@register.simple_tag(takes_context=True)
def branding(context: Context) -> Branding:
    """Site and district name, hotline and notice: `{% branding as brand %}`."""
    return branding_for(context.get("request"))


@register.simple_tag
def footer_links() -> list[NavLink]:
    """The editors' pages about the site itself."""
    return links_of_footer()


@register.simple_tag(takes_context=True)
def nav_links(context: Context) -> list[NavLink]:
    """The main navigation, without what this installation does not have."""
    return main_links(_path(context))


@register.simple_tag(takes_context=True)
def nav_account(context: Context) -> NavLink | None:
    """我的 for who is logged in, else 登录."""
    request = context.get("request")
    user = getattr(request, "user", None)
    return account_link(_path(context), bool(user and user.is_authenticated))


@register.simple_tag
def url_or(name: str, fallback: str = "") -> str:
    """The address of a named URL, or the fallback where no such app is installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return fallback


@register.simple_tag
def amount_range(low: money_text.Amount, high: money_text.Amount) -> SafeString:
    """`¥5,000 — ¥50,000 五千元以上五万元以下`; see components/amount.html for the form with a label."""
    figures = money_text.range_in_figures(low, high)
    words = money_text.range_in_words(low, high)
    return format_html('<b class="amount__figures">{}</b> <span class="amount__words">{}</span>', figures, words)


@register.simple_tag(takes_context=True)
def page_address(context: Context) -> str:
    """The page's address for paper: Chinese as Chinese, without a fragment."""
    request = context.get("request")
    return uri_to_iri(request.build_absolute_uri()) if request else ""


@register.simple_tag
def printed_at() -> str:
    """Now, as a print footer writes it."""
    now = timezone.localtime()
    return f"{cn_date(now.date())} {now:%H:%M}"


@register.filter
def cn_date(value: dt.date | None) -> str:
    """2026年11月21日; nothing for no date."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


@register.filter
def plain_number(value: Decimal | int | None) -> str:
    """20, 1.5; nothing for no number."""
    return "" if value is None else numbers.plain_number(value)


@register.filter
def cn_date_range(start: dt.date | None, end: dt.date | None) -> str:
    """2026年1月1日 — 2026年8月14日; `至今` for an open end. `end` is the last day, inclusive."""
    return f"{cn_date(start)} — {cn_date(end) or '至今'}" if start else ""


@register.filter
def money(value: money_text.Amount) -> str:
    """¥5,000."""
    return money_text.in_figures(value)


@register.filter
def money_words(value: money_text.Amount) -> str:
    """五千元."""
    return money_text.in_words(value)


@register.filter
def clean_html(value: str) -> SafeString:
    """HTML that people wrote, with everything but plain text structure taken out."""
    return mark_safe(nh3.clean(str(value or ""), tags=RICH_TEXT_TAGS))  # noqa: S308  nh3 sanitised it


@register.filter
def clean_marks(value: str) -> SafeString:
    """A search snippet: only <mark> survives."""
    return mark_safe(nh3.clean(str(value or ""), tags={"mark"}))  # noqa: S308  nh3 sanitised it


@register.filter
def with_columns(row: Iterable[Any], columns: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Pairs each cell of a data_table row with its column."""
    return list(zip(row, columns, strict=True))


@register.filter
def page_numbers(paginator: Paginator, number: int) -> list[int]:
    """The numbers a pagination shows, 0 for a gap."""
    shown = paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
    return [step if isinstance(step, int) else 0 for step in shown]


def _path(context: Context) -> str:
    return getattr(context.get("request"), "path", "")
