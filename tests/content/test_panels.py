"""Upper apps show themselves on lower pages through the registry."""

import pytest
from django.template import Context, Template

from content import panels


def early(request, subject):
    return f"<p>early {subject}</p>"


def late(request, subject):
    return "<p>late</p>"


def silent(request, subject):
    return ""


@pytest.fixture(autouse=True)
def clean_place():
    yield
    for render in (early, late, silent):
        panels.unregister("test_place", render)


def shown(subject="x") -> str:
    template = Template('{% load ui %}{% panels "test_place" subject %}')
    return template.render(Context({"subject": subject}))


def test_panels_appear_by_order_and_empty_ones_not_at_all():
    panels.register("test_place", late, order=20)
    panels.register("test_place", silent, order=15)
    panels.register("test_place", early, order=10)
    assert shown("33") == "<p>early 33</p><p>late</p>"


def test_registering_again_moves_a_panel_and_never_doubles_it():
    panels.register("test_place", late, order=1)
    panels.register("test_place", early, order=2)
    panels.register("test_place", late, order=3)
    assert shown() == "<p>early x</p><p>late</p>"


def test_an_unknown_place_is_empty():
    assert Template('{% load ui %}{% panels "nobody_here" %}').render(Context()) == ""
