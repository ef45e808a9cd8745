"""十佳 from nomination to the published ranking, at the desk and on phones; axe on the pages on the way."""

import io
import re
from collections.abc import Callable

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious
from tests.browser.conftest import DESKTOP, PHONE

TITLE = "2026年度十佳案例评选"
SHEET = {"事实与证据": 60, "说理": 40}
# account -> name; the second is of the street that nominates, and stands back from its case
JUDGES = {"daoshi": "易汀安", "duiyuan": "侯知阳"}
OF_THE_STREET, OF_ANOTHER = "2025Q4-02", "2025Q4-03"


def sound(page: Page) -> None:
    """Nothing serious for axe; on a telephone, too, where nothing sticks out."""
    width = PHONE["width"]
    assert not serious(page)
    page.set_viewport_size({"width": width, "height": PHONE["height"]})
    fits(page, width)
    assert not serious(page)
    page.set_viewport_size(DESKTOP)


def fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def press(page: Page, name: str | re.Pattern) -> None:
    page.get_by_role("button", name=name).first.click()


def test_a_contest_goes_from_nomination_to_the_public_ranking(signed_in, on_phone, desktop, phone, shoot):
    editor, street = signed_in("peixun"), signed_in("jiedao")
    address = prepared(editor)
    nominated_by_the_street(street, shoot)
    nominate(editor, address, OF_ANOTHER)
    press(editor, "截止推荐")
    expect(editor.locator(".messages")).to_contain_text("评委可以评分")
    for judge in JUDGES:
        scored(on_phone(judge), judge, shoot)
    published(editor, address, shoot)
    public = editor.get_by_role("link", name="评选页面").get_attribute("href")
    assert public
    for page, screen, name in ((desktop, DESKTOP, "desktop"), (phone, PHONE, "phone")):
        page.goto(public)
        ranking_is_public(page)
        fits(page, screen["width"])
        shoot(page, f"contest-{name}")


def prepared(page: Page) -> str:
    """The contest with its sheet and its judges; gives the address of its own page."""
    page.goto("/admin/snippets/casebook/contest/add/")
    page.fill("input[name=title]", TITLE)
    page.fill("input[name=year_no]", "2026")
    page.fill("input[name=places]", "1")
    for n, (name, points) in enumerate(SHEET.items()):
        press(page, "增加 评分项")
        page.fill(f"input[name=criteria-{n}-name]", name)
        page.fill(f"input[name=criteria-{n}-max_points]", str(points))
    for n, name in enumerate(JUDGES.values()):
        press(page, "增加 评委")
        choice = page.locator(f"select[name=judges-{n}-person]")
        choice.select_option(value=choice.locator("option", has_text=name).get_attribute("value"))
    assert not serious(page)
    press(page, "保存")
    row = page.locator("tr", has_text=TITLE)
    row.get_by_role("link", name="推荐、评分与结果").click()
    expect(page.locator("main")).to_contain_text("还没有推荐")
    return page.url


def nominated_by_the_street(page: Page, shoot: Callable) -> None:
    """The street is told at home, and is offered its own cases only."""
    page.goto("/admin/")
    page.get_by_role("link", name=re.compile("可以推荐的案例")).click()
    options = page.locator("select[name=case] option")
    assert all("2025Q4-02" in text or "2026Q2-06" in text for text in options.all_inner_texts())
    sound(page)
    shoot(page, "contest-nominate")
    nominate(page, page.url, OF_THE_STREET)


def nominate(page: Page, address: str, number: str) -> None:
    page.goto(address)
    choice = page.locator("select[name=case]")
    choice.select_option(value=choice.locator("option", has_text=number).get_attribute("value"))
    page.get_by_label("推荐理由").fill("说理充分")
    press(page, re.compile("^推荐$"))
    expect(page.locator(".messages")).to_contain_text(f"已推荐：{number}")


def scored(page: Page, judge: str, shoot: Callable) -> None:
    """On a phone: told at 我的, a faulty sheet refused by name, then every sheet that is this judge's."""
    left = 2 if judge == "daoshi" else 1
    expect(page.locator(".link-panel", has_text="十佳评分")).to_contain_text(f"还有 {left} 篇未评")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("您回避评分")).to_have_count(2 - left)
    assert not serious(page)
    fits(page, PHONE["width"])
    shoot(page, f"contest-sheets-{judge}")
    # 90 from the one judge who may score the street's case; 88 and 92 for the other make the same
    given = [("50", "40"), ("48", "40")] if judge == "daoshi" else [("52", "40")]
    for n, points in enumerate(given):
        fill(page, n, *points)
        expect(page.get_by_text("已评", exact=True)).to_have_count(n + 1)
    expect(page.locator("main")).to_contain_text("已全部评完")


def fill(page: Page, number: int, *points: str) -> None:
    form = page.locator("main form").nth(number)
    for box, value in zip(form.locator("input[type=number]").all(), points, strict=True):
        box.fill(value)
    form.get_by_role("button", name="保存评分").click()


def published(page: Page, address: str, shoot: Callable) -> None:
    page.goto(address)
    expect(page.locator(".board-section", has_text="回避")).to_contain_text(JUDGES["duiyuan"])
    press(page, "公布结果")
    expect(page.locator(".messages")).to_contain_text("结果已公布")
    sound(page)
    shoot(page, "contest-admin")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出评分明细").click()
    traceable(download.value.path().read_bytes())


def traceable(data: bytes) -> None:
    """Each total is the mean of what the file says that the judges gave; who stood back is named."""
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True))
    assert [row[4] for row in rows if row[5] == "回避，不评分"] == [JUDGES["duiyuan"]]
    for number in (OF_THE_STREET, OF_ANOTHER):
        mine = [row for row in rows if row[1] == number and row[7] not in ("", None)]
        judges = {row[4] for row in mine}
        assert sum(float(row[7]) for row in mine) / len(judges) == float(mine[0][3]) == 90


def ranking_is_public(page: Page) -> None:
    places = page.locator("tbody tr")
    expect(places).to_have_count(2)
    assert [row.locator("td").first.inner_text() for row in places.all()] == ["1", "1"]
    expect(page.locator("tbody")).to_contain_text("入选")
    assert not serious(page)


PUBLIC = {"library": "/cases/?tag=typical", "edition": "/cases/issues/2026Q3/", "shelf": "/me/cases/"}


def test_axe_finds_nothing_serious_on_library_edition_and_shelf(signed_in, shoot):
    page = signed_in("peixun")
    page.goto("/cases/2025q4-01/")
    press(page, re.compile("^收藏$"))
    for name, address in PUBLIC.items():
        page.goto(address)
        sound(page)
        shoot(page, f"{name}-axe")
    press(page, "取消收藏")
