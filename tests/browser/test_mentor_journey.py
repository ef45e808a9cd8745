"""A mentor's month: a reading list for a newcomer, read on a phone, seen at the desk; a coaching noted in a minute; a
question from an item's page that becomes an answer for everybody."""

import datetime as dt
import re
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious
from tests.browser.conftest import DESKTOP, PHONE

TEMPLATE = "新到岗两周包"
READER = "侯知阳"
ITEM = "420102C01CF07500"
NOTE = "先看有没有立案，再数九十日。"
GIST = "现场核对油烟净化设施，记录清洗台账。"
QUESTION = "油烟净化设施坏了正在修，还要责令改正吗？"
ANSWER = "要。维修期间排放仍然违反规定，责令改正时写明停用到修好为止，复查一次。"


def sound(page: Page) -> None:
    assert not serious(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_reading_list_is_assigned_read_on_phone_and_seen_by_the_mentor(signed_in, on_phone, shoot):
    mentor = signed_in("daoshi")
    assigned(mentor, shoot)
    at = mentor.url
    read(on_phone("duiyuan", "/"), shoot)
    mentor.goto(at)
    row = mentor.get_by_role("row", name=re.compile(READER))
    expect(row).to_contain_text("13/14")
    expect(row).to_contain_text("在读")
    expect(mentor.locator("main")).to_contain_text(NOTE)
    for size in (DESKTOP, PHONE):
        mentor.set_viewport_size(size)
        sound(mentor)
    shoot(mentor, "mentor-assignment-phone")


def assigned(page: Page, shoot: Callable) -> None:
    """From the mentor's desk: one list, one mentee, a day; a day that is over is refused in words."""
    page.goto("/mentoring/")
    sound(page)
    shoot(page, "mentor-desk-desktop")
    page.get_by_role("link", name="布置阅读").click()
    page.get_by_label("阅读包").select_option(label=TEMPLATE)
    page.get_by_label(re.compile(READER)).check()
    today = dt.datetime.now(ZoneInfo("Asia/Shanghai")).date()
    page.get_by_label("截止日期").fill(f"{today - dt.timedelta(days=1)}")
    press(page, "布置")
    expect(page.locator("main")).to_contain_text("截止日期已过")
    page.get_by_label("截止日期").fill(f"{today + dt.timedelta(days=3)}")
    sound(page)
    shoot(page, "mentor-assign-desktop")
    press(page, "布置")
    expect(page.locator(".notice")).to_contain_text("已布置给 1 人")
    expect(page.get_by_role("row", name=re.compile(READER))).to_contain_text("未打开")


def read(page: Page, shoot: Callable) -> None:
    """The strip of the home page leads there; each article in force stands in place; each press goes on to the next."""
    page.get_by_role("link", name=re.compile("待读")).first.click()
    page.get_by_role("link", name=re.compile(TEMPLATE)).first.click()
    expect(page.locator("main")).to_contain_text("自行政处罚案件立案之日起九十日内")
    sound(page)
    shoot(page, "mentor-reading-phone")
    for number in range(1, 14):
        page.locator(f"#entry-{number}").get_by_role("button", name="我已阅读").click()
        expect(page.locator(f"#entry-{number}")).to_contain_text("已完成")
        expect(page).to_have_url(re.compile(rf"#entry-{number + 1}$"))
    expect(page.locator("#entry-14")).to_be_in_viewport()
    shoot(page, "mentor-reading-last-phone")
    expect(page.get_by_role("button", name="我已阅读")).to_have_count(0)  # the quiz is passed, not confirmed
    page.get_by_label("心得").fill(NOTE)
    press(page, "保存心得")
    expect(page.locator("progress")).to_have_attribute("value", "13")
    page.get_by_role("link", name="开始小测").click()
    sound(page)
    shoot(page, "mentor-quiz-phone")
    press(page, "提交")
    expect(page.locator(".notice")).to_contain_text("未通过")
    sound(page)
    shoot(page, "mentor-quiz-told-phone")


def test_a_coaching_is_noted_on_phone_in_under_a_minute(on_phone, shoot):
    page = on_phone("daoshi", "/mentoring/")
    began = time.monotonic()
    page.get_by_role("link", name="登记带教").click()
    page.get_by_label(re.compile(READER)).check()
    page.get_by_label("事项编码或名称").fill(ITEM)
    page.get_by_label("要点").fill(GIST)
    sound(page)
    shoot(page, "mentor-coaching-phone")
    page.get_by_role("button", name="登记", exact=True).dblclick()  # twice is once
    expect(page).to_have_url(re.compile(r"/mentoring/$"))
    assert time.monotonic() - began < 60
    expect(page.get_by_text(GIST)).to_have_count(1)
    sound(page)
    shoot(page, "mentor-desk-phone")
    page.get_by_role("link", name="全部带教").click()
    expect(page.locator("main")).to_contain_text(READER)
    sound(page)


def test_a_question_on_an_item_is_answered_and_becomes_everybodys(on_phone, signed_in, phone, shoot):
    asker = on_phone("duiyuan", f"/items/{ITEM}/")
    asker.get_by_role("link", name="问指导员").click()
    asker.get_by_role("textbox", name="问题").fill(QUESTION)
    sound(asker)
    press(asker, "提交")
    at = asker.url
    answered(signed_in("peixun"), at, shoot)
    asker.reload()
    expect(asker.locator("main")).to_contain_text(ANSWER)
    press(asker, "评价")
    sound(asker)
    shoot(asker, "mentor-answer-phone")
    approved(signed_in("shenhe"), at)
    phone.goto(f"/items/{ITEM}/#answered")
    panel = phone.locator("#answered details", has_text=QUESTION)
    panel.locator("summary").click()
    expect(panel).to_contain_text(ANSWER)
    assert "侯知阳" not in phone.locator("#answered").inner_text()
    sound(phone)
    shoot(phone, "mentor-answered-phone")


def answered(page: Page, at: str, shoot: Callable) -> None:
    page.goto("/questions/")
    sound(page)
    page.get_by_role("link", name=QUESTION).click()
    assert page.url == at
    page.get_by_label("答复", exact=True).fill(ANSWER)
    press(page, "答复")
    page.get_by_text("沉淀为问答").click()
    sound(page)
    shoot(page, "mentor-question-desktop")
    press(page, "提交审核")
    expect(page.locator("main")).not_to_contain_text("同意公开")  # a second person does that


def approved(page: Page, at: str) -> None:
    page.goto(at)
    sound(page)
    press(page, "同意公开")
    expect(page.locator("main")).to_contain_text("已")
