"""Neutral documents and the three forms in which they leave the site."""

from content.exports.document import Document, ExportError
from content.exports.epub import write_epub
from content.exports.pdf import write_pdf
from content.exports.word import write_docx, write_sheets

WRITERS = {"pdf": write_pdf, "docx": write_docx, "epub": write_epub}

__all__ = ["WRITERS", "Document", "ExportError", "write_docx", "write_epub", "write_pdf", "write_sheets"]
