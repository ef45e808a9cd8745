"""A question is written, approved, overtaken by a change of law that an import brings, and approved anew."""

import re

from playwright.sync_api import Page, expect

from demo.loaders.people import PASSWORD
from tests.browser.accessibility import serious

LAW = "江城区河道巡查办法"
STEM = "河道管理范围内发现的违法搭建，巡查人员应当在多长时间内报告？"
BASIS = f"《{LAW}》第五条"
SHOT = {"single": "单选", "group": "案例", "document": "改错", "short": "简答", "fill": "填空"}


def text_of(days: str, public: str, begins: str) -> str:
    return f"""{LAW}

（{public}公布　自{begins}起施行）

第五条　巡查人员发现违法搭建的，应当在{days}内报告街道办事处。

第六条　本办法自{begins}起施行。
"""


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def imported(page: Page, name: str, text: str) -> None:
    """A legal reviewer uploads a file, reads the report, confirms."""
    page.goto("/admin/regulations/import/")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": text.encode()})
    press(page, "检查文件")
    press(page, "确认导入")
    expect(page.locator("main")).to_contain_text("导入完成")


def written(page: Page, shoot) -> str:
    """A trainer writes the question; the form shows the law in force while the basis is typed. Gives its address."""
    page.goto("/admin/questions/new/")
    page.get_by_role("link", name="单选", exact=True).click()
    page.fill("#id_p1-stem", STEM)
    for number, option in enumerate(("一日", "三日", "五日", "十日"), 1):
        page.fill(f"#id_p1-option-{number}", option)
    page.get_by_label("B 正确").check()
    page.locator("#id_p1-basis").press_sequentially(f"{BASIS}；《没有的办法》第一条")
    expect(page.locator("#p1-found")).to_contain_text("应当在三日内报告")
    expect(page.locator("#p1-found")).to_contain_text("没有对应的条文")
    shoot(page, "bank-form")
    assert not serious(page)
    press(page, "保存")
    expect(page.locator(".bank-summary")).to_contain_text("领域")
    expect(page.locator("#id_p1-stem")).to_have_value(STEM)
    assert not serious(page)
    page.fill("#id_p1-basis", BASIS)
    page.select_option("#id_domain", index=1)
    press(page, "保存")
    expect(page.locator(".messages")).to_contain_text("等待审定")
    return re.sub(r"^https?://[^/]+", "", page.url)


def listed(page: Page, words: str) -> None:
    page.goto(f"/admin/questions/?q={words}")
    expect(page.locator("table.listing tbody tr")).to_have_count(1)


def approved_from_the_queue(page: Page, why: str, shoot) -> None:
    page.goto(f"/admin/questions/review/?why={why}")
    entry = page.locator(".bank-entry").filter(has_text=STEM)
    if why == "law":
        expect(entry.locator("del")).to_contain_text("三")
        expect(entry.locator("ins")).to_contain_text("二")
    shoot(page, f"bank-queue-{why}")
    assert not serious(page)
    entry.get_by_role("button", name="审定这一题").click()
    expect(page.locator(".messages")).to_contain_text("已审定 1 道")


def test_a_question_goes_its_way_and_its_law_moves(signed_in, shoot):
    trainer, reviewer = signed_in("peixun"), signed_in("shenhe")
    imported(reviewer, "办法一.txt", text_of("三日", "2025年12月1日", "2026年1月1日"))
    question = written(trainer, shoot)
    approved_from_the_queue(reviewer, "drafts", shoot)
    listed(trainer, "违法搭建 十日")
    imported(reviewer, "办法二.txt", text_of("二日", "2026年9月1日", "2026年10月1日"))
    trainer.goto(question)
    expect(trainer.locator(".bank-status")).to_have_text("待复核")
    expect(trainer.locator(".bank-moves")).to_contain_text("二日")
    shoot(trainer, "bank-question-overtaken")
    assert not serious(trainer)
    approved_from_the_queue(reviewer, "law", shoot)
    trainer.reload()
    expect(trainer.locator(".bank-status")).to_have_text("审定")


def test_what_is_typed_outlives_the_session(signed_in):
    page = signed_in("peixun")
    page.goto("/admin/questions/new/judge/")
    page.fill("#id_p1-stem", "登录过期以前写的题干")
    page.select_option("#id_domain", index=1)
    page.check("input[name=p1-answer][value=T]")
    page.context.clear_cookies()
    page.fill("#id_p1-basis", BASIS)
    expect(page.locator(".session-over")).to_be_visible()
    press(page, "保存")
    expect(page.locator("#id_p1-stem")).to_have_value("登录过期以前写的题干")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="在新窗口登录").click()
    opened.value.fill("input[name=username]", "peixun")
    opened.value.fill("input[name=password]", PASSWORD)
    opened.value.press("input[name=password]", "Enter")
    expect(opened.value.locator("input[name=password]")).to_have_count(0)
    opened.value.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(".session-over")).to_have_count(0)
    press(page, "保存")
    expect(page.locator(".messages")).to_contain_text("等待审定")


def test_the_forms_of_the_other_kinds_and_the_lists_stand_to_axe(signed_in, shoot):
    page = signed_in("peixun")
    for kind in SHOT:
        page.goto(f"/admin/questions/new/{kind}/")
        shoot(page, f"bank-form-{kind}")
        assert not serious(page), kind
    for name in ("", "remarks/", "gaps/", "new/"):
        page.goto(f"/admin/questions/{name}")
        assert not serious(page), name
