"""The typed blocks of a case: what a Word draft calls 基本案情, 法律小讲堂 or 典型意义, each in its place.

Texts are plain: a blank line parts paragraphs, lines that begin with `- ` or `1. ` make lists.
Plain text keeps the offsets of citations (and later of anonymised names) exact, which rich text
does not.
"""

from wagtail import blocks

from casebook.sections import SECTIONS


class SectionBlock(blocks.StructBlock):
    """One section of a case; its type says what it is, `heading` only renames it."""

    heading = blocks.CharBlock(label="标题", required=False, max_length=40, help_text="留空时用默认标题")
    text = blocks.TextBlock(label="正文", rows=10)


class CaseBodyBlock(blocks.StreamBlock):
    """The sections a case may have, in any order, each as often as needed."""

    def __init__(self, local_blocks=None, **kwargs):
        sections = [
            (name, SectionBlock(label=heading, icon=icon, help_text=hint))
            for name, (heading, icon, hint) in SECTIONS.items()
        ]
        super().__init__([*(local_blocks or ()), *sections], **kwargs)
