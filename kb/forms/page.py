"""What the page of one form shows: the version of a day, its basis in force, its fields, the other versions."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from kb.forms.layout import Piece, paragraphs
from kb.hub.basis import BasisArticle, articles_of, written_parts
from kb.models import FormField, FormTemplate


@dataclass(frozen=True)
class FormPage:
    """`basis` are the provisions as they stand on the day; `as_written` what could not be read at all."""

    form: FormTemplate
    fields: list[FormField]
    versions: list[FormTemplate]
    basis: list[BasisArticle]
    as_written: list[str]
    wording: list[list[Piece]]

    @property
    def standing(self) -> str:
        """尚未启用 or 已停用 for a version that is not to be used today; nothing for the one that is."""
        if self.form.is_current():
            return ""
        return "尚未启用" if self.form.valid_from > timezone.localdate() else "已停用"

    @property
    def current(self) -> FormTemplate | None:
        return next((version for version in self.versions if version.is_current()), None)

    @property
    def lacks_text(self) -> bool:
        """Whether a law on which the form rests is known without its text."""
        return any(entry.is_linked and not entry.lines for entry in self.basis)

    @property
    def occasions(self) -> list[str]:
        return _lines(self.form.occasion)

    @property
    def mistakes(self) -> list[str]:
        return _lines(self.form.mistakes)


def version_on(code: str, on: dt.date) -> FormTemplate | None:
    """The version in use on the day; before the first the first, after the last the last."""
    versions = list(FormTemplate.objects.filter(code__iexact=code).order_by("valid_from"))
    begun = [version for version in versions if version.valid_from <= on]
    return begun[-1] if begun else (versions[0] if versions else None)


def form_page(form: FormTemplate) -> FormPage:
    """Everything for the page: nine queries, however many fields and provisions."""
    fields = list(form.form_fields.all())
    basis = articles_of(form.citations, form.read_on)
    return FormPage(
        form=form,
        fields=fields,
        versions=list(FormTemplate.objects.filter(code=form.code).order_by("-valid_from")),
        basis=basis,
        as_written=[] if basis else written_parts(form.basis_text),
        wording=list(paragraphs(form.wording, fields)),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
