"""Editors at work in the admin: an Excel list, a law file and an open citation reach the public pages."""

import io
import re

import openpyxl
from playwright.sync_api import Page, expect

from demo.loaders.tables import records

ITEM = "420102C01CF07500"
LAW = """江城区临时摊点管理办法
（2026年9月1日江城区人民政府公布　自2026年10月1日起施行）
第一条　为了规范临时摊点，制定本办法。
第二条　摊主应当在收摊后十五分钟内清扫地面。
第三条　本办法自2026年10月1日起施行。
"""


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def test_the_home_page_tells_what_waits_and_leads_there(signed_in, shoot):
    page = signed_in("guan")
    shoot(page, "admin-home")
    expect(page.locator("body")).not_to_contain_text("Wagtail")
    tile = page.get_by_role("link", name=re.compile("日期待核的版本"))
    count = int(tile.locator("b").inner_text())
    tile.click()
    expect(page.locator("main")).to_contain_text(f"{count} 法规版本")


def sheet(template: bytes, **cells: str) -> bytes:
    """The list's own template with one row: heading -> value."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    rows = book.active
    headings = [cell.value for cell in rows[1]]
    rows.delete_rows(2, rows.max_row)
    unused = [index for index, heading in enumerate(headings, 1) if heading not in cells]
    for heading, value in cells.items():
        rows.cell(2, headings.index(heading) + 1, value)
    for index in reversed(unused):
        rows.delete_cols(index)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_excel_list_is_checked_first_then_read_and_found(signed_in, desktop, shoot):
    page = signed_in("guan")
    page.goto("/admin/imports/items/")
    template = page.context.request.get("/admin/imports/items/template.xlsx").body()
    step = "查看夜间无烟净化器运行记录"
    item = next(row for row in records("power_items") if row["code"] == ITEM)
    named = {"事项名称": item["name"], "职权类型": item["type"], "领域": item["domain"], "赋权部门": item["department"]}
    data = sheet(template, 事项编码=ITEM, 先做什么=step, **named)
    page.locator("input[type=file]").set_input_files(
        {"name": "修改.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": data}
    )
    press(page, "检查文件")
    expect(page.locator("main")).to_contain_text("逐行情况")
    expect(page.locator("main")).to_contain_text(step)
    shoot(page, "admin-import")
    desktop.goto(f"/items/{ITEM}/")
    expect(desktop.locator("main")).not_to_contain_text(step)
    press(page, "确认导入")
    expect(page.locator(".messages")).to_contain_text("1")
    desktop.goto(f"/items/{ITEM}/")
    expect(desktop.locator("main")).to_contain_text(step)
    desktop.wait_for_timeout(1500)  # the index follows within a second
    desktop.goto("/search/?q=无烟净化器运行记录")
    expect(desktop.locator(f"main a[href*='{ITEM}']").first).to_be_visible()


def test_a_law_file_is_reported_first_then_read(signed_in, desktop, shoot):
    page = signed_in("shenhe")
    page.goto("/admin/regulations/import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "江城区临时摊点管理办法.txt", "mimeType": "text/plain", "buffer": LAW.encode()}
    )
    press(page, "检查文件")
    expect(page.locator("main")).to_contain_text("尚未保存任何内容")
    expect(page.locator("main")).to_contain_text("2026-10-01")
    shoot(page, "admin-law-report")
    press(page, "确认导入")
    expect(page.locator("main")).to_contain_text("导入完成")
    desktop.goto("/laws/江城区临时摊点管理办法/")
    expect(desktop.locator("main")).to_contain_text("收摊后十五分钟内清扫地面")
    expect(desktop.locator("main")).to_contain_text("现行有效")


def waiting(page: Page) -> int:
    page.goto("/admin/citations/")
    found = re.search(r"共 (\d+) 处", page.locator("main").inner_text())
    assert found, "the queue tells how many wait"
    return int(found[1])


def test_an_open_citation_is_tied_to_a_provision(signed_in, shoot):
    page = signed_in("shenhe")
    before = waiting(page)
    page.get_by_role("link", name="处理", exact=True).last.click()
    press(page, "选择条文")
    box = page.locator(".modal input[name=q]")
    box.fill("处罚法33")
    page.locator(".modal").get_by_role("link", name=re.compile("行政处罚法》第三十三条")).first.click()
    expect(page.locator("main")).to_contain_text("行政处罚法》第三十三条")
    shoot(page, "admin-citation")
    press(page, "关联")
    expect(page.locator(".messages")).to_contain_text("已处理 1 处引用")
    assert waiting(page) == before - 1


def test_who_has_no_part_in_it_is_refused(signed_in):
    officer = signed_in("duiyuan")
    assert officer.context.request.get("/admin/", max_redirects=0).status in (302, 403)
    trainer = signed_in("peixun").context.request
    assert trainer.get("/admin/imports/items/", max_redirects=0).status in (302, 403)
    assert trainer.get("/admin/regulations/import/", max_redirects=0).status in (302, 403)
