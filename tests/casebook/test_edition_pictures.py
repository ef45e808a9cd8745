"""Pictures of a case in an edition: after their section, and a lost one keeps only its case out."""

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from casebook.editions.book import build_book
from content.exports.document import Chapter, Picture, members
from tests.factories.casebook import section
from tests.factories.editions import citing_case, edition

pytestmark = pytest.mark.django_db


def image(width: int):
    """Of a width of its own: Wagtail remembers, by the hash, what it drew of a picture."""
    image = get_image_model().objects.create(title="净化器", file=get_test_image_file(size=(width, 40)))
    image.get_file_hash()
    return image


def case_with(image, number="2026Q3-01"):
    value = {"image": image.pk, "text": "净化器控制面板", "alt": "关闭的开关"}
    body = [section("facts", "某店未开启净化器。"), {"type": "picture", "value": value, "id": "block-picture"}]
    return citing_case(number, body=body)


def test_a_picture_stands_at_the_end_of_its_section():
    chapter = next(members(build_book(edition(case_with(image(60)))).document.parts, Chapter))
    picture = chapter.sections[0].blocks[-1]
    assert isinstance(picture, Picture)
    assert (picture.alt, picture.caption, picture.media_type) == ("关闭的开关", "净化器控制面板", "image/png")
    assert [one.title for one in chapter.sections] == ["一、基本案情"]


def test_a_lost_picture_file_keeps_only_its_case_out():
    lost = image(61)
    issue = edition(case_with(lost), citing_case("2026Q3-02"))
    lost.file.storage.delete(lost.file.name)
    book = build_book(issue)
    assert [case["case_no"] for case in book.contents["cases"]] == ["2026Q3-02"]
    assert "图片“关闭的开关”的文件无法读取" in book.left_out[0].reason
