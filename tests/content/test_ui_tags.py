"""Status, dates and what people wrote come out the same on every page."""

import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from content.templatetags import ui


def rendered(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("pending", "尚未施行"),
        ("in_force", "现行有效"),
        ("amended", "已被修改"),
        ("repealed", "已废止"),
        ("unverified", "待核"),
        ("no-such-status", "待核"),
    ],
)
def test_a_status_is_told_in_words(code, words):
    assert words in rendered("{% status_badge code %}", code=code)


def test_only_a_repealed_status_is_struck():
    assert "badge--struck" in rendered('{% status_badge "repealed" %}')
    assert "badge--struck" not in rendered('{% status_badge "amended" %}')


def test_dates_are_written_in_chinese():
    day = dt.date(2026, 8, 5)
    assert ui.cn_date(day) == "2026年8月5日"
    assert ui.cn_date(None) == ""
    assert ui.cn_date_range(day, None) == "2026年8月5日 — 至今"
    assert ui.cn_date_range(None, day) == ""


def test_scripts_and_handlers_are_taken_out_of_what_people_wrote():
    dirty = '<p onclick="x()">正文<script>alert(1)</script><a href="javascript:x()">链接</a></p>'
    clean = ui.clean_html(dirty)
    assert "script" not in clean and "onclick" not in clean and "正文" in clean


def test_a_snippet_keeps_its_marks_and_nothing_else():
    assert ui.clean_marks("<b>占用</b><mark>道路</mark><img src=x>") == "占用<mark>道路</mark>"


def test_pagination_keeps_the_rest_of_the_query():
    page = Paginator(range(200), 20).page(2)
    request = RequestFactory().get("/items/?domain=水务&page=2")
    html = rendered('{% include "components/pagination.html" %}', page=page, request=request)
    assert "?domain=%E6%B0%B4%E5%8A%A1&amp;page=3" in html
    assert "共 200 条" in html


def test_paper_shows_the_address_in_chinese():
    request = RequestFactory().get("/laws/行政处罚法/33")
    assert rendered("{% page_address %}", request=request) == "http://testserver/laws/行政处罚法/33"


def test_one_page_needs_no_pagination():
    page = Paginator(range(5), 20).page(1)
    assert rendered('{% include "components/pagination.html" %}', page=page).strip() == ""


def test_a_row_of_the_wrong_length_is_an_error_not_a_shifted_table():
    with pytest.raises(ValueError):
        ui.with_columns([1, 2], ["a"])
