"""The page where editors decide about findings: the text with every one marked, the list beside it, the result."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from casebook import actions, layer
from casebook.anonymise import Substitution
from casebook.findings.entries import Entry, entries_of, texts_of
from casebook.models import Case, Replacement
from casebook.permissions import can_confirm_anonymised, can_edit_case, can_see_case
from casebook.sections import heading_of
from people.models import User

Decision = Replacement.Decision
SIGNS = {
    "person": "姓",
    "identity": "证",
    "phone": "话",
    "plate": "车",
    "account": "账",
    "credit_code": "码",
    "address": "址",
    "organisation": "店",
    "contact": "网",
    "day": "日",
    "minor": "少",
    "other": "他",
}
_PLACES = {"title": "标题", "outcome": "处理结果", **layer.BASIS_HEADINGS}


@dataclass(frozen=True)
class Numbered:
    """An entry with its number on the page, and what was typed when a decision was refused."""

    number: int
    entry: Entry
    problem: str = ""
    typed_shown: str | None = None
    typed_reason: str = ""

    @property
    def sign(self) -> str:
        return SIGNS[self.entry.kind.value]

    @property
    def label(self) -> str:
        return str(Replacement.Kind(self.entry.kind.value).label)

    @property
    def shown(self) -> str:
        return self.entry.shown if self.typed_shown is None else self.typed_shown

    @property
    def reason(self) -> str:
        return self.typed_reason or (self.entry.row.reason if self.entry.row else "")

    @property
    def state(self) -> str:
        if self.entry.is_disclosed:
            return "依法公示，保留"
        return Decision(self.entry.row.decision).label if self.entry.row else str(Decision.OPEN.label)


@dataclass(frozen=True)
class Stretch:
    """A piece of a text; `mark` is the entry that stands here, `anchor` its name on the page."""

    text: str
    mark: Numbered | None = None
    anchor: str = ""


def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """GET the page; POST takes one decision, all certain ones, a replacement by hand, or a new scan."""
    row = get_object_or_404(Case.objects.select_related("latest_revision"), pk=pk)
    case = row.get_latest_revision_as_object()
    if not can_see_case(request.user, case):
        raise PermissionDenied("您没有权限处理该案例的可识别信息。")
    problem = ""
    if request.method == "POST":
        try:
            _act(request, case)
            return redirect(f"{request.path}?{request.GET.urlencode()}" if request.GET else request.path)
        except ValidationError as refusal:
            problem = "；".join(refusal.messages)
    return render(request, "casebook/admin/findings.html", _context(request, case, problem))


def _act(request: HttpRequest, case: Case) -> None:
    data, verb, user = request.POST, request.POST.get("verb", ""), cast(User, request.user)
    if verb == "sure":
        messages.success(request, f"已接受 {actions.accept_sure(case, by=user)} 项。")
    elif verb == "scan":
        actions.scan_case(case, by=user)
        messages.success(request, "已重新扫描，作过的决定保留。")
    elif verb == "add":
        words = data.get("original", ""), data.get("shown", "")
        actions.add_replacement(case, *words, by=user, kind=data.get("kind", ""))
    else:
        shown = data.get("shown", "") if verb == Decision.EDITED else None
        original = data.get("original", "").replace("\r\n", "\n")
        actions.decide(case, original, verb, by=user, shown=shown, reason=data.get("reason", ""))


def _context(request: HttpRequest, case: Case, problem: str) -> dict[str, Any]:
    entries = [_numbered(request, n, entry, problem) for n, entry in enumerate(entries_of(case), 1)]
    wanted, only_open = request.GET.get("kind", ""), request.GET.get("only") == "open"
    listed = [one for one in entries if wanted in ("", one.entry.kind.value)]
    listed = [one for one in listed if one.entry.is_open or one.problem] if only_open else listed
    waiting = [one for one in entries if one.entry.is_open]
    return {
        "case": case,
        "shown": layer.shown(case),
        "entries": listed,
        "total": len(entries),
        "waiting": len(waiting),
        "first_open": next((one.number for one in listed if one.entry.is_open), None),
        "sure": sum(one.entry.sure and not one.entry.needs_reason for one in waiting),
        "kinds": _kinds(entries, wanted),
        "wanted": wanted,
        "only_open": only_open,
        "parts": _parts(case, entries),
        "as_result": request.GET.get("view") == "result",
        "kind_choices": Replacement.Kind.choices,
        "may_decide": can_edit_case(request.user, case),
        "may_confirm": can_confirm_anonymised(request.user, case),
        "problem": "" if any(one.problem for one in entries) else problem,
        "typed": request.POST if problem else {},
        "edit_url": reverse(Case.snippet_viewset.get_url_name("edit"), args=[case.pk]),
    }


def _numbered(request: HttpRequest, number: int, entry: Entry, problem: str) -> Numbered:
    """The entry that a refused decision was about keeps what was typed."""
    typed = request.POST
    if problem and typed.get("original", "").replace("\r\n", "\n") == entry.original and typed.get("verb") != "add":
        return Numbered(number, entry, problem, typed.get("shown"), typed.get("reason", ""))
    return Numbered(number, entry)


def _kinds(entries: list[Numbered], wanted: str) -> list[dict[str, Any]]:
    """The kinds that occur, each with how many are open."""
    found = dict.fromkeys(one.entry.kind.value for one in entries)
    return [
        {
            "value": kind,
            "sign": SIGNS[kind],
            "label": Replacement.Kind(kind).label,
            "total": sum(one.entry.kind.value == kind for one in entries),
            "waiting": sum(one.entry.kind.value == kind and one.entry.is_open for one in entries),
            "chosen": kind == wanted,
        }
        for kind in found
    ]


def _parts(case: Case, entries: list[Numbered]) -> list[dict[str, Any]]:
    """Every text of the case under its heading: marked, and as readers will see it."""
    known = {one.entry.original: one for one in entries}
    marks = Substitution(dict.fromkeys(known, ""))
    result = Substitution(layer.pairs_of(case))
    headings, counted = _headings(case), dict.fromkeys(known, 0)
    return [
        {
            "heading": headings[place],
            "stretches": list(_stretches(text, marks, known, counted)),
            "result": result.apply(text).text,
        }
        for place, text in texts_of(case).items()
    ]


def _stretches(
    text: str, marks: Substitution, known: dict[str, Numbered], counted: dict[str, int]
) -> Iterator[Stretch]:
    cursor = 0
    for start, end in marks.spans(text):
        if start > cursor:
            yield Stretch(text[cursor:start])
        one = known[text[start:end]]
        counted[one.entry.original] += 1
        yield Stretch(text[start:end], one, f"at-{one.number}-{counted[one.entry.original]}")
        cursor = end
    if cursor < len(text):
        yield Stretch(text[cursor:])


def _headings(case: Case) -> dict[str, str]:
    headings = dict(_PLACES)
    for section in case.sections():
        name = heading_of(section.kind)
        headings[section.field_name] = section.heading
        headings |= {f"{section.field_name}-heading": f"{name}（栏目标题）", f"{section.field_name}-alt": "图片说明"}
    return headings


urlpatterns = [path("cases/<int:pk>/anonymise/", findings, name="casebook_findings")]
