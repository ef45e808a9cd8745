"""A paper is planned, finalised when the bank can fill it, and stays as it is once an exam uses it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from exams.actions import papers as verbs
from exams.models import Exam, Paper
from exams.papers.plan import CellSpec, sections_of
from people.models import AuditEntry
from tests.factories.exams import ExamFactory
from tests.factories.papers import domain, paper_of, section, stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin(member):
    return member("lin")


@pytest.fixture
def ready(lin) -> Paper:
    """A paper of three single choices out of twelve, for 60 marks."""
    stock(12)
    paper = paper_of(section(3, marks_each=Decimal(20)))
    verbs.finalise_paper(paper, by=lin)
    return paper


def keys(form) -> list[int]:
    return list(form.items.order_by("order_no").values_list("question", flat=True))


def test_a_plan_is_kept_as_it_was_given(lin):
    cells = (
        CellSpec(Decimal("33.30"), domain=domain("燃气"), excludes_domain=True),
        CellSpec(Decimal("66.70"), easiest=2, hardest=4),
    )
    plan = [section(7, *cells, kind="multiple", rule="half", marks_each=Decimal("1.50")), section(2)]
    paper = verbs.create_paper("资格考试", by=lin, sections=plan, minutes=60)
    assert sections_of(paper) == plan
    verbs.set_sections(paper, plan[1:], by=lin)
    assert sections_of(paper) == plan[1:]


@pytest.mark.parametrize(
    "act",
    [
        lambda paper, by: verbs.create_paper("甲", by=by),
        lambda paper, by: verbs.set_sections(paper, [], by=by),
        lambda paper, by: verbs.finalise_paper(paper, by=by),
        lambda paper, by: verbs.build_form(paper, "A", by=by),
        lambda paper, by: verbs.open_for_practice(paper, True, by=by),
    ],
)
@pytest.mark.parametrize("name", ["chen", "gao", "wu"])
def test_who_makes_no_papers_is_refused(act, name, member):
    with pytest.raises(PermissionDenied):
        act(paper_of(section(1)), member(name))


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ([], "试卷还没有大题"),
        ([section(2, CellSpec(Decimal(60)), CellSpec(Decimal(30)))], "大题一各范围的比例合计是 90%"),
        ([section(2, CellSpec(easiest=4, hardest=2))], "大题一第 1 个范围的难度从 4 到 2"),
        ([section(2), section(2, CellSpec(excludes_domain=True))], "大题二第 1 个范围选了“以外”"),
        ([section(2)], "及格分 60 高于满分 2"),
    ],
)
def test_a_faulty_plan_is_not_finalised_and_says_where(plan, said, lin):
    stock(5)
    paper = paper_of(*plan)
    with pytest.raises(ValidationError, match=said):
        verbs.finalise_paper(paper, by=lin)
    paper.refresh_from_db()
    assert paper.status == Paper.Status.DRAFT


def test_a_bank_that_is_too_small_refuses_with_the_cell(lin):
    stock(5)
    paper = paper_of(section(2, marks_each=Decimal(30)), section(8, title="案例分析题", kind="group"))
    with pytest.raises(ValidationError, match="大题二 案例分析题：需要 8 题，可用 0 题"):
        verbs.finalise_paper(paper, by=lin)


def test_a_finalised_paper_is_changed_only_after_it_was_reopened(ready, lin):
    with pytest.raises(ValidationError, match="已经定稿"):
        verbs.set_sections(ready, [section(1)], by=lin)
    with pytest.raises(ValidationError, match="已经定稿"):
        verbs.change_paper(ready, by=lin, minutes=5)
    verbs.build_form(ready, "A", by=lin)
    verbs.reopen_paper(ready, by=lin)
    verbs.change_paper(ready, by=lin, minutes=5)
    assert (ready.status, ready.minutes, ready.forms.count()) == (Paper.Status.DRAFT, 5, 0)


def test_once_an_exam_uses_it_nothing_moves(ready, lin):
    form = verbs.build_form(ready, "A", by=lin)
    ExamFactory(paper=ready, form=form, title="秋季考试", status=Exam.Status.BUILT)
    for act in (
        lambda: verbs.reopen_paper(ready, by=lin),
        lambda: verbs.discard_form(form, by=lin),
        lambda: verbs.replace_item(form.items.first(), "有歧义", by=lin),
    ):
        with pytest.raises(ValidationError, match="秋季考试"):
            act()
    assert form.items.count() == 3


def test_a_form_is_drawn_once_and_keeps_its_versions(ready, lin):
    form = verbs.build_form(ready, "A", by=lin, seed=5)
    assert all(item.version == item.question.current for item in form.items.select_related("question"))
    with pytest.raises(ValidationError, match="A 卷已经存在"):
        verbs.build_form(ready, "A", by=lin)
    with pytest.raises(ValidationError, match="卷别"):
        verbs.build_form(ready, "甲", by=lin)
    assert verbs.next_label(ready) == "B"


def test_a_draft_has_no_forms(lin):
    stock(5)
    with pytest.raises(ValidationError, match="还没有定稿"):
        verbs.build_form(paper_of(section(1)), "A", by=lin)


def test_form_b_has_other_questions(ready, lin):
    first, second = (verbs.build_form(ready, label, by=lin) for label in "AB")
    assert not set(keys(first)) & set(keys(second))


def test_or_the_same_questions_in_another_order(lin):
    stock(30)
    paper = paper_of(section(10, marks_each=Decimal(10)), section(10))
    verbs.finalise_paper(paper, by=lin)
    first = verbs.build_form(paper, "A", by=lin, seed=1)
    second = verbs.build_form(paper, "B", by=lin, like=first, seed=2)
    assert keys(first) != keys(second)
    for number in (1, 2):
        theirs = [
            set(form.items.filter(section_no=number).values_list("question", "version")) for form in (first, second)
        ]
        assert theirs[0] == theirs[1]


def test_what_left_use_is_not_carried_into_form_b(ready, lin):
    first = verbs.build_form(ready, "A", by=lin)
    item = first.items.select_related("question").get(order_no=2)
    item.question.status = "needs_review"
    item.question.save()
    with pytest.raises(ValidationError, match=rf"第 2 题（{item.question.code}）已不能使用"):
        verbs.build_form(ready, "B", by=lin, like=first)


def test_a_bad_question_gives_way_to_another_of_the_same_cell(lin):
    stock(3, difficulty=1)
    hard = stock(3, difficulty=5)
    halves = CellSpec(Decimal(50), hardest=2), CellSpec(Decimal(50), easiest=4)
    paper = paper_of(section(4, *halves, marks_each=Decimal(20)))
    verbs.finalise_paper(paper, by=lin)
    form = verbs.build_form(paper, "A", by=lin)
    item = form.items.select_related("question").filter(question__difficulty=5).first()
    bad, place = item.question, item.order_no
    with pytest.raises(ValidationError, match="理由"):
        verbs.replace_item(item, " ", by=lin)
    verbs.replace_item(item, "答案有争议", by=lin)
    fresh = form.items.select_related("question").get(order_no=place)
    assert fresh.question != bad and fresh.question in hard
    assert fresh.version == fresh.question.current
    assert sorted(item.question.difficulty for item in form.items.select_related("question")) == [1, 1, 5, 5]
    assert f"{bad.code} 换为 {fresh.question.code}：答案有争议" in AuditEntry.objects.get(verb="换题").detail


def test_others_move_to_another_cell_where_that_keeps_the_quotas(lin):
    stock(2, difficulty=2)
    low, high = CellSpec(Decimal(50), hardest=2), CellSpec(Decimal(50), easiest=2, hardest=3)
    paper = paper_of(section(2, low, high, marks_each=Decimal(30)))
    verbs.finalise_paper(paper, by=lin)
    form = verbs.build_form(paper, "A", by=lin)
    stock(2, difficulty=4)
    stock(1, difficulty=3)
    verbs.replace_item(form.items.get(order_no=1), "有歧义", by=lin)
    assert sorted(form.items.values_list("question__difficulty", flat=True)) == [2, 3]


def test_without_a_substitute_nothing_changes(lin):
    stock(3)
    paper = paper_of(section(3, marks_each=Decimal(20)))
    verbs.finalise_paper(paper, by=lin)
    form = verbs.build_form(paper, "A", by=lin)
    before = keys(form)
    with pytest.raises(ValidationError, match="没有可以替换第 1 题"):
        verbs.replace_item(form.items.get(order_no=1), "有歧义", by=lin)
    assert keys(form) == before


def test_a_copy_has_the_plan_and_no_forms(ready, lin):
    verbs.build_form(ready, "A", by=lin)
    copy = verbs.copy_paper(ready, by=lin)
    assert copy.status == Paper.Status.DRAFT and copy.forms.count() == 0
    assert copy.title == f"{ready.title}（副本）"
    assert sections_of(copy) == sections_of(ready)


def test_practice_waits_until_the_exam_is_over(ready, lin):
    """What an exam will ask is not practised before it."""
    exam = ExamFactory(paper=ready, title="秋季考试")
    with pytest.raises(ValidationError, match="秋季考试.*结束后"):
        verbs.open_for_practice(ready, True, by=lin)
    Exam.objects.filter(pk=exam.pk).update(status=Exam.Status.CLOSED)
    verbs.open_for_practice(ready, True, by=lin)
    assert Paper.objects.get().open_for_practice


def test_a_draft_is_not_practised(lin):
    with pytest.raises(ValidationError, match="还没有定稿"):
        verbs.open_for_practice(paper_of(section(1)), True, by=lin)


def test_only_drafts_are_deleted(ready, lin):
    with pytest.raises(ValidationError):
        verbs.delete_paper(ready, by=lin)
    verbs.reopen_paper(ready, by=lin)
    verbs.delete_paper(ready, by=lin)
    assert not Paper.objects.exists()
