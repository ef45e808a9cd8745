"""题库: the list that people decide by. `questions_shown(request)` is what it shows, for the export."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets import Button

from exams.bank.usage import ENOUGH, HIGH, LOW, with_usage
from exams.bank.waiting import with_open_remarks
from exams.models import PaperItem, Question, QuestionBasis, SittingItem
from exams.permissions import can_edit_questions
from kb.models import Domain, PowerItem, Regulation
from people.models import User

PER_PAGE = 50
DUE = {"returned": "退回修改", "remarks": "有纠错待处理", "unapproved": "修改后未审定"}
FACILITY = {
    "low": f"低于 {LOW:.0%}（作答 {ENOUGH} 次以上）",
    "high": f"高于 {HIGH:.0%}（作答 {ENOUGH} 次以上）",
    "none": "还没有作答",
}
DIFFICULTIES = [(n, f"{n}") for n in range(1, 6)]


def _domains(request: HttpRequest) -> QuerySet[Domain]:
    return Domain.objects.order_by("sort_order", "name")


def _items(request: HttpRequest) -> QuerySet[PowerItem]:
    """Items that some question is about."""
    return PowerItem.objects.filter(Exists(Question.items.through.objects.filter(poweritem=OuterRef("pk"))))


def _laws(request: HttpRequest) -> QuerySet[Regulation]:
    """Laws on which some question rests."""
    return Regulation.objects.filter(Exists(QuestionBasis.objects.filter(regulation=OuterRef("pk")))).order_by("title")


def _authors(request: HttpRequest) -> QuerySet[User]:
    return User.objects.filter(pk__in=Question.objects.order_by().values("author")).order_by("display_name")


class QuestionFilterSet(WagtailFilterSet):
    """What the list can be narrowed by."""

    status = django_filters.ChoiceFilter(label="状态", choices=Question.Status.choices)
    kind = django_filters.ChoiceFilter(label="题型", choices=Question.Kind.choices)
    domain = django_filters.ModelChoiceFilter(label="领域", queryset=_domains)
    difficulty = django_filters.ChoiceFilter(label="难度", choices=DIFFICULTIES)
    item = django_filters.ModelChoiceFilter(label="赋权事项", field_name="items", queryset=_items)
    law = django_filters.ModelChoiceFilter(label="所引法规", queryset=_laws, method="resting_on")
    author = django_filters.ModelChoiceFilter(label="命题人", queryset=_authors)
    used = django_filters.ChoiceFilter(label="使用", choices=[("yes", "用过"), ("no", "没有用过")], method="by_use")
    facility = django_filters.ChoiceFilter(label="正确率", choices=list(FACILITY.items()), method="by_facility")
    due = django_filters.ChoiceFilter(label="待办", choices=list(DUE.items()), method="by_due")

    def resting_on(self, questions: QuerySet, name: str, law: Regulation) -> QuerySet:
        return resting_on(questions, law)

    def by_use(self, questions: QuerySet, name: str, value: str) -> QuerySet:
        on_paper, sat = (Exists(rows.objects.filter(question=OuterRef("pk"))) for rows in (PaperItem, SittingItem))
        return questions.filter(on_paper | sat) if value == "yes" else questions.filter(~on_paper, ~sat)

    def by_facility(self, questions: QuerySet, name: str, value: str) -> QuerySet:
        if value == "none":
            return questions.filter(answers=0)
        enough = questions.filter(answers__gte=ENOUGH)
        return enough.filter(facility__lt=LOW) if value == "low" else enough.filter(facility__gt=HIGH)

    def by_due(self, questions: QuerySet, name: str, value: str) -> QuerySet:
        if value == "remarks":
            return questions.filter(pk__in=with_open_remarks().values("pk"))
        if value == "unapproved":
            return questions.filter(status=Question.Status.DRAFT, review_reason="", current__isnull=False)
        return questions.filter(pk__in=Question.objects.sent_back().values("pk"))

    class Meta:
        model = Question
        fields: list[str] = []


def resting_on(questions: QuerySet[Question], law: Regulation, keys: tuple[str, ...] = ()) -> QuerySet[Question]:
    """Questions whose newest or approved version rests on the law, or on one of its provisions and what is below it."""
    rows = QuestionBasis.objects.filter(regulation=law).filter(
        Q(version=OuterRef("newest")) | Q(version=OuterRef("current"))
    )
    for_keys = Q()
    for key in keys:
        for_keys |= Q(key=key) | Q(key__startswith=f"{key}.") | Q(key__startswith=f"{key}/")
    return questions.filter(Exists(rows.filter(for_keys)))


def found(questions: QuerySet[Question], words: str) -> QuerySet[Question]:
    """Those that have every one of the words in stem, options, explanation or basis, or in their code."""
    for word in words.split():
        questions = questions.filter(Q(newest__words__icontains=word) | Q(code__icontains=word))
    return questions


def questions_shown(request: HttpRequest) -> QuerySet[Question]:
    """Everything the list shows for this address, in its order, on all pages."""
    view = QuestionList()
    view.setup(request)
    return view.get_queryset()


class QuestionList(generic.IndexView):
    """The list and, for the search box, its results alone."""

    model = Question
    page_title = "题库"
    header_icon = "help"
    index_url_name = "exams_bank"
    index_results_url_name = "exams_bank_results"
    add_url_name = "exams_question_new"
    add_item_label = "命题"
    search_fields = ["newest__words", "code"]
    search_backend_name = None
    filterset_class = QuestionFilterSet
    default_ordering = "code"
    paginate_by = PER_PAGE
    list_export: list[str] = []
    columns = [
        TitleColumn("newest.title", label="题干", url_name="exams_question"),
        Column("code", label="编号", sort_key="code"),
        Column("kind", label="题型", accessor="get_kind_display", sort_key="kind"),
        Column("status", label="状态", accessor=lambda question: status_label(question), sort_key="status"),
        Column("domain", label="领域", accessor="domain.name", sort_key="domain__sort_order"),
        Column("difficulty", label="难度", sort_key="difficulty"),
        Column("used", label="使用", accessor=lambda question: use_label(question), sort_key="candidates"),
        Column("facility", label="正确率", accessor=lambda question: facility_label(question), sort_key="facility"),
        Column("reviewer", label="审定人", classname="w-whitespace-nowrap"),
    ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What the list shows leaves as a file; files come in."""
        export = f"{reverse('exams_export')}?{self.request.GET.urlencode()}"
        buttons = [Button("导出这些题", url=export, icon_name="download", priority=10)]
        if can_edit_questions(self.request.user):
            buttons.append(Button("导入试题", url=reverse("exams_import"), icon_name="upload", priority=20))
        return [*super().header_more_buttons, *buttons]

    def get_base_queryset(self) -> QuerySet[Question]:
        return with_usage(Question.objects.select_related("newest", "domain", "reviewer"))

    def order_queryset(self, queryset: QuerySet) -> QuerySet:
        """By the column, then by code, so that pages neither repeat nor drop a question."""
        return queryset.order_by(self.ordering, "code")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return found(queryset, self.search_query) if self.is_searching else queryset


def status_label(question: Question) -> str:
    return "退回修改" if question.is_sent_back else question.get_status_display()


def use_label(question: Any) -> str:
    """`2 卷 150 人次`; empty for a question that was never used."""
    said = [f"{question.papers} 卷"] if question.papers else []
    return " ".join([*said, *([f"{question.candidates} 人次"] if question.candidates else [])])


def facility_label(question: Any) -> str:
    """`63%（150）`: how many answers it rests on stands behind."""
    return f"{question.facility:.0%}（{question.answers}）" if question.answers else ""


urlpatterns = [
    path("questions/", QuestionList.as_view(), name="exams_bank"),
    path("questions/results/", QuestionList.as_view(results_only=True), name="exams_bank_results"),
]
