"""What holds for each of the main pages: width, weight, contrast, no script, paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import DESKTOP, PHONE

PAGES = {
    "home": "/",
    "search": "/search/?q=占道经营",
    "items": "/items/",
    "item": "/items/420102C01CF07500/",
    "laws": "/laws/",
    "law": "/laws/行政处罚法/",
    "long law": "/laws/民法典/",
    "article": "/laws/生态环境法典/1132",
    "forms": "/forms/",
    "form": "/forms/WS504/",
    "cases": "/cases/",
    "case": "/cases/2026q3-01/",
}
LARGEST = 120 * 1024
SERIOUS = {"serious", "critical"}
MARKS = {
    "home": "搜索",
    "search": "占道经营",
    "item": "第一千一百三十二条",
    "law": "第三十三条",
    "form": "填写栏目",
    "case": "基本案情",
}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_of_a_phone(phone, shoot, name):
    phone.goto(PAGES[name])
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shoot(phone, f"{name}-phone")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light(open_context, name):
    context = open_context()
    page, sizes = context.new_page(), []

    def count(response) -> None:
        if not response.url.startswith("data:"):
            sizes.append(response.request.sizes()["responseBodySize"])

    page.on("requestfinished", lambda request: count(request.response()))
    page.goto(PAGES[name], wait_until="networkidle")
    assert 0 < sum(sizes) < LARGEST


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(desktop, shoot, name):
    desktop.goto(PAGES[name])
    shoot(desktop, f"{name}-desktop")
    violations = Axe().run(desktop).response["violations"]
    serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in violations if v["impact"] in SERIOUS]
    assert not serious


@pytest.mark.parametrize("name", MARKS)
def test_a_page_is_readable_without_scripts(open_context, name):
    page = open_context(java_script_enabled=False, viewport=DESKTOP).new_page()
    page.goto(PAGES[name])
    assert MARKS[name] in page.locator("main").inner_text()


@pytest.mark.parametrize("name", ["item", "law", "article", "form", "case"])
def test_paper_carries_title_address_and_no_navigation(desktop, shoot, name):
    desktop.goto(PAGES[name])
    desktop.emulate_media(media="print")
    shoot(desktop, f"{name}-print")
    assert not desktop.locator(".site-nav").is_visible()
    assert desktop.locator(".print-header").is_visible()


def test_an_item_prints_on_two_pages(desktop, tmp_path):
    desktop.goto(PAGES["item"])
    sheet = desktop.pdf(format="A4")
    assert sheet.count(b"/Type /Page\n") + sheet.count(b"/Type /Page ") + sheet.count(b"/Type/Page/") <= 2


def test_an_unknown_address_answers_in_chinese(desktop):
    assert desktop.goto("/没有这一页/").status == 404
    assert "没有" in desktop.locator("main").inner_text()
