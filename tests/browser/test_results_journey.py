"""After an exam: marked, published, read by a candidate, a key put right, certified, and the certificate verified."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from demo.loaders.people import PASSWORD
from tests.browser.accessibility import serious
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.exam_that_was_sat import CANDIDATE, TITLE, WRONG_KEY


def press(page: Page, name: str | re.Pattern) -> None:
    page.get_by_role("button", name=name).first.click()


def sound(page: Page) -> None:
    """Nothing serious for axe, at the desk and on a telephone, where nothing sticks out."""
    assert not serious(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not serious(page)
    page.set_viewport_size(DESKTOP)


@pytest.fixture
def policy() -> list[str]:
    """What the browsers said about the content security policy; nothing, at the end."""
    said: list[str] = []
    yield said
    assert not said


@pytest.fixture
def candidate(open_context) -> Page:
    """The candidate with a telephone in the hand."""
    page = open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto("/login/?next=/exams/")
    page.fill("input[name=username]", CANDIDATE)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)
    return page


def listens(page: Page, policy: list[str]) -> Page:
    page.on("console", lambda said: policy.append(said.text) if "Content Security Policy" in said.text else None)
    return page


def test_results_from_marking_to_the_certificate(running, fonts, signed_in, candidate, desktop, policy, shoot):
    running.call("tests.browser.exam_that_was_sat.make")
    bureau, passer_by = listens(signed_in("guan"), policy), listens(desktop, policy)
    listens(candidate, policy)
    nothing_yet(candidate)
    marked(signed_in("peixun"), shoot)
    looked_at_again(signed_in("shenhe"))
    published(bureau, shoot)
    failed_by_a_wrong_key(candidate, shoot)
    found_in_the_statistics(bureau, shoot)
    put_right(bureau, shoot)
    passed_after_all(candidate)
    certified(bureau, shoot)
    verified(candidate, passer_by, shoot)


def open_attempt(page: Page) -> None:
    """The candidate's own, among what other journeys have left there."""
    page.goto("/exams/")
    page.locator(".exam-entry", has_text=TITLE).get_by_role("link", name=re.compile("第 1 次")).click()


def nothing_yet(page: Page) -> None:
    open_attempt(page)
    expect(page.locator("main")).to_contain_text("成绩公布后可以查看")
    address = page.url.replace("/done/", "/result/")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("答案与解析：成绩公布后可以查看")
    assert "九十日" not in page.content() and "简述当场处罚" not in page.content()


def marked(page: Page, shoot: Callable) -> None:
    """A trainer: too many marks are refused by name, the rest is kept, one answer is left to somebody else."""
    page.get_by_role("link", name=re.compile("待评的简答")).click()
    page.get_by_role("row", name=re.compile("资格考试")).get_by_role("link", name="简述当场处罚的条件").click()
    expect(page.locator(".marking-side")).to_contain_text("事实确凿（50%，10 分）")
    boxes = page.get_by_role("spinbutton")
    expect(boxes).to_have_count(2)
    assert "侯知阳" not in page.content()
    sound(page)
    shoot(page, "results-marking")
    good = page.locator("fieldset", has_text="数额在限度内。")
    good.get_by_role("spinbutton").fill("10.5")
    good.get_by_label("评语").fill("程序未答")
    other = page.locator("fieldset", has_text="略")
    other.get_by_role("spinbutton").fill("1")
    other.get_by_label("请他人复看").check()
    press(page, "保存本页评分")
    expect(page.locator(".messages")).to_contain_text("已保存 2 份")
    expect(page.locator("main")).to_contain_text("已全部评完")


def looked_at_again(page: Page) -> None:
    page.get_by_role("link", name=re.compile("待复看的简答")).click()
    page.get_by_role("row", name=re.compile(TITLE)).get_by_role("link", name="简述当场处罚的条件").click()
    expect(page.locator(".marking-history")).to_contain_text("请他人复看")
    page.get_by_role("spinbutton").fill("0")
    press(page, "保存本页评分")
    expect(page.locator("main")).to_contain_text("没有等您复看的作答")


def published(page: Page, shoot: Callable) -> None:
    page.goto("/admin/results/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator("tr", has_text="侯知阳")).to_contain_text("50.5 / 100")
    expect(page.locator("main")).to_contain_text("缺考")
    press(page, "公布成绩")
    expect(page.locator(".messages")).to_contain_text("成绩已公布")
    page.get_by_role("link", name="得分", exact=True).click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("得分")
    sound(page)
    shoot(page, "results-list")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    assert download.value.suggested_filename == f"{TITLE}成绩.xlsx"


def failed_by_a_wrong_key(page: Page, shoot: Callable) -> None:
    page.reload()
    expect(page.locator(".result-score")).to_contain_text("50.5 分，满分 100 分，及格线 60 分")
    third = page.locator("#q3")
    expect(third).to_contain_text("答错")
    expect(page.locator("#q5")).to_contain_text("评语：程序未答")
    law = third.locator("details")
    law.locator("summary").click()
    expect(law).to_contain_text("九十日内作出行政处罚决定")
    assert not serious(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shoot(page, "results-candidate-phone")
    third.get_by_role("link", name=re.compile("这道题有问题")).click()
    page.get_by_label("这道题有什么问题").fill("法律规定是九十日，答案写成了三十日。")
    press(page, "提交意见")
    expect(page.locator(".messages, .notice").first).to_be_visible()


def found_in_the_statistics(page: Page, shoot: Callable) -> None:
    page.get_by_role("link", name="统计分析").click()
    expect(page.get_by_role("img", name=re.compile("成绩分布"))).to_be_visible()
    flagged = page.get_by_role("region", name=re.compile("值得注意"))
    expect(flagged).to_contain_text(f"{WRONG_KEY}：区分度为负，请检查答案")
    shoot(page, "results-statistics")
    sound(page)
    page.emulate_media(media="print")
    shoot(page, "results-statistics-print")
    page.emulate_media(media="screen")


def put_right(page: Page, shoot: Callable) -> None:
    page.get_by_role("link", name="答案更正").click()
    page.locator("tr", has_text=WRONG_KEY).get_by_role("link", name=re.compile("更正")).click()
    page.get_by_label("更正答案", exact=True).check()
    page.get_by_label(re.compile("新答案")).fill("C")
    page.get_by_label("理由").fill("法定期限为九十日")
    press(page, "试算")
    expect(page.get_by_role("alert")).to_contain_text("新答案和现在的答案相同")
    page.get_by_label(re.compile("新答案")).fill("A")
    sound(page)
    press(page, "试算")
    expect(page.locator("main")).to_contain_text("尚未改动任何分数")
    expect(page.locator("tr", has_text="侯知阳")).to_contain_text("不及格改为及格")
    sound(page)
    shoot(page, "results-fix-dry-run")
    press(page, "应用更正")
    expect(page.locator("main")).to_contain_text("应用的结果")
    expect(page.get_by_role("button", name="应用更正")).to_have_count(0)
    page.goto("/admin/questions/remarks/")
    expect(page.locator("main")).to_contain_text("法律规定是九十日")
    expect(page.locator("main")).to_contain_text("法定期限为九十日")


def passed_after_all(page: Page) -> None:
    open_attempt(page)
    page.get_by_role("link", name="查看成绩").click()
    expect(page.locator(".result-score")).to_contain_text("70.5 分")
    expect(page.locator("#q3")).to_contain_text("考试后更正了答案")
    expect(page.get_by_text("下载合格证明")).to_have_count(0)


def certified(page: Page, shoot: Callable) -> None:
    page.goto("/admin/results/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="合格证明").click()
    page.get_by_label("发证机关").fill("江城区司法局")
    press(page, re.compile("发放"))
    expect(page.locator("tr", has_text="侯知阳")).to_contain_text("有效")
    sound(page)
    shoot(page, "results-certificates")


def verified(page: Page, passer_by: Page, shoot: Callable) -> None:
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载合格证明").click()
    assert download.value.path().read_bytes()[:5] == b"%PDF-"
    code = re.search(r"(\w{4}-){2}\w{4}", download.value.suggested_filename)
    assert code
    passer_by.goto("/certificates/")
    passer_by.get_by_label("验证码").fill(code[0].lower().replace("-", " "))
    press(passer_by, "核验")
    for words in ("侯知阳", "有效", TITLE, "70.5", "江城区司法局", code[0]):
        expect(passer_by.locator("main")).to_contain_text(words)
    sound(passer_by)
    shoot(passer_by, "results-certificate-page")
    passer_by.get_by_label("验证码").fill("BCDF-GHJK-MPQR")
    press(passer_by, "核验")
    expect(passer_by.locator("main")).to_contain_text("没有这份证明")
