"""A form on paper: the candidate's paper, an answer sheet, the key, each as PDF and as Word file.

leaflet   frozen values of a sheet of paper      sheets   what stands on each of the three
pdf       typst, `leaflet.typ`                   word     python-docx
"""

from django.db import models

from exams.models import PaperForm
from exams.papers.printing import pdf, sheets, word
from exams.papers.reading import ReadForm


class Sheet(models.TextChoices):
    PAPER = "paper", "试卷"
    ANSWERS = "answers", "答题卡"
    KEY = "key", "答案与解析"


MAKERS = {Sheet.PAPER: sheets.candidate_paper, Sheet.ANSWERS: sheets.answer_sheet, Sheet.KEY: sheets.key}
WRITERS = {"pdf": pdf.write_pdf, "docx": word.write_docx}
NAMES = {"pdf": "PDF", "docx": "Word"}


def printed(read: ReadForm, sheet: Sheet, suffix: str) -> bytes:
    """The file; the same form gives the same bytes. Raises ExportError in words."""
    return WRITERS[suffix](MAKERS[sheet](read))


def file_name(form: PaperForm, sheet: Sheet, suffix: str) -> str:
    """`秋季考试 A卷 答题卡.pdf`."""
    return f"{form.paper.title} {form.label}卷 {sheet.label}.{suffix}"
