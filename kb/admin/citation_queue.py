"""待处理引用: what no rule could decide. A person says what is meant, or that it is no citation."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem

from kb.actions.citations import dismiss_citation, resolve_citation
from kb.admin.choosers import ProvisionWidget
from kb.citations.markup import Link, link_text_spans
from kb.lookup import provision_url
from kb.models import Citation, Provision, Regulation, RegulationVersion
from kb.permissions import can_resolve_citations, require
from kb.reading.address import key_from_words

PAGE = 25
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
            self.fields["regulation"].widget.choices = self.fields["regulation"].choices

    def clean(self) -> dict:
        cleaned = super().clean()
        provision, regulation = cleaned.get("provision"), cleaned.get("regulation")
        written = (cleaned.get("place") or "").strip()
        if provision:
            cleaned["regulation"], cleaned["key"] = provision.version.regulation, provision.key
        elif regulation:
            cleaned["key"] = key_from_words(written) or written
        else:
            raise ValidationError("请选择条文，或者选择法规并填写条款项。")
        return cleaned


class DismissForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300, help_text="如：证照名称，不是法规")
    everywhere = forms.BooleanField(label="同名的待处理引用一并处理", required=False)


def queue(request: HttpRequest) -> HttpResponse:
    """The list, with the names that wait most often beside it."""
    require(can_resolve_citations(request.user), "处理引用")
    waiting = Citation.objects.waiting()
    names = waiting.values("law_name").annotate(count=Count("pk")).order_by("-count", "law_name")[:NAMES]
    chosen, words = request.GET.get("name", ""), request.GET.get("q", "").strip()
    rows = waiting.filter(law_name="" if chosen == NO_NAME else chosen) if chosen else waiting
    if words:
        rows = rows.filter(raw__icontains=words) | rows.filter(law_name__icontains=words)
    page = Paginator(rows.order_by("law_name", "pk").prefetch_related("source"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [describe(row, request) for row in page],
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
        request.POST if resolving else None, initial={"place": citation.key, "regulation": citation.regulation_id}
    )
    dismiss_form = DismissForm(request.POST if dismissing else None)
    form = resolve_form if resolving else dismiss_form
    if request.method == "POST" and form.is_valid():
        verb = _resolve if resolving else _dismiss
        try:
            count = verb(citation, form, request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"已处理 {count} 处引用。")
            return redirect(_next(citation))
    context = describe(citation, request) | {"resolve_form": resolve_form, "dismiss_form": dismiss_form}
    context["alike"] = _alike(citation)
    return render(request, "kb/admin/citation_decide.html", context | HEADER)


def _resolve(citation: Citation, form: ResolveForm, by) -> int:
    data = form.cleaned_data
    return len(
        resolve_citation(citation, regulation=data["regulation"], key=data["key"], by=by, everywhere=data["everywhere"])
    )


def _dismiss(citation: Citation, form: DismissForm, by) -> int:
    data = form.cleaned_data
    return len(dismiss_citation(citation, by=by, reason=data["reason"], everywhere=data["everywhere"]))


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


def describe(citation: Citation, request: HttpRequest) -> dict:
    """The citation in its text, marked, with links to where it stands."""
    source, text = citation.source, source_text(citation)
    marked = link_text_spans(text, [Link(citation.span_start, citation.span_end, "", css_class="kb-mark")])
    start = max(0, citation.span_start - 60)
    excerpt = link_text_spans(
        text[start : citation.span_end + 60],
        [Link(citation.span_start - start, citation.span_end - start, "", css_class="kb-mark")],
    )
    return {
        "citation": citation,
        "source": source,
        "source_url": source_url(citation, request),
        "marked": marked or citation.raw,
        "excerpt": excerpt or citation.raw,
    }


def source_text(citation: Citation) -> str:
    """The text in which the span lies; empty when its source is gone or has no such plain field."""
    source = citation.source
    if isinstance(source, RegulationVersion):
        row = source.provision(citation.source_key)
        return row.text if row else ""
    text = getattr(source, citation.field_name, "") if citation.field_name else ""
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
