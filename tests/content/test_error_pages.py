"""An error says in Chinese what happened and what to do."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

CODES = ["400", "403", "403_csrf", "404", "429"]


@pytest.mark.django_db
def test_a_wrong_address_is_answered_in_chinese(client):
    reply = client.get("/no-such-page/")
    assert reply.status_code == 404
    assert "没有找到这个页面" in reply.content.decode()
    assert 'name="q"' in reply.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_every_error_page_has_a_heading_and_a_way_on(code):
    html = render_to_string(f"{code}.html", request=RequestFactory().get("/x/"))
    assert "<h1>" in html and f"错误代码 {code[:3]}" in html


def test_the_page_for_a_broken_server_needs_neither_request_nor_database():
    assert "问题出在系统" in render_to_string("500.html")
