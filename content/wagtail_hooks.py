"""The frame of the admin: our style sheet, and a menu in the order of the work."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from content.session import session_state

# Wagtail's own entries that belong together for us: its name -> our label
RENAMED = {"reports": "报表", "settings": "系统"}
SITE_PAGES = {"explorer": "页面", "images": "图片", "documents": "文档"}


@hooks.register("insert_global_admin_css")
def our_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def sessions_that_end() -> str:
    return format_html(
        '<script src="{}" data-state="{}" data-login="{}"></script>',
        static("js/session.js"),
        reverse("content_session"),
        reverse("wagtailadmin_login"),
    )


@hooks.register("insert_global_admin_js")
def what_autosave_misses() -> str:
    return format_html('<script src="{}"></script>', static("js/autosave.js"))


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("session/", session_state, name="content_session")]


@hooks.register("construct_main_menu")
def order_by_work(request: HttpRequest, items: list[MenuItem]) -> None:
    """事项, 法规, 案例, 网页, 人员, 检索同义词, 报表, 系统: pages and files under one entry, no menu of help."""
    pages = [item for item in items if item.name in SITE_PAGES]
    items[:] = [_named(item) for item in items if item not in pages and item.name != "help"]
    if pages:
        items.append(_website(pages))


def _website(pages: list[MenuItem]) -> SubmenuMenuItem:
    inside = [_page_entry(item, order) for order, item in enumerate(pages)]
    return SubmenuMenuItem("网页", Menu(items=inside), name="website", icon_name="globe", order=150)


def _page_entry(item: MenuItem, order: int) -> MenuItem:
    """The entry as a plain link; the tree of pages opens as a list, as everything else does."""
    url = reverse("wagtailadmin_explore_root") if item.name == "explorer" else item.url
    return MenuItem(SITE_PAGES[item.name], url, name=item.name, icon_name=item.icon_name, order=order)


def _named(item: MenuItem) -> MenuItem:
    """Reports and settings under our names, settings without the foot that tells Wagtail's version."""
    label = RENAMED.get(item.name)
    if label is None:
        return item
    return SubmenuMenuItem(label, item.menu, name=item.name, icon_name=item.icon_name, order=item.order)


@hooks.register("construct_reports_menu")
def reports_for_editors(request: HttpRequest, items: list[MenuItem]) -> None:
    """Without the count of page types, which speaks to programmers."""
    items[:] = [item for item in items if item.name != "page-types-usage"]
