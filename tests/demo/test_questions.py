"""The demo's question bank: large enough for papers, each question with its law and its reason, keys evenly spread."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from demo.loaders.questions import load_questions
from demo.loaders.tables import DATA
from exams.actions.questions import revise_question
from exams.content import Content, Kind
from exams.exchange.formats import read_file
from exams.models import Question, QuestionBasis
from people.models import AuditEntry, User

pytestmark = pytest.mark.django_db
FILES = sorted((DATA / "questions").glob("*.txt"))
GENERAL = ("行政处罚法", "行政强制法", "行政许可法", "行政复议法", "行政诉讼法")
FIELDS = (
    "市容环境",
    "违法建设",
    "油烟污染",
    "噪声污染",
    "建筑垃圾",
    "燃气",
    "安全生产",
    "园林绿化",
    "市政道路",
    "排水",
    "物业管理",
)


def contents() -> list[Content]:
    return [question.current.content for question in Question.objects.select_related("current")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_files_are_read_without_a_fault(path: Path):
    reading = read_file(path.read_bytes(), path.name)
    assert [str(one) for question in reading.questions for one in question.problems] == []
    assert not reading.problems and len(reading.questions) >= 100


def test_there_are_more_than_400_questions_in_use_each_of_two_people():
    assert Question.objects.drawable().count() == Question.objects.count() >= 400
    assert set(Question.objects.values_list("author__username", "reviewer__username")) == {("peixun", "shenhe")}


def test_each_part_has_an_explanation_and_a_basis_that_leads_to_a_provision():
    assert [one.title for one in contents() for part in one.parts if not (part.explanation and part.basis)] == []
    assert not QuestionBasis.objects.filter(regulation__isnull=True).exists()
    assert not Question.objects.exclude(current__basis_rows__isnull=False).exists()


def test_general_law_and_the_fields_of_the_streets_are_covered():
    cited = Counter(QuestionBasis.objects.values_list("regulation__short_title", flat=True))
    assert {law: cited[law] for law in GENERAL if cited[law] < 15} == {}
    fields = Counter(Question.objects.values_list("domain__name", flat=True))
    assert fields["通用程序"] >= 200
    assert {name: fields[name] for name in FIELDS if fields[name] < 10} == {}
    assert Question.objects.filter(items__isnull=False).distinct().count() >= 100


def test_every_kind_and_every_difficulty_is_there():
    assert set(Question.objects.values_list("kind", flat=True)) == set(Kind)
    assert set(Question.objects.values_list("difficulty", flat=True)) == {1, 2, 3, 4, 5}


def test_no_letter_gives_the_key_away():
    parts = [part for one in contents() for part in one.parts]
    letters = Counter(part.key for part in parts if part.kind == Kind.SINGLE)
    assert set(letters) == set("ABCD") and max(letters.values()) < 1.3 * min(letters.values())
    judged = Counter(part.key for part in parts if part.kind == Kind.JUDGE)
    assert max(judged.values()) < 2 * min(judged.values())


def test_loading_again_keeps_what_somebody_has_changed():
    question = Question.objects.drawable().filter(kind=Kind.JUDGE).first()
    content = question.current.content
    (part,) = content.parts
    flipped = Content(content.kind, (replace(part, key="F" if part.key == "T" else "T"),))
    revise_question(question, flipped, by=User.objects.get(username="guan"))
    before = Question.objects.count(), AuditEntry.objects.count()
    load_questions()
    assert (Question.objects.count(), AuditEntry.objects.count()) == before
    question.refresh_from_db()
    assert question.newest.content == flipped and question.status == Question.Status.DRAFT
