"""Pictures between the sections of a case: shown with their words, anonymised with them, signed with them."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model

from casebook import layer
from casebook.models import Case, Replacement
from casebook.pages import case_context
from tests.factories.casebook import FACTS, CaseFactory, section


def stored_image(colour: str = "grey"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return get_image_model().objects.create(title="现场", file=ContentFile(out.getvalue(), name=f"{colour}.png"))


def picture(image, caption: str = "图1 王大柱的店面", alt: str = "王大柱站在店门口") -> dict:
    return {"type": "picture", "value": {"image": image.pk, "text": caption, "alt": alt}, "id": "block-picture"}


@pytest.fixture
def case(db, settings, tmp_path) -> Case:
    settings.MEDIA_ROOT = tmp_path
    made = CaseFactory(body=[section("facts", FACTS), picture(stored_image())])
    return Case.objects.get(pk=made.pk)


def test_the_words_of_a_picture_are_texts_of_the_case(case):
    texts = {name: text for name, text, _ in case.texts()}
    assert texts["block-picture"] == "图1 王大柱的店面"
    assert texts["block-picture-alt"] == "王大柱站在店门口"


def test_replacements_reach_caption_and_description(case):
    Replacement.objects.create(case=case, kind="person", original="王大柱", shown="王某", decision="accepted")
    shown = layer.shown(Case.objects.get(pk=case.pk))
    assert (shown.sections[1].text, shown.sections[1].alt) == ("图1 王某的店面", "王某站在店门口")


def test_the_page_shows_the_picture_with_its_words_and_without_a_heading(case, as_member):
    context = case_context(case)
    assert [entry["label"] for entry in context["outline"]] == ["案件要素", "基本案情"]
    page = as_member("lin").get(case.get_absolute_url()).content.decode()
    assert 'alt="王大柱站在店门口"' in page and "图1 王大柱的店面" in page and "<figure" in page


def test_a_deleted_picture_leaves_its_caption(case, as_member):
    get_image_model().objects.all().delete()
    page = as_member("lin").get(case.get_absolute_url())
    assert page.status_code == 200 and "图1 王大柱的店面" in page.content.decode()


def test_another_picture_is_another_text_to_sign(case):
    before = case.text_digest()
    case.body = [section("facts", FACTS), picture(stored_image("white"))]
    assert case.text_digest() != before


def test_a_picture_has_a_name_that_lists_do_not_fetch(case, django_assert_num_queries):
    fetched = Case.objects.prefetch_related("replacements").get(pk=case.pk)
    with django_assert_num_queries(0):
        assert layer.shown(fetched).sections[1].image_id
