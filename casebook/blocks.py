"""The typed blocks of a case: what a Word draft calls 基本案情, 法律小讲堂 or 典型意义, each in its place.

Texts are plain: a blank line parts paragraphs, lines that begin with `- ` or `1. ` make lists.
Plain text keeps the offsets of citations (and later of anonymised names) exact, which rich text
does not.
"""

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from casebook.sections import PICTURE, SECTIONS


class SectionBlock(blocks.StructBlock):
    """One section of a case; its type says what it is, `heading` only renames it."""

    heading = blocks.CharBlock(label="标题", required=False, max_length=40, help_text="留空时用默认标题")
    text = blocks.TextBlock(label="正文", rows=10)


class CasePictureBlock(blocks.StructBlock):
    """A picture between sections. Its words are texts of the case: they are searched for names like all others."""

    image = ImageChooserBlock(label="图片")
    text = blocks.CharBlock(label="图注", required=False, max_length=200)
    alt = blocks.CharBlock(label="图片说明", max_length=200, help_text="看不到图片的人会读到这句话，不写姓名和地址")


class CaseBodyBlock(blocks.StreamBlock):
    """The sections a case may have, in any order, each as often as needed."""

    def __init__(self, local_blocks=None, **kwargs):
        sections = [
            (name, SectionBlock(label=heading, icon=icon, help_text=hint))
            for name, (heading, icon, hint) in SECTIONS.items()
        ]
        picture = CasePictureBlock(label="图片", icon="image", help_text="先遮盖人脸、车牌、证件和门牌")
        super().__init__([*(local_blocks or ()), *sections, (PICTURE, picture)], **kwargs)
