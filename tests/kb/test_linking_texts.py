"""Basis texts of items and any other text: link_text, roles, the day of the source."""

import datetime as dt

import pytest

from kb.linking import link_text, role_of_provision
from kb.models import Citation
from tests.factories.kb import PowerItemFactory, RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db
BASIS = "《城市市容和环境卫生管理条例》第十七条第一款；《城市市容和环境卫生管理条例》第三十四条"


@pytest.fixture
def ordinance():
    articles = {"17": ["一切船舶和木筏，都不得在桥孔之下停泊过夜。"], "34": ["有下列行为之一的，可以并处警告、罚款："]}
    regulation = RegulationFactory(title="城市市容和环境卫生管理条例")
    return RegulationVersionFactory(regulation=regulation, articles=articles).regulation


def test_a_basis_text_gives_one_row_per_provision(ordinance):
    item = PowerItemFactory()
    found = link_text(item, "basis_text", BASIS)
    assert [(c.regulation, c.key) for c in found] == [(ordinance, "17.p1"), (ordinance, "34")]
    assert list(Citation.objects.of_source(item)) == found


def test_texts_of_different_fields_do_not_touch_each_other(ordinance):
    item = PowerItemFactory()
    link_text(item, "basis_text", BASIS)
    link_text(item, "previous_basis", "")
    assert Citation.objects.of_source(item).count() == 2


def test_an_abbreviation_leads_to_the_regulation(ordinance):
    (found,) = link_text(PowerItemFactory(), "note", "按国务院市容条例第34条处理")
    assert (found.regulation, found.law_name) == (ordinance, "城市市容和环境卫生管理条例")


def test_a_number_without_law_waits(ordinance):
    (found,) = link_text(PowerItemFactory(), "note", "按照第三十四条处理")
    assert (found.status, found.note) == ("unresolved", "没有写法名")


def test_the_day_of_the_source_decides(ordinance):
    (found,) = link_text(
        PowerItemFactory(), "note", "依据《城市市容和环境卫生管理条例》第十七条", date=dt.date(1999, 1, 1)
    )
    assert found.status == "unresolved"


def test_a_role_may_be_given(ordinance):
    found = link_text(PowerItemFactory(), "basis_text", BASIS, roles=lambda cited: Citation.Role.POWER)
    assert {c.role for c in found} == {"power"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("一切船舶和木筏，都不得在桥孔之下停泊过夜。", "duty"),
        ("应当保持桥栏的洁净、明亮", "duty"),
        ("责令其熄灭船灯、清扫甲板外，可以并处警告、罚款", "penalty"),
        ("处五千元以上五万元以下的罚款", "penalty"),
        ("由公安机关予以拘留", "penalty"),
        ("本条例自公布之日起施行", "reference"),
    ],
)
def test_the_text_of_a_provision_tells_its_role(text, role):
    assert role_of_provision(text) == role
