"""The pages on which a question is written and changed. Whatever is refused comes back as it was typed."""

from dataclasses import dataclass, field, replace
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from exams.actions.questions import OutdatedError, create_question, describe_question, revise_question
from exams.bank import typed as forms
from exams.bank.forms import BelongsForm, belongs_form, item_line
from exams.bank.law import law_of, law_of_parts
from exams.bank.preview import shown
from exams.bank.typed import Reading, Typed
from exams.bank.versions import Difference, differences
from exams.content import Kind
from exams.models import Question
from exams.permissions import can_edit_questions, can_read_bank, require
from kb.models import PowerItem
from people.models import User

SAVE, CHECK = "save", "check"
MEANINGS = {
    Kind.SINGLE: "一个正确选项，2 至 8 个选项",
    Kind.MULTIPLE: "两个以上正确选项",
    Kind.JUDGE: "对或者错",
    Kind.FILL: "题干中留空，每空可以有几种写法",
    Kind.SHORT: "人工评分，写明参考答案和评分要点",
    Kind.GROUP: "一段案情，几道小题",
    Kind.DOCUMENT: "一份有错误的文书，考生找出有错的句子",
}


@dataclass
class Page:
    """One showing of the form."""

    request: HttpRequest
    question: Question | None
    typed: Typed
    belongs: BelongsForm
    reading: Reading | None = None
    problems: list[str] = field(default_factory=list)
    theirs: list[Difference] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return bool(self.problems or self.theirs or (self.reading and self.reading.problems) or self._belongs_wrongly)

    @property
    def _belongs_wrongly(self) -> bool:
        return self.reading is not None and not self.belongs.is_valid()

    def answer(self) -> HttpResponse:
        """409 where somebody else was faster, 422 for what is wrong, else 200."""
        status = 409 if self.theirs else 422 if self.is_refused else 200
        return render(self.request, "exams/admin/question_form.html", self._context(), status=status)

    def _context(self) -> dict[str, Any]:
        read = forms.read(self.typed)
        wrong = self.reading.problems if self.reading else {}
        belongs = {name: list(errors) for name, errors in self.belongs.errors.items()} if self.reading else {}
        laws = law_of_parts(read.content, self.question)
        numbered = enumerate(zip(self.typed.parts, laws, strict=True), 1)
        return {
            "page_title": f"修改 {self.question.code}" if self.question else f"命题：{self.typed.kind.label}",
            "header_icon": "help",
            "question": self.question,
            "typed": self.typed,
            "parts": [{"no": n, "id": f"p{n}", "typed": part, "law": law} for n, (part, law) in numbered],
            "belongs": self.belongs,
            "wrong": wrong | belongs,
            "summary": _summary(wrong, self.typed) + [(f"id_{name}", one) for name in belongs for one in belongs[name]],
            "problems": self.problems,
            "theirs": self.theirs,
            "item_lines": [item_line(item) for item in PowerItem.objects.only("code", "short_name", "name")],
            "part_kinds": [(kind.value, kind.label) for kind in forms.IN_GROUP],
        }


def _summary(wrong: dict[str, list[str]], typed: Typed) -> list[tuple[str, str]]:
    """(id of the field, what is wrong), saying of which sub-question."""
    lines = []
    for name, texts in wrong.items():
        number = name.partition("-")[0].removeprefix("p")
        where = f"第 {number} 小题：" if typed.is_group and number.isdecimal() else ""
        lines += [(f"id_{name}", f"{where}{text}") for text in texts]
    return lines


def choose_kind(request: HttpRequest) -> HttpResponse:
    """Which kind of question is to be written."""
    require(can_edit_questions(request.user), "命题")
    context = {"page_title": "命题", "header_icon": "help", "kinds": list(MEANINGS.items())}
    return render(request, "exams/admin/question_kinds.html", context)


def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A form for a new question of the kind; saved, it is a draft."""
    require(can_edit_questions(request.user), "命题")
    if kind not in list(Kind):
        raise Http404("没有这种题型")
    if request.method != "POST":
        return Page(request, None, forms.blank(Kind(kind)), belongs_form(None, None)).answer()
    page = _typed_page(request, None, Kind(kind))
    return page.answer() if _pressed_other(page) else _save(page)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version in the form; saved, it becomes a version of its own."""
    question = get_object_or_404(Question.objects.select_related("newest", "domain"), pk=pk)
    require(can_edit_questions(request.user), "修改试题")
    newest = question.newest
    if newest is None:
        raise Http404("这道题没有内容")
    if request.method != "POST":
        typed = forms.of_content(newest.content, newest.version_no)
        return Page(request, question, typed, belongs_form(question, None)).answer()
    page = _typed_page(request, question, Kind(question.kind))
    return page.answer() if _pressed_other(page) else _save(page)


@require_POST
def preview(request: HttpRequest, kind: str) -> HttpResponse:
    """What is being typed, as candidates will see it; nothing is saved."""
    require(can_edit_questions(request.user), "命题")
    if kind not in list(Kind):
        raise Http404("没有这种题型")
    return shown(request, forms.read(_typed(request, Kind(kind))).content)


def preview_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version as candidates will see it."""
    question = get_object_or_404(Question.objects.select_related("newest"), pk=pk)
    require(can_read_bank(request.user), "查看试题")
    return shown(request, cast(Any, question.newest).content)


@require_POST
def check_basis(request: HttpRequest) -> HttpResponse:
    """Where the basis that is being typed leads today, as a fragment for the form."""
    require(can_edit_questions(request.user), "命题")
    pk = request.POST.get("question", "")
    question = Question.objects.filter(pk=pk).first() if pk.isdecimal() else None
    law = law_of(request.POST.get("basis", "")[:4000], question, request.POST.get("field", "basis")[:20])
    return render(request, "exams/admin/basis_found.html", {"law": law})


def _typed(request: HttpRequest, kind: Kind) -> Typed:
    sent = request.POST
    return forms.of_post(kind, sent.dict(), {name: sent.getlist(name) for name in sent if name.endswith("-key")})


def _typed_page(request: HttpRequest, question: Question | None, kind: Kind) -> Page:
    return Page(request, question, _typed(request, kind), belongs_form(question, request.POST))


def _pressed_other(page: Page) -> bool:
    """Whether a button was pressed that changes the form and saves nothing."""
    button = page.request.POST.get("do", SAVE)
    page.typed = forms.changed(page.typed, button)
    return button != SAVE


def _save(page: Page) -> HttpResponse:
    page.reading = forms.read(page.typed)
    if page.is_refused:
        return page.answer()
    try:
        question = _revised(page) if page.question else _created(page)
    except OutdatedError as outdated:
        page.theirs = differences(outdated.newest.content, page.reading.content)
        page.typed, page.problems = replace(page.typed, seen=outdated.newest.version_no), outdated.messages
        return page.answer()
    except ValidationError as refusal:
        page.problems = refusal.messages
        return page.answer()
    return redirect(reverse("exams_question", args=[question.pk]))


def _created(page: Page) -> Question:
    content = cast(Reading, page.reading).content
    question = create_question(content, by=_user(page), **page.belongs.described)
    messages.success(page.request, f"已保存 {question.code}，等待审定。")
    return question


@transaction.atomic
def _revised(page: Page) -> Question:
    """A new version where the text differs from the one that was opened; domain and the like on their own."""
    question, content = cast(Question, page.question), cast(Reading, page.reading).content
    note, by = page.belongs.cleaned_data["note"], _user(page)
    opened = question.versions.filter(version_no=page.typed.seen).first()
    is_new = opened is None or opened.content != content
    if is_new:
        version = revise_question(question, content, by=by, note=note, based_on=page.typed.seen)
        messages.success(page.request, f"已保存第 {version.version_no} 版，等待审定。")
    described = describe_question(question, by=by, **page.belongs.described)
    if not is_new:
        messages.success(page.request, "已保存归类。" if described else "没有改动。")
    return question


def _user(page: Page) -> User:
    return cast(User, page.request.user)


urlpatterns = [
    path("questions/new/", choose_kind, name="exams_question_new"),
    path("questions/new/<slug:kind>/", new, name="exams_question_write"),
    path("questions/new/<slug:kind>/preview/", preview, name="exams_question_preview"),
    path("questions/basis/", check_basis, name="exams_basis_check"),
    path("questions/<int:pk>/edit/", edit, name="exams_question_edit"),
    path("questions/<int:pk>/preview/", preview_saved, name="exams_question_shown"),
]
