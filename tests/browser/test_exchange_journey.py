"""A trainer brings a Word file of questions in, is told what is wrong with it, and takes the list out as Excel."""

import io

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious
from tests.casebook.docx_maker import p, package, table

STEM = "某店把桌椅摆到盲道上，执法人员到场后首先应当"
BASIS = "依据：《中华人民共和国行政处罚法》第五十五条第一款；《没有的办法》第一条"


def paper(answer: str) -> bytes:
    """A bank as people type it in Word: a heading, options in a table, the answer below."""
    options = table([["A. 出示执法证件", "B. 当场收缴罚款"], ["C. 通知家属到场", "D. 没收全部桌椅"]])
    body = [
        p("一、单选题（每题1分）"),
        p(f"1. {STEM}（　）。"),
        options,
        p(f"答案：{answer}"),
        p("解析：先表明身份。"),
        p(BASIS),
    ]
    return package(*body, p("2. 【判断】本题没有答案。"))


def upload(page: Page, data: bytes) -> None:
    page.goto("/admin/questions/import/")
    page.select_option("select[name=domain]", "通用程序")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.set_input_files("input[type=file]", {"name": "题库.docx", "mimeType": kind, "buffer": data})
    page.get_by_role("button", name="检查文件").click()
    expect(page.locator(".exchange-entry").first).to_be_visible()


def test_a_word_file_comes_in_and_the_list_goes_out(signed_in, shoot):
    page = signed_in("peixun")
    page.goto("/admin/questions/import/")
    shoot(page, "exchange-upload")
    assert not serious(page)
    upload(page, paper("E"))
    faults = page.locator(".exchange-faults")
    expect(faults).to_contain_text("答案“E”中的 E 没有对应的选项")
    expect(page.locator(".exchange-entry").first).to_contain_text("没有对应的条文")
    shoot(page, "exchange-preview")
    assert not serious(page)
    upload(page, paper("A"))
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator("[role=alert]")).to_contain_text("没有导入任何内容")
    assert not serious(page)
    page.get_by_label("略过需要改正的 1 题，导入其余").check()
    page.get_by_role("button", name="确认导入").click()
    expect(page.locator(".messages")).to_contain_text("已新增 1 条")
    page.goto(f"/admin/questions/export/?q={STEM}")
    expect(page.locator("main")).to_contain_text("列表中的 1 道题")
    shoot(page, "exchange-export")
    assert not serious(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel（一题一行）").click()
    rows = list(
        openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).active.iter_rows(values_only=True)
    )
    assert rows[1][0] == "单选" and rows[1][2].startswith(STEM) and "没收全部桌椅" in rows[1]
