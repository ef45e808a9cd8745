"""What axe finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# what is still fading in has less contrast than what is read
SETTLED = """() => Promise.all(document.getAnimations()
    .filter(one => one.effect.getComputedTiming().endTime !== Infinity).map(one => one.finished.catch(() => 0)))"""
SERIOUS = {"serious", "critical"}


def serious(page: Page) -> list[tuple[str, str]]:
    """(rule, the first element that breaks it) for everything serious or critical."""
    page.evaluate(SETTLED)
    violations = Axe().run(page).response["violations"]
    return [(v["id"], v["nodes"][0]["html"][:200]) for v in violations if v["impact"] in SERIOUS]
