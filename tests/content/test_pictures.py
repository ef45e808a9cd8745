"""Every picture on the site is drawn anew: no place, no name, no time of day comes along."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

from content.pictures import LONGEST_SIDE, Unfit, clean_picture
from tests.casebook.pictures_maker import GPS, OWNER, claimed_png, drawing, photo


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_the_photo_under_test_tells_where_it_was_taken():
    assert opened(photo()).getexif().get_ifd(GPS)


def test_a_photo_loses_place_owner_and_comment_and_stands_upright():
    raw = photo(640, 480)
    clean = clean_picture(raw)
    picture = opened(clean.data)
    assert not picture.getexif() and not picture.getexif().get_ifd(GPS)
    assert not {"exif", "comment", "xmp", "icc_profile"} & set(picture.info)
    assert OWNER.encode() in raw and OWNER.encode() not in clean.data
    assert (clean.width, clean.height) == picture.size == (480, 640)


def test_a_large_photo_becomes_small():
    clean = clean_picture(photo(4000, 3000))
    assert max(clean.width, clean.height) == LONGEST_SIDE and clean.suffix == ".jpg"


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "LA", "P", "1", "I;16"])
def test_drawings_of_every_kind_stay_drawings_without_their_text(mode):
    clean = clean_picture(drawing(mode))
    assert clean.suffix == ".png" and "Author" not in opened(clean.data).info


def test_80_megapixels_are_refused_by_the_header_alone():
    with pytest.raises(Unfit, match="10000×8000，约 80 百万像素，上限 50"):
        clean_picture(claimed_png(10_000, 8_000))


@pytest.mark.parametrize("raw", [b"", b"no picture", photo()[:2000], claimed_png(300, 300), b"<svg/>"])
def test_what_is_no_whole_picture_is_refused(raw):
    with pytest.raises(Unfit, match="JPG 或 PNG"):
        clean_picture(raw)


@pytest.fixture
def upload(as_member, db):
    from django.core.management import call_command

    call_command("set_up_roles", verbosity=0)
    client = as_member("song")

    def send(name: str, raw: bytes):
        data = {"title": "现场", "file": SimpleUploadedFile(name, raw, "image/jpeg")}
        return client.post(reverse("wagtailimages:add"), data, follow=True)

    return send


def test_the_image_library_keeps_only_what_was_drawn_anew(upload, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    upload("现场.jpg", photo())
    image = get_image_model().objects.get()
    with image.file.open() as file:
        assert not opened(file.read()).getexif()
    assert (image.width, image.height) == (480, 640)


def test_the_image_library_refuses_a_huge_picture_in_chinese(upload, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = upload("全景.png", claimed_png(10_000, 8_000)).content.decode()
    assert not get_image_model().objects.exists()
    assert "上限 50 百万像素" in page
