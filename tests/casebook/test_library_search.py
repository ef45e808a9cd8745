"""Finding in one part of the cases only, and the facets of how they ended."""

import pytest

from casebook.models import Case
from casebook.views.cases import WITHIN
from search import outbox
from search.fields import FIELDS
from tests import cast
from tests.factories.casebook import public_case, section
from tests.factories.kb import PowerItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases():
    facts = public_case(title="甲案", body=[section("facts", "现场查获油桶。"), section("law", "应当举证。")])
    reasons = public_case(
        title="乙案", body=[section("facts", "店外摆摊。"), section("disputes", "油桶能否作为证据。")]
    )
    outbox.rebuild()
    return facts, reasons


def found(client, **query):
    page = client.get("/cases/find/", query, follow=True)
    return {title for title in ("甲案", "乙案") if title in page.content.decode()}


def test_words_are_found_anywhere_or_in_one_part(cases, client):
    assert found(client, q="油桶") == {"甲案", "乙案"}
    assert found(client, q="油桶", within="案情") == {"甲案"}
    assert found(client, q="油桶", within="说理") == {"乙案"}


def test_every_word_must_stand_in_the_part(cases, client):
    assert found(client, q="油桶 查获", within="案情") == {"甲案"}
    assert found(client, q="油桶 摆摊", within="案情") == set()


def test_the_parts_of_the_library_are_fields_of_the_search(cases):
    assert set(WITHIN) <= set(FIELDS)


def test_an_empty_box_leads_back_to_the_library(client, db):
    assert client.get("/cases/find/", {"q": " "}).url == "/cases/"


def titles(client, **query):
    return [card["title"] for card in client.get("/cases/", query).context["cards"]]


def test_the_library_narrows_by_result_and_what_became_of_it(client):
    public_case(title="罚款案", result=Case.Result.FINE)
    public_case(title="诉讼案", result=Case.Result.FINE, challenge=Case.Challenge.SUIT_UPHELD)
    public_case(title="警告案", result=Case.Result.WARNING)
    assert set(titles(client, result="fine")) == {"罚款案", "诉讼案"}
    assert titles(client, result="fine", challenge="suit_upheld") == ["诉讼案"]


def test_a_street_is_a_facet_only_where_it_is_shown(client):
    shown = public_case(title="公开街道案", street=cast.street(), street_shown=True)
    public_case(title="隐去街道案", street=cast.street())
    facets = {facet["label"]: facet["choices"] for facet in client.get("/cases/").context["facets"]}
    assert [choice["count"] for choice in facets["街道"]] == [1]
    assert titles(client, street=str(shown.street_id)) == ["公开街道案"]


def test_items_are_a_facet_with_their_short_names(client):
    item = PowerItemFactory(short_name="占道经营")
    public_case(title="占道案", items=[item])
    public_case(title="别案")
    facets = {facet["label"]: facet["choices"] for facet in client.get("/cases/").context["facets"]}
    assert [(choice["label"], choice["count"]) for choice in facets["事项"]] == [("占道经营", 1)]
    assert titles(client, power=item.code) == ["占道案"]


@pytest.mark.parametrize("query", [{"street": "x"}, {"result": "nothing"}, {"power": "0"}])
def test_a_value_that_does_not_exist_finds_nothing(client, query):
    public_case()
    assert titles(client, **query) == []
