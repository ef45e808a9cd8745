"""The pages of papers in the admin: plain forms that work without scripts, with what the bank lacks beside them."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse

from exams.actions import papers as verbs
from exams.models import Paper
from exams.papers.plan import CellSpec, sections_of
from tests.factories.kb import RegulationFactory
from tests.factories.papers import domain, paper_of, section, stock

pytestmark = pytest.mark.django_db

SETTINGS = {"title": "秋季考试", "mode": "fixed", "minutes": "90", "pass_marks": "6"}


@pytest.fixture
def page(as_member):
    """Lin's browser."""
    call_command("set_up_roles", verbosity=0)
    return as_member("lin")


def typed(*sections, **values) -> dict[str, str]:
    """What the page posts for sections given as (values, cells)."""
    posted = SETTINGS | {"sections": str(len(sections))} | values
    for n, (row, cells) in enumerate(sections):
        posted |= {f"s{n}-{name}": value for name, value in (ROW | row).items()} | {f"s{n}-cells": str(len(cells))}
        for m, cell in enumerate(cells):
            posted |= {f"s{n}-c{m}-{name}": value for name, value in (CELL | cell).items()}
    return posted


ROW = {"title": "单选题", "kind": "single", "count": "4", "marks_each": "2.5", "rule": "all"}
CELL = {"percent": "100", "domain": "", "law": "", "easiest": "1", "hardest": "5"}


def edit(paper) -> str:
    return reverse("exams_paper_edit", args=[paper.pk])


def save(page, paper, posted):
    """Presses 保存 on the page as it was opened."""
    opened = page.get(edit(paper)).context["was"]
    return page.post(edit(paper), posted | {"was": opened})


def ready(*sections, **values) -> Paper:
    paper = paper_of(*sections, **values)
    Paper.objects.filter(pk=paper.pk).update(status=Paper.Status.READY)
    paper.refresh_from_db()
    return paper


def test_a_new_paper_starts_from_the_usual_structure(page):
    stock(2, difficulty=1)
    reply = page.post(reverse("exams_paper_new"), SETTINGS | {"start": "handbook"}, follow=True)
    paper = Paper.objects.get()
    plan = sections_of(paper)
    assert [(one.kind, one.count, one.marks_each) for one in plan] == [
        ("single", 40, 1), ("multiple", 15, 2), ("judge", 10, 1), ("group", 2, 10),
    ]  # fmt: skip
    assert sum(one.marks for one in plan) == 100
    assert "题库还差" in reply.content.decode()


def test_a_plan_is_typed_and_saved(page):
    law = RegulationFactory(title="江城区燃气办法")
    stock(4, law=law)
    gas = domain("燃气")
    stock(4, domain_name="燃气", difficulty=2)
    paper = paper_of()
    cells = [{"percent": "50", "law": str(law.pk)}, {"percent": "50", "domain": f"not-{gas.pk}", "hardest": "3"}]
    reply = save(page, paper, typed(({}, cells), ({"kind": "judge", "count": "2"}, [])))
    assert reply.status_code == 302
    paper.refresh_from_db()
    assert paper.title == "秋季考试"
    half = Decimal(50)
    assert sections_of(paper) == [
        section(
            4,
            CellSpec(half, regulation=law),
            CellSpec(half, domain=gas, excludes_domain=True, hardest=3),
            title="单选题",
            marks_each=Decimal("2.5"),
        ),
        section(2, title="单选题", kind="judge", marks_each=Decimal("2.5")),
    ]


@pytest.mark.parametrize(
    ("step", "titles", "cells"),
    [
        ("add-section", ["甲", "乙", ""], [1, 2, 0]),
        ("drop-section:0", ["乙"], [2]),
        ("up-section:1", ["乙", "甲"], [2, 1]),
        ("add-cell:0", ["甲", "乙"], [2, 2]),
        ("drop-cell:1:0", ["甲", "乙"], [1, 1]),
        ("drop-cell:7:0", ["甲", "乙"], [1, 2]),
        ("check", ["甲", "乙"], [1, 2]),
    ],
)
def test_rows_come_and_go_without_a_script_and_without_being_saved(step, titles, cells, page):
    paper = paper_of(section(3))
    posted = typed(({"title": "甲"}, [{}]), ({"title": "乙"}, [{"percent": "40"}, {"percent": "60"}]), step=step)
    editor = page.post(edit(paper), posted).context["editor"]
    assert [form["title"].value() for form, _ in editor.rows] == titles
    assert [len(rows) for _, rows in editor.rows] == cells
    assert sections_of(paper) == [section(3)]


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        ({"count": "0"}, {}, "请填写 1 至 300。"),
        ({"count": ""}, {}, "请填写 1 至 300。"),
        ({"marks_each": "1.234"}, {}, "最多两位小数"),
        ({"kind": "essay"}, {}, "有效"),
        ({}, {"percent": "120"}, "请填写 0 至 100，最多两位小数。"),
        ({}, {"law": "999999"}, "有效"),
    ],
)
def test_what_cannot_be_read_stays_on_the_page_with_the_reason(row, cell, said, page):
    paper = paper_of()
    reply = save(page, paper, typed((row, [cell])))
    assert reply.status_code == 200 and said in reply.content.decode()
    assert not sections_of(paper)


def test_nobody_overwrites_what_somebody_else_saved_meanwhile(page, member):
    paper = paper_of(section(3))
    opened = page.get(edit(paper)).context["was"]
    verbs.set_sections(paper, [section(5)], by=member("song"))
    stepped = page.post(edit(paper), typed(({"count": "9"}, []), was=opened, step="check"))
    reply = page.post(edit(paper), typed(({"count": "9"}, []), was=stepped.context["was"]))
    assert "被别人修改过" in reply.content.decode()
    assert [one.count for one in sections_of(paper)] == [5]
    page.post(edit(paper), typed(({"count": "9"}, []), was=reply.context["was"]))
    assert [one.count for one in sections_of(paper)] == [9]


def test_a_paper_finalised_meanwhile_is_not_changed(page):
    paper = ready(section(3))
    page.post(edit(paper), typed(({"count": "9"}, [])))
    assert [one.count for one in sections_of(paper)] == [3]


def test_the_report_follows_what_is_typed(page):
    stock(5, "multiple", difficulty=4)
    paper = paper_of()
    check = reverse("exams_paper_check", args=[paper.pk])
    row = {"title": "多选题", "kind": "multiple", "count": "8"}
    text = page.post(check, typed((row, [{"easiest": "3"}]))).content.decode()
    assert "大题一 多选题 / 难度 3-5：需要 8 题，可用 5 题" in text
    text = page.post(check, typed((row | {"count": "5"}, [{"easiest": "3"}]))).content.decode()
    assert "题库试题足够" in text and "满分 <b>12.5</b> 分" in text
    assert "比例合计是 90%" in page.post(check, typed((row, [{"percent": "90"}]))).content.decode()
    assert "还没有填对" in page.post(check, typed((row, [{"percent": "多"}]))).content.decode()
    assert not sections_of(paper)


def test_finalising_a_fixed_paper_builds_form_a(page):
    stock(5)
    paper = paper_of(section(5, marks_each=Decimal(20)))
    page.post(reverse("exams_paper_step", args=[paper.pk]), {"step": "finalise"})
    paper.refresh_from_db()
    assert paper.status == Paper.Status.READY
    assert paper.forms.get().items.count() == 5


def test_a_refusal_is_said_on_the_page(page):
    paper = paper_of(section(5, marks_each=Decimal(20), title="单选题"))
    reply = page.post(reverse("exams_paper_step", args=[paper.pk]), {"step": "finalise"}, follow=True)
    assert "大题一 单选题：需要 5 题，可用 0 题" in reply.content.decode()


def test_form_b_is_offered_both_ways(page):
    stock(12)
    paper = ready(section(5, marks_each=Decimal(20)))
    first = verbs.build_form(paper, "A", by=None)
    step = reverse("exams_paper_step", args=[paper.pk])
    page.post(step, {"step": "form", "label": "B", "like": str(first.pk)})
    page.post(step, {"step": "form", "label": "C", "like": ""})
    theirs = {form.label: set(form.items.values_list("question", flat=True)) for form in paper.forms.all()}
    assert theirs["A"] == theirs["B"] and not theirs["A"] & theirs["C"]
    assert "与 B 卷相同 5 题" in page.get(reverse("exams_form", args=[first.pk])).content.decode()


def test_keys_are_shown_when_asked_for(page):
    stock(2)
    stock(1, "group")
    paper = ready(section(2), section(1, kind="group"))
    url = reverse("exams_form", args=[verbs.build_form(paper, "A", by=None).pk])
    assert "答案：" not in page.get(url).content.decode()
    text = page.get(url, {"keys": "1"}).content.decode()
    assert text.count("答案：") == 4 and "看行为。" in text


def test_a_question_is_swapped_on_the_page(page):
    stock(3)
    paper = ready(section(2))
    form = verbs.build_form(paper, "A", by=None)
    item = form.items.first()
    page.post(reverse("exams_item_replace", args=[item.pk]), {"reason": "有歧义"})
    assert form.items.first().question != item.question


def test_a_question_out_of_use_is_marked(page):
    (question, _) = stock(2)
    form = verbs.build_form(ready(section(2)), "A", by=None)
    question.status = "needs_review"
    question.save()
    assert "待复核，请换题" in " ".join(page.get(reverse("exams_form", args=[form.pk])).content.decode().split())


def test_the_list_tells_sums_and_costs_the_same_for_many(page, django_assert_max_num_queries):
    for _ in range(3):
        paper_of(section(4), section(2, kind="judge", marks_each=Decimal("1.5")))
    page.get(reverse("exams_papers"))
    with django_assert_max_num_queries(14):
        text = page.get(reverse("exams_papers")).content.decode()
    assert text.count("<td>6</td><td>7</td>") == 3


def test_a_form_costs_the_same_however_long(page, django_assert_max_num_queries):
    law = RegulationFactory()
    stock(40, law=law)
    form = verbs.build_form(ready(section(40)), "A", by=None)
    page.get(reverse("exams_form", args=[form.pk]))
    with django_assert_max_num_queries(26):
        page.get(reverse("exams_form", args=[form.pk]))
