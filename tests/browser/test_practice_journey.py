"""An officer's evening on a phone: the daily five, a wrong answer with its article and a case, the wrong book."""

import re

from playwright.sync_api import Page, expect

from demo.loaders.people import PASSWORD
from tests.browser.accessibility import serious
from tests.browser.conftest import PHONE
from tests.browser.questions import ITEM, STEM

LARGEST = 120 * 1024
SEND_TWICE = """async (choice) => {
    const form = document.querySelector(".practice__form"), data = new FormData(form);
    data.set("a1", choice);
    const post = () => fetch(form.action, {method: "POST", body: new URLSearchParams(data)});
    const answers = await Promise.all([post(), post(), post()]);
    return answers.map(answer => [answer.status, new URL(answer.url).pathname]);
}"""


def signed_in_at(page: Page, address: str) -> Page:
    page.goto(f"/login/?next={address}")
    page.fill("input[name=username]", "duiyuan")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)
    return page


def sound(page: Page) -> None:
    """Nothing sticks out of the phone, and axe finds nothing serious."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not serious(page)


def verdict(page: Page):
    """The heading after an answer, once it is there and has the focus."""
    heading = page.locator(".practice__verdict")
    expect(heading).to_be_focused()
    return heading


def go_on(page: Page) -> None:
    page.get_by_role("link", name="下一题").click()
    expect(page.locator(".practice__verdict")).to_have_count(0)


def test_the_daily_five_the_wrong_book_and_the_favourites(running, phone, shoot):
    running.call("tests.browser.questions.alone")
    complaints: list[str] = []
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    signed_in_at(phone, "/")
    phone.get_by_role("link", name="今日五题 0/5").click()
    expect(phone.locator("h1")).to_contain_text("第 1 题")
    sound(phone)
    shoot(phone, "practice-ask")
    given_up(phone, shoot)
    by_keyboard(phone, shoot)
    a_case_beside_the_answer(phone, shoot)
    out_of_the_book(phone, shoot)
    phone.goto("/practice/")
    expect(phone.locator(".practice-today")).to_contain_text("5/5")
    sound(phone)
    shoot(phone, "practice-hub")
    assert not complaints


def given_up(page: Page, shoot) -> None:
    """The first of the five is not known: key, explanation and the provision in force come at once."""
    assert "practice__verdict" not in page.content()
    page.get_by_role("button", name="不会，看答案").click()
    expect(verdict(page)).to_contain_text("回答错误")
    expect(page.locator("#practice-said")).to_contain_text("答案：")
    expect(page.locator(".answer--missed")).to_contain_text("正确答案")
    expect(page.locator(".basis__text").first).not_to_be_empty()
    assert "/practice/answers/" in page.url
    sound(page)
    shoot(page, "practice-told")


def by_keyboard(page: Page, shoot) -> None:
    """The other four with the keys alone: Enter goes on, a letter or a digit chooses, Enter hands in."""
    for number, key in enumerate(("c", "3", "C", "3"), 2):
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(f"第 {number} 题")
        expect(page.locator("h1")).to_be_focused()
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        verdict(page)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("今日五题已完成")
    shoot(page, "practice-finished")


def a_case_beside_the_answer(page: Page, shoot) -> None:
    """From the item's page to its question; posted three times at the same moment it is one answer."""
    page.goto(f"/practice/?item={ITEM}")
    page.get_by_role("link", name="随机练习").click()
    expect(page.locator("fieldset").first).to_contain_text(STEM)
    answers = page.evaluate(SEND_TWICE, "B")
    assert {status for status, _ in answers} == {200}
    assert len({address for _, address in answers}) == 1
    page.goto(answers[0][1])
    expect(page.locator("h1")).to_contain_text("回答错误")
    expect(page.locator(".answer--wrong")).to_contain_text("您选了，错误")
    expect(page.locator(".basis__head").first).to_contain_text("第一千一百三十二条")
    expect(page.locator("main")).to_contain_text("案例仅供参照")
    expect(page.locator(".case-card")).to_have_count(1)
    sound(page)
    shoot(page, "practice-case")
    page.get_by_role("button", name="收藏").click()
    expect(page.get_by_role("button", name="已收藏")).to_be_focused()
    page.goto("/practice/favourites/")
    expect(page.locator(".card__title")).to_contain_text(STEM[:20])


def out_of_the_book(page: Page, shoot) -> None:
    """Two right answers in a row take a question out of the book again."""
    page.goto("/practice/wrong/")
    entries = page.locator(".card")
    before = entries.count()
    expect(entries.filter(has_text=STEM[:20])).to_have_count(1)
    sound(page)
    shoot(page, "practice-wrong")
    for _ in range(2):
        page.goto(f"/practice/question/?mode=wrong&item={ITEM}")
        page.locator(".choice", has_text="罚款").click()
        page.get_by_role("button", name="提交答案").click()
        expect(verdict(page)).to_contain_text("回答正确")
    expect(page.locator(".practice__recall button")).to_have_count(4)
    shoot(page, "practice-right")
    page.get_by_role("button", name=re.compile("很熟")).click()
    expect(page.locator(".practice__verdict")).to_have_count(0)
    page.goto("/practice/wrong/")
    expect(page.locator(".card")).to_have_count(before - 1)


def test_practice_works_without_scripts_and_is_light(open_context):
    context = open_context(viewport=PHONE, java_script_enabled=False)
    page, sizes = signed_in_at(context.new_page(), "/practice/"), []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.get_by_role("link", name="随机练习").click()
    page.get_by_role("button", name="不会，看答案").click()
    expect(page.locator("h1")).to_contain_text("回答错误")
    page.get_by_role("link", name="下一题").click()
    expect(page.locator(".practice__form")).to_be_visible()
    assert 0 < sum(sizes) < LARGEST
