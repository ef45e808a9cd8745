"""Pictures of a case as bytes that every form of an edition can hold."""

import io

from PIL import Image, UnidentifiedImageError
from wagtail.images import get_image_model

from casebook.layer import ShownCase
from casebook.sections import PICTURE
from content.exports.document import Picture

WIDEST = "max-1600x1600"  # pixels; 25 dots a millimetre on the printed line
MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}


class PictureMissing(Exception):
    """A picture cannot be printed; the message says which and why, in Chinese."""


def pictures_of(shown: ShownCase) -> dict[str, Picture]:
    """By the place of its section. Raises PictureMissing."""
    return {
        section.field_name: _picture(section.image_id, section.alt, section.text)
        for section in shown.sections
        if section.kind == PICTURE
    }


def _picture(pk: int | None, alt: str, caption: str) -> Picture:
    image = get_image_model().objects.filter(pk=pk).first()
    if image is None:
        raise PictureMissing(f"图片“{alt}”已不在图片库中，请在案例中重新选择")
    try:
        with image.get_rendition(WIDEST).file.open("rb") as file:
            data = file.read()
        with Image.open(io.BytesIO(data)) as opened:
            opened.load()
            return Picture(data, MEDIA_TYPES[opened.format or ""], alt, caption)
    except (OSError, KeyError, UnidentifiedImageError) as error:
        raise PictureMissing(f"图片“{alt}”的文件无法读取，请重新上传") from error
