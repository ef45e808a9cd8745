"""待处理引用: what no rule could decide. A person says what is meant, or that it is no citation."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem

from kb.actions.citations import dismiss_citation, resolve_citation
from kb.admin.choosers import ProvisionWidget
from kb.citations import plain_name
from kb.citations.markup import Link, link_text_spans
from kb.citations.standard import written_key
from kb.lookup import provision_url
from kb.models import Citation, Provision, Regulation, RegulationVersion
from kb.permissions import can_resolve_citations, require
from kb.reading.address import key_from_words
from people.models import User

PAGE = 25
AROUND = 60  # characters of text shown on either side of a citation
NAMES = 30  # names listed beside the queue, the most frequent first
HEADER = {"page_title": "待处理引用", "header_icon": "warning"}
NO_NAME = "—"  # stands in the address for citations without a law's name


class QueueMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            "待处理引用", reverse("kb_citation_queue"), name="citation-queue", icon_name="warning", order=900
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return can_resolve_citations(request.user)


class ResolveForm(forms.Form):
    """Either a chosen provision, or a regulation with the 条款项 as people write it (empty: the whole law)."""

    provision = forms.ModelChoiceField(
        label="从条文库选择", queryset=Provision.objects.all(), required=False, widget=ProvisionWidget
    )
    regulation = forms.ModelChoiceField(label="或者选择法规", queryset=Regulation.objects.all(), required=False)
    place = forms.CharField(
        label="条款项", required=False, max_length=60, help_text="如：第三十三条第一款、33、120之1；不填指整部法规"
    )
    everywhere = forms.BooleanField(label="同名的待处理引用一并处理", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        from wagtail.admin.forms.models import registry

        overrides = registry.get(Citation._meta.get_field("regulation")) or {}
        if overrides.get("widget"):
            self.fields["regulation"].widget = overrides["widget"]()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        provision, regulation = cleaned.get("provision"), cleaned.get("regulation")
        written = (cleaned.get("place") or "").strip()
        if provision:
            cleaned["regulation"], cleaned["key"] = provision.version.regulation, provision.key
        elif regulation:
            cleaned["key"] = key_from_words(written) or written
        else:
            raise ValidationError("请选择条文，或者选择法规并填写条款项。")
        return cleaned

    def decide(self, citation: Citation, by: User) -> int:
        """Resolves; gives the number of citations. Raises ValidationError."""
        meant = {name: self.cleaned_data[name] for name in ("regulation", "key", "everywhere")}
        return len(resolve_citation(citation, by=by, **meant))


class DismissForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300, help_text="如：证照名称，不是法规")
    everywhere = forms.BooleanField(label="同名的待处理引用一并处理", required=False)

    def decide(self, citation: Citation, by: User) -> int:
        """Dismisses; gives the number of citations."""
        return len(dismiss_citation(citation, by=by, **self.cleaned_data))


def queue(request: HttpRequest) -> HttpResponse:
    """The list, with the names that wait most often beside it."""
    require(can_resolve_citations(request.user), "处理引用")
    waiting = Citation.objects.waiting()
    names = waiting.values("law_name").annotate(count=Count("pk")).order_by("-count", "law_name")[:NAMES]
    chosen, words = request.GET.get("name", ""), request.GET.get("q", "").strip()
    rows = waiting.filter(law_name="" if chosen == NO_NAME else chosen) if chosen else waiting
    if words:
        rows = rows.filter(raw__icontains=words) | rows.filter(law_name__icontains=words)
    page = Paginator(rows.order_by("law_name", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": describe(list(page), request),
        "names": [
            {"name": n["law_name"] or "（未写法名）", "value": n["law_name"] or NO_NAME, "count": n["count"]}
            for n in names
        ],
        "chosen": chosen,
        "words": words,
        "total": waiting.count(),
    }
    return render(request, "kb/admin/citation_queue.html", context | HEADER)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One citation in its text, with the two ways to decide it."""
    require(can_resolve_citations(request.user), "处理引用")
    citation = get_object_or_404(Citation.objects.waiting(), pk=pk)
    resolving, dismissing = "resolve" in request.POST, "dismiss" in request.POST
    resolve_form = ResolveForm(
        request.POST if resolving else None,
        initial={"place": written_key(citation.key), "regulation": _likely(citation)},
    )
    dismiss_form = DismissForm(request.POST if dismissing else None)
    form: ResolveForm | DismissForm = resolve_form if resolving else dismiss_form
    if request.method == "POST" and form.is_valid():
        try:
            count = form.decide(citation, cast(User, request.user))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"已处理 {count} 处引用。")
            return redirect(_next(citation))
    context = describe([citation], request)[0] | {"resolve_form": resolve_form, "dismiss_form": dismiss_form}
    context["alike"] = _alike(citation)
    return render(request, "kb/admin/citation_decide.html", context | HEADER)


def _likely(citation: Citation) -> int | None:
    """The regulation to offer first: what the linker thought of, else the citing law itself when it is named."""
    source = citation.source
    if citation.regulation_id or not isinstance(source, RegulationVersion):
        return citation.regulation_id
    return source.regulation_id if plain_name(source.regulation.title) == plain_name(citation.law_name) else None


def _next(citation: Citation) -> str:
    """Back to the queue, staying with the name while any of it waits."""
    name = citation.law_name
    waiting = Citation.objects.waiting().filter(law_name=name).exists()
    return reverse("kb_citation_queue") + (f"?name={name or NO_NAME}" if waiting else "")


def _alike(citation: Citation) -> int:
    """How many others of the name wait."""
    if not citation.law_name:
        return 0
    return Citation.objects.waiting().filter(law_name=citation.law_name).exclude(pk=citation.pk).count()


def describe(rows: list[Citation], request: HttpRequest) -> list[dict]:
    """The citations in their texts, marked, with links to where they stand. Three queries for any number."""
    prefetch_related_objects(rows, "source")
    versions = [row.source for row in rows if isinstance(row.source, RegulationVersion)]
    prefetch_related_objects(versions, "regulation")
    texts = _provision_texts(rows)
    return [_described(row, texts, request) for row in rows]


def _described(citation: Citation, texts: dict[tuple[int, str], str], request: HttpRequest) -> dict:
    text = texts.get((citation.source_id, citation.source_key), "") if citation.source_key else _field_text(citation)
    start = max(0, citation.span_start - AROUND)
    return {
        "citation": citation,
        "source": citation.source,
        "source_url": source_url(citation, request),
        "marked": _marked(citation, text, 0, len(text)),
        "excerpt": _marked(citation, text, start, citation.span_end + AROUND),
    }


def _marked(citation: Citation, text: str, start: int, end: int) -> SafeString:
    """The piece of the text with the citation marked; the citation alone when its text is gone."""
    mark = Link(citation.span_start - start, citation.span_end - start, "", css_class="kb-mark")
    return mark_safe(link_text_spans(text[start:end], [mark]) or escape(citation.raw))


def _provision_texts(rows: list[Citation]) -> dict[tuple[int, str], str]:
    """(version pk, key) -> text, for citations made by laws."""
    versions = {row.source_id for row in rows if row.source_key}
    keys = {row.source_key for row in rows if row.source_key}
    found = Provision.objects.filter(version_id__in=versions, key__in=keys) if keys else []
    return {(row.version_id, row.key): row.text for row in found}


def _field_text(citation: Citation) -> str:
    """The field in which the span lies; empty when the source is gone or the field is no plain text."""
    text = getattr(citation.source, citation.field_name, "") if citation.field_name else ""
    return text if isinstance(text, str) else ""


def source_url(citation: Citation, request: HttpRequest) -> str:
    """Where a person can read the source: the law's page, else its admin form."""
    source = citation.source
    if isinstance(source, RegulationVersion):
        return provision_url(source.regulation, citation.source_key, source.effective_from)
    return AdminURLFinder(request.user).get_edit_url(source) or "" if source else ""


urlpatterns = [
    path("citations/", queue, name="kb_citation_queue"),
    path("citations/<int:pk>/", decide, name="kb_citation_decide"),
]
