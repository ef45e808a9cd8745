"""Which file a reader gets for a form."""

from pathlib import PurePath
from typing import NamedTuple

from content.downloads import WORD
from kb.forms.docx import form_docx
from kb.models import FormTemplate

TYPES = {".docx": WORD, ".doc": "application/msword", ".pdf": "application/pdf"}
UNKNOWN = "application/octet-stream"


class FormFile(NamedTuple):
    """A file to be saved by the reader: its name, media type and content."""

    name: str
    content_type: str
    data: bytes


def blank_file(form: FormTemplate, by: str = "") -> FormFile:
    """The site's own file of this version where there is one, else the one made from the fields."""
    if form.upload:
        ending = PurePath(form.upload.name or "").suffix.lower()
        with form.upload.open("rb") as stored:
            return FormFile(f"{_stem(form)}{ending}", TYPES.get(ending, UNKNOWN), stored.read())
    return FormFile(f"{_stem(form)}.docx", WORD, form_docx(form, list(form.form_fields.all()), filled=False, by=by))


def example_file(form: FormTemplate, by: str = "") -> FormFile:
    """The example, filled in."""
    data = form_docx(form, list(form.form_fields.all()), filled=True, by=by)
    return FormFile(f"{_stem(form)}（填写示例）.docx", WORD, data)


def _stem(form: FormTemplate) -> str:
    return f"{form.name} {form.version_label}"
