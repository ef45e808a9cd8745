"""When a case is history: its basis no longer reads as on the day of the decision."""

import datetime as dt

import pytest

from casebook.models import Case
from casebook.pages import case_context
from kb.models import ProvisionSuccession
from tests.factories.casebook import CaseFactory
from tests.factories.kb import RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db
CODE_BEGINS = dt.date(2026, 8, 15)
BEFORE, AFTER = dt.date(2026, 8, 14), dt.date(2026, 9, 1)


@pytest.fixture
def old_law():
    law = RegulationFactory(title="中华人民共和国旧烟尘法", slug="old-smoke")
    RegulationVersionFactory(regulation=law, effective_to=CODE_BEGINS, articles={"118": ["不正常使用的，处罚。"]})
    return law


@pytest.fixture
def code(old_law):
    law = RegulationFactory(title="中华人民共和国新烟尘法典", slug="new-code")
    RegulationVersionFactory(regulation=law, effective_from=CODE_BEGINS, articles={"1132": ["未保持正常使用的。"]})
    ProvisionSuccession.objects.create(
        old_regulation=old_law, old_key="118", new_regulation=law, new_key="1132", note="幅度未变"
    )
    return law


def smoke_case(**values) -> Case:
    return CaseFactory(penalty_basis="《中华人民共和国旧烟尘法》第一百一十八条", **values)


def test_a_case_on_a_law_still_in_force_is_on_current_law(old_law):
    case = smoke_case()
    assert list(Case.objects.on_current_law(BEFORE)) == [case]
    assert not Case.objects.on_changed_law(BEFORE).exists()


def test_a_case_on_a_law_repealed_since_is_history(code):
    case = smoke_case()
    assert list(Case.objects.on_changed_law(AFTER)) == [case]
    assert Case.objects.with_standing(AFTER).get().basis_changed
    assert not Case.objects.on_current_law(AFTER).exists()


def test_the_act_time_law_cited_after_its_repeal_does_not_make_a_case_history(code):
    smoke_case(decided_on=dt.date(2026, 8, 28), duty_basis="")
    assert Case.objects.on_current_law(AFTER).exists()


def test_a_law_amended_elsewhere_leaves_the_case_current():
    law = RegulationFactory(title="某某道路条例", slug="roads")
    RegulationVersionFactory(regulation=law, effective_to=CODE_BEGINS, articles={"27": ["禁止占道。"], "42": ["旧。"]})
    RegulationVersionFactory(
        regulation=law, effective_from=CODE_BEGINS, articles={"27": ["禁止占道。"], "42": ["新。"]}
    )
    same = CaseFactory(duty_basis="《某某道路条例》第二十七条")
    other = CaseFactory(duty_basis="《某某道路条例》第四十二条")
    assert list(Case.objects.on_current_law(AFTER)) == [same]
    assert list(Case.objects.on_changed_law(AFTER)) == [other]


def test_a_change_of_procedure_does_not_make_a_case_history(code):
    CaseFactory(procedure_basis="《中华人民共和国旧烟尘法》第一百一十八条")
    assert Case.objects.on_current_law(AFTER).exists()


def test_the_page_shows_the_text_of_the_decision_day_and_where_it_went(code):
    context = case_context(smoke_case(), AFTER)
    entry = context["basis"][0].entries[0]
    assert entry.lines == ["不正常使用的，处罚。"]
    assert entry.repealed and entry.code == "repealed"
    assert [s.label for s in entry.successors] == ["《中华人民共和国新烟尘法典》第一千一百三十二条"]
    assert context["changed_since"] == CODE_BEGINS


def test_before_the_repeal_the_page_says_nothing_of_it(code):
    context = case_context(smoke_case(), BEFORE)
    assert not context["changed"]


def test_a_citation_that_leads_nowhere_is_shown_as_written():
    case = CaseFactory(penalty_basis="《没有收录的条例》第九条")
    entry = case_context(case)["basis"][0].entries[0]
    assert entry.label == "《没有收录的条例》第九条" and not entry.url
