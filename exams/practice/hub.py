"""The hub of practice: what waits today, what there is to practise, how far one has come."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from exams.models import Exam, PaperForm, QuestionBasis
from exams.models.question import QuestionQuerySet
from exams.practice.open_questions import practisable, protecting_exams
from exams.practice.progress import domain_rows, favourites_of, streak_of, today_of
from exams.practice.scope import Mode, Scope, practice_papers
from kb.models import Domain, PowerItem, Regulation
from people.models import User

SHOWN, CONTESTS_SHOWN = 6, 5


def hub_context(person: User, scope: Scope) -> dict[str, Any]:
    """Everything of the hub; a fixed number of queries."""
    questions = practisable()
    return {
        "scope": scope,
        "count": scope.narrowed(questions).count(),
        "starts": [_start(scope, mode) for mode in (Mode.SEQUENTIAL, Mode.RANDOM)],
        "today": today_of(person),
        "favourites": favourites_of(person),
        "streak": streak_of(person),
        "rows": domain_rows(person),
        "subjects": [
            _folded("按领域", _domains(questions)),
            _folded("按法规", _laws(questions)),
            _folded("按事项", _items(questions)),
        ],
        "papers": _papers(),
        "contests": list(_contests()),
        "rights_to_leave": settings.PRACTICE_RIGHTS_TO_LEAVE,
        "keeps_back": protecting_exams().exists(),
    }


def start_address(scope: Scope) -> str:
    """Where a run through the scope begins."""
    return f"{reverse('exams:question')}?{scope.query()}"


def _start(scope: Scope, mode: Mode) -> dict[str, str]:
    run = Scope(mode, domain=scope.domain, law=scope.law, item=scope.item)
    return {"label": mode.label, "url": start_address(run)}


def _domains(questions: QuestionQuerySet) -> list[dict[str, Any]]:
    counts = dict(questions.order_by().values_list("domain").annotate(n=Count("pk")))
    return [_subject(str(one), counts[one.pk], domain=one) for one in Domain.objects.filter(pk__in=counts)]


def _laws(questions: QuestionQuerySet) -> list[dict[str, Any]]:
    """Laws that questions rest on, those with most questions first."""
    rests = QuestionBasis.objects.filter(version__in=questions.values("current"), regulation__isnull=False)
    counts = dict(rests.order_by().values_list("regulation").annotate(n=Count("version", distinct=True)))
    laws = sorted(Regulation.objects.filter(pk__in=counts), key=lambda law: (-counts[law.pk], law.title))
    return [_subject(law.name, counts[law.pk], law=law) for law in laws]


def _items(questions: QuestionQuerySet) -> list[dict[str, Any]]:
    counts = dict(questions.filter(items__isnull=False).order_by().values_list("items").annotate(n=Count("pk")))
    items = sorted(PowerItem.objects.filter(pk__in=counts), key=lambda item: (-counts[item.pk], item.code))
    return [_subject(item.label, counts[item.pk], item=item) for item in items]


def _folded(title: str, subjects: list[dict[str, Any]]) -> dict[str, Any]:
    """The first of them at once, the others on request."""
    return {"title": title, "shown": subjects[:SHOWN], "rest": subjects[SHOWN:]}


def _subject(label: str, count: int, **narrowing: Any) -> dict[str, Any]:
    scope = Scope(Mode.SEQUENTIAL, **narrowing)
    (name, value) = next(iter(scope.narrowing.items()))
    return {"label": label, "count": count, "url": f"{reverse('exams:practice')}?{name}={value}"}


def _papers() -> list[dict[str, str]]:
    """Papers with a form that no exam keeps back; a paper drawn anew for each candidate has none to practise on."""
    papers = practice_papers().exclude(exams__in=protecting_exams())
    papers = papers.filter(Exists(PaperForm.objects.filter(paper=OuterRef("pk"))))
    return [{"label": str(paper), "url": start_address(Scope(Mode.PAPER, paper=paper))} for paper in papers]


def _contests():
    contests = Exam.objects.filter(purpose=Exam.Purpose.CONTEST).exclude(status=Exam.Status.PLANNED)
    return contests.order_by("-opens_at")[:CONTESTS_SHOWN]
