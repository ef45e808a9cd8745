"""Document -> DOCX, for a print shop that edits it: real styles, a real table of contents.

styles   fonts by name with substitutes, headings, page      marks   fields, bookmarks, links
blocks   the blocks of a document as paragraphs and tables   book    the whole; `sheets`: a chapter by itself
"""

from content.exports.word.book import write_docx
from content.exports.word.sheets import write_sheets

__all__ = ["write_docx", "write_sheets"]
