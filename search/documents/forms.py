"""Forms (执法文书) as documents: the version in use today."""

from collections.abc import Iterator, Sequence

from kb.models import Citation, FormField, FormTemplate
from search.chinese import exact_name
from search.documents.items import cited
from search.documents.source import Source, itself
from search.engines.base import SearchDocument

WEIGHT = 1.3


def documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    forms = FormTemplate.objects.in_force().filter(pk__in=pks)
    for form in forms.prefetch_related("form_fields", "citations"):
        yield document(form)


def document(form: FormTemplate) -> SearchDocument:
    aliases = (form.code, *form.other_names)
    return SearchDocument(
        key=f"form:{form.pk}",
        kind="form",
        title=form.name,
        url=form.get_absolute_url(),
        path=" > ".join(("文书", form.get_stage_display())),
        body="\n".join(filter(None, (form.purpose, form.occasion))),
        aliases=tuple(form.other_names),
        extra=" ".join((form.basis_text, *form.procedure_labels, *(field.name for field in form.form_fields.all()))),
        exact=(
            f"name:{exact_name(form.name)}",
            f"code:{form.code.lower()}",
            *(f"alias:{exact_name(name)}" for name in aliases),
            *cited(form.citations.all()),
        ),
        weight=WEIGHT,
        unverified=form.needs_review,
    )


def _cited_by(citation: Citation) -> list[int]:
    return [citation.source_id] if citation.source_type.model_class() is FormTemplate else []


FORMS = Source(
    prefix="form",
    rows=FormTemplate.objects.in_force,
    documents=documents,
    names=("name", "aliases", "code"),
    watched={FormTemplate: itself, FormField: lambda field: [field.template_id], Citation: _cited_by},
)
