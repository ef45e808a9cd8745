"""The style guide shows every component, and developers alone see it."""

import re

import pytest
from django.test import RequestFactory

from content.views import styleguide
from tests.paths import ROOT

COMPONENTS = ROOT / "content" / "templates" / "components"
# Parts of other components, or of every page's frame.
PARTS = {"facet_choice", "facet_group", "messages"}


def sources() -> str:
    frame = ROOT / "content" / "templates"
    return (frame / "content" / "styleguide.html").read_text() + (frame / "base.html").read_text()


def test_every_component_is_shown():
    shown = set(re.findall(r"components/(\w+)\.html", sources())) | {"status_badge"}
    missing = {path.stem for path in COMPONENTS.glob("*.html")} - shown - PARTS
    assert not missing


@pytest.mark.django_db
def test_it_renders():
    html = styleguide(RequestFactory().get("/styleguide/")).content.decode()
    assert "第一千一百三十二条" in html and "五千元以上五万元以下" in html


def test_a_real_site_has_no_style_guide(client, db):
    assert client.get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_a_copied_provision_is_a_clean_quotation():
    html = styleguide(RequestFactory().get("/styleguide/")).content.decode()
    text = re.sub(r"<[^>]+>", "", html.split('<div class="provision__text">')[1].split("</div>")[0])
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert lines[0].startswith("第三十三条　编写案例应当写明")
    assert lines[1].startswith("（一）基本案情")
