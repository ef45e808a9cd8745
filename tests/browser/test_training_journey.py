"""A training from its plan on the desk to the hours: projector, phones, a late scan, a walk-in; axe on the way."""

import datetime as dt
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from demo.loaders.people import PASSWORD
from tests.browser.accessibility import serious
from tests.browser.conftest import DESKTOP, PHONE

TITLE = "简易程序与当场处罚"
GUEST = "易汀安"  # an officer of the demo who has come without a phone


def log_in(page: Page, username: str) -> None:
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def code_on(screen: Page) -> str:
    return "".join((screen.locator("#screen-code").text_content() or "").split())


def planned(page: Page) -> str:
    """A session of today on record; gives the address of its page."""
    now = dt.datetime.now(ZoneInfo("Asia/Shanghai"))
    page.goto("/admin/trainings/sessions/new/")
    page.fill("input[name=title]", TITLE)
    page.locator("select[name=unit]").select_option(index=1)
    page.select_option("select[name=organiser]", "district")
    page.fill("input[name=starts_at]", f"{now:%Y-%m-%dT%H:%M}")
    page.fill("input[name=ends_at]", f"{now + dt.timedelta(hours=2):%Y-%m-%dT%H:%M}")
    assert not serious(page)
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="签到与点名").click()
    page.get_by_role("button", name="开始签到").click()
    expect(page.locator("main")).to_contain_text("签到中")
    return page.url


def test_a_hall_signs_in_and_gets_its_hours(signed_in, open_context, shoot):
    desk = signed_in("peixun")
    live = planned(desk)
    screen = projected(desk, live, shoot)
    phones = [open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page() for _ in range(2)]
    scanned_late(phones[0], live, screen, shoot)
    typed(phones[1], screen)
    expect(screen.locator("#screen-count")).to_have_text("2")
    merged(desk, live, shoot)
    ended(desk, shoot)
    expect(screen.locator("#screen-now")).to_contain_text("已结束")
    phones[0].goto("/training/")
    expect(phones[0].locator("main")).to_contain_text(re.compile(f"{TITLE}.*出勤", re.S))
    assert not serious(phones[0])
    fits(phones[0])
    shoot(phones[0], "training-mine-phone")


def projected(desk: Page, live: str, shoot: Callable) -> Page:
    """The screen in a window of its own: a code of six digits that changes by itself."""
    screen = desk.context.new_page()
    screen.goto(live.replace("/live/", "/screen/"))
    first = code_on(screen)
    assert re.fullmatch(r"\d{6}", first)
    assert not serious(screen)
    shoot(screen, "training-screen-desktop")
    expect(screen.locator("#screen-code")).not_to_have_text(re.compile(r"\s*".join(first)))
    screen.set_viewport_size(PHONE)
    fits(screen)
    shoot(screen, "training-screen-phone")
    screen.set_viewport_size(DESKTOP)
    return screen


def scanned_late(phone: Page, live: str, screen: Page, shoot: Callable) -> None:
    """Scans without being logged in; the scan counts although the code has long been replaced."""
    session = re.search(r"/sessions/(\d+)/", live)
    assert session
    shown = code_on(screen)
    phone.goto(f"/training/sign/{session[1]}/?c={shown}")
    expect(screen.locator("#screen-code")).not_to_have_text(re.compile(r"\s*".join(shown)))
    log_in(phone, "duiyuan")
    expect(phone.locator(".sign__done").first).to_contain_text(re.compile(r"已签到 \d\d:\d\d，出勤"))
    assert not serious(phone)
    fits(phone)
    shoot(phone, "training-signed-phone")


def typed(phone: Page, screen: Page) -> None:
    phone.goto("/login/?next=/training/sign/")
    log_in(phone, "jiedao")
    phone.get_by_label("屏幕上的六位数字").fill("000000")
    phone.get_by_role("button", name="签到").click()
    expect(phone.get_by_role("alert")).to_contain_text("请看屏幕上的新码")
    assert not serious(phone)
    phone.get_by_label("屏幕上的六位数字").fill(code_on(screen))
    phone.get_by_role("button", name="签到").click()
    expect(phone.locator(".sign__done").first).to_contain_text("已")


def merged(desk: Page, live: str, shoot: Callable) -> None:
    desk.goto(live)
    desk.get_by_label("姓名").fill(GUEST)
    desk.get_by_role("button", name="登记", exact=True).click()
    assert not serious(desk)
    shoot(desk, "training-live-desktop")
    desk.get_by_role("button", name=f"是 {GUEST}").first.click()
    expect(desk.locator("main")).not_to_contain_text("待归并人员")
    desk.set_viewport_size(PHONE)
    fits(desk)
    assert not serious(desk)
    shoot(desk, "training-live-phone")
    desk.set_viewport_size(DESKTOP)


def ended(desk: Page, shoot: Callable) -> None:
    desk.get_by_role("button", name="结束签到").click()
    expect(desk.locator(".notice").first).to_contain_text(re.compile("人的学时已计入"))
    shoot(desk, "training-ended-desktop")
