"""The blocks editors write pages with, a file per family.

`PROSE` is the menu of an ordinary page; other apps build their own menus from the same blocks.
"""

from content.blocks.facts import ChecklistBlock, FactsBlock, FigureTableBlock
from content.blocks.media import DownloadBlock, PictureBlock
from content.blocks.notices import NoticeBlock
from content.blocks.prose import HeadingBlock, ParagraphBlock, QuoteBlock

PROSE = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("quote", QuoteBlock()),
    ("notice", NoticeBlock()),
    ("facts", FactsBlock()),
    ("checklist", ChecklistBlock()),
    ("table", FigureTableBlock()),
    ("picture", PictureBlock()),
    ("download", DownloadBlock()),
]

__all__ = [
    "PROSE",
    "ChecklistBlock",
    "DownloadBlock",
    "FactsBlock",
    "FigureTableBlock",
    "HeadingBlock",
    "NoticeBlock",
    "ParagraphBlock",
    "PictureBlock",
    "QuoteBlock",
]
