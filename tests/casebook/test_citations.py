"""A case's citations follow its text, with the role of the field they stand in."""

import pytest

from casebook.models import Case
from kb.models import Citation
from tests.factories.casebook import CaseFactory, public_case, section
from tests.factories.kb import RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def law():
    law = RegulationFactory(title="某某烟尘管理条例", slug="smoke")
    RegulationVersionFactory(regulation=law, articles={"5": ["不得排烟。"], "30": ["处罚款。", "责令停业。"]})
    return law


def test_the_field_gives_the_role(law):
    case = CaseFactory(duty_basis="《某某烟尘管理条例》第五条", penalty_basis="《某某烟尘管理条例》第三十条第一款")
    found = {c.role: c.key for c in Citation.objects.of_source(case)}
    assert found == {"duty": "5", "penalty": "30.p1"}


def test_citations_in_the_text_become_links(law, client):
    text = "依照《某某烟尘管理条例》第三十条第二款，责令停业。"
    case = public_case(body=[section("law", text)])
    page = client.get(case.get_absolute_url()).content.decode()
    assert 'href="/laws/smoke/30' in page and "#p2" in page


def test_a_text_of_markup_is_shown_not_run(client):
    case = public_case(body=[section("facts", "<script>alert(1)</script>\n\n- <b>一</b>")])
    page = client.get(case.get_absolute_url()).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    assert "<li>&lt;b&gt;一&lt;/b&gt;</li>" in page


def test_a_citation_taken_out_of_the_text_is_gone(law):
    case = CaseFactory(duty_basis="《某某烟尘管理条例》第五条")
    case.duty_basis = ""
    case.save()
    assert not Citation.objects.of_source(case).exists()


def test_a_block_taken_out_takes_its_citations_along(law):
    case = CaseFactory(body=[section("law", "《某某烟尘管理条例》第五条。")])
    assert Citation.objects.of_source(case).count() == 1
    case.body = [section("facts", "无引文。")]
    case.save()
    assert not Citation.objects.of_source(case).exists()


def test_what_a_person_dismissed_stays_dismissed(law, member):
    case = CaseFactory(duty_basis="《某某烟尘管理条例》第五条")
    Citation.objects.of_source(case).update(status="dismissed", origin="manual", decided_by=member("wu"))
    case.title = "改了标题的案"
    case.save()
    assert [c.status for c in Citation.objects.of_source(case)] == ["dismissed"]


def test_cases_are_found_by_the_article_they_cite(law):
    case = CaseFactory(duty_basis="《某某烟尘管理条例》第五条")
    CaseFactory()
    assert list(Case.objects.citing(law)) == [case]
    assert list(Case.objects.citing(law, "5")) == [case]
    assert not Case.objects.citing(law, "30").exists()
