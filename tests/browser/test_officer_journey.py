"""An officer, at the desk and in the street: from the words of a complaint to article, cost, case and phone."""

import re

import pytest
from playwright.sync_api import Page, expect

ITEM = "/items/420102C01CF07500/"


def ask(page: Page, query: str) -> None:
    page.goto("/")
    box = page.locator("main input[name=q]")
    box.fill(query)
    box.press("Enter")


def test_from_a_complaint_to_everything_that_is_needed(desktop, shoot):
    ask(desktop, "楼下烧烤油烟")
    shoot(desktop, "search-desktop")
    for words in ("露天烧烤", "油烟净化"):
        expect(desktop.get_by_role("link", name=re.compile(f"{words}.*的处罚")).first).to_be_visible()
    desktop.get_by_role("link", name=re.compile("露天烧烤.*的处罚")).first.click()
    expect(desktop).to_have_url(re.compile(ITEM))
    main = desktop.locator("main")
    expect(main).to_contain_text("¥500 — ¥5,000")
    expect(main).to_contain_text("《中华人民共和国生态环境法典》第一千一百三十二条第三款")
    expect(desktop.locator("body")).to_contain_text("依据 2026-08-15 已更新")
    expect(desktop.locator("a[href^='tel:']").first).to_be_visible()
    expect(desktop.get_by_role("link", name=re.compile("烧烤.*案")).first).to_be_attached()
    shoot(desktop, "item-desktop")


def test_the_standard_citation_is_copied_without_anything_added(open_context):
    context = open_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(ITEM)
    page.get_by_role("button", name="复制全部引文").click()
    expect(page.locator("#toast")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "《中华人民共和国生态环境法典》第一千一百三十二条第三款" in copied
    assert "http" not in copied


@pytest.mark.parametrize("query", ["处罚法33条", "《行政处罚法》第三十三条第一款", "处罚法３３条", "行政处罚法§33"])
def test_a_citation_jumps_to_the_provision_and_says_so(desktop, query):
    ask(desktop, query)
    expect(desktop).to_have_url(re.compile("/33"))
    expect(desktop.locator("body")).to_contain_text("已按引文直达")
    expect(desktop.locator("h1")).to_contain_text("第三十三条")


def test_repealed_law_stays_readable_and_points_to_its_successor(desktop, shoot):
    ask(desktop, "大气法118条")
    body = desktop.locator("body")
    expect(body).to_contain_text("已废止")
    desktop.get_by_role("link", name=re.compile("生态环境法典》第一千一百三十二条")).first.click()
    expect(desktop.locator("h1")).to_contain_text("第一千一百三十二条")
    expect(body).to_contain_text("现行有效")


def test_a_law_is_read_by_jump_and_neighbours(desktop, shoot):
    desktop.goto("/laws/行政处罚法/")
    shoot(desktop, "law-desktop")
    desktop.locator("input[inputmode=numeric], input[name=article], input[name=n]").first.fill("三十三")
    desktop.keyboard.press("Enter")
    expect(desktop).to_have_url(re.compile("33"))
    desktop.goto("/laws/行政处罚法/33")
    desktop.get_by_role("link", name=re.compile("第三十四条")).first.click()
    expect(desktop.locator("h1")).to_contain_text("第三十四条")


def test_a_case_says_that_it_is_no_legal_basis(desktop, shoot):
    desktop.goto("/cases/")
    desktop.locator("main a[href^='/cases/20']").first.click()
    expect(desktop.locator("main")).to_contain_text("仅供参照，不作为执法依据")
    expect(desktop.locator("main")).to_contain_text("基本案情")
    shoot(desktop, "case-desktop")


def test_a_case_on_changed_law_wears_a_badge(desktop):
    desktop.goto("/cases/?q=")
    desktop.goto("/search/?q=大气污染防治法 油烟&kind=case")
    expect(desktop.locator("main")).to_contain_text("依据已变更")


def test_what_a_street_could_do_on_a_day_differs_between_days(desktop):
    counts = []
    for day in ("2022-01-01", "2026-01-01"):
        desktop.goto(f"/items/?on={day}")
        counts.append(re.search(r"(\d+)\s*项", desktop.locator("main").inner_text())[1])
    assert counts[0] != counts[1]


def test_the_same_on_a_phone(phone, shoot):
    ask(phone, "楼下烧烤油烟")
    shoot(phone, "search-phone")
    phone.get_by_role("link", name=re.compile("露天烧烤.*的处罚")).first.click()
    bar = phone.locator(".phone-bar")
    expect(bar).to_be_visible()
    for word in ("依据", "证据", "案例", "电话"):
        expect(bar).to_contain_text(word)
    shoot(phone, "item-phone")


def test_an_input_method_fires_no_search_before_it_is_done(desktop):
    asked = []
    desktop.goto("/")
    desktop.on("request", lambda request: asked.append(request.url) if "suggest" in request.url else None)
    desktop.locator("main input[name=q]").focus()
    keyboard = desktop.context.new_cdp_session(desktop)
    for typed in ("zhan", "zhandao"):
        keyboard.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
        desktop.wait_for_timeout(400)
    assert asked == []
    keyboard.send("Input.insertText", {"text": "占道"})
    desktop.wait_for_timeout(800)
    assert len(asked) == 1
