"""What the bank lacks is said before anybody relies on a paper, cell by cell and in words."""

from decimal import Decimal

import pytest

from exams.papers.plan import CellSpec, cells_of
from exams.papers.shortage import shortage
from tests.factories.kb import RegulationFactory
from tests.factories.papers import domain, section, stock

pytestmark = pytest.mark.django_db

HALF = Decimal(50)


def report(*sections):
    return shortage(cells_of(sections))


def test_enough_is_said_with_what_there_is():
    stock(12)
    found = report(section(5))
    assert found.is_enough and found.lines == []
    assert [(state.available, state.left, state.is_enough) for state in found.states] == [(12, 12, True)]


def test_the_cell_is_named_by_section_kind_law_and_difficulty():
    code = RegulationFactory(title="中华人民共和国生态环境法典")
    stock(5, "multiple", law=code, difficulty=4)
    stock(9, "multiple", difficulty=4)
    plan = [section(1), section(1), section(8, CellSpec(regulation=code, easiest=3), kind="multiple", title="多选题")]
    assert report(*plan).lines[-1] == "大题三 多选题 / 生态环境法典 / 难度 3-5：需要 8 题，可用 5 题"


@pytest.mark.parametrize(
    ("spec", "label"),
    [
        ({}, "大题一 单项选择题"),
        ({"hardest": 1}, "大题一 单项选择题 / 难度 1"),
        ({"domain": "燃气"}, "大题一 单项选择题 / 燃气"),
        ({"domain": "燃气", "excludes_domain": True, "easiest": 2}, "大题一 单项选择题 / 燃气以外的领域 / 难度 2-5"),
    ],
)
def test_a_cell_in_words(spec, label):
    if "domain" in spec:
        spec = spec | {"domain": domain(spec["domain"])}
    (cell,) = cells_of([section(1, CellSpec(**spec))])
    assert cell.label == label


def test_a_section_without_a_title_is_called_by_its_kind():
    (cell,) = cells_of([section(1, title="", kind="judge")])
    assert cell.label == "大题一 判断"


def test_cells_that_are_short_together_are_named_together():
    law = RegulationFactory(title="江城区燃气办法")
    stock(6, law=law, domain_name="燃气")
    gas, ruled = CellSpec(HALF, domain=domain("燃气")), CellSpec(HALF, regulation=law)
    found = report(section(8, gas, ruled), section(2, kind="judge"))
    assert found.missing == 2 + 2
    assert found.lines == [
        "大题二 单项选择题：需要 2 题，可用 0 题",
        "以下 2 处共用一批试题，合计需要 8 题，可用 6 题：大题一 单项选择题 / 燃气；大题一 单项选择题 / 江城区燃气办法",
    ]
    assert [(state.available, state.left) for state in found.states] == [(6, 2), (6, 2), (0, 0)]


def test_what_the_other_cells_leave_is_counted():
    stock(5, difficulty=1)
    stock(3, difficulty=2)
    found = report(section(6, CellSpec(HALF, hardest=1), CellSpec(HALF, hardest=2)))
    assert found.is_enough
    assert [(state.available, state.left) for state in found.states] == [(5, 5), (8, 5)]


def test_it_costs_two_queries_whatever_the_plan(django_assert_num_queries):
    law = RegulationFactory()
    stock(20, law=law)
    plan = [section(5, CellSpec(HALF, regulation=law), CellSpec(HALF)) for _ in range(6)]
    with django_assert_num_queries(2):
        report(*plan)
