"""Cards: a passer-by looks one up on a phone until the limit is reached; the bureau opens the names behind 持证率."""

import io

import openpyxl
from playwright.sync_api import Page, expect

from exams.cards.pages import PAGE
from tests.browser.accessibility import serious
from tests.browser.conftest import PHONE

# asks as the form does until the server has enough of it, however the clock's minute falls
ASK_ON = """async () => {
    const form = document.querySelector("main form");
    for (let n = 0; n < 45; n++)
        if ((await fetch(form.action, {method: "POST", body: new FormData(form)})).status === 429) return;
}"""


def look_up(page: Page, words: str) -> None:
    page.goto("/cards/")
    page.get_by_label("姓名或证号").fill(words)
    page.get_by_role("button", name="查询").click()


def sound(page: Page, width: int) -> None:
    assert not serious(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_card_is_looked_up_on_a_phone_within_limits(phone, shoot):
    phone.goto("/")
    phone.get_by_role("link", name="执法证查询").click()
    look_up(phone, "JC20231038")
    expect(phone.get_by_role("region", name="查询结果")).to_contain_text("文澜街道办事处")
    sound(phone, PHONE["width"])
    shoot(phone, "card-look-up-phone")
    look_up(phone, "查无此人")
    expect(phone.get_by_text("没有查到")).to_be_visible()
    sound(phone, PHONE["width"])
    for _ in range(3):
        phone.evaluate(ASK_ON)
        look_up(phone, "查无此人")
        if phone.get_by_role("heading", name="操作过于频繁").count():
            break
    expect(phone.get_by_role("heading", name="操作过于频繁")).to_be_visible()
    expect(phone.get_by_text("以后再试")).to_be_visible()
    sound(phone, PHONE["width"])
    shoot(phone, "card-limit-phone")


def test_the_bureau_opens_the_names_behind_a_number_and_takes_them_as_excel(signed_in, shoot):
    page = signed_in("guan")
    page.goto("/figures/cards/")
    expect(page.get_by_text("应持证 154 人")).to_be_visible()
    sound(page, page.viewport_size["width"])
    shoot(page, "card-figures-desktop")
    total = page.locator("tbody tr", has_text="合计")
    number = int(total.get_by_role("link").nth(2).inner_text())
    total.get_by_role("link").nth(2).click()
    expect(page.locator("tbody tr")).to_have_count(min(number, PAGE))
    sound(page, page.viewport_size["width"])
    with page.expect_download() as saved:
        page.get_by_role("link", name="导出 Excel").click()
    rows = list(openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes())).active.iter_rows(values_only=True))
    shown = page.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert [row[1] for row in rows[1:]][:PAGE] == shown
    page.get_by_role("link", name="即将到期").click()
    page.get_by_label("多少天内到期").fill("400")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_role("heading", name="400 天内到期的执法证")).to_be_visible()
    sound(page, page.viewport_size["width"])
