"""A street's Word draft becomes a case, and nothing typed is lost with a browser or a session."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from demo.loaders.people import PASSWORD
from tests.casebook.docx_maker import comments, dele, hidden, ins, p, package, picture, properties, relations, table
from tests.casebook.pictures_maker import photo

TITLE = "某火锅店未清洗油烟净化设施超标排放油烟案"
LAW = "当事人违反了《中华人民共和国大气污染防治法》第八十一条第一款，依据该法第一百一十八条第一款处罚。"
DECISION = "2025年11月18日作出行政处罚决定，责令改正，罚款人民币八千元。"
EDIT = re.compile(r"/casebook/case/edit/\d+/")
LONG = 60_000  # a busy machine's autosave; nothing is measured


def draft() -> bytes:
    """A street's draft with everything that must not come along."""
    facts = ("2025年10月13日立案调查。店主", dele("王大柱"), ins("张某"), "承认净化器停用。", hidden("内部：熟人。"))
    body = [
        p("江城区综合行政执法中心", centre=True), p(TITLE, centre=True, bold=True),
        p("一、案情简介", bold=True), p(*facts), p(picture("rId5")), p("图1　控制面板", centre=True),
        p("二、处理结果", bold=True), p(DECISION), table([["序号", "证据"], ["1", "检测报告"]]),
        p("三、法律小讲堂", bold=True), p(LAW), p("另见《无名油烟办法》第九条。"),
        p("四、典型意义", bold=True), p("开机与达标应当分别取证。"),
    ]  # fmt: skip
    parts = {
        "word/_rels/document.xml.rels": relations({"rId5": "media/image1.jpeg"}), "word/media/image1.jpeg": photo(),
        "word/comments.xml": comments("写不写姓名？"), "docProps/core.xml": properties(),
    }  # fmt: skip
    return package(*body, parts=parts)


@pytest.fixture
def enter(open_context) -> Iterator[Callable[[str], Page]]:
    """`enter("jiedao")` is that person in the admin; an error in the page's scripts fails the test."""
    complaints: list[str] = []

    def sign_in(username: str) -> Page:
        page = open_context().new_page()
        page.set_default_timeout(LONG)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.goto("/login/?next=/admin/")
        sign(page, username)
        return page

    yield sign_in
    assert not complaints


def sign(page: Page, username: str) -> None:
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    expect(page.locator("input[name=password]")).to_have_count(0, timeout=LONG)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def upload(page: Page, name: str, data: bytes) -> None:
    page.goto("/admin/cases/intake/")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/msword", "buffer": data})
    press(page, "上传并读取")


def first_text(page: Page) -> Locator:
    return page.locator("textarea[name^='body-'][name$='-text']").first


def begun(page: Page, title: str) -> str:
    """A case of its own with one section; gives the address of its form."""
    page.goto("/admin/snippets/casebook/case/add/")
    page.fill("input[name=title]", title)
    page.locator("select[name=domain]").select_option(index=1)
    press(page, "保存草稿")
    page.wait_for_url(EDIT)
    return page.url


def saves_itself(page: Page) -> AbstractContextManager:
    """Waits for the answer to what the form sends on its own."""
    return page.expect_response(lambda answer: answer.request.method == "POST" and bool(EDIT.search(answer.url)))


def typed(page: Page, words: str) -> None:
    """Types at the end of the outcome, and waits until the form has saved itself."""
    with saves_itself(page) as saved:
        write(page, words)
    assert saved.value.ok


def write(page: Page, words: str) -> None:
    """Types the outcome as soon as the form is there, before Wagtail has begun to watch it."""
    page.get_by_role("tab", name="要素").click()
    box = page.locator("[name=outcome]")
    box.click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def outcome(page: Page) -> str:
    page.get_by_role("tab", name="要素").click()
    return page.locator("[name=outcome]").input_value()


def test_an_upload_is_confirmed_and_becomes_a_draft_that_nobody_else_sees(enter, desktop, shoot):
    page = enter("jiedao")
    upload(page, "老文件.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    expect(page.locator("main")).to_contain_text("旧版 Word 文档")
    upload(page, "投稿.docx", draft())
    report = page.locator(".intake__report")
    for words in ("修订插入", "修订删除", "批注 1 条", "隐藏文字", "文档属性 2 项"):
        expect(report).to_contain_text(words)
    expect(page.locator("main")).not_to_contain_text("王大柱")
    expect(page.locator(".intake__unresolved").first).to_contain_text("《无名油烟办法》第九条")
    expect(page.locator("input[name=filed_on]")).to_have_value("2025-10-13")
    expect(page.locator("input[name=fine_amount]")).to_have_value(re.compile(r"8000"))
    shoot(page, "intake-confirm")
    press(page, "确认并形成草稿")
    expect(page.locator("main")).to_contain_text("请为第 1 段选择归入哪一部分")
    page.locator("select[name=part_0]").select_option("drop")
    press(page, "确认并形成草稿")
    expect(page.locator(".messages")).to_contain_text("已形成案例草稿")
    page.goto("/admin/snippets/casebook/case/?q=未清洗油烟净化")
    page.get_by_role("link", name=TITLE).first.click()
    expect(first_text(page)).to_have_value(re.compile("店主张某承认"))
    shoot(page, "intake-case")
    desktop.goto("/cases/")
    expect(desktop.locator("main")).not_to_contain_text(TITLE)


# The answer to an autosave is held back until something is typed, too late for Wagtail to notice before it arrives.
TYPED_MEANWHILE = """words => new Promise(done => {
    const ask = window.fetch;
    window.fetch = async (...request) => {
        const answer = await ask(...request);
        if ((request[1] || {}).method !== "post") return answer;
        window.fetch = ask;
        const box = document.querySelector("[name=outcome]");
        box.value += words;
        box.dispatchEvent(new InputEvent("input", {bubbles: true}));
        done();
        return answer;
    };
})"""


def test_what_was_typed_is_there_after_the_browser_was_killed(enter):
    page = enter("peixun")
    address = begun(page, "某店键入后浏览器被关闭案")
    write(page, "责令改正")
    page.evaluate(TYPED_MEANWHILE, "，罚款五百元")
    with saves_itself(page) as saved:
        pass
    assert saved.value.ok
    page.context.close()  # without a word to the page, as when the process is killed
    again = enter("peixun")
    again.goto(address)
    assert outcome(again) == "责令改正，罚款五百元"


def end_session(context: BrowserContext) -> None:
    context.clear_cookies(name="sessionid")


def test_a_session_that_ends_keeps_the_text_and_goes_on_after_signing_in(enter, shoot):
    page = enter("peixun")
    address = begun(page, "某店登录过期案")
    end_session(page.context)
    write(page, "不予处罚")
    expect(page.locator(".session-over")).to_contain_text("登录已过期", timeout=LONG)
    shoot(page, "session-over")
    press(page, "保存草稿")
    expect(page.locator(".session-over")).to_be_visible()
    assert page.url.startswith(address) and page.locator("[name=outcome]").input_value() == "不予处罚"
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="在新窗口登录").click()
    sign(opened.value, "peixun")
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(".session-over")).to_have_count(0, timeout=LONG)
    again = enter("peixun")
    for _ in range(30):
        again.goto(address)
        if outcome(again) == "不予处罚":
            return
        again.wait_for_timeout(1000)
    pytest.fail("the text was not saved after signing in again")


def test_two_editors_of_one_case_lose_nothing(enter):
    first, second = enter("peixun"), enter("guan")
    address = begun(first, "某店两人同时编辑案")
    second.goto(address)
    expect(second.get_by_role("tab", name="要素")).to_be_visible()
    typed(first, "第一人的结果")
    with saves_itself(second) as said:
        write(second, "第二人的结果")
    assert said.value.json()["error_code"] == "invalid_revision"
    second.reload()
    assert outcome(second) == "第一人的结果"
