"""The style guide in a real browser: looks, scripts and accessibility of every component.

No server: pages are rendered here and handed to the browser under the site's own content policy,
because a production site has no style guide.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory

from config.csp import SITE as POLICY
from content.views import styleguide
from tests.browser.conftest import DESKTOP, PHONE

HOST = "http://style.guide"
SUGGESTIONS = [{"kind": "事项", "title": "在人行道上摆放桌椅经营", "url": "/items/1/", "hint": "市容环境"}]
SERIOUS = {"serious", "critical"}
LOOKS = {
    "desktop": {"viewport": DESKTOP},
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True},
    "dark": {"viewport": DESKTOP, "color_scheme": "dark"},
}


@pytest.fixture
def guide(db) -> str:
    """The style guide as HTML, with an address that answers suggestions."""
    html = styleguide(RequestFactory().get("/styleguide/")).content.decode()
    return re.sub(r'data-suggest="[^"]*"', 'data-suggest="/suggest"', html)


@pytest.fixture
def open_guide(browser, guide):
    contexts = []

    def answer(route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            return route.fulfill(path=Path(finders.find(path.removeprefix("/static/"))))
        if path == "/suggest":
            return route.fulfill(body=render_to_string("components/suggestions.html", {"suggestions": SUGGESTIONS}))
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
        return route.fulfill(body=guide, headers=headers)

    def make(**options):
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        context.set_default_timeout(5000)
        context.route("**/*", answer)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"{HOST}/styleguide/")
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("look", LOOKS)
def test_every_component_is_accessible_and_fits(open_guide, shoot, look):
    page = open_guide(**LOOKS[look])
    shoot(page, f"styleguide-{look}")
    serious = [found["id"] for found in Axe().run(page).response["violations"] if found["impact"] in SERIOUS]
    assert not serious
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert not page.complaints


def test_a_copied_citation_is_exactly_the_citation(open_guide):
    page = open_guide(permissions=["clipboard-read", "clipboard-write"])
    page.locator(".citation .copy-button").first.click()
    # the host has no TLS, as many an intranet: the old way of copying has to do
    page.locator("#q").focus()
    page.keyboard.press("Control+V")
    assert page.input_value("#q") == "《示例市容条例》第三十三条第一款"
    assert "已复制" in page.inner_text("#toast")


def test_what_is_typed_into_the_header_can_be_read(open_guide):
    page = open_guide()
    colours = "(box) => [getComputedStyle(box).color, getComputedStyle(document.body).color]"
    typed, text = page.locator("#q").evaluate(colours)
    assert typed == text


def test_the_care_version_is_remembered(open_guide):
    page = open_guide()
    page.locator(".site-nav [data-care-toggle]").click()
    page.reload()
    assert page.evaluate("document.documentElement.hasAttribute('data-care')")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "20px"


def test_the_reading_size_stops_at_both_ends(open_guide):
    page = open_guide()
    for _ in range(4):
        page.get_by_label("放大字号").click()
    assert page.evaluate("document.documentElement.dataset.size") == "largest"
    for _ in range(4):
        page.get_by_label("缩小字号").click()
    assert page.evaluate("document.documentElement.dataset.size") == ""


def test_hovering_a_citation_shows_its_text(open_guide):
    page = open_guide()
    page.locator("a[data-card]").first.hover()
    page.wait_for_selector(".hover-card:visible")
    assert "编写案例应当写明" in page.inner_text(".hover-card__text")
    page.keyboard.press("Escape")
    assert not page.is_visible(".hover-card")


def test_a_phone_shows_the_text_of_a_citation_as_a_sheet(open_guide):
    page = open_guide(**LOOKS["phone"])
    page.locator("a[data-card]").first.tap()
    page.wait_for_selector(".hover-card--sheet:visible")
    assert page.get_by_role("link", name="打开条文").get_attribute("href").endswith("#a33")


def test_the_jump_takes_full_width_digits_and_the_word_zhi(open_guide):
    page = open_guide()
    page.locator(".jump input").fill("１２０之1")
    page.locator(".jump button").click()
    page.wait_for_url("**/laws/example/120-1")


def test_suggestions_wait_for_the_input_method(open_guide):
    page = open_guide()
    box = page.locator("#q")
    box.focus()
    page.evaluate("""() => {
        const box = document.querySelector('#q');
        box.dispatchEvent(new CompositionEvent('compositionstart'));
        box.value = 'zhan';
        box.dispatchEvent(new InputEvent('input', {isComposing: true, bubbles: true}));
    }""")
    page.wait_for_timeout(400)
    assert not page.is_visible("#q-list")
    page.evaluate("""() => {
        const box = document.querySelector('#q');
        box.value = '占道';
        box.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));
    }""")
    page.wait_for_selector("#q-list [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "q-list-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/1/")


def test_the_contents_are_a_sheet_on_a_phone(open_guide):
    page = open_guide(**LOOKS["phone"])
    assert not page.is_visible("#toc")
    page.get_by_role("button", name="目录").tap()
    page.wait_for_selector("#toc:visible")
    page.keyboard.press("Escape")
    page.wait_for_selector("#toc", state="hidden")


def test_the_part_being_read_is_marked_in_the_contents(open_guide):
    page = open_guide()
    page.locator("#a1132").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('a1132').scrollIntoView()")
    page.wait_for_selector('.toc [aria-current][href="#a1132"]')
    assert page.locator(".toc [aria-current]").count() == 1


def test_without_script_everything_can_be_read(open_guide):
    page = open_guide(java_script_enabled=False, viewport=PHONE)
    assert page.is_visible("#toc")
    assert not page.is_visible("[data-care-toggle]")
    assert page.is_visible(".provision__text")


def test_paper_shows_the_text_and_not_the_site(open_guide):
    page = open_guide()
    page.emulate_media(media="print")
    assert not page.is_visible(".site-header")
    assert page.is_visible(".print-header") and page.is_visible(".print-footer")
    assert "2026年11月21日版" in page.inner_text(".print-header >> nth=0")
