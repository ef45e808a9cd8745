"""Chromium, driven by Playwright, against a running site. Skipped with the reason where there is no Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from demo.loaders.people import PASSWORD
from tests.browser.running_site import Site, running_site
from tests.paths import ARTEFACTS

# Playwright keeps a loop in this thread; without this, every later test that asks the database fails.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
DESKTOP: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
ATTEMPTS = 4
PATIENCE = 30_000  # ms: how long a slow test machine may take; costs nothing where all is well
expect.set_options(timeout=PATIENCE)
NO_BROWSER = "needs Chromium: apt-get install chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site with the demo and some real statutes."""
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def site(running: Site) -> str:
    """Its address."""
    return running.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_context(browser: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """`open_context(viewport=PHONE)` is a fresh visitor; a request to another host fails the test."""
    contexts, strangers = [], []

    def watch(request) -> None:
        if not request.url.startswith((site, "data:", "blob:", "about:")):
            strangers.append(request.url)

    def make(**options) -> BrowserContext:
        options.setdefault("viewport", DESKTOP)
        context = browser.new_context(base_url=site, locale="zh-CN", **options)
        context.set_default_timeout(PATIENCE)
        context.on("request", watch)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert not strangers, f"requests that left the host: {strangers}"


@pytest.fixture
def desktop(open_context) -> Page:
    return open_context().new_page()


@pytest.fixture
def phone(open_context) -> Page:
    return open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def signed_in(open_context) -> Iterator[Callable[[str], Page]]:
    """`signed_in("guan")` is that person at the admin's home page; an error in its scripts fails the test."""
    complaints: list[str] = []

    def enter(username: str) -> Page:
        page = open_context().new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        return log_in(page, username, "/admin/")

    yield enter
    assert not complaints


@pytest.fixture
def on_phone(open_context) -> Callable[..., Page]:
    """`on_phone("daoshi")` is that person at 我的, or at another address, with a telephone in the hand."""

    def enter(username: str, address: str = "/me/") -> Page:
        page = open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
        return log_in(page, username, address)

    return enter


def log_in(page: Page, username: str, address: str) -> Page:
    """The page at the address, which the person was led to by logging in."""
    page.goto(f"/login/?next={address}")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)
    return page


@pytest.fixture
def shoot() -> Callable[[Page, str], None]:
    """`shoot(page, "item-desktop")` keeps a screenshot in the git-ignored artefacts folder."""

    def save(page: Page, name: str) -> None:
        ARTEFACTS.mkdir(exist_ok=True)
        for left in range(ATTEMPTS - 1, -1, -1):
            try:
                page.screenshot(path=ARTEFACTS / f"{name}.png")
                return
            except PlaywrightError:
                # a busy machine's compositor sometimes has no frame to give yet
                if not left:
                    raise
                page.wait_for_timeout(500)

    return save
