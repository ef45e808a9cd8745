"""An editor takes a draft from a scan to confirmed anonymity, with the keyboard and by hand; readers see the result."""

import re

from playwright.sync_api import Page, expect

from demo.loaders.people import PASSWORD
from tests.browser.accessibility import serious

TITLE = "王建国排放油烟案"
FACTS = "2026年10月12日，执法人员检查老李烧烤店，店主王建国在场。王建国的侄子15岁，在店帮忙。巷口那家老字号也来作证。"


def test_from_the_first_finding_to_confirmed_anonymity(open_context, shoot):
    page = open_context().new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    _sign_in(page, "peixun")
    _draft(page)

    page.goto(re.sub(r".*/edit/(\d+)/.*", r"/admin/cases/\1/anonymise/", page.url))
    expect(page.locator(".findings-count")).to_contain_text("项待处理")
    shoot(page, "findings-open")
    assert not serious(page)

    page.locator("body").press("n")
    expect(page.locator(".findings-entry:focus")).to_have_count(1)
    before = _waiting(page)
    page.locator(".findings-entry.is-open").first.get_by_role("button", name=re.compile("^接受")).click()
    expect(page.locator(".findings-count b")).to_have_text(str(before - 1))

    page.get_by_role("button", name=re.compile("全部接受确定的")).click()
    expect(page.get_by_role("button", name=re.compile("全部接受确定的"))).to_have_count(0)
    minor = page.locator(".findings-entry", has_text="未成年人线索").first
    minor.get_by_role("button", name=re.compile("^接受")).click()
    expect(page.locator(".findings-problem")).to_contain_text("未成年人")
    minor.get_by_label("理由").fill("只写在店帮忙，没有其他线索")
    minor.get_by_role("button", name=re.compile("^接受")).click()
    expect(page.locator(".findings-count")).to_contain_text("都已处理")

    page.get_by_label("原文").fill("巷口那家老字号")
    page.get_by_label("替换为（留空即删去）").fill("邻近某店")
    page.get_by_role("button", name="添加替换").click()
    expect(page.locator(".findings-text")).to_contain_text("→邻近某店")

    page.get_by_role("link", name="对照处理结果").click()
    result = page.locator(".findings-result tr", has_text="基本案情").locator("td").last
    expect(result).to_contain_text("店主王某在场")
    expect(result).not_to_contain_text("王建国")
    shoot(page, "findings-result")
    assert not serious(page)

    page.get_by_role("link", name="确认匿名").click()
    page.get_by_role("button", name="确认匿名", exact=True).click()
    expect(page.locator("body")).to_contain_text("已确认匿名")
    assert not complaints


def _sign_in(page: Page, username: str) -> None:
    page.goto("/login/?next=/admin/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)


def _draft(page: Page) -> None:
    """A new case with one section, saved; the page is its form afterwards."""
    page.goto("/admin/snippets/casebook/case/add/")
    page.fill("input[name=title]", TITLE)
    page.select_option("select[name=domain]", index=1)
    page.get_by_role("button", name="保存草稿").first.click()
    expect(page).to_have_url(re.compile(r"/case/edit/\d+/"))
    page.locator("button.c-sf-add-button").first.click()
    page.get_by_role("option", name="基本案情").click()
    page.locator("textarea[name^='body-'][name$='-text']").first.fill(FACTS)
    page.get_by_role("button", name="保存草稿").first.click()
    expect(page.locator(".messages")).to_contain_text(TITLE)


def _waiting(page: Page) -> int:
    return int(page.locator(".findings-count b").inner_text())
