"""An edition from the quarter's board to readers: chosen, dragged into order, published, discussed, kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious

BOARD = "/admin/cases/quarters/2026Q4/"
DESK = "/admin/cases/quarters/2026Q4/edition/"


def titles(page: Page) -> list[str]:
    return page.locator(".desk-entry .desk-what > a").all_inner_texts()


def add(page: Page, *case_numbers: str) -> None:
    for number in case_numbers:
        select = page.get_by_label("其他季度的案例")
        option = select.locator("option", has_text=number)
        select.select_option(value=option.get_attribute("value"))
        page.get_by_role("button", name="保存编排").click()
        expect(page.locator(".desk-entry", has_text=number)).to_have_count(1)


def test_the_board_says_who_owes_and_what_is_missing(signed_in, shoot):
    page = signed_in("peixun")
    page.goto(BOARD)
    shoot(page, "board")
    expect(page.get_by_role("heading", name=re.compile("街道未交齐"))).to_be_visible()
    expect(page.locator("tr.board-owing").first).to_contain_text("缺 1")
    page.get_by_role("link", name=re.compile("缺少案例的事项")).click()
    expect(page.locator("main")).to_contain_text("还没有公开案例的事项共")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_cases_are_chosen_dragged_into_order_and_published(signed_in, desktop, shoot):
    page = signed_in("peixun")
    page.set_viewport_size({"width": 1366, "height": 1600})  # both ends of the way are on the screen
    page.goto(DESK)
    add(page, "2026Q3-01", "2026Q3-02", "2026Q3-03")
    first, second, third = titles(page)
    rows = page.locator(".desk-entry")
    rows.nth(2).locator(".desk-handle").drag_to(rows.nth(0).locator(".desk-handle"), target_position={"x": 4, "y": 2})
    assert titles(page) == [third, first, second]
    page.get_by_label("编者按").fill("本期选编三篇。")
    page.get_by_role("button", name="保存编排").click()
    expect(page.get_by_text("已保存编排")).to_be_visible()
    assert titles(page) == [third, first, second]
    page.get_by_role("button", name=f"下移：{third}").click()
    expect(page.locator(".desk-entry").first).to_contain_text(first)
    shoot(page, "desk")
    page.get_by_role("button", name="发布本期").click()
    expect(page.get_by_text("篇目和版本不再变动")).to_be_visible()
    desktop.goto("/cases/issues/2026Q4/")
    expect(desktop.locator("main")).to_contain_text("本期选编三篇。")
    expect(desktop.get_by_role("link", name=first).first).to_be_visible()
    page.get_by_role("button", name="由本期生成案例讲评").click()
    expect(page.get_by_text("已生成讲评")).to_be_visible()


@pytest.mark.usefixtures("fonts")
def test_the_files_of_an_edition_are_made_once_and_the_page_says_so(signed_in, desktop, shoot):
    page = signed_in("peixun")
    page.goto("/admin/cases/quarters/2026Q2/files/")
    page.get_by_role("button", name="制作文件").dblclick()
    expect(page.locator("#job")).to_contain_text("完成")
    expect(page.locator("#job")).to_contain_text("已制作第1次印刷。")
    expect(page.locator("main table.listing tbody tr")).to_have_count(3)
    shoot(page, "files")
    assert not serious(page)
    desktop.goto("/cases/issues/2026Q2/")
    with desktop.expect_download() as download:
        desktop.get_by_role("link", name="PDF").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_an_officer_keeps_a_case_and_writes_beside_it_on_a_phone(open_context, shoot):
    from demo.loaders.people import PASSWORD

    page = open_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    page.goto("/login/?next=/cases/2026q3-01/")
    page.fill("input[name=username]", "duiyuan")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.get_by_role("button", name="收藏", exact=True).click()
    expect(page.get_by_role("button", name="取消收藏")).to_be_visible()
    page.get_by_label("笔记（只有您自己能看到）").fill("先查行为日。")
    page.get_by_role("button", name="保存笔记").click()
    expect(page.locator("#notes textarea").first).to_have_value("先查行为日。")
    page.goto("/me/cases/")
    shoot(page, "shelf-phone")
    expect(page.locator("main")).to_contain_text("先查行为日。")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
