"""Papers in the Wagtail admin: list, plan with what the bank lacks beside it, forms with preview and figures."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from content.downloads import WORD, download
from content.exports import ExportError
from content.numbers import plain_number
from content.telling import told
from exams.actions import papers as verbs
from exams.models import Exam, Paper, PaperForm, PaperItem, PaperSection
from exams.papers import printing
from exams.papers.editor import PlanEditor, SettingsForm, posted_rows, rows_of, sources_for, stamp, stepped
from exams.papers.figures import figures_of
from exams.papers.plan import SectionSpec, cells_of, marks_of, plan_problems, sections_of
from exams.papers.reading import read_form
from exams.papers.shortage import Report, shortage
from exams.papers.suggestion import handbook_plan
from exams.permissions import can_make_papers, can_read_bank, require
from people.models import User

ICON = "doc-full"
PER_PAGE = 30
HANDBOOK = "handbook"
OVERTAKEN = "这份试卷在您编辑期间被别人修改过，还没有保存。请先在另一窗口核对；再按一次“保存”，将以本页内容为准。"
TYPES = {"pdf": "application/pdf", "docx": WORD}


def paper_list(request: HttpRequest) -> HttpResponse:
    """All papers, newest first; `status` and `mode` limit the list."""
    require(can_read_bank(request.user), "查看试卷")
    chosen = {name: request.GET.get(name, "") for name in ("status", "mode")}
    papers = Paper.objects.filter(**{name: value for name, value in chosen.items() if value})
    page = Paginator(_with_sums(papers), PER_PAGE).get_page(request.GET.get("page"))
    choices = [("status", "状态", Paper.Status.choices), ("mode", "组卷方式", Paper.Mode.choices)]
    may_make = can_make_papers(request.user)
    return _show(request, "paper_list", "试卷", page=page, chosen=chosen, choices=choices, may_make=may_make)


def new_paper(request: HttpRequest) -> HttpResponse:
    """GET the settings, POST a draft: empty, or with the plan of the handbook's mock exam."""
    require(can_make_papers(request.user), "编制试卷")
    form = SettingsForm(request.POST or None, initial={"title": request.GET.get("title", "")})
    if form.is_valid():
        suggestion = handbook_plan() if request.POST.get("start") == HANDBOOK else None
        sections = suggestion.sections if suggestion else ()
        paper = verbs.create_paper(by=_user(request), sections=sections, **form.cleaned_data)
        for missing in suggestion.left_out if suggestion else ():
            messages.warning(request, f"题库中没有这部分试题，比例已分给其他范围：{missing}")
        return redirect("exams_paper_edit", paper.pk)
    return _show(request, "paper_new", "新建试卷", form=form)


def edit_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of a draft. POST with a `step` adds or removes a row, without one it saves."""
    require(can_make_papers(request.user), "编制试卷")
    paper = get_object_or_404(Paper, pk=pk)
    if paper.status != Paper.Status.DRAFT:
        messages.error(request, "试卷已经定稿，不能修改；请先退回编制，或复制一份。")
        return redirect("exams_paper", pk)
    step, stored = request.POST.get("step", ""), rows_of(sections_of(paper))
    rows = stepped(posted_rows(request.POST), step) if request.method == "POST" else stored
    now = stamp(paper, stored)
    was = request.POST.get("was", now)
    settings = SettingsForm(
        request.POST or None, instance=paper, initial={"pass_marks": plain_number(paper.pass_marks)}
    )
    editor = PlanEditor(rows, sources_for(paper))
    well_formed = all([editor.is_valid(), request.method == "GET" or settings.is_valid()])
    if request.method == "POST" and not step and well_formed:
        if was != now:
            messages.error(request, OVERTAKEN)
            was = now
        elif told(request, lambda: _save(request, paper, settings, editor.specs()), "已保存。"):
            return redirect("exams_paper" if "leave" in request.POST else "exams_paper_edit", pk)
    context = _checked(editor) | {"paper": paper, "form": settings, "editor": editor, "was": was}
    return _show(request, "paper_edit", f"编制：{paper.title}", **context)


@require_POST
def check_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The report beside the editor for what is typed at the moment; writes nothing."""
    require(can_make_papers(request.user), "编制试卷")
    editor = PlanEditor(posted_rows(request.POST), sources_for(get_object_or_404(Paper, pk=pk)))
    editor.is_valid()
    return render(request, "exams/admin/paper_shortage.html", _checked(editor))


def show_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan, what the bank has for it, its forms, and what may be done next."""
    require(can_read_bank(request.user), "查看试卷")
    paper = get_object_or_404(Paper.objects.select_related("made_by"), pk=pk)
    sections = sections_of(paper)
    forms = paper.forms.select_related("built_by").annotate(size=Count("items")).order_by("label")
    context = _report(sections) | {
        "paper": paper,
        "sections": sections,
        "forms": forms,
        "exams": paper.exams.order_by("-opens_at"),
        "next_label": verbs.next_label(paper),
        "may_make": can_make_papers(request.user),
    }
    return _show(request, "paper", paper.title, **context)


@require_POST
def take_step(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `step`: finalise, reopen, copy, practice on or off, build a form, delete."""
    paper, by = get_object_or_404(Paper, pk=pk), _user(request)
    match request.POST.get("step"):
        case "finalise":
            told(request, lambda: _finalise(paper, by), "已定稿。")
        case "reopen":
            told(request, lambda: verbs.reopen_paper(paper, by=by), "已退回编制，卷别已删除。")
        case "practice":
            told(request, lambda: verbs.open_for_practice(paper, True, by=by), "已开放练习。")
        case "no-practice":
            told(request, lambda: verbs.open_for_practice(paper, False, by=by), "已停止练习。")
        case "copy":
            return redirect("exams_paper_edit", verbs.copy_paper(paper, by=by).pk)
        case "form":
            told(request, lambda: _build(request, paper), f"已生成 {request.POST.get('label')} 卷。")
        case "delete":
            if told(request, lambda: verbs.delete_paper(paper, by=by), f"已删除“{paper.title}”。"):
                return redirect("exams_papers")
    return redirect("exams_paper", pk)


def show_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Every question of a form as candidates read it, with keys when asked for; beside it what the form consists of."""
    require(can_read_bank(request.user), "查看试题")
    form = get_object_or_404(PaperForm.objects.select_related("paper"), pk=pk)
    context = {
        "form": form,
        "paper": form.paper,
        "read": read_form(form),
        "figures": figures_of(form),
        "with_keys": request.GET.get("keys") == "1",
        "may_make": can_make_papers(request.user),
        "sheets": printing.Sheet,
        "formats": printing.NAMES.items(),
    }
    return _show(request, "paper_form", str(form), **context)


def form_file(request: HttpRequest, pk: int, sheet: str, suffix: str) -> HttpResponse:
    """The candidate's paper, the answer sheet or the key, as PDF or Word file; who took it is recorded."""
    require(can_read_bank(request.user), "下载试卷文件")
    form = get_object_or_404(PaperForm.objects.select_related("paper"), pk=pk)
    if sheet not in printing.Sheet or suffix not in printing.WRITERS:
        raise Http404
    try:
        data = verbs.print_form(form, sheet, suffix, by=_user(request))
    except ExportError as reason:
        messages.error(request, str(reason))
        return redirect("exams_form", pk)
    return download(data, printing.file_name(form, printing.Sheet(sheet), suffix), TYPES[suffix])


@require_POST
def replace_item(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `reason`: another question at this place."""
    item = get_object_or_404(PaperItem.objects.select_related("form__paper", "question"), pk=pk)
    reason = request.POST.get("reason", "")
    told(request, lambda: verbs.replace_item(item, reason, by=_user(request)), f"已换第 {item.order_no} 题。")
    return redirect("exams_form", item.form_id)


@require_POST
def discard_form(request: HttpRequest, pk: int) -> HttpResponse:
    form = get_object_or_404(PaperForm.objects.select_related("paper"), pk=pk)
    told(request, lambda: verbs.discard_form(form, by=_user(request)), f"已删除 {form.label} 卷。")
    return redirect("exams_paper", form.paper_id)


def _with_sums(papers: Any) -> Any:
    """Questions, marks, forms and exams of each paper without a query a row."""
    sections = PaperSection.objects.filter(paper=OuterRef("pk")).order_by().values("paper")
    exams = Exam.objects.filter(paper=OuterRef("pk")).order_by().values("paper")
    return (
        papers.select_related("made_by")
        .prefetch_related("forms")
        .annotate(
            questions=Subquery(sections.annotate(sum=Sum("count")).values("sum")),
            marks=Subquery(sections.annotate(sum=Sum(F("count") * F("marks_each"))).values("sum")),
            sat=Subquery(exams.annotate(sum=Count("pk")).values("sum")),
        )
    )


def _finalise(paper: Paper, by: User) -> None:
    """A fixed paper gets its first form with it."""
    verbs.finalise_paper(paper, by=by)
    if paper.mode == Paper.Mode.FIXED:
        verbs.build_form(paper, verbs.LABELS[0], by=by)


def _build(request: HttpRequest, paper: Paper) -> None:
    like = next((form for form in paper.forms.all() if str(form.pk) == request.POST.get("like")), None)
    verbs.build_form(paper, request.POST.get("label", ""), by=_user(request), like=like)


@transaction.atomic
def _save(request: HttpRequest, paper: Paper, settings: SettingsForm, sections: list[SectionSpec]) -> None:
    changed = {name: settings.cleaned_data[name] for name in settings.changed_data}
    paper.refresh_from_db()
    if changed:
        verbs.change_paper(paper, by=_user(request), **changed)
    verbs.set_sections(paper, sections, by=_user(request))


def _checked(editor: PlanEditor) -> dict[str, Any]:
    """What the template of the report needs, for rows that may not be well-formed yet."""
    if not all(form.is_valid() for section, cells in editor.rows for form in (section, *cells)):
        return {"unfinished": True}
    return _report(editor.specs())


def _report(sections: list[SectionSpec]) -> dict[str, Any]:
    problems = plan_problems(sections)
    report: Report | None = None if problems else shortage(cells_of(sections))
    total = sum(section.count for section in sections)
    return {"problems": problems, "report": report, "marks": marks_of(sections), "total": total}


def _show(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    return render(request, f"exams/admin/{template}.html", {"page_title": title, "header_icon": ICON, **context})


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


urlpatterns = [
    path("papers/", paper_list, name="exams_papers"),
    path("papers/new/", new_paper, name="exams_paper_new"),
    path("papers/<int:pk>/", show_paper, name="exams_paper"),
    path("papers/<int:pk>/edit/", edit_paper, name="exams_paper_edit"),
    path("papers/<int:pk>/check/", check_plan, name="exams_paper_check"),
    path("papers/<int:pk>/step/", take_step, name="exams_paper_step"),
    path("papers/forms/<int:pk>/", show_form, name="exams_form"),
    path("papers/forms/<int:pk>/<str:sheet>.<str:suffix>", form_file, name="exams_form_file"),
    path("papers/forms/<int:pk>/discard/", discard_form, name="exams_form_discard"),
    path("papers/items/<int:pk>/replace/", replace_item, name="exams_item_replace"),
]
