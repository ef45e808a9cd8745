"""Forms are found by name, other name, code and what they are for; only the version in use."""

import datetime as dt

import pytest

from kb.models import FormField
from search import outbox
from search.documents import FORMS, all_documents
from search.engines.base import Filters
from search.finding import find
from tests.factories.kb import FormTemplateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def inquiry():
    form = FormTemplateFactory(name="询问笔录", code="WS202", aliases="谈话笔录、调查笔录", purpose="记录问话的经过。")
    FormTemplateFactory(name="送达回证", code="WS601", purpose="证明送到了。")
    outbox.rebuild()
    return form


def first(query):
    """The first group of an answer, and its best hit."""
    group = find(query, Filters()).groups[0]
    return group.kind, group.results.hits[0].document.title


@pytest.mark.parametrize("query", ["询问笔录", "谈话笔录", "WS202", "问话"])
def test_a_form_is_found(inquiry, query):
    assert first(query) == ("form", "询问笔录")


def test_the_results_have_a_group_of_their_own(inquiry, client):
    page = client.get("/search/", {"q": "询问笔录"}).content.decode()
    assert "文书" in page
    assert "/forms/WS202/" in page


def test_a_version_that_has_ended_or_not_begun_is_not_indexed(inquiry):
    for day in (dt.date(2020, 1, 1), dt.date(2090, 1, 1)):
        FormTemplateFactory(name="询问笔录", code="WS202", valid_from=day, valid_to=day + dt.timedelta(days=300))
    shown = [document.key for document in all_documents() if document.kind == "form"]
    assert f"form:{inquiry.pk}" in shown
    assert len(shown) == 2


def test_a_change_of_a_field_concerns_its_form(inquiry):
    field = FormField.objects.create(template=inquiry, name="见证人")
    assert list(FORMS.watched[FormField](field)) == [inquiry.pk]
    (document,) = FORMS.documents([inquiry.pk])
    assert "见证人" in document.extra
