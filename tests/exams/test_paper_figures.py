"""What a form consists of, and the plan that a new paper starts from."""

from decimal import Decimal

import pytest

from exams.actions import papers as verbs
from exams.models import Paper
from exams.papers.figures import figures_of
from exams.papers.plan import cells_of, marks_of
from exams.papers.shortage import shortage
from exams.papers.suggestion import SPECIAL, handbook_plan
from tests.factories.kb import RegulationFactory
from tests.factories.papers import paper_of, section, stock

pytestmark = pytest.mark.django_db


def counted(shares) -> dict[str, tuple[int, int]]:
    return {share.name: (share.count, share.percent) for share in shares if share.count}


def test_a_form_in_figures(django_assert_num_queries):
    law = RegulationFactory(title="中华人民共和国行政处罚法")
    stock(2, law=law, difficulty=1)
    stock(1, law=RegulationFactory(title="燃气办法"), domain_name="燃气", difficulty=5)
    stock(1, "judge", difficulty=3)
    paper = paper_of(section(3, marks_each=Decimal("1.5")), section(1, kind="judge"))
    Paper.objects.update(status=Paper.Status.READY)
    paper.refresh_from_db()
    first = verbs.build_form(paper, "A", by=None)
    verbs.build_form(paper, "B", by=None, like=first)
    stale = first.items.select_related("question").get(order_no=4)
    stale.question.status = "stopped"
    stale.question.save()
    with django_assert_num_queries(7):
        found = figures_of(first)
    assert (found.total, found.marks, found.mean_difficulty) == (4, Decimal("5.5"), Decimal("2.5"))
    assert counted(found.difficulties) == {"难度 1": (2, 50), "难度 3": (1, 25), "难度 5": (1, 25)}
    assert counted(found.domains) == {"通用程序": (3, 75), "燃气": (1, 25)}
    assert counted(found.laws) == {"行政处罚法": (2, 50), "燃气办法": (1, 25)}
    assert found.shared == {"B": 4} and found.stale == {4}


def test_the_usual_plan_covers_the_laws_of_the_bank_with_whole_percents():
    punishment = RegulationFactory(title="中华人民共和国行政处罚法")
    review = RegulationFactory(title="中华人民共和国行政复议法")
    for kind in ("single", "multiple", "judge"):
        stock(60, kind, law=punishment)
        stock(60, kind, law=review, domain_name="燃气")
    stock(2, "group")
    plan = handbook_plan()
    assert marks_of(plan.sections) == 100
    first = plan.sections[0]
    assert [(cell.label, cell.percent) for cell in first.cells] == [
        ("行政处罚法", 50),
        ("行政复议法", 8),
        (SPECIAL, 42),
    ]
    assert first.quotas == [20, 3, 17]
    assert "行政强制法" in plan.left_out[0] and "行政处罚法" not in plan.left_out[0]
    assert shortage(cells_of(plan.sections)).is_enough


def test_the_usual_plan_of_an_empty_bank_draws_from_everything():
    plan = handbook_plan()
    assert all(not one.cells for one in plan.sections)
    assert [one.count for one in plan.sections] == [40, 15, 10, 2]
