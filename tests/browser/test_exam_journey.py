"""A timed mock exam: by keyboard, through a power cut, off the net, taken over by another tab, to the end."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from demo.loaders.people import PASSWORD
from tests.browser.accessibility import serious
from tests.browser.conftest import PHONE
from tests.browser.exam_to_sit import CANDIDATE, SECRET, TITLE

SAVED = re.compile(r"已保存 \d\d:\d\d:\d\d")


@pytest.fixture
def signed(open_context) -> Callable[..., BrowserContext]:
    """`signed(viewport=PHONE)` is another device on which the candidate has signed in; scripts must not fail."""
    complaints: list[str] = []

    def enter(**options) -> BrowserContext:
        context = open_context(**options)
        page = context.new_page()
        page.goto("/login/?next=/exams/")
        page.fill("input[name=username]", CANDIDATE)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        expect(page.get_by_role("heading", name="我的考试")).to_be_visible()
        page.close()
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        return context

    yield enter
    assert not complaints


def saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_have_text(SAVED)


def chosen(page: Page, number: int) -> list[str]:
    return page.locator(f"#q{number} input:checked:not([name^=f])").evaluate_all("all => all.map(one => one.value)")


def seconds_left(page: Page) -> int:
    parts = [int(part) for part in page.locator("#time").inner_text().split(":")]
    return sum(part * 60**power for power, part in enumerate(reversed(parts)))


def test_a_mock_exam_from_the_waiting_room_to_the_end(running, signed, shoot):
    running.call("tests.browser.exam_to_sit.make")
    office = signed()
    page = begun(office, shoot)
    answered_by_keyboard(page, shoot)
    left = power_cut(office, page)
    telephone = signed(viewport=PHONE, has_touch=True, is_mobile=True)
    page = resumed_on_a_telephone(telephone, left, shoot)
    off_the_net(telephone, page, shoot)
    page = taken_over_by_a_second_tab(telephone, page, shoot)
    handed_in(page, shoot)
    time_runs_out(running, signed(), shoot)


def begun(context: BrowserContext, shoot: Callable) -> Page:
    page = context.new_page()
    page.goto("/exams/")
    page.get_by_role("listitem").filter(has_text=TITLE).get_by_role("link", name="进入考试").click()
    expect(page.locator("main")).to_contain_text("请独立完成")
    assert not serious(page)
    shoot(page, "exam-waiting")
    page.get_by_role("button", name="开始作答").click()
    expect(page.locator("#time")).to_have_text(re.compile(r"(59|1:00):\d\d|59:\d\d"))
    assert re.search(r"/exams/sittings/\d+/$", page.url), "a reload must not press the button again"
    page.reload()
    expect(page.locator("#q1")).to_be_visible()
    return page


def answered_by_keyboard(page: Page, shoot: Callable) -> None:
    page.locator("#q1").focus()
    page.keyboard.press("2")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("C")
    page.keyboard.press("m")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("1")
    page.keyboard.press("ArrowRight")
    for key in "ABD":
        page.keyboard.press(key)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("2")
    assert [chosen(page, number) for number in range(1, 6)] == [["B"], ["C"], ["A"], ["A", "B", "D"], ["F"]]
    page.locator("#q6 input").first.fill("五日")
    page.locator("#q7 textarea").fill("违法事实确凿，有法定依据。")
    page.locator("#q8 label").nth(1).click()
    saved(page)
    expect(page.locator("#answer-card a.is-answered")).to_have_count(8)
    expect(page.locator("#answer-card a.is-flagged")).to_have_count(1)
    expect(page.locator("#answer-card a").nth(1)).to_have_attribute("aria-label", "第 2 题，已答，已标记")
    assert not serious(page)
    shoot(page, "exam-desktop")


def power_cut(context: BrowserContext, page: Page) -> int:
    """An answer is still on its way; the browser is gone with all it kept."""
    context.set_offline(True)
    page.locator("#q9").focus()
    page.keyboard.press("1")
    expect(page.locator("#save-state")).to_have_text("离线，1 题待传")
    expect(page.locator("#q9 .q__state")).to_have_text("未保存")
    left = seconds_left(page)
    context.close()
    return left


def resumed_on_a_telephone(context: BrowserContext, left: int, shoot: Callable) -> Page:
    page = context.new_page()
    page.goto("/me/")
    page.get_by_role("link", name=f"{TITLE}：正在作答").click()
    expect(page.get_by_role("heading", name="另一处正在作答")).to_be_visible()
    assert not serious(page)
    page.get_by_role("button", name="在此继续").click()
    expect(page.locator("#q1")).to_be_visible()
    expect(page.locator("#q2")).to_be_hidden()
    assert 0 < seconds_left(page) <= left
    expected = [["B"], ["C"], ["A"], ["A", "B", "D"], ["F"], [], [], ["2"], []]
    assert [chosen(page, number) for number in range(1, 10)] == expected
    assert page.locator("#q6 input").first.input_value() == "五日"
    assert page.locator("#q7 textarea").input_value() == "违法事实确凿，有法定依据。"
    assert not serious(page)
    shoot(page, "exam-phone")
    return page


def off_the_net(context: BrowserContext, page: Page, shoot: Callable) -> None:
    """Minutes without a net: answers wait in the browser, survive its reload, and arrive by themselves."""
    page.get_by_role("button", name="答题卡").click()
    page.locator("#answer-card").get_by_role("link", name="第 9 题").click()
    expect(page.locator(".paper__stem")).to_be_visible()
    context.set_offline(True)
    page.locator("#q9 label").nth(0).click()
    page.get_by_role("button", name="下一题").click()
    page.locator("#q10 label").nth(0).click()
    expect(page.locator("#save-state")).to_have_text("离线，2 题待传")
    shoot(page, "exam-offline")
    assert page.evaluate("Object.keys(localStorage).some(name => name.startsWith('exam:'))")
    context.set_offline(False)
    saved(page)
    expect(page.locator("#q10 .q__state")).to_have_text("已保存")
    dies_before_it_was_saved(page)
    assert chosen(page, 9) == ["A"]
    assert chosen(page, 10) == ["F"]


def dies_before_it_was_saved(page: Page) -> None:
    """peers 3, 10: the page is reloaded with an answer that never arrived; the next one takes it up and sends it."""
    page.route("**/save/", lambda route: route.abort())
    page.locator("#q10 label").nth(1).click()
    expect(page.locator("#save-state")).to_have_text("离线，1 题待传")
    page.reload()
    expect(page.locator("#q10 .q__state")).to_have_text("未保存")
    page.unroute("**/save/")
    saved(page)


def taken_over_by_a_second_tab(context: BrowserContext, first: Page, shoot: Callable) -> Page:
    second = context.new_page()
    second.goto(first.url)
    expect(second.locator("#exam-notice")).to_contain_text("另一个标签页")
    expect(second.locator("#q1 input").first).to_be_disabled()
    second.get_by_role("button", name="在此继续").click()
    expect(second.locator("#q1 input").first).to_be_enabled()
    expect(first.locator("#exam-notice")).to_contain_text("正在另一处作答，本页不再接受修改")
    expect(first.locator("#q1 input").first).to_be_disabled()
    assert not serious(first)
    shoot(first, "exam-locked")
    return second


def handed_in(page: Page, shoot: Callable) -> None:
    page.get_by_role("button", name="交卷").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("共 11 题，还有 1 题没有作答")
    assert not serious(page)
    shoot(page, "exam-hand-in")
    dialog.get_by_role("button", name="回到第 11 题").click()
    expect(page.locator("#q11")).to_be_focused()
    page.keyboard.press("2")
    saved(page)
    assert SECRET not in page.content()
    page.get_by_role("button", name="交卷").click()
    expect(dialog).to_contain_text("已全部作答")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="交卷").click()
    dialog.get_by_role("button", name="交卷").click()
    expect(page.locator("main")).to_contain_text("已交卷")
    expect(page.locator("main")).to_contain_text("11 / 11 题")
    assert SECRET not in page.content()
    assert not serious(page)
    shoot(page, "exam-done")


def time_runs_out(running, context: BrowserContext, shoot: Callable) -> None:
    """The second attempt: the page says so, hands in by itself, and what was just chosen counts."""
    page = context.new_page()
    page.clock.install()
    page.goto("/exams/")
    page.get_by_role("listitem").filter(has_text=TITLE).get_by_role("link", name="进入考试").click()
    page.get_by_role("button", name="开始作答").click()
    page.locator("#q1 label").nth(1).click()
    saved(page)
    sleeps(context, page)
    running.call("tests.browser.exam_to_sit.nearly_over")
    page.locator("#q2 label").nth(0).click()  # the next contact brings the new time
    expect(page.locator("#time")).to_have_class(re.compile("is-short"))
    expect(page.locator("main")).to_contain_text("系统已收卷")
    expect(page.locator("main")).to_contain_text("2 / 11 题")


def sleeps(context: BrowserContext, page: Page) -> None:
    """peers 22: ten minutes in the background are ten minutes, and the next contact brings the server's time."""
    context.set_offline(True)
    page.clock.fast_forward(10 * 60_000)
    expect(page.locator("#time")).to_have_text(re.compile(r"(49|50):\d\d"))
    context.set_offline(False)
    expect(page.locator("#time")).to_have_text(re.compile(r"(59:\d\d|1:00:00)"))
