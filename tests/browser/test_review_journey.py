"""A case on its way: written in a street, anonymised, reviewed, returned, mended, signed, published, taken down."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious
from tests.browser.conftest import PHONE

TITLE = "某小吃店占用人行道经营案"
FACTS = "2026年3月，执法人员巡查发现经营者王建国在人行道上摆放桌椅，当场责令改正。"
MENDED = "复查时，桌椅已经搬回店内。"


def press(page: Page, name: str | re.Pattern) -> None:
    page.get_by_role("button", name=name).first.click()


def written_in_a_street(page: Page) -> int:
    """A street's editor begins a case and types its facts; gives its number."""
    page.goto("/admin/snippets/casebook/case/add/")
    page.fill("input[name=title]", TITLE)
    page.select_option("select[name=domain]", index=1)
    press(page, "保存草稿")
    expect(page).to_have_url(re.compile(r"/case/edit/\d+/"))
    page.locator("button.c-sf-add-button").first.click()
    page.get_by_role("option", name="基本案情").click()
    text_box(page).fill(FACTS)
    save(page)
    found = re.search(r"/edit/(\d+)/", page.url)
    assert found, "the form of the case has its number in the address"
    return int(found[1])


def text_box(page: Page):
    return page.locator("textarea[name^='body-'][name$='-text']").first


def save(page: Page) -> None:
    press(page, "保存草稿")
    expect(page.locator(".messages")).to_contain_text(TITLE)


def take_step(page: Page, case: int, step: str, text: str = "") -> None:
    """From the review page to the page of the step, which asks, and back."""
    page.goto(f"/admin/cases/{case}/review/")
    page.get_by_role("main").get_by_role("link", name=step, exact=True).first.click()
    if text:
        page.fill("textarea[name=text]", text)
    press(page, step)
    expect(page.locator(".messages")).to_contain_text(f"已{step}")


def handed_in(page: Page, case: int) -> None:
    """A trainer settles what the scan found, confirms, and hands the case in."""
    page.goto(f"/admin/cases/{case}/anonymise/")
    sure = page.get_by_role("button", name=re.compile("全部接受确定的"))
    if sure.count():
        sure.click()
        expect(sure).to_have_count(0)
    take_step(page, case, "确认匿名")
    take_step(page, case, "送审")


def answer_checklist(page: Page, case: int) -> None:
    page.goto(f"/admin/cases/{case}/review/")
    for choice in page.locator(".review-lines input[value=fine]").all():
        choice.check()
    press(page, "保存清单")
    expect(page.locator(".messages")).to_contain_text("审核清单已保存")


@pytest.fixture
def people(signed_in) -> dict[str, Page]:
    return {name: signed_in(name) for name in ("jiedao", "peixun", "shenhe", "guan")}


def test_a_case_goes_its_whole_way_and_is_taken_down(people, desktop, phone, shoot):
    case = written_in_a_street(people["jiedao"])
    handed_in(people["peixun"], case)
    returned_with_a_remark(people["shenhe"], case, shoot)
    mended(people["jiedao"], case)
    handed_in(people["peixun"], case)
    answer_checklist(people["shenhe"], case)
    take_step(people["shenhe"], case, "审签")
    take_step(people["guan"], case, "发布")
    address = public_address(people["guan"], case)
    desktop.goto(address)
    expect(desktop.locator("main")).to_contain_text(MENDED)
    expect(desktop.locator("main")).not_to_contain_text("王建国")
    take_step(people["guan"], case, "撤下", "处罚决定已被撤销")
    gone(desktop, phone, address, shoot)


def returned_with_a_remark(page: Page, case: int, shoot: Callable) -> None:
    page.goto(f"/admin/cases/{case}/review/")
    expect(page.locator("main")).not_to_contain_text("王建国")
    shoot(page, "admin-review")
    assert not serious(page)
    place = page.locator(".review-remarks-at").nth(1)
    place.locator("summary").click()
    place.locator("textarea[name=text]").fill("请写明复查情况。")
    place.get_by_role("button", name="提交意见").click()
    expect(page.locator(".review-thread")).to_contain_text("请写明复查情况。")
    take_step(page, case, "退回修改", "复查情况没有写")


def mended(page: Page, case: int) -> None:
    page.goto("/admin/")
    expect(page.get_by_role("link", name=re.compile("退回给我的案例"))).to_contain_text("1")
    page.goto(f"/admin/snippets/casebook/case/edit/{case}/")
    page.get_by_role("tab", name="审核与发布").click()
    expect(page.locator(".review-panel")).to_contain_text("复查情况没有写")
    page.get_by_role("tab", name="内容").click()
    text_box(page).fill(f"{FACTS}\n\n{MENDED}")
    save(page)


def public_address(page: Page, case: int) -> str:
    page.goto(f"/admin/cases/{case}/review/")
    address = page.get_by_role("link", name="公开页面").get_attribute("href")
    assert address, "a published case has a public page"
    return address


def gone(desktop: Page, phone: Page, address: str, shoot: Callable) -> None:
    for page, name in ((desktop, "case-withdrawn"), (phone, "case-withdrawn-phone")):
        reply = page.goto(address)
        assert reply and reply.status == 410
        expect(page.locator("main")).to_contain_text("本案例已撤下")
        expect(page.locator("body")).not_to_contain_text(TITLE)
        shoot(page, name)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_two_editors_lose_nothing_to_each_other(signed_in, shoot):
    trainer, street = signed_in("peixun"), signed_in("jiedao")
    case = written_in_a_street(street)
    form = f"/admin/snippets/casebook/case/edit/{case}/"
    for page in (trainer, street):
        page.goto(form)
        # autosave would tell the second person at once; here both press the button
        page.route("**/edit/**", lambda route: autosave_fails(route))
    text_box(trainer).fill(f"{FACTS}培训编辑补充。")
    save(trainer)
    text_box(street).fill(f"{FACTS}街道补充。")
    press(street, "保存草稿")
    agree_to_overwrite(street)
    expect(street.locator("main")).to_contain_text("您的文本没有丢失")
    shoot(street, "admin-merge")
    assert not serious(street)
    street.get_by_label("两段都保留").check()
    press(street, "合并为最新草稿")
    expect(street.locator(".messages")).to_contain_text("已合并两人的修改")
    boxes = street.locator("textarea[name^='body-'][name$='-text']")
    expect(boxes).to_have_count(2)
    assert {box.input_value() for box in boxes.all()} == {f"{FACTS}培训编辑补充。", f"{FACTS}街道补充。"}


def autosave_fails(route) -> None:
    """Lets forms through and drops what the autosave sends, as a network that is down would."""
    if route.request.headers.get("accept", "").startswith("application/json"):
        route.abort()
    else:
        route.continue_()


def agree_to_overwrite(page: Page) -> None:
    """Wagtail asks once when it has noticed the other person; whoever goes on comes to our page."""
    again = page.get_by_role("dialog").get_by_role("button", name=re.compile("继续|保存"))
    if again.count() and again.first.is_visible():
        again.first.click()


def test_the_preview_beside_the_form_shows_what_readers_will_see(signed_in, shoot):
    page = signed_in("peixun")
    page.route("**/edit/**", lambda route: autosave_fails(route))  # this case is read by others meanwhile
    page.goto("/admin/snippets/casebook/case/?q=2025Q4-01")
    page.locator("main table.listing tbody a[href*='/edit/']").first.click()
    page.get_by_role("button", name="预览开关").click()
    shown = page.frame_locator("#w-preview-iframe").locator("main")
    expect(shown).to_contain_text("仅供参照")
    expect(shown).to_contain_text("店主李某称")
    expect(shown).not_to_contain_text("李长根")
    box = text_box(page)
    box.fill(f"{box.input_value()}\n\n李长根当日写下保证。")
    expect(shown).to_contain_text("李某当日写下保证。")
    expect(shown).not_to_contain_text("李长根")
    shoot(page, "admin-preview")
    revision = page.locator("input[name=loaded_revision_id]").get_attribute("value")
    page.goto(f"{page.url.replace('/edit/', '/history/')}revisions/{revision}/view/")
    expect(page.locator("main")).to_contain_text("仅供参照")
    assert not serious(page)
