"""The rules of the visual language that a machine can hold."""

import gzip
import re

import pytest

from content.stylesheet import LAYERS, SOURCES, is_current, joined, sources
from tests.paths import ROOT

TEMPLATES = ROOT / "content" / "templates"
TOKENS = SOURCES / "tokens.css"
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(")
FONT_SIZE = re.compile(r"font-size:\s*([^;}]+)")
# Above Chromium 86, without which a page would lose more than a detail.
TOO_NEW = (":has(", "@layer", "@container", "color-mix(", "&:", "aspect-ratio", "subgrid")


def plain(path):
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)


def test_the_joined_sheet_is_up_to_date():
    assert is_current(), "run: python manage.py build_css"


def test_every_style_sheet_lies_in_a_layer():
    # the joined sheet itself, and the few rules for the admin, which is Wagtail's
    apart = {SOURCES / "site.css", SOURCES / "admin.css"}
    loose = {path for path in SOURCES.rglob("*.css")} - set(sources()) - apart
    assert not loose, f"not in {LAYERS}: {loose}"


@pytest.mark.parametrize("path", [path for path in sources() if path != TOKENS], ids=lambda path: path.name)
def test_only_the_tokens_name_colours_and_sizes(path):
    css = plain(path)
    assert not COLOUR.findall(css)
    sizes = {size.strip() for size in FONT_SIZE.findall(css)}
    # .old-browser speaks to browsers that know no custom properties
    literal = {size for size in sizes if not size.startswith("var(") and not size.endswith("em")} - {"18px"}
    assert not literal


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.name)
def test_nothing_needs_a_newer_browser_than_the_offices_have(path):
    css = plain(path)
    assert not [word for word in TOO_NEW if word in css]


def test_every_token_that_is_used_is_defined():
    defined = set(re.findall(r"(--[\w-]+)\s*:", plain(TOKENS)))
    used = {name for path in sources() for name in re.findall(r"var\((--[\w-]+)", plain(path))}
    assert used <= defined, used - defined


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_templates_hold_no_inline_style_or_script(path):
    html = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son\w+=\"|javascript:", html)
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.name)
def test_every_component_says_what_it_takes(path):
    assert path.read_text(encoding="utf-8").startswith("{% comment %}")


def test_style_and_script_leave_room_for_the_page():
    # a page has 120 KB over the wire; its frame may take a quarter
    script = (ROOT / "content" / "static" / "js" / "site.js").read_bytes()
    frame = len(gzip.compress(joined().encode())) + len(gzip.compress(script))
    assert frame < 30 * 1024
