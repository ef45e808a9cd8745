"""The search box and its page in a real browser: keyboard, input method, screen reader, what is remembered and kept."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE

SERIOUS = {"serious", "critical"}
PASSWORD = "jiangcheng-2026"
QUERIES = {
    "groups": "楼下烧烤油烟怎么罚",
    "law": "行政处罚",
    "corrected": "行证处罚",
    "routing": "飞线充电",
    "wrong field": "颜色:红 占道经营",
    "nothing": "zzqqxx",
    "unknown number": "岸政1999 9号",
}


def box_of(page: Page):
    return page.locator("input[name=q]").first


def list_of(page: Page):
    return page.locator(".search-form__list").first


def type_and_wait(page: Page, words: str) -> None:
    box_of(page).press_sequentially(words)
    expect(list_of(page)).to_be_visible()


def sign_in(page: Page, name: str) -> None:
    page.goto("/login/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "/login/" not in url)


def serious(page: Page) -> list:
    violations = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in violations if one["impact"] in SERIOUS]


# --- the box ---


def test_suggestions_are_chosen_by_keyboard(desktop):
    desktop.goto("/")
    box = box_of(desktop)
    type_and_wait(desktop, "占道")
    box.press("ArrowDown")
    first = box.get_attribute("aria-activedescendant")
    expect(desktop.locator(f"#{first}")).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") != first
    box.press("Escape")
    expect(list_of(desktop)).to_be_hidden()
    box.press("End")
    box.press_sequentially("经")
    expect(list_of(desktop)).to_be_visible()
    box.press("ArrowDown")
    chosen = desktop.locator("[role=option][aria-selected=true]").get_attribute("href")
    box.press("Enter")
    desktop.wait_for_url(lambda url: url.endswith(chosen) or chosen in url)


def test_a_screen_reader_is_told_what_the_box_does(desktop):
    desktop.goto("/")
    box = box_of(desktop)
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(desktop.locator(f"#{box.get_attribute('aria-controls')}")).to_have_attribute("role", "listbox")
    type_and_wait(desktop, "占道")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(desktop.locator(".search-form__said").first).to_have_text(re.compile(r"^\d+ 条，按上下方向键选择$"))
    assert not serious(desktop)
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.get_attribute("aria-activedescendant") is None


def test_enter_that_ends_a_composition_searches_nothing(desktop):
    desktop.goto("/")
    box_of(desktop).focus()
    keyboard = desktop.context.new_cdp_session(desktop)
    keyboard.send("Input.imeSetComposition", {"text": "zhandao", "selectionStart": 7, "selectionEnd": 7})
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, "key": "Process"})
    assert desktop.url.endswith("/")
    keyboard.send("Input.insertText", {"text": "占道"})
    expect(box_of(desktop)).to_have_value("占道")
    expect(list_of(desktop)).to_be_visible()


def test_recent_searches_stay_in_this_browser_and_can_be_cleared(desktop, open_context):
    desktop.goto("/")
    for words in ("占道经营", "油烟"):
        box_of(desktop).fill(words)
        box_of(desktop).press("Enter")
        desktop.wait_for_url("**/search/**")
    desktop.goto("/laws/")
    box_of(desktop).click()
    expect(list_of(desktop).locator("[role=option]")).to_have_text(
        [re.compile("油烟"), re.compile("占道经营"), re.compile("清除最近检索")]
    )
    box_of(desktop).press("ArrowDown")
    box_of(desktop).press("Enter")
    expect(desktop).to_have_url(re.compile("/search/"))
    desktop.goto("/laws/")
    box_of(desktop).click()
    desktop.get_by_role("option", name="清除最近检索").click()
    expect(list_of(desktop)).to_be_hidden()
    assert desktop.evaluate("localStorage.getItem('searches')") == "[]"
    stranger = open_context().new_page()
    stranger.goto("/")
    box_of(stranger).click()
    expect(list_of(stranger)).to_be_hidden()


# --- the page ---


@pytest.mark.parametrize("name", QUERIES)
def test_every_shape_of_the_page_is_accessible_and_fits_a_phone(desktop, phone, shoot, name):
    for page in (desktop, phone):
        page.goto(f"/search/?q={QUERIES[name]}")
        assert not serious(page)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shoot(desktop, f"search-{name}-desktop")
    shoot(phone, f"search-{name}-phone")


def test_the_first_screen_of_a_phone_holds_answers(phone):
    phone.goto("/search/?q=楼下烧烤油烟怎么罚")
    bottoms = phone.locator(".hit").evaluate_all("hits => hits.map((hit) => hit.getBoundingClientRect().bottom)")
    assert len([bottom for bottom in bottoms if bottom <= PHONE["height"]]) >= 3


def test_facets_on_a_phone_are_a_sheet(phone):
    phone.goto("/search/?q=占道经营")
    expect(phone.locator("#facets")).to_be_hidden()
    phone.get_by_role("button", name="筛选").tap()
    phone.locator("#facets").get_by_role("link", name=re.compile("案例")).tap()
    expect(phone).to_have_url(re.compile("kind=case"))


def test_an_opened_result_is_told_with_kind_and_place(desktop):
    said = []
    desktop.goto("/search/?q=占道经营")
    desktop.on("request", lambda request: said.append(request) if "/search/clicked/" in request.url else None)
    desktop.locator("[data-kind=article] .hit__title a").first.click()
    desktop.wait_for_url("**/laws/**")
    assert [request.method for request in said] == ["POST"]


def test_a_search_is_kept_listed_and_deleted(desktop, shoot):
    sign_in(desktop, "duiyuan")
    desktop.goto("/search/?q=占道经营&kind=case")
    desktop.get_by_role("button", name="保存这个检索").click()
    expect(desktop.locator("body")).to_contain_text("已保存检索“占道经营”")
    assert not serious(desktop)
    shoot(desktop, "search-kept-desktop")
    desktop.goto("/me/searches/")
    expect(desktop.locator("main")).to_contain_text("没有新增")
    assert not serious(desktop)
    shoot(desktop, "saved-searches-desktop")
    desktop.locator("main").get_by_role("link", name="占道经营").click()
    expect(desktop.locator("main")).to_contain_text("没有新增的结果")
    desktop.goto("/me/searches/")
    desktop.get_by_role("button", name="删除检索“占道经营”").click()
    expect(desktop.locator("main")).to_contain_text("还没有保存检索")


def test_an_editor_reads_why_these_results(desktop, shoot):
    sign_in(desktop, "peixun")
    desktop.goto("/search/?q=占道经营怎么罚")
    desktop.get_by_text("为什么是这些结果").click()
    why = desktop.locator(".search-why")
    expect(why).to_contain_text("占道经营 → ")
    assert not re.search(r"\b(item|article|name|alias|EQ|UP|REL|WARN)\b", why.inner_text())
    why.scroll_into_view_if_needed()
    shoot(desktop, "search-why-desktop")
    assert not serious(desktop)
